"""An import in the database: done in one transaction, logged with what it takes to undo it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from studyllm.cards import Carried, Deck, Scheduling, Skipped
from studyllm.choices import Choices
from studyllm.errors import StalePlan
from studyllm.i18n import _
from studyllm.schedule import Learned, New
from studyllm.store import bulk, lookup, past
from studyllm.store.changes import Changes, NoteFile, Start, Update
from studyllm.store.columns import card_columns, plain, scheduling_json
from studyllm.store.decks import DELETED, RENAMED
from studyllm.store.rows import choices_json, choices_of
from studyllm.store.sql import driver_marks
from studyllm.store.tables import CARD, DECK, LOG, NOTE

_SOURCE = "import"
"""Of what comes with an import, and goes with it."""
DROPPED = "dropped"
"""In the detail of an import by which the learner made cards none any more."""
_SECOND = 6
"""Days of the second interval of SM-2: what rests longer was known three times or more."""


def save_deck(connection: Connection, deck: Deck) -> int:
    """Adds a deck, or changes the one of that name; its id."""
    columns = {
        "notes": [str(path) for path in deck.notes],
        "kinds": sorted(deck.kinds),
        "new_per_day": deck.new_per_day,
        "reviews_per_day": deck.reviews_per_day,
        "language": deck.language,
        "exclude": list(deck.exclude),
        "skip_headings": list(deck.skip_headings),
    }
    found: int | None = connection.scalar(
        update(DECK).where(DECK.c.name == deck.name).values(**columns).returning(DECK.c.id)
    )
    if found is None:
        found = connection.scalar(insert(DECK).values(name=deck.name, **columns).returning(DECK.c.id))
    assert found is not None
    return found


def apply(
    connection: Connection, deck: Deck, changes: Changes, at: datetime, counts: Mapping[str, int]
) -> int | None:
    """Does all of it; the id of the log row, or None when no card but for its line numbers changed."""
    had = connection.execute(select(DECK.c.notes, DECK.c.kinds).where(DECK.c.name == deck.name)).one_or_none()
    before_notes = had.notes if had else []
    kinds = {"kinds": had.kinds} if had and {*had.kinds} != {*deck.kinds} else {}
    deck_id = save_deck(connection, deck)
    added = _add(connection, deck_id, changes, at)
    brought = _begin(connection, changes, added, at) | _schedule(connection, deck, changes.scheduling, at)
    left = _join(connection, deck, changes.joined)
    changed = bool(left or kinds)
    follows = {str(path) for path in deck.notes}
    if {*before_notes} != follows:  # undone, the deck follows what it followed before
        left["left"] = left.get("left", {}) | {deck.name: before_notes}
        changed = changed or not {*before_notes} <= follows
    before = [*_update(connection, deck_id, changes.updated), *_retire(connection, changes.gone, at)]
    _remember(connection, deck_id, changes.files, changes.vanished)
    chosen = _choose(connection, deck_id, changes.choices)
    if (
        not added
        and not chosen
        and not changed
        and all(set(row) <= {"id", "line", "end_line"} for row in before)
    ):
        return None
    detail = (
        {"deck": deck.name, "counts": dict(counts), "added": added, "before": before}
        | chosen
        | left
        | brought
        | kinds
    )
    detail |= {} if changes.together is None else {"together": changes.together}
    detail |= {DROPPED: 1} if changes.dropped else {}
    detail |= {"like": changes.like} if changes.like else {}
    if chosen and (about := _about(connection, changes, added, before)):
        detail["about"] = about
    query = insert(LOG).values(at=at, event="import", detail=detail).returning(LOG.c.id)
    return int(connection.execute(query).scalar_one())


def _about(
    connection: Connection, changes: Changes, added: Sequence[int], before: Iterable[Mapping[str, Any]]
) -> str:
    """The term of the card that a choice dropped or made; empty where it is not one alone."""
    back = [row["id"] for row in before if row.get("gone_at") or "term" in row]
    ids = [*changes.gone] if changes.dropped else [*dict.fromkeys(added), *back]
    return connection.scalar(select(CARD.c.term).where(CARD.c.id == ids[0])) or "" if len(ids) == 1 else ""


def undo(connection: Connection, detail: Mapping[str, Any], at: datetime) -> None:
    """Puts the cards back as they were; those that were added are kept, out of the way."""
    for row in detail["before"]:
        values = {name: value for name, value in row.items() if name != "id"}
        if values.get("gone_at"):
            values["gone_at"] = datetime.fromisoformat(values["gone_at"])
        connection.execute(update(CARD).where(CARD.c.id == row["id"]).values(**values))
    for name, notes in detail.get("left", {}).items():
        connection.execute(update(DECK).where(DECK.c.name == name).values(notes=notes))
    if "choices" in detail:
        here = update(DECK).where(DECK.c.name == detail["deck"])
        connection.execute(here.values(choices=detail["choices"]))
    if "kinds" in detail:
        here = update(DECK).where(DECK.c.name == detail["deck"])
        connection.execute(here.values(kinds=detail["kinds"]))
    if "reviews" in detail:
        first, last = detail["reviews"]
        past.take_rows_back(connection, first, last, at)
    if "scheduling" in detail:
        row = detail["scheduling"]
        before = connection.scalar(select(LOG.c.detail).where(LOG.c.id == row))["before"]  # type: ignore[index]
        connection.execute(update(DECK).where(DECK.c.name == detail["deck"]).values(scheduling=before))
        past.take_rows_back(connection, row, row, at)
    first, last = detail["added"] or (0, -1)
    connection.execute(update(CARD).where(CARD.c.id.between(first, last)).values(gone_at=at))
    # The files are not what the cards say any more: the next import reads them again.
    connection.execute(
        delete(NOTE).where(
            NOTE.c.deck_id == select(DECK.c.id).where(DECK.c.name == detail["deck"]).scalar_subquery()
        )
    )


def last_import(connection: Connection) -> int:
    """The id of the last row of the log that may have changed which cards there are; 0 without one."""
    changing = ("import", RENAMED, DELETED, "undo")
    query = select(LOG.c.id).where(LOG.c.event.in_(changing)).order_by(LOG.c.id.desc()).limit(1)
    return connection.scalar(query) or 0


def choices(connection: Connection, deck: str) -> Choices:
    """What the learner chose about the cards of a deck's notes; nothing for one that is not there yet."""
    return choices_of(connection.scalar(select(DECK.c.choices).where(DECK.c.name == deck)) or [])


def check(connection: Connection, as_of: int) -> None:
    """Raises StalePlan when there was another import after a row of the log."""
    if last_import(connection) != as_of:
        raise StalePlan(_("The cards changed meanwhile. Nothing was imported; look at the plan again."))


def note_files(connection: Connection, deck: str) -> tuple[NoteFile, ...]:
    """The deck's notes as they were last read."""
    query = select(NOTE).join(DECK, DECK.c.id == NOTE.c.deck_id).where(DECK.c.name == deck)
    return tuple(
        NoteFile(
            row.path,
            row.size,
            row.mtime_ns,
            row.digest,
            row.reader,
            tuple(Skipped(row.path, *s) for s in row.skipped),
        )
        for row in connection.execute(query)
    )


def _add(connection: Connection, deck_id: int, changes: Changes, at: datetime) -> list[int]:
    """[first, last] id of the new cards; nothing else writes meanwhile, so they follow each other."""
    if not changes.added:
        return []
    first = (connection.scalar(select(CARD.c.id).order_by(CARD.c.id.desc()).limit(1)) or 0) + 1
    # Through the types of the table this insert would cost more than reading the notes does.
    added_at = at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    fresh = (deck_id, added_at, False)
    rows = [
        (first + n, *fresh, *map(_stored, card_columns(card).values()))
        for n, card in enumerate(changes.added)
    ]
    names = ("id", "deck_id", "added_at", "suspended", *card_columns(changes.added[0]))
    marks = driver_marks(connection, len(names))
    connection.exec_driver_sql(f"INSERT INTO card ({', '.join(names)}) VALUES ({marks})", rows)
    return [first, first + len(rows) - 1]


def _begin(connection: Connection, changes: Changes, added: list[int], at: datetime) -> dict[str, Any]:
    """Gives new cards what they bring: the log says first what happened elsewhere, then where they stand. For the
    import's row where the reviews stand."""
    carried = {
        n: Start(_learned(card.carried) if card.carried else New(), tags=card.tags)
        for n, card in enumerate(changes.added)
        if card.carried or card.tags
    }
    starts = {added[0] + n: start for n, start in {**carried, **changes.starts}.items()}
    reviews = past.log(connection, starts)
    stand = {card: start.progress for card, start in starts.items() if start.progress != New()}
    bulk.move(connection, "due", {card: (New(), progress) for card, progress in stand.items()}, at, _SOURCE)
    bulk.put(
        connection,
        "suspend",
        {c: (False, True) for c, start in starts.items() if start.suspended},
        at,
        _SOURCE,
    )
    tags: dict[int, tuple[Any, Any]] = {
        c: ([], list(start.tags)) for c, start in starts.items() if start.tags
    }
    bulk.put(connection, "tags", tags, at, _SOURCE)
    return {"reviews": reviews} if reviews else {}


