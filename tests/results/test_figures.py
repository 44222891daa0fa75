"""What rows come to."""

from collections.abc import Sequence

import pytest

from studyllm.results import figures as module
from studyllm.results.figures import Figures, QuestionFigures, figures
from studyllm.results.rows import Lost, Row, read
from studyllm.verdicts import Label, State
from tests.results.rows import points, row


def by_first_letter(texts: Sequence[str]) -> Sequence[int]:
    """Answers that begin alike are alike."""
    return [ord(text[0]) for text in texts]


def of(*rows: bytes) -> Figures:
    return figures(read(rows), by_first_letter)


def one(*rows: bytes) -> QuestionFigures:
    [question] = of(*rows).questions
    return question


# Lines


def test_a_row_that_grade_wrote_is_read() -> None:
    [found] = read([row("again, later", "partial", id=7, line=3)])
    assert isinstance(found, Row)
    assert (found.id, found.line, found.verdict, found.results[0].state) == (7, 3, Label.PARTIAL, State.HIT)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]\n",
        b"\xff\n",
        b"[" * 100_000,
        row("x", verdict="incorrect", score=7),
        row("x", points=[{"text": "x", "state": "lost"}]),
        row("x", points=[{"text": "x", "state": "hit"}] * 101),
        row("x", question=None),
        row("x", id=[1]),
    ],
)
def test_a_line_that_is_no_row_is_counted(line: bytes) -> None:
    assert list(read([line])) == [Lost(graded=False)]
    assert (of(line, row("fine")).strange, of(line, row("fine")).answers) == (1, 1)


def test_a_line_that_could_not_be_graded_is_counted_apart() -> None:
    found = of(b'{"id": 1, "line": 2, "error": "answer is missing."}\n', row("fine"))
    assert (found.errors, found.strange, found.answers) == (1, 0, 1)


# A question


def test_answers_belong_together_by_question_and_reference() -> None:
    found = of(row("a"), row("b", question="What else?"), row("c"), row("d", reference="Other words."))
    assert [each.answers for each in found.questions] == [2, 1, 1]


def test_how_verdicts_fall() -> None:
    found = one(
        row("a", "correct"),
        row("b", "partial", unsure=True, confidence=0.4),
        row("", reason="blank"),
        row("c"),
    )
    assert (found.labels[Label.CORRECT], found.labels[Label.PARTIAL], found.labels[Label.INCORRECT]) == (
        1,
        1,
        2,
    )
    assert (found.unsure, dict(found.silent)) == (1, {"blank": 1})
    assert found.score == pytest.approx(0.375)


def test_points_stand_by_how_often_they_lack_and_extras_last() -> None:
    extra = {"text": "a date", "state": "missed", "extra": True}
    found = one(
        row("a", points=[*points(first="hit", second="missed"), extra]),
        row("b", points=[*points(first="missed", second="contradicted"), extra]),
        row("", reason="blank", points=points(first="missed", second="missed")),
    )
    assert [(point.text, point.lacking) for point in found.points] == [
        ("second", 2),
        ("first", 1),
        ("a date", 2),
    ]


def test_wrong_answers_that_are_alike_stand_together_with_their_repeats() -> None:
    found = one(
        row("more memory", line=4),
        row("lonely"),
        row("More  memory!", line=9, id="ann"),
        row("much disk"),
        row("fine", "correct"),
    )
    [cluster] = found.clusters
    assert cluster.times == 3
    assert [(given.text, given.times) for given in cluster.examples] == [("more memory", 2), ("much disk", 1)]
    assert cluster.examples[0].where == ("4", "ann")
    assert found.alone == 1


@pytest.mark.parametrize(
    ("verdict", "states", "wrong"),
    [
        ("partial", points(a="hit", b="missed"), 0),
        ("partial", points(a="hit", b="contradicted"), 1),
        ("partial", points(a="unsure", b="missed"), 1),
        ("incorrect", points(a="missed"), 1),
        ("correct", points(a="hit", b="contradicted"), 0),
    ],
)
def test_what_is_only_short_of_something_is_not_wrong(
    verdict: str, states: list[dict[str, str]], wrong: int
) -> None:
    assert one(row("xyz", verdict, points=states)).alone == wrong


def test_what_one_look_settles_most_stands_first() -> None:
    doubts = [row("rare", unsure=True, confidence=0.1)] + [row("often", unsure=True, confidence=0.5)] * 4
    found = of(*doubts, row("sure"))
    assert [(doubt.given.text, doubt.given.times) for _question, doubt in found.doubtful(5)] == [
        ("often", 4),
        ("rare", 1),
    ]
    assert len(found.doubtful(1)) == 1


def test_of_a_question_only_so_many_answers_are_held_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    found = one(*(row(f"{number} wrong", unsure=True, confidence=0.2) for number in range(5)), row("0 wrong"))
    assert (found.answers, found.alone + sum(group.times for group in found.clusters)) == (6, 6)
    assert len(found.doubtful) == 3
