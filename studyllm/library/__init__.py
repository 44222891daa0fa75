"""Notes against the store: what an import would change, and doing it."""

from studyllm.cards import Skipped
from studyllm.i18n import N_, _, headed, ngettext
from studyllm.library.choosing import Like, choose, deck_of, drop, has_alike, make
from studyllm.library.decks import decks_for, rename
from studyllm.library.noteless import plan_of
from studyllm.library.places import at, text_at
from studyllm.library.plan import Plan, apply, bring_in, plan
from studyllm.library.staying import Staying, staying
from studyllm.library.steps import Change, Step, told
from studyllm.library.watch import watch
from studyllm.notes.reasons import said
from studyllm.text import clean

_CHANGES = {
    Change.ADDED: N_("added"),
    Change.RENAMED: N_("renamed"),
    Change.CHANGED: N_("changed"),
    Change.MOVED: N_("moved"),
    Change.RETURNED: N_("returned"),
    Change.UNCHANGED: N_("unchanged"),
    Change.GONE: N_("gone"),
    Change.AMBIGUOUS: N_("ambiguous"),
}


def describe(skipped: Skipped) -> str:
    """One line for a learner: where, and why."""
    place = f"{skipped.path}:{skipped.line}" if skipped.line else skipped.path
    return clean(headed(place, said(skipped.reason))).replace("\n", " ")


def in_one_direction(count: int) -> str:
    """How many cards a deck of two directions asks in one alone, and which they are."""
    told = ngettext(
        "{count} card is asked in one direction only: questions, lists, rows of several columns, and terms whose "
        "meaning is short or names them, are not turned round.",
        "{count} cards are asked in one direction only: questions, lists, rows of several columns, and terms whose "
        "meaning is short or names them, are not turned round.",
        count,
    )
    return told.format(count=count)


def counts(made: Plan) -> dict[str, int]:
    """How many cards each change befalls, for a person: what the learner left out apart from what is gone."""
    return told(made.steps, made.counts())


def change(step: Step) -> str:
    """What an import does to a card, in a word."""
    return _("left out") if step.left_out else _(_CHANGES[step.change])


__all__ = [
    "Change",
    "Like",
    "Plan",
    "Staying",
    "Step",
    "apply",
    "at",
    "bring_in",
    "change",
    "choose",
    "counts",
    "deck_of",
    "decks_for",
    "describe",
    "drop",
    "has_alike",
    "in_one_direction",
    "make",
    "plan",
    "plan_of",
    "rename",
    "staying",
    "text_at",
    "watch",
]
