"""Chinese words that were typed in pinyin, where a keyboard has no other letters: da xian zhang, 大宪章."""

from __future__ import annotations

import re
from functools import lru_cache

from studyllm.grading.verdict import Question
from studyllm.text import fold, key

_RUN = re.compile("[\u4e00-\u9fff]{2,40}")
_LETTERS = re.compile(r"[a-zü']+")
_TYPED = re.compile(r"[a-zü' ,.;、，。;:()/-]{4,400}")
_SYLLABLE = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|i?ong|u?ang|i?ao|u?ai|i?an|u?an|eng|ing|ang|ong|iu|ie|ei|ui|ue|ve"
    r"|en|in|un|vn|an|ou|uo|ia|ua|er|[aeiouv])){1,8}"
)
"""Pinyin of a word or two, without tones."""
_LONGEST, _WORDS = 8, 8
"""Characters of a word, and typed words that are one at most."""


def meant_in_pinyin(question: Question, answer: str) -> str:
    """An answer in Latin letters with the words that the note has and that are typed in pinyin as the note writes them;
    as it is where how a word is written is asked, or where none is."""
    typed = fold(answer).strip()
    if question.exact or not _TYPED.fullmatch(typed) or not _RUN.search(question.reference):
        return answer
    words = [word.replace("'", "").replace("ü", "v") for word in _LETTERS.findall(typed)]
    latin = {word: word for word in _LETTERS.findall(fold(question.reference))}
    if not all(word in latin or _SYLLABLE.fullmatch(word) for word in words):
        return answer
    if key(typed) in key(f"{question.text} {question.term}"):
        return answer
    known = latin | _spelt(question.reference)
    reached: list[tuple[str, ...] | None] = [(), *[None] * len(words)]
    for at in range(len(words)):
        for count in range(1, min(_WORDS, len(words) - at) + 1):
            before, written = reached[at], known.get("".join(words[at : at + count]))
            if before is not None and written and reached[at + count] is None:
                reached[at + count] = (*before, written)
    if not any(map(_RUN.search, reached[-1] or ())):
        return answer  # nothing of it is pinyin
    return "，".join(reached[-1]) if reached[-1] else answer  # one other word, and none is taken for pinyin


@lru_cache(maxsize=64)
def _spelt(reference: str) -> dict[str, str]:
    """How the words of a text are typed, of two characters and more, the shorter of two that are typed alike."""
    from pypinyin import lazy_pinyin  # late: its dictionary takes a quarter of a second

    found: dict[str, str] = {}
    for run in _RUN.findall(reference):
        syllables = lazy_pinyin(run)
        for first in range(len(run) - 1):
            for last in range(first + 2, min(len(run), first + _LONGEST) + 1):
                spelt = "".join(syllables[first:last])
                found.setdefault(spelt, run[first:last])
                found.setdefault(spelt.replace("v", "u"), run[first:last])
    return found
