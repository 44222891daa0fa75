"""The end of a session in lines: what else there is to do today."""

from dataclasses import dataclass

from studyllm.cli.prompts import Terminal
from studyllm.i18n import _, headed, ngettext
from studyllm.messages import picking
from studyllm.review.ending import Ending
from studyllm.review.history import Answers
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
        terminal.say(headed("n", picking.following(ending)))
    if ending.more is not None:
        ways["m"] = Way(ending.deck, ending.more)
        terminal.say(headed("m", picking.more(ending)))
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


def sum_up(terminal: Terminal, answers: Answers) -> None:
    """What was done in a session, and what of it, or of the same day before, is worth another look."""
    told = ngettext(
        "{count} answered, {recalled} recalled; it is saved.",
        "{count} answered, {recalled} recalled; all of them are saved.",
        answers.count,
    )
    terminal.say(told.format(count=answers.count, recalled=answers.recalled))
    if repeated := picking.relearned(answers):
        terminal.say(repeated)
    for one in answers.worth_a_look:
        sure = _("Worth another look, you were sure: {term}")
        told = sure if one.sure_and_wrong else _("Worth another look: {term}")
        before = f" {_('(earlier today)')}" if one.before else ""
        terminal.say(told.format(term=one.card.card.term) + before)
