"""Complexities and equations in plain text: O(n log n), E=mc^2."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studyllm.grading.values.algebra import LONGEST
from studyllm.grading.values.chemistry import reaction
from studyllm.grading.values.units import unit_at
from studyllm.grading.values.value import Sign, ValueKind

_GROWTH = re.compile(r"(?<![A-Za-z0-9])(?:(?:大|[Bb]ig[- ]?)?(?P<sign>[OΘΩoθω])|(?P<word>Theta|Omega)) ?\(")
_BOUNDS = {"o": "O", "θ": "Θ", "ω": "Ω", "Theta": "Θ", "Omega": "Ω"}
_PLAIN_GROWTH = re.compile(
    r"(?<![A-Za-z0-9_^(/])(?:[nN] ?(?:[·*×]|times|乘以?)? ?(?:log|lg|ln)_?2? ?\(?[nN]\)?|(?:log|lg)_?2? ?\(?[nN]\)?"
    r"|[nN]\^[23](?![0-9.])|2\^[nN]\b|[nN]!)(?![A-Za-z0-9=+*/^-])",
    re.A,
)
_TIMES = re.compile(r" ?(?:times|乘以?) ?")
_WORDED = {
    "常数": "1", "线性对数": "n log n", "线性": "n", "平方": "n^2", "立方": "n^3", "对数": "log n", "指数": "2^n",
    "constant": "1", "linear": "n", "quadratic": "n^2", "cubic": "n^3", "logarithmic": "log n",
    "exponential": "2^n", "linearithmic": "n log n",
}  # fmt: skip
_ZH = "线性对数|常数|线性|平方|立方|对数|指数"
_LINEAR = re.compile(
    r"(?:最[坏好差]|平均|空间|\b(?:worst|best|average|space)(?: cases?)?)(?:情况|复杂度)?"
    r"(?:都?是|为| is| are| both)?[:：=]? ?"
    r"(?P<form>[nN])(?= ?(?:[,，;；。、\n]|\.?$))"
)
"""A letter alone behind its case: best n, worst n²."""
_GROWTH_WORD = re.compile(
    rf"({_ZH})(?:级别?的?)?(?:时间|空间|复杂度|阶|量级|额外空间)|复杂度(?:是|为|都是)?({_ZH})(?:级|的|$|[，。；])"
    r"|\b(constant|linear|quadratic|cubic|logarithmic|exponential|linearithmic)[ -](?:time|space|complexity)\b",
    re.I | re.A,
)
_POWER = re.compile(
    r"(平方|立方)(?![米千公厘分毫英体程根差]|[级阶复]|时间)|(?<!10)(?<!十)的?(四|五|六|[2-9])次方"
    r"|\b(squared|cubed)\b|\b(square|cube)s? of\b|\b(fourth|fifth|sixth) power\b",
    re.I | re.A,
)
_EXPONENTS = {
    "平方": "2", "squared": "2", "square": "2", "立方": "3", "cubed": "3", "cube": "3", "四": "4", "fourth": "4",
    "五": "5", "fifth": "5", "六": "6", "sixth": "6",
}  # fmt: skip
_EQUALS = re.compile(r"(?<![=<>≤≥≠≈])[=≈](?![=<>≤≥≠≈])")
_LETTER = "A-Za-zΑ-Ωα-ωħ"
_MATHS = rf"[{_LETTER}0-9^_()+\-*/·×√±'′!.|]"
_TO_LEFT = re.compile(rf"{_MATHS}{{1,40}} {{0,2}}\Z")
_TO_RIGHT = re.compile(rf" {{0,2}}({_MATHS}{{1,{LONGEST}}})")
_NAME = re.compile(rf"[{_LETTER}][A-Za-z]?(?:_?\(?[A-Za-z0-9]{{1,4}}\)?)?['′]?")
_WORD = re.compile(r"[A-Za-z]{4,}[0-9]?|[a-z]{3,}[0-9]?")
"""A word and no product of letters: momentum, beta1."""
_NUMERIC = re.compile(r"[-+]?[0-9.,]+(?:[eE][-+]?[0-9]+|(?:[×x*·]10)?\^\(?[-+]?[0-9]+\)?)?")
_FUNCTION = re.compile(r"(?:log|ln|lg|exp|sin|cos|tan|sqrt|√)", re.I | re.A)
_SUBSCRIPT = re.compile(r"_\(?[A-Za-z0-9]+\)?")
_FACTOR = re.compile(
    rf"[0-9./]+|[{_LETTER}](?:[_^]?[A-Za-z0-9()]{{0,4}})?|\(.*\).*|√.*|(?:log|ln|lg|sin|cos|exp).*"
)
_PROSE = frozenset(
    """the and for is of to in an or so as at by be we it if on no not are was has its where with when than that this
    let per law set via eg ie""".split()  # noqa: SIM905
)
_LONGEST_ARGUMENTS = 24


def complexities(text: str) -> Iterator[Sign]:
    """O(n²), Θ(n log n), n^2, 平方级复杂度, constant time; the name is O, Θ or Ω, or nothing."""
    for found in _GROWTH.finditer(text):
        bound, end = found["sign"] or found["word"], _closing(text, found.end() - 1)
        if end:
            form = text[found.end() : end - 1].strip()
            yield Sign(ValueKind.COMPLEXITY, found.start(), end, form, _BOUNDS.get(bound, bound))
    for found in _PLAIN_GROWTH.finditer(text):
        yield Sign(ValueKind.COMPLEXITY, found.start(), found.end(), _TIMES.sub(" ", found[0]))
    for found in _LINEAR.finditer(text):
        yield Sign(ValueKind.COMPLEXITY, found.start("form"), found.end(), found["form"])
    for found in _GROWTH_WORD.finditer(text):
        word = next(filter(None, found.groups()))
        yield Sign(ValueKind.COMPLEXITY, found.start(), found.end(), _WORDED[word.lower()])


def powers(text: str) -> Iterator[Sign]:
    """Squared, the cube of, 的四次方: the form is the exponent."""
    for found in _POWER.finditer(text):
        word = next(filter(None, found.groups())).lower()
        yield Sign(ValueKind.POWER, found.start(), found.end(), _EXPONENTS.get(word, word))


def equations(text: str) -> Iterator[Sign]:
    """E=mc², a²+b²=c²; what gives a single letter a number ("g = 9.8") is a number, not an equation."""
    last = 0
    for found in _EQUALS.finditer(text):
        start = _opened(text, _leftwards(text, found.start(), last), found.start())
        end = _closed(text, found.end(), _rightwards(text, found.end()))
        left, right = text[start : found.start()].strip(), text[found.end() : end].strip()
        if not left or not right or _NUMERIC.fullmatch(left) or _WORD.fullmatch(left):
            continue
        if reaction(left) and reaction(right):
            continue
        if _measure(left) or (_NUMERIC.fullmatch(right.replace(" ", "")) and _NAME.fullmatch(left)):
            continue
        if re.search(f"[{_LETTER}]", left + right):
            last = end
            yield Sign(ValueKind.EQUATION, start, end, f"{left}={right}")


def _closing(text: str, at: int) -> int:
    """Where the bracket that opens at a place is closed again, or 0."""
    depth = 0
    for place in range(at, min(len(text), at + LONGEST)):
        depth += (text[place] == "(") - (text[place] == ")")
        if not depth:
            return place + 1
    return 0


def _opened(text: str, start: int, end: int) -> int:
    """The beginning of a left side without a bracket that is not closed in it, and without blanks."""
    depth = 0
    for place in range(end - 1, start - 1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth < 0:
            start = place + 1
            break
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def _closed(text: str, start: int, end: int) -> int:
    """The end of a right side with its brackets closed: after the closing one, or before what is left open."""
    depth = 0
    for place in range(start, end):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth < 0:
            end = place
            break
    if depth > 0:
        opening = text.rfind("(", start, end)
        close = _closing(text, opening)
        inside = text[opening:close]
        end = close if close and inside.isascii() and len(inside) <= _LONGEST_ARGUMENTS else opening
    return start + len(text[start:end].rstrip(" ."))


def _measure(side: str) -> bool:
    """Whether a side is a number with a unit: 1 eV."""
    number = re.match(r"[0-9.]+", side)
    unit = unit_at(side, number.end()) if number else None
    return unit is not None and unit.end == len(side)


def _leftwards(text: str, end: int, stop: int) -> int:
    """Where the side before an equals sign begins."""
    start = end
    while start > stop and end - start < LONGEST:
        found = _TO_LEFT.search(text[max(stop, start - 42) : start])
        token = found[0].strip() if found else ""
        if (
            not found
            or not _mathematical(token)
            or (start < end and not _continues(token, text[start:end].strip()))
        ):
            break
        start -= len(found[0])
    return start


def _rightwards(text: str, start: int) -> int:
    """Where the side after an equals sign ends."""
    end = start
    while end - start < LONGEST:
        found = _TO_RIGHT.match(text, end)
        if not found or not _mathematical(found[1]):
            break
        if end > start and not _continues(text[start:end].strip(), found[1]):
            break
        end = found.end()
    return end


def _mathematical(token: str) -> bool:
    """Whether a run of letters and signs can be a part of a formula."""
    words = re.findall(r"[A-Za-z]+", _SUBSCRIPT.sub("", _FUNCTION.sub("", token)))
    if token == "." or any(len(word) > 4 or word.lower() in _PROSE for word in words):
        return False
    return len(words) < 2 or max(map(len, words)) <= 3 or "(" in token or "/" in token


def _continues(left: str, right: str) -> bool:
    """Whether two runs with a space between are of one formula: there is an operator, or both are short factors."""
    if left[-1:] in "+-±*/·×^(" or right[:1] in "+-±*/·×^)":
        return True
    factors = _FACTOR.fullmatch(right) and _FACTOR.fullmatch(left.split()[-1])
    return bool(factors) and right not in ("a", "A", "I")
