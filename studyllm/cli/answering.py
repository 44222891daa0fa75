"""`studyllm answer | grade | undo`: an answer gets a verdict, the verdict moves the card."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TextIO

import click

from studyllm.cli.session import Session, moment
from studyllm.cli.show import emit, line, schedule_json, verdict_json, verdict_lines
from studyllm.config import Settings
from studyllm.drill import Drill, question, suggested
from studyllm.errors import InputError
from studyllm.grading import Grader, Question
from studyllm.i18n import _, ngettext
from studyllm.schedule import Grade, Learned, Progress
from studyllm.store import LONGEST_POINT, MOST_POINTS
from studyllm.text import clean, key

Asked = tuple[Question, ...]
"""A question with each of its references."""
_REFERENCES = 5
"""References that an answer is compared with at most: each costs as much as the first."""


@click.command()
@click.argument("card_id", type=click.IntRange(1, 2**62))
@click.option(
    "--text", metavar="ANSWER", help="The answer, to be graded; the suggested grade is taken, in doubt none."
)
@click.option("--grade", "given", type=click.IntRange(0, 5), help="Your own grade; it overrules a verdict.")
@click.option("--at", metavar="TIME", help="When the answer was given (ISO 8601) [default: now].")
@click.option("--explain", is_flag=True, help="Also say what was missed or wrong.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def answer(
    session: Session,
    card_id: int,
    text: str | None,
    given: int | None,
    at: str | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Answer a card: grade the answer, record it, move the card.

    Where the verdict is unsure nothing is recorded and the card stays, until you decide with --grade.
    """
    if text is None and given is None:
        raise click.UsageError(_("Give an answer with --text or a grade with --grade."))
    settings = session.settings
    now = moment(at, settings)
    with session.store() as store, session.grader() as grader:
        card = store.card(card_id)
        drill, asked = Drill(store, settings.day), question(card)
        verdict = drill.judge(grader, card, text) if text is not None else None
        grade = suggested(verdict, Grade.PERFECT) if given is None else Grade(given)
        if grade is not None:
            card = drill.record(card, grade, now, answer=text, verdict=verdict).card
        why = "".join(grader.explain(asked, text or "", verdict)) if explain and verdict else ""
    if as_json:
        judged = verdict_json(verdict) if verdict else {"verdict": None, "score": None, "points": []}
        record: dict[str, Any] = {"card": card.id, "term": card.card.term, "at": now, **judged}
        record |= {"suggested": verdict and verdict.suggested, "recorded": grade is not None, "grade": grade}
        emit(record | {"explanation": why, **schedule_json(card.progress, settings.day)})
        return
    if verdict:
        verdict_lines(verdict)
    if why:
        line(why)
    if grade is None:
        said = _("Not sure, so nothing was recorded; give your own grade with --grade N (0 to 5).")
        line(said)
        return
    when = _when(card.progress, settings)
    line(_("graded {grade}; {when}").format(grade=int(grade), when=when))


def _when(progress: Progress, settings: Settings) -> str:
    """When a card comes back, for people."""
    assert isinstance(progress, Learned)
    days = progress.interval
    then = ngettext("due {date} (in {days} day)", "due {date} (in {days} days)", days)
    then = then.format(date=f"{progress.due:%Y-%m-%d}", days=days)
    if progress.again is None:
        return then
    time = f"{progress.again.astimezone(settings.day.zone):%H:%M}"
    if not days:
        return _("asked again today at {time}").format(time=time)
    return _("asked again today at {time}, then {then}").format(time=time, then=then)


@click.command()
@click.option("--jsonl", "file", type=click.File("r", encoding="utf-8-sig"), required=True, metavar="FILE|-")
@click.option("--explain", is_flag=True, help="Also say what was missed or wrong.")
@click.pass_obj
def grade(session: Session, file: TextIO, explain: bool) -> None:
    """Grade answers to any questions, without a card or a schedule.

    Each line of FILE is a JSON object: question, reference, answer, and if you like id, lang (zh or en), points
    (what an answer must say) and references (others as good: the best verdict counts).
    Answers to one question are graded together; the output keeps the order of the input.
    """
    items = list(_read(file))
    done: dict[int, dict[str, Any]] = {}
    places: dict[Asked, int] = {}
    for number, item in enumerate(items):
        places.setdefault(item[1], number)
    order = sorted(range(len(items)), key=lambda i: places[items[i][1]])
    with session.grader() as grader:
        written = 0
        for index in order:
            done[index] = _grade(grader, items[index], explain)
            while written in done:
                emit(done.pop(written))
                written += 1


