"""`studyllm search`: what the glossary finds, without the app."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.glossary import Entry, Finder, Found, Shown, SortOrder, written
from studyllm.i18n import _

if TYPE_CHECKING:
    from studyllm.grading import Grader
    from studyllm.store.vectors import Vectors


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--deck", metavar="NAME", help="Only this deck.")
@click.option(
    "--order",
    type=click.Choice([order.value for order in SortOrder]),
    default=SortOrder.MATCH.value,
    show_default=True,
    help="What comes first.",
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@click.option("--meaning", is_flag=True, help="Also what is near in meaning; loads the embedding model.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
@click.pass_obj
def search(
    session: Session,
    words: tuple[str, ...],
    deck: str | None,
    order: str,
    limit: int,
    meaning: bool,
    as_json: bool,
) -> None:
    """Find terms by their letters, pinyin or initials, aliases and definitions.

    All WORDS must be found. in:SECTION, tag:TAG and is:STATE (new, learning, review, due, suspended, buried, gone,
    leech) filter, as in the app.
    """
    from studyllm.store.vectors import Vectors

    settings = session.settings
    text = " ".join(words)
    with session.store() as store:
        if deck is not None:
            store.require(deck)
            text = written(text, "deck", deck)
        kept = Vectors(settings.home / "vectors.db", settings.embedding_model)
        finder = Finder(store.entries, kept)
        today = settings.day.of(datetime.now(UTC))
        start = settings.day.start(today)
        with _uncollected():
            finder.load(today, start)
            finder.read()
            finder.listen()
        found = finder.find(text, SortOrder(order))
        assert found is not None
        if meaning:
            finder.recall()
            with session.grader() as grader:
                found = _with_near(finder, found, kept, grader)
        shown = Shown(found, lambda cards: store.entries.some(cards, today, start))
        count = min(limit, len(found))
        for row in range(count):
            entry, near = shown.entry(row), found.is_near(row)
            emit(_json(entry, near)) if as_json else _line(entry, near)
    left = len(found) - count
    if not as_json and not count:
        line(
            _("No term matches.")
            if meaning
            else _("No term matches. `--meaning` also looks for what is near in meaning.")
        )
    if not as_json and left:
        line(_("… and {count} more; --limit shows them.").format(count=left))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage: among many cards, where none is, it takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _with_near(finder: Finder, found: Found, kept: "Vectors", grader: "Grader") -> Found:
    """With what is near in meaning, as far as there is a model to say so."""
    from studyllm.embeddings import raw_vectors

    while texts := finder.unlearnt(64):
        if (computed := raw_vectors(texts, kept, grader)) is None:
            break
        finder.learn(computed)
    asked = grader.embed([found.query.phrase]) if found.means_something else ()
    return finder.nearest(found, asked[0]) if asked else found


def _line(entry: Entry, near: bool) -> None:
    also = f" ({', '.join(entry.aliases)})" if entry.aliases else ""
    due = f"due {entry.due:%Y-%m-%d}" if entry.state in ("review", "due") and entry.due else entry.state
    line(
        f"{entry.id:>5}  {due:<14}  {'≈ ' if near else ''}{entry.term}{also}: {entry.answer[:80]}  ({entry.deck})"
    )
    line(f"{'':>23}{entry.path}" + (f":{entry.line}" if entry.line else ""))


def _json(entry: Entry, near: bool) -> dict[str, object]:
    return {
        "id": entry.id,
        "deck": entry.deck,
        "term": entry.term,
        "aliases": entry.aliases,
        "answer": entry.answer,
        "headings": entry.headings,
        "path": entry.path,
        "line": entry.line,
        "state": entry.state,
        "leech": entry.leech,
        "tags": entry.tags,
        "due": entry.due and entry.due.isoformat(),
        "ease": entry.ease,
        "lapses": entry.lapses,
        "near": near,
    }
