"""`studyllm card make` and `card drop`: what becomes a card, against what the importer chose."""

from datetime import UTC, datetime
from pathlib import Path

import click

from studyllm import library
from studyllm.cards import Card
from studyllm.cli.session import Session
from studyllm.cli.show import line
from studyllm.cli.words import reading_words
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.library import Like, Plan
from studyllm.store.messages import counted

_like = click.option(
    "--like",
    type=click.Choice([Like.NOTE.value, Like.DECK.value]),
    is_flag=False,
    flag_value=Like.NOTE.value,
    help="All that is written in the same form with it: in its note, or in all notes of the deck [note].",
)


@click.command()
@click.argument("place", metavar="PATH:LINE")
@click.option("--front", metavar="TEXT", help="What the card asks; its answer is the text at that line.")
@_like
@click.pass_obj
def make(session: Session, place: str, front: str | None, like: str | None) -> None:
    """Make a card of what stands at a line of an imported note.

    `studyllm import --offered` lists lines that may be worth one. The choice is kept with the deck, never written into
    the note, and holds when the note is imported again; `studyllm undo` takes it back.
    """
    name, _colon, number = place.rpartition(":")
    if not name or not number.isdecimal() or not 0 < int(number) < 10**9:
        raise InputError(_("{place!r} names no line; write it like notes/cells.md:12.").format(place=place))
    path = Path(name).expanduser().resolve()
    with session.store() as store, reading_words(session) as read:
        now = datetime.now(UTC)
        made, card = library.make(store, path, int(number), front or "", _reach(like), now, words=read)
    if like is None and all(step.change is library.Change.UNCHANGED for step in made.steps):
        line(_("“{card}” is a card already, and stays one.").format(card=card.prompt))
    else:
        _say(made, card)


@click.command()
@click.argument("card_id", type=click.IntRange(1, 2**62), metavar="ID")
@_like
@click.pass_obj
def drop(session: Session, card_id: int, like: str | None) -> None:
    """Make no card any more of what one was made of.

    It is kept with its schedule, out of the way. The choice is kept with the deck, never written into the note, and
    holds when the note is imported again; `studyllm undo` takes it back.
    """
    with session.store() as store, reading_words(session) as read:
        for made in library.drop(store, [store.card(card_id)], _reach(like), datetime.now(UTC), words=read):
            _say(made)


def _reach(like: str | None) -> Like:
    return Like(like) if like else Like.ALONE


def _say(made: Plan, wanted: Card | None = None) -> None:
    """What became of the cards of a deck, and why a card went that the one that was `wanted` left no room."""
    name = made.deck.name
    counts = {change: count for change, count in made.counts().items() if change != "unchanged"}
    if not any(counts.values()):
        line(_("{deck}: no card changed; the choice is kept for what you write later.").format(deck=name))
        return
    line(_("{deck}: {what}. `studyllm undo` takes it back.").format(deck=name, what=counted(counts)))
    for step in made.steps:
        card = step.new or (step.old.card if step.old else None)
        if card is not None and step.change is not library.Change.UNCHANGED:
            place = f"{card.source.path}:{card.source.line}"
            line(f"  {library.change(step.change)}  {card.prompt}  {place}")
            if wanted is not None and step.change is library.Change.GONE and _share_lines(card, wanted):
                said = _("it holds the lines of “{card}”, which are a card of their own now")
                line(f"    {said.format(card=wanted.prompt)}")


def _share_lines(one: Card, other: Card) -> bool:
    mine, theirs = one.source, other.source
    return mine.path == theirs.path and mine.line <= theirs.end_line and theirs.line <= mine.end_line
