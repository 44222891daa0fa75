"""Anki's own library as a judge of packages, run by the Python of an environment that has it (`pip install anki`).

    python oracle.py read PACKAGE            what Anki makes of a package, as JSON, and of importing it again
    python oracle.py make PACKAGE NOTES KIND a collection with reviews and pictures; KIND is new, old or colpkg, with
                                             "-fsrs" behind it one that FSRS schedules; says as JSON what is in it

Anki is AGPL: it runs in a process of its own and nothing of it is used in the program.
"""

import json
import os
import random
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

os.environ["TZ"] = "UTC"


def told(col: Any) -> dict[str, Any]:
    first = datetime.fromtimestamp(col.crt, UTC).date()
    cards = {}
    for cid, guid, ord_, kind, queue, due, ivl, factor, lapses, data, did in col.db.all(
        "select c.id, n.guid, c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.lapses, c.data, c.did "
        "from cards c join notes n on n.id = c.nid"
    ):
        day = str(first + timedelta(days=due)) if kind == 2 else None
        cards[cid] = {
            "guid": guid,
            "ord": ord_,
            "type": kind,
            "queue": queue,
            "due": day,
            "ivl": ivl,
            "factor": factor,
            "lapses": lapses,
            "data": json.loads(data or "{}"),
            "deck": col.decks.name(did),
        }
    log = col.db.all("select id, cid, ease, ivl, lastIvl, factor, time, type from revlog order by id")
    notes = [
        {"guid": g, "fields": f.split("\x1f"), "tags": t.split()}
        for g, f, t in col.db.all("select guid, flds, tags from notes")
    ]
    return {
        "notes": notes,
        "cards": cards,
        "log": log,
        "media": sorted(path.name for path in Path(col.media.dir()).iterdir()),
    }


def read(package: str) -> None:
    col = Collection(tempfile.mkdtemp() + "/c.anki2")
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    request = ImportAnkiPackageRequest(package_path=package, options=options)
    col.import_anki_package(request)
    first = told(col)
    col.import_anki_package(request)
    again = told(col)
    first["again"] = {"notes": len(again["notes"]), "log": len(again["log"])}
    json.dump(first, sys.stdout)


def make(package: str, count: int, kind: str) -> None:
    dice = random.Random(7)
    folder = tempfile.mkdtemp()
    col = Collection(folder + "/c.anki2")
    fsrs = kind.endswith("-fsrs")
    col.set_config("fsrs", fsrs)
    basic, cloze, both = (col.models.by_name(n) for n in ("Basic", "Cloze", "Basic (and reversed card)"))
    decks = [col.decks.id(name) for name in ("Chemie", "语言::模型", "Empty")]
    picture_bytes = (
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccfc0500f"
        "0004850180848da98a0000000049454e44ae426082"
    )
    Path(folder, "x.png").write_bytes(bytes.fromhex(picture_bytes))
    picture = col.media.add_file(folder + "/x.png")
    reqs = []
    for n in range(count):
        model = (basic, basic, cloze, both)[n % 4]
        note = col.new_note(model)
        if model is cloze:
            note["Text"] = (
                f"The {{{{c1::element {n}}}}} has {{{{c2::{n} protons::how many?}}}} and <b>mass</b> {n}&nbsp;u."
            )
        else:
            note["Front"] = f"术语 {n} &amp; term"
            note["Back"] = (
                f"定义 {n}: <i>energy</i> \\(E_{{{n}}}=mc^2\\)<br>second line"
                f"<table><tr><td>列</td><td>值</td></tr><tr><td>a</td><td>{n}</td></tr></table>"
                + (f'<img src="{picture}">' if n % 10 == 0 else "")
            )
        note.tags = ["tag", f"t{n % 3}"]
        reqs.append((note, decks[n % 2]))
    for note, deck in reqs:
        col.add_note(note, deck)
    now = int(datetime.now(UTC).timestamp())
    today = col.sched.today
    used = set()
    for number, cid in enumerate(col.db.list("select id from cards order by id")):
        if number % 3 == 0:
            continue  # new
        at = (now - 200 * 86400) * 1000 + number * 7
        interval, ease, lapses, last = 0, 2500, 0, 0
        for step in range(1 + number % 5):
            button = dice.choice((1, 2, 3, 3, 3, 4))
            kind_ = 0 if step == 0 else 1
            lapses += kind_ == 1 and button == 1
            last, interval = (
                interval,
                (1 if button == 1 or step == 0 else max(1, round(max(1, interval) * ease / 1000))),
            )
            while at in used:
                at += 1
            used.add(at)
            col.db.execute(
                "insert into revlog values (?, ?, -1, ?, ?, ?, ?, ?, ?)",
                at,
                cid,
                button,
                interval,
                last,
                ease,
                4000,
                kind_,
            )
            at += interval * 86400 * 1000 + dice.randrange(3600_000)
        due = today + dice.randrange(-20, 60)
        queue = -1 if number % 17 == 1 else 2
        col.db.execute(
            "update cards set type = 2, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?, lapses = ? where id = ?",
            queue,
            due,
            interval,
            ease,
            1 + number % 5,
            lapses,
            cid,
        )
    if fsrs:
        reschedule(col)
    summary = told(col)
    summary.pop("notes")
    if kind.startswith("colpkg"):
        col.export_collection_package(package, include_media=True, legacy=False)
    else:
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=kind.startswith("old")
        )
        col.export_anki_package(out_path=package, options=options, limit=None)
    json.dump(summary, sys.stdout)


def reschedule(col: Any) -> None:
    """Puts every reviewed card where Anki's FSRS, with its defaults, puts it by its log, without fuzz."""
    col.set_config("fsrs", True)
    first = datetime.fromtimestamp(col.crt, UTC)
    for cid in col.db.list("select id from cards where type = 2"):
        memory = col.compute_memory_state(cid)
        at = datetime.fromtimestamp(
            col.db.scalar("select max(id) from revlog where cid = ?", cid) / 1000, UTC
        )
        interval = max(1, round(memory.stability))
        due = (
            (at - timedelta(hours=4)).date() + timedelta(days=interval) - (first - timedelta(hours=4)).date()
        )
        data = {"s": memory.stability, "d": memory.difficulty, "dr": 0.9, "decay": memory.decay}
        col.db.execute(
            "update cards set due = ?, ivl = ?, data = ? where id = ?",
            due.days,
            interval,
            json.dumps(data),
            cid,
        )


if __name__ == "__main__":
    if sys.argv[1] == "read":
        read(sys.argv[2])
    else:
        make(sys.argv[2], int(sys.argv[3]), sys.argv[4])
