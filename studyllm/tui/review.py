"""Review: a card, an answer, a verdict, a grade, the next card."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from studyllm import words
from studyllm.drill import Drill, question
from studyllm.grading import Grader, Verdict, points_of
from studyllm.mistakes import Mistake, mistakes
from studyllm.schedule import Grade, Learned
from studyllm.store import StudyCard
from studyllm.tui.answer import AnswerArea
from studyllm.tui.grades import GradeBar
from studyllm.tui.leech import Choice, LeechScreen
from studyllm.tui.points import PointsScreen
from studyllm.tui.readiness import ReadinessLine
from studyllm.tui.screen import StudyScreen
from studyllm.tui.verdict import headline, points


class ReviewScreen(StudyScreen):
    """One card at a time. The model's part never holds the screen: workers compute, handlers show."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Decks"),
        Binding("f2,u", "take_back", "Undo last", key_display="F2"),
        Binding("f3,question_mark", "follow_up", "Ask about it", key_display="F3"),
        Binding("f4", "suspend", "Never ask"),
        Binding("f5", "bury", "Not today", show=False),
        Binding("f6", "edit_points", "Edit points", show=False),
    ]

    def __init__(self, deck: str | None) -> None:
        super().__init__()
        self.deck = deck
        self.card: StudyCard | None = None
        self.answer: str | None = None
        """What was submitted for the card on screen; None while it is still being typed."""
        self.verdict: Verdict | None = None
        self.outcomes: Mapping[Grade, Learned] = {}
        self.reviewed = self.recalled = 0
        self.last = ""
        self.drill: Drill
        self._asked_at = self._seconds = 0.0

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            yield Static("", id="where")
            yield Static("", id="prompt")
            yield Static("", id="hint")
            yield AnswerArea()
            yield Static("", id="waiting")
            with VerticalScroll(id="result", can_focus=False):
                yield Static("", id="headline")
                yield Static("", id="points")
                yield Static("", id="explanation")
                yield Static("Your answer", classes="label")
                yield Static("", id="yours")
                yield Static("", id="source", classes="label")
                yield Static("", id="note")
        yield Static("", id="done")
        yield GradeBar()
        yield ReadinessLine()
        yield Footer()

    def on_mount(self) -> None:
        self._stage("opening")
        if self.study.opened is not None:
            self.open()

    def open(self) -> None:
        self.drill = Drill(self.study.store, self.study.settings.day, self.deck)
        self.next_card()

    def cards_changed(self) -> None:
        self.drill.refresh()

    def ready(self) -> None:
        if self.card is not None:
            self._prepare(self.card)

    # Asking

    @work(exclusive=True, group="card", exit_on_error=False)
    async def next_card(self) -> None:
        """The next card that can be asked now, or the summary."""
        if found := await asyncio.to_thread(self._next):
            card, left, self.outcomes = found
            self._ask(card, left)
        else:
            self._finish()

    def _next(self) -> tuple[StudyCard, int, Mapping[Grade, Learned]] | None:
        now = self.study.clock()
        found = self.drill.next(now)
        return found and (*found, self.drill.outcomes(found[0], now))

    def _ask(self, card: StudyCard, left: int) -> None:
        self.card, self.answer, self.verdict = card, None, None
        self._asked_at, self._seconds = time.monotonic(), 0.0
        self._prepare(card)
        text = card.card
        where = " › ".join((card.deck, *text.headings))
        self._put(
            "#where",
            Content.assemble(
                f"{left} to go   ", (f"{self.last}   " if self.last else "", "$text-success"), where
            ),
        )
        self._put("#prompt", Content(text.prompt or text.term))
        if card.early_look:
            self.notify(f"Asked early: {card.early_look}.", title=text.term, markup=False, timeout=8)
        self._put("#hint", Content(hint := words.wanted(card)))
        self.query_one("#hint").display = bool(hint)
        area = self.query_one(AnswerArea)
        area.text = self.study.drafts.get(card.id, "")
        area.move_cursor(area.document.end)
        self._stage("asking")
        area.focus()

    def _prepare(self, card: StudyCard) -> None:
        if self.study.grader is not None:
            self.study.grader.prepare(question(card))

    def on_answer_area_submitted(self, event: AnswerArea.Submitted) -> None:
        if self.card is None or self.answer is not None:
            return
        self.answer = self.study.drafts[self.card.id] = event.text
        self._seconds = time.monotonic() - self._asked_at
        self._show_note(self.card)
        if not event.text:
            self._put("#headline", Content.styled("Not answered. How well did you know it?", "$text-warning"))
            self._put("#points", Content(""))
            self._put("#explanation", Content(""))
            self._choose(None)
            return
        self._stage("judging")
        self.judge(self.card, event.text)
        self._tell_what_is_waited_for()

    def _tell_what_is_waited_for(self) -> None:
        grader = self.study.grader
        readiness = grader and grader.readiness()
        loading = not readiness or "loading" in (readiness.embedding, readiness.language)
        why = "The models are still loading; your answer is kept." if loading else "Reading your answer…"
        self._put("#waiting", Content(why))

    # Judging

    @work(exclusive=True, group="judge", exit_on_error=False)
    async def judge(self, card: StudyCard, answer: str) -> None:
        """The verdict, however long the models take; typing and leaving stay possible."""
        grader = await self.study.when_ready()
        verdict = await asyncio.to_thread(self.drill.judge, grader, card, answer)
        if self.card is card:
            self._show_verdict(card, verdict)
            self.explain(grader, card, answer, verdict)

    def _show_verdict(self, card: StudyCard, verdict: Verdict) -> None:
        self.verdict = verdict
        self._put("#headline", headline(verdict))
        self._put("#points", points(verdict))
        self._put("#explanation", Content.styled("explaining…", "$text-muted"))
        self._choose(verdict)

    @work(thread=True, exclusive=True, group="explain", exit_on_error=False)
    def explain(self, grader: Grader, card: StudyCard, answer: str, verdict: Verdict) -> None:
        """Streams the explanation; leaving the card ends it."""
        worker = get_current_worker()
        pieces = grader.explain(question(card), answer, verdict)
        text = ""
        for piece in pieces:
            if worker.is_cancelled:
                break
            text += piece
            self.app.call_from_thread(self._show_explanation, card, text)
        close = getattr(pieces, "close", None)
        if close:
            close()

    def _show_explanation(self, card: StudyCard, text: str) -> None:
        if self.card is card and self.is_attached:
            self._put("#explanation", Content(text))

    def _show_note(self, card: StudyCard) -> None:
        source = card.card.source
        self._put("#yours", Content(self.answer or "–"))
        self._put("#source", Content(f"The note  ({source.path.rpartition('/')[2]}:{source.line})"))
        self._put("#note", Content(card.card.answer))

    def _choose(self, verdict: Verdict | None) -> None:
        assert self.card is not None
        bar = self.query_one(GradeBar)
        bar.show(self.outcomes, Grade(verdict.grade) if verdict else None)
        self._stage("graded")
        self.query_one("#result").scroll_home(animate=False)
        bar.focus()

    # Grading

    def on_grade_bar_chosen(self, event: GradeBar.Chosen) -> None:
        if self.card is not None and self.answer is not None:
            card, answer, verdict = self.card, self.answer, self.verdict
            self.card = None
            self._put("#where", Content("Saving…"))
            self.workers.cancel_group(self, "explain")
            self.record(card, event.grade, answer, verdict)

    @work(exclusive=True, group="record", exit_on_error=False)
    async def record(self, card: StudyCard, grade: Grade, answer: str, verdict: Verdict | None) -> None:
        """Saved before the next card is shown."""
        now = self.study.clock()
        try:
            recorded = await asyncio.to_thread(
                self.drill.record,
                card,
                grade,
                now,
                answer=answer or None,
                verdict=verdict,
                seconds=self._seconds,
            )
            self.study.drafts.pop(card.id, None)
        except BaseException:
            self.next_card()  # the same card again, with what was typed
            raise
        if not grade.recalled and self.drill.is_leech(recorded.card) and recorded.card.lapses > card.lapses:
            self._attend(recorded.card, await asyncio.to_thread(mistakes, self.study.store, card.id))
        else:
            self.next_card()
        self.reviewed += 1
        self.recalled += grade.recalled
        after = recorded.card.progress
        assert isinstance(after, Learned)
        self.last = f"{card.card.term}: {int(grade)}, again in {words.span(after, now)}"

    @work(exclusive=True, group="record", exit_on_error=False)
    async def action_suspend(self) -> None:
        """Takes the card out of the questions: the learner overrules what the notes seem to say."""
        if (card := self.card) is None:
            return
        await asyncio.to_thread(self.study.store.suspend, card.id, self.study.clock())
        self.drill.refresh()
        self.notify(f"{card.card.term} is not asked any more; F2 takes that back.", markup=False)
        self.next_card()

    def _attend(self, card: StudyCard, wrong: tuple[Mistake, ...]) -> None:
        """A card that is forgotten again and again: the learner sees how, and decides."""

        def decided(choice: Choice | None) -> None:
            if choice == "suspend":
                self.change(self.study.store.suspend, card)
            elif choice == "reset":
                self.change(self.study.store.reset, card)
            else:
                self.next_card()

        self.app.push_screen(LeechScreen(card, wrong), decided)

    @work(exclusive=True, group="record", exit_on_error=False)
    async def change(self, what: Callable[[int, datetime], bool], card: StudyCard) -> None:
        """Does something to a card, then asks the next one."""
        await asyncio.to_thread(what, card.id, self.study.clock())
        self.drill.refresh()
        self.next_card()

    @work(exclusive=True, group="record", exit_on_error=False)
    async def action_bury(self) -> None:
        """Asks the card no more today."""
        if (card := self.card) is None:
            return
        now = self.study.clock()
        await asyncio.to_thread(self.study.store.bury, card.id, self.study.settings.day.of(now), now)
        self.notify(f"{card.card.term} is not asked before tomorrow; F2 takes that back.", markup=False)
        self.drill.refresh()
        self.next_card()

    def action_follow_up(self) -> None:
        """A question about the card, once it was answered."""
        if self.card is not None and self.answer is not None:
            from studyllm.tui.followup import (
                FollowUpScreen,
            )  # late: it can read notes, which takes long to import

            self.app.push_screen(FollowUpScreen(self.card))
        else:
            self.notify("Answer first, then ask about the card.", timeout=4)

    def action_edit_points(self) -> None:
        """What an answer to this card must say; the answer on screen is judged anew."""
        if (card := self.card) is None or self.answer is None:
            self.notify("Answer first: the points would give it away.", timeout=4)
            return
        asked = question(card)

        def edited(wanted: list[str] | None) -> None:
            if wanted is not None and self.card is card:
                self.save_points(card, wanted)

        self.app.push_screen(PointsScreen(card.card.term, points_of(asked)), edited)

    @work(exclusive=True, group="record", exit_on_error=False)
    async def save_points(self, card: StudyCard, wanted: list[str]) -> None:
        """Saves the learner's points, then judges again."""
        await asyncio.to_thread(self.study.store.set_points, card, wanted, self.study.clock())
        if self.card is not card:
            return
        self.card = await asyncio.to_thread(self.study.store.card, card.id)
        if self.answer:
            self.judge(self.card, self.answer)

    def action_take_back(self) -> None:
        self.take_back()

    @work(exclusive=True, group="record", exit_on_error=False)
    async def take_back(self) -> None:
        """Takes back the last thing that was done to a card, in this session or an earlier one."""
        entry = await asyncio.to_thread(self.drill.undo, self.study.clock())
        if entry is None:
            self.notify("There is nothing to take back.", severity="warning")
            return
        if self.reviewed and entry.review:
            self.reviewed -= 1
            self.recalled -= Grade(entry.review.chosen).recalled
        self.last = f"taken back: {entry.what}"
        self.next_card()

    def action_leave(self) -> None:
        if self.card is not None and self.answer is None:
            self.study.drafts[self.card.id] = self.query_one(AnswerArea).text
        self.app.pop_screen()

    # Showing

    def _finish(self) -> None:
        self.card = None
        lines = ["Nothing is due: all done for today."]
        if self.reviewed:
            lines.append(f"{self.reviewed} answered, {self.recalled} recalled. {self.last}")
        lines.append("Esc goes back to the decks, u takes back the last grade.")
        self._put("#done", Content("\n\n".join(lines)))
        self._stage("done")
        self.set_focus(None)

    def _stage(self, stage: str) -> None:
        """opening, asking, judging, graded or done: which parts can be seen."""
        self.query_one("#card").display = stage in ("asking", "judging", "graded")
        self.query_one("#done").display = stage == "done"
        area = self.query_one(AnswerArea)
        area.display = stage in ("asking", "judging")
        area.read_only = stage == "judging"
        self.query_one("#waiting").display = stage == "judging"
        self.query_one("#result").display = stage == "graded"
        self.query_one(GradeBar).display = stage == "graded"

    def _put(self, selector: str, content: Content) -> None:
        self.query_one(selector, Static).update(content)
