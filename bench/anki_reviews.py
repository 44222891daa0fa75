"""Anki's side of `bench.reviews`, run by an interpreter that has the `anki` package and none of ours.

`build FILE CARDS LOG` makes a collection, `review FILE REVIEWS` answers cards in it and prints seconds as JSON.
"""

import json
import random
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from anki.collection import Collection
from anki.scheduler.v3 import CardAnswer

DECKS = 5
DAY = 86_400
AGE = 3_000
"""Days since the collection was made."""
INTERVALS = (38, 95, 180)
WORDS = ("模型", "训练数据", "梯度", "参数", "注意力", "序列", "语言", "概率", "损失函数", "recall", "token")


def build(file: Path, cards: int, log: int) -> None:
    """A collection of five decks under one; nine of ten cards were seen, one in twenty of these is due."""
    chance = random.Random(1)
    with closing(Collection(str(file))) as col:
        decks = [col.decks.id(f"all::deck {number}") for number in range(DECKS)]
        config = col.decks.get_config(1)
        config["rev"]["perDay"], config["new"]["perDay"] = 9_999, 100 * DECKS
        col.decks.update_config(config)
        col.decks.select(col.decks.id("all"))
        model = col.models.by_name("Basic")["id"]
        start = col.sched.day_cutoff - DAY  # when today began
    seen = cards - cards // 10
    base, now = int(time.time() * 1000), int(time.time())
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE col SET crt = crt - ?", (AGE * DAY,))
        notes, rows, last = [], [], []
        for number in range(cards):
            ident = base - (cards - number) * 1000
            back = "".join(chance.choice(WORDS) for _ in range(chance.randrange(36, 64)))
            flds = f"术语{number}（Term {number}）\x1f{back}"
            notes.append((ident, f"g{number}", model, now, -1, "", flds, f"术语{number}", number, 0, ""))
            place = (ident, ident, decks[number % DECKS], 0, now, -1)
            if number >= seen:
                rows.append((*place, 0, 0, number, 0, 0, 0, 0, 0, 0, 0, 0, "{}"))
                continue
            interval = chance.choice(INTERVALS)
            late = chance.randrange(4) if chance.random() < 0.05 else -chance.randint(1, interval - 1)
            rows.append((*place, 2, 2, AGE - late, interval, 2500, log // seen, 1, 0, 0, 0, 0, "{}"))
            last.append((ident, start - (late + interval) * DAY))
        raw.executemany(f"INSERT INTO notes VALUES ({','.join('?' * 11)})", notes)
        raw.executemany(f"INSERT INTO cards VALUES ({','.join('?' * 18)})", rows)
        done = sorted(
            (at - (n // seen) * 20 * DAY, n, ident)
            for n, (ident, at) in ((n, last[n % seen]) for n in range(log))
        )
        reviews = (
            (at * 1000 + n % (DAY * 1000), ident, -1, 3, 38, 15, 2500, 8_000, 1) for at, n, ident in done
        )
        raw.executemany("INSERT OR REPLACE INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", reviews)


def review(file: Path, count: int) -> dict[str, float | list[float]]:
    """Answers cards, three in four good, the others again, hard or easy: seconds as `reviews.Ours` measures them."""
    chance = random.Random(2)
    ratings = (CardAnswer.GOOD,) * 9 + (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.EASY)
    fetched, reviews = [], []
    with closing(Collection(str(file))) as col:
        begin = time.perf_counter()
        col.sched.get_queued_cards(fetch_limit=1)
        first = time.perf_counter() - begin
        for _ in range(count):
            begin = time.perf_counter()
            queued = col.sched.get_queued_cards(fetch_limit=1)
            fetched.append(time.perf_counter() - begin)
            if not queued.cards:
                break
            top = queued.cards[0]
            answer = CardAnswer(
                card_id=top.card.id,
                current_state=top.states.current,
                rating=(rating := chance.choice(ratings)),
                new_state=(top.states.again, top.states.hard, top.states.good, top.states.easy)[rating],
                answered_at_millis=int(time.time() * 1000),
                milliseconds_taken=8_000,
            )
            col.sched.answer_card(answer)
            reviews.append(time.perf_counter() - begin)
    return {"first": first, "next": fetched, "reviews": reviews}


if __name__ == "__main__":
    command, path, *numbers = sys.argv[1:]
    if command == "build":
        build(Path(path), *map(int, numbers))
    else:
        print(json.dumps(review(Path(path), *map(int, numbers))))
