"""The end of a session in lines: what else there is to do today."""

from dataclasses import dataclass

from studyllm import messages
from studyllm.cli.prompts import Terminal
from studyllm.i18n import _
from studyllm.review.ending import Ending
from studyllm.store import Pick


@dataclass(frozen=True, slots=True)
class Way:
    """What is asked next."""

    deck: str | None
    pick: Pick | None = None


def onward(terminal: Terminal, ending: Ending) -> Way | None:
    """Says what else can be asked today; what the learner takes of it, None where nothing."""
    ways: dict[str, Way] = {}
    if ending.following is not None:
        ways["n"] = Way(ending.following.deck)
        terminal.say(f"n: {messages.following(ending)}")
    if ending.more is not None:
        ways["m"] = Way(ending.deck, ending.more)
        terminal.say(f"m: {messages.more(ending)}")
    while ways:
        try:
            typed = terminal.ask(_("Enter ends, a letter goes on:")).strip().lower().lstrip(":：/")
        except EOFError:
            return None
        if not typed or typed in ("quit", _("quit")):
            return None
        if typed in ways:
            return ways[typed]
        terminal.say(_("There is no {given} here.").format(given=typed))
    return None
