"""`studyllm import`: notes become cards."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import click

from studyllm import exchange, i18n, library, schedulers
from studyllm.cards import Card, Deck
from studyllm.cli.beside import beside
from studyllm.cli.doubts import doubt
from studyllm.cli.progress import bar
from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.cli.words import reading_each_time, reading_words
from studyllm.deck_kinds import with_derived
from studyllm.errors import InputError, StudyError
from studyllm.i18n import _, headed, in_a_row, ngettext
from studyllm.library import Change, Plan, Step
from studyllm.library.forms import form
from studyllm.library.lines import SOON
from studyllm.messages import scheduling
from studyllm.notes import Offer
from studyllm.notes.reasons import BRING_IN, said
from studyllm.store import Store
from studyllm.store.messages import counted, why
from studyllm.text import clean, has_wide, padded, shortened

_NAMED = 5
"""Cards that are gone, of which so many are named unasked."""
_WIDTH = 74
"""Columns of the begin of an answer."""


class _Named(click.Path):
    """A path that is not empty: an unset variable of a shell is no wish for the folder one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            raise InputError(
                _("An empty name is no path. Nothing was imported; `.` is the folder you are in.")
            )
        return super().convert(value, param, ctx)


@click.command("import")
@click.argument("paths", nargs=-1, type=_Named(path_type=Path), metavar="PATH…")
@click.option(
    "--deck",
    metavar="NAME",
    help="Deck the cards go to [default: the one that has these notes, or a new one].",
)
@click.option(
    "--as-new", is_flag=True, help="Take ambiguous cards for new ones; the old ones are kept, out of the way."
)
@click.option(
    "--join",
    is_flag=True,
    help="Take notes that other decks have into this one, with their cards and schedules.",
)
@click.option(
    "--watch", is_flag=True, help="Then follow the notes: each saved file is imported, until Ctrl-C."
)
@click.option(
    "--quick",
    is_flag=True,
    help="By the form of the notes alone, without any model: seconds less, more useless cards.",
)
@click.option(
    "--thorough",
    is_flag=True,
    help="Let the language model read all the notes, once, up to 15 seconds a page. New notes of fifty lines and more "
    "that take at most a minute it reads unasked.",
)
@click.option(
    "--directions",
    metavar="WHICH",
    help="What the deck asks for: term (the meaning of each term), or term,meaning (each term as well).",
)
@click.option(
    "--cloze/--no-cloze", default=None, help="With cards that have a gap in the definition, or without."
)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--explain", is_flag=True, help="Say in which form of writing each card stands.")
@click.option("--offered", is_flag=True, help="List the cards that were left out in doubt, and why.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--verbose", "-v", is_flag=True, help="List every change and every line skipped.")
@click.pass_obj
def import_notes(
    session: Session,
    paths: tuple[Path, ...],
    deck: str | None,
    as_new: bool,
    join: bool,
    watch: bool,
    quick: bool,
    thorough: bool,
    directions: str | None,
    cloze: bool | None,
    dry_run: bool,
    explain: bool,
    offered: bool,
    as_json: bool,
    verbose: bool,
) -> None:
    """Turn Markdown notes (files, folders or a deck file) into cards; bring in decks of Anki (.apkg, .colpkg), tables
    (.csv, .tsv) and homes (.jsonl).

    Importing again keeps every schedule: cards are recognised through edits. Without a PATH, imports again
    whatever was imported before. Nothing is ever written into the notes; `studyllm undo` takes an import back.
    """
    if as_json:
        i18n.use("en")
    if any(map(exchange.is_foreign, paths)):
        from studyllm.cli.foreign import import_foreign

        for_notes = (
            as_new or join or watch or quick or thorough or explain or offered or bool(directions or cloze)
        )
        import_foreign(
            session, paths, deck, dry_run=dry_run, as_json=as_json, verbose=verbose, for_notes=for_notes
        )
        return
    if quick and thorough:
        raise click.UsageError(_("Give --quick or --thorough, not both."))
    reading = reading_words(session, quick=quick, thorough=thorough, soon=SOON)
    with session.store() as store, reading as read:
        plans, failed = [], ""
        for chosen in library.decks_for(store, paths, deck):
            try:
                plans.append(
                    library.plan(
                        store,
                        replace(chosen, kinds=with_derived(chosen.kinds, directions, cloze)),
                        _progress,
                        as_new=as_new,
                        afresh=offered,
                        join=join,
                        readers=read,
                    )
                )
            except InputError as error:
                if paths:  # what was named is wrong: nothing is done
                    raise
                failed = str(error)
        if not dry_run:
            now = datetime.now(UTC)
            plans = [
                library.bring_in(store, made, now, _progress, as_new=as_new, readers=read) for made in plans
            ]
            for made in plans:
                _schedule(session, store, made.deck, now, quiet=as_json)
        explained = [card for made in plans for card in _cards(store, made, dry_run)] if explain else []
    if as_json:
        rules = {"cards": [_rule(card) for card in explained]} if explain else {}
        emit(_json(plans, dry_run) | rules)
    else:
        _print_all(plans, explained, dry_run=dry_run, verbose=verbose, offered=offered)
    if failed:
        raise InputError(_("{error} The other decks are as said.").format(error=failed))
    if watch and not dry_run:
        _follow(session, tuple(made.deck for made in plans), quick=quick, as_json=as_json)


def _schedule(session: Session, store: Store, deck: Deck, now: datetime, *, quiet: bool) -> None:
    """Schedules a deck as its file says, if it says so; weights that were fitted stay."""
    if deck.scheduling is not None and deck.name in store.schedulings():
        wanted = replace(deck.scheduling, weights=store.schedulings()[deck.name].weights)
        schedulers.change(store, session.settings.day, deck.name, wanted, now)
        for said in () if quiet else scheduling.unheeded(wanted):
            line(headed(deck.name, said))


