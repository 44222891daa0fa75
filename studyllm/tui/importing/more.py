"""A screen of plans that models read more of, once they are shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from studyllm.i18n import _, ngettext
from studyllm.tui.importing.paths import TypesPaths
from studyllm.tui.importing.unread import More, OpenWords, Whole, can_read, unread_notes

if TYPE_CHECKING:
    from studyllm.library import Plan
    from studyllm.library.words import Words


class ReadsMore(TypesPaths):
    """A screen of plans that models read more of."""

    def __init__(self) -> None:
        super().__init__()
        self.plans: list[Plan] = []
        self._unread_notes: Whole | None = None
        self._thorough = False
        """Whether the language model is to read these."""
        self._cannot = False
        """Whether it could not when it was to; then only a key asks it again."""
        self._reading = ""
        """How far the models are."""
        self._before: tuple[int, int] | None = None
        """How many cards would be new, and how many are offered, when the language model began to read."""
        self._by_model = False
        """Whether the plans are made anew for what it read, and for nothing that the learner did."""

    def begin_anew(self) -> None:
        """Forgets what was asked of other notes."""
        self._thorough = self._cannot = False

    async def go_on(self, words: Words | None) -> None:
        """Lets models read what the plans leave open, once they are shown."""
        self._reading = ""
        self._unread_notes = await asyncio.to_thread(unread_notes, self.study, self.plans)
        if self._by_model:
            self._tell_what_changed()
        else:
            self._before = None
        self._by_model = False
        self._say()
        if words and (some := [one for made in self.plans for one in made.borderline]):
            self.read_more(OpenWords(words, tuple(some)))
        else:
            self._read_whole()

    def _read_whole(self) -> None:
        """Lets the language model read the notes, where that was asked for or takes little time."""
        unread = self._unread_notes
        if unread and (self._thorough or (unread.unasked and not self._cannot)):
            self.read_more(unread)

    def _tell_what_changed(self) -> None:
        """Says what came of it, once the language model has read all that it is to."""
        unread = self._unread_notes
        if self._before is None or (unread and (self._thorough or unread.new)):
            return
        (cards, offers), self._before = self._before, None
        now, offered = self._counts()
        if (now, offered) == (cards, offers):
            told = _("The language model has read it: nothing changes.")
        else:
            told = ngettext(
                "The language model has read it: {count} new card ({before} before), {offered} offered.",
                "The language model has read it: {count} new cards ({before} before), {offered} offered.",
                now,
            )
        self.notice(told.format(count=now, before=cards, offered=offered), "information", 8)

    def _counts(self) -> tuple[int, int]:
        """How many cards would be new, and how many are offered."""
        new = sum(step.new is not None and step.old is None for made in self.plans for step in made.steps)
        return new, sum(len(made.offers) for made in self.plans)

    def action_thorough(self) -> None:
        self._thorough = self._unread_notes is not None
        if not self._unread_notes and self.plans:
            nothing = _("There is nothing here that the language model could still read.")
            self.notice(nothing if can_read(self.study) else _cannot_read(), "information", 6)
        if self._unread_notes and not self._reading:
            self.read_more(self._unread_notes)

    @work(exclusive=True, group="more", exit_on_error=False)
    async def read_more(self, more: More) -> None:
        """Lets a model read what it can of the notes, then shows what that changes."""
        plans = self.plans
        if isinstance(more, Whole) and self._before is None:
            self._before = self._counts()

        def went(done: int, of: int) -> bool:
            wanted = self.is_mounted and self.plans is plans
            if wanted:
                self._reading = more.so_far(done, of)
                self.app.call_later(self._say)
            return wanted

        try:
            went(0, more.total)
            grader = await self.study.when_ready()
            while more.loading(grader.readiness()):
                await asyncio.sleep(0.5)
            done = await asyncio.to_thread(more.read, grader, went)
        except Exception:
            self._cannot = True  # it is not asked again with every key
            raise
        finally:
            if self.plans is plans:
                self._reading = ""
                self._say()
        if self.plans is plans and self.is_mounted:
            if done is not None:
                self.plan_again()
            elif isinstance(more, Whole):
                self._thorough, self._before, self._cannot = False, None, True
                self.notice(_cannot_read(), "error", 8)
            else:
                self._read_whole()

    def plan_again(self) -> None:
        """Plans anew, as the models read it."""
        raise NotImplementedError

    def _say(self) -> None:
        """Shows how far it is."""
        raise NotImplementedError


def _cannot_read() -> str:
    return _("The language model cannot read the notes now. The cards stay as they are.")
