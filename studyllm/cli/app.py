"""`studyllm` and `studyllm review`: the app."""

from datetime import UTC, datetime

import click

from studyllm.cli.session import Session, grader, has_terminal, log_to, open_store


@click.command()
@click.argument("deck", required=False)
@click.pass_obj
def review(session: Session, deck: str | None) -> None:
    """Open the app on the first card that is due, of DECK or of all."""
    open_app(session, deck, review=True)


def open_app(session: Session, deck: str | None, *, review: bool) -> None:
    """The app, or where there is no terminal a word about it and what is due."""
    if not has_terminal():
        _say_what_is_due(session, deck)
        return
    from studyllm.tui import StudyApp
    from studyllm.tui.pictures import shower

    settings = session.settings
    log_to(settings)
    app = StudyApp(
        settings, open_store=open_store, make_grader=grader, deck=deck, review=review, show_picture=shower()
    )
    app.run()
    if app.return_code:
        raise SystemExit(app.return_code)


def _say_what_is_due(session: Session, deck: str | None) -> None:
    from studyllm.cli.show import card_line, line
    from studyllm.drill import Drill

    settings = session.settings
    with session.store() as store:
        queue = Drill(store, settings.day, deck).queue(datetime.now(UTC))
    line(f"No terminal here, so the app was not opened. {len(queue)} cards can be asked now:")
    for card in queue[:10]:
        card_line(card)
    if len(queue) > 10:
        line(f"… and {len(queue) - 10} more; `studyllm due` lists them all.")
