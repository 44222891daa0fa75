"""Graded answers: the public sets (never copied here) and our own, read into one form and split by question."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from studyllm.grading import Question

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data" / "asag"
OURS = HERE / "answers"
SETS = ("le_zh", "ads_zh", "mohler", "scientsbank", "beetle", "saf_en", "contradiction")
RIGHT = ("right", "telegraphic")
KINDS = (*RIGHT, "half", "reversed", "other", "vague")
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
    return Row(row["id"], name, name, group, question, row["answer"], score, denies, row["lang"])


@lru_cache
def glossary() -> tuple[Row, ...]:
    """Our own answers to glossary cards."""
    return tuple(row for path in sorted(OURS.glob("*.jsonl")) for row in _ours(path))


def _ours(path: Path) -> Iterator[Row]:
    for line in path.read_text("utf-8").splitlines():
        card = json.loads(line)
        question = Question(
            card["term"],
            card["reference"],
            points=tuple(card["points"]),
            term=card["term"],
            lang=card["lang"],
        )
        for number, told in enumerate(card["answers"]):
            kind, states = told["kind"], told["states"]
            share = states.count("H") / len(states)
            score = 1.0 if kind in RIGHT else min(0.7, max(0.3, share)) if kind == "half" else 0.0
            yield Row(
                f"{path.stem}/{card['term']}/{number}",
                "glossary",
                path.stem,
                f"{path.stem}/{card['term']}",
                question,
                told["text"],
                score,
                float("C" in states),
                card["lang"],
                kind,
                states,
            )
