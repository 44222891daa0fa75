"""What `--plain` says of a verdict and of its points, a line each."""

from studyllm import messages
from studyllm.grading import Verdict, bare
from studyllm.i18n import _
from studyllm.verdicts import PointResult, State


def verdict_line(verdict: Verdict) -> str:
    """The verdict, its score and who gave it."""
    said = (messages.label(verdict), messages.score(verdict), messages.judged_by(verdict))
    return _("Verdict: {label}").format(label=", ".join(said))


def point_line(number: int, point: PointResult) -> str:
    """A point, counted from 1, and the learner's words for it."""
    evidence = point.evidence if point.state is not State.MISSED else ""
    told = [_("you: {words}").format(words=evidence)] if evidence else []
    told = [messages.extra(point), *told] if point.extra else told
    rest = f" ({', '.join(told)})" if told else ""
    said = _("Point {number}, {state}: {text}")
    return said.format(number=number, state=messages.state(point), text=f"{bare(point.text)}{rest}")
