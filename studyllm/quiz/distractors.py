"""Wrong answers that are near: what may stand beside the right one, and what might be right itself."""

import random
import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from studyllm.cards import Card
from studyllm.notes.wording import alike, keys, meaning, mentions, paragraph, word_count
from studyllm.quiz.items import DEFINED, Mode
from studyllm.store.records import StudyCard
from studyllm.text import has_wide, key

_PARTS = re.compile(r"[（）()]|\s+[-–—:：]\s+")

Near = Callable[[StudyCard, StudyCard], float | None]
"""Cosine of two definitions; None where it is not known."""
Judge = Callable[[StudyCard, StudyCard], bool]
"""Whether the second card's definition may pass for an answer to the first."""

SAME_FROM = 0.95
"""Cosine from which two definitions may be one. It only finds near copies: of the right answers in bench/answers, half
are below 0.9, where most neighbours of the shipped notes are. What is said in other words, the judge finds."""
ALIKE_FROM = 0.08
"""Share of common words from which two definitions may say the same, or the one what is true of the other. Of answers
that belong to another card a quarter reaches it, of right ones in other words six in ten (bench/answers): better a near
distractor too few than a second right answer."""
FEW = 14
"""Words of a meaning, or pairs of its letters, up to which a shared one says nothing: two ends of a molecule, what two
signals do to a process. All pairs that were judged to be right answers by what they share have more than 25."""
FEW_ALIKE_FROM = 0.7
"""The share of common words from which two such meanings may say the same."""
TRIED = 5
"""The nearest candidates, of which chance takes some: the same question is not always the same."""
_BRIEF = 3
"""Words of a meaning beside which a sentence is seen to be none."""
_VALUE = 24
"""Letters of a value at most."""
_NOTE = 0.02
"""How much nearer, as a cosine, a card of the same note counts."""


def unknown(_one: StudyCard, _two: StudyCard) -> float | None:
    """Nearness without an embedding model."""
    return None


def may_be_right(card: StudyCard, other: StudyCard, near: Near = unknown) -> bool:
    """Whether the other card might answer this one as well, by name or by definition; the same both ways."""
    one, two = card.card, other.card
    ours, theirs = keys(one), keys(two)
    if any(_holds(a, b) or _holds(b, a) for a in ours for b in theirs):
        return True
    if mentions(two.answer, one) or mentions(one.answer, two):
        return True
    if _stands_under(one, theirs) or _stands_under(two, ours):
        return True
    if _say_the_same(meaning(one), meaning(two)):
        return True
    cosine = near(card, other)
    return cosine is not None and cosine >= SAME_FROM


def _say_the_same(one: str, two: str) -> bool:
    """Whether two meanings share so many words that they may be one."""
    few = max(word_count(one), word_count(two)) <= FEW
    return alike(one, two) >= (FEW_ALIKE_FROM if few else ALIKE_FROM)


def _holds(whole: str, part: str) -> bool:
    """Whether a name holds another; a single letter is held by too many."""
    return whole == part or (len(part) > 1 and part in whole)


def _stands_under(card: Card, theirs: frozenset[str]) -> bool:
    """Whether a heading above the card bears one of those names: the card is a kind or a part of what it names."""
    return any(key(part) in theirs for heading in card.headings for part in _PARTS.split(heading) if part)


def same_section(card: StudyCard, other: StudyCard) -> bool:
    """Whether two cards of a deck stand below the same headings of a note."""
    one, two = card.card, other.card
    return (card.deck, one.source.path, one.headings) == (other.deck, two.source.path, two.headings)


def _distance(card: StudyCard, other: StudyCard) -> int:
    """How far off another card stands: in the same section, in the same folder of the deck, elsewhere. A deck of all
    notes has subjects in its folders."""
    if same_section(card, other):
        return 0
    return 1 if (card.deck, _folder(card)) == (other.deck, _folder(other)) else 2


def _folder(card: StudyCard) -> str:
    """The folder of the note in which a card stands."""
    return card.card.source.path.replace("\\", "/").rpartition("/")[0]


