"""Distractors of the shipped and the real notes, against the pairs that were judged by hand (judged.toml)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.distractors import Notes, drawn, judged, measured, pair, real, shipped
from studyllm.grading import Buffered, ModelGrader, Question
from studyllm.models import find, path
from studyllm.quiz.distractors import same_section
from studyllm.store.vectors import Vectors
from tests.conftest import SHARED

REAL = SHARED / "notes" / "llm-notes.md"
ARGUABLE = 0.05
"""The share of distractors whose definition can be said of the card as well, though it is plainly not what is asked."""


def notes(name: str) -> Notes:
    if name == "shipped":
        return shipped()
    if not REAL.exists():
        pytest.skip("the real notes are not here")
    return real(REAL)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "section"), [("shipped", 0.8), ("real", 0.74)])
def test_none_is_a_right_answer_and_most_are_from_the_section(name: str, section: float) -> None:
    found = notes(name)
    known = judged(name)
    pairs = [(card, other) for card, others in drawn(found) for other in others]
    said = [known.get(pair(card, other), "not judged") for card, other in pairs]
    assert said.count("right") == 0
    assert said.count("not judged") == 0
    assert said.count("arguable") <= ARGUABLE * len(said)
    assert sum(same_section(card, other) for card, other in pairs) >= section * len(pairs)
    assert len({card.id for card, _ in pairs}) == len(found.cards)


@pytest.fixture(scope="module")
def grader() -> Iterator[ModelGrader]:
    embedding = path(find("e5-small"))
    if embedding is None:
        pytest.skip("the embedding model is not on this machine: `studyllm models pull` fetches it")
    made = ModelGrader(embedding, None)
    yield made
    made.close()


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.parametrize("name", ["shipped", "real"])
def test_by_nearness_none_is_a_right_answer_and_most_are_near(
    name: str, grader: ModelGrader, tmp_path: Path
) -> None:
    kept = Vectors(tmp_path / "vectors.db", "e5-small")
    figures = measured(notes(name), grader, kept, by_near=True, judging=False)
    assert (figures.said["right"], figures.said["not judged"], figures.without) == (0, 0, 0)
    assert figures.said["arguable"] <= ARGUABLE * figures.total
    assert figures.either >= 0.8


@pytest.mark.models
@pytest.mark.slow
def test_a_glance_sees_what_a_verdict_without_a_language_model_sees(grader: ModelGrader) -> None:
    asked = Question("间隔重复", "把复习分散到越来越长的间隔里")
    for answer in ("把复习拉开，间隔一次比一次长", "一次学完不再看", ""):
        glanced, graded = Buffered(grader).glance(asked, answer), grader.grade(asked, answer)
        assert (glanced.label, glanced.by) == (graded.label, graded.by)
        assert glanced.score == pytest.approx(graded.score, abs=0.02)
