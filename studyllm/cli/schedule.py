"""`studyllm schedule`: how decks are scheduled, fitting FSRS, and an honest comparison on your own log."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from studyllm import schedulers
from studyllm.cards import Algorithm, Backlog, Scheduling, Spread
from studyllm.cli.session import Session, moment, writes_over
from studyllm.cli.show import emit, line
from studyllm.config import scheduling_from
from studyllm.i18n import _, ngettext
from studyllm.messages import scheduling as words
from studyllm.review import relearning
from studyllm.schedule.compare import Report
from studyllm.schedule.easy import off_told, week_told, weekday
from studyllm.store import Store
from studyllm.text import clean, padded, width

_A_MOMENT = 0.1
"""Minutes that are not worth a word."""
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
            if as_json:
                emit({"deck": name, **_record(scheduling)})
                continue
            line(_("{deck}: {how}").format(deck=name, how=words.scheduled(scheduling)))
            if scheduling.correct:
                _say_cost(store, session, name, scheduling)


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
@click.option(
    "--easy",
    "easy_days",
    metavar="DAY=WEIGHT",
    multiple=True,
    help="Lighter days of the week, as sat=0.5,sun=0; or none. For balanced days.",
)
@click.option(
    "--off",
    "days_off",
    metavar="DATES",
    multiple=True,
    help="Days without reviews, as 2026-12-24..2026-12-26; or none. For balanced days.",
)
@click.option("--exam", metavar="DATE", help="A day by which all has been asked, as 2027-01-15; or none.")
@click.option("--leech", type=int, help="Lapses after which a card asks for attention.")
@click.option(
    "--correct",
    type=int,
    metavar="N",
    help="Correct recalls that a missed card needs the same day; 0 turns it off.",
)
@click.option(
    "--backlog",
    type=click.Choice([b.value for b in Backlog]),
    help="What comes first of a backlog: the longest overdue, or what is likely still recalled.",
)
@click.option("--defaults", is_flag=True, help="Forget weights that were fitted.")
@click.pass_obj
def set_(session: Session, /, deck: str | None, defaults: bool, **given: Any) -> None:
    """Change how DECK, or every deck, is scheduled. The log is replayed; undo takes it back."""
    asked = {name: _read(name, value) for name, value in given.items() if value not in (None, ())}
    if not asked and not defaults:
        raise click.UsageError(_("Say what to change, as in --algorithm fsrs."))
    with session.store() as store:
        for name in _decks(store, deck):
            wanted = scheduling_from(asked, store.schedulings()[name])
            wanted = replace(wanted, weights=()) if defaults else wanted
            moved = schedulers.change(store, session.settings.day, name, wanted, datetime.now(UTC))
            line(_changed(name, wanted, moved))
            if "correct" in asked:
                _say_cost(store, session, name, wanted)
            for said in words.unheeded(wanted):
                line(said)
            if wanted.exam and wanted.exam <= session.settings.day.of(datetime.now(UTC)):
                line(_("That exam is not in the future: it changes nothing."))


@schedule.command()
@_deck
@click.pass_obj
def fit(session: Session, deck: str | None) -> None:
    """Fit FSRS to the log of DECK and use it there; without DECK, say what it would do to each of several."""
    settings, now = session.settings, datetime.now(UTC)
    with session.store() as store:
        names = _decks(store, deck)
        _progress(_("fitting FSRS: about a minute for 5,000 reviews"))
        weights = schedulers.fit(store, settings.day, deck)
        _progress("")
        for name in names:
            wanted = replace(store.schedulings()[name], algorithm=Algorithm.FSRS, weights=weights)
            told = list(words.shifted(schedulers.preview(store, settings.day, {name: wanted}, now)))
            if len(names) > 1:
                line(_("{deck}: {how}").format(deck=name, how=words.scheduled(wanted)))
            else:
                moved = schedulers.change(store, settings.day, name, wanted, now)
                line(_("{what} `studyllm undo` takes it back.").format(what=_changed(name, wanted, moved)))
            for said in told:
                line(f"  {said}")
        if len(names) > 1:
            line(
                _("Nothing was changed. Name the deck that is to be scheduled so: studyllm schedule fit DECK")
            )


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


@schedule.command()
@_deck
@click.option("--at", metavar="TIME", help="As of that time (ISO 8601) [default: now].")
@_json
@click.option(
    "--svg",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write the chart into FOLDER as a picture.",
)
@click.pass_obj
def simulate(session: Session, deck: str | None, at: str | None, as_json: bool, svg: Path | None) -> None:
    """Say what another desired retention would cost a day, and how much would be known."""
    from studyllm.statistics import simulated_page
    from studyllm.statistics.simulated import simulation

    settings = session.settings
    with session.store() as store:
        found = simulation(store, settings.day, moment(at, settings), deck, progress=_progress)
        _progress("")
    if svg is not None:
        from studyllm.statistics.svg import write_simulation

        click.echo(clean(str(write_simulation(found, svg))), err=as_json)
    if as_json:
        emit(simulated_page.as_json(found))
    elif svg is None:
        for text in simulated_page.as_text(found, max(60, min(100, shutil.get_terminal_size().columns))):
            line(text)


def lines(reports: Sequence[Report]) -> list[str]:
    """A comparison for people."""
    heads = (_("predicts you"), _("off by"))
    wide = tuple(max(width(head), 7) + 2 for head in heads)
    on = ngettext(
        "On the last review, which nothing was fitted to:",
        "On the last {count} reviews, which nothing was fitted to:",
        reports[0].reviews,
    )
    told = [
        on.format(count=reports[0].reviews),
        padded("", 18)
        + "".join(padded("", room - width(head)) + head for room, head in zip(wide, heads, strict=True))
        + f"   {_('reviews in the next 30 days')}",
    ]
    for one in reports:
        days = f"{sum(one.workload):6.0f}  {bars(one.workload)}" if one.workload else ""
        told.append(
            f"{padded(_(one.name), 18)}{one.given:{wide[0]}.1%}{one.error:{wide[1]}.1%}   {days}".rstrip()
        )
    told.append(words.what_predicts_means())
    if unfitted := words.unfitted(reports):
        told.append(unfitted)
    return told


def bars(values: Sequence[float]) -> str:
    """A column for each value."""
    most = max(values, default=0) or 1
    return "".join(_BARS[round(8 * value / most)] for value in values)


def _say_cost(store: Store, session: Session, deck: str, scheduling: Scheduling) -> None:
    """What repeating what was missed takes a day, by the log of the deck."""
    found = relearning.cost(store, session.settings.day, deck, scheduling, datetime.now(UTC))
    if found is None:
        line(_("  What that costs in time is not known yet: nothing was missed in the last 30 days."))
        return
    minutes, more = (_("{count:.1f} min").format(count=count) for count in (found.minutes, found.more))
    if found.minutes < _A_MOMENT:
        line(_("  Repeating what is missed takes a moment a day, by your last 30 days."))
    elif found.more < _A_MOMENT:
        line(
            _("  Repeating what is missed takes about {minutes} a day, as without it.").format(
                minutes=minutes
            )
        )
    else:
        said = _("  Repeating what is missed takes about {minutes} a day; {more} of it is for this setting.")
        line(said.format(minutes=minutes, more=more))


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
    if name in ("easy_days", "days_off"):
        parts = [part.strip() for one in value for part in one.split(",") if part.strip()]
        return _read_days(name, [] if parts == ["none"] else parts)
    if name.endswith("steps"):
        try:
            return [int(part) for part in value.split(",") if part.strip() and value != "none"]
        except ValueError:
            raise click.UsageError(_("{text!r}: steps are minutes, as in 1,10.").format(text=value)) from None
    return None if value == "none" and name == "exam" else value


def _read_days(name: str, parts: list[str]) -> Any:
    """Easy days and days off as a deck file would say them."""
    if name == "days_off":
        return parts
    try:
        return {weekday(day): float(weight) for day, _, weight in (p.partition("=") for p in parts)}
    except ValueError:
        said = _("{text!r}: easy days are written like sat=0.5,sun=0.")
        raise click.UsageError(said.format(text=",".join(parts))) from None


def _record(scheduling: Scheduling) -> dict[str, Any]:
    return {
        "algorithm": scheduling.algorithm,
        "retention": scheduling.retention,
        "fitted": bool(scheduling.weights),
        "learning_steps": scheduling.learning_steps,
        "relearning_steps": scheduling.relearning_steps,
        "spread": scheduling.spread,
        "easy_days": week_told(scheduling),
        "days_off": off_told(scheduling),
        "exam": scheduling.exam and scheduling.exam.isoformat(),
        "leech": scheduling.leech,
        "correct": scheduling.correct,
        "backlog": scheduling.backlog,
    }


def _changed(deck: str, scheduling: Scheduling, moved: int) -> str:
    """What was changed, and how many cards it moved."""
    said = ngettext("{deck}: {how}; {count} card moved.", "{deck}: {how}; {count} cards moved.", moved)
    return said.format(deck=deck, how=words.scheduled(scheduling), count=moved)
