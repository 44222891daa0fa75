"""Changing how a deck is scheduled, fitting FSRS to the learner, and comparing schedulers on the learner's own log."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studyllm.cards import Algorithm, Scheduling, Spread
from studyllm.errors import InputError
from studyllm.i18n import N_, _
from studyllm.schedule import Day, Learned, Progress
from studyllm.schedule.compare import (
    History,
    Report,
    constant,
    foretell,
    later_reviews,
    recall,
    replay,
    report,
    workload,
)
from studyllm.schedule.easy import weight_of
from studyllm.schedule.spread import LAST_LOOKS, before_exam, eased

if TYPE_CHECKING:
    from studyllm.store import Store

_HELD_OUT = 0.2
"""The last part of the log, by time, that a comparison is made on: what was fitted has not seen it."""
_MOST = 2_000
"""Cards whose coming workload is simulated; more are scaled."""
_AHEAD = 30
_WEEK = 7
_FITTED, _COMPARED = 20_000, 100_000
"""Reviews that are fitted to (four minutes), and that a comparison reads; of longer logs every nth card."""


def change(store: "Store", day: Day, deck: str, wanted: Scheduling, now: datetime) -> int:
    """Schedules a deck otherwise, each card standing where its log puts it under that; how many cards moved.

    A day that was set by hand stays. Nothing is lost: the log is what it was, and changing back replays it again.
    """
    if store.schedulings()[deck] == wanted:
        return 0
    return store.reschedule(deck, wanted, moves(store, day, deck, wanted, now), now)


def moves(store: "Store", day: Day, deck: str, wanted: Scheduling, now: datetime) -> dict[int, Progress]:
    """Where the cards of a deck would stand under another scheduling; those that it says nothing about are left out.
    Nothing is changed."""
    before = store.schedulings()[deck]
    if before == wanted:
        return {}
    moved: dict[int, Progress] = {}
    by_hand = store.days_by_hand(deck)
    if _memory(before) != _memory(wanted):
        plain = replace(wanted, exam=None)
        for card, history in store.journal.histories(deck).items():
            moved[card] = replay(history, day, plain, card=card)
    elif before.exam != wanted.exam:
        moved = {c.id: _natural(c.progress, day) for c in store.cards(deck, gone=True) if c.due}
    for card, progress in moved.items():
        if not isinstance(progress, Learned):
            continue
        if card in by_hand:
            moved[card] = replace(progress, due=by_hand[card], again=None)
        elif wanted.exam is not None:
            looked = day.of(progress.reviewed)
            due = before_exam(day.of(now), progress.due, wanted.exam, f"{card}", looked=looked)
            moved[card] = replace(progress, due=due)
    if wanted.spread is Spread.BALANCE and (moved or _easy(before) != _easy(wanted)):
        waiting = (
            (c.id, stands)
            for c in store.cards(deck)
            if isinstance(stands := moved.get(c.id, c.progress), Learned)
            and not c.suspended
            and c.id not in by_hand
            and (wanted.exam is None or stands.due < wanted.exam - LAST_LOOKS)
        )
        moved |= eased(waiting, day.of(now), day, weight_of(wanted), store.load)
    return moved


@dataclass(frozen=True, slots=True)
class Shift:
    """What a change of schedulers would do to the cards of some decks."""

    sooner: int
    """Cards that would come sooner, and those that would come later."""
    later: int
    due: int
    """Cards due within the coming week as it is, and as it would be."""
    would_be_due: int


def of_decks(store: "Store", deck: str | None) -> dict[str, Scheduling]:
    """How a deck, or each of all, is scheduled."""
    return {name: one for name, one in store.schedulings().items() if deck in (None, name)}


def chosen(now: Mapping[str, Scheduling], one: Scheduling) -> dict[str, Scheduling]:
    """How decks would be scheduled by the algorithm and the weights of another scheduling; all else stays as each deck
    has it."""
    return {name: replace(had, algorithm=one.algorithm, weights=one.weights) for name, had in now.items()}


def in_use(one: Scheduling, now: Iterable[Scheduling]) -> bool:
    """Whether all are scheduled by its algorithm, fitted or not as it is."""
    return all(
        had.algorithm is one.algorithm
        and (one.algorithm is Algorithm.SM2 or bool(had.weights) is bool(one.weights))
        for had in now
    )


def preview(store: "Store", day: Day, wanted: Mapping[str, Scheduling], now: datetime) -> Shift:
    """What would change if decks were scheduled so; nothing is changed."""
    end, sooner, later, due, would_be = day.of(now) + timedelta(days=_WEEK), 0, 0, 0, 0
    for deck, scheduling in wanted.items():
        moved = moves(store, day, deck, scheduling, now)
        for card in store.cards(deck):
            after = moved.get(card.id, card.progress)
            if card.suspended or card.due is None or not isinstance(after, Learned):
                continue
            sooner += after.due < card.due
            later += after.due > card.due
            due += card.due < end
            would_be += after.due < end
    return Shift(sooner, later, due, would_be)


def _easy(scheduling: Scheduling) -> tuple[object, ...]:
    """What decides which days are to be lighter."""
    return scheduling.easy_days, scheduling.days_off, scheduling.spread


def _memory(scheduling: Scheduling) -> tuple[object, ...]:
    """All that decides where a card stands, apart from the choice of a day."""
    return (
        scheduling.algorithm,
        scheduling.retention,
        scheduling.weights,
        scheduling.learning_steps,
        scheduling.relearning_steps,
        scheduling.correct,
    )


def _natural(progress: Progress, day: Day) -> Progress:
    """A card that an exam drew forward, on its own day again."""
    if not isinstance(progress, Learned) or not progress.interval:
        return progress
    due = day.of(progress.reviewed) + timedelta(days=progress.interval)
    return replace(progress, due=max(progress.due, due))


def fit(store: "Store", day: Day, deck: str | None) -> tuple[float, ...]:
    """FSRS weights fitted to the log; raises InputError when it is too short."""
    return _fit(store.journal.histories(deck), day)


def _fit(histories: Mapping[int, History], day: Day) -> tuple[float, ...]:
    from studyllm.schedule import fsrs6

    weights = fsrs6.fit(_thinned(histories, _FITTED).values(), day)
    if weights is None:
        raise InputError(
            _(
                "There are too few reviews to fit: {needed} are needed that came on a later day than the last of "
                "their card, and there are {count}. Until then the defaults of FSRS-6 serve; nothing was changed."
            ).format(needed=fsrs6.ENOUGH, count=later_reviews(histories.values(), day))
        )
    return weights


def _thinned(histories: Mapping[int, History], most: int) -> Mapping[int, History]:
    """Every nth card, so that there are about `most` reviews."""
    step = -(-sum(map(len, histories.values())) // most) or 1
    return {card: histories[card] for card in sorted(histories)[::step]}


def compare(
    store: "Store",
    day: Day,
    now: datetime,
    deck: str | None = None,
    progress: Callable[[str], None] = lambda what: None,
) -> tuple[Report, ...]:
    """SM-2, FSRS with its defaults, FSRS fitted, and a constant, on the last fifth of the log; the fit has seen only
    what came before. The workload is of the next 30 days, on what the best FSRS believes of each card."""
    histories = _thinned(store.journal.histories(deck), _COMPARED)
    steps = next(iter(store.schedulings().values()), Scheduling())
    sm2, fsrs = (replace(steps, algorithm=a, weights=(), exam=None) for a in (Algorithm.SM2, Algorithm.FSRS))
    chosen: list[tuple[str, Scheduling]] = [("SM-2", sm2), (N_("FSRS-6 defaults"), fsrs)]
    progress(_("replaying the log"))
    told = {name: foretell(list(histories.values()), day, scheduling) for name, scheduling in chosen}
    if not told["SM-2"]:
        raise InputError(_("No card was reviewed on a second day yet: there is nothing to compare."))
    split = told["SM-2"][int(len(told["SM-2"]) * (1 - _HELD_OUT))].at
    earlier = {c: tuple(r for r in h if r[0] < split) for c, h in histories.items()}
    try:
        progress(_("fitting FSRS"))
        fitted = replace(fsrs, weights=_fit(earlier, day))
    except InputError:
        fitted = None
    if fitted is not None:
        chosen.append((N_("FSRS-6 fitted"), fitted))
        told["FSRS-6 fitted"] = foretell(list(histories.values()), day, fitted)
    believed = fitted or fsrs
    sample = [histories[card] for card in sorted(histories)][:: max(1, len(histories) // _MOST)]
    scale = len(histories) / len(sample)
    reports = []
    for name, scheduling in chosen:
        progress(_("30 days of {scheduler}").format(scheduler=_(name)))
        ahead = workload(
            sample,
            day,
            now,
            scheduling,
            lambda memory, at: recall(memory, at, day, believed),
            believed,
            days=_AHEAD,
        )
        late = [one for one in told[name] if one.at >= split]
        reports.append(report(name, late, tuple(round(n * scale, 1) for n in ahead), scheduling))
    early = [one for one in told["SM-2"] if one.at < split]
    share = sum(one.recalled for one in early) / len(early) if early else 0.9
    late = [one for one in told["SM-2"] if one.at >= split]
    reports.append(report(N_("a constant"), constant(late, share)))
    return tuple(replace(one, earlier=len(early)) for one in reports)
