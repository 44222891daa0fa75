"""What can be made a card at a line of a note that a learner names, or of several lines."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from studyllm.cards import Card
from studyllm.choices import Choice, note_of
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.notes import at_line, opened_by, text_of
from studyllm.notes.by_hand import text_of_range
from studyllm.notes.candidates.candidate import MAX_FRONT
from studyllm.notes.files import load
from studyllm.notes.line_parts import parts, readings_of, titled
from studyllm.text import clean, key

_COUNTED = 3
"""Letters of a number before a question, at most."""


def at(
    path: Path,
    line: int,
    front: str = "",
    among: Iterable[str] = (),
    cards: Iterable[Card] = (),
    *,
    end: int = 0,
) -> tuple[Card | None, Choice | None]:
    """What can be made a card at a line of a note, or of the lines up to `end`: a card that the importer could read
    there, one that is none of these `cards` first, or, with a front of the learner's own, the choice that makes the
    text there one; `among` as for `choose`. Raises InputError."""
    text = load(path).text
    lines = text.split("\n")
    if max(line, end) > len(lines):
        told = _("{path} has no line {line}. Nothing was changed.")
        raise InputError(told.format(path=path, line=max(line, end)))
    if end > line:
        return None, _of_lines(lines, path, (line, end), front, among)
    found, back = at_line(text, str(path), line)
    if not front:
        found = readings_of(found, lines, line)
    if not front and not any(card.source.line == line for card in found):
        # What begins above and goes on here is not meant.
        front = opened_by(lines[line - 1]) or parts(lines[line - 1])[0]
    if found and not front:
        known = {key(card.term) for card in cards}
        return next((card for card in found if key(card.term) not in known), found[0]), None
    if not key(back):
        told = _("Nothing to remember stands at line {line} of {path}. Nothing was changed.")
        raise InputError(told.format(path=path, line=line))
    if not front:
        raise InputError(_asks_for_front(line, back))
    own = key(lines[line - 1])
    if own.endswith(key(front)) and len(own) - len(key(front)) <= _COUNTED and own == key(back):
        back = _below(text, str(path), line) or back  # the line is the question: what stands below it answers
    of_line = own.startswith(key(front)) and own != key(front)  # what stands around the line is not meant
    return None, Choice(True, note_of(str(path), among), front=front, text=own if of_line else key(back))


def _of_lines(
    lines: Sequence[str], path: Path, place: tuple[int, int], front: str, among: Iterable[str]
) -> Choice:
    """The choice that makes a card of some lines of a note, the first of which is its front where none is given. Raises
    InputError."""
    some = list(lines[place[0] - 1 : place[1]])
    while some and not some[-1].strip():
        some.pop()
    while some and not some[0].strip():
        some.pop(0)
    front = front or titled(some[0] if some else "")
    back = text_of_range(front, some)
    if not key(back):
        told = _("Nothing to remember stands at line {line} of {path}. Nothing was changed.")
        raise InputError(told.format(path=path, line=place[0]))
    if not key(front) or len(front) > MAX_FRONT:
        raise InputError(_asks_for_front(place[0], back))
    return Choice(True, note_of(str(path), among), front=front, text=key("\n".join(some)), lines=len(some))


def _asks_for_front(line: int, back: str) -> str:
    """That a line does not say what a card of it is to ask."""
    told = _(
        "Line {line} has no clear term. Say what the card asks, as in "
        '`--front "What is it for?"`; its answer is: {text}'
    )
    return told.format(line=line, text=clean(back)[:160].replace("\n", " "))


def _below(text: str, path: str, line: int) -> str:
    """What stands below a line and the blank ones after it."""
    lines = text.split("\n")
    after = next((at for at in range(line, len(lines)) if lines[at].strip()), None)
    return at_line(text, path, after + 1)[1] if after is not None else ""


def text_at(path: str, line: int) -> str:
    """What stands at a line of a note, as a card would have it; nothing where it cannot be read."""
    try:
        return text_of(load(Path(path)).text, line) if line else ""
    except (InputError, OSError):
        return ""
