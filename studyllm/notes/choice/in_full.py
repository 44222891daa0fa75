"""Lines that say how many things they name, and name them all."""

import re

from studyllm.notes.candidates import Candidate
from studyllm.notes.words.labels import is_list_title

_ARROWS = re.compile(r"→|⇒|[-=]{1,2}>")
_ENGLISH, _HAN = (
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "二三四五六七八九十",
)
_NUMBERS = {word: at for words in (_ENGLISH, _HAN) for at, word in enumerate(words, 2)} | {"两": 2}
_OWN = re.compile(r"(?:I|we|my|our)\b|[我咱]", re.IGNORECASE)
_HOW_MANY = re.compile(
    rf"(?<![a-z])({'|'.join(_ENGLISH)})(?: [a-z]+){{1,2}}$|([两{_HAN}]|[0-9]{{1,2}})[个种类点大方步条项]",
    re.IGNORECASE,
)
"""How many things a line says there are."""
_COMMA = re.compile(
    r",?\s{1,3}(?:and|or|und|et|y|e)\s{1,3}|[,，、;；]\s*|(?<=[\u4e00-\u9fff])(?:和|及|与)(?=[\u4e00-\u9fff])"
)


def told_in_full(one: Candidate) -> bool:
    """Whether a line names as many things as it says there are, or a course of things with arrows between them: four
    phases: a, b, c and d."""
    if not one.form.endswith("plain colon") or "\n" in one.answer or _OWN.match(one.term):
        return False
    count = _HOW_MANY.search(one.term)
    if count is None:
        return len(_ARROWS.findall(one.answer)) >= 2 and is_list_title(one.term)
    named = [part for part in _COMMA.split(one.answer.rstrip(".。")) if part.strip()]
    said = (count[1] or count[2]).casefold()
    return len(named) == (int(said) if said.isdecimal() else _NUMBERS.get(said))
