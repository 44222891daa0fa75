"""What may follow on a command line, for click's scripts of bash, zsh and fish: a line of words in, words out.

It is asked at every press of Tab, so it reads a map of the commands (completion.json, which `make man` writes) and the
home's files, and imports no command, nor click. What is damaged, absent or busy completes nothing and says nothing.
"""

import json
import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_VARIABLE = "_STUDYLLM_COMPLETE"
_MOST = 200
"""Words that are offered at most."""
_PATIENCE = 0.1
"""Seconds to wait for a database that is busy."""

Node = Mapping[str, Any]
"""A command in the map: its commands, options and arguments."""
Home = Path | None


@dataclass(frozen=True, slots=True)
class Word:
    """What may be typed, or for `type` "file" or "dir": that the shell is to complete."""

    value: str
    help: str = ""
    type: str = "plain"


@dataclass(slots=True)
class _Line:
    """A command line as far as it is typed."""

    node: Node
    home: Home = None
    wanted: Mapping[str, Any] | None = None
    """The option whose value comes next."""
    given: int = 0
    """Arguments of the command, options aside."""
    over: bool = False
    """Whether `--` ended the options."""
    used: frozenset[str] = frozenset()
    lost: bool = False
    """Whether there is a command that is none."""


def main() -> None:
    """Prints what may follow, in the form of the shell that asks."""
    shell = os.environ[_VARIABLE].partition("_")[0]
    try:
        from studyllm import i18n

        language = 0 if shell == "bash" else i18n.LANGUAGES.index(i18n.use(_interface()))
        words, incomplete = _asked(shell, os.environ)
        found = list(_some(complete(commands(), words, incomplete, language)))
        sys.stdout.reconfigure(encoding="utf-8", errors="ignore")  # type: ignore[union-attr]
        print("".join(f"{_told(shell, word)}\n" for word in found), end="")
    except (OSError, ValueError, KeyError, RuntimeError):  # the last: a home of ~nobody
        return


def _interface() -> str:
    given = os.environ.get("STUDYLLM_INTERFACE", "auto")
    return given if given in ("en", "zh") else "auto"


def commands() -> Node:
    """The map of the commands."""
    found: Node = json.loads((Path(__file__).parent / "completion.json").read_bytes())
    return found


def _some(words: Iterable[Word]) -> Iterator[Word]:
    for number, word in enumerate(words):
        if number == _MOST:
            return
        yield word


# The line


def _asked(shell: str, environ: Mapping[str, str]) -> tuple[list[str], str]:
    """The words before the one that is being typed, and that one, as far as it is there."""
    words = _split(environ["COMP_WORDS"])
    if shell == "fish":
        incomplete = (_split(environ["COMP_CWORD"]) or [""])[0]
        before = words[1:]
        if incomplete and before and before[-1] == incomplete:
            before.pop()
        return before, incomplete
    place = int(environ["COMP_CWORD"])
    return words[1:place], words[place] if place < len(words) else ""


def _split(text: str) -> list[str]:
    """Words as a shell takes them; a quote or backslash that has no end yet ends with the text."""
    for ended in (text, f"{text}'", f'{text}"', text.removesuffix("\\")):
        with suppress(ValueError):
            return shlex.split(ended)
    return []


def complete(root: Node, words: list[str], incomplete: str, language: int = 0) -> Iterator[Word]:
    """What may take the place of the word that is being typed."""
    line = _read(root, words)
    if line.lost:
        return
    if line.wanted is not None:
        yield from _values(line.wanted, line.home, incomplete.removeprefix("="))
    elif incomplete.startswith("-") and not line.over:
        yield from _options(line, incomplete, language)
    elif below := line.node.get("commands"):
        for name, command in below.items():
            if name.startswith(incomplete):
                yield Word(name, command["help"][language])
    else:
        arguments = line.node.get("arguments", [])
        place = min(line.given, len(arguments) - 1)
        if arguments and (line.given < len(arguments) or arguments[place].get("many")):
            yield from _values(arguments[place], line.home, incomplete)


def _read(root: Node, words: list[str]) -> _Line:
    line = _Line(root)
    for word in words:
        if word == "=":  # bash parts `--deck=x` in three
            continue
        if line.wanted is not None:
            _take(line, line.wanted, word)
            line.wanted = None
        elif word == "--" and not line.over:
            line.over = True
        elif word.startswith("-") and word != "-" and not line.over:
            name, given, value = word.partition("=")
            line.used |= {name}
            option = _option(line.node, name)
            if option is not None and not option.get("flag"):
                if given:
                    _take(line, option, value)
                else:
                    line.wanted = option
        elif below := line.node.get("commands"):
            if word not in below:
                line.lost = True
                break
            line.node, line.given, line.used = below[word], 0, frozenset()
        else:
            line.given += 1
    return line


