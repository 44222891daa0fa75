"""`--plain` from its start: the decks, if there is a choice, then a review."""

from collections.abc import Sequence
from datetime import UTC, datetime

from studyllm.cli.commands import QUIT
from studyllm.cli.plain import PlainReview
from studyllm.cli.prompts import Terminal, command
from studyllm.cli.session import Session
from studyllm.i18n import _
from studyllm.store import Counts, Pick
from studyllm.store.messages import asked


def chosen_deck(counts: Sequence[Counts], terminal: Terminal) -> str | None:
    """Which deck is to be reviewed, None for all; raises EOFError when nothing is chosen."""
    if len(counts) < 2:
        return None
    for number, count in enumerate(counts, 1):
        today = asked(due=count.due, again=count.learning, new=count.new) or _("nothing today")
        terminal.say(_("{number}: {deck}, {what}").format(number=number, deck=count.deck, what=today))
    while typed := terminal.ask(_("Number of a deck, Enter for all of them:")).strip():
        if typed.isdecimal() and 1 <= int(typed) <= len(counts):
            return counts[int(typed) - 1].deck
        if command(typed, (QUIT,)) == (QUIT, ""):
            raise EOFError
        terminal.say(_("There is no deck {given}.").format(given=typed))
    return None


def review_plainly(session: Session, deck: str | None, pick: Pick | None = None, *, choose: bool) -> None:
    """The whole of `--plain`: the decks if there is a choice, then the review."""
    settings, terminal = session.settings, Terminal()
    with session.store() as store, session.grader() as grader:
        if deck is not None:
            store.require(deck)
        counts = store.counts(settings.day.of(datetime.now(UTC)), settings.day)
        if not counts:
            terminal.say(_("There are no cards yet; `studyllm import FOLDER` makes some of your notes."))
            return
        try:
            deck = chosen_deck(counts, terminal) if choose else deck
        except EOFError:
            return
        PlainReview(store, grader, settings, terminal, lambda: datetime.now(UTC), deck, pick).run()
