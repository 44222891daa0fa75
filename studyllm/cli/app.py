"""`studyllm` and `studyllm review`: the app."""

import gc
import os
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING

import click

from studyllm.cli.elsewhere import tell
from studyllm.cli.session import (
    Session,
    back_up,
    grader,
    has_screen,
    is_dumb,
    keep_private,
    log_to,
    open_store,
)
from studyllm.config import Settings
from studyllm.i18n import N_, _, ngettext
from studyllm.store import Pick, Want

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from studyllm.grading import Grader

_PLAIN = N_(
    "Prompts and lines instead of screens: for screen readers, pipes and slow lines [default: the setting plain]."
)
_FOR_A_VERDICT = ("studyllm.review.judging", "studyllm.store.journal")
"""What the first verdict would wait for; the first card does not need it."""
MADE = 20_000
"""Objects made between two looks for garbage; Python's default is 700."""
plain_option = click.option("--plain/--no-plain", default=None, help=_PLAIN)


_COUNT, _DAYS = click.IntRange(1, 10_000), click.IntRange(1, 365)


@click.command()
@click.argument("deck", required=False)
@click.option("--more", "new", type=_COUNT, metavar="N", help="N more new cards, beyond today's limit.")
@click.option("--more-due", "due", type=_COUNT, metavar="N", help="N reviews, whatever today's limit.")
@click.option("--ahead", type=_DAYS, metavar="DAYS", help="What is due in the next DAYS, as early reviews.")
@click.option("--forgotten", type=_DAYS, metavar="DAYS", help="What was missed in the last DAYS.")
@click.option("--all", "everything", is_flag=True, help="Every card, due or not, to be practised.")
@click.option(
    "--section", metavar="HEADING", help="Only cards under this heading, or of this note; alone, all of them."
)
@click.option("--tag", metavar="TAG", help="Only cards with this tag; alone, all of them.")
@plain_option
@click.pass_obj
def review(
    session: Session,
    /,
    deck: str | None,
    plain: bool | None,
    section: str | None,
    tag: str | None,
    everything: bool,
    **numbers: int | None,
) -> None:
    """Open the app on the first card that is due, of DECK or of all; or on other cards than those of today."""
    wanted = [Pick(Want(want), number) for want, number in numbers.items() if number is not None]
    if len(wanted) > 1 or (wanted and everything):
        raise click.UsageError(_("Choose one of --more, --more-due, --ahead, --forgotten and --all."))
    if not wanted and (everything or section or tag):
        wanted = [Pick(Want.ALL)]
    pick = replace(wanted[0], deck=deck, section=section or "", tag=tag or "") if wanted else None
    if pick and section:
        pick = _under(session, pick)
    session = replace(session, plain=session.plain if plain is None else plain)
    open_app(session, deck, lambda screens: screens.review(deck, pick), pick=pick, choose=False)


def _under(session: Session, pick: Pick) -> Pick:
    """A pick of the section that is named, also by a part of its heading; raises InputError when there is none."""
    from studyllm.review.queue import ReviewQueue  # late: most reviews name no section
    from studyllm.review.recall import find

    day, now = session.settings.day, datetime.now(UTC)
    with session.store() as store:
        if ReviewQueue(store, day, pick.deck, replace(pick, want=Want.ALL)).queue(now):
            return pick
        found = find(store.sections.all(pick.deck, day.of(now), day), pick.section)
        return (
            replace(pick, section="", note=found.path)
            if found.is_untitled
            else replace(pick, section=found.name)
        )


def open_app(
    session: Session,
    deck: str | None,
    first: "Callable[[Any], Any] | None" = None,
    *,
    pick: Pick | None = None,
    choose: bool = True,
) -> None:
    """The app, on the screen that `first` makes of the module of them; plain prompts where they are wished for or the
    terminal can do no more; without a terminal, what is due."""
    if is_plain(session):
        from studyllm.cli.plainly import review_plainly

        review_plainly(session, deck, pick, choose=choose)
        back_up(session.settings)
        return
    if not has_screen():
        _say_what_is_due(session, deck, pick)
        return
    from studyllm.tui import StudyApp
    from studyllm.tui.pictures import shower

    settings = session.settings
    keep_private(settings)
    log_to(settings)
    tell(settings)
    app = StudyApp(
        settings,
        open_store=open_store,
        make_grader=_grader,
        deck=deck,
        first=first,
        show_picture=shower(),
    )
    gc.set_threshold(MADE)
    if os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver"):
        threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    app.run()
    back_up(settings)
    if app.return_code:
        raise SystemExit(app.return_code)


def is_plain(session: Session) -> bool:
    """Whether prompts and lines are wished for, or the terminal can do no more."""
    return session.settings.plain or (session.plain is None and is_dumb() and has_screen())


def _end_with(server: int) -> None:
    """Ends the app of a tab when its server is gone, whatever it is doing."""
    while os.getppid() == server:
        time.sleep(1)
    os._exit(0)


def _grader(settings: Settings) -> "Grader":
    """The grader; made when all else is loaded, which stays: looking through it for garbage would hold up keys for a
    tenth of a second, again and again."""
    for late in _FOR_A_VERDICT:
        import_module(late)
    gc.freeze()
    return grader(settings)


def _say_what_is_due(session: Session, deck: str | None, pick: Pick | None) -> None:
    from studyllm.cli.show import card_line, line
    from studyllm.review.queue import ReviewQueue

    settings = session.settings
    with session.store() as store:
        if deck is not None:
            store.require(deck)
        queue = ReviewQueue(store, settings.day, deck, pick).queue(datetime.now(UTC))
    said = ngettext(
        "No terminal here, so the app was not opened; `--plain` reviews in lines. {count} card can be asked now:",
        "No terminal here, so the app was not opened; `--plain` reviews in lines. {count} cards can be asked now:",
        len(queue),
    )
    line(said.format(count=len(queue)))
    for card in queue[:10]:
        card_line(card)
    if len(queue) > 10:
        line(_("… and {count} more; `studyllm due` lists them all.").format(count=len(queue) - 10))
    line(_("`studyllm review --plain` asks them here, line by line."))
