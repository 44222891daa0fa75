"""`studyllm schedule`: how decks are scheduled, fitting FSRS, and an honest comparison on your own log."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import click

from studyllm import schedulers
from studyllm.cards import Algorithm, Scheduling, Spread
from studyllm.cli.session import Session, moment, writes_over
from studyllm.cli.show import emit, line
from studyllm.config import scheduling_from
from studyllm.i18n import _, ngettext
from studyllm.schedule.compare import Report
from studyllm.store import Store
from studyllm.text import clean, padded, width

_BARS = " ▁▂▃▄▅▆▇█"
_deck = click.argument("deck", required=False)
_json = click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")


@click.group(invoke_without_command=True)
@click.pass_context
def schedule(ctx: click.Context) -> None:
    """Show or change how decks are scheduled."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@schedule.command()
@_json
@click.pass_obj
def show(session: Session, as_json: bool = False) -> None:
    """Show how each deck is scheduled."""
    with session.store() as store:
        for deck in store.decks():
            name, scheduling = deck.name, deck.scheduling or Scheduling()
            emit({"deck": name, **_record(scheduling)}) if as_json else line(
                _("{deck}: {how}").format(deck=name, how=_said(scheduling))
            )


@schedule.command("set")
@_deck
@click.option(
    "--algorithm", type=click.Choice([a.value for a in Algorithm]), help="Who decides the intervals."
)
@click.option("--retention", type=float, help="The share that FSRS keeps recalled, 0.7 to 0.99.")
@click.option("--learning-steps", metavar="MINUTES", help="As 1,10; under FSRS.")
@click.option("--relearning-steps", metavar="MINUTES", help="As 10; none: not again the same day.")
@click.option(
    "--spread", type=click.Choice([s.value for s in Spread]), help="Against clumps: none, fuzz, or balance."
)
@click.option("--exam", metavar="DATE", help="A day by which all has been asked, as 2027-01-15; or none.")
@click.option("--leech", type=int, help="Lapses after which a card asks for attention.")
@click.option("--defaults", is_flag=True, help="Forget weights that were fitted.")
@click.pass_obj
def set_(session: Session, /, deck: str | None, defaults: bool, **given: Any) -> None:
    """Change how DECK, or every deck, is scheduled. The log is replayed; undo takes it back."""
    asked = {name: _read(name, value) for name, value in given.items() if value is not None}
    if not asked and not defaults:
        raise click.UsageError(_("Say what to change, as in --algorithm fsrs."))
    with session.store() as store:
        for name in _decks(store, deck):
            wanted = scheduling_from(asked, store.schedulings()[name])
            wanted = replace(wanted, weights=()) if defaults else wanted
            moved = schedulers.change(store, session.settings.day, name, wanted, datetime.now(UTC))
            line(_changed(name, wanted, moved))
            if wanted.exam and wanted.exam <= session.settings.day.of(datetime.now(UTC)):
                line(_("That exam is not in the future: it changes nothing."))


@schedule.command()
@_deck
@click.pass_obj
def fit(session: Session, deck: str | None) -> None:
    """Fit FSRS to the log of DECK, or of all decks, and use it there."""
    settings = session.settings
    with session.store() as store:
        names = _decks(store, deck)
        _progress(_("fitting FSRS: about a minute for 5,000 reviews"))
        weights = schedulers.fit(store, settings.day, deck)
        _progress("")
        for name in names:
            wanted = replace(store.schedulings()[name], algorithm=Algorithm.FSRS, weights=weights)
            moved = schedulers.change(store, settings.day, name, wanted, datetime.now(UTC))
            line(_changed(name, wanted, moved))


