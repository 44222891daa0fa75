"""Answers that differ from others in a value alone, for bench/reader_lessons.py: another value, or the same one in
another form. They are made from notes and right answers that hold numbers, units, relations or directions; what they
are worth follows from that."""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bench.graded import Row
from studyllm.grading import Question
from studyllm.grading.scoring import filled

FILE = Path(__file__).parent / "answers_values.jsonl"
HAND = "values/"
"""What the hands of these cases are called by: HAND + writer."""
WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![A-Za-z_.,])\d+(?:\.\d+)?(?!\d)")
_POWER = re.compile(r"⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\^\(?-?\d+\)?")
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", "^()")
_JOINS = re.compile(r"and|or|to|[\s,、，和与或及至到~～–—/&-]|℃|°C|%")
"""What stands between two numbers whose order says nothing, or is that of a range."""
_SIGN = re.compile(r"(?<![\d\w)])(?<![\d\w)]\s)[-−–](?=\d)")
Span = tuple[int, int]


@cache
def _opposites() -> tuple[tuple[str, str], ...]:
    found = [pair.split(",") for pair in re.split(r"[|\n]", WORDS["opposites"].strip())]
    return tuple((a, b) for a, b in found) + tuple((b, a) for a, b in found)


@cache
def _units() -> dict[str, list[tuple[str, float]]]:
    """From a unit to others, with the factor that a number is multiplied by."""
    found: dict[str, list[tuple[str, float]]] = {}
    for entry in re.split(r"[|\n]", WORDS["units"].strip()):
        large, small, factor = entry.split()
        found.setdefault(large, []).append((small, float(factor)))
        found.setdefault(small, []).append((large, 1 / float(factor)))
    return found


@cache
def _word(text: str) -> re.Pattern[str]:
    latin = text.isascii() and text[0].isalpha()
    return re.compile(rf"(?<![A-Za-z]){text}(?![A-Za-z])" if latin else re.escape(text))


@cache
def _unit(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=\d)\s?{re.escape(name)}(?![A-Za-z0-9/²³])")


def _number(value: float) -> str:
    return f"{value:.10g}" if 1e-4 <= abs(value) < 1e12 else ""


def _digits_swapped(number: str, dice: random.Random) -> str:
    digits = [i for i, c in enumerate(number) if c.isdigit()]
    first, second = sorted(dice.sample(digits, 2)) if len(digits) > 1 else (0, 0)
    if number[first] == number[second] or (not first and number[second] == "0"):
        return ""
    changed = list(number)
    changed[first], changed[second] = changed[second], changed[first]
    return "".join(changed)


def _digit_changed(number: str, dice: random.Random) -> str:
    place = dice.choice([i for i, c in enumerate(number) if c.isdigit()])
    digit = (int(number[place]) + dice.choice((-2, -1, 1, 2, 3))) % 10
    return number[:place] + str(digit) + number[place + 1 :] if place or digit else ""


def _multiplied(number: str, dice: random.Random) -> str:
    return _number(float(number.replace(",", "")) * dice.choice((0.1, 10.0, 100.0, 2.0, 0.5)))


def _otherwise(number: str, dice: random.Random) -> str:
    """Another number that is easily taken for this one."""
    ways = [way(number, dice) for way in dice.sample((_digits_swapped, _digit_changed, _multiplied), 3)]
    return next((new for new in ways if new), number.replace(",", "") + "0")


def _replaced(text: str, span: Span, new: str) -> tuple[str, Span]:
    return text[: span[0]] + new + text[span[1] :], span


def _numbers_changed(text: str, dice: random.Random) -> Iterator[tuple[str, Span]]:
    numbers = list(_NUMBER.finditer(text))
    if numbers:
        one = dice.choice(numbers)
        yield _replaced(text, one.span(), _otherwise(one[0], dice))
    if len({n[0] for n in numbers}) > 1:
        first, second = sorted(dice.sample(numbers, 2), key=lambda n: n.start())
        middle = text[first.end() : second.start()]
        if first[0] != second[0] and len(_JOINS.sub("", middle)) > 1:
            yield _replaced(text, (first.start(), second.end()), second[0] + middle + first[0])
    if powers := list(_POWER.finditer(text)):
        one = dice.choice(powers)
        old = int(one[0].translate(_LOWERED))
        new = -old if dice.random() < 0.4 else old + dice.choice((-1, 1, 2))
        if new not in (0, 1):
            yield _replaced(text, one.span(), f"^{new}" if "^" in one[0] else str(new).translate(_RAISED))
    if signed := list(_SIGN.finditer(text)):
        yield _replaced(text, dice.choice(signed).span(), "")


