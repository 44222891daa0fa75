"""`studyllm recall`: a section written down from memory, in the app or in lines."""

from dataclasses import replace
from datetime import UTC, datetime

import click

from studyllm.cli.app import is_plain, open_app, plain_option
from studyllm.cli.session import Session, has_screen


@click.command()
@click.argument("deck", required=False)
@click.option("--section", "name", metavar="HEADING", help="A heading of the notes, or the name of a note.")
@plain_option
@click.pass_obj
def recall(session: Session, deck: str | None, name: str | None, plain: bool | None) -> None:
    """Write down all you remember of a section of DECK or of all, and see which of its cards you said.

    What you said in full and was due counts as recalled, what you did not say is asked next.
    """
    from studyllm.review.recall import find  # late: the help needs none of it

    session = replace(session, plain=session.plain if plain is None else plain)
    settings = session.settings
    with session.store() as store:
        if deck is not None:
            store.require(deck)
        sections = store.sections.all(deck, settings.day.of(datetime.now(UTC)), settings.day)
        section = None if name is None else find(sections, name)
    if is_plain(session) or not has_screen():
        from studyllm.cli.plain_recall import recall_plainly

        recall_plainly(session, sections, section)
        return
    open_app(
        session, deck, lambda screens: screens.recall(section) if section else screens.recall_choice(deck)
    )
