"""The card under review: where it stands, the question, its hints, and the answer that is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from studyllm import messages
from studyllm.i18n import _, headed
from studyllm.messages import picking
from studyllm.review.asking import stands
from studyllm.review.queue import Left
from studyllm.store import Pick, StudyCard
from studyllm.store.messages import why
from studyllm.tui.review import heard
from studyllm.tui.review.keys import Stage
from studyllm.tui.review.reading_along import EVERY, ReadingAlong
from studyllm.tui.review.result import ResultView
from studyllm.tui.screen import Reporting, StudyScreen
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.tui.widgets.prose import Prose
from studyllm.tui.widgets.trail import Trail

if TYPE_CHECKING:
    from studyllm.grading import Grader


class QuestionView(Reporting, Vertical):
    """Draws the card, and under it either the field for the answer or what became of the answer."""

    def __init__(self) -> None:
        super().__init__(id="card")
        self._left = Left(0, 0)
        self._stage: Stage = "opening"
        self._card: StudyCard | None = None
        self._hints: Sequence[str] = ()
        self._reading = ReadingAlong()

    def on_mount(self) -> None:
        self.set_interval(EVERY, self._read_along)
        self.set_interval(1, self._wait_on)

    def ready(self) -> None:
        """The grader has come."""
        self._reading.begin(self.study.grader, self._card)

    def _read_along(self) -> None:
        if self._card is not None and self._stage in ("asking", "weighing"):
            self._reading.go_on(self.study.grader, self._card, self.typed)

    def _wait_on(self) -> None:
        """Says what is waited for as it is now: models get ready in between."""
        if self._stage == "judging":
            self.wait(self.study.grader)

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Trail("", id="where")
            yield Static("", id="place")
        yield Prose("", id="prompt")
        yield Prose("", id="hint")
        yield AnswerArea()
        yield Prose("", id="last")
        yield Static("", id="waiting")
        yield ResultView()

    @property
    def typed(self) -> str:
        """The answer so far."""
        return self.query_one(AnswerArea).text

    def begin(self, pick: Pick | None) -> None:
        """Says which cards are asked beside those of today, and what that does to them."""
        if pick is not None and isinstance(screen := self.screen, StudyScreen):
            screen.notice(headed(picking.pick(pick), picking.effect(pick)), "information", 8, passing=True)

    def ask(self, card: StudyCard, left: Left, hints: Sequence[str], last: str) -> None:
        """A card, with what is left, the hints given before, and what was done to the card before it."""
        self._left, self._card = left, card
        heard.asked(self.study, card)
        self._reading.begin(self.study.grader, card)
        self.show(card)
        self.show_hints(card, hints)
        self._put("#last", Content(last))
        self.query_one(ResultView).leave()

    def type_on(self, draft: str) -> None:
        """What was typed of the answer before."""
        area = self.query_one(AnswerArea)
        area.text = draft
        area.move_cursor(area.document.end)
        self.screen.set_focus(area)  # at once: a key that follows is of this answer
        area.call_after_refresh(area.place_cursor)

    def insert(self, text: str) -> None:
        """More of the answer, where its cursor is."""
        if text:
            self.query_one(AnswerArea).insert(text)

    def show(self, card: StudyCard) -> None:
        """The question, under the headings it stands below, and where in which note."""
        text, (above, place) = card.card, stands(card)
        self.query_one("#where", Trail).show(above)
        left = messages.left(self._left)
        self._put("#place", Content.assemble(left, (f"  {place}", "$foreground-muted")))
        self._put("#prompt", Content(text.prompt or text.term))

    def show_hints(self, card: StudyCard, hints: Sequence[str]) -> None:
        """Why the card is asked before its day, what kind of answer is wanted, and the hints given so far."""
        self._hints = hints
        self._show_hints(card, answered=False)

    def _show_hints(self, card: StudyCard, *, answered: bool) -> None:
        lines, hints = list[Content](), self._hints
        if card.early_look:
            early = _("Asked early: {why}.").format(why=why(card.early_look, answered=answered))
            lines.append(Content.styled(early, "$text-warning"))
        lines += [Content(told)] if (told := messages.wanted(card)) else []
        lines += [Content.assemble((f"{messages.HINT} ", "bold $text-accent"), one) for one in hints]
        self._put("#hint", Content("\n").join(lines))
        self.query_one("#hint").display = bool(lines)

    def wait(self, grader: Grader | None) -> None:
        """The answer is being read, or waits for the models."""
        ready = grader and grader.readiness()
        loading = not ready or "loading" in (ready.embedding, ready.language)
        told = _("The models are still loading; your answer is kept.")
        self._put("#waiting", Content(told if loading else _("Reading your answer…")))

    def saving(self) -> None:
        self._put("#place", Content(_("Saving…")))

    def focus_answer(self) -> None:
        area = self.query_one(AnswerArea)
        area.focus()
        area.call_after_refresh(area.place_cursor)

    def enter(self, stage: Stage) -> None:
        """Shows what belongs to a stage, and only that."""
        self._stage = stage
        if stage == "weighing":
            self._read_along()
            self._put("#waiting", Content(_("How sure are you of it?")))
        self.display = stage in ("asking", "weighing", "judging", "graded")
        area = self.query_one(AnswerArea)
        area.display = stage in ("asking", "weighing", "judging")
        area.read_only = stage != "asking"
        self.query_one("#last").display = stage == "asking"
        self.query_one("#waiting").display = stage in ("weighing", "judging")
        self.query_one(ResultView).display = stage == "graded"
        if stage == "graded" and self._card is not None:
            self._show_hints(self._card, answered=True)

    def _put(self, selector: str, content: Content) -> None:
        self.query_one(selector, Static).update(content)
