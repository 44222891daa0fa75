"""`studyllm deck list | rename | delete`: which decks there are, and what they are called."""

from datetime import UTC, datetime

import click

from studyllm import library
from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.i18n import _, ngettext

_name = click.argument("name", metavar="DECK")


@click.group(invoke_without_command=True)
@click.pass_context
def deck(ctx: click.Context) -> None:
    """List the decks, give one another name, or take one away."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@deck.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
@click.pass_obj
def list_(session: Session, as_json: bool = False) -> None:
    """List the decks with what each has for today, and the notes that its cards come from."""
    day = session.settings.day
    with session.store() as store:
        counts = {count.deck: count for count in store.counts(day.of(datetime.now(UTC)), day)}
        decks = store.decks()
    for one in decks:
        count = counts[one.name]
        if as_json:
            notes = [str(path) for path in one.notes]
            record = {"deck": one.name, "cards": count.cards, "due": count.due, "new": count.new}
            record |= {"repeat": count.learning}
            emit(record | {"unseen": count.unseen, "notes": notes})
            continue
        said = ngettext(
            "{deck}: {cards} card, {due} due, {new} new today",
            "{deck}: {cards} cards, {due} due, {new} new today",
            count.cards,
        )
        told = said.format(deck=one.name, cards=count.cards, due=count.due, new=count.new)
        if count.learning:
            again = ngettext("{count} to repeat", "{count} to repeat", count.learning)
            told = _("{cards} + {repeated}").format(cards=told, repeated=again.format(count=count.learning))
        line(told)
        for path in one.notes:
            line(f"  {path}")
    if not decks and not as_json:
        line(_("There is no deck yet: import some notes."))


@deck.command()
@_name
@click.argument("new", metavar="NAME")
@click.pass_obj
def rename(session: Session, name: str, new: str) -> None:
    """Call DECK by another NAME.

    A deck file that says its name brings the old one back when it is imported again: change it there as well.
    """
    with session.store() as store:
        if library.rename(store, name, new, datetime.now(UTC)):
            line(_("{deck} is called {name} now. `studyllm undo` takes it back.").format(deck=name, name=new))
        else:
            line(_("{deck} is called so already. Nothing was changed.").format(deck=name))


@deck.command("delete")
@_name
@click.pass_obj
def delete(session: Session, name: str) -> None:
    """Take DECK away with its cards, and follow its notes no more.

    The notes themselves stay as they are. Cards and log are kept, out of the way: undo brings the deck back, and so
    does another import of its notes, with every schedule.
    """
    with session.store() as store:
        count = store.remove(name, datetime.now(UTC))
    said = ngettext(
        "{deck} is deleted with {count} card. `studyllm undo` brings it back.",
        "{deck} is deleted with {count} cards. `studyllm undo` brings it back.",
        count,
    )
    line(said.format(deck=name, count=count))
