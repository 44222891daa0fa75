"""A note that is one formula with words for its quantities, and an answer that is one, both in the same letters:
(waiting + running) / running is (A+B)/B."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from studyllm.grading.values.algebra import LONGEST, equivalent
from studyllm.grading.values.formula_signs import OPERATION, POWERS, SPOKEN, right_of, tokens_of
from studyllm.grading.values.plain import plain
from studyllm.text import CJK, key

_LONGEST = 160
"""Letters of a text that is read."""
_MOST_OF = 0.6
"""Share of a name from which a part of it surely stands for it: 服务时间 for 要求服务时间, not assets for current
assets."""
_LETTERS = "ABCDGHJKLMNQRSTUVWXY"
_OF = re.compile(
    r"\b(?:the )?(?P<of>sum|difference|product|ratio|quotient) (?:of|between) (?P<one>[\w ]{1,40}?) (?:and|to) "
    r"(?P<two>[\w ]{1,40}?)(?=$| (?:plus|minus|times|over|divided|multiplied)\b|\s?[-+*/^()×·÷])",
    re.I | re.A,
)
_OF_SIGNS = {"sum": "+", "difference": "-", "product": "*", "ratio": "/", "quotient": "/"}
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?", re.A)
_NAME = re.compile(
    rf"Δ?[A-Za-zα-ωΑ-Ω](?:_?[A-Za-z0-9]{{1,3}})?|[{CJK}]{{1,16}}|[^\W\d_]{{3,20}}(?:[' ]+[^\W\d_]{{1,20}}){{0,4}}"
)
_WORD = re.compile(rf"[{CJK}]{{2}}|[^\W\d_{CJK}]{{3}}")
_LEFT = re.compile(r"^[^=:]*[=:]")
_MINUS = re.compile(r"[−－]")
"""Signs that are always a minus, never a hyphen or a dash."""
_ALONE = re.compile(r"(?<![\w.])(?<![A-Za-z0-9]{2}[-–/])\d")
"""A number that is not part of a name (UTF-8, HTTP/2), a date or a range."""
_MORE = re.compile(r"[OΘΩPf]\(|[√Σ∑≤≥<>≈±]|根|对数|\b(?:root|log|ln|lg|sin|cos|tan|exp)\b", re.I | re.A)
"""Roots, logarithms, relations and the like: a formula with one of these is not read."""
_SIDE_BY_SIDE = re.compile(r"[A-Z)\d]\(|\)[A-Z\d]|[A-Z\d][A-Z]|[A-Z]\d")
"""In letters, factors without a sign between them."""
_SUM_IN_FRACTION = re.compile(r"[-+][^()/]*\)\s*/|/\s*\([^()/]*[-+]")
_DOUBTFUL = re.compile(r"^[^()]*[+-][^()]*[*/]")
"""A sum before a product or a quotient: said in words, it is open what belongs together (a plus b over c)."""
_SURELY_SPOKEN = re.compile(r"除以|乘以|减去|\b(?:divided by|multiplied by|minus)\b", re.I | re.A)
_DENIED = re.compile(r"[未不非无没]|\b(?:not|no|non|un\w+)\b", re.I)
"""Words that make of a name what it is not: 未提交, unpaid bills."""
_ANOTHER = re.compile(rf"{_DENIED.pattern}|[净毛]|平均|\b(?:net|gross|average)\b", re.I)
"""These, and words that make another quantity of a name: net in net sales."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A note that is a formula: its letters by its names, and itself in them."""

    names: Mapping[str, str]
    form: str
    name: str
    """What it is of, where that is written before the sign of equality."""
    surely: bool
    """Whether its signs can be nothing but those of arithmetic; else the answer has to take them so in words."""


@lru_cache(maxsize=64)
def of_note(note: str) -> Formula | None:
    """A note as a formula; None where it is none, or one that cannot be compared."""
    text = plain(note).text.strip(" $`*。.\n") if len(note) <= _LONGEST else ""
    arithmetic = bool(text) and "\n" not in text and _is_arithmetic(note, text)
    if arithmetic is False:
        return None
    tokens = list(tokens_of(text, (), POWERS if OPERATION.search(_LEFT.sub("", text)) else SPOKEN))
    name, tokens = right_of(tokens)
    operands = [token.text for token in tokens if not token.sign]
    names: dict[str, str] = {}
    for operand in operands:
        if not _NUMBER.fullmatch(operand) and operand not in names:
            if not _NAME.fullmatch(operand) or len(names) == len(_LETTERS):
                return None
            names[operand] = _LETTERS[len(names)]
    folded = {key(one) for one in names}
    if len(operands) < 2 or not names or len(folded) < len(names) or "" in folded:
        return None
    form = "".join(token.sign or names.get(token.text) or _number(token.text) for token in tokens)
    doubtful = any(token.spoken for token in tokens) and _DOUBTFUL.search(form)
    if doubtful or (any(map(_WORD.search, names)) and _SIDE_BY_SIDE.search(form)):
        return None
    read = len(form) <= LONGEST and equivalent(("z", form), ("z", form))
    return Formula(names, form, name, surely=bool(arithmetic)) if read else None


