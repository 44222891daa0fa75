"""`studyllm card make` and `card drop`: what becomes a card, against what the importer chose."""

from datetime import UTC, datetime
from pathlib import Path

import click

from studyllm import library
from studyllm.cards import Card
from studyllm.cli.doubts import doubt
from studyllm.cli.numbered import card_id
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
        made, card = library.make(store, path, int(number), front or "", _reach(like), now, readers=read)
        stored = [*store.cards_of_files(made.deck.name, [str(path)])]
        its = next((one.id for one in stored if one.card.term == card.term and not one.gone), None)
    if like is None and all(step.change is library.Change.UNCHANGED for step in made.steps):
        line(_("“{card}” is a card already, and stays one.").format(card=card.prompt))
    else:
        _say(made, card, its)


@click.command()
@card_id
@_like
@click.pass_obj
def drop(session: Session, card_id: int, like: str | None) -> None:
    """Make no card any more of what one was made of.

    It is kept with its schedule, out of the way. The choice is kept with the deck, never written into the note, and
    holds when the note is imported again; `studyllm undo` takes it back.
    """
    with session.store() as store, reading_words(session) as read:
        for made in library.drop(store, [store.card(card_id)], _reach(like), datetime.now(UTC), readers=read):
            _say(made)


def _reach(like: str | None) -> Like:
    return Like(like) if like else Like.ALONE


def _say(made: Plan, wanted: Card | None = None, number: int | None = None) -> None:
    """What became of the cards of a deck: first what nobody asked for, a card in doubt or one that went for the one
    that was `wanted`, which has that number."""
    name, rest = made.deck.name, []
    counts = {change: count for change, count in library.counts(made).items() if change != "unchanged"}
    if not any(counts.values()):
        line(_("{deck}: no card changed; the choice is kept for what you write later.").format(deck=name))
        return
    for step in made.steps:
        if step.change is library.Change.AMBIGUOUS:
            line(doubt(step))
            if wanted is not None and wanted in step.candidates:
                line(_("“{card}” is no card before that is decided.").format(card=wanted.prompt))
        elif wanted is not None and step.old and step.change is library.Change.GONE:
            line(_gone(step.old.card, wanted))
        elif step.change is not library.Change.UNCHANGED:
            rest.append(step)
    line(_("{deck}: {what}. `studyllm undo` takes it back.").format(deck=name, what=counted(counts)))
    for step in rest:
        card = step.new or (step.old.card if step.old else None)
        if card is not None:
            told = f"  {library.change(step)}  {card.prompt}  {card.source.path}:{card.source.line}"
            mine = number is not None and wanted is not None and card.term == wanted.term
            line(f"{told}  {_('card {number}').format(number=number)}" if mine else told)


def _gone(card: Card, wanted: Card) -> str:
    """That a card went when another was made, and why where it is known."""
    if not _share_lines(card, wanted):
        return _("“{card}” is no card any more; its schedule is kept.").format(card=card.prompt)
    said = _(
        "“{card}” is no card any more, its schedule is kept: it holds the lines of “{wanted}”, which are a card of "
        "their own now."
    )
    return said.format(card=card.prompt, wanted=wanted.prompt)


def _share_lines(one: Card, other: Card) -> bool:
    mine, theirs = one.source, other.source
    return mine.path == theirs.path and mine.line <= theirs.end_line and theirs.line <= mine.end_line
