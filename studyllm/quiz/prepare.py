"""A quiz from a store: which cards, what stands beside them, and with what help of the models there are."""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from studyllm import __version__
from studyllm.embeddings import vectors
from studyllm.errors import InputError
from studyllm.grading import Glancing, Grader, Verdict
from studyllm.i18n import _, ngettext
from studyllm.notes.wording import paragraph
from studyllm.quiz.compose import Composer, lends, shown_in
from studyllm.quiz.confusion import Means, is_brief, mixed_up
from studyllm.quiz.distractors import Distracting, Judge, Near, same_section, unknown
from studyllm.quiz.items import MATURE_FROM, Item, Level, Mode, Options, Origin
from studyllm.review.asking import question
from studyllm.store.quizzes import Mistaken, Pair
from studyllm.store.records import StudyCard
from studyllm.verdicts import Label

if TYPE_CHECKING:
    from studyllm.store import Store
    from studyllm.store.vectors import Vectors

POOL = 400
"""Cards that distractors are drawn from."""
_BESIDE = {Mode.CHOOSE_TERM, Mode.CHOOSE_MEANING, Mode.MATCH}
"""Kinds of question whose other answers are chosen by the models."""
PATIENCE = 4.0
"""Seconds that a quiz waits for what the models make of its wrong answers, half of them for vectors. All is kept: what
was not done in time is done for the next ones."""
_SPARE = 3
"""Cards drawn for each question: not every card lends itself to every kind of question."""
_MIXED = 1_000
"""Cards that an old wrong answer is compared with."""
_MEANT = 100
"""Of the last wrong answers, so many are compared by meaning: some 25 ms each, once."""
_PASSES, _DOUBTED = b"1", b"?"
"""What is kept of a definition that may pass, and of one of which that is less likely than not."""
_LIKELY = 0.5
_LOOKED_AT = 500
"""Cards that are looked at one by one before a quiz."""
Progress = Callable[[int, int], bool]
InTime = Callable[[], bool]
"""Whether the models are still waited for."""


def always() -> bool:
    """As long as it takes."""
    return True


def prepare(
    store: "Store",
    options: Options,
    dice: random.Random,
    *,
    only: Collection[int] | None = None,
    kept: "Vectors | None" = None,
    grader: Grader | None = None,
    progress: Progress = lambda done, of: True,
    clock: Callable[[], float] = time.monotonic,
) -> tuple[Item, ...]:
    """The questions; raises InputError, saying why, when there are none. With a `grader` whose embedding model is
    ready, distractors are near in meaning and judged by it, for PATIENCE seconds of the `clock` at the most;
    `progress` may stop that."""
    ready = grader if grader and grader.readiness().embedding == "ready" else None
    meaning = partial(means, store, kept, ready, progress) if kept and ready else None
    against = _against(store, options, meaning)
    ids = [card for card in chosen_ids(store, options, against) if only is None or card in only]
    if not ids:
        raise InputError(_none(options))
    dice.shuffle(ids)
    if Mode.CONTRAST in options.modes:
        ids.sort(key=lambda card: card not in against)  # there are few of them
    ids = ids[: _SPARE * options.length]
    asked = store.quizzes.cards([*ids, *(other for card in ids for other in against.get(card, ()))])
    by_id = {card.id: card for card in asked}
    pool = _pool(store, asked)
    ready = ready if options.modes & _BESIDE else None
    near: Near = unknown
    last: Judge | None = None
    if kept and ready:
        since = clock()
        near = nearness(pool, kept, ready, progress, lambda: clock() - since < PATIENCE / 2)
        last = judge(ready, kept, lambda: clock() - since < PATIENCE)
    composer = Composer(
        Distracting(pool, near, last, store.quizzes.accepted()),
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
    wanted: list[Collection[int]] = []
    if options.origin is Origin.WRONG:
        wanted.append(store.quizzes.wrong())
    if options.origin is Origin.CONFUSED or options.modes == {Mode.CONTRAST}:
        wanted.append(_against(store, options) if against is None else against)
    return tuple(card for card in found if all(card in some for some in wanted))


def askable(store: "Store", options: Options) -> int:
    """How many cards can be asked in the ways that the options name; of very many, how many there are."""
    ids = chosen_ids(store, options)
    if len(ids) > _LOOKED_AT:
        return len(ids)
    return sum(lends(card, options.modes) for card in store.quizzes.cards(ids))


def why_few(items: Sequence[Item], options: Options, cards: int) -> str:
    """Why there are fewer questions than were asked for, of so many cards; nothing where there are as many."""
    count = len(items)
    if count >= options.length:
        return ""
    if len(shown_in(items)) >= cards:
        said = ngettext(
            "{count} question and not {length}: there are no more such cards.",
            "{count} questions and not {length}: there are no more such cards.",
            count,
        )
    else:
        said = ngettext(
            "{count} question and not {length}: others of the {cards} cards cannot be asked that way.",
            "{count} questions and not {length}: others of the {cards} cards cannot be asked that way.",
            count,
        )
    return said.format(count=count, length=options.length, cards=cards)


def _against(
    store: "Store", options: Options, meaning: Callable[[Sequence[Mistaken]], Means] | None = None
) -> Mapping[int, Sequence[int]]:
    """What the options need to know of confusions: all of them, or those that the log names."""
    if options.origin is Origin.CONFUSED or options.modes == {Mode.CONTRAST}:
        return confusions(store, options.deck, meaning)
    return known_confusions(store) if Mode.CONTRAST in options.modes else {}


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
    if options.origin is Origin.CONFUSED or options.modes == {Mode.CONTRAST}:
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
    pool: Sequence[StudyCard],
    kept: "Vectors",
    grader: Grader,
    progress: Progress = lambda done, of: True,
    in_time: InTime = always,
) -> Near:
    """Cosines of the definitions of a pool, from the vectors kept and those that the grader computes now, of the first
    cards first, while there is time."""
    texts = {card.id: paragraph(card.card) for card in pool}
    found = vectors(tuple(texts.values()), kept, grader, lambda done, of: progress(done, of) and in_time())
    if found is None and not in_time():  # the first ones are kept
        known = kept.get(texts.values())
        texts = {card: text for card, text in texts.items() if text in known}
        found = vectors(tuple(texts.values()), kept, grader)
    if found is None:
        return unknown
    places = {card: place for place, card in enumerate(texts)}
    cosines = found @ found.T

    def near(one: StudyCard, two: StudyCard) -> float | None:
        here, there = places.get(one.id), places.get(two.id)
        return None if here is None or there is None else float(cosines[here, there])

    return near