def _read(file: TextIO) -> Iterator[tuple[Any, Asked, str]]:
    """(id, question, answer) of each line; raises InputError that names the line."""
    try:
        for number, raw in enumerate(file, 1):
            if raw.strip():
                yield _item(raw, number)
    except UnicodeDecodeError:
        raise InputError(_("The input is not UTF-8 text. Nothing was graded.")) from None


def _item(raw: str, number: int) -> tuple[Any, Asked, str]:
    try:
        item = json.loads(raw)
    except (ValueError, RecursionError):
        raise _wrong(number, _("Line {number} is not a JSON object.")) from None
    wanted = ("question", "reference", "answer")
    if not isinstance(item, dict) or not all(isinstance(item.get(name), str) for name in wanted):
        raise _wrong(number, _("Line {number} must hold the texts question, reference and answer."))
    if not isinstance(item.get("id"), str | int | None):
        raise _wrong(number, _("Line {number}: id is a text or a whole number."))
    lang = item.get("lang") or ""
    if lang not in ("", "zh", "en"):
        raise _wrong(number, _("Line {number}: lang is zh or en, not {lang!r}."), lang=lang)
    points = tuple(point for point in _texts(item, "points", number) if key(point))
    if len(points) > MOST_POINTS or any(len(point) > LONGEST_POINT for point in points):
        said = _("Line {number}: up to {most} points of {longest} characters each.")
        raise _wrong(number, said, most=MOST_POINTS, longest=LONGEST_POINT)
    references = dict.fromkeys((item["reference"], *_texts(item, "references", number)))
    asked = tuple(
        Question(item["question"], reference, points if reference == item["reference"] else (), lang=lang)
        for reference in list(references)[:_REFERENCES]
    )
    return item.get("id"), asked, item["answer"]


def _texts(item: dict[str, Any], name: str, number: int) -> list[str]:
    """A list of texts that a line may hold."""
    found = item.get(name) or []
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise _wrong(number, _("Line {number}: {name} is a list of texts."), name=name)
    return found


def _wrong(number: int, what: str, **values: object) -> InputError:
    """What is wrong with a line."""
    return InputError(_("{what} Nothing was graded.").format(what=what.format(number=number, **values)))


def _grade(grader: Grader, item: tuple[Any, Asked, str], explain: bool) -> dict[str, Any]:
    name, questions, given = item
    start = time.perf_counter()
    verdicts = [(grader.grade(asked, given), asked) for asked in questions]
    verdict, asked = max(verdicts, key=lambda judged: judged[0].score)
    why = clean("".join(grader.explain(asked, given, verdict))) if explain else ""
    milliseconds = round((time.perf_counter() - start) * 1000, 1)
    return {"id": name, **verdict_json(verdict), "explanation": why, "ms": milliseconds}


@click.command()
@click.option("--steps", type=click.IntRange(1, 10_000), default=1, show_default=True, help="How many.")
@click.option(
    "--list", "listed", is_flag=True, help="Only list what would be taken back, the last thing first."
)
@click.pass_obj
def undo(session: Session, steps: int, listed: bool) -> None:
    """Take back the last things in the log that still stand: reviews, imports, edits, changes of schedule."""
    zone = session.settings.day.zone
    with session.store() as store:
        if listed:
            for past in store.journal.latest(max(steps, 20)):
                line(f"{past.at.astimezone(zone):%Y-%m-%d %H:%M}  {past.what}")
            return
        for number in range(steps):
            entry = store.journal.undo(datetime.now(UTC))
            if entry is None and number == 0:
                raise InputError(_("There is nothing to take back."))
            if entry is None:
                line(_("There is nothing more to take back."))
                return
            when = f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M}"
            line(_("Taken back: {what}, of {when}.").format(what=entry.what, when=when))


@click.command()
@click.argument("card_id", type=click.IntRange(1, 2**62))
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
