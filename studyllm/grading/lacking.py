"""Things of a list that an answer leaves out: it names others word for word, and of these nothing stands there."""

import re
from collections import Counter
from collections.abc import Sequence

from studyllm.grading.lexical import soft_recall, units, words
from studyllm.grading.listing import stated
from studyllm.text import CJK, key, language

_OTHERS = 2
"""Things that have to be named: who says one of them in its own words may say the next in others."""
_SHORT = {"zh": 12, "en": 32}
"""Letters of a thing; of what is longer something always stands elsewhere."""
_BEGUN = 4
"""Letters that an abbreviation shares with its word: carbs, carbohydrates."""
_LABEL = re.compile(r"^[^：:]{1,24}[：:]\s*(?=\S)")
_HAN = re.compile(f"[{CJK}]")
_LATIN = re.compile(r"[A-Za-z]{3,}")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")


def lacking(points: Sequence[str], answer: str) -> tuple[bool, ...]:
    """For each point whether it is a short thing of which nothing stands in the answer, in another script or as an
    abbreviation neither, where at least half of the short ones stand there word for word."""
    things = unlabelled(points)
    short = [len(key(one)) <= _SHORT["zh" if language(one) == "zh" else "en"] for one in things]
    named = stated(things, answer)
    there = [
        brief and (one or _stands(thing, answer))
        for one, brief, thing in zip(named, short, things, strict=True)
    ]
    if sum(there) < max(_OTHERS, sum(short) / 2):
        return (False,) * len(points)
    return tuple(
        brief and not one and not _has_something(answer, thing, others=[o for o in things if o != thing])
        for one, brief, thing in zip(there, short, things, strict=True)
    )


def unlabelled(points: Sequence[str]) -> tuple[str, ...]:
    """Points without the label that several of them share, as the cells of a row in several points do."""
    labels = Counter(found[0] for found in map(_LABEL.match, points) if found)
    shared = {label for label, number in labels.items() if number > 1}
    return tuple(
        point[found.end() :] if (found := _LABEL.match(point)) and found[0] in shared else point
        for point in points
    )


def _stands(thing: str, answer: str) -> bool:
    """Whether a Chinese thing stands in an answer, also one with a 和 in it that parts items elsewhere."""
    return len(key(thing)) > _OTHERS and bool(_HAN.match(thing)) and key(thing) in key(answer)


def _has_something(answer: str, thing: str, others: Sequence[str]) -> bool:
    """Whether something in an answer may stand for a thing."""
    if frozenset(units(thing)) & frozenset(units(answer)):
        return True
    rest = answer
    for other in others:
        rest = re.sub(re.escape(other), " ", rest, flags=re.IGNORECASE)
    if _HAN.search(thing):
        return bool(_LATIN.search(rest)) or 2 * sum(letter in rest for letter in key(thing)) >= len(
            key(thing)
        )
    if (
        _HAN.search(rest)
        or soft_recall(thing, rest)
        or any(_initials(thing, short) for short in _CAPITALS.findall(rest))
    ):
        return True
    begun = {word[:_BEGUN] for word in words(rest) if len(word) >= _BEGUN}
    return not begun.isdisjoint(word[:_BEGUN] for word in words(thing))


def _initials(thing: str, short: str) -> bool:
    """Whether some of the letters of a thing, the first among them, are an abbreviation."""
    letters = iter(key(thing))
    return all(letter in letters for letter in short.lower()) and key(thing)[:1] == short[:1].lower()
