"""The points that a learner wants of a card, where they are not those of the note."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("card", sa.Column("own_points", sa.JSON))
