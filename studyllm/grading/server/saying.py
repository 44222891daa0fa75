"""A model's words from a server as they come: without what it thinks aloud, and in whole clauses."""

import re
from collections.abc import Iterator

_THINKS, _THOUGHT = "<think>", "</think>"
_LONGEST = 20_000
"""Letters that are listened to."""
_CLAUSE_END = re.compile(r"[，。！？；\n]|[,.!?;](?=\s)")


def complete(pieces: Iterator[tuple[str, str]]) -> Iterator[str]:
    """Whole clauses of pieces of text, each with why the text ends there, if it does ("stop", "length", …). A last
    clause that was cut off, by a limit or by an error, is left out."""
    held, begun, ended, heard = "", False, "", 0
    for text, why in pieces:
        held, ended, heard = held + text, why or ended, heard + len(text)
        if heard > _LONGEST:
            return
        if not begun:
            held = _after_thoughts(held)
            begun = bool(held) and not _THINKS.startswith(held) and not held.startswith(_THINKS)
        if begun and (marks := [mark.end() for mark in _CLAUSE_END.finditer(held)]):
            yield held[: marks[-1]]
            held = held[marks[-1] :]
    if held and begun and ended != "length":
        yield held


def _after_thoughts(text: str) -> str:
    """What comes after a first passage of thoughts; the passage itself while it goes on."""
    text = text.lstrip()
    if not text.startswith(_THINKS):
        return text
    _thoughts, end, rest = text.partition(_THOUGHT)
    return rest.lstrip() if end else text
