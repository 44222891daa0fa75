"""The tables, as SQLAlchemy's Core has them: mapped classes would cost the first card a quarter of a second. A change
here needs a migration: a test compares the two."""

from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Any, get_args

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    exists,
    text,
)
from sqlalchemy.types import TypeEngine


class Utc(TypeDecorator[datetime]):
    """A moment: aware in Python, naive UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_KEPT_AS: dict[Any, TypeEngine[Any]] = {
    int: Integer(),
    float: Double(),
    bool: Boolean(),
    date: Date(),
    datetime: Utc(),
    # In the order of its bytes, as SQLite has it; by default a server orders as its locale does.
    str: String().with_variant(String(collation="C"), "postgresql"),
    dict[str, Any]: JSON(none_as_null=True),
    list[str]: JSON(),
    list[Any]: JSON(),
}


def _column(name: str, holds: Any, *more: Any, **options: Any) -> Column[Any]:
    """A column whose values are of a type in Python, or None where that says so; another SQL type than usual can be
    named."""
    members = get_args(holds) if isinstance(holds, UnionType) else (holds,)
    kept = () if more and isinstance(more[0], TypeEngine) else (_KEPT_AS[members[0]],)
    nullable = NoneType in members
    return Column(name, *kept, *more, nullable=nullable, info={"holds": holds}, **options)


def holds(column: Column[Any]) -> Any:
    """The type in Python of a column's values."""
    return column.info["holds"]


def _where(condition: str) -> dict[str, Any]:
    """What rows an index holds, in the words of the queries: a partial index is used for those alone."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


DECK = Table(
    "deck",
    METADATA,
    _column("id", int, primary_key=True),
    _column("name", str, unique=True),
    _column("notes", list[str]),
    _column("kinds", list[str]),
    _column("new_per_day", int),
    _column("reviews_per_day", int),
    _column("language", str),
    _column("exclude", list[str], server_default="[]"),
    _column("skip_headings", list[str], server_default="[]"),
    # The fields of `cards.Scheduling`; None: all by default.
    _column("scheduling", dict[str, Any] | None),
    # The fields of each `choices.Choice` about its notes.
    _column("choices", list[Any], server_default="[]"),
)
"""A deck."""

NOTE = Table(
    "note",
    METADATA,
    _column("deck_id", int, ForeignKey("deck.id"), primary_key=True),
    _column("path", str, primary_key=True),
    _column("size", int, BigInteger().with_variant(Integer, "sqlite")),
    _column("mtime_ns", int, BigInteger()),
    _column("digest", str),
    _column("reader", str),
    _column("skipped", list[Any]),
)
"""A note file as it was when it was last read, so that an unchanged one need not be read again."""

_DAY = ("deck_id", "suspended", "due", "again", "buried", "interval", "early_look")

CARD = Table(
    "card",
    METADATA,
    _column("id", int, primary_key=True),
    _column("deck_id", int, ForeignKey("deck.id")),
    _column("kind", str),
    _column("term", str),
    _column("aliases", list[str]),
    _column("prompt", str),
    _column("answer", str),
    _column("points", list[str]),
    _column("headings", list[str]),
    _column("lang", str),
    _column("rule", str),
    _column("path", str),
    _column("line", int),
    _column("end_line", int),
    _column("added_at", datetime),
    _column("gone_at", datetime | None),
    _column("suspended", bool),
    # Why the card is asked before it is due: its definition says something else now.
    _column("early_look", str | None),
    # Points that the learner wrote, and the definition they were written for.
    _column("own_points", dict[str, Any] | None),
    _column("tags", list[str], server_default="[]"),
    # The study day on which the card is not asked.
    _column("buried", date | None),
    _column("repetitions", int | None),
    _column("interval", int | None),
    _column("ease", float | None),
    _column("lapses", int | None),
    _column("reviewed", datetime | None),
    # A study day, wherever the learner is.
    _column("due", date | None),
    # When it is repeated within the day.
    _column("again", datetime | None),
    # What FSRS knows of it.
    _column("memory", dict[str, Any] | None),
    # Answers that did not recall it.
    _column("failed", int | None),
    Index("ix_card_path", "path"),
    Index("ix_card_early_look", "deck_id", **_where("early_look IS NOT NULL")),
    # All that counting a day's cards reads; what is due is its beginning.
    Index("ix_card_day", *_DAY, **_where("gone_at IS NULL")),
    Index("ix_card_again", "again", **_where("again IS NOT NULL")),
)
"""A card as the notes say it, and its progress; a card never reviewed has no `due`."""

LOG = Table(
    "log",
    METADATA,
    _column("id", int, primary_key=True),
    _column("at", datetime),
    # What happened: see `store/events.py`.
    _column("event", str),
    _column("card_id", int | None, ForeignKey("card.id")),
    _column("answer", str | None),
    _column("score", float | None),
    _column("verdict", str | None),
    _column("suggested", int | None),
    _column("chosen", int | None),
    _column("before", dict[str, Any] | None),
    _column("after", dict[str, Any] | None),
    _column("detail", dict[str, Any] | None),
    _column("undoes", int | None, ForeignKey("log.id")),
    Index("ix_log_at", "at"),
    Index("ix_log_card_id", "card_id"),
    # Of undos alone: every other row would be written into it for nothing.
    Index("ix_log_undoes", "undoes", unique=True, **_where("undoes IS NOT NULL")),
)
"""What happened, for good: rows are added and never changed (the migration adds triggers that say so)."""
_UNDO = LOG.alias()
STANDING = ~exists().where(_UNDO.c.undoes == LOG.c.id)
"""A log row that no later row undoes."""

QUIZ = Table(
    "quiz",
    METADATA,
    _column("id", int, primary_key=True),
    _column("at", datetime),
    # Name of the deck it was about; None: all.
    _column("deck", str | None),
    _column("options", dict[str, Any]),
)
"""A quiz that was begun."""

QUIZ_ANSWER = Table(
    "quiz_answer",
    METADATA,
    _column("id", int, primary_key=True),
    _column("quiz_id", int, ForeignKey("quiz.id")),
    _column("at", datetime),
    _column("number", int),
    _column("mode", str),
    _column("card_id", int, ForeignKey("card.id")),
    _column("prompt", str),
    _column("wanted", str),
    _column("given", str),
    _column("right", bool),
    _column("score", float),
    # The card that the answer belongs to, when it is another one's.
    _column("confused_id", int | None, ForeignKey("card.id")),
    Index("ix_quiz_answer_quiz_id", "quiz_id"),
    Index("ix_quiz_answer_card_id", "card_id"),
)
"""What one card came to in a quiz."""

SEARCH = Table(
    "search",
    METADATA,
    _column("id", int, primary_key=True),
    _column("name", str, unique=True),
    _column("text", str),
)
"""A search of the glossary that the learner saved."""
