"""How records are printed: JSON for programs, lines for people. Notes' text is cleaned before it is shown."""

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from studyllm.i18n import _, aside
from studyllm.schedule import FIRST_EASE, Day, Learned, Progress
from studyllm.schedule.scheduler import is_repetition
from studyllm.store import LogEntry, StudyCard
from studyllm.store.messages import why
from studyllm.text import clean, padded

if TYPE_CHECKING:
    from studyllm.grading import Verdict


def line(text: str) -> None:
    """One cleaned line on stdout."""
    click.echo(clean(text).replace("\n", " "))


def emit(record: Mapping[str, Any]) -> None:
    """One JSON line on stdout, at once."""
    click.echo(encoded(record, ascii_only=not _takes_all_letters()))


def encoded(record: Mapping[str, Any], *, ascii_only: bool = False) -> str:
    """A line of JSON. What a terminal would obey or not show is escaped, which keeps the values."""
    text = json.dumps(record, ensure_ascii=ascii_only, default=_plain)
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in text)
    return text


def _takes_all_letters() -> bool:
    """Whether stdout is written in an encoding of all of Unicode: a letter that it lacked would become "?"."""
    encoding: str | None = getattr(sys.stdout, "encoding", None)  # a closed stdout is None
    return encoding is None or encoding.lower().startswith("utf")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def schedule_json(progress: Progress, day: Day) -> dict[str, Any]:
    """A card's schedule; one never reviewed has no due time. `due` is the moment its study day begins; `again` that of
    a repetition within the day, which under SM-2 moves nothing."""
    if not isinstance(progress, Learned):
        return {
            "due": None,
            "again": None,
            "interval_days": 0,
            "ease": FIRST_EASE,
            "repetitions": 0,
            "lapses": 0,
            "failed": 0,
        }
    steps = progress.again if progress.again and not progress.interval else None
    known: dict[str, Any] = {
        "due": steps or day.start(progress.due),
        "again": progress.again,
        "interval_days": progress.interval,
        "ease": progress.ease,
        "repetitions": progress.repetitions,
        "lapses": progress.lapses,
        "failed": progress.failed,
    }
    if memory := progress.memory:
        known |= {"stability": round(memory.stability, 4), "difficulty": round(memory.difficulty, 4)}
    return known


def card_json(card: StudyCard, day: Day) -> dict[str, Any]:
    """A card as `studyllm cards --json` prints it."""
    from studyllm.grading import points_of
    from studyllm.review.asking import question

    text = card.card
    return {
        "id": card.id,
        "deck": card.deck,
        "kind": text.kind.value,
        "term": text.term,
        "aliases": text.aliases,
        "prompt": text.prompt,
        "answer": text.answer,
        "points": points_of(question(card)),
        "section": text.section,
        "path": text.source.path,
        "line": text.source.line,
        "end_line": text.source.end_line,
        **schedule_json(card.progress, day),
        "suspended": card.suspended,
        "buried": card.buried and card.buried.isoformat(),
        "tags": card.tags,
    }


def verdict_json(verdict: "Verdict") -> dict[str, Any]:
    """A verdict as `studyllm grade` and `answer` print it."""
    from studyllm.grading import bare

    return {
        "score": verdict.score,
        "verdict": verdict.label.value,
        "grade": verdict.grade,
        "points": [
            {"text": bare(p.text), "state": p.state.value}
            | ({"evidence": p.evidence} if p.evidence else {})
            | ({"extra": True} if p.extra else {})
            for p in verdict.points
        ],
        "confidence": verdict.confidence,
        "sure": not verdict.unsure,
        "unsure": verdict.unsure,
        "by": verdict.by,
        "reason": verdict.reason,
    }


def log_json(entry: LogEntry, day: Day) -> dict[str, Any]:
    """A row of the log."""
    record: dict[str, Any] = {"id": entry.id, "at": entry.at, "event": entry.event, "undone": entry.undone}
    if entry.undoes is not None:
        record["undoes"] = entry.undoes
    if entry.event == "import" and entry.detail:
        record |= {"deck": entry.detail["deck"], "counts": entry.detail["counts"]}
    if entry.event == "bulk" and entry.detail:
        record |= {"does": entry.detail["does"], "cards": list(map(int, entry.detail["cards"]))}
    if entry.term is not None:
        record["term"] = entry.term
    if review := entry.review:
        record |= {
            "card": review.card_id,
            "answer": review.answer,
            "score": review.score,
            "verdict": review.verdict,
            "suggested": review.suggested,
            "grade": review.chosen,
            "confidence": review.detail.confidence,
            "seconds": review.detail.seconds,
            "before": schedule_json(review.before, day),
            "after": schedule_json(review.after, day),
        }
    return record


def card_line(card: StudyCard) -> None:
    """A card on one line, for people."""
    due = _("due {date}").format(date=f"{card.due:%Y-%m-%d}") if card.due else _("new")
    line(f"{card.id:>5}  {padded(due, 14)}  {aside(card.card.prompt, card.deck)}")


def asked_line(card: StudyCard, now: datetime, day: Day) -> None:
    """A card that can be asked now on one line, with the reason where its day has not come."""
    told = ""
    if is_repetition(card.progress, day.of(now), day):
        told = _("repeats today")
    elif card.early_look:
        told = _("today: {why}").format(why=why(card.early_look, answered=False))
    if not told:
        card_line(card)
        return
    line(f"{card.id:>5}  {padded(told, 14)}  {aside(card.card.prompt, card.deck)}")


def verdict_lines(verdict: "Verdict", suggested: int | None = None) -> None:
    """A verdict for people: the word, the suggested grade unless it is unsure, the points. The grade may be lower than
    the verdict's own, where the card was missed before."""
    from studyllm import messages
    from studyllm.grading import shown

    if verdict.unsure:
        told = _("{verdict} · score {score:.2f}").format(verdict=messages.label(verdict), score=verdict.score)
    else:
        told = _("{verdict} · score {score:.2f} · suggested grade {grade}")
        told = told.format(
            verdict=messages.label(verdict),
            score=verdict.score,
            grade=verdict.grade if suggested is None else suggested,
        )
    line(told)
    for point in verdict.points:
        line(f"  {messages.MARKS[point.state]} {aside(shown(point.text), messages.extra(point))}")
