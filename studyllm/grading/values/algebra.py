"""Short formulas, read by a small parser and compared by what they come to at a few points: no eval, no sympy."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise, product

LONGEST = 80
"""Letters of a formula; longer ones are not read."""
_DEEPEST = 12
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    **dict.fromkeys(("log", "ln", "lg"), lambda x: math.log(abs(x))),
    **dict.fromkeys(("sqrt", "√"), lambda x: math.sqrt(abs(x))),
    **{"exp": math.exp, "sin": math.sin, "cos": math.cos, "tan": math.tan},
}
"""Negative numbers are taken as positive: two formulas that agree agree then too."""
_NUMBER = r"(?P<number>[0-9]+(?:\.[0-9]+)?)"
_FUNCTION = rf"(?P<function>{'|'.join(_FUNCTIONS)})(?:_?[0-9]{{1,2}}(?=[\sA-Za-z(]))?"
_SUBSCRIPT = r"(?:_(?:\([A-Za-z0-9]{1,8}\)|[A-Za-z0-9]{1,8}))?['′]*"
_GIVEN = r"[A-Za-z]\([A-Za-z]{1,3}\|[A-Za-z]{1,3}\)|[Pp]\([A-Za-z]\)"
"""P(A|B) and P(A) are one name each."""
_NAME = rf"(?P<name>{_GIVEN}|[A-Za-zΑ-Ωα-ωħ]{_SUBSCRIPT})(?P<index>[0-9]{{1,2}})?"
_TOKEN = re.compile(rf"\s*(?:{_NUMBER}|{_FUNCTION}|{_NAME}|(?P<sign>[-+±*/^()!·×|]))")
_CLOSE = 1e-9
_GRID = tuple(1.6**power for power in range(-12, 13))
_HALVINGS, _ROOT = 50, 1e-6
"""Where and how exactly an equation is solved."""
_LARGE = (20.0, 37.0, 90.0)
"""Where the growth of formulas is looked at."""


class Unreadable(ValueError):
    """The text is no formula that is understood, or comes to no number."""


class Formula:
    """A formula that can be worked out for numbers in the place of its letters."""

    def __init__(self, text: str, *, index: bool = False, tight: bool = False) -> None:
        """Read it. `index`: the 2 of v2 is a part of the name, not a power. `tight`: 1/2m is 1/(2m), not m/2; what is
        below in brackets is all of it."""
        if len(text) > LONGEST:
            raise Unreadable(text)
        self._tokens = tuple(_tokens(text.strip(), index))
        self._tight = tight
        self._next = self._depth = 0
        self._point: dict[str, float] = {}
        self.letters = frozenset(word for kind, word in self._tokens if kind == "name")
        self.single = len(self._tokens) == 1
        """Whether it is nothing but one letter or number."""

    def at(self, point: dict[str, float]) -> float:
        """What it comes to; Unreadable where that is no number."""
        self._next, self._depth, self._point = 0, 0, point
        try:
            result = self._sum()
        except (OverflowError, ValueError, ZeroDivisionError) as error:
            raise Unreadable("no number") from error
        if self._next != len(self._tokens) or not math.isfinite(result):
            raise Unreadable("more than a formula")
        return result

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._next] if self._next < len(self._tokens) else ("end", "")

    def _take(self, signs: str) -> str:
        kind, word = self._peek()
        if kind == "sign" and word in signs:
            self._next += 1
            return word
        return ""

    def _deeper(self, part: Callable[[], float]) -> float:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable("too deep")
        result = part()
        self._depth -= 1
        return result

    def _sum(self) -> float:
        total = -self._product() if self._take("-") else self._product()
        while sign := self._take("+-±"):
            total += -self._product() if sign == "-" else self._product()
        return total

    def _product(self) -> float:
        result = self._power()
        while True:
            if sign := self._take("*·×/"):
                open_below = sign == "/" and self._tight and self._peek()[1] != "("
                other = self._power()
                while open_below and self._begins():
                    other *= self._power()
                result = result / other if sign == "/" else result * other
            elif self._begins():
                result *= self._power()
            else:
                return result

    def _begins(self) -> bool:
        """Whether a factor without a sign before it comes next."""
        kind, word = self._peek()
        return kind in ("number", "name", "function") or word == "("

    def _power(self) -> float:
        base = self._factorial(self._atom())
        if not self._take("^"):
            return base
        exponent = -self._deeper(self._power) if self._take("-") else self._deeper(self._power)
        return self._factorial(float(abs(base) ** exponent if exponent % 1 else base**exponent))

    def _factorial(self, number: float) -> float:
        while self._take("!"):
            number = math.gamma(min(number, 100.0) + 1)
        return number

    def _atom(self) -> float:
        kind, word = self._peek()
        self._next += 1
        if kind == "number":
            return float(word)
        if kind == "name":
            return self._point[word]
        if kind == "function":
            power = self._deeper(self._atom) if self._take("^") else 1.0
            return float(_FUNCTIONS[word](self._deeper(self._power)) ** power)
        if word == "(":
            inside = self._deeper(self._sum)
            if self._take(")"):
                return inside
        raise Unreadable(word)


Sides = tuple[Formula, Formula]


def _tokens(text: str, index: bool) -> Iterator[tuple[str, str]]:
    """Numbers, names, functions and signs, each with its kind."""
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise Unreadable(text)
        at = found.end()
        kind = next(kind for kind in ("number", "function", "name", "sign") if found[kind])
        if kind != "name":
            yield kind, found[kind]
            continue
        name = re.sub(r"[()_]", "", found["name"])
        yield kind, name + (found["index"] or "" if index else "")
        if found["index"] and not index:
            yield from (("sign", "^"), ("number", found["index"]))


def same_growth(left: str, right: str) -> bool | None:
    """Whether two formulas grow alike, up to a factor; None when one of them is not understood."""
    known = None
    for one, two in _readings(left.lower(), right.lower()):
        try:
            alike = _grow_alike(one, two)
        except Unreadable:
            continue
        if alike:
            return True
        known = False
    return known


def _grow_alike(one: Formula, two: Formula) -> bool:
    """Whether the one is the other times a number; single letters may differ."""
    if len(one.letters) == len(two.letters) == 1:
        (letter,), (letter_two,) = one.letters, two.letters
        points = tuple(({letter: number}, {letter_two: number}) for number in _LARGE)
    elif one.letters == two.letters:
        points = tuple((point, point) for point in _points(one.letters))
    else:
        return False
    ratios = [_over(one.at(point), two.at(point_two)) for point, point_two in points]
    return max(ratios) - min(ratios) <= _CLOSE * max(map(abs, ratios))


def equivalent(note: tuple[str, str], answer: tuple[str, str]) -> bool | None:
    """Whether two equations, each two sides, say the same; None when that cannot be seen."""
    known: bool | None = None
    for lower in (False, True):
        sides = [side.lower() if lower else side for side in (*note, *answer)]
        for formulas in _readings(*sides):
            try:
                agree = _agree(*formulas)
            except Unreadable:
                continue
            if agree:
                return True
            if not lower and known is None:
                known = agree
    return known


def evaluates(text: str) -> bool:
    """Whether a text is a formula."""
    return any(_comes_to_something(*found) for found in _readings(text))


def _comes_to_something(formula: Formula) -> bool:
    """Whether it comes to a number at a point."""
    try:
        formula.at(_points(formula.letters)[0])
    except Unreadable:
        return False
    return True


def _agree(left: Formula, right: Formula, third: Formula, fourth: Formula) -> bool | None:
    """Whether the equation of the first two sides holds where that of the last two does."""
    letters = left.letters | right.letters
    if letters != third.letters | fourth.letters:
        return None
    for (one, two), others in (((left, right), (third, fourth)), ((third, fourth), (left, right))):
        for alone, rest in ((one, two), (two, one)):
            if alone.single and alone.letters and not alone.letters & rest.letters:
                return all(_holds(alone, rest, others, point) for point in _points(letters))
    equal = [[_everywhere(one, two, letters) for two in (third, fourth)] for one in (left, right)]
    if (equal[0][0] and equal[1][1]) or (equal[0][1] and equal[1][0]):
        return True
    return False if any(map(any, equal)) else _same_roots((left, right), (third, fourth), letters)


def _same_roots(one: Sides, two: Sides, letters: frozenset[str]) -> bool | None:
    """Whether one equation holds where the other does; None where no letter can be found that solves it."""
    for letter in sorted(letters):
        found = [(point, _root(one, letter, point)) for point in _points(letters)]
        if all(root is not None for _, root in found):
            solved = [point | {letter: root} for point, root in found if root is not None]
            return all(
                abs(two[0].at(p) - two[1].at(p)) <= _ROOT * max(abs(two[0].at(p)), 1e-6) for p in solved
            )
    return None


def _root(sides: Sides, letter: str, point: dict[str, float]) -> float | None:
    """A positive number for a letter with which two sides are equal, found where their difference changes its sign."""

    def difference(x: float) -> float:
        there = point | {letter: x}
        return sides[0].at(there) - sides[1].at(there)

    known = difference(_GRID[0])
    for low, high in pairwise(_GRID):
        before, known = known, difference(high)
        if before * known < 0:
            for _ in range(_HALVINGS):
                middle = (low + high) / 2
                low, high = (middle, high) if before * difference(middle) > 0 else (low, middle)
            return (low + high) / 2
    return None


def _holds(alone: Formula, rest: Formula, others: tuple[Formula, Formula], point: dict[str, float]) -> bool:
    """Whether an equation holds where the letter that stands alone in the other has what that gives it."""
    (letter,) = alone.letters
    point = point | {letter: rest.at(point)}
    return _near(others[0].at(point), others[1].at(point))


def _everywhere(one: Formula, two: Formula, letters: frozenset[str]) -> bool:
    """Whether two sides come to the same at every point."""
    return all(_near(one.at(point), two.at(point)) for point in _points(letters))


def _readings(*texts: str) -> Iterator[tuple[Formula, ...]]:
    """The formulas in each way to read them."""
    for index, tight in product((False, True), repeat=2):
        try:
            yield tuple(Formula(text, index=index, tight=tight) for text in texts)
        except Unreadable:
            continue


@lru_cache(maxsize=256)
def _points(letters: frozenset[str]) -> tuple[dict[str, float], ...]:
    """A few points: a number for each letter that depends on the letter alone."""
    return tuple(
        {letter: 1.3 + (sum(map(ord, letter)) * step % 97) / 41 for letter in letters}
        for step in (31, 57, 73)
    )


def _near(one: float, two: float) -> bool:
    """Equal up to rounding."""
    return abs(one - two) <= _CLOSE * max(abs(one), abs(two), 1e-6)


def _over(one: float, two: float) -> float:
    """One number over another."""
    if two == 0:
        raise Unreadable("division by zero")
    return one / two
