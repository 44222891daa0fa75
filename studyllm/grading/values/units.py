"""Units as written in Chinese and English, and what they are worth: spellings from units.toml, factors by pint.

Nothing that a learner writes reaches pint: it is asked about names from the table, and about what they form.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

_SMALLER = frozenset(("centi", "deci", "hecto"))
"""Prefixes of a few units only."""
_TAKES_SMALLER = frozenset(("meter", "liter", "pascal", "gram", "bel"))
_ONLY_LARGE = frozenset(("byte", "bit", "bit/second", "parsec"))
_LARGE = frozenset(("kilo", "mega", "giga", "tera"))
_EACH = r"(?:an?|each|every) (?=minute|second|hour|day|week|month|year)"
"""What stands before the unit of a rate, in words."""
_JOIN = re.compile(rf" ?(?P<over>/|每|per |{_EACH}|p\b) ?\(?| ?[·*×] ?|(?P<gap> ?)(?=[^ \n])", re.A)
_BETWEEN = re.compile(r" [a-z]{3,12} (?=(?:bits?|bytes?)\b)", re.A)
"""The word in "5 exponent bits"."""
_POWER = (
    r"(?P<power>\^?\(?-?[1-4]\)?"
    r"(?![0-9A-Za-z]|\.[0-9]|[-–~至到]?[0-9]{0,2} ?[次个回天日周月年小时分秒角元倍克毫片粒支滴岁]))?"
)
_LONGER = 7
"""Letters from which a word is taken for a unit that is misspelt."""
_LONG = tuple(re.compile(pattern) for pattern in (r"[A-Za-z]{3,12} [A-Za-z]{3,12}\b", r"[A-Za-z]{7,16}\b"))
_BESIDE = frozenset("cfvw")
"""Small letters that are units right behind a number alone: 39c, 12v."""
_PARTS = 4
"""Units in one, at most, after the first."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that was read, and where it ends."""

    name: str
    end: int


@dataclass(frozen=True, slots=True)
class Worth:
    """A unit in the base units of its dimension: base = factor * number + offset."""

    factor: float
    offset: float
    dimension: str


@dataclass(frozen=True, slots=True)
class _Spellings:
    """The table of units, ready to be looked for in a text."""

    names: Mapping[str, str]
    unit: re.Pattern[str]
    rate: re.Pattern[str]
    """What stands before the unit of a rate: "beats per ", "次/"."""
    long: Mapping[str, tuple[tuple[str, str], ...]]
    """The longer spellings in Latin letters with their names, by the first letter."""


@dataclass(frozen=True, slots=True)
class _Spelt:
    """One unit as it is spelt in a text."""

    name: str
    word: str
    start: int
    end: int
    power: str = ""

    @property
    def powered(self) -> str:
        """Its name with its power."""
        power = self.power.strip("^()")
        return f"{self.name}**{power}" if power and power != "1" else self.name


def unit_at(text: str, at: int) -> Unit | None:
    """The unit that begins at a place (after one space at most), or None: "mg/dL", "米每二次方秒", "J mol^-1 K^-1"."""
    table = _spellings()
    if over := table.rate.match(text, at):
        below = _spelt(text, over.end())
        if below and not below.power:
            return Unit(f"1/{below.name}", below.end)
    between = _BETWEEN.match(text, at)
    start = between.end() if between else at + (text[at : at + 1] in (" ", "-"))
    start += text[start : start + 1] == "个"
    first = _spelt(text, start)
    if not first or not _plausible(text, at, first):
        return None
    return _compound(text, first)


def _spelt(text: str, at: int) -> _Spelt | None:
    """The one unit that begins at a place, also one of which a longer word is misspelt by a letter."""
    table = _spellings()
    for phrase in (found[0] for pattern in _LONG for found in [pattern.match(text, at)] if found):
        if (name := _misspelt(phrase.lower())) and (" " in phrase or not table.unit.match(text, at)):
            return _Spelt(name, phrase, at, at + len(phrase))
    found = table.unit.match(text, at)
    if not found:
        return None
    word = found["latin"] or found["han"]
    return _Spelt(table.names[word], word, at, found.end(), found["power"] or "")


@lru_cache(maxsize=4096)
def _misspelt(word: str) -> str:
    """The name of the unit that a long word or two are a misspelling of: mililitre, degrees celcius; or nothing."""
    for spelling, name in _spellings().long.get(word[0], ()):
        if one_letter_apart(word, spelling):
            return name
    return ""


def one_letter_apart(one: str, two: str) -> bool:
    """Whether one letter more, less or another makes one word of the other, or two that changed places."""
    if one == two or abs(len(one) - len(two)) > 1:
        return False
    shorter = min(len(one), len(two))
    same = next((n for n in range(shorter) if one[n] != two[n]), shorter)
    rest, rest_two = one[same:], two[same:]
    if len(one) != len(two):
        return rest[1:] == rest_two or rest == rest_two[1:]
    return rest[1:] == rest_two[1:] or (rest[1::-1] == rest_two[:2] and rest[2:] == rest_two[2:])


