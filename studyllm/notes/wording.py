"""Terms and definitions as one asks for the other: names hidden, texts shortened, answers compared."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from studyllm.cards import Card, Kind
from studyllm.notes.candidates.readings import without_reading
from studyllm.text import CJK, LATIN, fold, has_wide, key

_GAP, _LATIN_GAP = "＿＿", "____"
GAPS = re.compile("[＿_]{2,}")
"""A word that is hidden, as `gap_in` shows it."""
LONGEST = 150
"""Letters of a definition that is one of several on the screen."""
_TELLING = 12
"""Letters of a cell that says enough by itself."""
_TELLING_WIDE, _TELLING_LATIN = 2, 4
"""Letters of a stretch of a term that tells which one it is."""
_STOPS = ":：;；.。,，、!?！？"
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d+[.)、])\s+")
_LABEL = re.compile(r"^[^：:]{1,20}[：:]\s*")
_SENTENCE = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+")
_RUN = re.compile(f"[{CJK}]{{2,}}")
_LATIN = re.compile(rf"[{LATIN}0-9]+")
_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "for",
        "from",
        "has",
        "have",
        "how",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "one",
        "or",
        "out",
        "so",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "was",
        "what",
        "when",
        "which",
        "while",
        "who",
        "with",
        "you",
        "your",
    ]
)
_PHONETIC = r"[^/\[\]\n=+\d(),:₀-₉Δ]{0,40}[ˈˌəɪʊæɑɒɔɜʌðʃʒŋː][^/\[\]\n=+\d(),:₀-₉Δ]{0,40}"
_SPOKEN = re.compile(rf"\A[ \t]*(?:/{_PHONETIC}/|\[{_PHONETIC}\])")
"""How a word is spoken, in the letters of phonetics."""
_OPENING = re.compile(rf"^(?:{GAPS.pattern})?\s*(?:(?:是指|是说|是|指|即)\s*|(?:is|are|was|were)\s+(?=\w))")


def gap_in(text: str) -> str:
    """How a word that is hidden in a text is shown, as wide as its letters."""
    return _GAP if has_wide(text) else _LATIN_GAP


def names(card: Card) -> tuple[str, ...]:
    """The term and its aliases, the longest first."""
    return tuple(sorted({card.term, *card.aliases} - {""}, key=lambda name: (-len(name), name)))


def keys(card: Card) -> frozenset[str]:
    """The folded names."""
    return frozenset(key(name) for name in names(card))


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    """A name where it stands for itself: not within another Latin word."""
    start = rf"(?<![{LATIN}0-9])" if not has_wide(name[:1]) and name[:1].isalnum() else ""
    end = rf"(?:s|es)?(?![{LATIN}0-9])" if not has_wide(name[-1:]) and name[-1:].isalnum() else ""
    return re.compile(start + re.escape(name) + end, re.IGNORECASE)


def mentions(text: str, card: Card) -> bool:
    """Whether a text names the card; a name of one letter says nothing."""
    return any(len(name) > 1 and _pattern(name).search(text) for name in names(card))


def masked(text: str, card: Card) -> str:
    """A text that does not give the card's own names away, nor how they are spoken."""
    gap, text = gap_in(text), _SPOKEN.sub("", text).strip() or text
    for name in names(card):
        text = _pattern(name).sub(gap, text)
    return re.sub(rf"{gap}\s*[（(]\s*{gap}\s*[)）]", gap, text)


def unnamed(text: str, card: Card) -> str:
    """A text that does not give away which term it belongs to: without the names of its card, and without a stretch of
    its term that is half of it or more, as where "gain of a loop" stands beside "the loop gain at ..."."""
    text = masked(text, card)
    folded, term = text.lower(), card.term.lower()
    if len(folded) != len(text):
        return text
    found = SequenceMatcher(None, folded, term, autojunk=False).find_longest_match()
    start, end = found.a, found.a + found.size
    while start < end and not folded[start].isalnum():
        start += 1
    while start < end and not folded[end - 1].isalnum():
        end -= 1
    stretch = folded[start:end]
    least = _TELLING_WIDE if has_wide(stretch) else _TELLING_LATIN
    if (
        len(stretch) < least
        or 2 * len(key(stretch)) < len(key(term))
        or not _pattern(stretch).match(text, start)
    ):
        return text
    return _pattern(stretch).sub(gap_in(text), text)


def paragraph(card: Card) -> str:
    """The definition as one paragraph: without bullets, and of a table row the first cells alone. What stood in items
    or cells is set apart by semicolons. How a Japanese word is read is left out."""
    told = without_reading(card.answer, card.aliases)
    lines = [(_BULLET.sub("", line).strip(), bool(_BULLET.match(line))) for line in told.splitlines()]
    if card.kind is Kind.TABLE:
        lines = [(cell, True) for cell in _cells([_LABEL.sub("", line) for line, _ in lines if line])]
    semicolon, text = "；" if has_wide(card.answer) else ";", ""
    for line, is_item in lines:
        if not line:
            continue
        if text and card.kind is Kind.TABLE:
            text = text.rstrip("；;。. ")
        if text and is_item and text[-1] not in _STOPS:
            text += semicolon
        if text and not has_wide(text[-1]) and not has_wide(line[0]):
            text += " "
        text += line
    return text


def _cells(lines: list[str]) -> list[str]:
    """The first cell of a table row, which tells what the term is, and more where that is short."""
    return lines[:1] if lines and len(lines[0]) >= _TELLING else lines


def meaning(card: Card, longest: int = LONGEST) -> str:
    """The definition without the card's own names, short enough to be one of several."""
    text = masked(paragraph(card), card)
    short = _OPENING.sub("", text) or text
    kept = ""
    for sentence in _SENTENCE.split(short):
        if kept and len(kept) + len(sentence) > longest:
            break
        kept += sentence if not kept or not kept[-1].isascii() else f" {sentence}"
    return kept if len(kept) <= 2 * longest else kept[: 2 * longest - 1] + "…"


def alike(one: str, two: str) -> float:
    """Dice's coefficient over words, and pairs of letters where words are not written apart, 0-1."""
    ours, theirs = _words(one), _words(two)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


def word_count(text: str) -> int:
    """How many different words a text has that are compared, or pairs of letters."""
    return len(_words(text))


@lru_cache(maxsize=2048)
def _words(text: str) -> frozenset[str]:
    folded = fold(text)
    runs = _RUN.findall(folded)
    pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
    return frozenset(pairs | {word for word in _LATIN.findall(folded) if word not in _COMMON})


def same(given: str, wanted: str) -> bool:
    """Whether two texts fold to one: width, case, spaces and punctuation aside, and numbers by value."""
    if not given.strip():
        return False
    ours, theirs = _number(given), _number(wanted)
    if ours is not None and theirs is not None:
        return ours == theirs
    return key(given) == key(wanted)


def _number(text: str) -> float | None:
    folded = fold(text).replace(" ", "").replace("−", "-")
    found = re.fullmatch(r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?%?", folded)
    if not found:
        return None
    value = float(folded.rstrip("%").replace(",", ""))
    return value / 100 if folded.endswith("%") else value
