"""Text as the glossary compares it: folded, and traditional Chinese read as simplified, character by character."""

import json
from functools import cache, lru_cache
from pathlib import Path

from studyllm.text import fold

TABLE = Path(__file__).with_name("traditional.json")
"""From OpenCC's dictionaries, see `bench/traditional.py`."""


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """One form for text that says the same, in whichever script it is written."""
    return simplified(fold(text))


def simplified(text: str) -> str:
    """The text with each traditional character as its simplified one."""
    if text.isascii():
        return text
    traditional, simpler = _simpler()
    # Most texts have none of them, and looking takes a third of the time of replacing.
    return text if traditional.isdisjoint(text) else text.translate(simpler)


@cache
def _simpler() -> tuple[frozenset[str], dict[int, int]]:
    columns = json.loads(TABLE.read_text("utf-8"))
    return frozenset(columns["traditional"]), str.maketrans(columns["traditional"], columns["simplified"])
