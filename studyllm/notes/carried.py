"""Schedules that a note carries in comments, as Obsidian's spaced repetition writes them.

`<!--SR:!2026-12-20,30,290-->` is due day, interval in days and ease in percent; several in one comment are of the cards
of one block, in order. The comment stays in the note and is no part of a card.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from studyllm.cards import Card, Carried

_COMMENT = re.compile(r"<!--SR:((?:![^<>!]{5,60})+)-->")
_ONE = re.compile(r"!([0-9]{4}-[0-9]{2}-[0-9]{2}),([0-9]{1,5})(?:\.[0-9]+)?,([0-9]{1,4})(?:\.[0-9]+)?\s*")
_NONE_YET = date(2000, 1, 1)
"""The due day of a card that was not asked yet, beside one that was."""
_EASE = 2.5
_PERCENT = range(130, 1000)
"""What can be an ease in percent; other numbers are of other algorithms."""


def with_schedules(cards: Sequence[Card], text: str) -> list[Card]:
    """The cards with the schedules that the note carries; a comment is of the cards in its line, or right above it."""
    found = list(cards)
    for line, schedules in _comments(text):
        near = [i for i, card in enumerate(cards) if line - 1 <= card.source.end_line <= line]
        near += [i for i, card in enumerate(cards) if card.source.line <= line < card.source.end_line]
        first = max((cards[i].source.line for i in near), default=0)
        own = [i for i in near if cards[i].source.line == first]
        for i, carried in zip(own, schedules, strict=False):
            found[i] = replace(found[i], carried=carried)
    return found


def _comments(text: str) -> Iterator[tuple[int, list[Carried | None]]]:
    """Line and schedules of each comment."""
    if "<!--SR:" in text:
        for number, line in enumerate(text.split("\n"), 1):
            for comment in _COMMENT.finditer(line):
                yield number, [_schedule(one) for one in _ONE.finditer(comment.group(1))]


def _schedule(found: re.Match[str]) -> Carried | None:
    """One schedule; none for a card that was not asked yet, and for a day that there is not."""
    with suppress(ValueError):
        due, ease = date.fromisoformat(found.group(1)), int(found.group(3))
        if due != _NONE_YET:
            return Carried(due, max(1, int(found.group(2))), ease / 100 if ease in _PERCENT else _EASE)
    return None
