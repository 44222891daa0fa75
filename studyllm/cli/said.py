"""What `--plain` says of a card, of a verdict and of its points, a line each."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from studyllm import messages
from studyllm.cli.prompts import Terminal
from studyllm.grading import Verdict, shown
from studyllm.i18n import _, aside, clauses, headed, ngettext, phrases
from studyllm.notes.passage import section
from studyllm.review.asking import hints, stands
from studyllm.review.history import Mistake
from studyllm.review.session import Asking, Graded, ReviewSession
from studyllm.schedule import Grade
from studyllm.store import StudyCard
from studyllm.store.messages import why
from studyllm.verdicts import PointResult, State


def asking_lines(asking: Asking, hinted: Sequence[str]) -> Iterator[str]:
    """A card that is on with the hints that it had, and how many there are to go."""
    card, text = asking.card, asking.card.card
    yield messages.left(asking.left)
    above, place = stands(card)
    note = "" if card.card.headings else place.partition(".md")[0]
    yield " › ".join((*above, *filter(None, [note])))
    if card.early_look:
        yield _early(card, answered=False)
    yield _("Question: {text}").format(text=text.prompt or text.term)
    yield messages.wanted(card)
    yield from (hint_line(card, hinted[:number]) for number in range(1, len(hinted) + 1))


def answered_lines(card: StudyCard) -> Iterator[str]:
    """The note of a card that was answered, where it stands, and all that is known of why it was asked early."""
    yield _("The note: {text}").format(text=card.card.answer)
    if card.early_look:
        yield _early(card, answered=True)
    yield card.card.source.place


def _early(card: StudyCard, *, answered: bool) -> str:
    """Why a card is asked before its day."""
    return _("Asked early: {why}.").format(why=why(card.early_look, answered=answered))


def verdict_line(verdict: Verdict) -> str:
    """The verdict, how sure it is, and who gave it."""
    whence = phrases((messages.sureness(verdict), messages.judged_by(verdict)))
    return _("Verdict: {label}").format(label=aside(messages.label(verdict), whence))


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """The verdict and all its points."""
    yield verdict_line(verdict)
    for number, point in enumerate(verdict.points, 1):
        yield point_line(number, point)


def point_line(number: int, point: PointResult) -> str:
    """A point, counted from 1, and the learner's words for it."""
    evidence = point.evidence if point.state is not State.MISSED else ""
    told = [_("you: {words}").format(words=" ".join(evidence.split()))] if evidence else []
    told = [messages.extra(point), *told] if point.extra else told
    said = _("Point {number}, {state}: {text}")
    return said.format(
        number=number, state=messages.state(point), text=aside(shown(point.text), phrases(told))
    )


def leech_lines(card: StudyCard, wrong: Sequence[Mistake]) -> Iterator[str]:
    """How often a card was forgotten, and what was answered the last times."""
    count = card.failures
    told = ngettext("{term}: not recalled {count} time", "{term}: not recalled {count} times", count)
    yield told.format(term=card.card.term, count=count)
    for one in wrong[-6:]:
        answer = aside(one.answer or "-", _("you were sure") if one.sure else "")
        yield headed(f"{one.at:%Y-%m-%d}", answer)


def grades_line(graded: Graded, most: Grade) -> str:
    """When the card comes back after each grade that it can have."""
    told = (
        f"{grade:d} {messages.grade(grade)} {messages.span(after, after.reviewed)}"
        for grade, after in graded.outcomes.items()
        if grade <= most
    )
    return _("Next time: {grades}").format(grades=clauses(told))


def grade_prompt(session: ReviewSession) -> str:
    """Asks for a grade; in doubt, and without an answer, Enter takes none."""
    most = int(session.best)
    if (grade := session.suggested) is None:
        return _("Grade 0 to {most}:").format(most=most)
    return _("Grade 0 to {most}, Enter takes {grade}:").format(most=most, grade=int(grade))


def built_on(cards: Sequence[StudyCard], number: int) -> str:
    """The note of one of the cards that a card builds on, counted from 1; else how many there are."""
    if 1 <= number <= len(cards):
        return section(cards[number - 1].card)
    count = len(cards)
    return ngettext(
        "This card builds on {count} other.", "This card builds on {count} others.", count
    ).format(count=count)


def hint_line(card: StudyCard, given: Sequence[str]) -> str:
    """The last of the hints that were given."""
    told = _("Hint {number} of {count}: {point}")
    return told.format(number=len(given), count=len(hints(card)), point=given[-1])


def unknown(name: str) -> str:
    """What is said to a command that there is not."""
    told = _("There is no command {name} here; :help lists them. A space first makes it an answer.")
    return told.format(name=name)


def attend(
    terminal: Terminal,
    session: ReviewSession,
    card: StudyCard,
    wrong: Sequence[Mistake],
    clock: Callable[[], datetime],
) -> None:
    """A card that is forgotten again and again: the learner sees how, and decides."""
    for line in leech_lines(card, wrong):
        terminal.say(line)
    choice = terminal.ask(_("Enter keeps asking it, s never asks it, r learns it anew:")).strip().lower()
    if choice == "s":
        session.suspend(clock(), card.id)
    elif choice == "r":
        session.reset(card.id, clock())
