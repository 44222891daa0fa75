"""What an answer is worth, for each kind of question."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from studyllm.grading import Label, Verdict
from studyllm.quiz.items import Choice, Cloze, Grid, Mode, Order, Typed
from studyllm.quiz.wording import names, same
from studyllm.store.quizzes import Outcome

DONT_KNOW = -1
"""The index of a choice that was not made."""


def chosen(item: Choice, index: int, number: int) -> Outcome:
    """A wrong choice names the card that this one was taken for."""
    right = index == item.right
    made = 0 <= index < len(item.options)
    return Outcome(
        number,
        item.mode,
        item.card.id,
        item.card.card.term,
        item.prompt,
        item.options[item.right],
        item.options[index] if made else "",
        right,
        float(right),
        item.cards[index] if made and not right else None,
    )


def filled(item: Cloze, given: str, number: int) -> Outcome:
    """Right when it folds to the same as what was left out, or to another name of it."""
    right = any(same(given, one) for one in item.accepted)
    return Outcome(
        number,
        item.mode,
        item.card.id,
        item.card.card.term,
        item.prompt,
        item.wanted,
        given,
        right,
        float(right),
    )


def named(item: Typed, given: str, number: int, confused: int | None = None) -> Outcome:
    """A term is right under any of its names."""
    card = item.card.card
    right = any(same(given, name) for name in names(card))
    wanted = " / ".join(dict.fromkeys((card.term, *card.aliases)))
    other = None if right else confused
    return Outcome(
        number, item.mode, item.card.id, card.term, item.prompt, wanted, given, right, float(right), other
    )


def explained(
    item: Typed, given: str, verdict: Verdict | None, number: int, confused: int | None = None
) -> Outcome:
    """A meaning as the grader judged it; without a verdict nothing was answered."""
    right = verdict is not None and verdict.label is Label.CORRECT
    return Outcome(
        number,
        item.mode,
        item.card.id,
        item.card.card.term,
        item.prompt,
        item.card.card.answer,
        given,
        right,
        verdict.score if verdict else 0.0,
        None if right else confused,
    )


def placed(item: Grid, given: Mapping[int, str], number: int) -> tuple[Outcome, ...]:
    """Each row by itself; `given` has the text that was put into a row's gap, by the row's index."""
    owners = {row.wanted: row.card.id for row in item.rows}
    outcomes = []
    for index, row in enumerate(item.rows):
        text = given.get(index, "")
        right = text == row.wanted
        term = row.card.card.term
        prompt = term if item.mode is Mode.MATCH else f"{term} · {item.header[row.gap]}"
        other = owners.get(text)
        confused = other if not right and item.mode is Mode.MATCH else None
        outcomes.append(
            Outcome(
                number,
                item.mode,
                row.card.id,
                term,
                prompt,
                row.wanted,
                text,
                right,
                float(right),
                confused,
            )
        )
    return tuple(outcomes)


def ordered(item: Order, given: Sequence[int], number: int) -> Outcome:
    """Right when every step stands where it belongs; steps that say the same may change places. The score is the
    share of pairs in the right order."""
    steps = [item.steps[index] for index in given]
    right = steps == list(item.steps)
    pairs = list(combinations(given, 2))
    score = sum(a < b for a, b in pairs) / len(pairs) if pairs else 1.0
    return Outcome(
        number,
        item.mode,
        item.card.id,
        item.card.card.term,
        item.prompt,
        " → ".join(item.steps),
        " → ".join(steps),
        right,
        1.0 if right else score,
    )


def skipped(item: Typed | Choice | Cloze | Grid | Order, number: int) -> tuple[Outcome, ...]:
    """A question that was left without an answer."""
    match item:
        case Choice():
            return (chosen(item, DONT_KNOW, number),)
        case Cloze():
            return (filled(item, "", number),)
        case Grid():
            return placed(item, {}, number)
        case Order():
            return (
                Outcome(
                    number,
                    item.mode,
                    item.card.id,
                    item.card.card.term,
                    item.prompt,
                    " → ".join(item.steps),
                    "",
                    False,
                    0.0,
                ),
            )
        case Typed() if item.mode is Mode.TERM:
            return (named(item, "", number),)
        case Typed():
            return (explained(item, "", None, number),)


__all__ = ["DONT_KNOW", "chosen", "explained", "filled", "named", "ordered", "placed", "skipped"]
