"""How a Japanese word is read, which is learnt with what it means: 看護師（かんごし） 护士."""

import re
from collections.abc import Sequence

_KANA, _HAN = "ぁ-ゖァ-ヺー", "\u3400-\u9fff々"
_READ = re.compile("[ぁ-ゖー]+")
_RUN = re.compile(f"[{_HAN}]+")
_WORD = re.compile(f"[{_KANA}{_HAN}]{{1,12}}")
_ENTRY = re.compile(
    f"(?:[{_KANA}]*[{_HAN}][{_KANA}{_HAN}]*)[ \t]?[（(][ぁ-ゖー]{{1,16}}[)）]"
    rf"(?:[ \t\u3000]+(?:[-–—:：][ \t\u3000]*)?|[-–—:：][ \t\u3000]*|(?=[{_HAN}]))(?![ぁ-ゖ\s])"
)
_MOST = 5
"""Kana to a character."""


def reading_of(word: str, names: Sequence[str]) -> str:
    """Which of the names of a word with kanji is how it is read, or nothing."""
    if not _RUN.search(word) or not _WORD.fullmatch(word):
        return ""
    read = re.compile(_RUN.sub(lambda run: f"[{_KANA}]{{1,{_MOST * len(run[0])}}}", word))
    return next((name for name in names if _READ.fullmatch(name) and read.fullmatch(name)), "")


def without_reading(answer: str, names: Sequence[str]) -> str:
    """What a word means, without how it is read in a line before that."""
    first, _, meaning = answer.partition("\n")
    return meaning if meaning and first in names and _READ.fullmatch(first) else answer


def is_entry(line: str) -> bool:
    """Whether a line is a word, its reading in brackets, and what it means."""
    return _ENTRY.match(line) is not None
