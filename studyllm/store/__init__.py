"""Where cards, progress and the log are kept: SQLite, through SQLAlchemy."""

from typing import TYPE_CHECKING, Any

from studyllm.store.recalled import HeardCard, Recall, RecallCounts, Section, SectionCounts
from studyllm.store.records import (
    LONGEST_POINT,
    MOST_POINTS,
    Changes,
    Counts,
    JudgedPoint,
    LogEntry,
    Naming,
    NoteFile,
    Pick,
    Picked,
    Review,
    ReviewDetail,
    StudyCard,
    Update,
    Want,
)

if TYPE_CHECKING:
    from studyllm.store.store import Store

__all__ = [
    "LONGEST_POINT",
    "MOST_POINTS",
    "Changes",
    "Counts",
    "HeardCard",
    "JudgedPoint",
    "LogEntry",
    "Naming",
    "NoteFile",
    "Pick",
    "Picked",
    "Recall",
    "RecallCounts",
    "Review",
    "ReviewDetail",
    "Section",
    "SectionCounts",
    "Store",
    "StudyCard",
    "Update",
    "Want",
]


def __getattr__(name: str) -> Any:
    """`Store` is imported when first asked for: SQLAlchemy must not hold up the first frame."""
    if name != "Store":
        raise AttributeError(name)
    from studyllm.store.store import Store

    return Store