def _is_arithmetic(note: str, text: str) -> bool | None:
    """Whether the signs of a note are those of arithmetic, and not of alternatives (read / write), a dash (Paris - a
    city), parts in their order (subject + verb) or grammar (be + noun/adjective); None where they may be either."""
    bare = _LEFT.sub("", text)
    signs = set(OPERATION.findall(bare))
    if not signs:
        return _SURELY_SPOKEN.search(text) is not None and not _MORE.search(text)
    if "→" in text or _MORE.search(text) or signs <= {"+", "·"}:
        return False
    if signs & {"×", "÷", "^"} or _MINUS.search(note) or _ALONE.search(bare) or _SUM_IN_FRACTION.search(bare):
        return True
    if "-" in signs <= {"+", "-"} and bare != text and not re.search("[A-Za-z]", bare):
        return True
    return None if signs in ({"/"}, {"-"}) else False


def of_answer(answer: str, note: Formula) -> tuple[tuple[str, ...], bool]:
    """The readings of an answer in the letters of the note, and whether its operands surely are the note's: signs of
    arithmetic bind as usual, words may also be meant in their order. No reading where it is no formula or has other
    quantities."""
    text = plain(answer).text.strip(" $`*。.\n！!") if len(answer) <= _LONGEST else ""
    text = _OF.sub(lambda found: f"({found['one']}{_OF_SIGNS[found['of'].lower()]}{found['two']})", text)
    longest = tuple(sorted(note.names, key=len, reverse=True))
    name, tokens = right_of(list(tokens_of(text, longest, SPOKEN)))
    in_words = any(token.spoken for token in tokens)
    if sum(not token.sign for token in tokens) < 2 or (note.name and name and not _may_be(note.name, name)):
        return (), False
    if not (note.surely or in_words or "÷" in answer or _MINUS.search(answer)):
        return (), False
    found = [(token.sign, True) if token.sign else _letter(token.text, note.names) for token in tokens]
    letters = [letter for letter, _surely in found]
    form = "".join(letters)
    if not all(letters) or len(form) > LONGEST:
        return (), False
    return (form, _in_order(letters)) if in_words else (form,), all(surely for _letter, surely in found)


def _in_order(letters: list[str]) -> str:
    """The operations one after the other: (a + b) / c for "a plus b over c"; as they stand where there are brackets."""
    if "(" in letters:
        return "".join(letters)
    told = ""
    for letter in letters:
        told = f"({told}){letter}" if letter in "*/" and told else told + letter
    return told


def _letter(operand: str, names: Mapping[str, str]) -> tuple[str, bool]:
    """The letter of the one name of the note that an operand is, a part of, or has in it, and whether it surely is it;
    a number is itself."""
    if _NUMBER.fullmatch(operand):
        return _number(operand), True
    if operand in names:
        return names[operand], True
    own = key(operand)
    same = [letter for name, letter in names.items() if key(name) == own]
    if same:
        return same[0], True
    parts = [
        (letter, len(own) / len(key(name)) if not _ANOTHER.search(name.replace(operand, " ")) else 0.0)
        for name, letter in names.items()
        if _within(operand, name)
    ]
    if parts and len(own) > 1:
        return (parts[0][0], parts[0][1] >= _MOST_OF) if len(parts) == 1 else ("", False)
    longer = [letter for name, letter in names.items() if len(key(name)) > 1 and _within(name, operand)]
    return (longer[0], False) if len(longer) == 1 and not _DENIED.search(operand) else ("", False)


def _may_be(name: str, operand: str) -> bool:
    """Whether an operand is a part of a name: 服务时间 for 要求服务时间."""
    return key(name) == key(operand) or _within(operand, name)


def _within(short: str, long: str) -> bool:
    """Whether one text stands in another, a Latin one as whole words."""
    if not short.isascii():
        return key(short) in key(long)
    return re.search(rf"(?<![a-z0-9]){re.escape(short.lower())}(?![a-z0-9])", long.lower()) is not None


def _number(text: str) -> str:
    return f"({text[:-1]}/100)" if text.endswith("%") else text
