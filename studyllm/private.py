"""A home is its learner's own: a folder of mode 0700, with files of mode 0600, whatever the umask."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_OURS = (
    "study.db",
    "study.before-",
    "study.damaged-",
    "vectors.db",
    "studyllm.log",
    "theme.json",
    "config.toml",
    "server.txt",
)
"""Files of a home, and what SQLite and backups put beside them under longer names."""
_LONGEST_LOG = 1_000_000
"""Bytes."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def private_folder(path: Path) -> None:
    """Makes a home or a folder in one, if there is none, with those above it. Raises OSError."""
    for folder in reversed((path, *path.parents)):
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)


def private_file(path: Path) -> None:
    """Makes an empty file that only its owner reads, if there is none; what SQLite puts beside a database has the
    mode of the database. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


@contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """A file to be written that only its owner reads, and that appears whole or not at all, in the place of one that is
    there. What is no file (a pipe, a device) is written to as it is. Raises OSError."""
    if path.exists() and not path.is_file():
        with path.open("wb") as out:
            yield out
        return
    from uuid import uuid4  # late: every start imports this module

    fresh = path.with_name(f".{path.name[:100]}.{uuid4().hex[:8]}.part")
    try:
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb") as out:
            yield out
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def log_file(path: Path) -> None:
    """Makes the file of a log, if there is none. One of more than a megabyte is set aside first, in the place of the
    one that was set aside before. Raises OSError."""
    with suppress(FileNotFoundError):
        if path.stat().st_size > _LONGEST_LOG:
            path.replace(path.with_name(f"{path.name}.old"))
    private_file(path)


def put_right(home: Path) -> bool:
    """Takes a home and its files from others; whether they could read any of it before. A folder that holds other
    things as well is left as it is, and so is what belongs to somebody else."""
    try:
        inside = [entry.path for entry in os.scandir(home)]
        was_open = bool(home.stat().st_mode & _OTHERS)
    except OSError:
        return False
    names = [Path(path) for path in inside]
    ours = [
        path
        for path in names
        if path.name.startswith(_OURS) or path.name in ("backups", "imported", "drafts")
    ]
    alone = len(ours) == len(inside) > 0
    taken = [_take(path, 0o700 if path.is_dir() else 0o600) for path in ours] + (
        [_take(home, 0o700)] if alone else []
    )
    return was_open and any(taken)


def _take(path: Path, mode: int) -> bool:
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) or not found.st_mode & _OTHERS:
            return False
        path.chmod(mode)
        return not path.lstat().st_mode & _OTHERS  # some file systems have no modes
    except OSError:
        return False
