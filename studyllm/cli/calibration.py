"""`studyllm calibration`: what your own grades have taught the grader, and how to take it back."""

from datetime import UTC, datetime

import click

from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.drill import calibration as learnt
from studyllm.grading import ENOUGH


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
            store.reset_calibration(datetime.now(UTC))
        found = learnt(store)
    if as_json:
        emit({"shift": found.shift, "answers": found.answers, "overrides": found.overrides})
        return
    line(f"{found.answers} graded answers, {found.overrides} with a grade of your own.")
    if found.overrides < ENOUGH:
        line(f"Scores are as shipped; they begin to move with {ENOUGH} overrides.")
    else:
        line(
            f"A score of 50 % now becomes {found.moved(0.5):.0%}, one of 80 % becomes {found.moved(0.8):.0%}. "
            "`studyllm calibration --reset` starts anew."
        )
