"""Copies of a database beside it: made while it is used, checked, thinned, and put back.

They lie in the home's folder `backups` as `study-TIME.db`, TIME in UTC. Of the last day one an hour is kept, of the
last two weeks one a day, of the last half year one a week.
"""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studyllm.errors import InputError, StoreError
from studyllm.i18n import _
from studyllm.private import private_file, private_folder
from studyllm.store.explained import explained, marker, refuse_damaged
from studyllm.store.opening import keep, name_of_damaged

_NAME = re.compile(r"study-(\d{8}-\d{6})\.db")
_TIME = "%Y%m%d-%H%M%S"
_OFTEN, _MANY = timedelta(hours=1), 30
"""No copy is made by itself within this time after another, nor before so many answers."""
_KEPT = ((timedelta(days=1), 1), (timedelta(days=14), 24), (timedelta(weeks=26), 24 * 7))
"""How far back one is kept in so many hours."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the database."""

    path: Path
    at: datetime

    @property
    def name(self) -> str:
        return self.path.stem


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, in numbers."""

    cards: int
    reviews: int
    """Answers that were graded, those taken back among them."""
    last: datetime | None
    """When something last happened."""


def backups(database: Path) -> tuple[Backup, ...]:
    """The copies of a database, the newest first."""
    found = []
    for file in _folder(database).glob("study-*.db"):
        if named := _NAME.fullmatch(file.name):
            with suppress(ValueError):
                found.append(Backup(file, datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)))
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def find(database: Path, name: str) -> Backup:
    """The copy of that name, or its beginning; raises InputError when that is not one."""
    found = [one for one in backups(database) if one.name.startswith(name) or one.name == f"study-{name}"]
    if len(found) != 1:
        said = _("There is no backup {name}; `studyllm backup list` shows them. Nothing was changed.")
        raise InputError(said.format(name=name))
    return found[0]


def make(database: Path, at: datetime) -> Backup:
    """Copies a database as it is at one moment, also while it is written to; raises StoreError."""
    folder, at = _folder(database), at.astimezone(UTC).replace(microsecond=0)
    while (target := folder / f"study-{at:{_TIME}}.db").exists():  # never over another one
        at += timedelta(seconds=1)
    fresh = target.with_suffix(".new")
    with explained(database):
        refuse_damaged(database)
        try:
            private_folder(folder)
            private_file(fresh)
            _copy(database, fresh)
            _check(fresh)
            fresh.replace(target)
        except OSError as error:
            said = _("No backup could be made in {folder}: {reason}. The database is as it was.")
            raise StoreError(said.format(folder=folder, reason=error.strerror)) from error
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
    return Backup(target, at)


def make_if_due(database: Path, at: datetime) -> Backup | None:
    """A copy if something happened since the last one and that is an hour old, or many answers; those that are too
    many are deleted."""
    before = backups(database)
    if before:
        then, now = contents(before[0].path), contents(database)
        if then == now or (at - before[0].at < _OFTEN and now.reviews - then.reviews < _MANY):
            return None
    made = make(database, at)
    for one in too_many([made, *before]):
        one.path.unlink(missing_ok=True)
    return made


def too_many(found: Iterable[Backup]) -> tuple[Backup, ...]:
    """Those that are not kept: of each hour, day or week the newest stays, counted back from the newest of all."""
    ordered = sorted(found, key=lambda one: one.at, reverse=True)
    seen: set[tuple[int, int]] = set()
    left = []
    for one in ordered:
        age = ordered[0].at - one.at
        hours = next((hours for until, hours in _KEPT if age <= until), 0)
        period = hours, int(one.at.timestamp() // (hours * 3600)) if hours else 0
        if not hours or period in seen:
            left.append(one)
        seen.add(period)
    return tuple(left)


def contents(database: Path) -> Contents:
    """What a database holds; raises StoreError when it cannot be read."""
    with explained(database), closing(sqlite3.connect(database)) as connection:
        cards, reviews, last = connection.execute(
            "SELECT (SELECT count(*) FROM card WHERE gone_at IS NULL), "
            "(SELECT count(*) FROM log WHERE event = 'review'), (SELECT max(at) FROM log)"
        ).fetchone()
        return Contents(cards, reviews, last and datetime.fromisoformat(last).replace(tzinfo=UTC))


def restore(database: Path, backup: Backup, at: datetime) -> Path | None:
    """Puts a copy in the place of the database, which is kept as a backup, or as it is where it is damaged; that file,
    or None where there was nothing to keep. Raises StoreError when either is locked or the copy cannot be read;
    then nothing was changed."""
    with explained(backup.path):
        _check(backup.path)
    if not database.exists() or _is_sound(database):
        kept = make(database, at).path if database.exists() else None
        with explained(database):
            private_file(database)
            _copy(backup.path, database)
        return kept
    fresh = database.with_name(f"{database.name}.restored.new")
    kept = name_of_damaged(database, at)
    with explained(database):
        try:
            private_file(fresh)
            _copy(backup.path, fresh)
            keep(database, kept)
            fresh.replace(database)
        finally:
            fresh.unlink(missing_ok=True)
    marker(database).unlink(missing_ok=True)
    return kept


def _is_sound(database: Path) -> bool:
    """Whether a database can be copied; raises StoreError for one that is locked or may not be read."""
    if marker(database).exists() or not database.stat().st_size:
        return False
    with explained(database):
        try:
            _check(database, journal=False)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return False
    return True


def _folder(database: Path) -> Path:
    return database.parent / "backups"


def _copy(source: Path, target: Path) -> None:
    """All of one database over another, in one transaction of each."""
    with (
        closing(sqlite3.connect(source, timeout=10)) as old,
        closing(sqlite3.connect(target, timeout=10)) as new,
    ):
        old.backup(new)


def _check(path: Path, *, journal: bool = True) -> None:
    """Raises sqlite3.DatabaseError when a copy is not sound."""
    with closing(sqlite3.connect(path)) as connection:
        if journal:
            connection.execute("PRAGMA journal_mode=DELETE")
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)
