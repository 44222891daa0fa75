"""A learner's overrides move the scores, a little, and can be seen through."""

from hypothesis import given, settings
from hypothesis import strategies as st

from studyllm.grading import (
    Calibration,
    Label,
    Opinion,
    PointResult,
    State,
    grade_of,
    learn,
    settled,
    verdict,
)
from studyllm.grading.calibration import ENOUGH

LENIENT = [Opinion(0.45, 0.45, 2, 4)] * 30
OPINIONS = st.lists(
    st.builds(Opinion, st.floats(0, 1), st.floats(0, 1), st.integers(0, 5), st.integers(0, 5)), max_size=60
)


def test_few_overrides_move_nothing() -> None:
    assert learn(LENIENT[: ENOUGH - 1]).shift == 0.0
    assert learn([Opinion(0.9, 0.9, 5, 5)] * 100) == Calibration(0.0, 100, 0)


def test_a_lenient_learner_raises_scores_and_a_strict_one_lowers_them() -> None:
    assert learn(LENIENT).moved(0.5) > 0.55
    assert learn([Opinion(0.9, 0.9, 5, 1)] * 30).moved(0.9) < 0.85


def test_agreement_holds_the_scores_where_they_are() -> None:
    assert abs(learn([*[Opinion(0.45, 0.45, 2, 4)] * 6, *[Opinion(0.45, 0.45, 2, 2)] * 90]).shift) < 0.4


def test_agreeing_with_a_moved_score_holds_it_where_it_is() -> None:
    first = learn(LENIENT)
    content = [Opinion(0.45, first.moved(0.45), 4, 4)] * 100
    assert abs(learn([*LENIENT, *content]).moved(0.45) - first.moved(0.45)) < 0.05


def test_points_follow_a_moved_label() -> None:
    points = (PointResult("a", State.CONTRADICTED, "b"), PointResult("c", State.MISSED))
    raised = settled(verdict(0.1, points, confidence=0.9), 5)
    assert [p.state for p in raised.points] == [State.HIT, State.MISSED]
    hits = (PointResult("a", State.HIT), PointResult("c", State.HIT))
    assert State.MISSED in [p.state for p in settled(verdict(0.9, hits, confidence=0.9), 0).points]


@settings(deadline=None)
@given(OPINIONS, st.floats(0, 1), st.floats(0, 1))
def test_scores_keep_their_order_and_range(opinions: list[Opinion], a: float, b: float) -> None:
    found = learn(opinions)
    low, high = sorted((a, b))
    assert 0.0 <= found.moved(low) <= found.moved(high) <= 1.0


def test_what_a_gate_stopped_is_not_moved() -> None:
    stopped = verdict(0.0, confidence=1.0, reason="blank")
    assert learn(LENIENT).apply(stopped) is stopped
    moved = learn(LENIENT).apply(verdict(0.5, confidence=0.6))
    assert moved.score > 0.5
    assert moved.unmoved == 0.5
    assert "your grades" in moved.by


def test_the_same_answer_gets_the_grade_it_was_given() -> None:
    given_before = settled(verdict(0.45, confidence=0.5), 5)
    assert (given_before.grade, given_before.label) == (5, Label.CORRECT)
    assert grade_of(given_before.score) == 5
    assert settled(verdict(0.95, confidence=0.9), 5).unmoved is None
