"""What follows a verdict, one after the other so that keys are not held up: the note, then what the language model
adds."""

import asyncio
import threading

from textual import work
from textual.content import Content
from textual.worker import Worker, get_current_worker

from studyllm.grading import Grader, Verdict
from studyllm.review.judging import explain
from studyllm.store import StudyCard
from studyllm.tui.review_cards import CardActions

_PAUSE = 0.1
"""Seconds in which a verdict is painted before its note is laid out."""
_STEP, _STEPS = 0.05, 20
"""Seconds of a step, and so many of them at most, until verdict and note are there and the language model may take the
processor."""


class Explaining(CardActions):
    """Shows the note and the explanation of the card that was answered."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = threading.Event()
        """Whether the verdict and its note are there to be read; cleared when a verdict is shown."""

    @work(thread=True, exclusive=True, group="explain", exit_on_error=False)
    def explain(self, grader: Grader, card: StudyCard, answer: str, verdict: Verdict) -> None:
        """Streams the explanation; leaving the card ends it. The first piece is there at once, the model begins when
        the next one is asked for."""
        worker = get_current_worker()
        pieces = explain(self.study.store, grader, card, answer, verdict)
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
            if worker.is_cancelled or self.painted.wait(_STEP):
                return
        self.painted.set()  # a note that takes so long is not waited for again

    def _show_explanation(self, card: StudyCard, text: str) -> None:
        if self.card is card and self.is_attached:
            self._put("#explanation", Content(text))

    @work(exclusive=True, group="note", exit_on_error=False)
    async def show_note(self, card: StudyCard) -> None:
        """The card's note, after the verdict is there to be read."""
        from studyllm.tui.note import NoteView  # late: parsers take long to import

        await asyncio.sleep(_PAUSE)
        beside = self.query_one("#beside")
        if not beside.children:
            await beside.mount(NoteView(id="note"))
        await self.query_one("#note", NoteView).show(card)
        beside.visible = True
        self.call_after_refresh(self.painted.set)
