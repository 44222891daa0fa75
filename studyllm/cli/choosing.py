"""`studyllm card make` and `card drop`: what becomes a card, against what the importer chose."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from studyllm import library
from studyllm.cards import Card
from studyllm.cli.doubts import doubt
from studyllm.cli.numbered import card_id
from studyllm.cli.session import Session
from studyllm.cli.show import line
from studyllm.cli.words import reading_words
from studyllm.errors import InputError
from studyllm.i18n import _, listed, ngettext, phrases
from studyllm.library import Like, Plan, Staying
from studyllm.library.forms import form
from studyllm.library.steps import Step
from studyllm.store.messages import counted
from studyllm.text import shortened

_NAMED = 3
"""Cards of those that stay that are named."""
_PLACE = re.compile(r"(.+):(\d{1,9})(?:[-–](\d{1,9}))?")
_LINES, _WIDTH = 6, 160
"""Lines of an answer that are shown, and letters of each."""
_MANY = 5
"""Cards beside the one that was named, up to which a choice about all like it is made without asking."""


def _like(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a choice that reaches further than one card."""
    like = click.option(
        "--like",
        type=click.Choice([Like.NOTE.value, Like.DECK.value]),
        is_flag=False,
        flag_value=Like.NOTE.value,
        help="All that is written in the same form with it: in its note, or in all notes of the deck [note].",
    )
    yes = click.option("--yes", is_flag=True, help="Do not ask, however many cards --like reaches.")
    return like(yes(command))


@click.command()
@click.argument("place", metavar="PATH:LINE")
@click.option(
    "--front",
    metavar="TEXT",
    help="What the card asks; its answer is the text at that line. A card that you made of that line before gets this "
    "front, and keeps its schedule.",
)
@click.option(
    "--another", is_flag=True, help="With --front: one more card of a line that you made a card of before."
)
@_like
@click.pass_obj
def make(session: Session, place: str, front: str | None, another: bool, like: str | None, yes: bool) -> None:
    """Make a card of what stands at a line of an imported note, or of several lines: notes/cells.md:12-18.

    The first of several lines is the front, unless --front says another. `studyllm import --offered` lists lines that
    may be worth a card. The choice is kept with the deck, never written into the note, and holds when the note is
    imported again; `studyllm undo` takes it back.
    """
    path, first, last = _place(place)
    with session.store() as store, reading_words(session) as read:
        now = datetime.now(UTC)
        made, card = library.make(
            store,
            path,
            first,
            front or "",
            _reach(like),
            now,
            readers=read,
            look=_looking(like, yes),
            end=last,
            another=another,
        )
        stored = [*store.cards_of_files(made.deck.name, [str(path)])]
        its = next((one.id for one in stored if one.card.term == card.term and not one.gone), None)
    if like is None and all(step.change is library.Change.UNCHANGED for step in made.steps):
        line(_("“{card}” is a card already; nothing was changed.").format(card=card.prompt))
        _show(card)
    else:
        _say(made, card, its)


def _place(place: str) -> tuple[Path, int, int]:
    """The note, the first line and the last one that a place names. Raises InputError."""
    found = _PLACE.fullmatch(place)
    first, last = (int(found[2]), int(found[3] or found[2])) if found else (0, 0)
    if found is None or not 0 < first <= last < 10**9:
        told = _("{place!r} names no line; write it like notes/cells.md:12, or notes/cells.md:12-18.")
        raise InputError(told.format(place=place))
    return Path(found[1]).expanduser().resolve(), first, last


@click.command()
@card_id
@_like
@click.pass_obj
def drop(session: Session, card_id: int, like: str | None, yes: bool) -> None:
    """Make no card any more of what one was made of.

    It is kept with its schedule, out of the way. The choice is kept with the deck, never written into the note, and
    holds when the note is imported again; `studyllm undo` takes it back.
    """
    with session.store() as store, reading_words(session) as read:
        now, look, card = datetime.now(UTC), _looking(like, yes), store.card(card_id)
        for made in library.drop(store, [card], _reach(like), now, readers=read, look=look):
            _say(made)
        for told in _staying(library.staying(store, card, _reach(like)), card.card):
            line(told)


def _reach(like: str | None) -> Like:
    return Like(like) if like else Like.ALONE


