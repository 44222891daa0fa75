"""Why something in a note is no card: kept in English with the note, said in the learner's language."""

import re
from collections.abc import Mapping

from studyllm.i18n import N_, _, kept

MANY_ROWS = N_("a table of {count} rows; only the first {most} were read")
MANY_CARDS = N_("{count} cards in one file; only the first {most} were taken")
MANY_LINES = N_("not read from here on: of a note {most} lines are read; split it")
MORE = N_("and {count} more like these")
GUESSED = N_("not UTF-8: read as {encoding}, a guess")
LEFT_OUT = N_("{count} cards under headings the deck leaves out")
LEFT_OUT_ONE = N_("{count} card under headings the deck leaves out")
LEFT = N_("left out, as you chose")
BRING_IN = N_("is no note; `studyllm import` with its name brings it in")
"""Said of a file among the notes that holds cards of another program, or a table."""
_LABEL = N_("by itself it does not say what would be asked")
_PART = N_("what it says is in another card already")
_SHORT = N_("its answer would be a word or two only")
_LONG = N_("what would be asked is a line of text, not a short term")
_ALONE = N_("hardly any other line of the note is written like it, so it may be no entry")
_GENRE = N_("the note reads like a project's paper, an essay or minutes, which are seldom learnt")
_DOUBT = N_("it may not be worth a card")
_READ = N_("the language model has read the note and doubts that it is a card")
NO_TERM = N_("no term or question stands out; bold or “term: meaning” would show one")
CODE = N_("no cards are made of code")
INSIDE = N_("it stands in another card, or in an offer, already")
_UNLIKELY = N_("probably no card: {reason}")
_PLAIN = N_("it is written like any other text: nothing says that it is to be learnt")
_OFFERED = (_LABEL, _PART, _SHORT, _LONG, _ALONE, _GENRE, _DOUBT, _READ)
_NOTABLE = (MANY_CARDS, MANY_LINES, GUESSED)
_REASONS = (BRING_IN, NO_TERM, CODE, INSIDE, _PLAIN, *_OFFERED)


def why(row: Mapping[str, float], *, part: bool, doubted: bool = False) -> str:
    """Why a candidate is only offered: what speaks most against it. `part`: it stands in a card that is made;
    `doubted`: by the language model."""
    if row["genre"] >= 0.66:
        return _GENRE
    if row["label"] or row["too_little"]:
        return _LABEL
    if part:
        return _PART
    if row["size"] >= 1.5 or row["stops"]:
        return _LONG
    if row["a_short"]:
        return _SHORT
    if doubted:
        return _READ
    return _ALONE if row["often"] < 0.3 else _DOUBT


def why_left(row: Mapping[str, float]) -> str:
    """Why a candidate is not even offered."""
    reason = why(row, part=False)
    return _PLAIN if reason == _DOUBT else _UNLIKELY.format(reason=reason)


def is_of_offer(reason: str) -> bool:
    """Whether it is said of a card that is offered."""
    return reason in _OFFERED or reason == LEFT


def is_notable(reason: str) -> bool:
    """Whether it says that a file was not taken whole, or that its letters were guessed."""
    return any(re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(form)), reason) for form in _NOTABLE)


def said(reason: str) -> str:
    """A reason in the learner's language."""
    opened, closed = _UNLIKELY.split("{reason}")
    if reason.startswith(opened):
        return _(_UNLIKELY).format(reason=kept(reason.removeprefix(opened).removesuffix(closed), _OFFERED))
    forms = (MANY_ROWS, MANY_CARDS, MANY_LINES, MORE, GUESSED, LEFT_OUT, LEFT_OUT_ONE, LEFT)
    return kept(reason, (*forms, *_REASONS))
