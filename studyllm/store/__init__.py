"""Where cards, progress and the log are kept: SQLite, through SQLAlchemy."""

from typing import TYPE_CHECKING

from studyllm.late import names_of

if TYPE_CHECKING:
    from studyllm.store.changes import Changes, NoteFile, Update
    from studyllm.store.recalled import HeardCard, Recall, RecallCounts, Section, SectionCounts
    from studyllm.store.records import (
        LONGEST_POINT,
        MOST_POINTS,
        Counts,
        JudgedPoint,
        LogEntry,
        Naming,
        Pick,
        Picked,
        Review,
        ReviewDetail,
        StudyCard,
        Want,
    )
    from studyllm.store.store import Store
else:
    __getattr__ = names_of(
        __name__,
        {
            "recalled": "HeardCard Recall RecallCounts Section SectionCounts",
            "changes": "Changes NoteFile Update",
            "records": "LONGEST_POINT MOST_POINTS Counts JudgedPoint LogEntry Naming Pick Picked Review ReviewDetail "
            "StudyCard Want",
            "store": "Store",
        },
    )

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
