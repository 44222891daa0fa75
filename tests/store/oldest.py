"""A database of the first release."""

import json
import sqlite3
from pathlib import Path

from sqlalchemy import create_engine, event

from studyllm.store import opening


def oldest(path: Path) -> None:
    """A database as the first release left it, with a card that was reviewed and one that was not."""
    path.parent.mkdir(parents=True)
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", opening._pragmas)
    event.listen(engine, "begin", opening._begin)
    opening.migrate(engine, "0001")
    engine.dispose()
    day = "2026-03-02 09:00:00.000000"
    learned = {"repetitions": 1, "interval": 1, "ease": 2.5, "lapses": 0}
    after = {**learned, "reviewed": "2026-03-02T09:00:00+00:00", "due": "2026-03-03T04:00:00+00:00"}
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO deck VALUES (1, 'words', '[]', '[\"term\"]', 20, 200, 'auto')")
        for number, term in enumerate(("a", "b"), 1):
            columns = (
                number,
                1,
                "term",
                term,
                "[]",
                term,
                f"what {term} means",
                "[]",
                "[]",
                "en",
                "",
                "/a.md",
            )
            raw.execute(
                "INSERT INTO card (id, deck_id, kind, term, aliases, prompt, answer, points, headings, lang, rule, "
                f"path, line, end_line, added_at, suspended) VALUES ({', '.join('?' * 16)})",
                (*columns, number, number, day, False),
            )
        raw.execute(
            "UPDATE card SET repetitions = 1, interval = 1, ease = 2.5, lapses = 0, reviewed = ?, due = ? WHERE id = 1",
            (day, "2026-03-03 04:00:00.000000"),
        )
        raw.execute(
            "INSERT INTO log (id, at, event, card_id, answer, chosen, after) VALUES (1, ?, 'review', 1, 'mine', 4, ?)",
            (day, json.dumps(after)),
        )
        raw.execute(
            "INSERT INTO log (id, at, event, card_id, chosen, after) VALUES (2, ?, 'review', 2, 4, ?)",
            (day, json.dumps(after)),
        )
        raw.execute("INSERT INTO log (id, at, event, card_id, undoes) VALUES (3, ?, 'undo', 2, 2)", (day,))
