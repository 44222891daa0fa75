"""The language model's words: what it says of a missed or wrong point, and its answers to follow-up questions."""

from __future__ import annotations

from collections.abc import Iterator

from studyllm.grading.reader import SPEECH, Reader, Stop
from studyllm.grading.verdict import Question

_SPOKEN, _REPLY = 90, 160
"""Tokens of an explanation and of a reply, at most."""
_PASSAGE_TOKENS, _ASKED_TOKENS = 1200, 700
"""Longer texts are cut."""
_GO_ON = {"zh": "第{}点{}，也就是说，", "en": "Point {} {}, in other words, "}
"""What the model goes on from: left alone, it adds what the note does not say. The points have their numbers in what is
evaluated before there is an answer, so that few tokens are left to evaluate after it."""
_STATE = {"zh": ("错了", "漏了"), "en": ("is wrong", "is missing")}
TUTOR = {
    "zh": "你是耐心的老师。只根据笔记回答学生的追问，用一到三句话；笔记里没有写的，就直说笔记里没有写。",
    "en": "You are a patient teacher. Answer the student's question from the note alone, in one to three sentences; "
    "if the note does not say it, say that the note does not say it.",
}
FOLLOW_UP = {
    "zh": ("笔记：\n", "\n\n学生先前对题目的回答：", "\n\n学生的追问："),
    "en": ("Note:\n", "\n\nWhat the student answered to the question: ", "\n\nThe student asks: "),
}


class Tutor:
    """Speaks with a reader's model, going on from what the reader has evaluated."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._llama = reader.llama
        newline = self._llama.text("\n")[0], self._llama.text("\n\n")[0]
        self._ends = frozenset((*newline, *self._llama.ends))

    def explain(
        self, question: Question, answer: str, point: int, *, wrong: bool, stop: Stop = lambda: False
    ) -> Iterator[str]:
        """What there is to say about a point, counted from 1, that was missed or is wrong, in pieces; nothing when
        `stop` broke it off."""
        said = _GO_ON[question.lang].format(point, _STATE[question.lang][not wrong])
        # Answer and turn together: two short evaluations read all of the model's weights twice.
        rest = (*self._reader.answered(answer), *self._reader.turn, *self._llama.text(said))
        if self._reader.follow(question, rest, stop):
            yield from self._llama.speak(SPEECH, _SPOKEN, self._ends)

    def reply(
        self, question: Question, passage: str, asked: str, answer: str, stop: Stop = lambda: False
    ) -> Iterator[str]:
        """The answer to a follow-up question, from a passage of the note alone, in pieces."""
        lang, text = question.lang, self._llama.text
        note, answered, follow_up = FOLLOW_UP[lang]
        turn = (
            *self._reader.opening,
            *text(TUTOR[lang]),
            *self._reader.between,
            *text(note + passage)[:_PASSAGE_TOKENS],
            *(text(f"{answered}{question.text} {answer}")[:_ASKED_TOKENS] if answer else ()),
            *text(follow_up + asked)[:_ASKED_TOKENS],
            *self._reader.turn,
        )
        if self._reader.alone(turn, stop):
            yield from self._llama.speak(SPEECH, _REPLY, self._ends)
