"""`studyllm cards | due | log`: looking, without changing anything."""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import click

from studyllm.cli.numbered import CardNumber
from studyllm.cli.session import Session, moment
from studyllm.cli.show import asked_line, card_json, card_line, emit, line, log_json
from studyllm.i18n import _, ngettext
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Day

if TYPE_CHECKING:
    from studyllm.store import LogEntry, Store

_deck = click.option("--deck", metavar="NAME", help="Only this deck.")
_json = click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
_at = click.option("--at", metavar="TIME", help="As of that time (ISO 8601) [default: now].")


@click.command()
@_deck
@click.option("--tag", metavar="TAG", help="Only cards with this tag.")
@click.option("--query", metavar="QUERY", help="Only what the glossary finds, as in 'is:due -tag:easy'.")
@_json
@click.pass_obj
def cards(session: Session, deck: str | None, tag: str | None, query: str | None, as_json: bool) -> None:
    """List every card, or those that a query finds."""
    with session.store() as store:
        day = session.settings.day
        wanted = None if query is None else _found(store, query, day)
        for card in store.cards(deck, gone=wanted is not None):
            if (tag is not None and tag not in card.tags) or (wanted is not None and card.id not in wanted):
                continue
            emit(card_json(card, day)) if as_json else card_line(card)


def _found(store: "Store", query: str, day: Day) -> frozenset[int]:
    """The ids of the cards that a query of the glossary finds, exactly as it says."""
    from studyllm.glossary import Finder, find_once

    today = day.of(datetime.now(UTC))
    return frozenset(find_once(Finder(store.entries), query, today, day.start(today)).exact)


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
        now, day = moment(at, settings), settings.day
        queue = ReviewQueue(store, day, deck).queue(now)
        any_card = bool(queue or store.count())
        today = day.of(now)
        end = day.start(today + timedelta(days=1))
        later = [when for when, _card in store.repeating(deck, today, day, end) if when > now]
    for card in queue:
        emit(card_json(card, day)) if as_json else asked_line(card, now, day)
    if as_json:
        return
    if not any_card:
        line(_("There are no cards yet; `studyllm import FOLDER` makes some of your notes."))
    elif not queue:
        line(_("Nothing is due."))
    if later:
        said = ngettext(
            "{count} card comes back later today, at {time}.",
            "{count} cards come back later today, the first at {time}.",
            len(later),
        )
        line(said.format(count=len(later), time=f"{min(later).astimezone(day.zone):%H:%M}"))


@click.command()
@click.option("--all", "everything", is_flag=True, help="Imports, edits and undos as well.")
@click.option("--card", type=CardNumber(), metavar="ID", help="Only those of a card, with what was answered.")
@click.option("--last", metavar="N", type=click.IntRange(1), help="Only the last N of them.")
@_json
@click.pass_obj
def log(session: Session, everything: bool, card: int | None, last: int | None, as_json: bool) -> None:
    """List the reviews, oldest first."""
    day = session.settings.day
    with session.store() as store:
        if card is not None:
            store.card(card)  # raises InputError where there is none
        entries = store.journal.entries(card=card)
        if as_json:
            found = (one for one in entries if everything or one.review is not None)
            for entry in found if last is None else deque(found, last):
                emit(log_json(entry, day))
            return
        told = ((one, what) for one, what in _told(entries) if everything or one.review is not None)
        for entry, what in told if last is None else deque(told, last):
            when = entry.at.astimezone(day.zone)
            undone = _(" (undone)") if entry.undone else ""
            said = f": {entry.answer}" if card is not None and entry.answer else ""
            line(f"{when:%Y-%m-%d %H:%M}  {what}{undone}{said}")


def _told(entries: "Iterable[LogEntry]") -> "Iterator[tuple[LogEntry, str]]":
    """What happened, with its words; what one undo took back is one line, whatever number of rows it has."""
    before: dict[int, tuple[bool, str]] = {}
    for _key, rows in groupby(entries, lambda one: (one.at, 0) if one.event == "undo" else (one.at, one.id)):
        first, *rest = rows
        if first.event != "undo":
            before[first.id] = first.card is not None, first.what
            yield first, before[first.id][1]
            continue
        back = [before[one.undoes] for one in (first, *rest) if one.undoes in before]
        _of_a_card, main = min(back, key=lambda one: one[0], default=(False, ""))
        yield first, _("undo: {what}").format(what=main) if main else first.what
