"""`studyllm import` of what is no note: Anki's packages, tables, a whole home."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from studyllm import exchange
from studyllm.cards import Scheduling
from studyllm.cli.progress import bar
from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.config import is_deck_name
from studyllm.errors import InputError
from studyllm.exchange.history import Answered
from studyllm.i18n import _, ngettext
from studyllm.library import Plan
from studyllm.schedule import Day
from studyllm.store.messages import counted
from studyllm.text import clean


def import_foreign(
    session: Session, paths: Sequence[Path], deck: str | None, *, dry_run: bool, as_json: bool, verbose: bool
) -> None:
    """Brings in what those files hold."""
    if deck is not None and not is_deck_name(deck):
        raise InputError(_("The name of a deck is a line of text. Nothing was imported."))
    for path in paths:
        if path.suffix.casefold() == exchange.HOME:
            _home(session, path, as_json=as_json, dry_run=dry_run)
        else:
            _decks(session, path, deck, dry_run=dry_run, as_json=as_json, verbose=verbose)


def _home(session: Session, path: Path, *, dry_run: bool, as_json: bool) -> None:
    from studyllm.exchange import home

    if dry_run:
        raise InputError(_("A whole home goes into an empty one: there is nothing to be seen before."))
    config = session.settings.home / "config.toml"
    try:
        with session.store() as store, path.open("rb") as file:
            count = home.bring_in(store, config, file)
            cards = store.count()
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error
    if as_json:
        emit({"rows": count, "cards": cards})
        return
    said = ngettext(
        "{count} card is here, with its schedule and the log.",
        "{count} cards are here, with their schedules and the log.",
        cards,
    )
    line(said.format(count=cards))


def _decks(
    session: Session, path: Path, deck: str | None, *, dry_run: bool, as_json: bool, verbose: bool
) -> None:
    settings = session.settings
    arrival = _read(session, path, keep=not dry_run)
    if not isinstance(arrival, exchange.Arrival):
        _history(session, arrival, deck, dry_run=dry_run, as_json=as_json)
        return
    if deck is not None:
        arrival = exchange.merged(arrival, deck)
    made = []
    with session.store() as store:
        now = datetime.now(UTC)
        for found in arrival.decks:
            arriving = exchange.plan(store, found) if dry_run else exchange.bring_in(store, found, now)
            made.append(arriving.plan)
            if not as_json:
                _print(arriving.plan, found, settings.day, dry_run=dry_run, verbose=verbose)
    if as_json:
        emit(_json(made, arrival, dry_run=dry_run))
        return
    for passed in arrival.passed:
        line(f"  {passed}")
    if not arrival.decks:
        line(_("{path} holds no card. Nothing was imported.").format(path=path))


def _history(
    session: Session, answers: Sequence[Answered], deck: str | None, *, dry_run: bool, as_json: bool
) -> None:
    from studyllm.exchange import history

    with session.store() as store:
        found = history.match(store, answers, session.settings.day, deck)
        count = sum(len(one.reviews) for one in found.cards.values())
        if not dry_run:
            count = store.add_history(found.cards, datetime.now(UTC), found.as_of)
    if as_json:
        emit(
            {
                "dry_run": dry_run,
                "cards": len(found.cards),
                "reviews": count,
                "passed_over": list(found.passed),
            }
        )
        return
    said = _(
        "{count} answers to {cards} cards came into the log; each card stands where all its answers put it."
    )
    if dry_run:
        said = _("{count} answers to {cards} cards would come into the log.")
    line(said.format(count=count, cards=len(found.cards)))
    for passed in found.passed:
        line(f"  {passed}")


def _read(session: Session, path: Path, *, keep: bool) -> exchange.Arrival | tuple[Answered, ...]:
    settings = session.settings
    if not path.is_file():
        raise InputError(_("There is no {path}. Nothing was imported.").format(path=path))
    try:
        if path.suffix.casefold() in exchange.PACKAGES:
            from studyllm.exchange.anki.reading import read

            folder = settings.home / "imported" / clean(path.stem).strip(" .")
            return read(path, settings.day, folder, _progress, keep=keep)
        from studyllm.exchange import table

        return table.read(path)
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error


def _print(made: Plan, found: exchange.ForeignDeck, day: Day, *, dry_run: bool, verbose: bool) -> None:
    told = _("{deck}: would be {what}.") if dry_run else _("{deck}: {what}.")
    line(told.format(deck=found.name, what=counted(made.counts()) or _("no cards")))
    reviews = sum(len(one.start.reviews) for one in found.cards)
    if not reviews:
        return
    known = any(step.old for step in made.steps)
    told = ngettext("  {count} review came with them.", "  {count} reviews came with them.", reviews).format(
        count=reviews
    )
    if known:
        told += " " + _("Cards that were here keep the schedule and the log that they have here.")
    line(told)
    cards, others = exchange.replayed(found, day)
    if not cards:
        return
    said = _(
        "  Replayed here, {name} puts {same} of {cards} reviewed cards on the same day. All keep the day they had."
    )
    name = (found.scheduling or Scheduling()).algorithm.label
    line(said.format(name=name, same=cards - len(others), cards=cards))
    for other in others if verbose else ():
        told = _("    {card}: {brought}, here it would be {here}")
        line(told.format(card=other.prompt, brought=other.brought, here=other.here))


def _json(made: Sequence[Plan], arrival: exchange.Arrival, *, dry_run: bool) -> dict[str, object]:
    counts: dict[str, int] = {}
    for plan in made:
        for name, count in plan.counts().items():
            counts[name] = counts.get(name, 0) + count
    reviews = sum(len(one.start.reviews) for deck in arrival.decks for one in deck.cards)
    names = [plan.deck.name for plan in made]
    return {
        "decks": names,
        "dry_run": dry_run,
        **counts,
        "reviews": reviews,
        "passed_over": list(arrival.passed),
    }


def _progress(done: int, total: int) -> None:
    """A bar on a terminal, for imports long enough to be waited for."""
    bar(done, total, _("{done} of {total} cards"), least=500)
