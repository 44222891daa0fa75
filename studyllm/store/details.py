"""The shapes of the details of log rows, by event, as `events.py` and `imports.py` write them."""

from typing import Any, Literal, NotRequired, TypedDict

SETS = {"suspend": "suspended", "bury": "buried", "tags": "tags", "points": "own_points"}
"""Events with one column of a card, and that column."""
_Change = Literal["suspend", "bury", "tags", "points", "reset", "due"]


class _Set(TypedDict):
    """One column of a card; before 0004 what was before stood alone and `told` puts it here."""

    before: dict[str, Any]
    after: NotRequired[dict[str, Any]]


class _Bulk(TypedDict):
    """One of those done to many cards: what each of them was and became, by id, and the new ones that were put on for
    today."""

    does: _Change
    cards: dict[str, tuple[Any, Any]]
    early: NotRequired[list[int]]
    source: NotRequired[str]


class _Renamed(TypedDict):
    """The name that a deck had, and the one it got."""

    deck: str
    to: str


class _Deleted(TypedDict):
    """A deck that was taken away: the notes that it had, and the ids of its cards."""

    deck: str
    notes: list[str]
    cards: list[int]


class _Search(TypedDict):
    """A saved search: its query before and after."""

    name: str
    before: str | None
    after: str | None


class _Past(TypedDict):
    """Answers that were given elsewhere: first and last row, and the progress of the cards before and after."""

    reviews: tuple[int, int]
    cards: dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]]


class _Recall(TypedDict):
    """What a recall of a section did: the section, how many cards were in each state, first and last row of what became
    of its cards, the progress of those that moved and why those are asked early that are asked next, before and
    after."""

    deck: str
    path: str
    headings: list[str]
    states: dict[str, int]
    rows: tuple[int, int] | None
    cards: dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]]
    early: dict[str, tuple[str | None, str | None]]


class _Heard(TypedDict):
    """What a recall did with one card that it did not move."""

    state: str
    source: str


class _Scheduling(TypedDict):
    """How a deck was and is scheduled, and the progress of the cards that moved."""

    deck: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    cards: dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]]
    source: NotRequired[str]


class _Import(TypedDict):
    """What an import did: first and last id of the new cards, what changed columns held before, by card; of what came
    with them first and last row of the reviews and the row of the scheduling; and the import that belongs to it."""

    deck: str
    counts: dict[str, int]
    added: list[int]
    before: list[dict[str, Any]]
    choices: NotRequired[list[Any]]
    about: NotRequired[str]
    left: NotRequired[dict[str, list[str]]]
    kinds: NotRequired[list[str]]
    reviews: NotRequired[tuple[int, int]]
    scheduling: NotRequired[int]
    together: NotRequired[int]


DETAILS: dict[str, Any] = {
    "suspend": _Set,
    "bury": _Set,
    "tags": _Set,
    "points": _Set,
    "bulk": _Bulk,
    "scheduling": _Scheduling,
    "import": _Import,
    "history": _Past,
    "rename": _Renamed,
    "delete": _Deleted,
    "search": _Search,
    "recall": _Recall,
    "heard": _Heard,
}
"""Events whose rows tell nothing without their detail, and its shape."""
