"""A quiz from a store: which cards, what stands beside them, and with what help of the models there are."""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from studyllm.embeddings import vectors
from studyllm.errors import InputError
from studyllm.grading import Grader
from studyllm.i18n import _
from studyllm.notes.wording import paragraph
from studyllm.quiz.compose import Composer
from studyllm.quiz.confusion import mixed_up
from studyllm.quiz.distractors import Distracting, Judge, Near, unknown
from studyllm.quiz.items import MATURE_FROM, Item, Level, Mode, Options, Origin
from studyllm.review.asking import question
from studyllm.store.records import StudyCard
from studyllm.verdicts import Label

if TYPE_CHECKING:
    from studyllm.store import Store
    from studyllm.store.vectors import Vectors

POOL = 400
"""Cards that distractors are drawn from."""
_BESIDE = {Mode.CHOOSE_TERM, Mode.CHOOSE_MEANING, Mode.MATCH}
"""Kinds of question whose other answers are chosen by the models."""
_AT_ONCE = 96
"""Vectors that one quiz waits for, some 25 ms each; the rest comes with the next ones."""
_SPARE = 3
"""Cards drawn for each question: not every card lends itself to every kind of question."""
_MIXED = 1_000
"""Cards that an old wrong answer is compared with."""
Progress = Callable[[int, int], bool]


def prepare(
    store: "Store",
    options: Options,
    dice: random.Random,
    *,
    only: Collection[int] | None = None,
    kept: "Vectors | None" = None,
    grader: Grader | None = None,
    progress: Progress = lambda done, of: True,
) -> tuple[Item, ...]:
    """The questions; raises InputError, saying why, when there are none. With a `grader` whose embedding model is
    ready, distractors are near in meaning and judged by it; `progress` may stop that."""
    against = confusions(store, options.deck) if options.origin is Origin.CONFUSED else {}
    ids = [card for card in chosen_ids(store, options, against) if only is None or card in only]
    if not ids:
        raise InputError(_none(options))
    dice.shuffle(ids)
    ids = ids[: _SPARE * options.length]
    asked = store.quizzes.cards([*ids, *(other for card in ids for other in against.get(card, ()))])
    by_id = {card.id: card for card in asked}
    pool = _pool(store, asked)
    ready = grader if grader and grader.readiness().embedding == "ready" else None
    ready = ready if options.modes & _BESIDE else None
    near = nearness(pool, kept, ready, progress) if kept and ready else unknown
    composer = Composer(
        Distracting(pool, near, judge(ready) if ready else None, store.quizzes.accepted()),
        dice,
        {card: [by_id[other] for other in others if other in by_id] for card, others in against.items()},
    )
    items = composer.items([by_id[card] for card in ids if card in by_id], options, progress)
    if not items:
        raise InputError(
            _("None of these cards can be asked that way. Choose more kinds of question, or more cards.")
        )
    return items


def chosen_ids(
    store: "Store", options: Options, against: Mapping[int, Sequence[int]] | None = None
) -> tuple[int, ...]:
    """The cards that the options name; `against` as `confusions` tells it, where that is known."""
    found = _ids(store, options)
    if options.origin is Origin.ALL:
        return found
    if options.origin is Origin.WRONG:
        wanted: Collection[int] = store.quizzes.wrong()
    else:
        wanted = confusions(store, options.deck) if against is None else against
    return tuple(card for card in found if card in wanted)


def _ids(store: "Store", options: Options) -> tuple[int, ...]:
    intervals = {Level.LEARNING: (0, MATURE_FROM - 1), Level.MATURE: (MATURE_FROM, 1_000_000)}
    return store.quizzes.ids(
        options.deck,
        options.section,
        intervals.get(options.level),
        new=options.level is Level.NEW,
        lapsed=options.level is Level.LAPSED,
        kinds=options.kinds(),
    )


def _none(options: Options) -> str:
    if options.origin is Origin.WRONG:
        return _("Nothing that you answered wrong is left among these cards.")
    if options.origin is Origin.CONFUSED:
        return _("No two of these cards were taken for each other so far.")
    return _("There are no such cards for these kinds of question. Choose other cards, or more kinds.")


def _pool(store: "Store", asked: Iterable[StudyCard]) -> tuple[StudyCard, ...]:
    """The asked cards, then what stands beside them, then the rest of the decks, up to POOL."""
    found = {card.id: card for card in asked}
    sections: dict[str, set[str]] = defaultdict(set)
    for card in found.values():
        sections[card.deck].add(card.card.section)
    for deck, names in sections.items():
        for card in store.quizzes.mates(deck, names, POOL // 2):
            found.setdefault(card.id, card)
    for deck in sections:
        if len(found) < POOL:
            some = store.quizzes.ids(deck)[: POOL - len(found)]
            found |= {card.id: card for card in store.quizzes.cards([i for i in some if i not in found])}
    return tuple(found.values())


def nearness(
    pool: Sequence[StudyCard], kept: "Vectors", grader: Grader, progress: Progress = lambda done, of: True
) -> Near:
    """Cosines of the definitions of a pool, from the vectors kept and those that the grader computes now: of the first
    cards, and of no more than can be waited for."""
    texts = {card.id: paragraph(card.card) for card in pool}
    known = kept.get(tuple(texts.values()))
    missing = [card for card, text in texts.items() if text not in known]
    late = set(missing[_AT_ONCE:])
    texts = {card: text for card, text in texts.items() if card not in late}
    found = vectors(tuple(texts.values()), kept, grader, progress)
    if found is None:
        return unknown
    places = {card: place for place, card in enumerate(texts)}
    cosines = found @ found.T

    def near(one: StudyCard, two: StudyCard) -> float | None:
        here, there = places.get(one.id), places.get(two.id)
        return None if here is None or there is None else float(cosines[here, there])

    return near


def judge(grader: Grader) -> Judge:
    """The grader as the last judge of a distractor: what is not clearly wrong may be right."""
    known: dict[tuple[int, int], bool] = {}

    def passes(card: StudyCard, other: StudyCard) -> bool:
        if (pair := (card.id, other.id)) not in known:
            known[pair] = grader.grade(question(card), paragraph(other.card)).label is not Label.INCORRECT
        return known[pair]

    return passes


def confusions(store: "Store", deck: str | None) -> Mapping[int, Sequence[int]]:
    """By card, those it was taken for in reviews and quizzes, the most often first."""
    counts = dict(store.quizzes.confused())
    mistakes = store.quizzes.mistakes((Mode.MEANING, Mode.TERM))
    if mistakes:
        cards = {card.id: card for card in store.quizzes.cards([card for card, answer in mistakes])}
        pool = store.quizzes.cards(store.quizzes.ids(deck)[:_MIXED])
        for card, answer in dict.fromkeys(mistakes):
            if card in cards and (other := mixed_up(cards[card], answer, pool)):
                pair = min(card, other), max(card, other)
                counts[pair] = counts.get(pair, 0) + 1
    found: dict[int, list[int]] = defaultdict(list)
    for one, two in sorted(counts, key=lambda pair: (-counts[pair], pair)):
        found[one].append(two)
        found[two].append(one)
    return found
