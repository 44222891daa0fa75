"""A model on a server: from question and answer to a reading and to words, the same as from one of our own. What goes
wrong there is said once, and the server is left alone for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from studyllm.grading.server import wording
from studyllm.grading.server.address import Address
from studyllm.grading.server.dialect import Dialect, probed
from studyllm.grading.server.exchange import Line, ServerError, found
from studyllm.grading.server.judging import Judging
from studyllm.grading.server.saying import complete
from studyllm.grading.signals import Reading
from studyllm.grading.told import SERVER_FAILED, SERVER_READY
from studyllm.grading.verdict import Help, Question
from studyllm.i18n import _
from studyllm.text import clean

FIRST, WHOLE = 15.0, 60.0
"""Seconds to the first word of an explanation and to its last."""
AGAIN, _DOUBLED = 60.0, 4
"""Seconds that a server which failed is left alone, twice as long each time that it fails again, so many times at
most: every try may cost a learner the patience for one answer."""
_SPOKEN, _REPLY = 120, 240
"""Tokens of an explanation and of a reply, at most."""

Stop = Callable[[], bool]


class Remote:
    """A model on a server. One thread asks it; what it says of itself may come from another one."""

    def __init__(
        self,
        address: Address,
        say: Callable[[Help, str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._line, self._say, self._clock = Line(address), say, clock
        self._dialect: Dialect | None = None
        self._probing = threading.Lock()
        self._first = threading.Event()
        """Set when the first probe is over."""
        self._not_before = 0.0
        self._failures = 0
        """Requests that failed since the server last judged an answer."""

    def wake(self) -> None:
        """Find out what the server understands, if that is not known and its minute is over; returns at once."""
        if (
            self._dialect is None
            and self._clock() >= self._not_before
            and self._probing.acquire(blocking=False)
        ):
            threading.Thread(target=self._probe, daemon=True).start()

    def close(self) -> None:
        """Let go of the connections."""
        self._line.close()

    def _probe(self) -> None:
        try:
            self._dialect = dialect = probed(self._line)
            self._say("ready", SERVER_READY.format(where=self._line.address.url, model=clean(dialect.model)))
        except ServerError as error:
            self._broke(error)
        finally:
            self._first.set()
            self._probing.release()

    def _broke(self, error: ServerError) -> None:
        """Leave the server alone for a while, and say why."""
        self._dialect, self._not_before = None, self._clock() + AGAIN * 2**self._failures
        self._failures = min(self._failures + 1, _DOUBLED)
        self._say("failed", SERVER_FAILED.format(where=self._line.address.url, why=error))

    def usable(self, patience: float = 0.0) -> bool:
        """Whether it can be asked; waits so many seconds for the first probe."""
        self.wake()
        self._first.wait(patience)
        return self._dialect is not None

    def begin(self, question: Question, answer: str) -> Judging | None:
        """Send an answer to be judged; None where the server cannot be asked now."""
        dialect = self._dialect
        return Judging(self._line, dialect, question, answer) if dialect else None

    def judged(self, judging: Judging) -> Reading | None:
        """The judgement that was asked for; None where there is none."""
        try:
            reading = judging.reading()
        except ServerError as error:
            self._broke(error)
            return None
        self._failures = 0
        return reading

    def explain(
        self, question: Question, answer: str, point: int, *, wrong: bool, stop: Stop = lambda: False
    ) -> Iterator[str]:
        """What there is to say about a point, counted from 1, that was missed or is wrong, in pieces."""
        return self._spoken(wording.explanation(question, answer, point, wrong), _SPOKEN, stop)

    def reply(
        self, question: Question, passage: str, asked: str, answer: str, stop: Stop = lambda: False
    ) -> Iterator[str]:
        """The answer to a follow-up question, from a passage of the note, in pieces."""
        return self._spoken(wording.follow_up(question, passage, asked, answer), _REPLY, stop)

    def _spoken(self, turns: wording.Turns, limit: int, stop: Stop) -> Iterator[str]:
        """What the model says, in whole clauses; what is cut off in the middle of one is left out."""
        dialect = self._dialect
        if dialect is None:
            return
        now = time.monotonic()
        body = dialect.body(turns, limit, stream=True)
        exchange = self._line.ask("POST", "/chat/completions", body, streamed=True)
        try:
            yield from complete(_pieces(exchange.events(now + FIRST, now + WHOLE, stop)))
        except ServerError as error:
            self._broke(error)


def _pieces(events: Iterator[Any]) -> Iterator[tuple[str, str]]:
    """What is said in each event, and why it ends, if it does."""
    for event in events:
        if found(event, "error") is not None:
            raise ServerError(_("it stopped with an error of its own"))
        text = found(event, "choices", 0, "delta", "content")
        ended = found(event, "choices", 0, "finish_reason")
        yield text if isinstance(text, str) else "", ended if isinstance(ended, str) else ""
