"""`studyllm card make` and `card drop`: what becomes a card, against what the importer chose."""

from datetime import UTC, datetime
from pathlib import Path

import click

from studyllm import library
from studyllm.cards import Deck
from studyllm.choices import Choices
from studyllm.cli.session import Session
from studyllm.cli.show import line
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.library import Like
from studyllm.store import Store
from studyllm.store.said import counted

_like = click.option(
    "--like",
    type=click.Choice([Like.NOTE.value, Like.DECK.value]),
    is_flag=False,
    flag_value=Like.DECK.value,
    help="All that is written in the same form with it: in its note, or in all notes of the deck [deck].",
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
    with session.store() as store:
        deck = library.deck_of(store, path)
        choices = store.choices(deck.name)
        found, by_hand = library.at(path, int(number), front or "")
        if by_hand is not None:
            choices = choices.chosen(by_hand)
        elif found is not None:
            choices = library.choose(choices, found, True, _reach(like))
        _bring_in(store, deck, choices)


@click.command()
@click.argument("card_id", type=click.IntRange(1, 2**62), metavar="ID")
@_like
@click.pass_obj
def drop(session: Session, card_id: int, like: str | None) -> None:
    """Make no card any more of what one was made of.

    It is kept with its schedule, out of the way. The choice is kept with the deck, never written into the note, and
    holds when the note is imported again; `studyllm undo` takes it back.
    """
    with session.store() as store:
        found = store.card(card_id)
        deck = next(deck for deck in store.decks() if deck.name == found.deck)
        beside = [other.card for other in store.cards_of_files(deck.name, [found.card.source.path])]
        choices = library.choose(store.choices(deck.name), found.card, False, _reach(like), beside)
        _bring_in(store, deck, choices)


def _reach(like: str | None) -> Like:
    return Like(like) if like else Like.ALONE


def _bring_in(store: Store, deck: Deck, choices: Choices) -> None:
    """Imports the deck's notes by those choices, and says what became of its cards."""
    made = library.plan(store, deck, choices=choices)
    made = library.bring_in(store, made, datetime.now(UTC))
    counts = {name: count for name, count in made.counts().items() if name != "unchanged"}
    if not any(counts.values()):
        line(
            _("{deck}: no card changed; the choice is kept for what you write later.").format(deck=deck.name)
        )
        return
    said = _("{deck}: {what}. `studyllm undo` takes it back.")
    line(said.format(deck=deck.name, what=counted(counts)))
    for step in made.steps:
        card = step.new or (step.old.card if step.old else None)
        if card is not None and step.change is not library.Change.UNCHANGED:
            place = f"{card.source.path}:{card.source.line}"
            line(f"  {library.change(step.change)}  {card.prompt}  {place}")
