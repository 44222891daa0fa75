"""`studyllm card …`, `studyllm leeches`: what can be done to one card, all of it undoable."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime

import click

from studyllm.cli.choosing import drop, make
from studyllm.cli.numbered import card_id
from studyllm.cli.session import Session
from studyllm.cli.show import card_json, card_line, emit, line
from studyllm.config import Settings
from studyllm.errors import InputError
from studyllm.i18n import _, aside, clauses, listed, ngettext
from studyllm.messages import CARD_STATES
from studyllm.review.history import mistakes
from studyllm.schedule import Learned
from studyllm.store import Store, StudyCard
from studyllm.text import clean


@click.group()
def card() -> None:
    """Look at a card, change when it is asked, or whether there is one."""


card.add_command(make)
card.add_command(drop)


@card.command()
@card_id
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def show(session: Session, card_id: int, as_json: bool) -> None:
    """Show a card, its schedule and what went wrong with it."""
    with session.store() as store:
        found = store.card(card_id)
        wrong = mistakes(store, card_id)
    if as_json:
        told = [
            {"at": m.at, "grade": m.grade, "answer": m.answer, "missed": m.missed, "sure": m.sure}
            for m in wrong
        ]
        emit(card_json(found, session.settings.day) | {"mistakes": told})
        return
    card_line(found)
    line(f"  {found.card.answer}")
    if state := _state(found, session.settings):
        line(f"  {state}")
    for one in wrong:
        said = _("in a recall: {answer}") if one.grade is None else _("graded {grade}: {answer}")
        given = said.format(grade=one.grade, answer=one.answer or "–")
        line(f"  {one.at:%Y-%m-%d}  {aside(given, _('you were sure') if one.sure else '')}")
    for point, count in Counter(p for m in wrong for p in m.missed).most_common(3):
        line(f"  {_missed(count, point)}")


@card.command()
@card_id
@click.pass_obj
def bury(session: Session, card_id: int) -> None:
    """Ask a card no more today."""
    now = datetime.now(UTC)
    with session.store() as store:
        changed = store.bury(card_id, session.settings.day.of(now), now)
        _say(store, card_id, _("not asked before tomorrow"), changed)


@card.command()
@card_id
@click.pass_obj
def reset(session: Session, card_id: int) -> None:
    """Make a card new again; the log keeps what was."""
    with session.store() as store:
        changed = store.reset(card_id, datetime.now(UTC))
        _say(store, card_id, _("new again"), changed)


@card.command()
@card_id
@click.argument("day", metavar="DATE")
@click.pass_obj
def due(session: Session, card_id: int, day: str) -> None:
    """Have a card asked on DATE (like 2027-01-15)."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise InputError(
            _("{text!r} is not a date; write it like 2027-01-15. Nothing was changed.").format(text=day)
        ) from None
    now = datetime.now(UTC)
    with session.store() as store:
        if wanted == session.settings.day.of(now):
            store.card(card_id)
            changed = bool(store.entries.ask_today((card_id,), wanted, now))
        else:
            changed = store.set_due(card_id, wanted, now)
        _say(store, card_id, _("due {date}").format(date=wanted.isoformat()), changed)


@card.command()
@card_id
@click.argument("tags", nargs=-1, required=True, metavar="TAG…")
@click.option("--off", is_flag=True, help="Take these tags away.")
@click.pass_obj
def tag(session: Session, card_id: int, tags: tuple[str, ...], off: bool) -> None:
    """Give a card tags; `studyllm cards --tag TAG` lists them."""
    given = {clean(name).strip().lstrip("#") for name in tags}
    if not all(given) or any(len(name) > 60 or len(name.split()) != 1 for name in given):
        raise InputError(_("A tag is one word of up to 60 characters. Nothing was changed."))
    with session.store() as store:
        before = set(store.card(card_id).tags)
        after = before - given if off else before | given
        changed = store.tag(card_id, sorted(after), datetime.now(UTC))
        _say(store, card_id, _tags(sorted(after)), changed)


@click.command()
@click.option("--deck", metavar="NAME", help="Only this deck.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
@click.pass_obj
def leeches(session: Session, deck: str | None, as_json: bool) -> None:
    """List the cards that fail again and again, with what went wrong.

    Lapses count, and while a card is learnt each failed answer after the fourth.
    """
    day = session.settings.day
    with session.store() as store:
        limits = {name: scheduling.leech for name, scheduling in store.schedulings().items()}
        found = [c for c in store.cards(deck) if c.struggles >= limits[c.deck]]
        for one in sorted(found, key=lambda c: c.struggles, reverse=True):
            wrong = mistakes(store, one.id)
            points = Counter(point for mistake in wrong for point in mistake.missed)
            if as_json:
                emit(card_json(one, day) | {"missed": dict(points)})
                continue
            said = ngettext(
                "{term}: not recalled {count} time ({deck})",
                "{term}: not recalled {count} times ({deck})",
                one.failures,
            ).format(term=one.card.prompt, count=one.failures, deck=one.deck)
            line(f"{one.id:>5}  {said}")
            for point, count in points.most_common(2):
                line(f"       {_missed(count, point)}")
    if not found and not as_json:
        line(_("No card is forgotten again and again."))


def _missed(count: int, point: str) -> str:
    """How often a point was missed."""
    return ngettext("missed {count} time: {point}", "missed {count} times: {point}", count).format(
        count=count, point=point
    )


def _tags(tags: Sequence[str]) -> str:
    return _("tags: {tags}").format(tags=listed(tags) or _("none"))


def _state(found: StudyCard, settings: Settings) -> str:
    """What the learner did with a card, in words."""
    today, said = settings.day.of(datetime.now(UTC)), []
    if found.gone:
        said.append(_(CARD_STATES["gone"]))
    if found.suspended:
        said.append(_("suspended"))
    if found.buried == today:
        said.append(_("not asked before tomorrow"))
    if isinstance(found.progress, Learned) and found.progress.again:
        again = found.progress.again.astimezone(settings.day.zone)
        if settings.day.of(found.progress.again) == today:
            said.append(_("asked again at {time}").format(time=f"{again:%H:%M}"))
    if found.tags:
        said.append(_tags(found.tags))
    return clauses(said)


def _say(store: Store, card_id: int, what: str, changed: bool) -> None:
    said = (
        _("{term}: {what}. `studyllm undo` takes it back.")
        if changed
        else _("{term}: {what}. It was already so: nothing was changed.")
    )
    line(said.format(term=store.card(card_id).card.term, what=what))
