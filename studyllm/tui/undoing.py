"""Taking the last thing back by a key: what it was is said, and said first where the learner cannot expect it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from studyllm.i18n import _
from studyllm.store.messages import nothing_to_undo
from studyllm.tui.notices import Notices
from studyllm.tui.turns import Turns

if TYPE_CHECKING:
    from studyllm.store import LogEntry, Store


class Changeable(Protocol):
    """The study, as far as something of it can be taken back."""

    clock: Callable[[], datetime]
    in_turn: Turns
    notices: Notices

    @property
    def store(self) -> "Store":
        """The open store."""

    def notify(self, message: str, *, severity: Any = ..., markup: bool = ...) -> None:
        """Says something for a moment."""


class Undoing:
    """Who was just told that nothing was changed means nothing older by the next undo: it says what that would be, and
    the one after it does it."""

    def __init__(self, study: Changeable) -> None:
        self._study = study
        self._told: int | None = None
        """The last row of the log when that was told."""

    async def nothing_changed(self) -> None:
        """The learner is told that nothing was changed, or that there is nothing to take back."""
        self._told = await asyncio.to_thread(self._study.store.last_row)

    async def asks(self, *, imports: bool = True) -> str:
        """What has to be said before an undo; empty where it can be done at once."""
        told, self._told = self._told, None
        journal = self._study.store.journal
        if told is None or told != await asyncio.to_thread(self._study.store.last_row):
            return ""
        older = await asyncio.to_thread(journal.next_undone, imports=imports)
        if older is None:
            return ""
        return _("Nothing was changed just now. Once more takes back what was before: {what}.").format(
            what=older.what
        )

    async def take_back(self, *, imports: bool = True) -> "LogEntry | None":
        """Undoes the last thing, or the last that was done to cards alone, and says so; None where it was not."""
        if asks := await self.asks(imports=imports):
            self._study.notify(asks, severity="warning", markup=False)
            return None
        entry: LogEntry | None
        entry = await self._study.in_turn(
            self._study.store.journal.undo, self._study.clock(), imports=imports
        )
        if entry is None:
            await self.nothing_changed()
            held = None if imports else await asyncio.to_thread(self._study.store.journal.holds_back)
            self._study.notify(nothing_to_undo(held), severity="warning", markup=False)
        else:
            self._study.notices.undone()
            self._study.notify(_("Taken back: {what}.").format(what=entry.what), markup=False)
        return entry
