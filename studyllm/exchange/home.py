"""A whole home as JSON Lines: settings, decks, cards, progress, log and quizzes, to be brought into an empty home.

The first line says which format it is, the last how many rows there are, so that a file that was cut off is seen.
Nothing in it depends on when or where it is written: the same home gives the same bytes, and so does the home that it
was brought into. Vectors of meaning are not in it; they are made again.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.private import private_file, private_folder

if TYPE_CHECKING:
    from studyllm.store import Store

FORMAT = 1
_LONGEST = 64_000_000
"""Bytes of a line; the log row of an import of a hundred thousand cards has a tenth of that."""


def lines(store: "Store", config: Path) -> Iterator[str]:
    """The lines of a home, whose settings stand in the file `config`, if there is one."""
    yield _line({"studyllm": "home", "format": FORMAT, "tables": store.whole.version})
    if config.exists():
        yield _line({"settings": config.read_bytes().decode("utf-8", "surrogateescape")})
    count = 0
    for table, row in store.whole.rows():
        yield _line({"table": table, "row": row})
        count += 1
    yield _line({"rows": count})


def bring_in(store: "Store", config: Path, file: BinaryIO) -> int:
    """Puts a home into an empty one, all of it or nothing; how many rows. Settings that are there stay. Raises
    InputError."""
    found = _objects(file)
    head = next(found, (1, {}))[1]
    if head.get("studyllm") != "home":
        raise InputError(_("This is no home that studyllm exported. Nothing was imported."))
    if head.get("format") != FORMAT or head.get("tables") != store.whole.version:
        raise InputError(
            _(
                "It was exported by another version of studyllm (its tables are {found}, here they are {known}). "
                "Nothing was imported; use the same version at both ends."
            ).format(found=head.get("tables"), known=store.whole.version)
        )
    reader = _Reader(found)
    store.whole.fill(reader)
    if reader.settings is not None and not config.exists():
        private_folder(config.parent)
        private_file(config)
        config.write_bytes(reader.settings)
    return reader.count


class _Reader:
    """The rows of a file, counted, and the settings that stood between them."""

    def __init__(self, found: Iterable[tuple[int, dict[str, Any]]]) -> None:
        self._found = found
        self.count = 0
        self.settings: bytes | None = None

    def __iter__(self) -> Iterator[tuple[str, dict[str, Any]]]:
        ended = False
        for number, line in self._found:
            if ended:
                raise _wrong(number)
            match line:
                case {"table": str(table), "row": dict(row)}:
                    self.count += 1
                    yield table, row
                case {"settings": str(text)}:
                    try:
                        self.settings = text.encode("utf-8", "surrogateescape")
                    except UnicodeEncodeError:
                        raise _wrong(number) from None
                case {"rows": self.count}:
                    ended = True
                case _:
                    raise _wrong(number)
        if not ended:
            raise InputError(_("The file was cut off: its last line is missing. Nothing was imported."))


def _objects(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and content of each line."""
    number = 0
    while raw := file.readline(_LONGEST + 1):
        number += 1
        try:
            value = json.loads(raw.decode("utf-8")) if len(raw) <= _LONGEST else None
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise _wrong(number)
        yield number, value


def _wrong(number: int) -> InputError:
    return InputError(
        _("Line {number} is not what a home has there. Nothing was imported.").format(number=number)
    )


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
