"""An index that holds all that counting a day's cards reads."""

from alembic import op
from sqlalchemy import text

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    here = text("gone_at IS NULL")
    op.drop_index("ix_card_due", "card")
    op.create_index(
        "ix_card_day",
        "card",
        ["deck_id", "suspended", "due", "again", "buried", "interval", "early_look"],
        sqlite_where=here,
        postgresql_where=here,
    )
