"""Equations in words: the current is the voltage over the resistance, 股价 ÷ 每股收益.

Read only with what is known of the note: its own words, and the names of its letters (symbols.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from studyllm.grading.values.algebra import LONGEST, equivalent
from studyllm.grading.values.value import Value, ValueKind

_SIGNS = tuple(
    (sign, re.compile(form, re.I | re.A))
    for sign, form in (
        ("=", r"=|等于|\b(?:equals?|is equal to|(?:is )?the same as|is|comes to)\b|[是为]"),
        ("/", r"(?<= )/(?= )|÷|除以|\b(?:divided by|over)\b"),
        ("*", r"[×·*]|再?乘以?|\b(?:multiplied by|times)\b"),
        ("+", r"\+|加(?![速权热载])上?|\bplus\b"),
        ("-", r"(?<= )-(?= )|−|减(?![速少小])去?|\bminus\b"),
    )
)
_SIGN = re.compile(
    "|".join(f"(?P<s{number}>{form.pattern})" for number, (_, form) in enumerate(_SIGNS)), re.I | re.A
)
_HALF = re.compile(r"(?:(?:one )?half|1/2|二分之一|一半)(?: (?:of|times))?(?:的|乘以?)?", re.I | re.A)
_TWICE = re.compile(r"(?:twice|double|两倍(?:的)?|二倍(?:的)?)", re.I | re.A)
_POWER = re.compile(r"(?:,? ?squared|的?平方)()\Z|(?:,? ?cubed|的?立方)\Z", re.I | re.A)
_FILLER = re.compile(
    r"\b(?:the|an?|its|of|by|it|in|on|that|so|just|total)\b|的|\(|\)|（|）|公式|答案|[:：]", re.I | re.A
)
_CLAUSE = re.compile(r"[，。；！？,;!?\n]|\.(?=\s|$)")
_LOOSE = re.compile(r"加(?!上)|减(?!去)|乘(?!以)| [-/+] |\b(?:over|times)\b", re.I | re.A)
"""What is a sign in an answer to an equation, and has other senses in a note: control over something."""
_BRACKETS = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_SUM = re.compile(r"[(（][^()（）]*[-+−＋][^()（）]*[)）]")
"""Brackets round a sum, which are not read here (operations.py)."""
_DOUBTFUL = re.compile(r"(?<!=)[+-][^=]*[*/]|/[^=]*[*/+-]")
"""In words it is not said what belongs together: a plus b over c."""
_NAME = re.compile(r"c_\(([A-Za-z0-9]{1,8})\)|[A-Za-z]{2,5}(?!_)|[A-Za-z]_?[0-9]{1,2}", re.A)
"""A name of more than one letter in an equation: [S], Vmax, R1."""
_GOES_ON = re.compile(
    r"[，,] ?(?:再|然后|最后)?(?=(?:除以|乘以?|加上?|减去?|divided by|times|multiplied by|plus|minus)(?! ?[0-9]))"
)
_WHOLE = "\x1f"
"""Stands for the comma after which all before it is multiplied, divided or added to."""
_TOGETHER = re.compile(r"(?:的|之)(?:总?和|差|乘?积|商)\Z")
"""After the last of several that belong together: 除以 A 加 B 的和."""
_MOST_LETTERS, _MOST_SIGNS, _MOST_CLAUSES = 30, 8, 40
_LAST = re.compile(r"[^*/+-]+(?:[+-][^*/+-]+)+\Z|[^*/+-]+(?:[*/][^*/+-]+)+\Z")
_LEFT = "z"
"""Stands for the side that is not written."""
_OWN = "ABCDGHJKLMNPQRSTUVWXY"
"""Letters for the note's own words."""

Names = Mapping[str, str]
"""The letter for each word, folded."""


def worded(note: str, wanted: Sequence[Value], answer: str) -> tuple[list[Value], list[Value]]:
    """The equations in words of a note, and of an answer to it or to an equation in letters."""
    written = [value.form for value in wanted if value.kind is ValueKind.EQUATION]
    if written:
        return [], [value for form in written for value in _read(answer, _of(form), form)]
    own = list(_stated(note))
    return [value for value, _ in own], [
        value for known, names in own for value in _read(answer, names, known.form)
    ]


def _of(form: str) -> Names:
    """The names of the letters of an equation, and the letters themselves."""
    found = {letter.lower(): letter for letter in re.findall(r"[A-Za-zΑ-Ωα-ω]", form)}
    found |= {(found[1] or found[0]).lower(): found[0] for found in _NAME.finditer(form)}
    for letter, names in _called().items():
        if letter in form:
            found |= dict.fromkeys(names, letter)
    return found


@lru_cache(maxsize=1)
def _called() -> Mapping[str, list[str]]:
    """What the letters of formulas are called."""
    return tomllib.loads(files(__package__).joinpath("symbols.toml").read_text("utf-8"))


