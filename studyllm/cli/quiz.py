"""`studyllm quiz`: the app, on a quiz's setup."""

import click

from studyllm.cli.app import open_app
from studyllm.cli.session import Session


@click.command()
@click.argument("deck", required=False)
@click.pass_obj
def quiz(session: Session, deck: str | None) -> None:
    """Open the app on a quiz of DECK or of all decks: self-testing that moves no card, unless you want it to."""
    open_app(session, deck, lambda screens: screens.quiz(deck))
