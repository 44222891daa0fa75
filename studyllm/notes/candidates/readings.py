"""How a Japanese word is read, which is learnt with what it means: 看護師（かんごし） 护士."""

import re
from collections.abc import Sequence

from studyllm.kana import HAN, KANA, is_kana, reads

TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
"""A syllable of pinyin with its tone."""
_ANY = f"{KANA}ァ-ヺ"
_LONGEST = 12
_ENTRY = re.compile(
    f"(?:[{_ANY}]*[{HAN}][{_ANY}{HAN}]*)[ \t]?[（(][{KANA}]{{1,16}}[)）]"
    rf"(?:[ \t\u3000]+(?:[-–—:：][ \t\u3000]*)?|[-–—:：][ \t\u3000]*|(?=[{HAN}]))(?![ぁ-ゖ\s])"
)


def reading_of(word: str, names: Sequence[str]) -> str:
    """Which of the names of a word with kanji is how it is read, or nothing."""
    return next((name for name in names if len(word) <= _LONGEST and reads(word, name)), "")


def without_reading(answer: str, names: Sequence[str]) -> str:
    """What a word means, without how it is read in a line before that."""
    first, _, meaning = answer.partition("\n")
    read = is_kana(first) or TONED.search(first)
    return meaning if meaning and first in names and read else answer


def is_entry(line: str) -> bool:
    """Whether a line is a word, its reading in brackets, and what it means."""
    return _ENTRY.match(line) is not None
