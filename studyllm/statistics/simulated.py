"""What another desired retention would cost this learner: asks the store how the cards stand and how they are answered,
and plays that forward."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studyllm.cards import Algorithm, Deck, Scheduling
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.schedule import Day, Grade, Learned, Progress
from studyllm.schedule.compare import History, later_reviews, replay
from studyllm.schedule.simulation import (
    RETENTIONS,
    Habits,
    Memory,
    Outlook,
    Pile,
    Standing,
    outlooks,
)
from studyllm.statistics.standing import standing
from studyllm.store.tallies import Answers, Turn

if TYPE_CHECKING:
    from studyllm.store import Store, StudyCard

_MOST = 5_000
"""Cards that are played forward; of more every nth, which stands for n."""
_ANSWERS = 20_000
"""The latest answers, which tell how the learner answers."""
_USUAL = {Turn.FIRST: 25.0, Turn.AGAIN: 10.0, Turn.LATER: 20.0}
"""Seconds of an answer as long as nobody knows better."""
_FIRST, _RECALLED = (0.24, 0.094, 0.495, 0.171), (0.224, 0.631, 0.145)
"""Shares of the ratings as the simulator of open-spaced-repetition has them, likewise."""
_WORTH = 10
"""How many answers such a guess is worth beside those of the log."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """The answer, with all that has to be said of it."""

    deck: str | None
    outlooks: tuple[Outlook, ...]
    seen: int
    """Cards that were asked at least once."""
    unseen: int
    new_a_day: int
    limit: int
    """Reviews a day at most."""
    known: float
    """Cards that would be recalled if all were asked now, as Progress says."""
    retention: float | None
    """What is desired now; None under SM-2, which knows none, and where decks differ."""
    fitted: bool
    """Whether the weights are fitted to the learner."""
    later: int
    """Reviews on a later day than the last of their card, which a fit counts."""
    timed: int
    """Answers that told how long one takes."""
    seconds: float
    """Of a card recalled on its day."""


def simulation(
    store: "Store",
    day: Day,
    now: datetime,
    deck: str | None = None,
    *,
    weights: tuple[float, ...] = (),
    progress: Callable[[str], None] = lambda what: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Simulation:
    """Of a deck or of all, by these weights or those of the deck. Raises InputError when there is no card, and
    Cancelled after `stopped` says so."""
    if deck is not None:
        store.require(deck)
    schedulings = {name: one for name, one in store.schedulings().items() if deck in (None, name)}
    decks = {one.name: one for one in store.decks() if one.name in schedulings}
    believed = _believed([schedulings[name] for name in decks], weights)
    progress(_("reading how your cards stand"))
    seen = [card for card in store.cards(deck) if isinstance(card.progress, Learned) and not card.suspended]
    pile = _pile(store, day, now, decks, schedulings, believed, seen)
    if not pile.cards and not any(left for left, _a_day in pile.coming):
        raise InputError(_("There is no card yet: there is nothing to simulate."))
    answers = store.figures.answers(deck, _ANSWERS)
    habits, memory = habits_of(answers), _memory(believed)
    wanted = _desired([schedulings[name] for name in decks])

    def told(done: int, total: int) -> None:
        progress(_("playing a year forward: {share:.0%}").format(share=done / total))

    retentions = sorted({*RETENTIONS, *([wanted] if wanted else [])})
    found = outlooks(pile, habits, memory, retentions, progress=told, stopped=stopped)
    return Simulation(
        deck=deck,
        outlooks=found,
        seen=len(seen),
        unseen=sum(left for left, _a_day in pile.coming),
        new_a_day=sum(a_day for left, a_day in pile.coming if left),
        limit=pile.reviews_per_day,
        known=standing(store, day, now, deck).knowledge.known,
        retention=wanted,
        fitted=bool(believed.weights),
        later=later_reviews(store.journal.histories(deck).values(), day),
        timed=sum(one.timed for one in answers),
        seconds=habits.seconds_recalled,
    )


def _believed(schedulings: Sequence[Scheduling], weights: tuple[float, ...]) -> Scheduling:
    """The FSRS that is believed of every card: with these weights, or the first that a deck has."""
    first = schedulings[0] if schedulings else Scheduling()
    known = weights or next((one.weights for one in schedulings if one.weights), ())
    return Scheduling(
        Algorithm.FSRS,
        weights=known,
        learning_steps=first.learning_steps,
        relearning_steps=first.relearning_steps,
    )


def _desired(schedulings: Sequence[Scheduling]) -> float | None:
    """The retention that all desire."""
    wanted = {one.retention if one.algorithm is Algorithm.FSRS else None for one in schedulings}
    return wanted.pop() if len(wanted) == 1 else None


def _memory(believed: Scheduling) -> Memory:
    from studyllm.schedule.scheduler import fsrs_of

    weights = tuple(map(float, fsrs_of(believed).parameters))
    return Memory(weights, len(believed.learning_steps), len(believed.relearning_steps))


def _pile(
    store: "Store",
    day: Day,
    now: datetime,
    decks: dict[str, Deck],
    schedulings: dict[str, Scheduling],
    believed: Scheduling,
    seen: Sequence["StudyCard"],
) -> Pile:
    step = -(-len(seen) // _MOST) or 1
    some, today = seen[::step], day.of(now)
    as_they_stand = {
        name
        for name, one in schedulings.items()
        if one.algorithm is Algorithm.FSRS and one.weights == believed.weights
    }
    histories: dict[int, History] = {}
    for name in sorted({card.deck for card in some} - as_they_stand):
        histories |= store.journal.histories(name)
    cards = []
    for card in some:
        stands: Progress = card.progress
        if card.deck not in as_they_stand and card.id in histories:
            stands = replay(histories[card.id], day, believed, card=card.id)
        if isinstance(stands, Learned):
            cards.append(_standing(stands, max(0, (today - day.of(stands.reviewed)).days)))
    left = {each.deck: each.unseen for each in store.counts(today, day)}
    return Pile(
        cards=tuple(cards),
        coming=tuple((left.get(name, 0), one.new_per_day) for name, one in decks.items()),
        reviews_per_day=sum(one.reviews_per_day for one in decks.values()),
        each=len(seen) / len(some) if some else 1.0,
    )


def _standing(stands: Learned, elapsed: int) -> Standing:
    """What FSRS knows of a card; of one whose answers the log does not have, what its interval tells."""
    if stands.memory is not None:
        return Standing(max(0.001, stands.memory.stability), stands.memory.difficulty, elapsed)
    return Standing(float(max(1, stands.interval)), 5.0, elapsed)


def habits_of(answers: Iterable[Answers]) -> Habits:
    """How the learner answers, from the log, and as others do where that says little."""
    every = tuple(answers)
    first = _shares([one for one in every if one.turn is Turn.FIRST], _FIRST, least=0)
    recalled = _shares([one for one in every if one.turn is Turn.LATER], _RECALLED, least=Grade.HARD)
    return Habits(
        first=(first[0], first[1], first[2], first[3]),
        recalled=(recalled[0], recalled[1], recalled[2]),
        seconds_first=_seconds(every, Turn.FIRST),
        seconds_recalled=_seconds(every, Turn.LATER, lambda grade: grade >= Grade.HARD),
        seconds_forgotten=_seconds(every, Turn.LATER, lambda grade: grade < Grade.HARD),
        seconds_again=_seconds(every, Turn.AGAIN),
    )


def _shares(answers: Sequence[Answers], usual: Sequence[float], *, least: int) -> list[float]:
    """The share of each FSRS rating among answers of at least that grade; grades 0-2 are one rating."""
    counts = [_WORTH * share for share in usual]
    for one in answers:
        if one.grade >= least:
            counts[max(0, one.grade - 2) - (4 - len(counts))] += one.reviews
    return [count / sum(counts) for count in counts]


def _seconds(
    answers: Sequence[Answers], turn: Turn, graded: Callable[[int], bool] = lambda grade: True
) -> float:
    some = [one for one in answers if one.turn is turn and graded(one.grade)]
    timed, taken = sum(one.timed for one in some), sum(one.seconds for one in some)
    return (taken + _WORTH * _USUAL[turn]) / (timed + _WORTH)
