"""Text as the glossary compares it: folded, traditional Chinese read as simplified, and Latin letters without accents,
dashes and quotation marks as the plain ones, character by character."""

import json
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from studyllm.text import fold

TABLE = Path(__file__).with_name("traditional.json")
"""From OpenCC's dictionaries, see `bench/traditional.py`."""
_STROKES = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"}
"""Letters that have no accent to take away."""
_SIGNS = dict.fromkeys("‐‑‒–—―−⁃〜∼", "-") | dict.fromkeys("‘’‚‛ʼ′", "'") | dict.fromkeys("“”„‟«»", '"')
"""Dashes and quotation marks, which hardly a keyboard has all of, as the plain one that stands for each kind."""


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """One form for text that says the same, in whichever script it is written, with accents or without."""
    return comparable(fold(text))


def simplified(text: str) -> str:
    """The text with each traditional character as its simplified one."""
    return _replaced(text, *_simpler())


def comparable(text: str) -> str:
    """The same, a folded Latin letter without its accent, dashes and quotation marks as the plain ones: "exito" for
    "éxito", "3-5" for "3–5"."""
    return _replaced(text.replace("~", "-"), *_plainer())


_Table = tuple[frozenset[str], dict[int, str]]
"""The characters that are replaced, and by what."""


def _replaced(text: str, some: frozenset[str], by: dict[int, str]) -> str:
    # Most texts have none of them, and looking takes a third of the time of replacing.
    return text if text.isascii() or some.isdisjoint(text) else text.translate(by)


@cache
def _simpler() -> _Table:
    columns = json.loads(TABLE.read_text("utf-8"))
    pairs = dict(zip(columns["traditional"], columns["simplified"], strict=True))
    return frozenset(pairs), str.maketrans(pairs)


@cache
def _plainer() -> _Table:
    some, by = _simpler()
    letters = dict(_unaccented()) | _SIGNS
    return some | letters.keys(), by | str.maketrans(letters)


def _unaccented() -> Iterator[tuple[str, str]]:
    """Small Latin letters with an accent, and those that a keyboard without them writes so. Of other scripts none: й is
    no и, and は no ば."""
    yield from _STROKES.items()
    for number in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFD", chr(number))[0]
        if bare != chr(number) and bare.isascii():
            yield chr(number), bare
