"""The language model reads along while an answer is typed."""

import pytest

from studyllm.grading import Question, points_of
from studyllm.grading.wire import question_from, question_message

pytestmark = pytest.mark.models
HEAP = Question("堆", "一种完全二叉树，每个结点不小于它的孩子，所以根总是最大的。", term="堆")
ANSWER = "一棵完全二叉树，每个结点都比它的孩子小"


@pytest.fixture(scope="module")
def tutor() -> object:
    from studyllm.grading.tutor import Tutor
    from studyllm.models import find, path

    chosen = path(find("default"))
    if chosen is None:
        pytest.skip("the language model is not on this machine: `studyllm models pull` fetches it")
    return Tutor(chosen, threads=2)


def test_what_was_typed_before_is_not_evaluated_again(tutor, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    question = question_from(question_message(HEAP, points_of(HEAP), "zh"))
    evaluated: list[int] = []
    decode = tutor._llama._decode

    def counted(rows: list[object], wanted: list[int]) -> None:
        evaluated.append(len(rows))
        decode(rows, wanted)

    monkeypatch.setattr(tutor._llama, "_decode", counted)

    def first_words(*drafts: str) -> tuple[int, str]:
        """Tokens evaluated before the first word after these drafts, and all that is said."""
        tutor.prepare(question)
        for draft in drafts:
            tutor.draft(question, draft)
        evaluated.clear()
        said = tutor.explain(question, ANSWER, 2, wrong=True)
        first = next(said)
        return sum(evaluated), first + "".join(said)

    alone, words = first_words()
    assert words
    assert first_words("一棵", "一棵完全二叉树，每个", ANSWER[:-3]) == (
        pytest.approx(alone - 12, abs=6),
        words,
    )
    assert first_words("别的想法") == (alone, words), "another beginning is read anew"
