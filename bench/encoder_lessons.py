"""What bench/train_cross_encoder.py teaches: answers with what is to be said of them, drawn anew for every epoch."""

from __future__ import annotations

import math
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.graded import Row, glossary, held_out, public
from studyllm.grading.cross_encoder import Prepared
from studyllm.grading.features import subject
from studyllm.grading.scoring import points_of

PUBLIC = ("le_zh", "ads_zh", "mohler", "saf_en", "scientsbank", "beetle", "contradiction")
WORTH = {
    "glossary": 1.5,
    "le_zh": 2.0,
    "saf_en": 0.4,
    "scientsbank": 0.7,
    "beetle": 0.7,
    "contradiction": 0.7,
}
MOST = {"beetle": 700, "saf_en": 100, "contradiction": 800, "scientsbank": 1200, "ads_zh": 200}
"""Answers of the larger sets that an epoch reads, drawn anew each time."""
PADDED = 0.3
"""Share of the glossary answers that are read once more with words about something else before or after them: what they
are worth stays, so that length says nothing."""
UNKNOWN = math.nan


@dataclass(frozen=True)
class Told:
    """An answer and what is to be said of it: (says, denies) of the whole and each point, NaN where nobody knows."""

    answer: str
    whole: tuple[float, float]
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Lesson:
    """A question with some of its answers."""

    asked: Prepared
    told: tuple[Told, ...]
    worth: float


def some_of(points: Sequence[str], lang: str, dice: random.Random) -> Told:
    """An answer that makes some of the points and leaves out others."""
    chosen = sorted(dice.sample(range(len(points)), dice.randint(1, len(points) - 1)))
    made = tuple((float(i in chosen), 0.0) for i in range(len(points)))
    sep = "，" if lang == "zh" else ", "
    return Told(sep.join(points[i] for i in chosen), (len(chosen) / len(points), 0.0), made)


def with_idle(row: Row, elsewhere: Elsewhere, dice: random.Random) -> str:
    """An answer with something idle before or after it."""
    parts = [row.answer, elsewhere.idle(row.lang, dice, short=dice.random() < 0.5)]
    dice.shuffle(parts)
    return str(dice.choice((" ", "\n", "。" if row.lang == "zh" else ". "))).join(parts)


def taught(rows: list[Row], elsewhere: Elsewhere, dice: random.Random) -> Iterator[Lesson]:
    """What the answers to one question teach."""
    question, worth = rows[0].question, WORTH.get(rows[0].set, 1.0)
    points, name = points_of(question), subject(question)
    ours, lang = rows[0].set == "glossary", rows[0].lang
    unknown = ((UNKNOWN, UNKNOWN),) * len(points)

    def states(row: Row) -> tuple[tuple[float, float], ...]:
        if len(row.states) != len(points):
            return ((row.score, row.denies),) if len(points) == 1 else unknown
        return tuple((float(s == "H"), float(s == "C")) for s in row.states)

    told = [Told(row.answer, (row.score, row.denies), states(row)) for row in rows]
    nothing, all_made = ((0.0, 0.0),) * len(points), ((1.0, 0.0),) * len(points)
    for _ in range(2 if ours else dice.random() < 0.4):
        told.append(Told(elsewhere.neighbour(rows[0], dice), (0.0, 0.0), nothing))
    if ours:
        told.append(Told(elsewhere.idle(lang, dice), (0.0, 0.0), nothing))
        for row in (row for row in rows if dice.random() < PADDED):
            told.append(Told(with_idle(row, elsewhere, dice), (row.score, row.denies), states(row)))
    if dice.random() < 0.3 and name:
        told.append(Told(name, (0.0, 0.0), nothing))
    if dice.random() < 0.5:
        told.append(Told(question.reference, (1.0, 0.0), all_made))
    if len(points) > 1 and dice.random() < 0.4:
        told.append(some_of(points, lang, dice))
    if ours and dice.random() < 0.15:
        name = ""
    yield Lesson(Prepared(name, points), tuple(told), worth)
    if rows[0].states and len(points) > 1:
        # One point alone, as if it were all there is to say.
        number = dice.randrange(len(points))
        alone = tuple(
            Told(row.answer, s[number], (s[number],)) for row in rows if (s := states(row)) != unknown
        )
        if alone and dice.random() < 0.3:
            yield Lesson(Prepared(name, (points[number],)), alone, 0.6 * worth)


class Elsewhere:
    """Texts that answer no question at hand: other cards' answers, and talk of something else."""

    def __init__(self, rows: list[Row]) -> None:
        self._files: dict[str, list[Row]] = defaultdict(list)
        self._idle: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            self._files[row.file].append(row)
            if row.kind == "off_topic":
                self._idle["en" if row.lang == "en" else "zh"].append(row.answer)

    def neighbour(self, row: Row, dice: random.Random) -> str:
        """Another card's reference or answer, of the same file; of any length."""
        others = self._files[row.file]
        for _ in range(20):
            other = dice.choice(others)
            if other.group != row.group:
                return (
                    other.answer
                    if other.label == "correct" and dice.random() < 0.6
                    else other.question.reference
                )
        return ""

    def idle(self, lang: str, dice: random.Random, *, short: bool = False) -> str:
        """Talk of something else, whole or its first or last clause."""
        text = dice.choice(self._idle["en" if lang == "en" else "zh"] or ["…"])
        clauses = re.split(r"(?<=[，。！？；,.!?;])\s*", text)
        return dice.choice((clauses[0], clauses[-1] or clauses[0])) if short else text


def lessons(seed: int, without: tuple[str, ...]) -> list[Lesson]:
    """All that is learnt from, once through, but for the hands named."""
    dice = random.Random(seed)
    rows: list[Row] = [r for r in glossary() if not r.held and r.hand not in without]
    for name in PUBLIC:
        kept = [
            r for r in public(name) if not held_out(r) and not (name == "contradiction" and r.lang == "zh")
        ]
        dice.shuffle(kept)
        rows += kept[: MOST.get(name, len(kept))]
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    elsewhere = Elsewhere(rows)
    return [lesson for own in groups.values() for lesson in taught(own, elsewhere, dice)]
