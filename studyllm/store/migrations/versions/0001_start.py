"""Decks, cards with their progress, and the log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "deck",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("notes", sa.JSON, nullable=False),
        sa.Column("kinds", sa.JSON, nullable=False),
        sa.Column("new_per_day", sa.Integer, nullable=False),
        sa.Column("reviews_per_day", sa.Integer, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deck"),
        sa.UniqueConstraint("name", name="uq_deck_name"),
    )
    op.create_table(
        "card",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("deck_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("term", sa.String, nullable=False),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.Column("prompt", sa.String, nullable=False),
        sa.Column("answer", sa.String, nullable=False),
        sa.Column("points", sa.JSON, nullable=False),
        sa.Column("headings", sa.JSON, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("end_line", sa.Integer, nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("gone_at", sa.DateTime),
        sa.Column("suspended", sa.Boolean, nullable=False),
        sa.Column("repetitions", sa.Integer),
        sa.Column("interval", sa.Integer),
        sa.Column("ease", sa.Double),
        sa.Column("lapses", sa.Integer),
        sa.Column("reviewed", sa.DateTime),
        sa.Column("due", sa.DateTime),
        sa.PrimaryKeyConstraint("id", name="pk_card"),
        sa.ForeignKeyConstraint(["deck_id"], ["deck.id"], name="fk_card_deck_id"),
    )
    op.create_index("ix_card_path", "card", ["path"])
    op.create_index(
        "ix_card_due", "card", ["deck_id", "due"], sqlite_where=sa.text("gone_at IS NULL AND NOT suspended")
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("card_id", sa.Integer),
        sa.Column("answer", sa.String),
        sa.Column("score", sa.Double),
        sa.Column("verdict", sa.String),
        sa.Column("suggested", sa.Integer),
        sa.Column("chosen", sa.Integer),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON),
        sa.Column("detail", sa.JSON),
        sa.Column("undoes", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_log"),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_log_card_id"),
        sa.ForeignKeyConstraint(["undoes"], ["log.id"], name="fk_log_undoes"),
        sa.UniqueConstraint("undoes", name="uq_log_undoes"),
    )
    op.create_index("ix_log_at", "log", ["at"])
    op.create_index("ix_log_card_id", "log", ["card_id"])
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER log_no_{change.lower()} BEFORE {change} ON log "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )
