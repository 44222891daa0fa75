"""What is done to many cards at once: each is one row of the log, which one undo takes back."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import ClassVar, cast

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message

from studyllm.errors import StudyError
from studyllm.glossary import tags_of
from studyllm.i18n import N_, _, ngettext
from studyllm.text import clean
from studyllm.tui.glossary.filters import TagScreen
from studyllm.tui.keymap import Keyed
from studyllm.tui.reading import reads_notes
from studyllm.tui.screen import Reporting, StudyScreen

Change = Callable[[Sequence[int], datetime], int]
"""Does something to cards; how many it changed."""
_MANY = 2000
"""Cards that take so long to change that it is said."""


class CardChanges(Keyed, Reporting, Container):
    """A container of cards that are chosen, with the keys that change them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "suspend", N_("Suspend")),
        Binding("b", "bury", N_("Bury")),
        Binding("t", "tag", N_("Tag")),
        Binding("d", "today", N_("Today"), tooltip=N_("Ask today")),
        Binding("r", "reset", N_("Reset")),
        Binding("x", "drop", N_("No card"), show=False),
        Binding("u", "take_back", N_("Undo"), show=False),
    ]

    class Changed(Message):
        """Some cards are not what they were."""

    def __init__(self, chosen: Callable[[], list[int]], id: str | None = None) -> None:
        """`chosen()` are the ids of the cards that a key acts on."""
        super().__init__(id=id)
        self._chosen = chosen

    def today(self) -> date:
        return self.study.settings.day.of(self.study.clock())

    def action_suspend(self) -> None:
        """Suspends; when all of them are suspended, takes them back in."""
        entries = self.study.store.entries

        def turned(cards: Sequence[int], now: datetime) -> int:
            return entries.suspend(cards, now, suspended=not entries.are_suspended(cards))

        self.change(turned)

    def action_bury(self) -> None:
        today = self.today()
        self.change(lambda cards, now: self.study.store.entries.bury(cards, today, now))

    def action_today(self) -> None:
        today = self.today()
        self.change(lambda cards, now: self.study.store.entries.ask_today(cards, today, now))

    def action_reset(self) -> None:
        self.change(self.study.store.entries.reset)

    @work(group="change", exit_on_error=False)
    async def action_drop(self) -> None:
        """Makes no cards any more of what the chosen ones were made of."""
        from studyllm import library

        if not (cards := self._chosen()):
            return
        store = self.study.store
        found = [store.card(card) for card in cards]
        now = self.study.clock()

        def drop() -> list[library.Plan]:
            return library.drop(store, found, library.Like.ALONE, now, readers=reads_notes(self.study))

        plans = await self.study.in_turn(drop)
        gone = sum(made.counts()["gone"] for made in plans)
        self._offer(
            ngettext(
                "{count} card taken out; it stays out at the next import. u takes that back.",
                "{count} cards taken out; they stay out at the next import. u takes that back.",
                gone,
            ).format(count=gone)
        )
        self.post_message(self.Changed())

    def action_tag(self) -> None:
        cards = self._chosen()
        if not cards:
            return
        count = len(cards)
        what = ngettext("{count} card", "{count} cards", count).format(count=count)
        if count == 1:
            try:
                what = clean(self.study.store.card(cards[0]).card.term)
            except StudyError as error:
                self.study.report(error)

        def typed(text: str | None) -> None:
            try:
                give, take = tags_of(text or "")
            except StudyError as error:
                self.study.report(error)
                return
            if give or take:
                self.change(lambda cards, now: self.study.store.entries.tag(cards, give, take, now))

        self.app.push_screen(TagScreen(what), typed)

    @work(group="change", exit_on_error=False)
    async def change(self, what: Change) -> None:
        """Does something to the chosen cards: one row of the log, which one undo takes back."""
        cards = self._chosen()
        if not cards:
            return
        if len(cards) > _MANY:
            self.notify(_("Changing {count} cards…").format(count=len(cards)), timeout=3)
        count = await self.study.in_turn(what, cards, self.study.clock())
        if not count:
            await self.study.undoing.nothing_changed()
            self.notify(_("Nothing was changed: it is so already."))
            return
        (entry,) = await asyncio.to_thread(self.study.store.journal.latest, 1)
        self._offer(_("{what}; u takes that back.").format(what=entry.what))
        self.post_message(self.Changed())

    def _offer(self, told: str) -> None:
        """What was done, and that it can be taken back here."""
        cast("StudyScreen", self.screen).offer(told)

    @work(group="change", exit_on_error=False)
    async def action_take_back(self) -> None:
        """Undoes the last thing that was done to cards."""
        if await self.study.undoing.take_back(imports=False) is not None:
            self.post_message(self.Changed())
