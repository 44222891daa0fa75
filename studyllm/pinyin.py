"""How Chinese terms sound, so that they are found and ordered by pinyin."""

import re
from functools import lru_cache
from typing import NamedTuple

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_IS_HAN = re.compile(f"[{_HAN}]")
_PARTS = re.compile(f"[{_HAN}]+|[a-z0-9]+")
_V = re.compile(r"(?<=^[nl])v")
"""The ü of a syllable such as nv or lve."""
_MOST = 24
"""Syllables of a term that are heard; a longer one is a sentence."""


class Sound(NamedTuple):
    """What is typed for a term, without tones: for bert模型 bertmx or bertmoxing."""

    full: str
    typed: str
    """Initials, then pinyin, from each syllable on, each after a space: " bertmx mx x bertmoxing moxing xing"; ü as v,
    then as u too, as many type it."""


def is_chinese(text: str) -> bool:
    """Whether there is anything in it that has a pinyin."""
    return _IS_HAN.search(text) is not None


def sound(term: str) -> Sound:
    """How a folded term sounds; letters and digits of other scripts are typed as they are."""
    full: list[str] = []
    short: list[str] = []
    for part in _PARTS.findall(term):
        if _IS_HAN.match(part):
            syllables = _syllables(part)
            full += syllables
            short += [syllable[0] for syllable in syllables]
        else:
            full.append(part)
            short.append(part)
    full, short = full[:_MOST], short[:_MOST]
    spellings = [short, full]
    if (plain := [_V.sub("u", syllable) for syllable in full]) != full:
        spellings.append(plain)
    tails = ("".join(each[first:]) for each in spellings for first in range(len(full)))
    return Sound("".join(full), "".join(f" {tail}" for tail in tails))


@lru_cache(maxsize=8192)
def _syllables(part: str) -> list[str]:
    from pypinyin import lazy_pinyin  # late: its dictionary takes a quarter of a second

    return [syllable for syllable in lazy_pinyin(part, errors="ignore") if syllable]
