"""Cards of one file put together: the same term once a section, and no two prompts alike."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from studyllm.cards import Card, Kind, Source
from studyllm.notes.words.terms import split_term, unique
from studyllm.text import fold, key

_LONGEST = 20_000
"""Characters of an answer from which on another one for the same term is not joined to it."""
_ORDER = {Kind.TERM: 0, Kind.TABLE: 0, Kind.LIST: 1, Kind.SEQUENCE: 1, Kind.CLOZE: 2}


def merge(cards: Iterable[Card]) -> list[Card]:
    """One card for a term that one section defines more than once, in the order of the file."""
    found: dict[tuple[tuple[str, ...], str, int, str], tuple[Card, str]] = {}
    """Each with the key of its answer, which takes long to compute again for every piece of a long one."""
    whole: list[Card] = []
    for card in sorted(cards, key=lambda card: (card.source.line, _ORDER[card.kind], -card.source.end_line)):
        own = key(card.answer)
        part = own if card.kind is Kind.CLOZE else ""  # two gaps in the same words are no one gap
        at = (card.headings, key(card.term), _ORDER[card.kind], part)
        before = found.get(at)
        if before and len(before[0].answer) > _LONGEST:
            whole.append(before[0])  # what one section says of a term at such length is no card any more
            before = None
        found[at] = _joined(*before, card, own) if before else (card, own)
    return sorted((*whole, *(card for card, _ in found.values())), key=lambda card: card.source.line)


def _joined(first: Card, one: str, second: Card, other: str) -> tuple[Card, str]:
    """Two cards of one term as one, each with the key of its answer: both answers unless one holds the other."""
    answer, points, both = first.answer, first.points, one
    if one in other:
        answer, points, both = second.answer, second.points, other
    elif other not in one:
        answer = f"{first.answer}\n{second.answer}"
        points = tuple(dict.fromkeys((*first.points, *second.points)))
        both = one + other
    source = Source(
        first.source.path,
        min(first.source.line, second.source.line),
        max(first.source.end_line, second.source.end_line),
    )
    names = [*first.aliases, *second.aliases]
    joined = replace(first, answer=answer, points=points, source=source, aliases=unique(first.term, names))
    return joined, both


def told_apart(cards: Sequence[Card]) -> list[Card]:
    """The cards with prompts that differ: by the section, then by the headings above, then by number."""
    out = list(cards)
    for depth in (1, 2, 3):
        groups = _alike(out)
        if not groups:
            return out
        for group in groups:
            for at in group:
                out[at] = replace(out[at], prompt=_within(out[at], depth))
    for group in _alike(out):
        for number, at in enumerate(group[1:], 2):
            out[at] = replace(out[at], prompt=f"{out[at].prompt} #{number}")
    return out


def _alike(cards: Sequence[Card]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for at, card in enumerate(cards):
        groups.setdefault(fold(card.prompt), []).append(at)
    return [group for group in groups.values() if len(group) > 1]


def _within(card: Card, depth: int) -> str:
    names = [split_term(name)[0] or name for name in card.headings]
    context = " › ".join([name for name in names if fold(name) != fold(card.term)][-depth:])
    if not context:
        return card.term
    return f"{card.term}（{context}）" if card.lang == "zh" else f"{card.term} ({context})"