@schedule.command()
@_deck
@click.option("--at", metavar="TIME", help="As of that time (ISO 8601) [default: now].")
@_json
@click.pass_obj
def compare(session: Session, deck: str | None, at: str | None, as_json: bool) -> None:
    """Replay the log under SM-2, FSRS and FSRS fitted: how well each foretells, and its next 30 days."""
    settings = session.settings
    with session.store() as store:
        _decks(store, deck)
        found = schedulers.compare(store, settings.day, moment(at, settings), deck, _progress)
        _progress("")
    for one in found:
        if as_json:
            emit(
                {"scheduler": one.name}
                | {n: getattr(one, n) for n in ("reviews", "log_loss", "error", "bins", "workload")}
            )
    if not as_json:
        for text in lines(found):
            line(text)


def lines(reports: Sequence[Report]) -> list[str]:
    """A comparison for people."""
    told = [
        _("On the last {count} reviews, which nothing was fitted to:").format(count=reports[0].reviews),
        f"{'':18}{padded('', 9 - width(_('log loss')))}{_('log loss')}"
        f"{padded('', 8 - width(_('off by')))}{_('off by')}   {_('reviews in the next 30 days')}",
    ]
    for one in reports:
        days = f"{sum(one.workload):6.0f}  {bars(one.workload)}" if one.workload else ""
        told.append(f"{padded(_(one.name), 18)}{one.log_loss:9.3f}{one.error:8.3f}   {days}")
    told.append(_("Lower is better. A scheduler worse than the constant does not know when you forget."))
    if all(one.name != "FSRS-6 fitted" for one in reports):
        told.append(_("There are too few reviews yet to fit FSRS."))
    return told


def bars(values: Sequence[float]) -> str:
    """A column for each value."""
    most = max(values, default=0) or 1
    return "".join(_BARS[round(8 * value / most)] for value in values)


def _decks(store: Store, deck: str | None) -> list[str]:
    """The deck that is named, or all; raises InputError when there is none."""
    if deck is not None:
        store.require(deck)
        return [deck]
    return [known.name for known in store.decks()]


def _progress(what: str) -> None:
    """What is being done, on a terminal."""
    if writes_over(sys.stderr):
        click.echo(f"\r\033[K{clean(what)}{'…' if what else ''}", nl=False, err=True)


def _read(name: str, value: Any) -> Any:
    """An option as a deck file would say it."""
    if name == "exam" and value != "none":
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise click.UsageError(
                _("{text!r} is not a date; write it like 2027-01-15.").format(text=value)
            ) from None
    if name.endswith("steps"):
        try:
            return [int(part) for part in value.split(",") if part.strip() and value != "none"]
        except ValueError:
            raise click.UsageError(_("{text!r}: steps are minutes, as in 1,10.").format(text=value)) from None
    return None if value == "none" and name == "exam" else value


def _record(scheduling: Scheduling) -> dict[str, Any]:
    return {
        "algorithm": scheduling.algorithm,
        "retention": scheduling.retention,
        "fitted": bool(scheduling.weights),
        "learning_steps": scheduling.learning_steps,
        "relearning_steps": scheduling.relearning_steps,
        "spread": scheduling.spread,
        "exam": scheduling.exam and scheduling.exam.isoformat(),
        "leech": scheduling.leech,
    }


def _changed(deck: str, scheduling: Scheduling, moved: int) -> str:
    """What was changed, and how many cards it moved."""
    said = ngettext("{deck}: {how}; {count} card moved.", "{deck}: {how}; {count} cards moved.", moved)
    return said.format(deck=deck, how=_said(scheduling), count=moved)


def _said(scheduling: Scheduling) -> str:
    """How a deck is scheduled, in words."""
    parts = [scheduling.algorithm.label]
    if scheduling.algorithm is Algorithm.FSRS:
        fitted = _("fitted to you") if scheduling.weights else _("default weights")
        said = _("FSRS-6 ({weights}), retention {retention:g}")
        parts = [said.format(weights=fitted, retention=scheduling.retention)]
    if scheduling.spread is not Spread.NONE:
        parts.append(_("intervals vary a little") if scheduling.spread is Spread.FUZZ else _("days balanced"))
    if scheduling.exam:
        parts.append(_("exam on {date}").format(date=f"{scheduling.exam:%Y-%m-%d}"))
    return _(", ").join(parts)
