"""One answer that a model on a server judges: a word for the whole and for each point, or a judgement in JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from studyllm.grading.server import wording
from studyllm.grading.server.dialect import Dialect, shares_of
from studyllm.grading.server.exchange import Exchange, Line, ServerError, found
from studyllm.grading.server.opinion import from_words
from studyllm.grading.signals import Reading, Shares
from studyllm.grading.verdict import Question
from studyllm.i18n import _

READ = 15.0
"""Seconds for a judgement, all of its requests together."""
_AT_ONCE = 4
"""Requests under way at the same time."""
_CONTRADICTED = 0.25
"""Of what is not said, the share that counts as contradicted: too little to be called so."""
_EVEN: Shares = (1 / 3, 1 / 3, 1 / 3)
_OPENINGS = 20
"""Braces in a text that are tried as the beginning of a judgement."""
_PATH = "/chat/completions"


class Judging:
    """Begins when it is made; the first requests are under way while others read."""

    def __init__(self, line: Line, dialect: Dialect, question: Question, answer: str) -> None:
        self._line, self._dialect = line, dialect
        self._until = time.monotonic() + READ
        self._count = min(len(question.points), wording.MOST_POINTS)
        if dialect.top:
            asked = wording.one_word(question, answer)
            self._words = [words for _turns, words in asked]
            self._waiting = [dialect.one_word(turns) for turns, _words in asked]
        else:
            self._words = []
            self._waiting = [dialect.judgement(wording.in_json(question, answer))]
        self._under_way: list[Exchange] = []
        for _request in range(_AT_ONCE):
            self._send()

    def _send(self) -> None:
        if self._waiting:
            self._under_way.append(self._line.ask("POST", _PATH, self._waiting.pop(0)))

    def reading(self) -> Reading | None:
        """What came back, None where it makes no judgement; raises ServerError."""
        replies = []
        try:
            while self._under_way:
                replies.append(self._under_way.pop(0).reply(self._until))
                self._send()
        finally:
            for exchange in self._under_way:
                exchange.cancel()
        if not self._words:
            return _in_words(replies[0], self._count)
        return reading_of(
            [shares_of(reply, words) for reply, words in zip(replies, self._words, strict=True)]
        )


def reading_of(shares: Sequence[Mapping[str, float] | None]) -> Reading | None:
    """The reading that the shares of the words come to, of the whole and of each point."""
    whole, *points = shares
    if whole is None:
        return None
    return Reading((whole["yes"], whole["partly"], whole["no"]), tuple(map(_point, points)))


def _point(shares: Mapping[str, float] | None) -> Shares:
    """Said, missed, contradicted: which of the last two it is, is not asked of a model that was not measured."""
    if shares is None:
        return _EVEN
    return shares["yes"], shares["no"] * (1 - _CONTRADICTED), shares["no"] * _CONTRADICTED


def _in_words(reply: Any, count: int) -> Reading | None:
    text = found(reply, "choices", 0, "message", "content")
    if not isinstance(text, str):
        raise ServerError(_("its reply cannot be understood"))
    return next(
        (
            reading
            for value in _objects(text)
            if (reading := from_words(value.get("whole"), value.get("points"), count))
        ),
        None,
    )


def _objects(text: str) -> list[dict[str, Any]]:
    """The JSON objects in a text, whatever stands around them."""
    decoder, objects, at = json.JSONDecoder(), [], -1
    for _try in range(_OPENINGS):
        at = text.find("{", at + 1)
        if at < 0:
            break
        try:
            value, at_end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        objects.append(value)
        at = at_end - 1
    return objects
