"""The language model's part: one-token judgements of an answer and its points, and a sentence of explanation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from studyllm.grading.llama import Full, Llama
from studyllm.grading.verdict import Label, Question

_SLOTS = 3
"""Questions whose prefix stays evaluated: this card, the next one, the last one."""
_ANSWER, _EXPLANATION, _POINTS = _SLOTS, _SLOTS + 1, _SLOTS + 2
_REFERENCE_TOKENS, _ANSWER_TOKENS = 1200, 700
"""Longer texts are cut: no card is longer, and the cache is finite."""
_SPOKEN = 110
"""Tokens of an explanation, at most."""

_SYSTEM = {
    "zh": "你是严谨的阅卷老师。根据参考答案判断学生的回答：用词可以不同，意思一致就算对；"
    "意思相反、有错误或答非所问就算错。"
    "学生的回答与参考答案一致、没有错误吗？只回答“是”或“否”。",
    "en": "You are a careful examiner. Judge the student's answer by the reference answer: other words are fine "
    "when the meaning is the same; an answer that is opposite, wrong or about something else is not. "
    "Does the student's answer agree with the reference answer, without errors? Answer only yes or no.",
}
_ASKED = {
    "zh": ("题目：", "\n参考答案：", "\n学生的回答："),
    "en": ("Question: ", "\nReference answer: ", "\nStudent's answer: "),
}
_YES_NO = {"zh": ("是", "否"), "en": ("yes", "no")}
_POINT = {
    "zh": "\n学生的回答说到“{}”这个意思了吗？只回答是或否。",
    "en": "\nDoes the student's answer say that: {}? Answer yes or no.",
}
"""Asked in the same turn after the answer. The best way tried (29 of bench/glossary_answers.jsonl): right against
reversed answers AUC .97; the whole-answer question has .71, points named by number .82."""
_POINT_TOKENS = 150
"""Tokens spent on points for one answer, about two seconds on two cores; points beyond it go by the whole answer."""
_LABEL = {
    Label.CORRECT: {"zh": "正确", "en": "correct"},
    Label.PARTIAL: {"zh": "部分正确", "en": "partly correct"},
    Label.INCORRECT: {"zh": "不正确", "en": "incorrect"},
}


class Judge:
    """A language model that reads one question and its answers."""

    def __init__(
        self, path: Path, *, threads: int, gpu_layers: int | str = "auto", device: str = "auto"
    ) -> None:
        self._llama = Llama(
            path, threads=threads, gpu_layers=gpu_layers, device=device, sequences=_POINTS + 8
        )
        self._slots: list[tuple[tuple[tuple[int, ...], ...], int]] = []
        model = self._llama
        self._open = {
            role: model.template(f"<|im_start|>{role}\n") for role in ("system", "user", "assistant")
        }
        self._close = model.template("<|im_end|>\n")
        self._yes_no = {lang: tuple(model.text(word)[0] for word in pair) for lang, pair in _YES_NO.items()}
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
        return self._prefix(question, stop) is not None

    def judge(self, question: Question, answer: str, *, points: bool = True) -> tuple[float, list[float]]:
        """Logit that the answer agrees with the reference, and for each point that the answer makes it."""
        try:
            return self._judge(question, answer, points)
        except Full:
            self._forget()
            return self._judge(question, answer, points)

    def _judge(self, question: Question, answer: str, points: bool) -> tuple[float, list[float]]:
        lang = question.lang
        yes, no = self._yes_no[lang]
        self._read(question, answer)
        tails, spent = [self._end], 0
        for point in question.points if points else ():
            tail = (*self._llama.text(_POINT[lang].format(point.strip(" ，,。.；;"))), *self._end)
            spent += len(tail)
            if spent > _POINT_TOKENS and len(tails) > 1:
                break
            tails.append(tail[-_POINT_TOKENS:])
        whole, *judged = (round(m, 2) for m in self._llama.branch(_ANSWER, tails, _POINTS, yes, no))
        return whole, judged + [whole] * (len(question.points) - len(judged))

    def explain(
        self, question: Question, answer: str, label: Label, missed: list[str], wrong: list[str]
    ) -> Iterator[str]:
        """Pieces of one to three sentences on what was missed or wrong, grounded in the reference."""
        try:
            self._ask(question, answer, label, missed, wrong)
        except Full:
            self._forget()
            self._ask(question, answer, label, missed, wrong)
        yield from self._llama.speak(_EXPLANATION, _SPOKEN, self._ends)

    def _ask(
        self, question: Question, answer: str, label: Label, missed: list[str], wrong: list[str]
    ) -> None:
        """Put the request for an explanation after the judgement."""
        lang, text = question.lang, self._llama.text
        self._read(question, answer)
        self._llama.copy(_ANSWER, _EXPLANATION)
        if lang == "zh":
            request = f"评分结果：{_LABEL[label][lang]}。"
            request += f"漏掉的要点：{'；'.join(missed)}。" if missed else ""
            request += f"说错的要点：{'；'.join(wrong)}。" if wrong else ""
            request += (
                "请只根据参考答案，用一到两句中文告诉学生漏了什么或错在哪里，不要重复学生的回答，不要夸奖。"
            )
        else:
            request = f"Result: {_LABEL[label][lang]}. "
            request += f"Missed: {'; '.join(missed)}. " if missed else ""
            request += f"Wrong: {'; '.join(wrong)}. " if wrong else ""
            request += (
                "From the reference answer alone, tell the student in one short English sentence what was missed or "
                "is wrong. Do not repeat the student's answer, do not praise."
            )
        verdict = self._yes_no[lang][0 if label is Label.CORRECT else 1]
        turn = (*self._end, verdict, *self._close, *self._open["user"], *text(request), *self._end)
        parts = [*self._prefix_parts(question), self._answer_part(answer), turn]
        self._llama.follow(_EXPLANATION, parts)

    def _read(self, question: Question, answer: str) -> None:
        """Have the answer's sequence hold question and answer."""
        slot = self._prefix(question, lambda: False)
        assert slot is not None
        parts = [*self._prefix_parts(question), self._answer_part(answer)]
        if self._llama.holds(_ANSWER, parts):
            return
        self._llama.copy(slot, _ANSWER)
        self._llama.follow(_ANSWER, parts)

    def _answer_part(self, answer: str) -> tuple[int, ...]:
        return self._llama.text(answer)[:_ANSWER_TOKENS]

    def _prefix_parts(self, question: Question) -> tuple[tuple[int, ...], ...]:
        """Instructions, then question and reference: the parts that do not depend on the answer."""
        lang, text = question.lang, self._llama.text
        asked, reference, answered = _ASKED[lang]
        system = (*self._open["system"], *text(_SYSTEM[lang]), *self._close, *self._open["user"])
        context = f"{question.text}" if not question.context else f"{question.text}（{question.context}）"
        body = (
            *text(asked + context)[: _REFERENCE_TOKENS // 2],
            *text(reference + question.reference)[:_REFERENCE_TOKENS],
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
