"""`studyllm calibration`: what your own grades have taught the grader, and how to take it back."""

from datetime import UTC, datetime

import click

from studyllm import messages
from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.grading import ENOUGH, SURE
from studyllm.i18n import _, ngettext
from studyllm.review.judging import calibration as learnt


@click.command()
@click.option(
    "--reset", is_flag=True, help="Start anew: earlier overrides count no more (undo takes it back)."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def calibration(session: Session, reset: bool, as_json: bool) -> None:
    """Show where your own grades and points made the grader more careful, or start anew."""
    with session.store() as store:
        if reset:
            store.journal.reset_calibration(datetime.now(UTC))
        found = learnt(store)
    turned = {state.value: {"turned": n, "of": of} for state, (n, of) in found.turned.items()}
    if as_json:
        doubted = sorted(state.value for state in found.doubted)
        record = {"answers": found.answers, "overruled": found.overruled, "needed": found.needed}
        emit(record | {"points": turned, "doubted": doubted})
        return
    said = ngettext(
        "{count} graded answer, {own} sure verdicts overruled by your own grade.",
        "{count} graded answers, {own} sure verdicts overruled by your own grade.",
        found.answers,
    )
    line(said.format(count=found.answers, own=found.overruled))
    for state, (count, shown) in found.turned.items():
        if count:
            told = _("Points called “{state}”: you overruled {count} of {shown}.")
            line(told.format(state=messages.state_name(state), count=count, shown=shown))
    if found.needed > SURE:
        told = _("Verdicts are now called sure from {needed:.1%} on, instead of {shipped:.0%}.")
        line(told.format(needed=found.needed, shipped=SURE))
    for state in found.doubted:
        line(_("Points called “{state}” are now shown as not sure.").format(state=messages.state_name(state)))
    if found.needed > SURE or found.doubted:
        line(_("`studyllm calibration --reset` starts anew."))
    else:
        said = _("Nothing learnt from you yet: {count} corrections of one kind make it more careful.")
        line(said.format(count=ENOUGH))
