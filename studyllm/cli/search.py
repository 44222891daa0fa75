"""`studyllm search`: what the glossary finds, without the app."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.glossary import Entry, Finder, Found, Shown, SortOrder, find_once, written
from studyllm.i18n import _, aside, headed, listed
from studyllm.messages import CARD_STATES
from studyllm.text import definition, names, padded, shortened

_EXCLUDES = re.compile(r"-[^-]")
"""How a word begins that must not be found. The parser of options is given the sign of Chinese keyboards instead, which
means the same in a query."""

if TYPE_CHECKING:
    from studyllm.grading import Grader
    from studyllm.store.vectors import Vectors


class Query(click.Command):
    """A command whose words are a query: one that begins with `-`, as in `-is:new`, is none of its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        named = {name for option in options for name in option.opts}
        valued = {name for option in options if not option.is_flag for name in option.opts}
        end = args.index("--") if "--" in args else len(args)
        read = [
            f"－{arg[1:]}" if _EXCLUDES.match(arg) and arg not in named and before not in valued else arg
            for before, arg in zip(["", *args], args[:end], strict=False)
        ]
        return super().parse_args(ctx, read + args[end:])


@click.command(cls=Query)
@click.argument("words", nargs=-1, metavar="WORDS…")
@click.option("--saved", metavar="NAME", help="The search that was saved under that name; WORDS narrow it.")
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
    saved: str | None,
    deck: str | None,
    order: str,
    limit: int,
    meaning: bool,
    as_json: bool,
) -> None:
    """Find terms by their letters, pinyin or initials, aliases and definitions.

    All WORDS must be found; -WORD must not, `or` and parentheses say what else will do. deck:, in:SECTION, tag:,
    is:STATE (new, learning, review, due, suspended, buried, gone, leech), prop:ease<2, due:7, added:30, rated:7 and
    answered:"…" filter, as in the app. Put a query into single quotes.
    """
    from studyllm.store.vectors import Vectors

    settings = session.settings
    if not words and saved is None:
        raise click.UsageError(_("Say what to look for, or name a saved search with --saved."))
    text = " ".join(words)
    with session.store() as store:
        if saved is not None:
            text = f"({store.searches.of(saved)}) {text}"
        if deck is not None:
            store.require(deck)
            text = written(text, "deck", deck)
        kept = Vectors(settings.home / "vectors.db", settings.embedding_model)
        finder = Finder(store.entries, kept)
        today = settings.day.of(datetime.now(UTC))
        start = settings.day.start(today)
        with _uncollected():
            found = find_once(finder, text, today, start, SortOrder(order))
        if meaning:
            finder.recall()
            with session.grader() as grader:
                found = _with_near(finder, found, kept, grader)
        shown = Shown(found, lambda cards: store.entries.some(cards, today, start))
        count = min(limit, len(found))
        for row in range(count):
            entry, near = shown.entry(row), found.is_near(row) or found.is_alike(row)
            emit(_json(entry, near)) if as_json else _line(entry, near)
    left = len(found) - count
    if not as_json and not count:
        line(_none_found(found, meaning=meaning))
    if not as_json and left:
        line(_("… and {count} more; --limit shows them.").format(count=left))


def _none_found(found: Found, *, meaning: bool) -> str:
    """Why nothing was found: a query that cannot be read, a filter that is none, no such card, or no such word."""
    query = found.query
    if said := query.problem or query.unknown:
        return said
    if query.filters:
        if meaning or not query.has_words:
            return _("No card is like that.")
        return _("No card is like that. `--meaning` also looks for what is near in meaning.")
    if meaning:
        return _("No term matches.")
    return _("No term matches. `--meaning` also looks for what is near in meaning.")


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
    coming = entry.state in ("review", "due") and entry.due
    due = _("due {date}").format(date=f"{entry.due:%Y-%m-%d}") if coming else _(CARD_STATES[entry.state])
    said = headed(
        aside(entry.term, listed(names(entry.aliases))),
        aside(shortened(definition(entry.answer), 80), entry.deck),
    )
    line(f"{entry.id:>5}  {padded(due, 14)}  {'≈ ' if near else ''}{said}")
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
        "interval": entry.interval,
        "stability": entry.stability,
        "added": entry.added,
        "near": near,
    }
