"""The language model reads along while an answer is typed, and is spoken with beside its reading."""

from collections.abc import Sequence

import numpy as np
import pytest

from studyllm.grading import Question
from studyllm.grading.reader import Reader
from studyllm.grading.scoring import filled
from studyllm.grading.tutor import Tutor

pytestmark = pytest.mark.models
HEAP = Question("堆", "一种完全二叉树，每个结点不小于它的孩子，所以根总是最大的。", term="堆")
ASKED = filled(HEAP)
ANSWER = "一棵完全二叉树，每个结点都比它的孩子小"


@pytest.fixture(scope="module")
def reader() -> Reader:
    from studyllm.models import find, path

    chosen = path(find("default"))
    if chosen is None:
        pytest.skip("the language model is not on this machine: `studyllm models pull` fetches it")
    return Reader(chosen, threads=2)


@pytest.fixture
def evaluated(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many tokens each evaluation had."""
    counts: list[int] = []
    evaluate = reader.llama._evaluated

    def counted(rows: Sequence[tuple[int, int, list[int]]], wanted: Sequence[int]) -> None:
        counts.append(len(rows))
        evaluate(rows, wanted)

    monkeypatch.setattr(reader.llama, "_evaluated", counted)
    return counts


def test_what_was_typed_before_is_not_evaluated_again(reader: Reader, evaluated: list[int]) -> None:
    def left(*drafts: str) -> int:
        """Tokens evaluated for a reading after these drafts."""
        reader.prepare(ASKED)
        for draft in drafts:
            reader.draft(ASKED, draft)
        evaluated.clear()
        reader.read(ASKED, ANSWER)
        return sum(evaluated)

    alone = left("别的想法")
    assert left("一棵", "一棵完全二叉树，每个", ANSWER[:-3]) == pytest.approx(alone - 12, abs=6)
    assert len(evaluated) == 1, "the rest is one evaluation"
    assert left("别的想法") == alone, "another beginning is read anew"


def test_a_reading_is_the_same_whatever_was_read_and_said_before(reader: Reader) -> None:
    reader.forget()
    alone = reader.read(ASKED, ANSWER)
    said = "".join(Tutor(reader).explain(ASKED, ANSWER, 2, wrong=True))
    assert said
    reader.draft(ASKED, ANSWER[:-4])
    again = reader.read(ASKED, ANSWER)
    assert alone is not None
    assert again is not None
    assert len(again.points) == len(ASKED.points)
    assert (
        np.abs(np.array([again.whole, *again.points]) - np.array([alone.whole, *alone.points])).max() < 0.05
    )


def test_what_is_said_is_said_without_the_adapter(reader: Reader) -> None:
    reader.forget()
    tutor = Tutor(reader)
    alone = "".join(tutor.explain(ASKED, ANSWER, 2, wrong=True))
    reader.forget()
    reader.draft(ASKED, ANSWER)
    reader.read(ASKED, ANSWER)
    assert reader.prepare_speech(ASKED)
    again = "".join(tutor.explain(ASKED, ANSWER, 2, wrong=True))
    assert alike(again, alone)


def alike(one: str, other: str) -> bool:
    """Whether two texts begin alike: sums in another order can turn one near choice round, and what comes after it."""
    return one[: len(other) // 2] == other[: len(other) // 2]


def test_an_answer_can_be_read_while_something_is_said(reader: Reader) -> None:
    tutor = Tutor(reader)
    whole = "".join(tutor.explain(ASKED, ANSWER, 2, wrong=True))
    words = tutor.explain(ASKED, ANSWER, 2, wrong=True)
    pieces = [next(words)]
    reader.read(ASKED, "根最大")
    assert alike("".join([*pieces, *words]), whole)
