"""Names with numbers in plain text (HTTP/2, SHA-256, Python 3.11, UTC+8), addresses, ratios and identifiers of code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studyllm.grading.values.number_words import english
from studyllm.grading.values.units import unit_at
from studyllm.grading.values.value import Sign, ValueKind

_VERSION = r"[0-9]{1,6}(?:\.[0-9]{1,4}){0,3}"
_JOINED = re.compile(
    rf"(?<![A-Za-z0-9_.^])(?P<name>[A-Za-z]{{1,12}})(?P<mark>[-/]?)[vV]?(?P<version>{_VERSION})(?![A-Za-z0-9_^]|\.[0-9])"
)
_APART = re.compile(
    r"(?<![A-Za-z0-9_.^])(?P<name>[A-Z][A-Za-z]{0,11}|python|java|git|node|version|http) "
    r"(?:[vV]\.? ?|[Vv]ersion |版本 ?)?"
    r"(?P<version>(?<=v)[0-9]{1,4}|[0-9]{1,4}(?:\.[0-9]{1,4}){1,3})(?![A-Za-z0-9_^/%]| ?[-×x~±°]|\.[0-9])"
)
_ALONE = re.compile(rf"(?<![A-Za-z0-9])(?P<name>[vV])\.?(?P<version>{_VERSION})(?![A-Za-z0-9_^]|\.[0-9])")
_ISOTOPE = re.compile(r"(?P<name>[碳钾铀钴碘氢锶铯钚镭钋氧氮铅])-(?P<version>[0-9]{1,3})(?![0-9]|\.[0-9])")
_ZONE = re.compile(r"\b(?P<name>UTC|GMT) ?(?P<version>[-+] ?[0-9]{1,2}(?::?[0-9]{2})?)(?![0-9])", re.A)
_NO_NAME = frozenset(
    """in on at by the about over from since under below above of to and or is are was than least most up with for per
    a an around roughly nearly only within after before between until it its has have had takes took costs ph
    approximately alpha beta gamma delta theta lambda sigma layer node var equals exactly measures averages averaged
    minus plus some where when if then see e x times ratio value says""".split()  # noqa: SIM905
)
_NUMBERED = 3
"""Digits from which a small letter or two before them are a name: b738."""
_ADDRESS = re.compile(
    r"(?<![0-9A-Za-z:.])(?:[0-9a-f]{1,4}:){1,7}:?(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?/[0-9]{1,3}(?![0-9])"
    r"|(?<![0-9A-Za-z:.])(?:[0-9a-f]{1,4}:){1,7}:[0-9a-f]{1,4}(?![0-9A-Za-z:])"
    r"|(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?:/[0-9]{1,2})?(?![0-9]|\.[0-9])"
)
_PART = r"[0-9]{1,4}(?:\.[0-9]{1,3})?"
_RATIO = re.compile(rf"(?<![0-9:.]){_PART}(?: ?: ?{_PART}){{1,4}}(?![0-9:]|\.[0-9])")
_COUNT = r"[0-9]{1,3}|one|two|three|four|five|six|eight|ten"
_PARTS = re.compile(
    rf"\b(?P<first>{_COUNT}) parts? (?:of )?(?P<of>[a-z]{{2,15}}),? (?:to|and) "
    rf"(?P<second>{_COUNT})(?: parts?)? (?:of )?(?P<to>[a-z]{{2,15}})\b",
    re.I | re.A,
)
_OF_TWO = re.compile(r" (?:of |ratio of )?(?P<of>[a-z]{2,15}) (?:to|and) (?P<to>[a-z]{2,15})\b", re.I | re.A)
_OF_TWO_ZH = re.compile(
    r"(?P<of>[\u4e00-\u9fff]{1,4})(?:[与和跟比:/]|之比)(?P<to>[\u4e00-\u9fff]{1,4}?)(?:的?(?:比例?|之比|体积比|质量比))?"
    r"[是为=约]{0,2} ?\Z"
)
_DIGITS = "一二三四五六七八九十"
_RATIO_ZH = re.compile(rf"([0-9]{{1,4}}|[{_DIGITS}]) ?比 ?([0-9]{{1,4}}|[{_DIGITS}])(?!.?[大小多少])")
_WORD = r"[A-Za-z_][A-Za-z0-9_]{1,30}"
_CODE = re.compile(
    r"`([A-Za-z_][A-Za-z0-9_.]{1,40}(?:\([^`()]{0,20}\))?)`"
    rf"|\b({_WORD}(?:\.{_WORD}){{0,3}}\((?:-?[0-9]{{1,5}})?\))"
    r"|\b([a-z]{1,20}(?:_[a-z0-9]{1,20}){1,5}|[a-z]{2,15}(?:[A-Z][a-z]{1,15}){1,4})\b"
    r"|(?<![A-Za-z0-9_./@])([a-z]{2,15}\.[a-z_]{3,20})(?![A-Za-z0-9_./@(-])",
    re.A,
)
_LITERAL = re.compile(r"-?[0-9.]{1,9}(?:,-?[0-9.]{1,9}){0,3}")
_NO_CODE = frozenset(("com", "org", "net", "html", "pdf", "mmHg"))


def names(text: str) -> Iterator[Sign]:
    """Every name with a number: the name folded, the number's parts without zeros at the end."""
    for pattern in (_ZONE, _ISOTOPE, _ALONE, _JOINED, _APART):
        for found in pattern.finditer(text):
            name = found["name"]
            joined = pattern is _JOINED and not found["mark"]
            if (
                pattern is _JOINED
                and found["mark"] == "/"
                and unit_at(name, 0)
                and unit_at(text, found.end())
            ):
                continue  # 80 mg/100 mL
            if pattern is _JOINED and not _names(name, found["mark"], found["version"]):
                continue
            if pattern is _APART and unit_at(text, found.end()):
                continue  # Si 1.12 eV
            if name.lower() in _NO_NAME and not (joined and len(name) == 1):
                continue
            if len(name) > 2 and name[-1] in "vV" and name.lower() not in ("ipv", "hiv"):
                name = name[:-1]  # TLSv1.3
            form = re.sub(r"(?:\.0+)+$", "", found["version"].replace(" ", ""))
            name = "" if name.lower() in ("v", "version") else name
            number = float(form) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", form) else 0.0
            yield Sign(ValueKind.NAMED, found.start(), found.end(), form, name.lower(), number, number)


