"""The database of Anki's packages in the oldest shape that Anki still reads (schema 11), empty.

It needs no compression and no protocol buffers, and every Anki since 2012, AnkiDroid and AnkiMobile take it.
"""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

NOTE_TYPE = 1_790_000_000_001
"""Never to change: by it Anki knows cards of earlier packages again."""
FIELDS = ("Front", "Back", "Note", "Source")
"""Nor these."""
_CSS = """.card { font-family: sans-serif; font-size: 20px; text-align: left; max-width: 40em; margin: auto; }
table { border-collapse: collapse; } td, th { border: 1px solid; padding: .2em .5em; }
.note, .source { font-size: 75%; opacity: .8; }"""
_BACK = """{{FrontSide}}<hr id=answer>{{Back}}
{{#Note}}<details class=note><summary>…</summary>{{Note}}</details>{{/Note}}
<div class=source>{{Source}}</div>"""
_TABLES = {
    "col": "id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer, "
    "ls integer, conf text, models text, decks text, dconf text, tags text",
    "notes": "id integer primary key, guid text, mid integer, mod integer, usn integer, tags text, flds text, "
    "sfld integer, csum integer, flags integer, data text",
    "cards": "id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer, type integer, "
    "queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer, left integer, "
    "odue integer, odid integer, flags integer, data text",
    "revlog": "id integer primary key, cid integer, usn integer, ease integer, ivl integer, lastIvl integer, "
    "factor integer, time integer, type integer",
    "graves": "usn integer, oid integer, type integer",
}


def make(
    connection: sqlite3.Connection,
    first_day: int,
    modified: int,
    west: int,
    rollover: int,
    decks: Mapping[int, str],
) -> None:
    """Makes the tables and the one row of `col`: `first_day` in seconds since 1970 is when days began to be counted,
    `modified` in seconds when something last changed, `west` the minutes west of Greenwich."""
    for name, columns in _TABLES.items():
        connection.execute(f"CREATE TABLE {name} ({columns})")
    conf = {
        "creationOffset": west,
        "rollover": rollover,
        "schedVer": 2,
        "curDeck": 1,
        "activeDecks": [1],
        "nextPos": 1,
        "sortType": "noteFld",
        "sortBackwards": False,
        "collapseTime": 1200,
        "timeLim": 0,
        "estTimes": True,
        "dueCounts": True,
    }
    named = {str(number): _deck(number, name, modified) for number, name in {1: "Default", **decks}.items()}
    values = (
        first_day,
        modified * 1000,
        modified * 1000,
        json.dumps(conf),
        json.dumps({str(NOTE_TYPE): _note_type(modified)}),
        json.dumps(named),
        json.dumps({"1": _options(modified)}),
    )
    connection.execute("INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')", values)


def _note_type(modified: int) -> dict[str, Any]:
    fields = [
        {"name": name, "ord": n, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
        for n, name in enumerate(FIELDS)
    ]
    template = {
        "name": "Card 1",
        "ord": 0,
        "qfmt": "{{Front}}",
        "afmt": _BACK,
        "bqfmt": "",
        "bafmt": "",
        "did": None,
    }
    return {
        "id": NOTE_TYPE,
        "name": "studyllm",
        "type": 0,
        "mod": modified,
        "usn": 0,
        "sortf": 0,
        "did": 1,
        "tmpls": [template],
        "flds": fields,
        "css": _CSS,
        "latexPre": "",
        "latexPost": "",
        "req": [[0, "all", [0]]],
        "tags": [],
        "vers": [],
    }


def _deck(number: int, name: str, modified: int) -> dict[str, Any]:
    today = {name: [0, 0] for name in ("newToday", "revToday", "lrnToday", "timeToday")}
    return {
        "id": number,
        "name": name,
        "mod": modified,
        "usn": 0,
        "desc": "",
        "dyn": 0,
        "conf": 1,
        "collapsed": False,
        "extendNew": 0,
        "extendRev": 0,
        **today,
    }


def _options(modified: int) -> dict[str, Any]:
    return {
        "id": 1,
        "name": "Default",
        "mod": modified,
        "usn": 0,
        "maxTaken": 60,
        "autoplay": True,
        "timer": 0,
        "replayq": True,
        "dyn": False,
        "new": {
            "delays": [1, 10],
            "ints": [1, 4, 7],
            "initialFactor": 2500,
            "order": 1,
            "perDay": 20,
            "bury": False,
        },
        "rev": {"perDay": 200, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "bury": False, "hardFactor": 1.2},
        "lapse": {"delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 1},
    }
