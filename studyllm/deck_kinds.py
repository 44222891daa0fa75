"""Which kinds of card a deck has: out of the words of its file, and of an import."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studyllm.cards import USUAL, Kind
from studyllm.errors import InputError
from studyllm.i18n import _, headed, listed


def kinds_of(path: Path, content: Mapping[str, Any]) -> frozenset[Kind]:
    """What a deck file says: `kinds`, and what `directions` and `cloze` add. Raises InputError."""
    return _kinds(path, content) | _derived(path, content)


def with_derived(kinds: frozenset[Kind], directions: str | None, cloze: bool | None) -> frozenset[Kind]:
    """The kinds with other directions (as `term,meaning`) and with or without gaps; None leaves them as they are.
    Raises InputError."""
    if directions is not None:
        asked = [one.strip() for one in directions.split(",")]
        kinds = kinds - {Kind.MEANING} | directions_from(asked)
    if cloze is not None:
        kinds = kinds | {Kind.GAP} if cloze else kinds - {Kind.GAP}
    return kinds


def _kinds(path: Path, content: Mapping[str, Any]) -> frozenset[Kind]:
    """The kinds of card that a deck takes."""
    try:
        kinds = frozenset(Kind(kind) for kind in content.get("kinds", USUAL))
        if not kinds or not kinds <= USUAL:
            raise ValueError
    except ValueError:
        said = _("{path}: `kinds` may hold {known}.")
        raise InputError(said.format(path=path, known=listed(k for k in Kind if k in USUAL))) from None
    return kinds


def directions_from(given: Any) -> frozenset[Kind]:
    """What `directions` adds to the kinds of a deck; raises InputError."""
    if not isinstance(given, list | tuple) or not {"term"} <= {*map(str, given)} <= {"term", "meaning"}:
        raise InputError(
            _("`directions` are term, and meaning if the term is to be asked for too; not {value!r}.").format(
                value=given
            )
        )
    return frozenset({Kind.MEANING} if "meaning" in given else ())


def _derived(path: Path, content: Mapping[str, Any]) -> frozenset[Kind]:
    """The kinds of card that are made of others, as `directions` and `cloze` say."""
    cloze = content.get("cloze", False)
    if not isinstance(cloze, bool):
        raise InputError(_("{path}: `cloze` is true or false.").format(path=path))
    try:
        directions = directions_from(content.get("directions", ["term"]))
    except InputError as error:
        raise InputError(headed(str(path), str(error))) from None
    return directions | frozenset({Kind.GAP} if cloze else ())