def _strange(card: StudyCard, other: StudyCard) -> tuple[int, int, bool]:
    """How little a card belongs beside another, by where it stands and by what one sees of its kind, then by the place
    alone, then by whether one of them alone is a value. A word beside a sentence weighs as much as another section, a
    date beside a person more."""
    one, two, away = card.card, other.card, _distance(card, other)
    kinds = 2 * (_shape(one.term) != _shape(two.term)) + (_is_brief(one) != _is_brief(two))
    return away + kinds, away, _is_value(one) != _is_value(two)


def _shape(term: str) -> str:
    """A number or a date; a name; or any other term."""
    if term[:1].isdigit():
        return "number"
    words = term.split()
    return "name" if len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper() else "term"


def _is_brief(card: Card) -> bool:
    """Whether the meaning is a word or two; Chinese has no words to count."""
    text = meaning(card)
    return not has_wide(text) and len(text.split()) <= _BRIEF


def _is_value(card: Card) -> bool:
    """Whether the meaning begins with a number, and has a few words."""
    text = meaning(card).lstrip(" ~≈<>≤≥＜＞约")
    return len(text) <= _VALUE and text[:1].isdigit()


def candidates(card: StudyCard, pool: Iterable[StudyCard], near: Near = unknown) -> list[StudyCard]:
    """Cards that are wrong answers to this one: those that look of its kind and stand in its section, then in its
    folder, the nearest first."""
    found = [
        (_strange(card, other), -_nearness(card, other, near), other.id, other)
        for other in pool
        if other.id != card.id
        and other.card.kind in DEFINED
        and other.card.lang == card.card.lang
        and not may_be_right(card, other, near)
    ]
    found.sort(key=lambda one: one[:3])
    return [other for *_, other in found]


def _nearness(card: StudyCard, other: StudyCard, near: Near) -> float:
    cosine = near(card, other)
    place = _NOTE if card.card.source.path == other.card.source.path else 0.0
    if cosine is None:
        # Of two texts without a common word nothing is known: the place decides, words only break ties.
        return 5 * place + 0.2 * alike(paragraph(card.card), paragraph(other.card))
    return cosine + place


def _pair(one: StudyCard, two: StudyCard) -> tuple[int, int]:
    return min(one.id, two.id), max(one.id, two.id)


@dataclass(frozen=True, slots=True)
class Distracting:
    """What distractors are drawn from, and by whom they are judged last."""

    pool: Sequence[StudyCard]
    near: Near = unknown
    judge: Judge | None = None
    accepted: Container[tuple[int, int]] = frozenset()
    """Pairs of cards, the lower id first, either of which the learner called right: never against each other."""

    def of(
        self,
        card: StudyCard,
        count: int,
        dice: random.Random,
        first: Iterable[StudyCard] = (),
        mode: Mode | None = None,
    ) -> list[StudyCard]:
        """At most so many wrong answers, no two of which say the same; `first` come before all others, and where the
        near ones are too few, some that are far. A choice asks one way, and is judged that way."""
        pool = [other for other in self.pool if _pair(card, other) not in self.accepted]
        wanted = [other for other in first if other in pool and not may_be_right(card, other, self.near)]
        nearest = candidates(card, pool, self.near)
        few = nearest[:TRIED]
        dice.shuffle(few)
        few.sort(key=lambda other: _strange(card, other))
        far = nearest[4 * TRIED :]
        taken: list[StudyCard] = []
        for other in (
            *wanted,
            *few,
            *nearest[TRIED : 4 * TRIED],
            *dice.sample(far, min(len(far), 2 * TRIED)),
        ):
            if len(taken) == count:
                break
            if any(other.id == one.id or may_be_right(one, other, self.near) for one in taken):
                continue
            if not self._may_pass(card, other, mode):
                taken.append(other)
        return taken

    def _may_pass(self, card: StudyCard, other: StudyCard, mode: Mode | None) -> bool:
        """Whether the other card may pass for a right answer where the card is asked that way."""
        if self.judge is None:
            return False
        if mode is not Mode.CHOOSE_TERM and self.judge(card, other):
            return True
        return mode is not Mode.CHOOSE_MEANING and self.judge(other, card)
