"""What is shown under an answer: the verdict, then the note and what the language model adds, one after the other so
that keys are not held up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from studyllm import messages
from studyllm.i18n import _
from studyllm.messages import picking
from studyllm.review.building import builds_on
from studyllm.store import StudyCard
from studyllm.tui.review import heard
from studyllm.tui.screen import Reporting
from studyllm.tui.widgets.notes import NotesScreen
from studyllm.tui.widgets.prose import Prose
from studyllm.tui.widgets.verdict import headline, points
from studyllm.verdicts import PointResult

if TYPE_CHECKING:
    from studyllm.grading import Verdict

_PAUSE = 0.1
"""Seconds in which a verdict is painted before its note is laid out."""
_STEP, _STEPS = 0.05, 20
"""Seconds of a step, and so many of them at most, until verdict and note are there and the language model may take the
processor."""


class ResultView(Reporting, VerticalScroll):
    """The part of the review under an answer."""

    class Told(Message):
        """More was said of a verdict."""

    def __init__(self) -> None:
        super().__init__(id="result", can_focus=False)
        self._painted = threading.Event()
        """Whether the verdict and its note are there to be read; cleared when an answer is shown."""
        self._card: StudyCard | None = None
        """Whose note and explanation are shown, or waited for."""
        self._built_on: tuple[StudyCard, ...] = ()
        self._explained: tuple[PointResult, ...] | None = None
        """The points as they were when they were explained."""

    def compose(self) -> ComposeResult:
        with Vertical(id="verdict"):
            yield Static("", id="headline")
            yield Static(Content(messages.decide()), id="decide")
            yield Prose("", id="points")
            yield Prose("", id="explanation")
            yield Static(Content(_("Your answer")), classes="label")
            yield Prose("", id="yours")
            yield Prose("", id="built-on")
        yield Vertical(id="beside")

    def on_mount(self) -> None:
        self.query_one("#points").auto_links = False  # a click on a point does something, but it is no link

    def begin(self, answer: str) -> None:
        """An answer was submitted; an empty one has no verdict. Nothing is left of the card before."""
        self._put("#yours", Content(answer))
        self._card = self._explained = None
        self._put("#explanation", Content(""))
        self.query_one("#explanation").display = bool(answer)
        self.query_one("#decide").display = not answer
        self.query_one("#verdict").set_class(not answer, "unanswered")
        if not answer:
            told = _("Not answered. How well did you know it?")
            self._put("#headline", Content.styled(told, "$text-warning"))

    def show_verdict(self, verdict: Verdict, keys: Sequence[str]) -> None:
        """The headline and the points, each with its key."""
        self._put("#headline", headline(verdict))
        self.query_one("#decide").display = verdict.unsure
        self._put("#points", points(verdict, keys))
        self.query_one("#explanation").display = self._explained in (None, verdict.points)

    def open(self, card: StudyCard) -> None:
        """From the top, with the card's note after the verdict is there to be read."""
        self._painted.clear()
        self.scroll_home(animate=False)
        self.show_note(card)
        heard.answered(self.study, card)
        self._built_on = ()
        self.query_one("#built-on").display = False
        self._find_what_it_builds_on(card)

    def leave(self) -> None:
        """Hides the note, and waits for nothing more."""
        self._card = None
        self.query_one("#beside").visible = False

    def stop(self) -> None:
        """Ends what is still being written."""
        self.workers.cancel_group(self, "explain")
        self.workers.cancel_group(self, "note")
        self.workers.cancel_group(self, "built-on")

    def explain(self, card: StudyCard, verdict: Verdict, pieces: Iterator[str]) -> None:
        """What there is to say after a verdict, as it comes; it stands as long as its points do."""
        self._explained = verdict.points
        heard.ring(self.study)
        self._put("#explanation", Content.styled(_("explaining…"), "$foreground-muted"))
        self._card = card
        self._explain(card, pieces)

    @work(thread=True, exclusive=True, group="explain", exit_on_error=False)
    def _explain(self, card: StudyCard, pieces: Iterator[str]) -> None:
        """Streams the explanation; leaving the card ends it. The first piece is there at once, the model begins when
        the next one is asked for."""
        worker = get_current_worker()
        text = ""
        for piece in pieces:
            if worker.is_cancelled:
                break
            text += piece
            self.app.call_from_thread(self._show_explanation, card, text)
            self._wait(worker)
            if worker.is_cancelled:
                break
        close = getattr(pieces, "close", None)
        if close:
            close()

    def _wait(self, worker: Worker[None]) -> None:
        """Until verdict and note are painted, or nobody waits for more."""
        for _step in range(_STEPS):
            if worker.is_cancelled or self._painted.wait(_STEP):
                return
        self._painted.set()  # a note that takes so long is not waited for again

    def _show_explanation(self, card: StudyCard, text: str) -> None:
        if self._card is card and self.is_attached:
            self._put("#explanation", Content(text))
            self.post_message(self.Told())

    @work(exclusive=True, group="note", exit_on_error=False)
    async def show_note(self, card: StudyCard) -> None:
        """The card's note."""
        from studyllm.tui.widgets.note import NoteView  # late: parsers take long to import

        await asyncio.sleep(_PAUSE)
        beside = self.query_one("#beside")
        if not beside.children:
            await beside.mount(NoteView(id="note"))
        await self.query_one("#note", NoteView).show(card)
        beside.visible = True
        self.call_after_refresh(self._painted.set)

    @work(exclusive=True, group="built-on", exit_on_error=False)
    async def _find_what_it_builds_on(self, card: StudyCard) -> None:
        """The terms of other cards that the answer uses; the deck is read through for them."""
        self._built_on = found = await asyncio.to_thread(builds_on, self.study.store, card)
        line = self.query_one("#built-on", Static)
        line.display = bool(found)
        if found:
            line.update(Content.assemble(("b  ", "bold $primary"), picking.builds_on(found)))

    def show_what_it_builds_on(self) -> None:
        """The notes of those cards, on a page of their own."""
        if self._built_on:
            self.app.push_screen(NotesScreen(self._built_on))
        else:
            self.notify(_("This card builds on no other card of its deck."), timeout=4)

    def _put(self, selector: str, content: Content) -> None:
        self.query_one(selector, Static).update(content)