def _looking(like: str | None, yes: bool) -> Callable[[Sequence[Step]], None]:
    """Asks before a choice about all like a card reaches many others; where nobody can be asked, refuses it."""

    def look(others: Sequence[Step]) -> None:
        count = len(others)
        if like is None or yes or count <= _MANY:
            return
        told = ngettext(
            "{count} other card comes or goes with it:", "{count} other cards come or go with it:", count
        )
        line(told.format(count=count))
        for step in others[:_MANY]:
            line(_step(step))
        line(_("  and {count} more").format(count=count - _MANY))
        if not sys.stdin.isatty():
            raise InputError(_("Nothing was changed: so many cards change only with --yes."))
        if not click.confirm(_("Do it?")):
            raise InputError(_("Nothing was changed."))

    return look


def _staying(found: Staying, card: Card) -> Iterator[str]:
    """Which cards stayed though they look like the one that was dropped with all of its form, and why."""
    if found.chosen:
        told = ngettext(
            "{count} card of the same form stays, because you chose it by itself: {cards}.",
            "{count} cards of the same form stay, because you chose them one by one: {cards}.",
            len(found.chosen),
        )
        yield told.format(count=len(found.chosen), cards=_fronts(found.chosen))
    if found.otherwise:
        forms = dict.fromkeys(form(other.rule) for other in found.otherwise)
        told = ngettext(
            "{count} card beside it stays, because it was read as another form ({others}, not {form}): {cards}.",
            "{count} cards beside it stay, because they were read as other forms ({others}, not {form}): {cards}.",
            len(found.otherwise),
        )
        names = {"others": listed(forms), "form": form(card.rule), "cards": _fronts(found.otherwise)}
        yield told.format(count=len(found.otherwise), **names)


def _fronts(cards: Sequence[Card]) -> str:
    """What the first of some cards ask."""
    names = [one.prompt or one.term for one in cards[:_NAMED]]
    return listed(names if len(cards) <= _NAMED else [*names, "…"])


def _step(step: Step) -> str:
    """What becomes of a card, on one line."""
    card = step.new or (step.old.card if step.old else None)
    return f"  {library.change(step)}  {card.prompt}  {card.source.path}:{card.source.line}" if card else ""


def _say(made: Plan, wanted: Card | None = None, number: int | None = None) -> None:
    """What became of the cards of a deck: first what nobody asked for, a card in doubt or one that went for the one
    that was `wanted`, which has that number."""
    name, rest = made.deck.name, []
    counts = {change: count for change, count in library.counts(made).items() if change != "unchanged"}
    if not any(counts.values()):
        line(_("{deck}: no card changed; the choice is kept for what you write later.").format(deck=name))
        return
    for step in made.steps:
        if step.change is library.Change.AMBIGUOUS:
            line(doubt(step))
            if wanted is not None and wanted in step.candidates:
                line(_("“{card}” is no card before that is decided.").format(card=wanted.prompt))
        elif wanted is not None and step.old and step.change is library.Change.GONE:
            line(_gone(step.old.card, wanted))
        elif step.change is not library.Change.UNCHANGED:
            rest.append(step)
    line(_("{deck}: {what}. `studyllm undo` takes it back.").format(deck=name, what=_what(made, counts)))
    for step in rest:
        card = step.new or (step.old.card if step.old else None)
        if card is not None:
            mine = number is not None and wanted is not None and card.term == wanted.term
            line(f"{_step(step)}  {_('card {number}').format(number=number)}" if mine else _step(step))
            if mine:
                _show(card)


def _show(card: Card) -> None:
    """The answer of a card, under its front."""
    lines = card.answer.split("\n")
    for one in lines[:_LINES]:
        line(f"    {shortened(one, _WIDTH)}")
    if len(lines) > _LINES:
        line("    …")


def _what(made: Plan, counts: Mapping[str, int]) -> str:
    """How many cards each change befell; those that were chosen away were dropped."""
    dropped = counts.get("left_out", 0) if made.dropped else 0
    told = ngettext("{count} card dropped", "{count} cards dropped", dropped).format(count=dropped)
    rest = {name: count for name, count in counts.items() if not (dropped and name == "left_out")}
    return phrases((told if dropped else "", counted(rest)))


def _gone(card: Card, wanted: Card) -> str:
    """That a card went when another was made, and why where it is known."""
    if not _share_lines(card, wanted):
        return _("“{card}” is no card any more; its schedule is kept.").format(card=card.prompt)
    said = _(
        "“{card}” is no card any more, its schedule is kept: it holds the lines of “{wanted}”, which are a card of "
        "their own now."
    )
    return said.format(card=card.prompt, wanted=wanted.prompt)


def _share_lines(one: Card, other: Card) -> bool:
    mine, theirs = one.source, other.source
    return mine.path == theirs.path and mine.line <= theirs.end_line and theirs.line <= mine.end_line
