"""Anki's packages: a zip with a database of notes, cards and reviews, and with media.

Three databases are found there. `collection.anki21b` (zstd, since 2022) is what Anki itself reads where it is; beside
it lies a `collection.anki2` that holds nothing but the advice to update. `collection.anki21` and, in the oldest,
`collection.anki2` are plain SQLite. Nothing of a package is believed: sizes are counted while unpacking, names of
media are names and no paths.
"""

import json
import sqlite3
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

from studyllm.errors import InputError
from studyllm.exchange.anki import wire
from studyllm.i18n import _
from studyllm.text import clean

_NEWEST_FIRST = ("collection.anki21b", "collection.anki21", "collection.anki2")
_MOST_ENTRIES = 65_534
"""Files in a package: what its directory can count without the extension for larger ones."""
_MOST_BYTES = 2 << 30
"""Of a database, unpacked."""
_SMALL = 64 << 20
_MOST_TIMES = 200
"""How many times larger than packed a database of more than _SMALL may be: real ones are up to 20."""
LARGEST_MEDIA = 50 << 20
_LARGEST_LIST = 64 << 20
_PIECE = 1 << 20
_STEPS = 2_000
"""Millions of steps of SQLite's machine in one query: a sound one of a million rows takes ten."""

_UNREADABLE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    NotImplementedError,  # a method of packing that nobody knows
    RuntimeError,  # a password
    EOFError,
    OSError,
    AttributeError,  # JSON of another shape
    LookupError,
    ValueError,
    struct.error,
)
_ZSTD = b"\x28\xb5\x2f\xfd"
"""What such data begin with."""


class Archive:
    """An opened package."""

    def __init__(self, name: str, packed: zipfile.ZipFile, database: Path, media: dict[str, str]) -> None:
        self._name = name
        self._packed = packed
        self._database = database
        self._media = media
        self._steps = 0

    @contextmanager
    def connect(self) -> Iterator[sqlite3.Connection]:
        """Its database, to be read only; what is wrong with it is an InputError."""
        uri = f"{self._database.as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                connection.execute("PRAGMA trusted_schema=OFF")
                connection.execute("PRAGMA cell_size_check=ON")
                connection.create_collation("unicase", _unicase)
                connection.set_progress_handler(self._step, 1_000_000)
                _only_tables(connection)
                yield connection
        except (
            sqlite3.Error,
            ValueError,
            TypeError,
            AttributeError,
            OverflowError,
        ) as error:  # SQLite keeps anything
            raise _broken(self._name, str(error)) from error

    def _step(self) -> int:
        self._steps += 1
        return int(self._steps > _STEPS)

    def media(self, name: str) -> bytes | None:
        """The content of a media file; None where the package has none of that name, or too large a one."""
        entry = self._media.get(name)
        if entry is None:
            return None
        try:
            with self._packed.open(entry) as file:
                raw = file.read(LARGEST_MEDIA + 1)
            if raw.startswith(_ZSTD):
                raw = _unzstd(raw)
        except _UNREADABLE:
            return None
        return raw if len(raw) <= LARGEST_MEDIA else None


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """A package, unpacked as far as need be into a folder that is gone at the end. Raises InputError."""
    try:
        with path.open("rb") as file:
            _count(file)
            with zipfile.ZipFile(file) as packed, tempfile.TemporaryDirectory() as folder:
                name = next((name for name in _NEWEST_FIRST if name in packed.NameToInfo), None)
                if name is None:
                    raise InputError(
                        _("There is no collection of Anki in {path}. Nothing was imported.").format(path=path)
                    )
                database = Path(folder) / "collection.db"
                _unpack(packed, name, database)
                yield Archive(path.name, packed, database, _media(packed))
    except _UNREADABLE as error:
        raise _broken(path.name, getattr(error, "strerror", None) or str(error)) from error


def _broken(name: str, reason: str) -> InputError:
    said = _("{name} is no package of Anki, or a damaged one ({reason}). Nothing was imported.")
    return InputError(said.format(name=name, reason=clean(reason).strip(". ")))


def _count(file: BinaryIO) -> None:
    """Looks at the end of the file alone: a directory of millions of files is not read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    end = file.read()
    at = end.rfind(b"PK\5\6")
    if at < 0 or len(end) < at + 12:
        raise zipfile.BadZipFile(_("it is no zip file"))
    if struct.unpack("<H", end[at + 10 : at + 12])[0] > _MOST_ENTRIES:
        raise zipfile.BadZipFile(_("it holds more than {count} files").format(count=_MOST_ENTRIES))
    file.seek(0)


def _unpack(packed: zipfile.ZipFile, name: str, target: Path) -> None:
    allowed = max(_SMALL, min(_MOST_BYTES, packed.getinfo(name).compress_size * _MOST_TIMES))
    with _plain(packed, name) as source, target.open("wb") as out:
        written = 0
        while piece := source.read(_PIECE):
            written += len(piece)
            if written > allowed:
                raise ValueError(_("unpacked, its database is far larger than one is"))
            out.write(piece)


@contextmanager
def _plain(packed: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A file of the package, unpacked as it is read."""
    with packed.open(name) as file:
        is_packed = file.read(len(_ZSTD)) == _ZSTD
        file.seek(0)
        if is_packed:
            import zstandard

            try:
                with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(file) as source:
                    yield source
            except zstandard.ZstdError as error:
                raise ValueError(str(error)) from error
        else:
            yield file


def _media(packed: zipfile.ZipFile) -> dict[str, str]:
    """The entry of each media file, by its name. A list that cannot be read is none: cards are worth more."""
    if "media" not in packed.NameToInfo:
        return {}
    try:
        with _plain(packed, "media") as file:
            raw = file.read(_LARGEST_LIST)
        found: Any = json.loads(raw) if raw[:1] == b"{" else None
        if found is None:
            listed = [entry for key, entry in wire.fields(raw) if key == 1 and isinstance(entry, bytes)]
            found = {str(number): wire.texts(entry, 1)[0] for number, entry in enumerate(listed)}
        return {str(name): str(entry) for entry, name in found.items()}
    except _UNREADABLE:
        return {}


def _unzstd(raw: bytes) -> bytes:
    """As much of it as shows that it is too large."""
    import zstandard

    try:
        return zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(raw).read(LARGEST_MEDIA + 1)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error


def _only_tables(connection: sqlite3.Connection) -> None:
    """Raises an error where a name that is read stands for something else than a plain table."""
    query = "SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view')"
    for name, kind, sql in connection.execute(query):
        if kind != "table" or "VIRTUAL" in str(sql)[:20].upper():
            raise sqlite3.DatabaseError(f"{name}: {kind}")


def _unicase(one: str, two: str) -> int:
    """The order of names, which Anki's indexes are made with."""
    a, b = one.casefold(), two.casefold()
    return (a > b) - (a < b)
