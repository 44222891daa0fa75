"""Whatever a learner does, in whatever order: undo takes back exactly the last of it, and the log alone tells all."""

import contextlib
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from studyllm.cards import Card, Deck, Source
from studyllm.errors import InputError
from studyllm.location import Place, Server
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Algorithm, Grade, Learned, Scheduling, Spread
from studyllm.schedule.compare import replay
from studyllm.store import Changes, Store, StudyCard, Update
from studyllm.store.damage import examine
from studyllm.store.tables import LOG
from tests.conftest import DAY, NOW, card, fill
from tests.postgres import Cluster

DECKS = ("birds", "trees")
WAYS = (
    Scheduling(),
    Scheduling(algorithm=Algorithm.FSRS),
    Scheduling(algorithm=Algorithm.FSRS, retention=0.8, spread=Spread.FUZZ),
    Scheduling(relearning_steps=(), spread=Spread.FUZZ, exam=NOW.date() + timedelta(days=40)),
)
"""How a deck may be scheduled."""
MOST_CARDS = 24
"""Cards that imports may have added, those that are gone counted."""
Action = tuple[str, int, int]
"""What is done, to which card, and a number that says how."""
WEIGHTS = {
    "review": 40,
    "suspend": 5,
    "bury": 5,
    "tag": 5,
    "points": 5,
    "reset": 3,
    "due": 5,
    "reschedule": 2,
    "many": 6,
    "change": 5,
    "leave": 4,
    "add": 2,
    "mixed": 3,
    "rename": 2,
    "remove": 1,
    "undo": 30,
}
Filled = Callable[[], AbstractContextManager[Store]]
ACTIONS = st.lists(
    st.tuples(st.sampled_from(tuple(WEIGHTS)), st.integers(0, 99), st.integers(0, 9999)), max_size=30
)


@dataclass(frozen=True)
class Snapshot:
    """All that there is, the log aside, as the database has it: what its records show is made of these columns."""

    cards: dict[int, Any]
    decks: list[Any]