def _stated(note: str) -> Iterator[tuple[Value, Names]]:
    """The equations in words of a note, with letters for its words."""
    for clause in _clauses(note):
        phrases = [_split(part)[1] for part, _ in clause.parts]
        if (
            _LOOSE.search(clause.text)
            or _SUM.search(clause.text)
            or not all(phrases)
            or max(map(len, phrases)) > _MOST_LETTERS
            or re.search("[0-9]", clause.text)
        ):
            continue
        names = dict(zip(dict.fromkeys(phrases), _OWN, strict=False))
        names |= {
            other: letter for phrase, letter in names.items() for other in _also(phrase) if other not in names
        }
        if form := _formula(clause.parts, names, _LEFT):
            yield clause.value(form), names


def _also(phrase: str) -> Iterator[str]:
    """What else a quantity is called, its letter among that."""
    for letter, names in _called().items():
        if phrase == letter.lower() or phrase in names:
            yield from (letter.lower(), *names)


def _read(answer: str, names: Names, note: str) -> Iterator[Value]:
    """The equations in words of an answer, in the letters of the note; one that can be taken in two ways only where it
    is the note's."""
    left, _, right = note.partition("=")
    for clause in _clauses(answer):
        if _SUM.search(clause.text):
            continue
        form = _formula(clause.parts, names, left)
        side, _, other = form.partition("=")
        if form and (
            not _DOUBTFUL.search(_BRACKETS.sub("x", form)) or equivalent((left, right), (side, other))
        ):
            yield clause.value(form)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with signs, or words for them, in it; `parts`: what stands between them, each with the sign after it."""

    text: str
    start: int
    parts: tuple[tuple[str, str], ...]

    def value(self, form: str) -> Value:
        """It as a value."""
        return Value(ValueKind.EQUATION, self.text, self.start, self.start + len(self.text), form=form)


@lru_cache(maxsize=64)
def _clauses(text: str) -> tuple[_Clause, ...]:
    """The clauses of a text that may be equations."""
    found: list[_Clause] = []
    start = 0
    text = _GOES_ON.sub(lambda found: _WHOLE.rjust(len(found[0])), text)
    for stop in [*(end.span() for end in _CLAUSE.finditer(text)), (len(text), len(text))]:
        clause = text[start : stop[0]].strip()
        parts = _parts(clause) if len(clause) <= 2 * LONGEST and len(found) < _MOST_CLAUSES else ()
        if 2 <= len(parts) <= _MOST_SIGNS and any(sign not in ("", "=") for _, sign in parts):
            found.append(_Clause(clause, text.index(clause, start), parts))
        start = stop[1]
    return tuple(found)


def _parts(clause: str) -> tuple[tuple[str, str], ...]:
    """What stands between the signs of a clause, each with the sign after it."""
    parts, last = [], 0
    for found in _SIGN.finditer(clause):
        parts.append((clause[last : found.start()], _SIGNS[int((found.lastgroup or "s0")[1:])][0]))
        last = found.end()
    return (*parts, (clause[last:], ""))


def _formula(parts: Iterable[tuple[str, str]], names: Names, left: str) -> str:
    """The parts of a clause as an equation, or nothing where one is not known; `left` stands for a side that is not
    written or that has another name."""
    written = ""
    for number, (part, sign) in enumerate(parts):
        whole, part = part.endswith(_WHOLE), part.rstrip(_WHOLE)
        together = _TOGETHER.search(part.strip())
        operand = _operand(_TOGETHER.sub("", part.strip()), names)
        unwritten = sign == "=" or (sign == "-" and not part.strip())
        if not operand and (number or not unwritten):
            return ""
        written += operand
        if together:
            written = _bracketed(written)
        written = (f"({written})" if whole else written) + sign
        if sign == "=":
            left, written = left if written[:-1] in left else written[:-1], ""
    return f"{left}={written}"


def _bracketed(written: str) -> str:
    """What stands after the last sign of another sort than the last one in brackets: a/(b+c)."""
    found = _LAST.search(written)
    return f"{written[: found.start()]}({found[0]})" if found else written


def _operand(part: str, names: Names) -> str:
    """One quantity in letters: half the mass, the speed squared."""
    before, phrase, power = _split(part)
    letter = phrase if re.fullmatch(r"[0-9]{1,3}", phrase) else names.get(phrase, "")
    return f"{before}{letter}{power}" if letter else ""


def _split(part: str) -> tuple[str, str, str]:
    """The factor of an operand, what it is of, and the power."""
    before, power = "", ""
    part = part.strip()
    for factor, form in (("0.5*", _HALF), ("2*", _TWICE)):
        if found := form.match(part):
            before, part = factor, part[found.end() :]
    if found := _POWER.search(part):
        power, part = "^2" if found[1] is not None else "^3", part[: found.start()]
    return before, _folded(part), power


def _folded(part: str) -> str:
    """A phrase without what says nothing."""
    return " ".join(_FILLER.sub(" ", part).lower().split())