def _schedule(
    connection: Connection, deck: Deck, scheduling: Scheduling | None, at: datetime
) -> dict[str, Any]:
    """Schedules the deck as its cards were elsewhere; for the import's row which row says so."""
    if scheduling is None:
        return {}
    here = DECK.c.name == deck.name
    before = connection.scalar(select(DECK.c.scheduling).where(here))
    after = scheduling_json(scheduling)
    connection.execute(update(DECK).where(here).values(scheduling=after))
    detail = {"deck": deck.name, "before": before, "after": after, "cards": {}, "source": _SOURCE}
    row = insert(LOG).values(at=at, event="scheduling", detail=detail)
    return {"scheduling": connection.scalar(row.returning(LOG.c.id))}


def _learned(carried: Carried) -> Learned:
    """The progress of a card that another program asked before."""
    reviewed = datetime.combine(carried.due - timedelta(days=carried.interval), time(12), UTC)
    repetitions = 1 + (carried.interval > 1) + (carried.interval > _SECOND)
    return Learned(repetitions, carried.interval, carried.ease, 0, reviewed, carried.due)


def _stored(value: Any) -> Any:
    """A column's value as the drivers take it."""
    return json.dumps(value) if isinstance(value, list) else value


def _join(connection: Connection, deck: Deck, paths: Iterable[str]) -> dict[str, Any]:
    """Takes notes from the decks that had them, and what of a deck's notes lies under those of this one, unless it
    keeps a note there; for the log what they had."""
    gone = set(paths)
    if not gone:
        return {}
    left: dict[str, list[str]] = {}
    for row in connection.execute(
        select(DECK.c.id, DECK.c.name, DECK.c.notes).where(DECK.c.name != deck.name)
    ):
        own = set(connection.scalars(select(NOTE.c.path).where(NOTE.c.deck_id == row.id)))
        own |= lookup.paths(connection, row.name)
        if not own & gone:
            continue
        for path in own & gone:
            connection.execute(delete(NOTE).where(NOTE.c.deck_id == row.id, NOTE.c.path == path))
        still = {folder for path in own - gone for folder in (path, *map(str, Path(path).parents))}
        roots = [
            root
            for root in row.notes
            if root in still or not any(Path(root) == new or new in Path(root).parents for new in deck.notes)
        ]
        left[row.name] = row.notes
        connection.execute(update(DECK).where(DECK.c.id == row.id).values(notes=roots))
    return {"left": left}


def _update(connection: Connection, deck_id: int, updates: Iterable[Update]) -> Iterable[dict[str, Any]]:
    """For each card, which may come from another deck, what its changed columns held."""
    for one in updates:
        row = connection.execute(select(CARD).where(CARD.c.id == one.id)).one()
        columns = card_columns(one.card) | {"gone_at": None, "early_look": row.early_look, "deck_id": deck_id}
        if one.early_look and row.due is not None:
            columns["early_look"] = one.early_look
        changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
        if changed:
            connection.execute(update(CARD).where(CARD.c.id == one.id).values(**changed))
            yield {"id": one.id} | {name: plain(getattr(row, name)) for name in changed}


def _choose(connection: Connection, deck_id: int, choices: Choices | None) -> dict[str, Any]:
    """Keeps the learner's choices; those before, for the log, when they are others."""
    before = connection.scalar(select(DECK.c.choices).where(DECK.c.id == deck_id))
    if choices is None or (after := choices_json(choices)) == before:
        return {}
    connection.execute(update(DECK).where(DECK.c.id == deck_id).values(choices=after))
    return {"choices": before}


def _retire(connection: Connection, gone: Iterable[int], at: datetime) -> Iterable[dict[str, Any]]:
    for card_id in gone:
        here = update(CARD).where(CARD.c.id == card_id, CARD.c.gone_at.is_(None))
        if connection.execute(here.values(gone_at=at)).rowcount:
            yield {"id": card_id, "gone_at": None}


def _remember(
    connection: Connection, deck_id: int, files: Iterable[NoteFile], vanished: Iterable[str]
) -> None:
    known = {row.path: row for row in connection.execute(select(NOTE).where(NOTE.c.deck_id == deck_id))}
    rows = []
    for file in files:
        row = known.get(file.path)
        if row is None or (row.size, row.mtime_ns, row.digest, row.reader) != (
            file.size,
            file.mtime_ns,
            file.digest,
            file.reader,
        ):
            rows.append(
                {
                    "deck_id": deck_id,
                    "path": file.path,
                    "size": file.size,
                    "mtime_ns": file.mtime_ns,
                    "digest": file.digest,
                    "reader": file.reader,
                    "skipped": [[s.line, s.reason] for s in file.skipped],
                }
            )
    for path in (*vanished, *(row["path"] for row in rows)):
        connection.execute(delete(NOTE).where(NOTE.c.deck_id == deck_id, NOTE.c.path == path))
    if rows:
        connection.execute(insert(NOTE), rows)
