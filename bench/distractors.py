"""What stands beside the right answer of a choice: `python -m bench.distractors [--near | --models] [--pairs]`.

Every card of the shipped notes, and of the real ones where they are, is asked with many dice. Printed for each: how
many different distractors came; the share from the card's own section, the share near in meaning (among the tenth of
all definitions that are nearest to the card's, by cosine of the embedding model), and the share of either; how many are
right answers or arguable by the list that was judged by hand, tests/quiz/judged.toml, and how many are not on it.

Without an option, distractors are chosen as they are while no model is ready; with --near by the embedding model, with
--models the cross-encoder has the last word besides, which takes minutes. What is near is measured by the embedding
model in all of them.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy

from studyllm import library
from studyllm.cards import Deck
from studyllm.cli.session import grader as make_grader
from studyllm.config import Settings, default_home, load_deck
from studyllm.embeddings import vectors
from studyllm.grading import Grader
from studyllm.notes.wording import paragraph
from studyllm.quiz.distractors import Distracting, Judge, Near, same_section, unknown
from studyllm.quiz.items import DEFINED
from studyllm.quiz.prepare import judge, nearness
from studyllm.store import Store, StudyCard
from studyllm.store.vectors import Vectors

ROOT = Path(__file__).parent.parent
REAL = ROOT.parent / "shared" / "data" / "notes" / "llm-notes.md"
JUDGED = ROOT / "tests" / "quiz" / "judged.toml"
DICE = 4
"""Times that each card is asked; the cross-encoder makes each of them slow."""
COUNT = 3
"""Distractors beside the right answer."""
NEAREST = 0.1
"""Share of the definitions that count as near."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Notes and their cards that have a meaning."""

    name: str
    cards: tuple[StudyCard, ...]


def shipped() -> Notes:
    return Notes("shipped", _cards(load_deck(ROOT / "decks" / "studyllm.toml")))


def real(path: Path = REAL) -> Notes:
    return Notes("real", _cards(Deck("real", notes=(path,))))


def _cards(deck: Deck) -> tuple[StudyCard, ...]:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "study.db") as store:
        library.bring_in(store, library.plan(store, deck), datetime.now(UTC))
        return tuple(card for card in store.cards() if card.card.kind in DEFINED)


def drawn(
    notes: Notes, near: Near = unknown, last: Judge | None = None, dice: int = DICE
) -> Iterator[tuple[StudyCard, list[StudyCard]]]:
    """Each card with every distractor that the dice gave it."""
    drawing = Distracting(notes.cards, near, last)
    for card in notes.cards:
        found: dict[int, StudyCard] = {}
        for seed in range(dice):
            found |= {other.id: other for other in drawing.of(card, COUNT, random.Random(seed))}
        yield card, list(found.values())


def judged(name: str) -> dict[tuple[str, str], str]:
    """Pairs of prompts that were judged "right", "arguable" or "wrong" as answers to each other."""
    lists = tomllib.loads(JUDGED.read_text("utf-8"))[name]
    found = {(one, two): "wrong" for one, others in lists["wrong"].items() for two in others}
    for verdict in ("arguable", "right"):
        found |= dict.fromkeys(map(tuple, lists[verdict]), verdict)
    return found


def pair(one: StudyCard, two: StudyCard) -> tuple[str, str]:
    """How a pair stands in the list."""
    first, second = sorted((one.card.prompt or one.card.term, two.card.prompt or two.card.term))
    return first, second


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of one set of notes; shares are 0-1."""

    total: int
    section: float
    near: float
    either: float
    said: Counter[str]
    """How many distractors were judged how."""
    without: int
    """Cards that have no distractor at all."""
    pairs: tuple[tuple[str, str, str], ...]
    """Prompt of the card, prompt of the distractor, and how the two were judged."""


def measured(
    notes: Notes, grader: Grader, kept: Vectors, *, by_near: bool, judging: bool, dice: int = DICE
) -> Figures:
    """Draws the distractors of every card and holds them against the judged list and the embedding model."""
    found = vectors([paragraph(card.card) for card in notes.cards], kept, grader)
    assert found is not None, "the embedding model is needed to tell what is near"
    cosines = found @ found.T
    places = {card.id: place for place, card in enumerate(notes.cards)}
    few = max(3, round(NEAREST * len(notes.cards)))
    nearest = numpy.argsort(-cosines, axis=1)[:, 1 : few + 1]
    known = judged(notes.name)
    pairs, section, near, without = [], [], [], 0
    near_by = nearness(notes.cards, kept, grader) if by_near else unknown
    for card, others in drawn(notes, near_by, judge(grader, kept) if judging else None, dice):
        without += not others
        for other in others:
            verdict = known.get(pair(card, other), "not judged")
            pairs.append((card.card.prompt, other.card.prompt, verdict))
            section.append(same_section(card, other))
            near.append(places[other.id] in nearest[places[card.id]])
    total = len(pairs)
    return Figures(
        total,
        sum(section) / total,
        sum(near) / total,
        sum(map(any, zip(section, near, strict=True))) / total,
        Counter(verdict for *_, verdict in pairs),
        without,
        tuple(pairs),
    )


def report(notes: Notes, figures: Figures, how: str) -> str:
    """The figures in a line."""
    said = figures.said
    return (
        f"{notes.name} notes, {how}: {len(notes.cards)} cards, "
        f"{figures.total} distractors; same section {figures.section:.0%}, near {figures.near:.0%}, "
        f"either {figures.either:.0%}; right answers {said['right']}, arguable {said['arguable']}, "
        f"not judged {said['not judged']}; cards without any {figures.without}"
    )


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--near", action="store_true", help="choose with the embedding model")
    how.add_argument("--models", action="store_true", help="and let the cross-encoder have the last word")
    parser.add_argument("--pairs", action="store_true", help="list every pair")
    parser.add_argument("--dice", type=int, default=DICE, metavar="N", help="times that each card is asked")
    parser.add_argument("--real", type=Path, default=REAL, metavar="FILE", help="the real notes")
    asked = parser.parse_args()
    home = default_home()
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home, language_model="off")
    grader, kept = make_grader(settings), Vectors(home / "vectors.db", settings.embedding_model)
    try:
        for notes in (shipped(), *([real(asked.real)] if asked.real.exists() else [])):
            figures = measured(
                notes,
                grader,
                kept,
                by_near=asked.near or asked.models,
                judging=asked.models,
                dice=asked.dice,
            )
            if asked.pairs:
                print(*map("\t".join, figures.pairs), sep="\n")
            said = "with models" if asked.models else "by nearness" if asked.near else "without models"
            print(report(notes, figures, said), flush=True)
    finally:
        grader.close()


if __name__ == "__main__":
    main()
