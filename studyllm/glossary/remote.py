"""Finding in a process of its own: among a hundred thousand cards every search would hold up the keys."""

import base64
from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.errors import StudyError
from studyllm.glossary.finder import Finder, Finding
from studyllm.glossary.found import Found
from studyllm.glossary.index import SortOrder
from studyllm.i18n import _
from studyllm.location import Place, Server
from studyllm.process import Child, Message

if TYPE_CHECKING:
    from studyllm.store import Store
    from studyllm.store.vectors import Vectors

MANY = 5000
"""Cards that are searched in a process of their own. It takes half a second to start."""

DATABASE = "STUDYLLM_DATABASE"
"""Tells the process its database: other users of the machine see a command, which a password must not be in."""


class SearchEnded(StudyError):
    """The process ended while something was asked; `load` starts another."""


class FinderApart:
    """A Finder in a child process; any thread may ask."""

    def __init__(self, database: Place, kept: "Vectors", log: Path | None = None) -> None:
        self.decks: Sequence[str] = ()
        self.tags: Sequence[str] = ()
        self.missing = 0
        told = {DATABASE: database.url if isinstance(database, Server) else str(database)}
        options = [str(kept.path), kept.model]
        self._child = Child("studyllm.glossary.child", options, environment=told, log=log, died=self._died)
        self._is_loaded = False

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        return self._child.pid

    def load(self, today: date, start: datetime) -> None:
        """All entries as they are now."""
        self._child.start()
        self._is_loaded = True
        reply = self._ask({"do": "load", "today": today.isoformat(), "start": start.isoformat()})
        self.decks, self.tags = reply["decks"], reply["tags"]

    def read(self) -> None:
        """Makes the entries' words searchable."""
        self._ask({"do": "read"})

    def listen(self) -> None:
        """Learns how the terms sound."""
        self._ask({"do": "listen"})

    def recall(self) -> None:
        """Takes the vectors that were computed before."""
        self.missing = self._ask({"do": "recall"})["missing"]

    def find(self, text: str, order: SortOrder = SortOrder.MATCH) -> Found | None:
        """What a query finds."""
        reply = self._ask({"do": "find", "text": text, "order": str(order)})
        if "cards" not in reply:
            return None
        return Found(text, order, reply["of"], unpacked(reply["cards"]), reply["alike"])

    def nearest(self, found: Found, vector: bytes) -> Found:
        """The same, and what is near in meaning."""
        if not found.means_something:
            return found
        asked = {"do": "nearest", "text": found.text, "order": str(found.order)}
        reply = self._ask(asked | {"vector": base64.b64encode(vector).decode()})
        return replace(found, near=reply["near"])

    def senses(self, card: int) -> Sequence[int]:
        """The other cards of the same term."""
        return self._ask({"do": "senses", "card": card})["cards"]  # type: ignore[no-any-return]

    def unlearnt(self, count: int) -> Sequence[str]:
        """Texts without a vector."""
        return self._ask({"do": "unlearnt", "count": count})["texts"]  # type: ignore[no-any-return]

    def learn(self, vectors: Sequence[bytes]) -> None:
        """Takes their vectors."""
        raw = [base64.b64encode(vector).decode() for vector in vectors]
        self.missing = self._ask({"do": "learn", "vectors": raw})["missing"]

    def close(self) -> None:
        """Ends the process at once: it keeps nothing."""
        self._child.close(patience=0)

    def _died(self, down: bool) -> None:
        self._is_loaded = False  # the next one has nothing yet

    def _ask(self, message: Message) -> Message:
        """The reply; raises SearchEnded, or StudyError with what the process says went wrong."""
        reply = self._child.ask(message).replies.get() if self._is_loaded else None
        if reply is None:
            raise SearchEnded(_("The glossary's search ended; open the glossary again to start another."))
        if "failed" in reply:
            raise StudyError(reply["failed"])
        return reply


def packed(cards: Sequence[int]) -> str:
    """Many ids as text, which takes a millisecond or two for a hundred thousand."""
    return base64.b64encode(array("q", cards).tobytes()).decode()


def unpacked(text: str) -> Sequence[int]:
    """The ids in such a text."""
    ids = array("q")
    ids.frombytes(base64.b64decode(text))
    return ids


def finder_for(
    store: "Store", kept: "Vectors", log: Path | None = None, before: Finding | None = None
) -> Finding:
    """Where so many cards as there are in the store are best found: the one from before, if it is."""
    if store.entries.count() <= MANY:
        return before or Finder(store.entries, kept)
    if isinstance(before, FinderApart):
        return before
    if before is not None:
        before.close()
    return FinderApart(store.place, kept, log)
