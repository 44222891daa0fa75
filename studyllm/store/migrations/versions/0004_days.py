"""A card is due on a day, not at a moment; repetitions within the day; FSRS; how a deck is scheduled; bury and tags."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.drop_index("ix_card_due", "card")
    op.alter_column("card", "due", new_column_name="due_at")
    op.add_column("card", sa.Column("due", sa.Date))
    # A due moment was the beginning of a study day, by default 04:00 in a zone that is not known any more: nine hours
    # on, it is on that day in UTC for every zone from -10 to +13. The log's moments are read the same way.
    op.execute("UPDATE card SET due = date(due_at, '+9 hours')")
    op.drop_column("card", "due_at")
    # In the words of the queries: SQLite uses a partial index for those alone.
    here = sa.text("gone_at IS NULL AND suspended IS 0")
    op.create_index("ix_card_due", "card", ["deck_id", "due"], sqlite_where=here)
    op.add_column("card", sa.Column("again", sa.DateTime))
    op.create_index("ix_card_again", "card", ["again"], sqlite_where=sa.text("again IS NOT NULL"))
    op.add_column("card", sa.Column("memory", sa.JSON))
    op.add_column("card", sa.Column("buried", sa.Date))
    op.add_column("card", sa.Column("tags", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("deck", sa.Column("scheduling", sa.JSON))
    # Only an undo has `undoes`; as a constraint, each review would be written into its index as well. The table is made
    # anew for that, with the triggers that keep it as it is.
    with op.batch_alter_table("log") as log:
        log.drop_constraint("uq_log_undoes", type_="unique")
    op.create_index(
        "ix_log_undoes", "log", ["undoes"], unique=True, sqlite_where=sa.text("undoes IS NOT NULL")
    )
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER log_no_{change.lower()} BEFORE {change} ON log "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )
