"""Quizzes that were taken, and what each card came to."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "quiz",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("deck", sa.String),
        sa.Column("options", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quiz"),
    )
    op.create_table(
        "quiz_answer",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("quiz_id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("mode", sa.String, nullable=False),
        sa.Column("card_id", sa.Integer, nullable=False),
        sa.Column("prompt", sa.String, nullable=False),
        sa.Column("wanted", sa.String, nullable=False),
        sa.Column("given", sa.String, nullable=False),
        sa.Column("right", sa.Boolean, nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("confused_id", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_answer"),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name="fk_quiz_answer_quiz_id"),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name="fk_quiz_answer_card_id"),
        sa.ForeignKeyConstraint(["confused_id"], ["card.id"], name="fk_quiz_answer_confused_id"),
    )
    op.create_index("ix_quiz_answer_quiz_id", "quiz_answer", ["quiz_id"])
    op.create_index("ix_quiz_answer_card_id", "quiz_answer", ["card_id"])
