"""Graded answers: the public sets (never copied here) and our own, read into one form and split by question."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from studyllm.cards import Kind
from studyllm.grading import Question

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data" / "asag"
OURS = HERE / "answers"
SETS = ("le_zh", "ads_zh", "mohler", "scientsbank", "beetle", "saf_en", "contradiction")
RIGHT = ("right", "right_extra", "telegraphic")
WRONG = ("reversed", "other", "neighbour", "vague", "off_topic")
KINDS = (
    *RIGHT,
    "half",
    *WRONG,
    "missing_item",
    "wrong_item",
    "extra_wrong",
    "swapped_order",
    "wrong_number",
    "near_number",
)
FIRST = "first"
"""The hand that wrote the files without marks of their own (`en_*`, `zh_*`, `shipped`): their labels follow from the
states of the points."""
UNSEEN = ("student", "traveller")
"""Hands that nothing is trained, tuned or chosen on: they are measured on at the end."""
DEV = ("hand_zh", "hand_en")
"""Hands beside the repository (../shared/data/asag) that are measured on and never trained on."""
_FORMS = {"list": Kind.LIST, "sequence": Kind.SEQUENCE, "row": Kind.TABLE}
_PARTS = 5


@dataclass(frozen=True)
class Row:
    """One graded answer."""

    id: str
    set: str
    file: str
    group: str
    """The question it answers: what is split is split by this."""
    question: Question
    answer: str
    score: float
    denies: float
    """1 when the answer contradicts the reference, 0 when it does not, NaN when nobody said."""
    lang: str
    kind: str = ""
    states: str = ""
    """For each point H (made), M (missed) or C (contradicted); empty when nobody said."""
    hand: str = ""
    """Who wrote the answer: what counts as unseen is split by this."""
    label: str = ""
    """correct, partial or incorrect, as the writer marked it; empty in the public sets."""
    core: str = ""
    """For each point 1, or 0 when its lack does not fail an answer; empty when nobody said."""
    references: tuple[str, ...] = ()
    """Other wordings of the reference, each of which is enough; none in our own sets."""

    @property
    def held(self) -> bool:
        """Whether it is of the development set: answers to the shipped notes, which nothing is trained on."""
        return self.file.startswith("shipped")


def part(row: Row) -> int:
    """Which fifth of the questions a row belongs to."""
    return int(hashlib.sha256(row.group.encode()).hexdigest(), 16) % _PARTS


def held_out(row: Row) -> bool:
    """Whether training must not see it: a fifth of the questions of each public set."""
    return part(row) == 0


def by_each(row: Row) -> Iterator[Row]:
    """An answer with every one of its references: `id#1` and so on with the others."""
    yield row
    for number, text in enumerate(row.references, 1):
        question = replace(row.question, reference=text)
        yield replace(row, id=f"{row.id}#{number}", group=f"{row.group}#{number}", question=question)


@lru_cache
def public(name: str) -> tuple[Row, ...]:
    """A public set, or nothing where it is not on this machine."""
    path = DATA / f"{name}.dev.jsonl"
    if not path.exists():
        return ()
    return tuple(_public(name, json.loads(line)) for line in path.read_text("utf-8").splitlines())


def _public(name: str, row: dict[str, Any]) -> Row:
    question = Question(row.get("question", ""), row["reference"], lang=row["lang"])
    # Contradictions of one sentence belong together.
    group = f"{name}/{row.get('qid', row['reference'])}"
    label = row.get("label_3way", row.get("label", ""))
    score = float(row.get("score", 1.0 if label == "same" else 0.0))
    denies = (
        float(label.startswith("contradict"))
        if label and name != "saf_en"
        else 0.0
        if score > 0.9
        else math.nan
    )
    others = tuple(text for text in row.get("references", ()) if text != row["reference"])
    return Row(
        row["id"], name, name, group, question, row["answer"], score, denies, row["lang"], references=others
    )


@lru_cache
def glossary() -> tuple[Row, ...]:
    """Our own answers to glossary cards."""
    return tuple(row for path in sorted(OURS.glob("*.jsonl")) for row in _ours(path))


def _ours(path: Path) -> Iterator[Row]:
    hand = FIRST if path.stem.startswith(("en_", "zh_", "shipped")) else path.stem
    for place, line in enumerate(path.read_text("utf-8").splitlines()):
        card = json.loads(line)
        question = Question(
            card.get("question") or card["term"],
            card["reference"],
            points=tuple(card["points"]),
            term=card["term"],
            kind=_FORMS.get(card.get("form", ""), Kind.TERM),
            lang=card["lang"] if card["lang"] in ("zh", "en") else "",
        )
        for number, answer in enumerate(card["answers"]):
            states = answer["states"]
            yield Row(
                f"{path.stem}/{place}/{number}",
                "glossary",
                path.stem,
                f"{path.stem}/{question.text}/{question.reference}",
                question,
                answer["text"],
                answer.get("score", states.count("H") / len(states)),
                float("C" in states),
                card["lang"],
                answer["kind"],
                states,
                hand,
                answer.get("label", _label(states)),
                card.get("core", "1" * len(states)),
            )


def _label(states: str) -> str:
    """The label that the states of the points come to, all of them core points."""
    hits, contradicted = states.count("H"), states.count("C")
    if hits == len(states):
        return "correct"
    return "incorrect" if hits == 0 or contradicted > hits else "partial"


@lru_cache
def dev(name: str) -> tuple[Row, ...]:
    """One of DEV, or nothing where it is not on this machine."""
    path = DATA / f"{name}.dev.jsonl"
    if not path.exists():
        return ()
    rows = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        question = Question(
            row["question"],
            row["reference"],
            points=tuple(row["points"]),
            kind=_FORMS.get(row["card_type"], Kind.TERM),
            lang=row["lang"],
        )
        rows.append(
            Row(
                row["id"],
                name,
                name,
                f"{name}/{row['card']}",
                question,
                row["answer"],
                row["score"],
                float("C" in row["states"]),
                row["lang"],
                row["kind"],
                row["states"],
                name,
                row["label"],
                "1" * len(row["points"]),
            )
        )
    return tuple(rows)
