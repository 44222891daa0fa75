"""`studyllm points`: what an answer to a card has to say."""

from datetime import UTC, datetime

import click

from studyllm.cli.numbered import card_id
from studyllm.cli.session import Session
from studyllm.cli.show import card_json, emit, line
from studyllm.errors import InputError
from studyllm.grading import bare, is_extra
from studyllm.i18n import _
from studyllm.store import LONGEST_POINT, MOST_POINTS
from studyllm.text import clean, key


@click.command()
@card_id
@click.option("--set", "given", multiple=True, metavar="POINT", help="A point of your own; repeat for each.")
@click.option("--reset", is_flag=True, help="The note's own points again.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def points(session: Session, card_id: int, given: tuple[str, ...], reset: bool, as_json: bool) -> None:
    """Show or edit the points that an answer to a card has to make.

    A point that begins with + is an extra: an answer may leave it out, as in --set "+ in 1972".

    Your own points hold as long as the definition stays as it is; undo takes an edit back.
    """
    if given and reset:
        raise click.UsageError(_("Either --set or --reset, not both."))
    wanted = [" ".join(clean(point).split()) for point in given]
    if any(not key(point) or len(point) > LONGEST_POINT for point in wanted) or len(wanted) > MOST_POINTS:
        raise InputError(
            _(
                "A card has up to {most} points of 1 to {longest} characters each. Nothing was changed."
            ).format(most=MOST_POINTS, longest=LONGEST_POINT)
        )
    with session.store() as store:
        if wanted or reset:
            store.set_points(store.card(card_id), wanted, datetime.now(UTC))
        card = store.card(card_id)
    if as_json:
        record = card_json(card, session.settings.day)
        emit({"card": card.id, "term": record["term"], "points": record["points"]})
        return
    line(card.card.term + (_(" (points of your own)") if card.own_points else ""))
    for point in card_json(card, session.settings.day)["points"]:
        line(f"  {'+' if is_extra(point) else '·'} {bare(point)}")
