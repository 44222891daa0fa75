"""How many answers did not recall a card, of its learning as well: counted from here on."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("card", sa.Column("failed", sa.Integer))
    op.execute("UPDATE card SET failed = 0 WHERE due IS NOT NULL")
