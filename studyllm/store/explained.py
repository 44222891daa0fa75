"""What SQLite says, and what cannot be read, as a sentence for the learner."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from json import JSONDecodeError
from pathlib import Path

from studyllm.errors import StoreError
from studyllm.i18n import _
from studyllm.private import private_file

_CORRUPT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What the readers of rows raise where another program, or a fault of the disk, changed them."""


class LostConnection(StoreError):
    """The connection to a server ended; whether what was under way is saved is not known."""


def marker(path: Path) -> Path:
    """The file that stands beside a database while it is known to be damaged."""
    return path.with_name(f"{path.name}.damaged")


def refuse_damaged(path: Path) -> None:
    """Raises StoreError for a database that is known to be damaged: writing might make it worse."""
    if marker(path).exists():
        raise StoreError(
            _(
                "{path} is damaged: nothing is written to it. `studyllm doctor` says what is wrong, "
                "`studyllm doctor --repair` mends what can be mended and keeps a copy."
            ).format(path=path)
        )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what goes wrong while a database is used into StoreError; a damaged one is marked."""
    try:
        yield
    except UnicodeEncodeError:  # of what goes in
        raise
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from error
    except UNREADABLE as error:
        raise StoreError(_unreadable(path, repr(error))) from error
    except Exception as error:
        if _is_invalid(error):
            raise _damaged(path, str(error)) from error
        cause = getattr(error, "orig", error)  # of SQLAlchemy's
        if not isinstance(cause, sqlite3.DatabaseError):
            raise
        raise _failed(path, cause) from error


def _is_invalid(error: Exception) -> bool:
    """Whether it is about a value of JSON that is none of ours; what reads these is imported with the first of them."""
    msgspec = sys.modules.get("msgspec")
    return msgspec is not None and isinstance(error, msgspec.ValidationError)


def _failed(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    reason = str(error)
    if isinstance(error, sqlite3.OperationalError):
        is_damage = "decode" in reason
    else:
        is_damage = getattr(error, "sqlite_errorcode", None) in _CORRUPT
    return _damaged(path, reason) if is_damage else StoreError(_operational(path, reason))


def _operational(path: Path, reason: str) -> str:
    if "locked" in reason:
        return _(
            "{path} is in use by another program that does not finish writing. "
            "Nothing was changed; try again."
        ).format(path=path)
    if "readonly" in reason or "unable to open" in reason:
        return _(
            "{path} cannot be opened for writing. "
            "Check the folder's permissions or choose another with --home."
        ).format(path=path)
    if "full" in reason or _is_full(path):
        return _(
            "The disk is full: {path} could not be written. What was saved is kept; make room and try again."
        ).format(path=path)
    return _("{path} could not be used: {reason}.").format(path=path, reason=reason)


def _damaged(path: Path, reason: str) -> StoreError:
    with suppress(OSError):
        private_file(marker(path))
    return StoreError(_unreadable(path, reason))


def _unreadable(path: Path, reason: str) -> str:
    return _(
        "Something in {path} cannot be read ({reason}). It was left as it is; `studyllm doctor` says what it is."
    ).format(path=path, reason=reason)


def _is_full(path: Path) -> bool:
    """Whether the disk has no room left: SQLite then often says "disk I/O error"."""
    try:
        return shutil.disk_usage(path.parent).free < 64 * 1024
    except OSError:
        return False
