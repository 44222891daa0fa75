"""What `--plain` says of a card, of a verdict and of its points, a line each."""

from collections.abc import Iterator

from studyllm import messages
from studyllm.grading import Verdict, bare
from studyllm.i18n import _, ngettext
from studyllm.review.session import Asking
from studyllm.store.messages import why
from studyllm.verdicts import PointResult, State


def asking_lines(asking: Asking) -> Iterator[str]:
    """A card that is on, and how many there are to go."""
    card, text = asking.card, asking.card.card
    yield ngettext("{count} to go", "{count} to go", asking.left).format(count=asking.left)
    yield " › ".join((card.deck, *text.headings))
    if card.early_look:
        yield _("Asked early: {why}.").format(why=why(card.early_look))
    yield _("Question: {text}").format(text=text.prompt or text.term)
    yield messages.wanted(card)


def verdict_line(verdict: Verdict) -> str:
    """The verdict, how sure it is, and who gave it."""
    said = (messages.label(verdict), messages.sureness(verdict), messages.judged_by(verdict))
    return _("Verdict: {label}").format(label=_(", ").join(filter(None, said)))


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """The verdict and all its points."""
    yield verdict_line(verdict)
    for number, point in enumerate(verdict.points, 1):
        yield point_line(number, point)


def point_line(number: int, point: PointResult) -> str:
    """A point, counted from 1, and the learner's words for it."""
    evidence = point.evidence if point.state is not State.MISSED else ""
    told = [_("you: {words}").format(words=evidence)] if evidence else []
    told = [messages.extra(point), *told] if point.extra else told
    rest = f" ({', '.join(told)})" if told else ""
    said = _("Point {number}, {state}: {text}")
    return said.format(number=number, state=messages.state(point), text=f"{bare(point.text)}{rest}")
