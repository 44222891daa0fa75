"""Reviews on a big home, side by side with Anki's backend: `python -m bench.reviews [--cards N] [--log N]`.

100,000 cards in five decks and 1,000,000 reviews in the log, in a temporary folder. A review is the next card and its
answer, committed. In turn, so that noise hits all: ours, through `ReviewQueue`; Anki's scheduler on a collection of
the same size, its package installed into an environment that is thrown away; and, as the floor, one UPDATE and one
INSERT a commit in our file with nothing around them. All three sync every commit to the disk, which can
hide the rest: `TMPDIR=/dev/shm` shows what each costs the processor. Then the app's first frame on that home against a
bare Textual app. Targets of the project: the next card in under 5 ms (median), at least as many reviews a second as
Anki, a first frame within 2 ×. `--profile` says where our time goes, and does nothing else.
"""

import argparse
import cProfile
import json
import pstats
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.importing import WORDS
from bench.start import first_frames
from bench.terminal import environment
from studyllm.cards import Deck
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Day, Grade, Learned, New
from studyllm.store import Changes, Store
from studyllm.store.columns import progress_columns, progress_json

DECKS = 5
INTERVALS = (1, 6, 15, 38, 95, 180)
"""Days; a lapse comes after the last."""
ENGLISH = (
    "the",
    "model",
    "predicts",
    "each",
    "token",
    "from",
    "all",
    "before",
    "it",
    "so",
    "memory",
    "fades",
)
DAY = Day(UTC)
ANKI = Path(__file__).with_name("anki_reviews.py")
ROUNDS, FRAMES = 8, 6


