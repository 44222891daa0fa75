"""`studyllm import` of what is no note: Anki's packages, tables, histories, a whole home."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from studyllm import exchange
from studyllm.cards import Scheduling
from studyllm.cli.progress import bar
from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.config import is_deck_name
from studyllm.errors import InputError
from studyllm.exchange import Arrival, Arriving, ForeignDeck, history
from studyllm.i18n import _, ngettext
from studyllm.schedule import Grade
from studyllm.store import Store
from studyllm.store.changes import Start
from studyllm.store.messages import counted
from studyllm.text import clean

_Read = Arrival | tuple[history.Answered, ...]


def import_foreign(
    session: Session,
    paths: Sequence[Path],
    deck: str | None,
    *,
    dry_run: bool,
    as_json: bool,
    verbose: bool,
    for_notes: bool,
) -> None:
    """Brings in what those files hold; all are read before anything is changed. Options that are `for_notes` are
    refused."""
    if not all(map(exchange.is_foreign, paths)):
        raise InputError(_("Notes and other files are imported one after the other. Nothing was imported."))
    if for_notes:
        raise InputError(
            _(
                "--as-new, --join, --watch, --quick, --explain and --offered are for notes. Nothing was imported."
            )
        )
    if deck is not None and not is_deck_name(deck):
        raise InputError(_("The name of a deck is a line of text. Nothing was imported."))
    homes = [path for path in paths if path.suffix.casefold() == exchange.HOME]
    if homes:
        if len(paths) > 1 or deck is not None or dry_run:
            raise InputError(
                _("A whole home goes into an empty one, alone and as it is: without --deck and --dry-run.")
            )
        _home(session, homes[0], as_json=as_json)
        return
    found = [_read(session, path, keep=not dry_run) for path in paths]
    with session.store() as store:
        for path, one in zip(paths, found, strict=True):
            if not isinstance(one, Arrival):
                _history(session, store, one, deck, dry_run=dry_run, as_json=as_json)
                continue
            arrival = exchange.merged(one, deck) if deck is not None and one.decks else one
            _decks(session, store, path, arrival, dry_run=dry_run, as_json=as_json, verbose=verbose)


def _home(session: Session, path: Path, *, as_json: bool) -> None:
    from studyllm.exchange import home

    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error
    with file, session.store() as store:
        count = home.bring_in(store, session.settings.home, file)
        cards = store.count()
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
    session: Session,
    store: Store,
    path: Path,
    arrival: Arrival,
    *,
    dry_run: bool,
    as_json: bool,
    verbose: bool,
) -> None:
    now = datetime.now(UTC)
    if dry_run:
        made: Sequence[Arriving] = [exchange.plan(store, deck) for deck in arrival.decks]
    else:
        made = exchange.bring_in(store, arrival, now)
    as_of = store.last_row()
    answers = {card: start for one in made for card, start in one.met.items()}
    newer = history.merged(store, _by_card(answers), session.settings.day)
    if newer and not dry_run:
        store.add_history(newer, now, as_of)
    if as_json:
        emit(_json(made, arrival, newer, dry_run=dry_run))
        return
    for found, one in zip(arrival.decks, made, strict=True):
        told = _("{deck} (dry run): {what}.") if dry_run else _("{deck}: {what}.")
        line(told.format(deck=found.name, what=counted(one.plan.counts()) or _("no cards")))
        _print_reviews(session, found, one, verbose=verbose)
    if count := _count(newer):
        said = ngettext(
            "  {count} new answer to cards that were here; each card stands where all its answers put it.",
            "  {count} new answers to cards that were here; each card stands where all its answers put it.",
            count,
        )
        line(said.format(count=count))
    for passed in arrival.passed:
        line(f"  {passed}")
    if not arrival.decks:
        line(_("{path} holds no card. Nothing was imported.").format(path=path))


def _by_card(starts: Mapping[int, Start]) -> dict[int, dict[datetime, Grade]]:
    return {
        card: {review.at: Grade(review.chosen) for review in start.reviews} for card, start in starts.items()
    }


def _count(starts: Mapping[int, Start]) -> int:
    return sum(len(start.reviews) for start in starts.values())


def _history(
    session: Session,
    store: Store,
    answers: Sequence[history.Answered],
    deck: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    found = history.match(store, answers, session.settings.day, deck)
    count = _count(found.cards)
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
    said = ngettext(
        "{count} answer was added to the log; each card stands where all its answers put it.",
        "{count} answers were added to the log; each card stands where all its answers put it.",
        count,
    )
    if dry_run:
        said = ngettext(
            "{count} answer would be added to the log.", "{count} answers would be added to the log.", count
        )
    line(said.format(count=count))
    for passed in found.passed:
        line(f"  {passed}")


def _read(session: Session, path: Path, *, keep: bool) -> _Read:
    settings = session.settings
    if not path.is_file():
        raise InputError(_("There is no {path}. Nothing was imported.").format(path=path))
    try:
        if path.suffix.casefold() in exchange.PACKAGES:
            from studyllm.exchange.anki.reading import read

            folder = settings.home / "imported" / clean(path.stem).strip(" .")
            return read(path, settings.day, folder, _progress, keep=keep)
        from studyllm.exchange import table

        return table.read(path, settings.day, datetime.now(UTC))
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from error


def _print_reviews(session: Session, found: ForeignDeck, made: Arriving, *, verbose: bool) -> None:
    """What came with the new cards, and whether our scheduler agrees."""
    fresh = made.fresh(found)
    count = sum(len(one.start.reviews) for one in fresh.cards)
    if not count:
        return
    told = ngettext("  {count} review came with them.", "  {count} reviews came with them.", count)
    line(told.format(count=count))
    cards, others = exchange.replayed(fresh, session.settings.day)
    if not cards:
        return
    said = ngettext(
        "  Replayed here, {name} puts {same} of {cards} reviewed card on the same day. It keeps the day it had.",
        "  Replayed here, {name} puts {same} of {cards} reviewed cards on the same day. All keep the day they had.",
        cards,
    )
    name = (found.scheduling or Scheduling()).algorithm.label
    line(said.format(name=name, same=cards - len(others), cards=cards))
    for other in others if verbose else ():
        told = _("    {card}: {brought}, here it would be {here}")
        line(told.format(card=other.prompt, brought=other.brought, here=other.here))


def _json(
    made: Sequence[Arriving], arrival: Arrival, newer: Mapping[int, Start], *, dry_run: bool
) -> dict[str, object]:
    counts: dict[str, int] = {}
    for one in made:
        for name, count in one.plan.counts().items():
            counts[name] = counts.get(name, 0) + count
    fresh = [one.fresh(deck) for one, deck in zip(made, arrival.decks, strict=True)]
    reviews = sum(len(card.start.reviews) for deck in fresh for card in deck.cards) + _count(newer)
    names = [one.plan.deck.name for one in made]
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
