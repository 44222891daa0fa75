"""`studyllm answer | suspend`: an answer gets a verdict, the verdict moves the card."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from studyllm.cards import DERIVED
from studyllm.cli.numbered import card_id
from studyllm.cli.session import Session, moment
from studyllm.cli.show import emit, line, schedule_json, verdict_json, verdict_lines
from studyllm.config import Settings
from studyllm.errors import InputError
from studyllm.i18n import _, ngettext
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, Learned, Progress

if TYPE_CHECKING:
    from studyllm.grading import Verdict
    from studyllm.store import Store, StudyCard


@click.command()
@card_id
@click.option(
    "--text", metavar="ANSWER", help="The answer, to be graded; the suggested grade is taken, in doubt none."
)
@click.option("--grade", "given", type=click.IntRange(0, 5), help="Your own grade; it overrules a verdict.")
@click.option("--at", metavar="TIME", help="When the answer was given (ISO 8601) [default: now].")
@click.option("--explain", is_flag=True, help="Also say what was missed or wrong.")
@click.option("--again", is_flag=True, help="Also a card that was answered today and is not due.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def answer(
    session: Session,
    card_id: int,
    text: str | None,
    given: int | None,
    at: str | None,
    explain: bool,
    again: bool,
    as_json: bool,
) -> None:
    """Answer a card: grade the answer, record it, move the card.

    Where the verdict is unsure nothing is recorded and the card stays, until you decide with --grade; the exit code is
    then 1. A card that was answered today and waits for no other answer is refused: a second one would only lengthen
    its interval.
    """
    if text is None and given is None:
        raise click.UsageError(_("Give an answer with --text or a grade with --grade."))
    settings = session.settings
    now = moment(at, settings)
    with session.store() as store:
        card = store.card(card_id)
        queue = ReviewQueue(store, settings.day)
        if at and isinstance(card.progress, Learned) and now < card.progress.reviewed:
            said = _("{term} was answered on {date}, later than that: nothing was recorded.")
            before = card.progress.reviewed.astimezone(settings.day.zone)
            raise InputError(said.format(term=card.card.term, date=f"{before:%Y-%m-%d %H:%M}"))
        if not again and queue.answered_today(card, now):
            said = _(
                "{term} was answered today and is due on {date}: nothing was recorded. --again counts an answer "
                "all the same."
            )
            assert card.due is not None
            raise InputError(said.format(term=card.card.term, date=_day(card.due, now, settings)))
        verdict, suggested, grade, why, confused = None, None, given, "", None
        if text is not None:
            verdict, suggested, why, confused = _judged(session, store, card, text, explain=explain)
            grade = suggested if given is None else given
        if grade is not None:
            if Grade(grade).recalled or card.card.kind in DERIVED:
                confused = None
            card = queue.record(card, Grade(grade), now, answer=text, verdict=verdict, confused=confused).card
    if as_json:
        judged = verdict_json(verdict) if verdict else {"verdict": None, "score": None, "points": []}
        record: dict[str, Any] = {"card": card.id, "term": card.card.term, "at": now, **judged}
        record |= {"suggested": suggested, "recorded": grade is not None, "grade": grade}
        emit(record | {"explanation": why, **schedule_json(card.progress, settings.day)})
    else:
        if verdict:
            verdict_lines(verdict, suggested)
        _say(why, grade, _when(card.progress, now, settings) if grade is not None else "")
    if grade is None:
        click.get_current_context().exit(1)


def _say(why: str, grade: int | None, when: str) -> None:
    """What came of an answer, for people, below its verdict; `when` its card comes back."""
    if why:
        line(why)
    if grade is None:
        line(_("Not sure, so nothing was recorded; give your own grade with --grade N (0 to 5)."))
    else:
        line(_("graded {grade}; {when}").format(grade=int(grade), when=when))


def _judged(
    session: Session, store: "Store", card: "StudyCard", text: str, *, explain: bool
) -> "tuple[Verdict, Grade | None, str, int | None]":
    """The verdict on an answer, the grade that it suggests, what there is to say, if that is wanted, or of the
    spelling alone, and the card whose definition the answer is, if it is another one's."""
    from studyllm.grading import written
    from studyllm.review.asking import question, suggested
    from studyllm.review.judging import explain as explained
    from studyllm.review.judging import judge

    others: list[StudyCard] = []
    with session.grader() as grader:
        verdict = judge(store, grader, card, text)
        explanation = explained(store, grader, card, text, verdict, others.append)
        why = "".join(explanation) if explain else written(question(card), verdict)
    return verdict, suggested(verdict, Grade.PERFECT, card), why, others[0].id if others else None


def _day(due: date, now: datetime, settings: Settings) -> str:
    """The date of a study day; after midnight, before that day begins, with the hour at which it does."""
    coming = now.astimezone(settings.day.zone).date() == due != settings.day.of(now)
    return f"{due:%Y-%m-%d} {settings.day.rollover:02}:00" if coming else f"{due:%Y-%m-%d}"


def _when(progress: Progress, now: datetime, settings: Settings) -> str:
    """When a card comes back, for people."""
    assert isinstance(progress, Learned)
    days = progress.interval
    then = ngettext("due {date} (in {days} day)", "due {date} (in {days} days)", days)
    then = then.format(date=_day(progress.due, now, settings), days=days)
    if progress.again is None:
        return then
    time = f"{progress.again.astimezone(settings.day.zone):%H:%M}"
    if not days:
        return _("asked again today at {time}").format(time=time)
    return _("asked again today at {time}, then {then}").format(time=time, then=then)


@click.command()
@card_id
@click.option("--off", is_flag=True, help="Ask the card again.")
@click.pass_obj
def suspend(session: Session, card_id: int, off: bool) -> None:
    """Never ask a card, until --off: one the notes make that you do not want."""
    with session.store() as store:
        changed = store.suspend(card_id, datetime.now(UTC), suspended=not off)
        what = _("asked again") if off else _("suspended")
        said = (
            _("{term}: {what}.") if changed else _("{term}: {what}. It was already so: nothing was changed.")
        )
        line(said.format(term=store.card(card_id).card.term, what=what))