def _names(name: str, mark: str, version: str) -> bool:
    """Whether a word before digits is a name, and no letter in a formula: x1, k-1."""
    if not name.islower():
        return True
    return 1 < len(name) <= 8 if mark else len(name) > 2 or len(version) >= _NUMBERED


def addresses(text: str) -> Iterator[Sign]:
    """127.0.0.1, 10.0.0.0/8, 2001:db8::/32."""
    for found in _ADDRESS.finditer(text):
        yield Sign(ValueKind.ADDRESS, found.start(), found.end(), found[0])


def ratios(text: str) -> Iterator[Sign]:
    """3:1, 9 : 3 : 3 : 1, 三比一, three parts oil to one part vinegar; times of the day too. The name is of what they
    are where that is told, in the order of the letters: the ratio is turned to it."""
    for found in _PARTS.finditer(text):
        first, second = (english([found[n].lower()]) for n in ("first", "second"))
        numbers = [
            found[n] if not read else f"{read.value:g}" for n, read in (("first", first), ("second", second))
        ]
        if all(number.isdigit() for number in numbers):
            yield _of_two(found.start(), found.end(), numbers, (found["of"], found["to"]))
    for found in _RATIO.finditer(text):
        numbers = found[0].replace(" ", "").split(":")
        after = _OF_TWO.match(text, found.end())
        before = _OF_TWO_ZH.search(text[max(0, found.start() - 24) : found.start()])
        if len(numbers) == 2 and (named := after or before):
            yield _of_two(found.start(), found.end(), numbers, (named["of"], named["to"]))
        else:
            yield Sign(ValueKind.RATIO, found.start(), found.end(), ":".join(numbers))
    for found in _RATIO_ZH.finditer(text):
        parts = (str(_DIGITS.index(part) + 1) if part in _DIGITS else part for part in found.groups())
        yield Sign(ValueKind.RATIO, found.start(), found.end(), ":".join(parts))


def _of_two(start: int, end: int, numbers: list[str], named: tuple[str, str]) -> Sign:
    """A ratio of two named things."""
    pairs = sorted(zip((name.lower() for name in named), numbers, strict=True))
    return Sign(
        ValueKind.RATIO, start, end, ":".join(n for _, n in pairs), ":".join(name for name, _ in pairs)
    )


def identifiers(text: str) -> Iterator[Sign]:
    """`append()`, list.append(), max_age, camelCase: the form is the last part, folded; the name what it is called with
    where that is nothing or numbers."""
    for found in _CODE.finditer(text):
        whole = next(filter(None, found.groups()))
        last, opened, arguments = whole.partition("(")
        last = last.rpartition(".")[2]
        if len(last) > 1 and last not in _NO_CODE:
            given = arguments.rstrip(")").replace(" ", "") if opened else ""
            name = (given or "()") if opened and (not given or _LITERAL.fullmatch(given)) else ""
            yield Sign(ValueKind.CODE, found.start(), found.end(), last.lower(), name)