class Life:
    """A learner who does things to one store, and who remembers how it was before each of them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        self.before: list[tuple[int, Snapshot]] = []
        """Of each action that stands, its row of the log and how things were before it."""
        self.last = self.snapshot()

    def snapshot(self) -> Snapshot:
        with self.store._database.engine.connect() as connection:
            cards = {row.id: row for row in connection.exec_driver_sql("SELECT * FROM card ORDER BY id")}
            decks = connection.exec_driver_sql("SELECT name, scheduling, notes FROM deck ORDER BY id").all()
        return Snapshot(cards, list(decks))

    def do(self, action: Action) -> None:
        """One action, of which the log says something if and only if it changed something."""
        name, choice, number = action
        self.now += timedelta(minutes=number) if number % 3 else timedelta(days=number % 5, hours=1)
        if name == "undo":
            for _ in range(1 + number % 2):
                self.undo()
            return
        before, newest = self.last, self.newest()
        here = [row.id for row in before.cards.values() if row.gone_at is None]
        getattr(self, name)(self.store.card(here[choice % len(here)]), number)
        self.last = self.snapshot()
        if (logged := self.newest()) != newest:
            self.before.append((logged, before))
        else:
            assert self.last == before, f"{action} left no trace in the log"

    def newest(self) -> int:
        """The last row of the log."""
        with self.store._database.engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM log").scalar_one())

    def undo(self) -> None:
        """Takes back the last action that stands: all is as it was before it."""
        if not self.before:
            return  # but for the two imports with which all began
        entry = self.store.journal.undo(self.now)
        after = self.snapshot()
        logged, wanted = self.before.pop()
        assert entry is not None
        assert entry.id == logged
        assert after.decks == wanted.decks, entry
        for card_id, was in wanted.cards.items():
            assert after.cards[card_id] == was, entry
        for card_id in after.cards.keys() - wanted.cards.keys():
            assert after.cards[card_id].gone_at, "what an import added is kept, out of the way"
        self.last = after

    # What a learner does

    def review(self, one: StudyCard, number: int) -> None:
        ReviewQueue(self.store, DAY).record(one, Grade(number % 6), self.now)

    def suspend(self, one: StudyCard, number: int) -> None:
        self.store.suspend(one.id, self.now, suspended=number % 2 == 0)

    def bury(self, one: StudyCard, number: int) -> None:
        self.store.bury(one.id, DAY.of(self.now) + timedelta(days=number % 2), self.now)

    def tag(self, one: StudyCard, number: int) -> None:
        self.store.tag(one.id, ["hard", "exam", "Latin"][: number % 4], self.now)

    def points(self, one: StudyCard, number: int) -> None:
        self.store.set_points(one, [f"point {n}" for n in range(number % 3)], self.now)

    def reset(self, one: StudyCard, number: int) -> None:
        self.store.reset(one.id, self.now)

    def due(self, one: StudyCard, number: int) -> None:
        if isinstance(one.progress, Learned):
            self.store.set_due(one.id, DAY.of(self.now) + timedelta(days=number % 60 - 5), self.now)

    def reschedule(self, one: StudyCard, number: int) -> None:
        way, histories = WAYS[number % len(WAYS)], self.store.journal.histories(one.deck)
        moved = {id_: replay(told, DAY, way, card=id_) for id_, told in histories.items()}
        self.store.reschedule(one.deck, way, moved, self.now)

    def many(self, one: StudyCard, number: int) -> None:
        """Something to the card and others at once."""
        cards = [one.id, *(c.id for c in self.store.cards(gone=True) if (c.id + number) % 3 == 0)]
        entries, today = self.store.entries, DAY.of(self.now)
        if number % 5 == 0:
            entries.suspend(cards, self.now, suspended=number % 2 == 0)
        elif number % 5 == 1:
            entries.bury(cards, today, self.now)
        elif number % 5 == 2:
            entries.tag(cards, ["exam"], ["hard"] if number % 2 else [], self.now)
        elif number % 5 == 3:
            entries.reset(cards, self.now)
        else:
            entries.ask_today(cards, today, self.now)

    # What happens to decks

    def rename(self, one: StudyCard, number: int) -> None:
        """To a name that is free, or was that of a deck which is deleted, or to its own."""
        taken = {deck.name for deck in self.store.decks()} - {one.deck}
        name = (*DECKS, f"deck {number % 5}")[number % 3]
        if name not in taken:
            self.store.rename(one.deck, name, self.now)

    def remove(self, one: StudyCard, number: int) -> None:
        if len(self.store.decks()) > 1:
            self.store.remove(one.deck, self.now)

    # What an import does

    def change(self, one: StudyCard, number: int) -> None:
        self.apply(one.deck, updated=[self.changed(one, number)])

    def leave(self, one: StudyCard, number: int) -> None:
        """A card leaves the notes, or one that had left is back."""
        cards = list(self.store.cards(one.deck, gone=True))
        gone = [c for c in cards if c.gone]
        if gone and (number % 2 or len(cards) - len(gone) < 3):
            self.apply(one.deck, updated=[self.changed(gone[number % len(gone)], number)])
        elif len(cards) - len(gone) > 1:
            self.apply(one.deck, gone=[one.id])

    def add(self, one: StudyCard, number: int) -> None:
        self.apply(one.deck, added=self.new())

    def mixed(self, one: StudyCard, number: int) -> None:
        """All of it at once."""
        here = list(self.store.cards(one.deck))
        updated = [self.changed(c, number + c.id) for c in here[:2]]
        self.apply(one.deck, updated=updated, gone=[c.id for c in here[2:-1]][: number % 3], added=self.new())

    def changed(self, one: StudyCard, number: int) -> Update:
        """The card with another text or another place, or as it was."""
        text = one.card
        if number % 4 == 0:
            text = replace(text, answer=f"meaning {number}", headings=("heading", str(number)))
        elif number % 4 == 1:
            text = replace(text, source=Source(f"/notes/{number % 3}.md", number, number), term=f"t{number}")
        return Update(one.id, text, early_look=f"reason {number}" if number % 3 == 0 else "")

    def new(self) -> list[Card]:
        count = len(self.last.cards)
        return [
            card(f"term {n}", path="/notes/new.md", line=n) for n in range(count, min(count + 2, MOST_CARDS))
        ]

    def apply(
        self,
        deck: str,
        *,
        added: Iterable[Card] = (),
        updated: Iterable[Update] = (),
        gone: Iterable[int] = (),
    ) -> None:
        self.store.apply(Deck(deck), Changes(tuple(added), tuple(updated), tuple(gone)), self.now)


@contextmanager
def copied(path: Path) -> Iterator[Store]:
    """A copy of a database, which does not wait for the disk; tests/hostile/test_kills.py is about that."""
    with TemporaryDirectory() as folder, Store(Path(shutil.copy(path, folder))) as store:
        store._database.engine.dispose()
        event.listen(store._database.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
        yield store


@contextmanager
def made(place: Place) -> Iterator[Store]:
    """A database with two decks of four cards."""
    with Store(place) as store:
        for deck in DECKS:
            cards = (card(f"{deck} {n}", path=f"/notes/{deck}.md", line=n) for n in range(1, 5))
            store.apply(Deck(deck), Changes(added=tuple(cards)), NOW)
        yield store


@pytest.fixture(scope="module")
def filled(engine: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Filled:
    """Opens such a database of one's own each time."""
    if engine == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        return lambda: made(cluster.fresh())
    path = tmp_path_factory.mktemp("filled") / "study.db"
    with made(path):
        pass
    return lambda: copied(path)


