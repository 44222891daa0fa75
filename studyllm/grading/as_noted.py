"""Words of an answer as its note writes them: a number in other figures (MHC 1, MHC I), a word without its accents."""

from __future__ import annotations

import re
from functools import lru_cache

from studyllm.grading.equal_words import as_placed
from studyllm.grading.spelling import seen
from studyllm.grading.verdict import Question
from studyllm.text import fold, unaccented

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_NUMBERED = re.compile(r"\b([^\W\d_]{2,24})([ -]?)(IX|IV|V?I{1,3}|V|X|10|[1-9])(?![\w.,]?\w)")
"""A name and its number."""
_COUNTED = re.compile(
    r"[A-Z]{2,}|(?:type|class|phase|stage|grade|factor|complex|part|chapter|book|volume|war|act|nerve|level|category"
    r"|typ|klasse|stufe|teil|tipo|clase|classe|fase|grado|titre|livre)s?",
)
"""Names that are counted: a lone I, V or X behind any other is a letter."""
_WORD = re.compile(r"[A-Za-zÀ-ɏ]{3,}")
_FEWEST = 4
"""Words of a note from which on an accent is no more than spelling: of one word it may make another form."""


def as_noted(question: Question, answer: str) -> str:
    """An answer with the numbers of names, words without accents and those for one place as its note has them; as it is
    where how a word is written is asked."""
    if question.exact:
        return answer
    answer = as_placed(question.reference, answer)
    names, accented = _of(question.reference)
    if names:
        answer = _NUMBERED.sub(lambda found: names.get(_named(found), found[0]), answer)
    if accented:
        answer = _WORD.sub(lambda found: _accented(found[0], accented), answer)
    return answer


@lru_cache(maxsize=64)
def _of(reference: str) -> tuple[dict[tuple[str, int], str], dict[str, str]]:
    """The names with a number of a text, and its words with accents by what they are without."""
    names = {_named(found): found[0] for found in _NUMBERED.finditer(reference) if _is_counted(found)}
    words = _WORD.findall(reference)
    if len(words) < _FEWEST:
        return names, {}
    plain = {fold(word) for word in words}
    accented = {unaccented(fold(word)): word for word in words if unaccented(fold(word)) != fold(word)}
    return names, {bare: word for bare, word in accented.items() if bare not in plain}


def _is_counted(found: re.Match[str]) -> bool:
    return found[3] not in ("I", "V", "X") or _COUNTED.fullmatch(found[1]) is not None


def _named(found: re.Match[str]) -> tuple[str, int]:
    """A name and its number, however that is written."""
    number = found[3]
    return fold(found[1]), int(number) if number.isdecimal() else _ROMAN.index(number) + 1


def _accented(word: str, accented: dict[str, str]) -> str:
    """A word as the note has it, unless it is a common word itself."""
    return word if seen(f"={fold(word)}") else accented.get(fold(word), word)