def _compound(text: str, first: _Spelt) -> Unit:
    """A unit with those that are multiplied with it, or that it is divided by."""
    name, end, bracket = first.powered, first.end, False
    divides = each = False
    for _ in range(_PARTS):
        if each and (more := _spelt(text, end)) and more.word > "\u2e80":  # 焦每千克摄氏度
            name, end = f"{name}/{more.powered}", more.end
            continue
        join = _JOIN.match(text, end)
        more = _spelt(text, join.end()) if join else None
        if not join or not more:
            break
        if join["over"]:
            divides, bracket, each = True, join[0].endswith("("), join["over"] == "每"
        elif join["gap"] is not None and not (more.power or name == "joule"):
            break
        name, end = f"{name}{'/' if divides else '*'}{more.powered}", more.end
        if bracket and text[end : end + 1] == ")":
            end, bracket = end + 1, False
        divides = bracket
    return Unit(name, end)


def _plausible(text: str, at: int, found: _Spelt) -> bool:
    """Whether it is a unit here: 5 分之一, 3 天然 and 20 d-th are none."""
    word, after = found.word, text[found.end : found.end + 2]
    if word > "\u2e80":
        return after[:1] not in _data()["unlike"].get(word, "\0") or not after
    if word in ("x", "d", "b", "t"):
        return word == "x" and found.start == at and not found.power
    if word in _BESIDE:
        return found.start == at and not re.match("[A-Za-z0-9]", after)
    return not (after[:1] == "-" and after[1:].islower() and len(word) == 1)


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    """The table as it stands in the file."""
    return tomllib.loads(files(__package__).joinpath("units.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _spellings() -> _Spellings:
    """Every spelling, the longest first."""
    names = dict(_every_spelling())
    long: dict[str, tuple[tuple[str, str], ...]] = {}
    for spelling, name in names.items():
        if len(spelling) >= _LONGER and spelling.isascii():
            long[spelling[0].lower()] = (*long.get(spelling[0].lower(), ()), (spelling.lower(), name))
    latin, han = (
        "|".join(
            re.escape(s)
            for s in sorted((s for s in names if (s[0] > "\u2e80") == wide), key=len, reverse=True)
        )
        for wide in (False, True)
    )
    counted = "|".join(_data()["counted"]["words"])
    return _Spellings(
        names,
        re.compile(rf"(?:(?P<latin>{latin})(?![A-Za-z])|(?P<han>{han})){_POWER}(?(latin)(?![0-9]))"),
        re.compile(rf" ?(?:(?:{counted}) ?)?(?:/|per |每|{_EACH}) ?"),
        long,
    )


def _every_spelling() -> Iterator[tuple[str, str]]:
    """Spellings and names."""
    data = _data()
    for name, forms in data["prefixed"].items():
        for prefix, signs in {"": [""], **data["prefixes"]}.items():
            if not _takes(prefix, name):
                continue
            for sign in signs:
                if sign != "K" or name in ("byte", "bit"):
                    yield from (
                        (sign + form, prefix + name) for form in forms["zh" if sign > "\u2e80" else "symbols"]
                    )
            yield from ((prefix + word + s, prefix + name) for word in forms["words"] for s in ("", "s"))
            if name == "meter":
                yield from (
                    (f"{power} {prefix}{word}{s}", f"{prefix}{name}**{exponent}")
                    for power, exponent in (("square", 2), ("cubic", 3))
                    for word in forms["words"]
                    for s in ("", "s")
                )
        yield from ((form, name) for form in forms["zh"])
    for prefix, sign in data["binary"].items():
        for name, short in (("byte", "B"), ("bit", "b")):
            yield from (
                (form, prefix + name) for form in (sign + short, f"{prefix}{name}", f"{prefix}{name}s")
            )
    for name, forms in data["fixed"].items():
        yield from ((form, name) for form in forms)


def _takes(prefix: str, name: str) -> bool:
    """Whether a prefix goes with a unit."""
    if prefix in _SMALLER:
        return name in _TAKES_SMALLER
    return not prefix or prefix in _LARGE or name not in _ONLY_LARGE


def also(name: str) -> tuple[float, str] | None:
    """How many of which other unit may be meant by one of this, or None."""
    found = _data()["also"].get(name)
    return (float(found[0]), str(found[1])) if found else None


@lru_cache(maxsize=1)
def _registry() -> Any:
    """The table of units of pint of units, built when two different units first meet."""
    import pint

    registry: Any = pint.UnitRegistry()
    for name, worth_of in _data()["own"].items():
        times, known = worth_of or (1, f"[{name}_of_table]")
        registry.define(f"{_as_own(name)} = {times} * {known}")
    return registry


def _as_own(name: str) -> str:
    """A name for pint, in which units of the table that pint does not have, or has otherwise, are marked."""
    own = "|".join(sorted(_data()["own"], key=len, reverse=True))
    return re.sub(rf"({own})(?=[/*]|$)", r"\1_of_table", name)


@lru_cache(maxsize=1024)
def worth(name: str) -> Worth:
    """What a unit of the table is worth; units that pint does not have are dimensions of their own."""
    own = _data()["own"]
    if own.get(name):
        times, known = own[name]
        base = worth(known)
        return Worth(base.factor * times, 0.0, base.dimension)
    if not name or name in own:
        return Worth(1.0, 0.0, name)
    from pint import PintError

    registry = _registry()
    name = _as_own(name)
    if re.search(r"[/*]", name):
        name = re.sub(r"\bdegree(?:_Celsius)?\b", "kelvin", name)  # a difference
    try:
        unit = registry.Unit(name)
        zero, one = (registry.Quantity(number, unit).to_root_units() for number in (0.0, 1.0))
    except PintError:  # °C/s and the like
        return Worth(1.0, 0.0, name)
    dimension = "" if str(one.units) == "dimensionless" else str(one.units)
    return Worth(float(one.magnitude) - float(zero.magnitude), float(zero.magnitude), dimension)
