"""Cards that are made of a term's card: one that asks for the term from its meaning, one that has a gap."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studyllm.cards import DERIVED, Card, Kind
from studyllm.notes.candidates.asking import asks
from studyllm.notes.gaps import IN_NOTES, gap
from studyllm.notes.wording import GAPS, meaning, mentions, names
from studyllm.text import key

_LONGEST = 40
"""Letters of a term; what is longer is a question, or a sentence."""
_LEAST = 12
"""Letters of a meaning that says enough."""


def derived(cards: Sequence[Card], kinds: frozenset[Kind]) -> list[Card]:
    """The cards of those kinds that can be made of some, after one another. What asks for a term that another card has
    for its answer is there already."""
    wanted = kinds & DERIVED
    if not wanted:
        return []
    made: list[Card] = []
    answers, prompts = {key(card.answer) for card in cards}, {card.prompt for card in cards}
    for card in cards:
        if card.kind is not Kind.TERM or len(card.term) > _LONGEST or asks(card.term):
            continue
        for one in _made(_without_gloss(card), cards, wanted):
            if one.prompt in prompts or (one.kind is Kind.MEANING and key(card.term) in answers):
                continue
            prompts.add(one.prompt)
            made.append(one)
    return made


def _made(card: Card, cards: Sequence[Card], wanted: frozenset[Kind]) -> Iterator[Card]:
    if Kind.MEANING in wanted:
        told = meaning(card)
        if len(GAPS.sub("", told)) >= _LEAST and not mentions(told, card):
            yield _derived(card, Kind.MEANING, told, card.term, card.aliases)
    if Kind.GAP in wanted and (found := gap(card, cards, lambda words: words[0])):
        others = tuple(one for one in found.accepted if one != found.word)
        yield _derived(card, Kind.GAP, found.before + IN_NOTES + found.after, found.word, others)


def _without_gloss(card: Card) -> Card:
    """The card, its definition without what stands in brackets after the term: that is its name in another language."""
    answer = card.answer
    for name in names(card):
        answer = re.sub(rf"({re.escape(name)})\s*[（(][^（）()]{{1,60}}[)）]", r"\1", answer, count=1)
    return replace(card, answer=answer)


def _derived(card: Card, kind: Kind, prompt: str, answer: str, aliases: tuple[str, ...]) -> Card:
    return replace(
        card,
        kind=kind,
        prompt=prompt,
        answer=answer,
        aliases=aliases,
        points=(answer,),
        rule=kind.value,
        carried=None,
    )
