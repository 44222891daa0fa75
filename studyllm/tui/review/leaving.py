"""What leaves the card that is asked other than by a grade: putting it away, and taking back what was done before."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from studyllm.i18n import _
from studyllm.review.session import ReviewSession
from studyllm.store import StudyCard
from studyllm.store.messages import nothing_to_undo
from studyllm.tui.keymap import key_name
from studyllm.tui.review.keyboard import Keyboard
from studyllm.tui.review.keys import Stage
from studyllm.tui.screen import StudyScreen
from studyllm.tui.turns import unless_done


class Leavable(Protocol):
    """What is reviewed, as far as a card of it can be left."""

    stage: Stage
    session: ReviewSession
    keyboard: Keyboard
    last: str

    @property
    def card(self) -> StudyCard | None:
        """On screen."""

    def keep_typed(self) -> None:
        """What was typed of an answer waits with its card."""

    def next_card(self) -> object:
        """The next card that can be asked now, or the summary."""


class Leaving:
    """Of one review screen, which is also what is reviewed."""

    def __init__(self, screen: StudyScreen, review: Leavable) -> None:
        self._screen, self._review = screen, review

    def put_away(self, what: Callable[[datetime], None], said: str) -> None:
        """Does that to the card, says so, and goes on."""
        self._review.stage = "saving"
        self._screen.run_worker(self._put_away(what, said), group="change", exit_on_error=False)

    async def _put_away(self, what: Callable[[datetime], None], said: str) -> None:
        screen, review, study = self._screen, self._review, self._screen.study
        if (card := review.card) is not None:
            review.keep_typed()
            with unless_done(review.next_card):
                await study.in_turn(what, study.clock())
            undo = key_name(screen.app, "review.undo", "f2")
            screen.offer(said.format(term=card.card.term, undo=undo))
            review.last = ""
            review.next_card()

    def take_back(self) -> None:
        """Undoes the last thing that was done to a card, and asks that one again."""
        before, self._review.stage = self._review.stage, "saving"
        self._screen.run_worker(self._take_back(before), group="change", exit_on_error=False)

    async def _take_back(self, before: Stage) -> None:
        review, study = self._review, self._screen.study
        if before == "asking":
            review.keep_typed()
        with unless_done(review.next_card):
            if asks := await study.undoing.asks(imports=False):
                self._stay(before, asks)
                return
            entry = await study.in_turn(review.session.undo, study.clock())
        if entry is None:
            await study.undoing.nothing_changed()
            held = await asyncio.to_thread(study.store.journal.holds_back)
            self._stay(before, nothing_to_undo(held))
        else:
            study.notices.undone()
            self._screen.show_notices()
            review.last = _("taken back: {what}").format(what=entry.what)
            review.next_card()

    def _stay(self, stage: Stage, why: str) -> None:
        """The card is not left after all."""
        self._review.stage = stage
        if stage == "asking":
            self._review.keyboard.stay()
        self._screen.notify(why, severity="warning", markup=False)
