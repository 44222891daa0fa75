"""What can be done to the card under review besides answering and grading it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker

from studyllm import messages
from studyllm.grading import points_of
from studyllm.i18n import N_, _
from studyllm.review.asking import question
from studyllm.review.history import Mistake
from studyllm.review.session import Judging, ReviewSession
from studyllm.schedule import Grade
from studyllm.store import StudyCard
from studyllm.tui.review.result import Result
from studyllm.tui.review.stopwatch import Stopwatch
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.answer import AnswerArea

if TYPE_CHECKING:
    from studyllm.library import Plan
    from studyllm.tui.review.leech import Choice


POINT_KEYS = "asdfghjl"
"""Of the first points: the home row, without the key that says "I knew it"."""


class CardActions(StudyScreen):
    """The keys that leave the card, look behind it or change it. What asks, judges and grades is the review's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f7",
            "hint",
            N_("Hint"),
            priority=True,
            tooltip=N_("One point of the answer; the best grade is then 4"),
        ),
        Binding("f8", "skip", N_("Skip"), tooltip=N_("Ask the others first")),
        Binding("f9", "pause", N_("Pause"), tooltip=N_("Hide the card and stop the clock")),
        Binding("k", "knew", N_("I knew it"), tooltip=N_("Overrule the verdict: recalled, grade 4")),
        Binding(
            POINT_KEYS[0],
            "point(0)",
            N_("Said?"),
            key_display=f"{POINT_KEYS[0]}-{POINT_KEYS[-1]}",
            tooltip=N_("Point a was said after all, or was not; likewise s d f g h j l"),
        ),
        *(Binding(key, f"point({number})", show=False) for number, key in enumerate(POINT_KEYS[1:], 1)),
        Binding(
            "f3,question_mark",
            "follow_up",
            N_("Ask"),
            key_display="F3",
            tooltip=N_("Ask about the card; the answer comes from your note"),
        ),
        Binding("e", "edit_note", N_("Edit"), tooltip=N_("Open the note's line in your editor")),
        Binding(
            "f6",
            "edit_points",
            N_("Points"),
            show=False,
            tooltip=N_("Edit what an answer to this card must say"),
        ),
        Binding("f4", "suspend", N_("Never ask"), show=False, tooltip=N_("Never ask this card (suspend)")),
        Binding("f5", "bury", N_("Not today"), show=False, tooltip=N_("Not today (bury)")),
        Binding(
            "f2,u",
            "take_back",
            N_("Undo"),
            key_display="F2",
            tooltip=N_("Take back the last thing done to a card, of today or earlier"),
        ),
    ]

    session: ReviewSession

    def __init__(self) -> None:
        super().__init__()
        self.stopwatch = Stopwatch()

    @property
    def card(self) -> StudyCard | None:
        """On screen; None between cards, and before the store is open."""
        return self.session.card if hasattr(self, "session") else None

    if TYPE_CHECKING:  # what the review adds
        last: str

        def next_card(self) -> Worker[None]: ...
        def judge(self, judging: Judging) -> None: ...
        def grade(self, grade: Grade) -> None: ...
        def show_verdict(self) -> None: ...
        def show_card(self, card: StudyCard) -> None: ...

    def _put(self, selector: str, content: Content) -> None:
        self.query_one(selector, Static).update(content)

    # Before the answer

    def show_hints(self) -> None:
        """What kind of answer is wanted, and the hints given so far."""
        assert self.card is not None
        lines = [Content(told)] if (told := messages.wanted(self.card)) else []
        lines += [
            Content.assemble((f"{messages.HINT} ", "bold $text-accent"), one) for one in self.session.hints
        ]
        self._put("#hint", Content("\n").join(lines))
        self.query_one("#hint").display = bool(lines)

    def action_hint(self) -> None:
        """One more point; the top grade is gone then."""
        if self.session.hint():
            self.show_hints()
            area = self.query_one(AnswerArea)
            area.call_after_refresh(area.place_cursor)
        elif self.card is not None:
            self.notify(_("No hint is left. Enter with nothing typed shows the note."), timeout=4)

    @work(group="change", exit_on_error=False)
    async def action_skip(self) -> None:
        """The others first; what was typed is kept."""
        if (card := self.card) is None:
            return
        self.study.begun.drafts[card.id] = self.query_one(AnswerArea).text
        if self.session.skip():
            self.next_card()
        else:
            self.notify(_("This is the last card for now."), timeout=4)

    def action_pause(self) -> None:
        """Hides the card; time does not count until it is seen again."""
        from studyllm.tui.review.pause import PauseScreen

        self.app.push_screen(PauseScreen())

    # After the answer

    def action_knew(self) -> None:
        self.grade(self.session.knew)

    def has_point(self, number: object) -> bool:
        """Whether the verdict on screen has a point of that number, counted from 0."""
        verdict = self.session.verdict if hasattr(self, "session") else None
        return verdict is not None and isinstance(number, int) and number < len(verdict.points)

    def action_point(self, number: int) -> None:
        """The learner's word on one point; headline, points and suggested grade follow."""
        if self.session.point(number):
            self.show_verdict()

    def action_follow_up(self) -> None:
        """A question about the card."""
        from studyllm.tui.review.followup import (
            FollowUpScreen,
        )  # late: it can read notes, which takes long to import

        if self.card is not None:
            self.app.push_screen(FollowUpScreen(self.card))

    def action_edit_points(self) -> None:
        """What an answer to this card must say; the answer on screen is judged anew."""
        from studyllm.tui.review.points import PointsScreen

        if (card := self.card) is None:
            return

        def edited(wanted: list[str] | None) -> None:
            if wanted is not None and self.card is card:
                self._save_points(card, wanted)

        self.app.push_screen(PointsScreen(card.card.term, points_of(question(card))), edited)

    @work(group="change", exit_on_error=False)
    async def _save_points(self, card: StudyCard, wanted: list[str]) -> None:
        """Saves the learner's points, then judges again."""
        await self.study.in_turn(self.study.store.set_points, card, wanted, self.study.clock())
        await self._show_again(card)

    @work(group="change", exit_on_error=False)
    async def action_edit_note(self) -> None:
        """The note's line in the learner's editor, then the card as the note has it now."""
        from studyllm.tui.editor import open_at

        if (card := self.card) is None:
            return
        source = card.card.source
        self.stopwatch.stop()
        try:
            open_at(self.app, Path(source.path), source.line)
        finally:
            self.stopwatch.go_on()
        made = await self.study.in_turn(self._import, card)
        if made.doubts:
            self.notify(_("The note can be read in two ways now; press i on the decks screen to decide."))
        self.session.refresh()
        await self._show_again(card)

    def _import(self, card: StudyCard) -> "Plan":
        """The card's deck again, from its notes."""
        from studyllm import library

        store = self.study.store
        deck = next(deck for deck in store.decks() if deck.name == card.deck)
        return library.bring_in(store, library.plan(store, deck), self.study.clock())

    async def _show_again(self, card: StudyCard) -> None:
        """A card that was changed while it is on screen; its answer is judged anew if it asks for something else."""
        now = await asyncio.to_thread(self.study.store.card, card.id)
        if self.card is not card:
            return
        if now.gone:
            self.notify(_("{term} is not in the notes any more.").format(term=card.card.term), markup=False)
            self.next_card()
            return
        again = self.session.changed(now)
        self.show_card(now)
        self.query_one(Result).show_note(now)
        if again and isinstance(self.session.state, Judging):
            self.judge(self.session.state)

    # At any time

    def action_suspend(self) -> None:
        """Takes the card out of the questions: the learner overrules what the notes seem to say."""
        if (card := self.card) is not None:
            told = _("{term} is not asked any more; F2 takes that back.")
            self._change(self.session.suspend, told.format(term=card.card.term))

    def action_bury(self) -> None:
        """Asks the card no more today."""
        if (card := self.card) is not None:
            told = _("{term} is not asked before tomorrow; F2 takes that back.")
            self._change(self.session.bury, told.format(term=card.card.term))

    def attend(self, card: StudyCard, wrong: tuple[Mistake, ...]) -> None:
        """A card that is forgotten again and again: the learner sees how, and decides."""
        from studyllm.tui.review.leech import LeechScreen

        def decided(choice: "Choice | None") -> None:
            if choice == "suspend":
                self._change(partial(self.session.suspend, card=card.id))
            elif choice == "reset":
                self._change(partial(self.session.reset, card.id))
            else:
                self.next_card()

        self.app.push_screen(LeechScreen(card, wrong), decided)

    @work(group="change", exit_on_error=False)
    async def _change(self, what: Callable[[datetime], None], told: str = "") -> None:
        """Does something to a card, then asks the next one."""
        await self.study.in_turn(what, self.study.clock())
        if told:
            self.notify(told, markup=False)
        self.next_card()

    @work(group="change", exit_on_error=False)
    async def action_take_back(self) -> None:
        """Takes back the last thing that was done to a card, in this session or an earlier one."""
        entry = await self.study.in_turn(self.session.undo, self.study.clock())
        if entry is None:
            self.notify(_("There is nothing to take back."), severity="warning")
            return
        self.last = _("taken back: {what}").format(what=entry.what)
        self.next_card()