def _take(line: _Line, option: Mapping[str, Any], value: str) -> None:
    if "--home" in option["names"]:
        line.home = Path(value).expanduser()


def _option(node: Node, name: str) -> Mapping[str, Any] | None:
    options: Iterable[Mapping[str, Any]] = node.get("options", [])
    return next((option for option in options if name in option["names"]), None)


def _options(line: _Line, incomplete: str, language: int) -> Iterator[Word]:
    name, given, value = incomplete.partition("=")
    if given:
        option = _option(line.node, name)
        if option is not None and not option.get("flag"):
            for word in _values(option, line.home, value):
                yield Word(f"{name}={word.value}", word.help) if word.type == "plain" else word
        return
    for option in line.node.get("options", []):
        if option.get("many") or line.used.isdisjoint(option["names"]):
            for each in option["names"]:
                if each.startswith(incomplete):
                    yield Word(each, option["help"][language])


# Values


def _values(param: Mapping[str, Any], home: Home, incomplete: str) -> Iterator[Word]:
    """The values that an option or argument may have."""
    kind = param.get("kind", "")
    if isinstance(kind, list):
        yield from (Word(one) for one in kind if one.startswith(incomplete))
    elif kind in ("file", "dir"):
        yield Word(incomplete, type=kind)
    elif kind == "backup":
        names = sorted((path.stem for path in (_home(home) / "backups").glob("study-*.db")), reverse=True)
        yield from (Word(one) for one in names if one.startswith(incomplete))
    elif kind in _QUERIES:
        yield from _rows(kind, home, incomplete)


_QUERIES = {
    "deck": "SELECT name, '' FROM deck WHERE name LIKE ? ESCAPE '\\' ORDER BY name",
    "term": "SELECT DISTINCT term, '' FROM card WHERE gone_at IS NULL AND term LIKE ? ESCAPE '\\' ORDER BY term",
    "card": (
        "SELECT id, prompt FROM card WHERE gone_at IS NULL AND (id LIKE ?1 ESCAPE '\\' OR term LIKE ?1 ESCAPE '\\') "
        "ORDER BY id"
    ),
    "tag": (
        "SELECT DISTINCT value, '' FROM card, json_each(card.tags) WHERE gone_at IS NULL AND value LIKE ? ESCAPE '\\' "
        "ORDER BY value"
    ),
}
"""What to ask the database for each kind; a card is found by its number or its term."""


def _rows(kind: str, home: Home, incomplete: str) -> Iterator[Word]:
    import sqlite3
    from contextlib import closing
    from urllib.parse import quote

    path = _database(_home(home))
    if path is None:
        return
    alone = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
    start = incomplete.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    try:
        uri = f"file:{quote(str(path))}?mode=ro{alone}"
        with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as database:
            found = database.execute(f"{_QUERIES[kind]} LIMIT {_MOST}", (f"{start}%",)).fetchall()
    except sqlite3.Error:
        return
    yield from (Word(str(value), str(said)) for value, said in found)


def _database(home: Path) -> Path | None:
    """The file of a home's cards; None where they are on a server."""
    import tomllib

    named = os.environ.get("STUDYLLM_DATABASE")
    if named is None:
        try:
            named = str(
                tomllib.loads((home / "config.toml").read_text("utf-8-sig")).get("database", "study.db")
            )
        except (OSError, ValueError):
            named = "study.db"
    return None if "://" in named else home / Path(named).expanduser()


def _home(given: Home) -> Path:
    if given is not None:
        return given
    if named := os.environ.get("STUDYLLM_HOME"):
        return Path(named).expanduser()
    import platformdirs

    return platformdirs.user_data_path("studyllm", appauthor=False)


# What the shells read


def _told(shell: str, word: Word) -> str:
    """A word as click's script for a shell takes it; what none of them could show is left out of it."""
    said = "".join(letter if letter.isprintable() else " " for letter in word.help)[:100]
    value = "".join(filter(str.isprintable, word.value))
    if shell == "bash":
        return f"{word.type},{_escaped(value) if word.type == 'plain' else value}"
    if shell == "zsh":
        said = said or "_"
        return f"{word.type}\n{value if said == '_' else value.replace(':', chr(92) + ':')}\n{said}"
    # click's script for fish ends a word at a comma
    value, said = ("" if "," in value else value), said.replace(",", ";")
    return f"{word.type},{value}\t{said}" if said else f"{word.type},{value}"


_PLAIN = "+-./:=@_%"


def _escaped(value: str) -> str:
    """A word for bash to put into the line as it is; its script reads one backslash of two."""
    return "".join(
        letter if letter.isalnum() or letter in _PLAIN or letter > "\x7f" else f"\\\\{letter}"
        for letter in value
    )
