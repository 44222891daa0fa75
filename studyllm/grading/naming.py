"""Names and what stands for them: the parts of a name with a parenthesis, translations, a letter more or less."""

import re
from functools import lru_cache

from studyllm.text import CJK, fold, key

_BRACKETED = re.compile(r"\s*([^()（）]{2,40}?)\s*[(（]([^()（）]{1,60})[)）]\s*[。.]?\s*")
_REMARK = re.compile(rf"(?<=[\s{CJK}])(?:[（(][^（()）]*[)）]|\[[^\[\]]*\])")
_ABBREVIATION = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-zα-ωΑ-Ω0-9+\-]{2,12}")
_APART = re.compile(r"\s*[/、，,；;]\s*|或")
_CLAUSE = re.compile(r"[。；;，,：:、]")
_WORD_CLASS = re.compile(
    r"\s*(?:n|v|vt|vi|adj|adv|a|ad|prep|conj|pron|num|int)\.(?:\s*[/&]\s*[a-z]{1,4}\.)?\s*"
)
_LIGHT = frozenset("的速性化型式地得能")
"""Chinese letters that a term has or lacks without becoming another: 快重传, 快速重传."""
_LEAST = 3
"""Letters of a term of which one may be lacking."""


def outside_remarks(point: str) -> str:
    """What a point says outside of brackets: repressible (normally on)."""
    return _REMARK.sub("", point).strip(" 。.，,；;")


def without_remarks(point: str) -> str:
    """A point without what it has in brackets, where that only adds to what is said before it: Hadley v Baxendale
    [1854] (mill shaft); empty for any other point."""
    remarks, bare = _REMARK.findall(point), outside_remarks(point)
    whole = len(bare.split()) > 1 or len(re.findall(f"[{CJK}]", bare)) > _LEAST
    return bare if remarks and whole and len(key(bare)) >= max(map(len, map(key, remarks))) else ""


@lru_cache(maxsize=256)
def alternatives(reference: str) -> tuple[str, ...]:
    """What is as right as a reference that is a name with its abbreviations in parentheses, or translations of a word:
    each of them."""
    if opened := _WORD_CLASS.match(reference):
        meanings = tuple(part.strip(" 。.") for part in _APART.split(reference[opened.end() :]))
        chinese = all(re.fullmatch(f"[{CJK}…]{{1,8}}", meaning) for meaning in meanings)
        return meanings if chinese else ()
    found = _BRACKETED.fullmatch(reference)
    if not found or _CLAUSE.search(found[1]) or _ABBREVIATION.search(found[1]):
        return ()
    short = _APART.split(found[2])
    return (found[1], *short) if all(map(_ABBREVIATION.fullmatch, short)) else ()


def alike(one: str, two: str) -> bool:
    """Whether two Chinese terms are one but for letters such as 性 or 化 that one of them lacks."""
    one, two = sorted((key(one), key(two)), key=len)
    if one == two:
        return bool(one)
    if len(one) < _LEAST or len(two) - len(one) > 2 or not re.fullmatch(f"[{CJK}]+", two):
        return False
    rest = iter(two)
    return all(letter in rest for letter in one) and _heavy(one) == _heavy(two)


def _heavy(term: str) -> str:
    return "".join(letter for letter in fold(term) if letter not in _LIGHT)
