"""Note files, so that unchanged ones are not read again; early looks; what a deck leaves out."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("deck_id", sa.Integer, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("mtime_ns", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("reader", sa.String, nullable=False),
        sa.Column("skipped", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("deck_id", "path", name="pk_note"),
        sa.ForeignKeyConstraint(["deck_id"], ["deck.id"], name="fk_note_deck_id"),
    )
    op.add_column("card", sa.Column("early_look", sa.String))
    op.create_index("ix_card_early_look", "card", ["deck_id"], sqlite_where=sa.text("early_look IS NOT NULL"))
    for name in ("exclude", "skip_headings"):
        op.add_column("deck", sa.Column(name, sa.JSON, nullable=False, server_default="[]"))
