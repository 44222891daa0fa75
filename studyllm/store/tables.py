"""The tables. A change here needs a migration: a test compares the two."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Utc(TypeDecorator[datetime]):
    """A moment: aware in Python, naive UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What all tables share: names of constraints, and how values are kept."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        datetime: Utc,
        # In the order of its bytes, as SQLite has it; by default a server orders as its locale does.
        str: String().with_variant(String(collation="C"), "postgresql"),
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON,
        list[Any]: JSON,
    }


def _where(condition: str) -> dict[str, Any]:
    """What rows an index holds, in the words of the queries: a partial index is used for those alone."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class DeckRow(Base):
    """A deck."""

    __tablename__ = "deck"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    notes: Mapped[list[str]]
    kinds: Mapped[list[str]]
    new_per_day: Mapped[int]
    reviews_per_day: Mapped[int]
    language: Mapped[str]
    exclude: Mapped[list[str]] = mapped_column(server_default="[]")
    skip_headings: Mapped[list[str]] = mapped_column(server_default="[]")
    scheduling: Mapped[dict[str, Any] | None]
    """The fields of `cards.Scheduling`; None: all by default."""
    choices: Mapped[list[Any]] = mapped_column(server_default="[]")
    """The fields of each `choices.Choice` about its notes."""


class NoteRow(Base):
    """A note file as it was when it was last read, so that an unchanged one need not be read again."""

    __tablename__ = "note"

    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    mtime_ns: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]
    reader: Mapped[str]
    skipped: Mapped[list[Any]]


_DAY = ("deck_id", "suspended", "due", "again", "buried", "interval", "early_look")


class CardRow(Base):
    """A card as the notes say it, and its progress; a card never reviewed has no `due`."""

    __tablename__ = "card"

    id: Mapped[int] = mapped_column(primary_key=True)
    deck_id: Mapped[int] = mapped_column(ForeignKey("deck.id"))
    kind: Mapped[str]
    term: Mapped[str]
    aliases: Mapped[list[str]]
    prompt: Mapped[str]
    answer: Mapped[str]
    points: Mapped[list[str]]
    headings: Mapped[list[str]]
    lang: Mapped[str]
    rule: Mapped[str]
    path: Mapped[str]
    line: Mapped[int]
    end_line: Mapped[int]
    added_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    suspended: Mapped[bool]
    early_look: Mapped[str | None]
    """Why the card is asked before it is due: its definition says something else now."""
    own_points: Mapped[dict[str, Any] | None]
    """Points that the learner wrote, and the definition they were written for."""
    tags: Mapped[list[str]] = mapped_column(server_default="[]")
    buried: Mapped[date | None]
    """The study day on which the card is not asked."""
    repetitions: Mapped[int | None]
    interval: Mapped[int | None]
    ease: Mapped[float | None]
    lapses: Mapped[int | None]
    reviewed: Mapped[datetime | None]
    due: Mapped[date | None]
    """A study day, wherever the learner is."""
    again: Mapped[datetime | None]
    """When it is repeated within the day."""
    memory: Mapped[dict[str, Any] | None]
    """What FSRS knows of it."""

    __table_args__ = (
        Index("ix_card_path", "path"),
        Index("ix_card_early_look", "deck_id", **_where("early_look IS NOT NULL")),
        # All that counting a day's cards reads; what is due is its beginning.
        Index("ix_card_day", *_DAY, **_where("gone_at IS NULL")),
        Index("ix_card_again", "again", **_where("again IS NOT NULL")),
    )


class LogRow(Base):
    """What happened, for good: rows are added and never changed (the migration adds triggers that say so)."""

    __tablename__ = "log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    event: Mapped[str]
    """What happened: see `store/events.py`."""
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"))
    answer: Mapped[str | None]
    score: Mapped[float | None]
    verdict: Mapped[str | None]
    suggested: Mapped[int | None]
    chosen: Mapped[int | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    detail: Mapped[dict[str, Any] | None]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("log.id"))

    __table_args__ = (
        Index("ix_log_at", "at"),
        Index("ix_log_card_id", "card_id"),
        # Of undos alone: every other row would be written into it for nothing.
        Index("ix_log_undoes", "undoes", unique=True, **_where("undoes IS NOT NULL")),
    )


class QuizRow(Base):
    """A quiz that was begun."""

    __tablename__ = "quiz"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    deck: Mapped[str | None]
    """Name of the deck it was about; None: all."""
    options: Mapped[dict[str, Any]]


class QuizAnswerRow(Base):
    """What one card came to in a quiz."""

    __tablename__ = "quiz_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quiz.id"))
    at: Mapped[datetime]
    number: Mapped[int]
    mode: Mapped[str]
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"))
    prompt: Mapped[str]
    wanted: Mapped[str]
    given: Mapped[str]
    right: Mapped[bool]
    score: Mapped[float]
    confused_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"))
    """The card that the answer belongs to, when it is another one's."""

    __table_args__ = (Index("ix_quiz_answer_quiz_id", "quiz_id"), Index("ix_quiz_answer_card_id", "card_id"))
