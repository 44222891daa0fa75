"""The end of a `--plain` review in which terms were confused: what tells them apart, beside the schedule."""

from collections.abc import Callable, Sequence
from datetime import datetime

from studyllm.cli.prompts import Terminal
from studyllm.cli.said import verdict_lines
from studyllm.config import Settings
from studyllm.grading import Grader
from studyllm.i18n import _
from studyllm.quiz.items import Contrast, Mode, Options
from studyllm.quiz.sitting import Sitting
from studyllm.review.queue import ReviewQueue
from studyllm.store import Store, StudyCard


def contrast(
    store: Store,
    grader: Grader,
    settings: Settings,
    terminal: Terminal,
    clock: Callable[[], datetime],
    pairs: Sequence[tuple[StudyCard, StudyCard]],
) -> None:
    """Asks about each pair if the learner wants that; raises EOFError at the end of the input."""
    for one, other in pairs:
        said = _("For {one} you gave the meaning of {other}.")
        terminal.say(said.format(one=one.card.term, other=other.card.term))
    if terminal.ask(_("c asks what tells them apart, Enter ends:")).strip().lower() != "c":
        return
    items = [Contrast(one, other) for one, other in pairs]
    options = Options(modes=frozenset({Mode.CONTRAST}), length=len(items))
    sitting = Sitting(store, ReviewQueue(store, settings.day), options, items, clock())
    for item in items:
        terminal.say(_("Question: {text}").format(text=item.prompt))
        answer = terminal.ask(_("Answer:")).strip()
        _outcomes, verdict, _trouble = sitting.answer(answer, clock(), grader=grader)
        if verdict is not None:
            for line in verdict_lines(verdict):
                terminal.say(line)
        terminal.say(_("The note: {text}").format(text=item.question.reference))
        terminal.forget_typed()
        sitting.next()
