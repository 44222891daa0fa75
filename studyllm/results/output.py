"""The file that a run writes its rows into, and that the next run goes on with.

A row is done when its line has its end. Beside the file lies FILE.run, which says what graded it: rows of two graders
would not be comparable. Each row names a digest of the input up to its line, so that a row is never put under other
answers; lines that are added to the end of the input are graded by the next run.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from studyllm.errors import InputError
from studyllm.i18n import _, clauses
from studyllm.text import clean

SEEN = "input"
"""The field of a row that holds the digest."""

Maker = Mapping[str, str]
"""What grades: names of options, models and data, and which they are."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What earlier runs left: rows, those of them that are errors, and the digest of the input up to the last one."""

    rows: int = 0
    errors: int = 0
    seen: str = ""


class Tape:
    """A binary file as it is read line by line: its digest and bytes so far."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = blake2b(digest_size=8)
        self.bytes = 0

    def readline(self, limit: int = -1, /) -> bytes:
        """The next line, or so many bytes of it."""
        raw = self._file.readline(limit)
        self._digest.update(raw)
        self.bytes += len(raw)
        return raw

    @property
    def seen(self) -> str:
        """The digest of all that was read, as 16 hex digits."""
        return self._digest.hexdigest()


class Output:
    """The open file: what stands in it, and rows added to it."""

    def __init__(self, path: Path, kept: Kept, end: int) -> None:
        self.path, self.kept = path, kept
        self._file = path.open("r+b", buffering=0)
        self._file.seek(end)
        self._end = end

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows that earlier runs left."""
        with self.path.open("rb") as file:
            for raw in islice(file, self.kept.rows):
                yield json.loads(raw)

    def cut(self) -> None:
        """Removes what a crash left of a row, once the rows before are known to be of this input."""
        if os.fstat(self._file.fileno()).st_size > self._end:
            self._file.truncate(self._end)

    def add(self, line: bytes) -> None:
        """A row with its end, handed to the system at once."""
        try:
            while line := line[self._file.write(line) :]:
                pass
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def close(self) -> None:
        """What was written survives a power cut, as far as the disk keeps its word."""
        with suppress(OSError):
            os.fsync(self._file.fileno())
        self._file.close()


@contextmanager
def appending(path: Path, maker: Maker, *, afresh: bool = False) -> Iterator[Output]:
    """The file, open behind its last whole row; InputError if it cannot be gone on with."""
    if path.exists() and not path.is_file():
        raise InputError(_("{path} is not a file.").format(path=clean(str(path))))
    with _alone(path):
        try:
            output = _opened(path, maker, afresh)
        except OSError as error:
            raise _unwritable(path, error) from error
        with closing(output):
            yield output


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keeps other runs from the file."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        path.parent.stat()  # the lock would make folders
        lock.acquire(timeout=0)
    except Timeout:
        said = _("Another run is writing {path}. Nothing was changed; wait for it, or name another file.")
        raise InputError(said.format(path=clean(str(path)))) from None
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield
    finally:
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()


def _unwritable(path: Path, error: OSError) -> InputError:
    said = _(
        "{path} cannot be written: {reason}. The rows that are in it are kept; once it can be written, the same "
        "command goes on from there."
    )
    return InputError(said.format(path=clean(str(path)), reason=error.strerror or error))


def _opened(path: Path, maker: Maker, afresh: bool) -> Output:
    if afresh or not path.exists() or not path.stat().st_size:
        path.open("wb").close()
        _put(_beside(path), json.dumps(dict(maker), indent=1, ensure_ascii=False) + "\n")
        return Output(path, Kept(), 0)
    _same(path, maker)
    return Output(path, *_rows(path))


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.run")


def _put(path: Path, text: str) -> None:
    """A file, whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, "utf-8")
    fresh.replace(path)


def _same(path: Path, maker: Maker) -> None:
    """Raises InputError unless the rows that are there were made by the same grader."""
    try:
        before = json.loads(_beside(path).read_bytes())
        if not isinstance(before, dict):
            raise ValueError
    except FileNotFoundError:
        said = _(
            "{path} is there already, and nothing says that `studyllm grade` wrote it. Nothing was changed; name "
            "another file, or write over it with --afresh."
        )
        raise InputError(said.format(path=clean(str(path)))) from None
    except ValueError:
        before = {}
    changed = [name for name in {**before, **maker} if before.get(name) != maker.get(name)]
    if changed:
        said = _(
            "The rows in {path} were graded otherwise ({what}); rows of both would not be comparable. Nothing was "
            "changed; grade all of it anew with --afresh, or name another file."
        )
        what = clauses(
            _("{name}: {before}, now {now}").format(
                name=name, before=before.get(name, "–"), now=maker.get(name, "–")
            )
            for name in changed
        )
        raise InputError(said.format(path=clean(str(path)), what=clean(what)))


def _rows(path: Path) -> tuple[Kept, int]:
    """The whole rows from the beginning, and where they end."""
    rows, errors, seen, end = 0, 0, "", 0
    with path.open("rb") as file:
        for raw in file:
            row = _row(raw) if raw.endswith(b"\n") else None
            if row is None:
                if file.readline():
                    said = _(
                        "Row {number} of {path} cannot be read, and more rows follow. Nothing was changed; grade all "
                        "of it anew with --afresh, or name another file."
                    )
                    raise InputError(said.format(number=rows + 1, path=clean(str(path))))
                break
            rows, errors, seen, end = rows + 1, errors + ("error" in row), row[SEEN], end + len(raw)
    return Kept(rows, errors, seen), end


def _row(raw: bytes) -> dict[str, Any] | None:
    """A row, or None for what a crash of the machine left of one."""
    try:
        row = json.loads(raw)
    except ValueError:
        return None
    return row if isinstance(row, dict) and isinstance(row.get(SEEN), str) else None


def other_input(path: Path) -> InputError:
    """The error of an input that is not the one whose rows are there."""
    said = _(
        "{path} holds rows of other answers than this input has at the same place. Nothing was changed; name another "
        "file, or grade all of it anew with --afresh."
    )
    return InputError(said.format(path=clean(str(path))))
