"""Notes against the store: what an import would change, and doing it."""

from studyllm.cards import Skipped
from studyllm.library.decks import decks_for
from studyllm.library.plan import Change, Plan, Step, apply, bring_in, plan
from studyllm.library.watch import watch
from studyllm.text import clean


def describe(skipped: Skipped) -> str:
    """One line for a learner: where, and why."""
    place = f"{skipped.path}:{skipped.line}" if skipped.line else skipped.path
    return clean(f"{place}: {skipped.reason}").replace("\n", " ")


__all__ = ["Change", "Plan", "Step", "apply", "bring_in", "decks_for", "describe", "plan", "watch"]
