"""The language model as a reader: from an answer and the reference to what became of the whole and of each point.

The model is asked for an overall judgement and for one of each point, and is not waited for: the state of one of its
layers at the tokens where it would begin to write is read out by a linear layer. For that it has learnt to read
answers: an adapter changes its layers while it reads, and only then (`readouts/*`, made by bench/train_reader.py for
one file of weights). What it says is said without the adapter, so a question that is spoken about is evaluated once
more.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open

from studyllm.grading.chat import chat
from studyllm.grading.llama import Full, Llama
from studyllm.grading.note_lines import ASKED, NOTES, Marks, line_read_out
from studyllm.grading.signals import Reading
from studyllm.grading.verdict import MOST_FORESEEN, Question

READOUTS = Path(__file__).parent / "readouts"
_SLOTS = 3
"""Questions whose prefix stays evaluated for reading: this card, the next one, the last one."""
ANSWER = _SLOTS
"""The sequence that goes on from a prefix with an answer."""
_SPOKEN = ANSWER + 1, ANSWER + 2
"""Questions whose prefix stays evaluated for speaking: this card and the next one."""
SPEECH = ANSWER + 3
"""The sequence that is spoken on."""
_BRANCHES = SPEECH + 1
"""The first of the sequences that go on from an answer with the judgement of a point."""
MOST_POINTS = 12
"""Points that are read one by one; of a longer list the others are left to the rest of the grader."""
_MOST_TOKENS = 2600
"""Tokens of a stretch of a note that is read at once."""
_REFERENCE_TOKENS, _ANSWER_TOKENS = 900, 400
"""Longer texts are cut: no card is longer, and the cache is finite."""

_EXAMINER = {
    "zh": "你是细心的阅卷老师，对照参考答案判断学生的回答。用词、例子、单位、语言可以不同，意思一致就算说到；"
    "没提到算漏了；说反、张冠李戴或数值不对算说错；答非所问就是错。"
    "先写总评：对、部分对或错；再按要点编号逐点写：说到、漏了或说错。",
    "en": "You are a careful examiner and judge a student's answer by the reference answer. Other words, examples, "
    "units or another language are fine: the same meaning counts as said; what is not mentioned is missed; what is "
    "turned round, mixed up or has another value is wrong; an answer about something else is wrong. First write your "
    "overall judgement: right, partly right or wrong; then, by the number of each point: said, missed or wrong.",
}
_ASKED = {
    "zh": ("题目：", "\n参考答案：", "\n要点：", "\n学生的回答："),
    "en": ("Question: ", "\nReference answer: ", "\nPoints: ", "\nStudent's answer: "),
}
_POINT = {"zh": "{}：", "en": "{}:"}

Stop = Callable[[], bool]
Parts = tuple[tuple[int, ...], ...]
_EPSILON = 1e-6


@dataclass(frozen=True)
class ReadOut:
    """How the states of one model are read."""

    adapter: Path
    sha256: str
    """Of the file of weights that it was made for."""
    layer: int
    """The layer whose states are read, counted from 0; those after it are not evaluated."""
    whole: Any
    """(3, width + 1): correct, partial, incorrect; the last column is the bias."""
    point: Any
    """The same for a point: said, missed, contradicted."""

    def read(self, states: Any) -> Reading:
        """From (1 + points, width) states."""
        states = states / np.sqrt(np.square(states).mean(-1, keepdims=True) + _EPSILON)
        whole, *points = (_shares(self.point if i else self.whole, row) for i, row in enumerate(states))
        return Reading(whole, tuple(points))


def _shares(weights: Any, row: Any) -> tuple[float, float, float]:
    logits = weights[:, :-1] @ row + weights[:, -1]
    raised = np.exp(logits - logits.max())
    first, second, third = (round(float(share), 4) for share in raised / raised.sum())
    return first, second, third


def read_out_of(model: Path, folder: Path = READOUTS) -> ReadOut | None:
    """The read-out made for a GGUF file, known by its size and then its SHA-256; None when there is none."""
    for file in sorted(folder.glob("*.safetensors")):
        with safe_open(file, "np") as opened:
            known = opened.metadata() or {}
            if known.get("size") != str(model.stat().st_size) or known.get("sha256") != _digest(model):
                continue
            whole, point = (opened.get_tensor(name).astype(np.float32) for name in ("whole", "point"))
            return ReadOut(file.with_suffix(".gguf"), known["sha256"], int(known["layer"]), whole, point)
    return None


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


class Reader:
    """A language model that reads one question and its answers. Not thread-safe: the child's working thread owns it."""

    def __init__(
        self,
        path: Path,
        *,
        threads: int,
        gpu_layers: int | str = "auto",
        device: str = "auto",
    ) -> None:
        self.read_out = read_out_of(path)
        self.llama = Llama(
            path,
            threads=threads,
            gpu_layers=gpu_layers,
            device=device,
            sequences=_BRANCHES + MOST_POINTS,
            layer=self.read_out.layer if self.read_out else None,
            adapter=self.read_out.adapter if self.read_out else None,
        )
        lines = line_read_out()
        same = self.read_out and (lines.layer, lines.sha256) == (self.read_out.layer, self.read_out.sha256)
        self.line_read_out = lines if same else None
        self._read = _Slots(range(_SLOTS))
        self._foreseen: OrderedDict[Parts, bytes] = OrderedDict()
        """Prefixes of questions that are read one after the other, maybe again: kept outside of the cache."""
        self._spoken = _Slots(_SPOKEN)
        marks = chat(self.llama.chat_template, self.llama.mark("bos"), self.llama.mark("eos"))
        self.opening, self.between, self.turn = map(
            self.llama.template, (marks.opening, marks.between, marks.reply)
        )

    def prepare(self, question: Question, stop: Stop = lambda: False) -> bool:
        """Evaluate all that is read before the answer, if answers are read; False when `stop` broke it off. What was
        kept of other questions is let go of: they are over."""
        if self._foreseen and self.prefix_parts(question) not in self._foreseen:
            self._foreseen.clear()
        return self.read_out is None or self._prefix(question, stop) is not None

    def foresee(self, question: Question, stop: Stop = lambda: False) -> None:
        """Evaluate all that is read before the answer, and keep it until another question is prepared: for many
        questions that are read one after the other, and again when the text about them has grown."""
        parts = self.prefix_parts(question)
        if self.read_out is None or parts in self._foreseen:
            return

        def evaluated() -> int | None:
            return self._prefix(question, stop)

        if (slot := self._again(evaluated)) is not None:
            self._foreseen[parts] = self.llama.saved(slot)
            while len(self._foreseen) > MOST_FORESEEN:
                self._foreseen.popitem(last=False)

    def draft(self, question: Question, answer: str, stop: Stop = lambda: False) -> None:
        """Evaluate what is typed so far, so that few tokens are left when the answer is there."""
        if self.read_out and (said := self.answered(answer)):

            def drafted() -> bool:
                slot = self._prefix(question, stop)
                if slot is None:
                    return False
                self._begin(question, slot)
                return self.llama.draft(ANSWER, [*self.prefix_parts(question), said], stop)

            self._again(drafted)

    def read(self, question: Question, answer: str) -> Reading | None:
        """What became of the whole and of each point; None without a read-out for this model."""
        if self.read_out is None:
            return None
        tails = {
            _BRANCHES + number: self.llama.text(_POINT[question.lang].format(number + 1))
            for number in range(min(len(question.points), MOST_POINTS))
        }
        rest = (*self.answered(answer), *self.turn)

        def branched() -> Any:
            slot = self._prefix(question, lambda: False)
            self._begin(question, slot)
            return self.llama.branch(ANSWER, [*self.prefix_parts(question), rest], tails)

        return self.read_out.read(self._again(branched))

    def lines(
        self, before: Sequence[str], lines: Sequence[str], stop: Callable[[int], bool] = lambda done: False
    ) -> Marks | None:
        """What each of some lines of a note adds to a card that begins or ends there, those `before` them read along;
        None without a read-out for this model, or when `stop` broke it off, which is told how many lines are read.
        Fewer than there are lines where these are too long."""
        if self.line_read_out is None:
            return None
        text = self.llama.text
        asked = (*self.opening, *text(ASKED), *self.between, *text(NOTES))
        tokens, ends = list(asked), []
        for line in (*before, *lines):
            tokens += text(line + "\n")
            ends.append(len(tokens) - 1)
        ends = ends[len(before) :]

        def at(count: int) -> bool:
            return stop(bisect_left(ends, count))

        states = self._again(lambda: self.llama.states(SPEECH, tokens[:_MOST_TOKENS], at))
        if states is None:
            return None
        states = states[[end for end in ends if end < len(states)]]
        return self.line_read_out.read(states / np.sqrt(np.square(states).mean(-1, keepdims=True) + _EPSILON))

    def prepare_speech(self, question: Question, stop: Stop = lambda: False) -> bool:
        """Evaluate what is spoken on, as far as it does not depend on the answer; False when `stop` broke it off."""
        return self._prefix(question, stop, spoken=True) is not None

    def follow(self, question: Question, rest: tuple[int, ...], stop: Stop) -> bool:
        """Make SPEECH hold a question's prefix and the rest; False when broken off."""

        def followed() -> bool:
            slot = self._prefix(question, stop, spoken=True)
            if slot is None:
                return False
            self.llama.copy(slot, SPEECH)
            return self.llama.follow(SPEECH, [*self.prefix_parts(question), rest], stop)

        return bool(self._again(followed))

    def alone(self, turn: tuple[int, ...], stop: Stop) -> bool:
        """Make SPEECH hold a turn that goes on from no question; False when broken off."""
        return bool(self._again(lambda: self.llama.follow(SPEECH, [turn], stop)))

    def _again(self, evaluate: Callable[[], Any]) -> Any:
        """What `evaluate` gives; once more with an empty cache when there was no room left."""
        try:
            return evaluate()
        except Full:
            self._empty()
            return evaluate()

    def _begin(self, question: Question, slot: int | None) -> None:
        """Make the answer's sequence begin with a question's prefix."""
        if slot is not None and not self.llama.begins(ANSWER, self.prefix_parts(question)):
            self.llama.copy(slot, ANSWER)

    def answered(self, answer: str) -> tuple[int, ...]:
        """The tokens of an answer."""
        return self.llama.text(answer)[:_ANSWER_TOKENS]

    def prefix_parts(self, question: Question) -> Parts:
        """Instructions, then question and reference: the parts that do not depend on the answer."""
        lang, text = question.lang, self.llama.text
        asked, reference, listed, answered = _ASKED[lang]
        points = " ".join(f"{number}. {point}" for number, point in enumerate(question.points, 1))
        system = (*self.opening, *text(_EXAMINER[lang]), *self.between)
        body = (
            *text(asked + question.text)[: _REFERENCE_TOKENS // 2],
            *text(reference + question.reference)[:_REFERENCE_TOKENS],
            *text(listed + points)[:_REFERENCE_TOKENS],
            *text(answered),
        )
        return system, body

    def _prefix(self, question: Question, stop: Stop, *, spoken: bool = False) -> int | None:
        """The sequence that holds a question's prefix, evaluated if need be; None when `stop` broke it off."""
        parts, slots = self.prefix_parts(question), self._spoken if spoken else self._read
        slot = slots.find(parts)
        state = None if spoken else self._foreseen.get(parts)
        if slot is None:
            slot, twin = slots.take(parts)
            if state is not None:
                self.llama.restore(slot, parts, state)
                slots.put(parts, slot)
                return slot
            if twin is not None:
                self.llama.copy(twin, slot)
            if not (self.llama.follow if spoken else self.llama.draft)(slot, parts, stop):
                return None
        slots.put(parts, slot)
        return slot

    def forget(self) -> None:
        """Let go of all that was evaluated before."""
        self._foreseen.clear()
        self._empty()

    def _empty(self) -> None:
        """Empty the cache."""
        self.llama.clear()
        self._read.clear()
        self._spoken.clear()


class _Slots:
    """Sequences that hold the prefixes of the questions used last."""

    def __init__(self, sequences: Sequence[int]) -> None:
        self._sequences = sequences
        self._held: dict[Parts, int] = {}

    def find(self, parts: Parts) -> int | None:
        """The sequence that holds a prefix."""
        return self._held.get(parts)

    def take(self, parts: Parts) -> tuple[int, int | None]:
        """A sequence to evaluate a prefix on, the one used longest ago if none is free; and one that begins alike."""
        free = [n for n in self._sequences if n not in self._held.values()]
        slot = free[0] if free else self._held.pop(next(iter(self._held)))
        return slot, next((n for known, n in self._held.items() if known[0] == parts[0]), None)

    def put(self, parts: Parts, slot: int) -> None:
        """A sequence holds a prefix, and was used."""
        self._held.pop(parts, None)
        self._held[parts] = slot

    def clear(self) -> None:
        self._held.clear()
