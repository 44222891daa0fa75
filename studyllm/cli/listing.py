"""`studyllm cards | due | log`: looking, without changing anything."""

import click

from studyllm.cli.session import Session, moment
from studyllm.cli.show import card_json, card_line, emit, line, log_json
from studyllm.i18n import _
from studyllm.review.queue import ReviewQueue

_deck = click.option("--deck", metavar="NAME", help="Only this deck.")
_json = click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
_at = click.option("--at", metavar="TIME", help="As of that time (ISO 8601) [default: now].")


@click.command()
@_deck
@click.option("--tag", metavar="TAG", help="Only cards with this tag.")
@_json
@click.pass_obj
def cards(session: Session, deck: str | None, tag: str | None, as_json: bool) -> None:
    """List every card."""
    with session.store() as store:
        day = session.settings.day
        for card in store.cards(deck):
            if tag is not None and tag not in card.tags:
                continue
            emit(card_json(card, day)) if as_json else card_line(card)


@click.command()
@_deck
@_at
@_json
@click.pass_obj
def due(session: Session, deck: str | None, at: str | None, as_json: bool) -> None:
    """List the cards that can be asked now: those that are due, then today's new ones."""
    settings = session.settings
    with session.store() as store:
        if deck is not None:
            store.require(deck)
        queue = ReviewQueue(store, settings.day, deck).queue(moment(at, settings))
    for card in queue:
        emit(card_json(card, settings.day)) if as_json else card_line(card)
    if not queue and not as_json:
        line(_("Nothing is due."))


@click.command()
@click.option("--all", "everything", is_flag=True, help="Imports, edits and undos as well.")
@_json
@click.pass_obj
def log(session: Session, everything: bool, as_json: bool) -> None:
    """List the reviews, oldest first."""
    day = session.settings.day
    with session.store() as store:
        for entry in store.journal.entries():
            if not everything and entry.review is None:
                continue
            if as_json:
                emit(log_json(entry, day))
            else:
                when = entry.at.astimezone(day.zone)
                undone = _(" (undone)") if entry.undone else ""
                line(f"{when:%Y-%m-%d %H:%M}  {entry.what}{undone}")
