"""A whole home as JSON Lines: settings, decks, cards, progress, log and quizzes, to be brought into an empty home.

The first line says which format it is, the last how many rows there are, so that a file that was cut off is seen.
Nothing in it depends on when or where it is written: the same home gives the same bytes, and so does the home that it
was brought into. Vectors of meaning are not in it; they are made again.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from studyllm.config import load, read_toml
from studyllm.config_tables import TABLES
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.private import private_file, private_folder

if TYPE_CHECKING:
    from studyllm.store import Store

FORMAT = 1
_PORTABLE = ("time_zone", "rollover", "theme", "interface", "plain", "confidence", "motion", *TABLES)
"""Settings that are about the learner and not about the machine, tables last."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST = 64_000_000
"""Bytes of a line; the log row of an import of a hundred thousand cards has a tenth of that."""


def lines(store: "Store", home: Path) -> Iterator[str]:
    """The lines of a home. Of its settings those are in it that hold on any machine: no addresses, no paths."""
    yield _line({"studyllm": "home", "format": FORMAT, "tables": store.whole.version})
    if config := _portable(read_toml(home / "config.toml", {})):
        yield _line({"settings": config})
    count = 0
    for table, row in store.whole.rows():
        yield _line({"table": table, "row": row})
        count += 1
    yield _line({"rows": count})


def _portable(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Of the settings of a file those that are the learner's, in one order: keys by their whole names, themes with what
    a theme can have."""
    found = {name: settings[name] for name in _PORTABLE if name in settings}
    if "keys" in found:
        found["keys"] = dict(TABLES["keys"](found["keys"]))
    if "themes" in found:
        found["themes"] = {
            name: {field: value for field, value in theme.items() if isinstance(value, str | bool)}
            for name, theme in TABLES["themes"](found["themes"]).items()
        }
    return found


def bring_in(store: "Store", home: Path, file: BinaryIO) -> int:
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
    config = home / "config.toml"
    if reader.settings and not config.exists():
        private_folder(home)
        private_file(config)
        config.write_text(reader.settings, "utf-8")
    return reader.count


class _Reader:
    """The rows of a file, counted, and the settings that stood between them."""

    def __init__(self, found: Iterable[tuple[int, dict[str, Any]]]) -> None:
        self._found = found
        self.count = 0
        self.settings = ""

    def __iter__(self) -> Iterator[tuple[str, dict[str, Any]]]:
        ended = False
        for number, line in self._found:
            if ended:
                raise _wrong(number)
            match line:
                case {"table": str(table), "row": dict(row)}:
                    self.count += 1
                    yield table, row
                case {"settings": dict(settings)}:
                    self.settings = _checked(settings, number)
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


def _checked(settings: dict[str, Any], number: int) -> str:
    """Settings as the text of a file that can be read; raises InputError."""
    text = "".join(_toml({name: value for name, value in settings.items() if name in _PORTABLE}))
    with TemporaryDirectory() as folder:
        (Path(folder) / "config.toml").write_text(text, "utf-8")
        try:
            load(Path(folder), environ={})
        except InputError as error:
            raise _wrong(number) from error
    return text


def _toml(table: Mapping[str, Any], *above: str) -> Iterator[str]:
    """A table as a file has it: its own values, then the tables in it."""
    inner = {name: value for name, value in table.items() if isinstance(value, dict)}
    for name, value in table.items():
        if name not in inner:
            yield f"{_quoted(name)} = {json.dumps(value, ensure_ascii=False)}\n"
    for name, value in inner.items():
        yield f"\n[{'.'.join(map(_quoted, (*above, name)))}]\n"
        yield from _toml(value, *above, name)


def _quoted(name: str) -> str:
    """A name as TOML takes it."""
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _wrong(number: int) -> InputError:
    return InputError(
        _("Line {number} is not what a home has there. Nothing was imported.").format(number=number)
    )


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