def _follow(session: Session, decks: tuple[Deck, ...], *, quick: bool, as_json: bool) -> None:
    """Imports what is saved as it was imported before, and says so, until Ctrl-C."""
    if not as_json:
        line(_("Following the notes; Ctrl-C ends it."))
    with (
        session.store() as store,
        reading_each_time(session, quick=quick, soon=SOON) as readers,
        suppress(KeyboardInterrupt),
    ):
        for touched in library.watch(lambda: decks, Event()):
            read = readers()
            for deck in touched:
                try:
                    made = library.plan(store, deck, readers=read)
                    made = library.bring_in(store, made, datetime.now(UTC), readers=read)
                except StudyError as error:
                    click.echo(clean(headed(deck.name, str(error))), err=as_json)
                    continue
                if any(step.change is not Change.UNCHANGED for step in made.steps):
                    emit(_json([made], False)) if as_json else _print(made, False, False, False)
                    sys.stdout.flush()


def _cards(store: Store, made: Plan, dry_run: bool) -> Iterator[Card]:
    """The deck's cards as the import leaves them; of a dry run those in the files that would be read."""
    if dry_run:
        yield from (step.new for step in made.steps if step.new)
    else:
        yield from (stored.card for stored in store.cards(made.deck.name))


def _rule(card: Card) -> dict[str, object]:
    return {"term": card.term, "rule": card.rule, "path": card.source.path, "line": card.source.line}


def _progress(done: int, total: int, _file: Path) -> None:
    """A bar on a terminal, for imports long enough to be waited for."""
    bar(done, total, _("{done} of {total} notes"), least=21)


def _json(plans: list[Plan], dry_run: bool) -> dict[str, object]:
    counts: dict[str, int] = {}
    for made in plans:
        for name, count in made.counts().items():
            counts[name] = counts.get(name, 0) + count
    skipped = [{"path": s.path, "line": s.line, "reason": s.reason} for made in plans for s in made.skipped]
    offered = [_offer(offer) for made in plans for offer in made.offers]
    names = [made.deck.name for made in plans]
    return {"decks": names, "dry_run": dry_run, **counts, "skipped": skipped, "offered": offered}


def _offer(offer: Offer) -> dict[str, object]:
    card = offer.card
    return {
        "term": card.term,
        "prompt": card.prompt,
        "aliases": card.aliases,
        "answer": card.answer,
        "points": card.points,
        "kind": card.kind.value,
        "path": card.source.path,
        "line": card.source.line,
        "reason": offer.reason,
        "score": offer.score,
    }


def _print_all(
    plans: Sequence[Plan], explained: Sequence[Card], *, dry_run: bool, verbose: bool, offered: bool
) -> None:
    for made in plans:
        _print(made, dry_run, verbose, offered)
    for card in explained:
        line(f"  {card.source.path}:{card.source.line}  {padded(form(card.rule), 16)} {card.prompt}")
    if offered:
        _print_offers(plans)


def _print_offers(plans: Sequence[Plan]) -> None:
    for offer in (offer for made in plans for offer in made.offers):
        place = f"{offer.card.source.path}:{offer.card.source.line}"
        told = _("offered: {prompt} ({reason})").format(prompt=offer.card.prompt, reason=said(offer.reason))
        line(f"  {place}  {told}")
        answer = offer.card.answer
        line(f"    {shortened(answer, _WIDTH // 2 if has_wide(answer) else _WIDTH)}")


def _print(made: Plan, dry_run: bool, verbose: bool, offered: bool) -> None:
    parts = counted(library.counts(made)) or _("no cards")
    files = ngettext("{count} file", "{count} files", len(made.reading)).format(count=len(made.reading))
    told = _("{deck} (dry run): {what}, from {files}.") if dry_run else _("{deck}: {what}, from {files}.")
    told = told.format(deck=made.deck.name, what=parts, files=files)
    line(in_a_row((told, *map(library.describe, made.notable))))
    gone = [step for step in made.steps if step.change is Change.GONE]
    unnamed = set() if verbose else set(map(id, gone[_NAMED:]))
    for step in made.steps:
        if id(step) not in unnamed:
            _print_step(step, verbose or step.change is Change.GONE)
    if more := len(unnamed):
        told = ngettext(
            "{count} more is gone; --verbose lists it.", "{count} more are gone; --verbose lists them.", more
        )
        line("  " + told.format(count=more))
    beside(made)
    if made.offered and not offered:
        told = ngettext(
            "{count} more is offered as a card; --offered lists it, and why.",
            "{count} more are offered as cards; --offered lists them, and why.",
            made.offered,
        )
        line("  " + told.format(count=made.offered))
    if verbose:
        for skipped in made.skipped_texts:
            line("  " + _("skipped {what}").format(what=library.describe(skipped)))
    elif passed := sum(skipped.reason != BRING_IN for skipped in made.skipped_texts):
        told = _("{count} skipped; --verbose says where and why.")
        line("  " + told.format(count=passed))


def _print_step(step: Step, verbose: bool) -> None:
    """What is worth a line: a doubt and a changed meaning always, the rest on request."""
    card = step.new or (step.old.card if step.old else None)
    if card is None:
        return
    if step.change is Change.AMBIGUOUS:
        line("  " + doubt(step))
        return
    change = padded(library.change(step), 9)
    if step.why and step.old and step.old.due:
        said = _("{card}: {why}; it is asked again soon.").format(card=card.prompt, why=why(step.why))
        line(f"  {change} {said}")
    elif verbose and step.change is not Change.UNCHANGED:
        line(f"  {change} {card.prompt}  {card.source.path}:{card.source.line}")
