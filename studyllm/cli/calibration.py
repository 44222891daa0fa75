"""`studyllm calibration`: what your own grades have taught the grader, and how to take it back."""

from datetime import UTC, datetime

import click

from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.drill import calibration as learnt
from studyllm.grading import ENOUGH
from studyllm.i18n import _, ngettext


@click.command()
@click.option(
    "--reset", is_flag=True, help="Start anew: earlier overrides count no more (undo takes it back)."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def calibration(session: Session, reset: bool, as_json: bool) -> None:
    """Show how your own grades move the scores, or start anew."""
    with session.store() as store:
        if reset:
            store.journal.reset_calibration(datetime.now(UTC))
        found = learnt(store)
    if as_json:
        emit({"shift": found.shift, "answers": found.answers, "overrides": found.overrides})
        return
    said = ngettext(
        "{count} graded answer, {own} with a grade of your own.",
        "{count} graded answers, {own} with a grade of your own.",
        found.answers,
    )
    line(said.format(count=found.answers, own=found.overrides))
    if found.overrides < ENOUGH:
        line(_("Scores are as shipped; they begin to move with {count} overrides.").format(count=ENOUGH))
    else:
        line(
            _(
                "A score of 50 % now becomes {half:.0%}, one of 80 % becomes {most:.0%}. "
                "`studyllm calibration --reset` starts anew."
            ).format(half=found.moved(0.5), most=found.moved(0.8))
        )
