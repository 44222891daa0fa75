"""Cards that are made of a term's card: one that asks for the term from its meaning, one that has a gap."""

import re
from collections import Counter, defaultdict
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
"""Letters of a meaning that says enough, where it is not that of a word."""
_OF_WORD = 6
"""Words of an answer that may be the translation of a word."""
_OF_TITLE = re.compile(r"[：:]\s?\S")
"""The title before an aspect of it: what a verb is with a person tells nobody which verb that is."""
_FEW = 3
"""Pairs in a section that may be a vocabulary."""


def derived(cards: Sequence[Card], kinds: frozenset[Kind]) -> list[Card]:
    """The cards of those kinds that can be made of some, after one another. What asks for a term that another card has
    for its answer is there already."""
    wanted = kinds & DERIVED
    if not wanted:
        return []
    made: list[Card] = []
    answers, prompts = Counter(key(card.answer) for card in cards), {card.prompt for card in cards}
    words = _of_vocabularies(cards)
    for n, card in enumerate(cards):
        if not _is_pair(card) or len(card.term) > _LONGEST or asks(card.term):
            continue
        is_word = n in words and answers[key(card.answer)] == 1
        for one in _made(_without_gloss(card), cards, wanted, 1 if is_word else _LEAST):
            if one.prompt in prompts or (one.kind is Kind.MEANING and key(card.term) in answers):
                continue
            prompts.add(one.prompt)
            made.append(one)
    return made


def one_way(cards: Sequence[Card]) -> int:
    """How many of those cards are asked in one direction, though the deck wants both."""
    turned = {(card.source.path, card.term) for card in cards if card.kind is Kind.MEANING}
    return sum(card.kind not in DERIVED and (card.source.path, card.term) not in turned for card in cards)


def _is_pair(card: Card) -> bool:
    """Whether a card is a term and its meaning: a row of a table is, if it has one cell beside its front."""
    return card.kind is Kind.TERM or (card.kind is Kind.TABLE and len(card.points) == 1)


def _of_vocabularies(cards: Sequence[Card]) -> set[int]:
    """The places of pairs in sections most of whose answers are as short as a translation: there a short one says
    enough."""
    sections: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, card in enumerate(cards):
        if _is_pair(card) and not asks(card.term) and not _OF_TITLE.search(card.term):
            sections[card.headings].append(n)
    short = {n for some in sections.values() for n in some if len(cards[n].answer.split()) <= _OF_WORD}
    short = {n for n in short if len(cards[n].answer) <= _LONGEST}
    return {
        n
        for some in sections.values()
        if len(some) >= _FEW and 3 * len(short.intersection(some)) >= 2 * len(some)
        for n in some
    }


def _made(card: Card, cards: Sequence[Card], wanted: frozenset[Kind], least: int) -> Iterator[Card]:
    if Kind.MEANING in wanted:
        told = meaning(card)
        if len(GAPS.sub("", told)) >= least and not mentions(told, card):
            yield _derived(card, Kind.MEANING, told, card.term, card.aliases)
    if Kind.GAP in wanted and card.kind is Kind.TERM and (found := gap(card, cards, lambda words: words[0])):
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
