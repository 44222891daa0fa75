"""The language model as a reader: from an answer and the reference to what became of the whole and of each point.

The model is asked for an overall judgement and for one of each point, and is not waited for: the states of a few of its
layers at the tokens where it would begin to write are read out by a logistic regression (`readouts/*.safetensors`, made
by bench/read_out.py for one file of weights). They know more than the words that the model would choose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open

from studyllm.grading.chat import chat
from studyllm.grading.llama import Full, Llama
from studyllm.grading.signals import Reading
from studyllm.grading.verdict import Question

READOUTS = Path(__file__).parent / "readouts"
_SLOTS = 3
"""Questions whose prefix stays evaluated: this card, the next one, the last one."""
ANSWER = _SLOTS
"""The sequence that goes on from a prefix with an answer, and with what is said of it."""
SPEECH = ANSWER + 1
"""The sequence that is spoken on, so that an answer can be read meanwhile."""
MOST_POINTS = 12
"""Points that are read one by one; of a longer list the others are left to the rest of the grader."""
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


@dataclass(frozen=True)
class ReadOut:
    """Logistic weights on the states of some layers of one model."""

    layers: tuple[int, ...]
    whole: Any
    """(3, layers × width + 1): correct, partial, incorrect; the last column is the bias."""
    point: Any
    """The same for a point: said, missed, contradicted."""

    def read(self, states: Any) -> Reading:
        """From (1 + points, layers, width) states."""
        flat = states.reshape(len(states), -1)
        whole, *points = (_shares(self.point if i else self.whole, row) for i, row in enumerate(flat))
        return Reading(whole, tuple(points))


def _shares(weights: Any, row: Any) -> tuple[float, float, float]:
    logits = weights[:, :-1] @ row + weights[:, -1]
    raised = np.exp(logits - logits.max())
    first, second, third = (round(float(share), 3) for share in raised / raised.sum())
    return first, second, third


def read_out_of(model: Path, folder: Path = READOUTS) -> ReadOut | None:
    """The read-out made for a GGUF file, known by its size and then its SHA-256; None when there is none."""
    for file in sorted(folder.glob("*.safetensors")):
        with safe_open(file, "np") as opened:
            known = opened.metadata() or {}
            if known.get("size") != str(model.stat().st_size):
                continue
            with model.open("rb") as data:
                if hashlib.file_digest(data, "sha256").hexdigest() != known.get("sha256"):
                    continue
            whole, point = (opened.get_tensor(name).astype(np.float32) for name in ("whole", "point"))
            return ReadOut(tuple(map(int, known["layers"].split(","))), whole, point)
    return None


class Reader:
    """A language model that reads one question and its answers. Not thread-safe: the child's working thread owns it."""

    def __init__(
        self,
        path: Path,
        *,
        threads: int,
        gpu_layers: int | str = "auto",
        device: str = "auto",
        layers: tuple[int, ...] = (),
    ) -> None:
        """`layers` are given by who makes a read-out; otherwise they are those of the model's own."""
        self.read_out = None if layers else read_out_of(path)
        self.llama = Llama(
            path,
            threads=threads,
            gpu_layers=gpu_layers,
            device=device,
            sequences=SPEECH + 1 + MOST_POINTS,
            layers=self.read_out.layers if self.read_out else layers,
        )
        self._slots: list[tuple[tuple[tuple[int, ...], ...], int]] = []
        marks = chat(self.llama.chat_template, self.llama.mark("bos"), self.llama.mark("eos"))
        self.opening, self.between, self.turn = map(
            self.llama.template, (marks.opening, marks.between, marks.reply)
        )

    def prepare(self, question: Question, stop: Stop = lambda: False) -> bool:
        """Evaluate all that comes before the answer; False when `stop` broke it off."""
        return self._prefix(question, stop) is not None

    def draft(self, question: Question, answer: str, stop: Stop = lambda: False) -> None:
        """Evaluate what is typed so far, so that few tokens are left when the answer is there."""
        if said := self.answered(answer):
            self.follow(question, [said], stop)

    def read(self, question: Question, answer: str) -> Reading | None:
        """What became of the whole and of each point; None without a read-out for this model."""
        return None if self.read_out is None else self.read_out.read(self.states(question, answer))

    def states(self, question: Question, answer: str) -> Any:
        """(1 + points, layers, width) states where the model would begin to write its judgements."""
        tails = {
            SPEECH + number: self.llama.text(_POINT[question.lang].format(number))
            for number in range(1, min(len(question.points), MOST_POINTS) + 1)
        }
        rest = (*self.answered(answer), *self.turn)

        def branched() -> Any:
            slot = self._prefix(question, lambda: False)
            self._begin(question, slot)
            return self.llama.branch(ANSWER, [*self.prefix_parts(question), rest], tails)

        return self._again(branched)

    def follow(self, question: Question, parts: list[tuple[int, ...]], stop: Stop, on: int = ANSWER) -> bool:
        """Evaluate these parts after a question's prefix; what is evaluated already stays. False when broken off."""

        def followed() -> bool:
            slot = self._prefix(question, stop)
            if slot is None:
                return False
            self._begin(question, slot)
            if on != ANSWER:
                self.llama.copy(ANSWER, on)
            return self.llama.go_on(on, [*self.prefix_parts(question), *parts], stop)

        return bool(self._again(followed))

    def alone(self, turn: tuple[int, ...], stop: Stop) -> bool:
        """Evaluate a turn that goes on from no question; False when broken off."""
        return bool(self._again(lambda: self.llama.go_on(SPEECH, [turn], stop)))

    def _again(self, evaluate: Callable[[], Any]) -> Any:
        """What `evaluate` gives; once more with an empty cache when there was no room left."""
        try:
            return evaluate()
        except Full:
            self.forget()
            return evaluate()

    def _begin(self, question: Question, slot: int | None) -> None:
        """Make the answer's sequence begin with a question's prefix."""
        if slot is not None and not self.llama.begins(ANSWER, self.prefix_parts(question)):
            self.llama.copy(slot, ANSWER)

    def answered(self, answer: str) -> tuple[int, ...]:
        """The tokens of an answer."""
        return self.llama.text(answer)[:_ANSWER_TOKENS]

    def prefix_parts(self, question: Question) -> tuple[tuple[int, ...], ...]:
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

    def _prefix(self, question: Question, stop: Stop) -> int | None:
        """The slot that holds a question's prefix, evaluated if need be; None when `stop` broke it off."""
        parts = self.prefix_parts(question)
        for known, slot in self._slots:
            if known == parts:
                self._slots.remove((known, slot))
                self._slots.append((known, slot))
                return slot
        if len(self._slots) < _SLOTS:
            slot = ({*range(_SLOTS)} - {s for _, s in self._slots}).pop()
        else:
            slot = self._slots.pop(0)[1]
        twin = next((s for known, s in self._slots if known[0] == parts[0]), None)
        if twin is not None:
            self.llama.copy(twin, slot)
        if not self.llama.follow(slot, parts, stop):
            return None
        self._slots.append((parts, slot))
        return slot

    def forget(self) -> None:
        """Empty the cache."""
        self.llama.clear()
        self._slots.clear()
