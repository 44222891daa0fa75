"""What the learner chose about the cards of a deck's notes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("deck", sa.Column("choices", sa.JSON, nullable=False, server_default="[]"))
