"""Label, score and grade agree, whatever comes in."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyllm.cards import Kind
from studyllm.grading import Question, TextGrader, Verdict, grade_of, label_of, toggled
from studyllm.grading.explain import composed
from studyllm.grading.scoring import combine, points_of, weights
from studyllm.grading.signals import Signals
from studyllm.grading.verdict import in_keeping, verdict
from studyllm.verdicts import Label, PointResult, State
from tests.graders import judged

TEXT = st.text(max_size=120) | st.text(alphabet="不的是缓存数据，。 abc12\n、；", max_size=80)
COSINE = st.floats(0, 1)
LOGIT = st.floats(-30, 30)


def coherent(found: Verdict) -> bool:
    if found.label is Label.CORRECT:
        agrees = found.grade >= 4
    elif found.label is Label.PARTIAL:
        agrees = found.grade in (2, 3)
    else:
        agrees = found.grade <= 1
    return agrees and 0 <= found.score <= 1 and 0 <= found.confidence <= 1


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True))
def test_any_score_gives_a_coherent_verdict(score: float, confidence: float) -> None:
    assert coherent(verdict(score, confidence=confidence))


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_is_never_less(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert grade_of(low) <= grade_of(high)


def test_an_incoherent_verdict_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="incoherent"):
        replace(verdict(0.9, confidence=1.0), grade=1)
    with pytest.raises(ValueError, match="incoherent"):
        Verdict(Label.CORRECT, 0.1, 5)


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT, TEXT, TEXT, st.sampled_from(Kind))
def test_any_text_gets_a_coherent_verdict(
    asked: str, reference: str, term: str, answer: str, kind: Kind
) -> None:
    question = Question(asked, reference, term=term, kind=kind)
    found = TextGrader().grade(question, answer)
    assert coherent(found)
    assert len(found.points) == len(points_of(question))
    assert "".join(TextGrader().explain(question, answer, found)) is not None


@settings(max_examples=150, deadline=None)
@given(st.data(), TEXT.filter(str.strip), TEXT)
def test_any_signals_give_a_coherent_verdict(data: st.DataObject, reference: str, answer: str) -> None:
    question = Question("", reference)
    count = len(points_of(question))
    many = st.lists(COSINE, min_size=count, max_size=count).map(tuple)
    logits = st.lists(LOGIT, min_size=count, max_size=count).map(tuple)
    seen = Signals(
        whole=data.draw(st.none() | COSINE),
        points=data.draw(many),
        says=data.draw(st.none() | LOGIT),
        denies=data.draw(LOGIT),
        said=data.draw(logits),
        denied=data.draw(logits),
    )
    found = combine(question, answer, seen)
    assert coherent(found)
    made = [point.state for point in found.points]
    if found.label is Label.CORRECT:
        assert State.HIT in made
    if found.label is Label.INCORRECT:
        assert set(made) != {State.HIT}


def test_weights_are_there_for_every_degree_of_help() -> None:
    for whole, says in ((None, None), (0.9, None), (0.9, 1.0)):
        assert Signals(whole=whole, says=says).degree in weights()


def test_labels_meet_without_gaps() -> None:
    assert [label_of(i / 100) for i in range(101)] == sorted(
        (label_of(i / 100) for i in range(101)), key=["incorrect", "partial", "correct"].index
    )


# What the learner says of the points


def test_a_point_that_was_said_after_all_makes_the_answer_correct_and_the_verdict_sure() -> None:
    first = judged(State.HIT, State.UNSURE)
    assert (first.unsure, first.suggested) == (True, None)
    after = toggled(first, 1)
    assert [point.state for point in after.points] == [State.HIT, State.HIT]
    assert (after.label, after.suggested) == (Label.CORRECT, 5)
    assert after.before is first
    assert toggled(toggled(after, 0), 1).label is Label.INCORRECT


def test_what_is_toggled_back_is_as_the_grader_had_it() -> None:
    first = judged(State.CONTRADICTED, State.MISSED, State.HIT)
    for number in range(3):
        assert toggled(toggled(first, number), number) is first
    unsure = judged(State.UNSURE, State.HIT)
    assert toggled(toggled(unsure, 0), 0).points[0].state is State.MISSED, "the learner has decided by then"


def test_the_only_point_of_a_partly_correct_answer_was_said_in_part() -> None:
    points = in_keeping(
        (PointResult("needs ATP and a carrier protein", State.HIT, "costs ATP"),), Label.PARTIAL
    )
    assert points == (PointResult("needs ATP and a carrier protein", State.PARTLY, "costs ATP"),)
    first = verdict(0.5, points, confidence=0.6)
    assert toggled(first, 0).label is Label.CORRECT
    assert toggled(toggled(first, 0), 0) is first


@pytest.mark.parametrize(
    ("label", "confidence", "states"),
    [
        (Label.INCORRECT, 0.9, [State.MISSED, State.CONTRADICTED]),
        (Label.INCORRECT, 0.7, [State.UNSURE, State.CONTRADICTED]),
        (Label.CORRECT, 0.9, [State.HIT, State.HIT]),
        (Label.CORRECT, 0.7, [State.HIT, State.UNSURE]),
        (Label.PARTIAL, 0.9, [State.UNSURE, State.UNSURE]),
    ],
)
def test_beside_a_verdict_that_is_sure_of_the_whole_no_point_is_in_doubt(
    label: Label, confidence: float, states: list[State]
) -> None:
    other = {Label.INCORRECT: State.CONTRADICTED, Label.CORRECT: State.UNSURE}.get(label, State.UNSURE)
    first = State.HIT if label is Label.CORRECT else State.UNSURE
    points = PointResult("keeps the yarn tight", first), PointResult("stands at the back", other)
    assert [point.state for point in in_keeping(points, label, confidence)] == states


def test_the_only_point_of_a_surely_wrong_answer_is_told_as_the_note_has_it() -> None:
    asked = Question("What does the beater do?", "presses the weft home", term="beater")
    points = in_keeping(
        (PointResult("presses the weft home", State.HIT, "weft home"),), Label.INCORRECT, 0.95
    )
    found = verdict(0.1, points, confidence=0.95)
    assert composed(asked, found) == "The note says: presses the weft home."


def test_no_grade_that_counts_as_recalled_is_suggested_over_a_contradicted_point() -> None:
    said = [PointResult(text, State.HIT) for text in ("rank correlation", "monotonic")]
    for last, grade in ((State.MISSED, 3), (State.UNSURE, 3), (State.CONTRADICTED, 2)):
        assert verdict(0.55, (*said, PointResult("robust", last)), confidence=0.95).suggested == grade


def test_an_extra_point_does_not_fail_an_answer() -> None:
    first = judged(State.MISSED, State.MISSED, extra=(1,))
    assert toggled(first, 0).label is Label.CORRECT
    assert toggled(first, 1).label is Label.INCORRECT


@pytest.mark.parametrize(
    ("answer", "grade"),
    [("", 0), ("   ", 0), ("忘了", 0), ("asdf qwer zxcv", 0), ("一种蔬菜", 1), ("晶格振动的总能量", 1)],
)
def test_only_an_answer_without_content_is_suggested_a_blank(answer: str, grade: int) -> None:
    found = TextGrader().grade(
        Question("声子是什么？", "晶格集体激发的量子，服从玻色统计", term="声子"), answer
    )
    assert (found.label, found.grade) == (Label.INCORRECT, grade)


@pytest.mark.parametrize(("named", "grade"), [(1, 2), (2, 2), (3, 3), (4, 5)])
def test_half_of_a_list_is_not_recalled(named: int, grade: int) -> None:
    items = ("物理层", "链路层", "网络层", "传输层")
    question = Question("四层是哪些？", "、".join(items), points=items, kind=Kind.LIST)
    assert TextGrader().grade(question, "、".join(items[:named])).grade == grade


def test_the_only_point_said_in_part_is_not_recalled() -> None:
    assert grade_of(0.54, (PointResult("a root that stores food", State.PARTLY),)) == 2
