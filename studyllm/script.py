"""Text as the glossary compares it: folded, traditional Chinese read as simplified and Latin letters without their
accents, character by character."""

import json
from functools import cache, lru_cache
from pathlib import Path

from studyllm.text import fold, unaccented

TABLE = Path(__file__).with_name("traditional.json")
"""From OpenCC's dictionaries, see `bench/traditional.py`."""
_ACCENTED = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
"""Latin letters, most of them with accents."""


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """One form for text that says the same, in whichever script it is written."""
    return simplified(fold(text))


def simplified(text: str) -> str:
    """The text with each traditional character as its simplified one, and each letter without its accents."""
    if text.isascii():
        return text
    harder, simpler = _simpler()
    # Most texts have none of them, and looking takes a third of the time of replacing.
    return text if harder.isdisjoint(text) else text.translate(simpler)


@cache
def _simpler() -> tuple[frozenset[str], dict[int, int]]:
    columns = json.loads(TABLE.read_text("utf-8"))
    letters = {chr(code): bare for code in _ACCENTED if (bare := unaccented(chr(code))) != chr(code)}
    known: dict[str, str] = dict(zip(columns["traditional"], columns["simplified"], strict=True)) | letters
    return frozenset(known), {ord(letter): ord(plainer) for letter, plainer in known.items()}
