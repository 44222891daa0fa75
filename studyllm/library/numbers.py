"""The numbers of a definition, in figures or in words: 35, twenty-five, third, half, Type II, 三年, 第四."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from studyllm.script import simplified
from studyllm.text import fold

_ONE = r"\d+(?:[.,]\d+)*"
_NUMBER, _DASH = re.compile(rf"{_ONE}(?:\s?[-–~至到]\s?{_ONE})?%?"), re.compile(r"\s?[-–~至到]\s?")
"""A number, or a span of them."""
_ROMAN = re.compile(r"(?<![\w.-])(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})(?![\w.-])")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        """second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
        sixteenth seventeenth eighteenth nineteenth twentieth""".split(),  # noqa: SIM905
        start=2,
    )
} | {"first": 1}
_TIMES = {"once": 1, "twice": 2, "thrice": 3, "single": 1, "double": 2, "triple": 3, "quadruple": 4}
_RUN = re.compile(r"[a-z]+(?:[ -][a-z]+)*")
_WORD = re.compile(r"[a-z]+")
_PRONOUN_AFTER = frozenset("of another or who whose that which can may must should would is has".split())  # noqa: SIM905
_PRONOUN_BEFORE = frozenset("the this that no each every any some which another".split())  # noqa: SIM905
"""Words beside a "one" that is no number."""
_SECOND_BEFORE = frozenset("the his her its their our your my every a".split())  # noqa: SIM905
"""Words before a "second" that is no unit of time, but where "per" or a number stands before it."""
_HAN = re.compile(
    r"半(?=年|天|日|个|小时|数|倍|分钟|世纪|圈|段)|一半"
    r"|(?<![统唯同单专划逐万])一(?![般些样定起致直旦切方部同并再律味贯体系类种点零一二三四五六七八九十百千万亿])(?!点[零一二三四五六七八九])"
    r"|(?!一(?![零一二三四五六七八九十百千万亿]|点[零一二三四五六七八九]))(?<![千百万])[零一二两三四五六七八九十百千万亿]+(?<!千(?=[克米瓦焦卡伏赫帕字]))(?:点[零一二三四五六七八九]+)?"
)
_HALF = ("半", "一半")


@dataclass(frozen=True, slots=True)
class Figures:
    """A folded text with its numbers in figures, and how each of them was written in words."""

    text: str
    words: Mapping[str, str]

    @property
    def numbers(self) -> dict[str, str]:
        """The numbers and the spans of them, each in one form, with the way to show it: as it was written."""
        found = (_DASH.sub("-", one) for one in _NUMBER.findall(self.text))
        return {one: self.words.get(one, one) for one in found}


def in_figures(text: str) -> Figures:
    """A text with its numbers in figures."""
    words: dict[str, str] = {}
    text = _ROMAN.sub(lambda found: _figure(_roman(found[0]), found[0], words), text)
    text = simplified(fold(text))
    text = _RUN.sub(lambda found: _english(found[0], words), text)
    return Figures(_HAN.sub(lambda found: _chinese(found[0], words), text), words)


def _figure(value: float, word: str, words: dict[str, str]) -> str:
    """A number in figures; how it was written goes to the `words`."""
    figures = f"{value:.15g}" if value == int(value) else f"{value:.3g}"
    words.setdefault(figures, word)
    return figures


def _roman(numeral: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(digits, (*digits[1:], 0), strict=True))


def _chinese(numeral: str, words: dict[str, str]) -> str:
    """A Chinese numeral in figures; as it stands where it is none, as in 三四."""
    from studyllm.grading.values.number_words import chinese  # what it stands beside takes long to load

    value = 0.5 if numeral in _HALF else chinese(numeral)
    return numeral if value is None else _figure(value, numeral, words)


def _english(run: str, words: dict[str, str]) -> str:
    """Words of a line with the numbers among them in figures."""
    from studyllm.grading.values.number_words import (
        DOZEN,
        HUNDRED,
        JOINING,
        LARGE,
        PARTS,
        POINT,
        SMALL,
        english,
    )

    counting = {*SMALL, *LARGE, *PARTS, *JOINING, HUNDRED, DOZEN, POINT}
    spans = [found.span() for found in _WORD.finditer(run)]
    told = [run[start:end] for start, end in spans]
    parts, at, done = [], 0, 0
    while at < len(told):
        value, count = _ordinal(told, at), 1
        if value is None and told[at] != "and" and not _is_pronoun(told, at):
            counted = english(list(takewhile(counting.__contains__, told[at:])))
            value, count = (counted.value, counted.words) if counted else (None, 1)
        if value is not None:
            start, end = spans[at][0], spans[at + count - 1][1]
            parts += [run[done:start], _figure(value, run[start:end], words)]
            done = end
        at += count
    return "".join((*parts, run[done:]))


def _ordinal(words: list[str], at: int) -> float | None:
    """What an ordinal or "twice" is worth; None for a part ("a third", "two fifths") and a second of time."""
    word, before = words[at], words[at - 1] if at else ""
    if word == "second" and before not in _SECOND_BEFORE and at:
        return None
    if word in _ORDINALS and word != "second" and before in ("a", "one"):
        return None
    return _ORDINALS.get(word, _TIMES.get(word))


def _is_pronoun(words: list[str], at: int) -> bool:
    """Whether a "one" is no number: one of them, the one that goes first."""
    if words[at] != "one":
        return False
    after = words[at + 1] if at + 1 < len(words) else ""
    return after in _PRONOUN_AFTER or (at > 0 and words[at - 1] in _PRONOUN_BEFORE)
