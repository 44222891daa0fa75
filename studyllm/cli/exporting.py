"""`studyllm export`: cards, schedules and the log for other programs and other machines."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from studyllm.cli.session import Session
from studyllm.cli.show import line
from studyllm.errors import InputError
from studyllm.i18n import _, in_a_row, listed, ngettext
from studyllm.private import appearing
from studyllm.store import Store, StudyCard

Write = Callable[[Session, Store, "str | None", bool, IO[bytes]], str]
"""Writes a deck, or all, with schedules or without; says what it wrote."""


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--deck", metavar="NAME", help="Only this deck.")
@click.option(
    "--schedule/--no-schedule",
    default=True,
    help="For Anki: with due days and reviews, or all new [default: with].",
)
@click.option(
    "--format",
    "kind",
    metavar="NAME",
    help="When FILE is -, or does not end in it: jsonl, apkg, csv, tsv, md or html.",
)
@click.option("--force", is_flag=True, help="Write over a FILE that is there.")
@click.pass_obj
def export(
    session: Session, file: str, deck: str | None, schedule: bool, kind: str | None, force: bool
) -> None:
    """Write cards into FILE for other programs, in the format that its name ends in.

    .apkg is for Anki, with schedules and reviews; .csv for spreadsheets, .tsv for Quizlet and the text import of Anki;
    .md is a glossary, .html a page to print.

    .jsonl is everything: settings, decks, cards, schedules and the log with your answers. `studyllm import` puts it
    into an empty home, where all is as it was.
    """
    wanted = (kind or file.rpartition(".")[2] if kind or "." in file else "").casefold()
    write = _FORMATS.get(wanted)
    if write is None:
        known = listed(_FORMATS)
        if file == "-" and kind is None:
            raise InputError(_("Say in which format with --format: {known}.").format(known=known))
        said = _("{name!r} names no format; known are {known}. --format NAME chooses one.")
        raise InputError(said.format(name=kind or file, known=known))
    if wanted == "jsonl" and deck is not None:
        raise InputError(
            _("A home is exported whole: a log without its other decks could not be brought in again.")
        )
    with session.store() as store:
        if deck is not None:
            store.require(deck)
        with _opened(file, force) as out:
            told = write(session, store, deck, schedule, out)
    line(told) if file != "-" else click.echo(told, err=True)


@contextmanager
def _opened(name: str, force: bool) -> Iterator[IO[bytes]]:
    """What to write into: a file that appears when it is whole and that only its owner reads, or standard output."""
    if name == "-":
        yield sys.stdout.buffer
        return
    path = Path(name).expanduser()
    if path.exists() and not force:
        raise InputError(
            _("{path} is there already. Nothing was written; --force writes over it.").format(path=path)
        )
    try:
        with appearing(path) as out:
            yield out
    except OSError as error:
        said = _("{path} cannot be written: {reason}.")
        raise InputError(said.format(path=path, reason=error.strerror)) from error


def _home(session: Session, store: Store, _deck: str | None, _schedule: bool, out: IO[bytes]) -> str:
    from studyllm.exchange import home

    for text in home.lines(store, session.settings.home):
        out.write(text.encode())
    return _written(store.count())


def _anki(session: Session, store: Store, deck: str | None, schedule: bool, out: IO[bytes]) -> str:
    from studyllm.exchange.anki.writing import Package

    cards = tuple(store.cards(deck))
    at = store.journal.when() or datetime(2020, 1, 1, tzinfo=UTC)
    places = [root for one in store.decks() for root in one.notes] + [session.settings.home / "imported"]
    roots = [(place.parent if place.is_file() else place).resolve() for place in places]
    package = Package(session.settings.day, at, roots, schedule=schedule)
    entries = store.journal.entries() if schedule else ()
    reviews = (e.review for e in entries if e.review and e.event == "review" and not e.undone)
    count = package.write(cards, reviews, out)
    told = ngettext("{count} review is with them.", "{count} reviews are with them.", count).format(
        count=count
    )
    more = _(
        "In Anki choose “import any learning progress”. Importing a later file there changes texts, never schedules."
    )
    return in_a_row([_written(len(cards)), *([told, more] if schedule else [])])


def _table(separator: str) -> Write:
    def write(_session: Session, store: Store, deck: str | None, _schedule: bool, out: IO[bytes]) -> str:
        from studyllm.exchange import table

        return _text(store, deck, out, lambda cards: table.write(cards, separator))

    return write


def _markdown(_session: Session, store: Store, deck: str | None, _schedule: bool, out: IO[bytes]) -> str:
    from studyllm.exchange import glossary

    return _text(store, deck, out, lambda cards: "".join(glossary.markdown(cards)), glossary.entries)


def _page(_session: Session, store: Store, deck: str | None, _schedule: bool, out: IO[bytes]) -> str:
    from studyllm.exchange import glossary

    return _text(store, deck, out, glossary.page, glossary.entries)


def _text(
    store: Store,
    deck: str | None,
    out: IO[bytes],
    made: Callable[[Sequence[StudyCard]], str],
    which: Callable[[Sequence[StudyCard]], Sequence[StudyCard]] = tuple,
) -> str:
    cards = which(tuple(store.cards(deck)))
    out.write(made(cards).encode())
    return _written(len(cards))


def _written(count: int) -> str:
    return ngettext("{count} card was written.", "{count} cards were written.", count).format(count=count)


_FORMATS: dict[str, Write] = {
    "jsonl": _home,
    "apkg": _anki,
    "csv": _table(","),
    "tsv": _table("\t"),
    "md": _markdown,
    "html": _page,
}