def other_values(text: str, dice: random.Random) -> Iterator[tuple[str, Span]]:
    """The text with one value changed, and the place of what was changed; at most one of each way."""
    yield from _numbers_changed(text, dice)
    found = [(m, old, new) for old, new in _opposites() if (m := _word(old).search(text))]
    if found:
        match, old, new = dice.choice(found)
        there = {old: new, new: old}
        both = re.compile(f"{_word(old).pattern}|{_word(new).pattern}")
        yield both.sub(lambda m: there[m[0]], text), match.span()
    if places := [(m, unit) for unit in _units() for m in _unit(unit).finditer(text)]:
        match, unit = dice.choice(places)
        yield _replaced(text, match.span(), match[0].replace(unit, dice.choice(_units()[unit])[0]))


def same_values(text: str, lang: str, dice: random.Random) -> Iterator[str]:
    """The text with its value in another form; at most one of each way."""
    numbers = list(_NUMBER.finditer(text))
    single = [n for n in numbers if not re.search(r"\d\s?[-–~～至到]\s?$", text[: n.start()])]
    places = [(n, m, unit) for n in single for unit in _units() if (m := _unit(unit).match(text, n.end()))]
    if places:
        number, match, unit = dice.choice(places)
        new, factor = dice.choice(_units()[unit])
        value = _number(float(number[0].replace(",", "")) * factor)
        if value and len(value) < 9:
            yield _replaced(text, (number.start(), match.end()), value + match[0].replace(unit, new))[0]
    if small := [n for n in numbers if n[0].isdigit() and _alone(text, n) and _spelt(int(n[0]), lang)]:
        one = dice.choice(small)
        yield _replaced(text, one.span(), _spelt(int(one[0]), lang))[0]
    if long := [n for n in numbers if n[0].isdigit() and len(n[0]) > 4]:
        one = dice.choice(long)
        yield _replaced(text, one.span(), f"{int(one[0]):,}")[0]
    if share := re.search(r"(?<![\w.,])(\d+(?:\.\d+)?)\s?%", text):
        yield _replaced(text, share.span(), f"百分之{share[1]}" if lang == "zh" else f"{share[1]} percent")[0]
    if power := _POWER.search(text):
        bare = power[0].translate(_LOWERED)
        yield _replaced(text, power.span(), bare.translate(_RAISED) if "^" in power[0] else "^" + bare)[0]
    for old, new in WORDS["signs"]:
        if old in text and dice.random() < 0.5:
            yield text.replace(old, new)


def _alone(text: str, number: re.Match[str]) -> bool:
    """Whether a number stands by itself, in no formula, ratio or name."""
    before = re.search(r"[^\s，。（(一-鿿]$", text[: number.start()])
    return not before and not re.match(r"[^\s，。）)一-鿿]", text[number.end() :])


def _spelt(number: int, lang: str) -> str:
    """A number below 100 in words, or nothing."""
    tens, ones = divmod(number, 10)
    if number > 99:
        return ""
    if lang == "zh":
        words = WORDS["zh"].split()
        ten = ("" if tens == 1 else words[tens]) + "十" if tens else ""
        return ten + (words[ones] if ones or not tens else "")
    words = WORDS["en"].split()
    if number < len(words):
        return str(words[number])
    ten = str(WORDS["tens"].split()[tens - 2])
    return ten + (f"-{words[ones]}" if ones else "")


def touched(point: str, text: str, span: Span) -> bool:
    """Whether a point holds what was changed in a text."""
    old = text[slice(*span)].strip()
    return bool(old) and bool(_word(old).search(point) if old[0].isalpha() else old in point)


def value_rows() -> Iterator[Row]:
    """The cases of bench/answers_values.jsonl as graded answers. Another value of one among several makes an answer
    partly right; which point it is of nobody said."""
    for place, line in enumerate(FILE.read_text("utf-8").splitlines()):
        case = json.loads(line)
        if case["verdict"] not in ("same", "other"):
            continue
        question, hand = Question(case["question"], case["note"]), HAND + case.get("hand", "first")
        asked = filled(question)
        same, points = case["verdict"] == "same", len(asked.points)
        label = "correct" if same else "incorrect" if points == 1 else "partial"
        states = "H" * points if same else "C" if points == 1 else ""
        yield Row(
            f"{hand}/{place}",
            "values",
            hand,
            f"{hand}/{question.text}/{question.reference}",
            question,
            case["answer"],
            {"correct": 1.0, "partial": 0.5}.get(label, 0.0),
            float(not same),
            asked.lang,
            case["verdict"],
            states,
            hand,
            label,
            "1" * points,
        )
