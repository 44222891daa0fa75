"""What the words for numbers are worth: 一百二十, 一点五, twenty-five, one and a half, three quarters."""

from __future__ import annotations

from dataclasses import dataclass

_ZH_DIGITS = {letter: n for n, letter in enumerate("零一二三四五六七八九")} | {"两": 2}
_ZH_TENS = {"十": 10, "百": 100, "千": 1000}
SMALL = (
    {
        word: number
        for number, word in enumerate(
            """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split()  # noqa: SIM905
        )
    }
    | {
        word: 10 * number
        for number, word in enumerate(
            ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
        )
    }
    | {"nought": 0, "naught": 0}
)
ONES, TENS = (
    "|".join(word for word, n in SMALL.items() if n in of) for of in (range(1, 10), range(20, 100, 10))
)
"""One of the words for 1 to 9, or for 20 to 90, as a pattern."""
LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
PARTS = {
    "half": 2, "quarter": 4, "quarters": 4, **{
        word + s: number
        for word, number in (
            ("third", 3), ("fifth", 5), ("sixth", 6), ("seventh", 7), ("eighth", 8), ("ninth", 9), ("tenth", 10),
            ("twelfth", 12), ("sixteenth", 16), ("twentieth", 20), ("hundredth", 100), ("thousandth", 1000),
        )
        for s in ("", "s")
    },
}  # fmt: skip
_ORDINAL = 20
"""From here on a number before a third makes an ordinal: the twenty-third."""
HUNDRED, DOZEN, POINT, JOINING = "hundred", "dozen", "point", ("and", "a", "an")


def chinese(numeral: str) -> float | None:
    """What a Chinese numeral is worth: 一百二十, 两千零六, 一点五, 一八六八; None when it is none (三四, 百)."""
    whole, point, rest = numeral.replace("万万", "亿").partition("点")
    value = _whole(whole)
    if value is None or (point and not rest):
        return None
    return value + sum(_ZH_DIGITS[digit] / 10.0**place for place, digit in enumerate(rest, 1))


def _whole(numeral: str) -> float | None:
    """A whole Chinese numeral."""
    if all(letter in _ZH_DIGITS for letter in numeral):
        digits = [_ZH_DIGITS[letter] for letter in numeral]
        if len(digits) == 2 and digits[0]:
            return None  # 三四 is "three or four", and there is no sixteen in 统一六国
        return float("".join(map(str, digits[:15])) or "nan")
    for large, scale in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = numeral.rpartition(large)
        if found:
            left, right = _whole(head) if head else None, _tail(tail, scale // 10)
            return None if left is None or right is None else left * scale + right
    return _below_ten_thousand(numeral)


def _tail(numeral: str, place: int) -> float | None:
    """What follows 万 or 亿: the 五 of 三万五 stands for five thousand."""
    if numeral in _ZH_DIGITS:
        return float(_ZH_DIGITS[numeral] * place)
    return _whole(numeral) if numeral else 0.0


def _below_ten_thousand(numeral: str) -> float | None:
    """A Chinese numeral with 十, 百 or 千 in it; the 二 of 一百二 stands for twenty."""
    total, digit, place = 0, -1, 1
    for letter in numeral:
        if letter in _ZH_DIGITS:
            if digit > 0:
                return None
            digit = _ZH_DIGITS[letter]
            place = place if digit else 1
            continue
        size = _ZH_TENS.get(letter)
        if size is None or (digit <= 0 and not (size == 10 and total % 100 == 0)):
            return None
        total, digit, place = total + max(digit, 1) * size, -1, size // 10
    return float(total + max(digit, 0) * place)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in English words: its value, how many words it took, and whether it is a fraction."""

    value: float
    words: int
    fraction: bool = False


def english(words: list[str]) -> Counted | None:
    """The longest beginning of some words that is a number."""
    counting = _Counting()
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word == POINT:
            return counting.decimal(at, words[at + 1 :])
        if word in JOINING:
            behind_and = word != "and" and at > 0 and words[at - 1] == "and" and following not in PARTS
            if (behind_and and counting.counts) or not counting.joins(word, following):
                break  # sixty and a hundred are two numbers
        elif not counting.take(word, after_and=at > 0 and words[at - 1] == "and"):
            break
        else:
            counting.used = at + 1
    return counting.counted()


class _Counting:
    """A number in English words as far as it has been read."""

    def __init__(self) -> None:
        self.used = 0
        self._thousands = 0.0
        self._current: float | None = None
        """What is not multiplied yet by a thousand or more."""
        self._fraction = self._mixed = False

    @property
    def counts(self) -> bool:
        """Whether what was read is no thousands alone."""
        return self._current is not None

    def counted(self) -> Counted | None:
        """What it comes to, if anything was read."""
        value = self._thousands + (self._current or 0.0)
        return Counted(value, self.used, self._fraction) if self.used else None

    def decimal(self, at: int, words: list[str]) -> Counted | None:
        """With the digits after "point"."""
        digits = []
        for word in words:
            if SMALL.get(word, 10) > 9:
                break
            digits.append(SMALL[word])
        whole = self.counted()
        if not whole or not digits:
            return whole
        return Counted(whole.value + sum(d / 10**n for n, d in enumerate(digits, 1)), at + 1 + len(digits))

    def joins(self, word: str, following: str) -> bool:
        """Whether "and" or an article goes on with the number: one and a half, a dozen."""
        if word != "and":
            return following in LARGE or following in PARTS or following in (HUNDRED, DOZEN)
        self._mixed = bool(self.used) and self._current != 0
        return self._mixed and (following in SMALL or following in PARTS or following == "a")

    def take(self, word: str, after_and: bool) -> bool:
        """One word more, if it goes on with the number."""
        current = self._current
        if word in SMALL:
            small = SMALL[word]
            hundreds = bool(current) and current is not None and current % 100 == 0
            tens = current is not None and small < 10 and current % 100 >= 20 and current % 10 == 0
            below = (
                after_and and (current or 0) < 100 and not self._thousands
            )  # "two and three" are two numbers
            if below or not (current is None or hundreds or tens):
                return False
            self._current = (current or 0) + small
        elif word in PARTS:
            ordinal = (
                not word.endswith("s") and (current or 0) >= _ORDINAL and word not in ("half", "quarter")
            )
            if self._fraction or ordinal or (self.used and not self._thousands + (current or 0)):
                return False
            part, self._fraction = 1 / PARTS[word], True
            self._current = (current or 0) + part if self._mixed else part * (current or 1)
        elif word in LARGE:
            self._thousands += (1 if current is None else current) * LARGE[word]
            self._current = None
        else:
            self._current = (current or 1) * (100 if word == HUNDRED else 12)
        return True