def actions(seed: int, count: int) -> Iterator[Action]:
    dice = Random(seed)
    names = dice.choices(tuple(WEIGHTS), weights=tuple(WEIGHTS.values()), k=count)
    return ((name, dice.randrange(100), dice.randrange(10_000)) for name in names)


@settings(max_examples=25, deadline=None)
@given(ACTIONS)
def test_undo_takes_back_every_action_and_the_log_tells_all(filled: Filled, done: list[Action]) -> None:
    with filled() as store:
        life = Life(store)
        for action in done:
            life.do(action)
        assert store.journal.differences() == ()
        while life.before:
            life.undo()
        assert store.journal.differences() == ()


@pytest.mark.slow
def test_thousands_of_random_actions(filled: Filled) -> None:
    with filled() as store:
        life = Life(store)
        recent: deque[Action] = deque(maxlen=20)
        # A server is asked for every row of a snapshot: as many take minutes there.
        count = 1_500 if isinstance(store.place, Server) else 5_000
        for number, action in enumerate(actions(20260302, count), 1):
            recent.append(action)
            try:
                life.do(action)
                assert number % 500 or store.journal.differences() == ()
            except Exception:
                print(f"action {number}, the last ones were {list(recent)}")
                raise
        for _ in range(300):
            life.undo()
        assert store.journal.differences() == ()
        assert isinstance(store.place, Server) or examine(store.place) is None


@pytest.mark.parametrize("name", ["reset", "due", "reschedule"])
def test_undo_gives_back_the_early_look(store: Store, name: str) -> None:
    store.apply(Deck("birds"), Changes(added=(card("wren"),)), NOW)
    ReviewQueue(store, DAY).record(store.card(1), Grade.GOOD, NOW)
    changed = Update(1, card("wren", "a small bird"), early_look="its definition changed")
    store.apply(Deck("birds"), Changes(updated=(changed,)), NOW)
    before = store.card(1)
    if name == "reset":
        store.reset(1, NOW)
    elif name == "due":
        store.set_due(1, NOW.date() + timedelta(days=30), NOW)
    else:
        moved = {1: replay(store.journal.histories()[1], DAY, WAYS[1], card=1)}
        store.reschedule("birds", WAYS[1], moved, NOW)
    store.journal.undo(NOW)
    assert store.card(1) == before


def test_a_day_set_while_a_review_is_saved_overwrites_neither(store: Store) -> None:
    fill(store, "dropout")
    queue = ReviewQueue(store, DAY)
    queue.record(store.card(1), Grade.GOOD, NOW)

    def review_often() -> None:
        for number in range(200):
            with contextlib.suppress(InputError):
                queue.record(store.card(1), Grade.GOOD, NOW + timedelta(days=number))

    reviewing = Thread(target=review_often)
    reviewing.start()
    for number in range(200):
        store.set_due(1, NOW.date() + timedelta(days=number), NOW)
    reviewing.join()
    with store._database.read() as connection:
        rows = connection.execute(select(LOG.c.before, LOG.c.after).where(LOG.c.event == "due")).all()
    assert rows
    for before, after in rows:
        assert before is not None
        assert after is not None
        assert before | {"due": None, "again": None} == after | {"due": None, "again": None}
