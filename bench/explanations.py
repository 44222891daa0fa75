"""Explanations and replies to be read and judged: `python -m bench.explanations > texts.jsonl`, and with
`--asked FILE` (`{"id": …, "asked": …}` a line) replies to follow-up questions instead.

Nothing here measures: a person, or several, read what comes out and count what helps, what says nothing and what is
untrue. Answers are of the hands beside the repository, one to a card, those that an explanation is for: half right,
reversed, another card's, a wrong item or order. The whole way is the app's: the models' process, the checks, the words.
"""

from __future__ import annotations

import argparse
import json
from itertools import chain, zip_longest
from pathlib import Path

from bench.graded import DEV, Row, dev
from studyllm.grading.client import ModelGrader
from studyllm.models import find, place

_EXPLAINED = ("half", "reversed", "missing_item", "wrong_item", "swapped_order", "neighbour", "wrong_number")
_SECTION = 3
"""Cards whose references stand in for the section of a note: the card's own between two others."""


def chosen(count: int) -> list[Row]:
    """Answers to as many cards, taking turns over hands and kinds."""
    rows: list[Row] = []
    for hand in DEV:
        cards: dict[str, list[Row]] = {}
        for row in dev(hand):
            cards.setdefault(row.group, []).append(row)
        for at, answers in enumerate(cards.values()):
            turn = [*_EXPLAINED[at % len(_EXPLAINED) :], *_EXPLAINED[: at % len(_EXPLAINED)]]
            fitting = [row for kind in turn for row in answers if row.kind == kind]
            rows += fitting[:1]
    per_hand = [[row for row in rows if row.set == hand] for hand in DEV]
    taken = [row for row in chain.from_iterable(zip_longest(*per_hand)) if row]
    return taken[:count]


def section(row: Row) -> str:
    """The references around a card's own, as its note might have them."""
    cards = list({each.group: each.question for each in dev(row.set)}.items())
    at = next(place for place, (group, _) in enumerate(cards) if group == row.group)
    start = max(0, min(at - 1, len(cards) - _SECTION))
    return "\n\n".join(
        f"**{question.text}**: {question.reference}" for _, question in cards[start : start + _SECTION]
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--asked", type=Path)
    options = parser.parse_args()
    grader = ModelGrader(place(find("e5-small")), place(find("default")))
    asked = {}
    if options.asked:
        asked = {
            line["id"]: line["asked"] for line in map(json.loads, options.asked.read_text().splitlines())
        }
    for row in chosen(options.count):
        if asked and row.id not in asked:
            continue
        verdict = grader.grade(row.question, row.answer)
        out = {
            "id": row.id,
            "question": row.question.text,
            "note": row.question.reference,
            "answer": row.answer,
            "verdict": f"{verdict.label} {'unsure' if verdict.unsure else 'sure'}",
            "points": [f"{point.state}: {point.text}" for point in verdict.points],
        }
        if asked:
            passage = section(row)
            pieces = grader.reply(row.question, passage, asked[row.id], row.answer, verdict)
            out |= {"section": passage, "asked": asked[row.id], "reply": "".join(pieces)}
        else:
            composed, *added = grader.explain(row.question, row.answer, verdict)
            out |= {"composed": composed, "added": "".join(added)}
        print(json.dumps(out, ensure_ascii=False), flush=True)
    grader.close()


if __name__ == "__main__":
    main()