def judge(grader: Grader, kept: "Vectors", in_time: InTime = always) -> Judge:
    """The grader as the last judge of a distractor: what is not clearly wrong may be right, of the same section only
    what is likely to be, for of a few words it is seldom sure. What it found is kept by content; where it is asked too
    late, what the distractor was chosen by has to do."""
    judged = kept.beside(f"judged {__version__}")
    glance = grader.glance if isinstance(grader, Glancing) else grader.grade

    def passes(card: StudyCard, other: StudyCard) -> bool:
        asked, answer = question(card), paragraph(other.card)
        pair = f"{asked}\0{answer}"
        if not (known := judged.get([pair])):
            if not in_time():
                return False
            known = {pair: _passing(glance(asked, answer))}
            judged.put(known)
        return known[pair] == _PASSES or (known[pair] == _DOUBTED and not same_section(card, other))

    return passes


def _passing(verdict: Verdict) -> bytes:
    """What is kept of a verdict on a definition."""
    if verdict.label is Label.INCORRECT:
        return b""
    return _PASSES if verdict.confidence >= _LIKELY else _DOUBTED


def means(
    store: "Store", kept: "Vectors", grader: Grader, progress: Progress, mistakes: Sequence[Mistaken]
) -> Means:
    """How near answers are in meaning to the definitions of the cards beside what they were asked for."""
    asked = store.quizzes.cards(list(dict.fromkeys(one.card for one in mistakes)))
    pool = _pool(store, asked)
    answers = list(dict.fromkeys(one.answer for one in mistakes[:_MEANT]))
    found = vectors([*answers, *(paragraph(card.card) for card in pool)], kept, grader, progress)
    if found is None:
        return lambda answer, card: None
    rows = {answer: row for row, answer in enumerate(answers)}
    columns = {card.id: column for column, card in enumerate(pool)}
    cosines = found[: len(answers)] @ found[len(answers) :].T

    def cosine(answer: str, card: StudyCard) -> float | None:
        row, column = rows.get(answer), columns.get(card.id)
        return None if row is None or column is None else float(cosines[row, column])

    return cosine


def confusions(
    store: "Store", deck: str | None, meaning: Callable[[Sequence[Mistaken]], Means] | None = None
) -> Mapping[int, Sequence[int]]:
    """By card, those it was taken for in reviews and quizzes, the most often first: those that the log names, and those
    whose definition a wrong answer is by its words, or by its meaning."""
    mistakes = store.quizzes.mistakes((Mode.MEANING, Mode.TERM))
    found = list(_named(mistakes))
    unnamed = [one for one in mistakes if one.confused is None]
    if unnamed:
        telling = [one for one in unnamed if not is_brief(one.answer)]
        cosine = meaning(telling) if meaning and telling else lambda answer, card: None
        cards = {card.id: card for card in store.quizzes.cards([one.card for one in unnamed])}
        pool = store.quizzes.cards(store.quizzes.ids(deck)[:_MIXED])
        latest = {(one.card, one.answer): one for one in reversed(unnamed) if one.card in cards}
        for (card, answer), one in latest.items():
            if other := mixed_up(cards[card], answer, pool, cosine):
                found.append((_pair(card, other), 1, one.at))
    return _by_card(store, found)


def known_confusions(store: "Store") -> Mapping[int, Sequence[int]]:
    """The same of those alone that the log and the quizzes name: at once."""
    return _by_card(store, list(_named(store.quizzes.mistakes((Mode.MEANING, Mode.TERM)))))


def _named(mistakes: Iterable[Mistaken]) -> Iterator[tuple[Pair, int, datetime]]:
    for one in mistakes:
        if one.confused is not None and one.confused != one.card:
            yield _pair(one.card, one.confused), 1, one.at


def _by_card(store: "Store", found: Iterable[tuple[Pair, int, datetime]]) -> Mapping[int, Sequence[int]]:
    """Pairs, each so often and when last, by card; without those that were told apart since."""
    chosen = ((pair, *times) for pair, times in store.quizzes.confused().items())
    counts: Counter[Pair] = Counter()
    last: dict[Pair, datetime] = {}
    for pair, count, at in (*chosen, *found):
        counts[pair] += count
        last[pair] = max(at, last.get(pair, at))
    apart = store.quizzes.told_apart()
    against: dict[int, list[int]] = defaultdict(list)
    for one, two in sorted(counts, key=lambda pair: (-counts[pair], pair)):
        if (one, two) not in apart or last[one, two] > apart[one, two]:
            against[one].append(two)
            against[two].append(one)
    return against


def _pair(one: int, two: int) -> Pair:
    return min(one, two), max(one, two)
