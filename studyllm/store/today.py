"""What is due, what was done today, and how much that is, asked of the driver's own connection."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from studyllm.cards import DERIVED, Algorithm, Backlog, Deck, Scheduling, Spread
from studyllm.schedule import (
    BALANCED_PACE,
    PLAIN_PACE,
    RECENT,
    Day,
    Waiting,
    new_today,
    portion,
    usual_reviews,
)
from studyllm.store.columns import deck_of, scheduling_of, study_card, texts
from studyllm.store.records import Counts, Naming, StudyCard
from studyllm.store.statement import Raw, Statement

_CARD, _NAMES, _LOAD = Statement("card"), Statement("names"), Statement("load")
_DECKS, _DECK, _SCHEDULINGS = Statement("decks"), Statement("deck"), Statement("schedulings")
_REPEATING, _EARLY, _UNSEEN = Statement("repeating"), Statement("early"), Statement("unseen")
_OVERDUE, _LIKELY, _LIKELY_FSRS = Statement("overdue"), Statement("likely"), Statement("likely, fsrs")
_UNSAID, _UNSAID_LEARNED = Statement("unsaid"), Statement("unsaid, learned")
_UNSAID_NEW, _LATELY = Statement("unsaid, new"), Statement("lately")
_ALL, _COUNTED, _COUNT_EARLY = Statement("count all"), Statement("count decks"), Statement("count early")
_REPEATED, _COME, _NEW = Statement("count repeated"), Statement("count due"), Statement("count new")
_HELD, _DONE, _LAST = Statement("count held"), Statement("count done"), Statement("last row")


def decks(connection: Raw) -> tuple[Deck, ...]:
    """Every deck that has notes or cards, by name."""
    return tuple(map(deck_of, connection.named(_DECKS)))


def deck(connection: Raw, name: str) -> SimpleNamespace | None:
    """The id and the scheduling of a deck, deleted ones included; None when there is none of that name."""
    return connection.one(_DECK, name=name)


def schedulings(connection: Raw) -> dict[str, Scheduling]:
    """How each deck is scheduled."""
    return {name: scheduling_of(value) for name, value in connection.rows(_SCHEDULINGS)}


def card(connection: Raw, card_id: int) -> StudyCard | None:
    """One card; None when there is none of that id."""
    found = connection.one(_CARD, card=card_id)
    return None if found is None else study_card(found)


def names(connection: Raw, cards: Sequence[int]) -> tuple[Naming, ...]:
    """The names and answers of those cards, in their order."""
    found = {row.id: naming(row) for row in connection.named(_NAMES, cards=list(cards))}
    return tuple(found[card] for card in cards)


def naming(row: Any) -> Naming:
    """A record from its row."""
    texts(row.term, row.answer, *row.aliases)
    return Naming(row.id, row.term, tuple(row.aliases), row.answer, row.path)


def repeating(
    connection: Raw, name: str | None, today: date, day: Day, until: datetime
) -> Sequence[tuple[datetime, int]]:
    """When, and which cards of a deck or of all are to be repeated within the day, the earliest first."""
    rows = connection.rows(_REPEATING, name=name, today=today, start=day.start(today), until=until)
    return [(again, card) for again, card in rows]


def waiting(connection: Raw, deck: SimpleNamespace, today: date, day: Day, limit: int) -> tuple[Waiting, ...]:
    """Cards that are asked early, then those whose day has come: the longest overdue first, or as the deck orders a
    backlog."""
    start, how = day.start(today), scheduling_of(deck.scheduling)
    asked = {"today": today, "start": start, "deck": deck.id}
    found = _listed(connection.rows(_EARLY, **asked, most=limit))
    asked["most"] = limit - len(found)
    if how.backlog is Backlog.OVERDUE:
        return found + _listed(connection.rows(_OVERDUE, **asked))
    likely = _LIKELY_FSRS if how.algorithm is Algorithm.FSRS else _LIKELY
    return found + _listed(connection.rows(likely, **asked, began=start.timestamp()))


def unseen(connection: Raw, deck: SimpleNamespace, today: date, day: Day, limit: int) -> tuple[Waiting, ...]:
    """Cards never reviewed, in the order of the notes."""
    asked = {"today": today, "start": day.start(today), "deck": deck.id}
    return _listed(connection.rows(_UNSEEN, **asked, most=limit))


def unsaid(connection: Raw, today: date, day: Day) -> tuple[tuple[Waiting, ...], tuple[Waiting, ...]]:
    """Cards of all decks that were missing, or said otherwise, when their section was recalled: those that were learned
    before, and those that are new."""
    if not (found := [card for (card,) in connection.rows(_UNSAID, today=today)]):
        return (), ()
    asked = {"cards": found, "today": today, "start": day.start(today)}
    learned = _listed(connection.rows(_UNSAID_LEARNED, **asked))
    return learned, _listed(connection.rows(_UNSAID_NEW, **asked))


def _listed(rows: Iterable[Sequence[object]]) -> tuple[Waiting, ...]:
    return tuple(Waiting(*row) for row in rows)  # type: ignore[arg-type]


def load(connection: Raw, first: date, last: date) -> Mapping[date, int]:
    """How many cards are due on each day of a span, of all decks: a day is one day for the learner."""
    return {on: count for on, count in connection.rows(_LOAD, first=first, last=last) if on is not None}


def last_row(connection: Raw) -> int:
    """The number of the last row of the log; 0 when there is none."""
    [[number]] = connection.rows(_LAST)
    return number or 0


def counts(connection: Raw, today: date, day: Day) -> tuple[Counts, ...]:
    """The counts of every deck that has notes or cards, with the limits of that study day."""
    asked = {"today": today, "start": day.start(today)}
    found = {(deck, suspended): row for deck, suspended, *row in connection.rows(_ALL)}
    early = Counter(deck for (deck,) in connection.rows(_COUNT_EARLY, **asked))
    again = Counter(deck for (deck,) in connection.rows(_REPEATED, **asked))
    come = Counter[int](dict(connection.rows(_COME, **asked)))
    never = Counter[int](dict(connection.rows(_NEW, today=today)))
    done = _done(connection, day.start(today), day.start(today + timedelta(days=1)))
    result = []
    for deck in connection.named(_COUNTED):
        active, expected = found.get((deck.id, False), (0, 0.0))
        total = active + found.get((deck.id, True), (0,))[0]
        if not total and not deck.notes:
            continue
        due = come[deck.id] + early[deck.id]
        introduced, reviewed = done.get(deck.id, (0, 0))
        due_waits, new_waits = _held(connection, deck, today, day)
        due -= due_waits
        scheduling = scheduling_of(deck.scheduling)
        usual, pace = float(expected), PLAIN_PACE
        if scheduling.spread is Spread.BALANCE:
            usual = usual_reviews(_reviewed_lately(connection, deck.id, today, day), usual)
            pace = BALANCED_PACE
        asked_today = portion(due, usual, deck.reviews_per_day, reviewed, pace)
        new = never[deck.id] - new_waits
        result.append(
            Counts(
                deck=deck.name,
                cards=total,
                due=asked_today,
                new=new_today(new, deck.new_per_day, introduced, today, scheduling.exam),
                unseen=never[deck.id],
                learning=again[deck.id],
                later=due - asked_today,
            )
        )
    return tuple(result)


def _held(connection: Raw, deck: SimpleNamespace, today: date, day: Day) -> tuple[int, int]:
    """How many cards of a deck would be due and how many new, if they did not wait for another one."""
    if not DERIVED.intersection(deck.kinds):
        return 0, 0
    ((due, new),) = connection.rows(_HELD, today=today, start=day.start(today), deck=deck.id)
    return due, new


def _done(connection: Raw, start: datetime, end: datetime) -> dict[int, tuple[int, int]]:
    """By deck id: new cards introduced, and other cards reviewed, between two moments."""
    rows = connection.rows(_DONE, start=start, end=end)
    return {deck: (introduced, every - introduced) for deck, introduced, every in rows}


def _reviewed_lately(connection: Raw, deck: int, today: date, day: Day) -> Sequence[int]:
    """Cards reviewed on each of the last days of study before today, new ones aside, the oldest day first."""
    since = day.start(today - timedelta(days=2 * RECENT))
    cards: dict[date, set[int]] = {}
    introduced: set[tuple[date, int]] = set()
    for at, card, new in connection.rows(_LATELY, deck=deck, since=since, start=day.start(today)):
        when = day.of(at)
        known = cards.setdefault(when, set())
        if new:
            introduced.add((when, card))
        elif (when, card) not in introduced:
            known.add(card)
    return [len(cards[when]) for when in sorted(cards)]