class History:
    """The reviews of one card, so many that its last one left it with a long interval."""

    def __init__(self, reviews: int, today: date, chance: random.Random) -> None:
        self.place = chance.randrange(3, len(INTERVALS))
        self.reviews, self.lag = reviews, chance.randrange(0, 50_000)
        interval = INTERVALS[self.place]
        late = chance.randrange(4) if chance.random() < 0.05 else -chance.randint(1, interval - 1)
        reviewed = today - timedelta(days=late + interval)
        self.days = [reviewed]
        for number in range(reviews - 2, -1, -1):
            self.days.insert(0, self.days[0] - timedelta(days=INTERVALS[self._place(number)]))

    def _place(self, number: int) -> int:
        return (self.place - (self.reviews - 1 - number)) % len(INTERVALS)

    def at(self, number: int) -> datetime:
        return DAY.start(self.days[number]) + timedelta(seconds=self.lag)

    def after(self, number: int) -> Learned | New:
        """Where the card stood after a review, the first of them 0."""
        if number < 0:
            return New()
        place = self._place(number)
        due = self.days[number] + timedelta(days=INTERVALS[place])
        return Learned(place, INTERVALS[place], 2.5, number // len(INTERVALS), self.at(number), due)

    def grade(self, number: int) -> int:
        return 1 if self._place(number) == 0 else 4


def sentence(chance: random.Random, *, chinese: bool) -> str:
    """100 to 200 characters."""
    if chinese:
        return "".join(chance.choice(WORDS) for _ in range(chance.randrange(36, 64))) + "。"
    return " ".join(chance.choice(ENGLISH) for _ in range(chance.randrange(24, 44))).capitalize() + "."


def moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def build(file: Path, notes: Path, cards: int, log: int, today: date) -> None:
    """The home: a tenth of the cards was never seen, one in twenty of the others is due."""
    chance = random.Random(1)
    now = DAY.start(today)
    with Store(file) as store:
        for number in range(DECKS):
            deck = Deck(f"deck {number}", notes=(notes,), new_per_day=100, reviews_per_day=9_999)
            store.apply(deck, Changes(), now)
    seen = cards - cards // 10
    histories = [History(log // seen + (n < log % seen), today, chance) for n in range(seen)]
    order = sorted(
        (history.days[number], history.lag, card, number)
        for card, history in enumerate(histories)
        for number in range(history.reviews)
    )
    with closing(sqlite3.connect(file)) as raw, raw:
        insert(raw, "card", _cards(cards, histories, now, notes, chance))
        insert(raw, "log", _reviews(order, histories, chance))


def insert(raw: sqlite3.Connection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    names, marks = ", ".join(first), ", ".join("?" * len(first))
    raw.execute(sql := f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(first.values()))
    raw.executemany(sql, (tuple(row.values()) for row in rows))


def _cards(
    count: int, histories: Sequence[History], now: datetime, notes: Path, chance: random.Random
) -> Iterator[dict[str, Any]]:
    for card in range(count):
        history = histories[card] if card < len(histories) else None
        chinese = card % 3 > 0
        term = f"术语{card}（Term {card}）" if chinese else f"term {card}"
        progress = history.after(history.reviews - 1) if history else New()
        columns = progress_columns(progress)
        if isinstance(progress, Learned):
            columns |= {"reviewed": moment(progress.reviewed), "due": progress.due.isoformat()}
        yield {
            "id": card + 1,
            "deck_id": card % DECKS + 1,
            "kind": "term",
            "term": term,
            "aliases": "[]",
            "prompt": term,
            "answer": sentence(chance, chinese=chinese),
            "points": "[]",
            "headings": json.dumps([f"主题 {card // 100}", f"小节 {card % 100 // 10}"]),
            "lang": "zh" if chinese else "en",
            "rule": "bold bullet",
            "path": str(notes / f"note-{card // 100:04}.md"),
            "line": card % 100 * 2 + 9,
            "end_line": card % 100 * 2 + 9,
            "added_at": moment(now),
            "suspended": False,
            **columns,
        }


def _reviews(
    order: Sequence[tuple[date, int, int, int]], histories: Sequence[History], chance: random.Random
) -> Iterator[dict[str, Any]]:
    """Rows as `Store.record` writes them, oldest first; every second answer was typed and judged."""
    answers = [sentence(chance, chinese=n % 3 > 0)[:60] for n in range(1000)]
    detail = {
        "points": [{"text": answers[0], "state": "hit"}],
        "by": ["cross-encoder"],
        "confidence": 0.8,
        "asked": "0" * 16,
    }
    judged = {"score": 0.8, "verdict": "correct", "suggested": 4, "detail": json.dumps(detail)}
    unjudged = dict.fromkeys(judged)
    for place, (_, _, card, number) in enumerate(order):
        history = histories[card]
        before, after = progress_json(history.after(number - 1)), progress_json(history.after(number))
        yield {
            "at": moment(history.at(number)),
            "event": "review",
            "card_id": card + 1,
            "answer": answers[place % 1000] if place % 2 else None,
            "chosen": history.grade(number),
            "before": before and json.dumps(before),
            "after": json.dumps(after),
            **(judged if place % 2 else unjudged),
        }


class Ours:
    """Reviews through `ReviewQueue`; a moment passes between two, so that repetitions come up."""

    def __init__(self, file: Path) -> None:
        self.file, self.now = file, DAY.start(DAY.of(datetime.now(UTC))) + timedelta(hours=1)
        self.chance = random.Random(2)

    def review(self, count: int) -> dict[str, Any]:
        """Seconds: of the first next card, of each one after it, and of each review."""
        with Store(self.file) as store:
            queue = ReviewQueue(store, DAY)
            begin = time.perf_counter()
            queue.next(self.now)
            first = time.perf_counter() - begin
            fetched, reviews = [], []
            for _ in range(count):
                begin = time.perf_counter()
                found = queue.next(self.now)
                fetched.append(time.perf_counter() - begin)
                if found is None:
                    break
                grade = self.chance.choice((4, 4, 4, 4, 4, 4, 5, 5, 4, 1, 3, 5))
                queue.record(found[0], Grade(grade), self.now)
                reviews.append(time.perf_counter() - begin)
                self.now += timedelta(seconds=8)
        return {"first": first, "next": fetched, "reviews": reviews}


def bare_commits(file: Path, count: int) -> list[float]:
    """Seconds of commits of one UPDATE and one INSERT each, with the store's pragmas: the floor."""
    now = datetime.now(UTC)
    due = DAY.of(now) + timedelta(days=100)
    stood = json.dumps(progress_json(Learned(3, 38, 2.5, 0, now, due)))
    seconds = []
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            raw.execute(f"PRAGMA {pragma}")
        # From the other end of the cards never seen: none that `ReviewQueue` comes to.
        ids = raw.execute(
            "SELECT id FROM card WHERE due IS NULL ORDER BY id DESC LIMIT ?", (count,)
        ).fetchall()
        for (card,) in ids:
            begin = time.perf_counter()
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("UPDATE card SET due = ?, interval = 100 WHERE id = ?", (due.isoformat(), card))
            raw.execute(
                'INSERT INTO log (at, event, card_id, chosen, "before", "after") VALUES (?, ?, ?, ?, ?, ?)',
                (moment(now), "bench", card, 4, stood, stood),
            )
            raw.execute("COMMIT")
            seconds.append(time.perf_counter() - begin)
    return seconds


def anki_python(folder: Path) -> str | None:
    """An interpreter with the `anki` package, in a throw-away environment; None when pip cannot get it."""
    interpreter = folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    got = subprocess.run([str(interpreter), "-m", "pip", "install", "-q", "anki"], capture_output=True)
    return str(interpreter) if got.returncode == 0 else None


def anki(interpreter: str, *args: object) -> dict[str, Any]:
    done = subprocess.run([interpreter, str(ANKI), *map(str, args)], stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout or "{}"))


def rate(rounds: Sequence[Sequence[float]]) -> float:
    """How many a second: the median of the rounds."""
    return statistics.median(len(one) / sum(one) for one in rounds)


def tell(name: str, rounds: Sequence[Sequence[float]]) -> None:
    """Prints what one side does in a second."""
    middle = statistics.median(seconds for one in rounds for seconds in one) * 1000
    print(
        f"{name:<6} {rate(rounds):5.0f}/s, median {middle:5.2f} ms each   "
        f"(rounds: {', '.join(f'{len(one) / sum(one):.0f}' for one in rounds)})"
    )


def tell_next(name: str, rounds: Sequence[dict[str, Any]]) -> float:
    """Prints how long the next card takes; the median in ms."""
    each = sorted(seconds * 1000 for one in rounds for seconds in one["next"])
    first = statistics.median(one["first"] for one in rounds) * 1000
    print(
        f"{name:<6} next card: median {statistics.median(each):.2f} ms, 99 % {each[len(each) * 99 // 100]:.2f}, "
        f"most {each[-1]:.2f}; the first of a session {first:.0f}"
    )
    return float(statistics.median(each))


def profiled(file: Path, count: int) -> None:
    """Where the time of our reviews goes."""
    ours = Ours(file)
    ours.review(20)  # imports and compiled statements
    profile = cProfile.Profile()
    profile.runcall(ours.review, count)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--log", type=int, default=1_000_000)
    parser.add_argument("--reviews", type=int, default=2_000)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as base:
        home, collection, notes = Path(base, "home"), Path(base, "collection.anki2"), Path(base, "notes")
        notes.mkdir()
        file, each = home / "study.db", asked.reviews // ROUNDS
        begin = time.perf_counter()
        build(file, notes, asked.cards, asked.log, DAY.of(datetime.now(UTC)))
        print(
            f"{asked.cards} cards, {asked.log} reviews in the log: {file.stat().st_size / 2**20:.0f} MB, "
            f"built in {time.perf_counter() - begin:.0f} s"
        )
        if asked.profile:
            return profiled(file, asked.reviews)
        interpreter = anki_python(Path(base, "environment"))
        if interpreter is None:
            print("pip could not get the anki package: only our own figures follow.")
        else:
            anki(interpreter, "build", collection, asked.cards, asked.log)
        ours, theirs, floor = [], [], []
        reviewer = Ours(file)
        for _ in range(ROUNDS):
            ours.append(reviewer.review(each))
            if interpreter is not None:
                theirs.append(anki(interpreter, "review", collection, each))
            floor.append(bare_commits(file, each))
        met = tell_next("ours", ours) < 5
        if theirs:
            tell_next("Anki", theirs)
        our_reviews, their_reviews = ([one["reviews"] for one in side] for side in (ours, theirs))
        tell("ours", our_reviews)
        if theirs:
            tell("Anki", their_reviews)
            ratio = rate(our_reviews) / rate(their_reviews)
            print(f"       {ratio:.2f} × Anki's reviews a second")
            met &= ratio >= 1
        tell("floor", floor)
        frames = first_frames(environment(home), FRAMES)
    sys.exit(not (met and frames["home"] / frames["bare"] <= 2))


if __name__ == "__main__":
    main()
