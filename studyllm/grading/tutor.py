"""The language model: an opinion on answers to longer questions, explanations, answers to follow-up questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from studyllm.grading.features import wants_opinion
from studyllm.grading.llama import Full, Llama
from studyllm.grading.verdict import Question

_SLOTS = 3
"""Questions whose prefix stays evaluated: this card, the next one, the last one."""
_SPEECH, _OPINION = _SLOTS, _SLOTS + 1
"""Sequences that go on from a prefix: what is said, and what is thought of answers to the last question."""
_REFERENCE_TOKENS, _ANSWER_TOKENS = 1200, 700
"""Longer texts are cut: no card is longer, and the cache is finite."""
_SPOKEN, _REPLY = 90, 160
"""Tokens of an explanation and of a reply, at most."""

_TEACHER = {
    "zh": "你是耐心的老师。学生凭记忆解释一个概念。对照参考答案的各个要点，用一两句话讲清学生漏掉或说错的那一点"
    "是什么意思。只说参考答案里有的内容，不夸奖，不重复学生的话。",
    "en": "You are a patient teacher. A student explains a concept from memory. By the points of the reference answer, "
    "tell the student in one or two sentences what the missed or wrong point means. Say only what the reference "
    "answer says; no praise; do not repeat the student's words.",
}
_ASKED = {
    "zh": ("题目：", "\n参考答案：", "\n要点：", "\n学生的回答："),
    "en": ("Question: ", "\nReference answer: ", "\nPoints: ", "\nStudent's answer: "),
}
_EXAMINER = {
    "zh": "你是严谨的阅卷老师。根据参考答案判断学生的回答：用词可以不同，意思一致就算对；"
    "意思相反、有错误或答非所问就算错。学生的回答与参考答案一致、没有错误吗？只回答“是”或“否”。",
    "en": "You are a careful examiner. Judge the student's answer by the reference answer: other words are fine when "
    "the meaning is the same; an answer that is opposite, wrong or about something else is not. Does the student's "
    "answer agree with the reference answer, without errors? Answer only yes or no.",
}
_YES_NO = {"zh": ("是", "否"), "en": ("yes", "no")}
_GO_ON = {"zh": "第{}点{}，也就是说，", "en": "Point {} {}, in other words, "}
"""What the model goes on from: left alone, it adds what the note does not say. The points have their numbers in what is
evaluated before there is an answer, so that few tokens are left to evaluate after it."""
_STATE = {"zh": ("错了", "漏了"), "en": ("is wrong", "is missing")}
_TUTOR = {
    "zh": "你是耐心的老师。只根据笔记回答学生的追问，用一到三句话；笔记里没有写的，就直说笔记里没有写。",
    "en": "You are a patient teacher. Answer the student's question from the note alone, in one to three sentences; "
    "if the note does not say it, say that the note does not say it.",
}
_FOLLOW_UP = {"zh": ("笔记：\n", "\n\n学生的追问："), "en": ("Note:\n", "\n\nThe student asks: ")}


class Tutor:
    """A language model that reads one question and its answers."""

    def __init__(
        self, path: Path, *, threads: int, gpu_layers: int | str = "auto", device: str = "auto"
    ) -> None:
        self._llama = Llama(
            path, threads=threads, gpu_layers=gpu_layers, device=device, sequences=_OPINION + 1
        )
        self._slots: list[tuple[tuple[tuple[int, ...], ...], int]] = []
        model = self._llama
        self._open = {
            role: model.template(f"<|im_start|>{role}\n") for role in ("system", "user", "assistant")
        }
        self._close = model.template("<|im_end|>\n")
        self._end = (*self._close, *self._open["assistant"])
        newline = model.text("\n")[0], model.text("\n\n")[0]
        self._ends = frozenset((self._close[0], *newline, *model.template("<|endoftext|>")))

    @property
    def small(self) -> bool:
        """Whether it is a model of under a billion parameters."""
        return self._llama.small

    @property
    def note(self) -> str:
        """What to say about where it runs, or nothing."""
        return self._llama.note

    def prepare(self, question: Question, stop: Callable[[], bool] = lambda: False) -> bool:
        """Evaluate all that comes before the answer; False when `stop` broke it off."""
        if wants_opinion(question) and not self._llama.follow(_OPINION, self._examined(question), stop):
            return False
        return self._prefix(question, stop) is not None

    def draft(self, question: Question, answer: str, stop: Callable[[], bool] = lambda: False) -> None:
        """Evaluate what is typed so far, so that few tokens are left when the answer is there."""
        if not (said := self._answer_part(answer)):
            return
        try:
            self._follow([*self._prefix_parts(question), said], question, stop)
        except Full:
            self._forget()

    def opinion(self, question: Question, answer: str) -> float:
        """Logit of one token, yes against no: does the answer agree with the reference, without errors?"""
        turn = (*self._answer_part(answer), *self._end)
        parts = [*self._examined(question), turn]
        try:
            self._llama.follow(_OPINION, parts)
        except Full:
            self._forget()
            self._llama.follow(_OPINION, parts)
        yes, no = (self._llama.text(word)[0] for word in _YES_NO[question.lang])
        return round(self._llama.margin(yes, no), 2)

    def _examined(self, question: Question) -> list[tuple[int, ...]]:
        """All that comes before an answer that is to be judged."""
        text, (asked, reference, _, answered) = self._llama.text, _ASKED[question.lang]
        system = (*self._open["system"], *text(_EXAMINER[question.lang]), *self._close, *self._open["user"])
        body = (
            *text(asked + question.text)[: _REFERENCE_TOKENS // 2],
            *text(reference + question.reference)[:_REFERENCE_TOKENS],
            *text(answered),
        )
        return [system, body]

    def explain(
        self,
        question: Question,
        answer: str,
        point: int,
        *,
        wrong: bool,
        stop: Callable[[], bool] = lambda: False,
    ) -> Iterator[str]:
        """What there is to say about a point, counted from 1, that was missed or is wrong, in pieces; nothing when
        `stop` broke it off."""
        said = _GO_ON[question.lang].format(point, _STATE[question.lang][not wrong])
        # Answer and turn together: two short evaluations read all of the model's weights twice.
        rest = (*self._answer_part(answer), *self._end, *self._llama.text(said))
        yield from self._speak([*self._prefix_parts(question), rest], question, _SPOKEN, stop)

    def reply(
        self, question: Question, passage: str, asked: str, stop: Callable[[], bool] = lambda: False
    ) -> Iterator[str]:
        """The answer to a follow-up question, from a passage of the note alone, in pieces."""
        lang, text = question.lang, self._llama.text
        note, follow_up = _FOLLOW_UP[lang]
        turn = (
            *self._open["system"],
            *text(_TUTOR[lang]),
            *self._close,
            *self._open["user"],
            *text(note + passage)[:_REFERENCE_TOKENS],
            *text(follow_up + asked)[:_ANSWER_TOKENS],
            *self._end,
        )
        yield from self._speak([turn], None, _REPLY, stop)

    def _speak(
        self,
        parts: list[tuple[int, ...]],
        known: Question | None,
        limit: int,
        stop: Callable[[], bool],
    ) -> Iterator[str]:
        """What the model says after these parts; those of a known question are not evaluated again."""
        try:
            ready = self._follow(parts, known, stop)
        except Full:
            self._forget()
            ready = self._follow(parts, known, stop)
        if ready:
            yield from self._llama.speak(_SPEECH, limit, self._ends)

    def _follow(self, parts: list[tuple[int, ...]], known: Question | None, stop: Callable[[], bool]) -> bool:
        slot = self._prefix(known, stop) if known else None
        if known and slot is None:
            return False
        if known and slot is not None and not self._llama.begins(_SPEECH, self._prefix_parts(known)):
            self._llama.copy(slot, _SPEECH)
        return self._llama.go_on(_SPEECH, parts, stop)

    def _answer_part(self, answer: str) -> tuple[int, ...]:
        return self._llama.text(answer)[:_ANSWER_TOKENS]

    def _prefix_parts(self, question: Question) -> tuple[tuple[int, ...], ...]:
        """Instructions, then question and reference: the parts that do not depend on the answer."""
        lang, text = question.lang, self._llama.text
        asked, reference, listed, answered = _ASKED[lang]
        points = " ".join(f"{number}. {point}" for number, point in enumerate(question.points, 1))
        system = (*self._open["system"], *text(_TEACHER[lang]), *self._close, *self._open["user"])
        context = f"{question.text}" if not question.context else f"{question.text}（{question.context}）"
        body = (
            *text(asked + context)[: _REFERENCE_TOKENS // 2],
            *text(reference + question.reference)[:_REFERENCE_TOKENS],
            *text(listed + points)[:_REFERENCE_TOKENS],
            *text(answered),
        )
        return system, body

    def _prefix(self, question: Question, stop: Callable[[], bool]) -> int | None:
        """The slot that holds a question's prefix, evaluated if need be; None when `stop` broke it off."""
        parts = self._prefix_parts(question)
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
        if twin is not None and slot not in (s for _, s in self._slots):
            self._llama.copy(twin, slot)
        if not self._llama.follow(slot, parts, stop):
            return None
        self._slots.append((parts, slot))
        return slot

    def _forget(self) -> None:
        """Empty the cache."""
        self._llama.clear()
        self._slots.clear()
