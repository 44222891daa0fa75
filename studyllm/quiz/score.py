"""What an answer is worth, for each kind of question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from studyllm.grading import Verdict, is_other_article, label_of, misspelt, without_article
from studyllm.i18n import _
from studyllm.notes.wording import names, same
from studyllm.quiz.items import Cloze, Contrast, Grid, Item, Mode, MultipleChoice, Order, Typed
from studyllm.store.quizzes import Outcome
from studyllm.verdicts import Label

DONT_KNOW = -1
"""The index of a choice that was not made."""


def chosen(item: MultipleChoice, index: int, number: int) -> Outcome:
    """A wrong choice names the card that this one was taken for."""
    right = index == item.right
    made = 0 <= index < len(item.options)
    return _outcome(
        item,
        number,
        wanted=item.options[item.right],
        given=item.options[index] if made else "",
        right=right,
        confused=item.cards[index] if made and not right else None,
    )


def filled(item: Cloze, given: str, number: int) -> Outcome:
    """Right when it folds to the same as what was left out, or to another name of it, one slip aside."""
    right = any(same(given, one) or misspelt(given, one) for one in item.accepted)
    return _outcome(item, number, wanted=item.wanted, given=given, right=right)


def named(item: Typed, given: str, number: int, confused: int | None = None) -> Outcome:
    """A term is right under any of its names, one slip aside that makes no other term of it, and without its article,
    but not with another one."""
    card = item.card.card
    known = [form for name in names(card) for form in (name, without_article(name))]
    right = any(same(given, name) or (confused is None and misspelt(given, name)) for name in known)
    wanted = " / ".join(dict.fromkeys((card.term, *card.aliases)))
    return _outcome(item, number, wanted=wanted, given=given, right=right, confused=confused)


def written(item: Item, given: str) -> str:
    """How what was asked for is written, where an answer has it otherwise or behind another article; else nothing."""
    if isinstance(item, Cloze):
        known = item.accepted
    elif isinstance(item, Typed) and item.mode is Mode.TERM:
        known = tuple(names(item.card.card))
    else:
        return ""
    if not given or any(same(given, form) for name in known for form in (name, without_article(name))):
        return ""
    if name := next((name for name in known if is_other_article(given, name)), ""):
        return _("The article is another one: “{name}”.").format(name=name)
    slips = (name for name in known if misspelt(given, name) or misspelt(given, without_article(name)))
    if name := next(slips, ""):
        return _("It is written “{name}”.").format(name=name)
    return ""


def explained(
    item: Typed, given: str, verdict: Verdict | None, number: int, confused: int | None = None
) -> Outcome:
    """A meaning as the grader judged it, in doubt not right until the learner says so; without a verdict nothing was
    answered. What is right counts whole, what is not with what was right of it."""
    right, score = _worth(verdict)
    wanted = item.card.card.answer
    return _outcome(item, number, wanted=wanted, given=given, right=right, score=score, confused=confused)


def contrasted(item: Contrast, given: str, verdict: Verdict | None, number: int) -> Outcome:
    """What tells two cards apart, as the grader judged it; the outcome names both, right or wrong."""
    right, score = _worth(verdict)
    wanted = item.question.reference
    found = _outcome(item, number, wanted=wanted, given=given, right=right, score=score)
    return replace(found, confused=item.other.id)


def _worth(verdict: Verdict | None) -> tuple[bool, float]:
    """Whether an answer is right, and its score."""
    if verdict is None or (verdict.unsure and verdict.label is Label.CORRECT):
        return False, 0.0
    right = verdict.label is Label.CORRECT
    return right, 1.0 if right else verdict.score


def in_part(one: Outcome) -> bool:
    """Whether an answer that is not right was right in part."""
    return not one.right and label_of(one.score) is not Label.INCORRECT


def ordered(item: Order, given: Sequence[int], number: int) -> Outcome:
    """Right when every step stands where it belongs; steps that say the same may change places. The score is the
    share of pairs in the right order."""
    steps = [item.steps[index] for index in given]
    right = steps == list(item.steps)
    pairs = list(combinations(given, 2))
    score = sum(a < b for a, b in pairs) / len(pairs) if pairs and not right else float(right)
    return _outcome(item, number, wanted=_chain(item.steps), given=_chain(steps), right=right, score=score)


def placed(item: Grid, given: Mapping[int, str], number: int) -> tuple[Outcome, ...]:
    """Each row by itself; `given` has the text that was put into a row's gap, by the row's index."""
    owners = {row.wanted: row.card.id for row in item.rows}
    outcomes = []
    for index, row in enumerate(item.rows):
        text, term = given.get(index, ""), row.card.card.term
        right, match = text == row.wanted, item.mode is Mode.MATCH
        outcomes.append(
            Outcome(
                number,
                item.mode,
                row.card.id,
                term,
                term if match else f"{term} · {item.header[row.gap]}",
                row.wanted,
                text,
                right,
                float(right),
                owners.get(text) if match and not right else None,
            )
        )
    return tuple(outcomes)


def skipped(item: Item, number: int) -> tuple[Outcome, ...]:
    """A question that was left without an answer."""
    match item:
        case MultipleChoice():
            return (chosen(item, DONT_KNOW, number),)
        case Cloze():
            return (filled(item, "", number),)
        case Grid():
            return placed(item, {}, number)
        case Order():
            return (_outcome(item, number, wanted=_chain(item.steps), given="", right=False),)
        case Contrast():
            return (contrasted(item, "", None, number),)
        case Typed() if item.mode is Mode.TERM:
            return (named(item, "", number),)
        case Typed():
            return (explained(item, "", None, number),)


def _outcome(
    item: Typed | MultipleChoice | Cloze | Order | Contrast,
    number: int,
    *,
    wanted: str,
    given: str,
    right: bool,
    score: float | None = None,
    confused: int | None = None,
) -> Outcome:
    """The outcome of a question about one card; without a score it is all or nothing."""
    return Outcome(
        number,
        item.mode,
        item.card.id,
        item.card.card.term,
        item.prompt,
        wanted,
        given,
        right,
        float(right) if score is None else score,
        None if right else confused,
    )


def _chain(steps: Sequence[str]) -> str:
    return " → ".join(steps)
