"""Lines of JSON in, answers with their questions out; for a line that holds none, a sentence that says why.

The sentences stand in what programs read, and stay English. What a line holds is text and nothing else.
"""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from studyllm.cards import DERIVED, Kind
from studyllm.grading import Question
from studyllm.store import LONGEST_POINT, MOST_POINTS
from studyllm.text import key

LONGEST_LINE = 1_000_000
"""Bytes of a line; of a longer one no more is kept than shows that it is too long."""
LONGEST_TEXT = 20_000
"""Characters of a text, but for the answer, whose beginning is all that is read: time grows with their square."""
LONGEST_ID = 200
"""Characters or digits."""
_REFERENCES = 5
"""References that an answer is compared with at most: each costs as much as the first."""
_HALF_A_LETTER = re.compile("[\ud800-\udfff]")
"""What JSON can write with an escape, but is no text."""

Id = str | int | None


class Lines(Protocol):
    """A binary file, as far as it is needed."""

    def readline(self, limit: int = -1, /) -> bytes:
        """The next line, or so many bytes of it."""
        ...


@dataclass(frozen=True, slots=True)
class ToGrade:
    """An answer to be graded."""

    id: Id
    line: int
    questions: tuple[Question, ...]
    """The question, with each of its references."""
    answer: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """A line that cannot be graded."""

    id: Id
    line: int
    why: str


class _Wrong(Exception):
    """What is wrong with a line, as a sentence."""


def read(file: Lines) -> Iterator[ToGrade | Unusable]:
    """What each line holds, as soon as it is there; blank lines are passed over, but counted."""
    for number, raw in enumerate(_lines(file), 1):
        if _is_too_long(raw):
            yield Unusable(None, number, f"The line is longer than {LONGEST_LINE} bytes.")
        elif raw.removeprefix(BOM_UTF8).strip():
            yield _read(raw, number)


def _lines(file: Lines) -> Iterator[bytes]:
    """Each line, or as much of it as shows that it is too long."""
    while raw := file.readline(LONGEST_LINE + 1):
        yield raw
        while _is_too_long(raw):
            raw = file.readline(LONGEST_LINE + 1)


def _is_too_long(raw: bytes) -> bool:
    return len(raw) > LONGEST_LINE and not raw.endswith(b"\n")


def _read(raw: bytes, number: int) -> ToGrade | Unusable:
    name: Id = None
    try:
        item = _object(raw)
        name = _id(item)
        return ToGrade(name, number, _questions(item), _text(item, "answer", longest=LONGEST_LINE))
    except _Wrong as wrong:
        return Unusable(name, number, str(wrong))


def _object(raw: bytes) -> dict[str, Any]:
    try:
        item = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _Wrong("The line is not UTF-8 text.") from None
    except (ValueError, RecursionError):
        raise _Wrong("The line is not a JSON object.") from None
    if not isinstance(item, dict):
        raise _Wrong("The line is not a JSON object.")
    return item


def _id(item: dict[str, Any]) -> Id:
    name = item.get("id")
    if name is None or (isinstance(name, str | int) and not isinstance(name, bool)):
        if len(str(name)) <= LONGEST_ID:
            return name
        raise _Wrong(f"id is longer than {LONGEST_ID} characters.")
    raise _Wrong("id is not a text or a whole number.")


def _questions(item: dict[str, Any]) -> tuple[Question, ...]:
    """The question with each of its references; the points are those of the first."""
    lang = item.get("lang")
    first = Question(
        _text(item, "question"),
        _text(item, "reference"),
        _points(item),
        term=_text(item, "term", optional=True),
        aliases=_texts(item, "aliases"),
        kind=_kind(item),
        lang=lang if lang in ("zh", "en") else "",
        context=_text(item, "context", optional=True),
    )
    if not key(first.reference):
        raise _Wrong("reference is empty.")
    others = dict.fromkeys(text for text in _texts(item, "references") if text != first.reference)
    return first, *(replace(first, reference=text, points=()) for text in list(others)[: _REFERENCES - 1])


def _points(item: dict[str, Any]) -> tuple[str, ...]:
    points = _texts(item, "points")
    if len(points) > MOST_POINTS or any(len(point) > LONGEST_POINT for point in points):
        raise _Wrong(f"points are more than {MOST_POINTS}, or one is longer than {LONGEST_POINT} characters.")
    return points


def _kind(item: dict[str, Any]) -> Kind:
    kind = item.get("kind")
    if kind is None:
        return Kind.TERM
    if kind not in (known := [one for one in Kind if one not in DERIVED]):
        raise _Wrong(f"kind is not one of {', '.join(known)}.")
    return Kind(kind)


def _texts(item: dict[str, Any], name: str) -> tuple[str, ...]:
    """The texts of a list, which may be left out; those with nothing in them are."""
    found = item.get(name)
    if found is None:
        return ()
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise _Wrong(f"{name} is not a list of texts.")
    return tuple(_bounded(text, name, LONGEST_TEXT) for text in found if key(text))


def _text(item: dict[str, Any], name: str, *, optional: bool = False, longest: int = LONGEST_TEXT) -> str:
    found = item.get(name)
    if found is None:
        if optional:
            return ""
        raise _Wrong(f"{name} is missing.")
    if not isinstance(found, str):
        raise _Wrong(f"{name} is not a text.")
    return _bounded(found, name, longest)


def _bounded(text: str, name: str, longest: int) -> str:
    """A text that a grader can read: not too long, of whole letters."""
    if len(text) > longest:
        raise _Wrong(f"{name} is longer than {longest} characters.")
    return _HALF_A_LETTER.sub("\ufffd", text)
