"""The numbers of a definition, however written: 35, twenty-five, two thirds, 66 %, 10-20, Type II, 三年, 百分之五."""

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile

from studyllm.library.numerals import (
    HALF,
    HAN,
    HAN_PART,
    HAN_PIECES,
    HAN_SCALED,
    HAN_SCALES,
    ROMAN_ALONE,
    TENTHS,
    counts,
    han,
    numbered,
    roman,
)
from studyllm.script import simplified
from studyllm.text import fold

_LONGEST = 15
"""Words that one number takes at most; without a bound a line of words takes the square of its length."""
_LONGEST_FIGURES = 100
_ALONE = r"(?<!\d)(?<!\d[.,])"
"""Where a number may begin: not within another, which would be tried at each of its digits."""
_ONE = rf"{_ALONE}(?:\d{{1,3}}(?:[ '’]\d{{3}}){{1,4}}(?!\d)|\d+(?:[.,]\d+)*)"
_MARK = "\ue000-\uf8ff"
"""Letters that stand for the numbers already read, while the others are looked for."""
_MARKS, _FIRST_MARK, _LAST_MARK = re.compile(f"[{_MARK}]"), 0xE000, 0xF8FF
_PERCENT = r"\s?(?:%|‰|per ?(?:cent|mille)(?![a-z])|pct(?![a-z]))"
_SPAN = r"(?:\s?[-–—~至到]\s?|\sto\s)"
_NUMBER = re.compile(
    rf"(?P<low>[{_MARK}]|{_ONE})(?P<of>{_PERCENT})?(?:{_SPAN}(?P<high>[{_MARK}]|{_ONE})(?P<each>{_PERCENT})?)?"
)
"""A number, or a span of them."""
_GROUPED = re.compile(r"\d{1,3}(?:[ ,'’]\d{3})+(?:\.\d+)?")
_SLASH = re.compile(r"(?<![\d.,/])(?:(\d{1,4}) )?(\d{1,3})[/⁄](\d{1,4})(?![\d/]|[.,]\d)")
_PARTS_OF = frozenset((*range(2, 11), 12, 16, 20, 100, 1000))
"""What a whole is cut into: 3/4, 1/16; in 9/11 and 24/7 it is not."""
_HUNDREDS = {"百": 100.0, "千": 1000.0, "万": 10000.0}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_SCALED = re.compile(rf"({_ONE}) ?({'|'.join(_SCALES)})(?![a-z])")

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


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text, or a span of two."""

    ends: tuple[float | str, ...]
    """Its value, or the two of a span; one such as 3.2.1 as it is written."""
    shown: str
    """How it is written."""
    sure: bool = True
    """Whether it is a number for certain; IV may be a way into a vein, and 六神无主 counts nothing."""
    part: bool = False
    """Whether it is a part such as two thirds, which is rounded in figures."""
    place: tuple[str, str] = ("", "")
    """The letters beside it."""

    @property
    def value(self) -> tuple[float | str, ...]:
        """Its ends as they are compared: 0.1 and 1/10 of another way of counting are the same."""
        return tuple(end if isinstance(end, str) else float(f"{end:.9g}") for end in self.ends)

    @property
    def apart(self) -> tuple[float | str, ...]:
        """The numbers that a span or a 1/2 is told by where they stand apart; none for a single one."""
        if len(self.ends) > 1:
            return self.ends
        above, slash, below = self.shown.partition("/")
        return (float(above), float(below)) if slash and above.isdigit() and below.isdigit() else ()

    @property
    def figures(self) -> str:
        """In figures, in one form."""
        return "-".join(_figures(end, self.part) for end in self.ends)


@dataclass(frozen=True, slots=True)
class Figures:
    """A folded text with its numbers in figures, and the numbers."""

    text: str
    numbers: tuple[Number, ...]


def in_figures(text: str) -> Figures:
    """A text with its numbers in figures."""
    reading = _Reading()
    text = re.sub(r"(?<=\d)(?=[¼-¾⅐-⅞])", " ", _MARKS.sub("", text))
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    text = numbered(text, lambda numeral, sure: reading.mark(roman(numeral), numeral, sure=sure))
    text = ROMAN_ALONE.sub(lambda found: reading.mark(roman(found[0]), found[0], sure=False), text)
    text = simplified(fold(text)).replace("〇", "零")
    for pattern, read in reading.steps():
        text = pattern.sub(read, text)
    return reading.done(text)


class _Reading:
    """The numbers of a text as far as they have been read: each stands as one letter of its own in the text."""

    def __init__(self) -> None:
        self._read: list[Number] = []

    def mark(self, value: float | str, shown: str, *, sure: bool = True, part: bool = False) -> str:
        """The letter for a number; the number itself in a text that has more of them than there are letters."""
        if len(self._read) > _LAST_MARK - _FIRST_MARK:
            return shown
        self._read.append(Number((value,), shown, sure, part))
        return chr(_FIRST_MARK + len(self._read) - 1)

    def steps(self) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
        """What is looked for in the folded text, one after the other."""
        return (
            (_SLASH, self._slash),
            (_SCALED, lambda found: self.mark(_times(found[1], _SCALES[found[2]]), found[0])),
            (HAN_SCALED, self._han_scaled),
            (HAN_PART, self._han_part),
            (TENTHS, lambda found: self.mark((han(found[1]) or 0) / 10, found[0])),
            (_RUN, lambda found: self._english(found[0])),
            (HAN, self._chinese),
        )

    def _slash(self, found: re.Match[str]) -> str:
        """A part in figures: 3/4, 1 1/2."""
        above, below = int(found[2]), int(found[3])
        if below not in _PARTS_OF or not 0 < above < below:
            return found[0]
        return self.mark(int(found[1] or 0) + above / below, found[0].replace("⁄", "/"), part=True)

    def _han_scaled(self, found: re.Match[str]) -> str:
        """Figures with a Chinese scale behind them: 3万5千."""
        pieces = HAN_PIECES.findall(found[0])
        value = sum(float(one) * math.prod(HAN_SCALES[letter] for letter in scale) for one, scale in pieces)
        return self.mark(value, found[0])

    def _han_part(self, found: re.Match[str]) -> str:
        """百分之五, 百分之三到五, 三分之二."""
        below = _HUNDREDS.get(found[1]) or han(found[1])
        above = [han(one) for one in found.groups()[1:] if one]
        if not below or None in above:
            return found[0]
        rounded = found[1] not in (*_HUNDREDS, "100")
        shown = (found[0][: found.end(2) - found.start()], found[3])
        return "-".join(
            self.mark((one or 0) / below, how, part=rounded) for one, how in zip(above, shown, strict=False)
        )

    def _chinese(self, found: re.Match[str]) -> str:
        """A Chinese numeral; as it stands where it is none, as in 三四."""
        numeral = found[0]
        value = 0.5 if numeral in HALF else han(numeral)
        if value is None:
            return numeral
        return self.mark(value, numeral, sure=numeral in HALF or counts(found), part=numeral in HALF)

    def _english(self, run: str) -> str:
        """Words of a line with the numbers among them marked."""
        spans = [found.span() for found in _WORD.finditer(run)]
        told = [run[start:end] for start, end in spans]
        parts, at, done = [], 0, 0
        while at < len(told):
            value, count, part = _spelt(told, at)
            if value is not None:
                start, end = spans[at][0], spans[at + count - 1][1]
                ones = _ORDINALS.get(told[at + count], 10) if run[end : end + 1] == "-" else 10
                if value % 100 >= 20 and value % 10 == 0 and ones < 10:
                    value, count, end = value + ones, count + 1, spans[at + count][1]
                sure = run[start:end] not in _SCALES  # "several hundred"
                parts += [run[done:start], self.mark(value, run[start:end], sure=sure, part=part)]
                done = end
            at += count
        return "".join((*parts, run[done:]))

    def done(self, text: str) -> Figures:
        """The text with every number in figures, and the numbers in their order."""
        numbers: list[Number] = []
        parts, at = [], 0
        for found in _NUMBER.finditer(text):
            before, after = (
                _MARKS.sub("#", side) for side in (text[: found.start()][-6:], text[found.end() :][:6])
            )
            place = "".join(before.split())[-2:], "".join(after.split())[:2]
            number = self._number(found, (re.sub(r"\d", "#", place[0]), re.sub(r"\d", "#", place[1])))
            numbers.append(number)
            parts += [text[at : found.start()], number.figures]
            at = found.end()
        return Figures("".join((*parts, text[at:])), tuple(numbers))

    def _number(self, found: re.Match[str], place: tuple[str, str]) -> Number:
        """One number, or a span, whose percent sign holds for both ends."""
        ends = [self._end(found[group]) for group in ("low", "high") if found[group]]
        signs = [found["of"] or found["each"], found["each"]][: len(ends)]
        values = tuple(_of_hundred(end.ends[0], sign) for end, sign in zip(ends, signs, strict=True))
        shown = _MARKS.sub(lambda one: self._end(one[0]).shown, found[0])
        sure = all(end.sure for end in ends)
        return Number(values, shown, sure, len(ends) == 1 and ends[0].part and not signs[0], place)

    def _end(self, written: str) -> Number:
        if _MARKS.match(written):
            return self._read[ord(written) - _FIRST_MARK]
        return Number((_value(written),), written)


def _value(digits: str) -> float | str:
    """What figures are worth; those of a version or a date stay as they are."""
    if len(digits) > _LONGEST_FIGURES:
        return digits
    if _GROUPED.fullmatch(digits):
        return float(re.sub(r"[ ,'’]", "", digits))
    if digits.count(".") + digits.count(",") > 1:
        return digits
    return float(digits.replace(",", "."))


def _times(digits: str, scale: float) -> float | str:
    value = _value(digits)
    return value if isinstance(value, str) else value * scale


def _of_hundred(value: float | str, sign: str | None) -> float | str:
    """The value of what has a sign for hundredths or thousandths behind it."""
    if isinstance(value, str) or not sign:
        return value
    return value / (1000 if "‰" in sign or "mille" in sign else 100)


def _figures(value: float | str, part: bool) -> str:
    if isinstance(value, str):
        return value
    return (
        f"{value:.2g}" if part and value < 1 else f"{value:.15g}" if value == int(value) else f"{value:.6g}"
    )


@cache
def _counting() -> frozenset[str]:
    """The words that numbers are made of."""
    from studyllm.grading.values.number_words import DOZEN, HUNDRED, JOINING, LARGE, PARTS, POINT, SMALL

    return frozenset((*SMALL, *LARGE, *PARTS, *JOINING, HUNDRED, DOZEN, POINT))


def _spelt(words: list[str], at: int) -> tuple[float | None, int, bool]:
    """What the number that begins at a word is worth, of how many words it is, and whether it is a part."""
    from studyllm.grading.values.number_words import english  # what it stands beside takes long to load

    value, counting = _ordinal(words, at), _counting()
    if value is not None or words[at] not in counting or words[at] == "and" or _is_pronoun(words, at):
        return value, 1, False
    counted = english(list(takewhile(counting.__contains__, islice(words, at, at + _LONGEST))))
    return (counted.value, counted.words, counted.fraction) if counted else (None, 1, False)


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
