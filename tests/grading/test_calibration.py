"""What a learner overrules is doubted from then on, and nothing else moves."""

from hypothesis import given, settings
from hypothesis import strategies as st

from studyllm.grading import Calibration, Opinion, grade_of, learn, settled
from studyllm.grading.calibration import ENOUGH
from studyllm.grading.verdict import SURE, verdict
from studyllm.verdicts import Label, PointResult, State

AGREED = Opinion(Label.CORRECT, 0.96, 5)
OVERRULED = Opinion(Label.CORRECT, 0.96, 1)
OPINIONS = st.lists(
    st.builds(
        Opinion,
        st.sampled_from(Label),
        st.floats(0, 1),
        st.integers(0, 5),
        st.lists(st.tuples(st.sampled_from(State), st.sampled_from(State)), max_size=4).map(tuple),
    ),
    max_size=60,
)


def test_few_overrides_change_nothing() -> None:
    assert learn([OVERRULED] * (ENOUGH - 1)).needed == SURE
    assert learn([AGREED] * 100) == Calibration(answers=100)


def test_sure_verdicts_that_are_overruled_make_the_next_ones_unsure() -> None:
    found = learn([AGREED] * 10 + [OVERRULED] * 6)
    assert found.needed > 0.96
    assert found.apply(verdict(0.9, confidence=0.96)).unsure
    assert not found.apply(verdict(0.9, confidence=1.0)).unsure


def test_verdicts_in_doubt_teach_nothing_about_sure_ones() -> None:
    assert learn([Opinion(Label.PARTIAL, 0.6, 5)] * 30).needed == SURE


def test_a_state_that_the_learner_turns_round_again_and_again_is_shown_as_doubt() -> None:
    turned = Opinion(Label.PARTIAL, 0.6, 3, ((State.MISSED, State.HIT), (State.HIT, State.HIT)))
    found = learn([turned] * 8)
    assert found.doubted == {State.MISSED}
    points = (PointResult("a", State.MISSED), PointResult("b", State.HIT, "b"))
    shown = found.apply(verdict(0.5, points, confidence=0.6))
    assert [p.state for p in shown.points] == [State.UNSURE, State.HIT]
    assert shown.score == 0.5


def test_what_a_gate_stopped_stays_as_it_is() -> None:
    stopped = verdict(0.0, confidence=1.0, reason="blank")
    assert learn([OVERRULED] * 30).apply(stopped) is stopped


@settings(deadline=None)
@given(OPINIONS, st.floats(0, 1), st.floats(0, 1))
def test_doubt_only_grows_and_scores_stay(opinions: list[Opinion], score: float, confidence: float) -> None:
    shown = verdict(score, confidence=confidence)
    found = learn(opinions).apply(shown)
    assert found.score == shown.score
    assert found.confidence <= shown.confidence


def test_the_same_answer_gets_the_grade_it_was_given() -> None:
    given_before = settled(verdict(0.45, confidence=0.5), 5)
    assert (given_before.grade, given_before.label) == (5, Label.CORRECT)
    assert grade_of(given_before.score) == 5
    assert not given_before.unsure
    assert settled(verdict(0.95, confidence=0.95), 5).unmoved is None


def test_points_that_speak_against_the_learners_grade_are_shown_as_doubt() -> None:
    points = (PointResult("a", State.CONTRADICTED, "b"), PointResult("c", State.MISSED))
    raised = settled(verdict(0.1, points, confidence=0.9), 5)
    assert [p.state for p in raised.points] == [State.HIT, State.UNSURE]
    hits = (PointResult("a", State.HIT), PointResult("c", State.HIT))
    assert State.HIT not in [p.state for p in settled(verdict(0.9, hits, confidence=0.9), 0).points]


@settings(deadline=None)
@given(st.floats(0, 1), st.lists(st.sampled_from(State), min_size=1, max_size=4), st.floats(0, 1))
def test_what_was_recalled_with_effort_is_never_made_less_than_it_was(
    score: float, states: list[State], confidence: float
) -> None:
    shown = verdict(
        score, tuple(PointResult(str(n), state) for n, state in enumerate(states)), confidence=confidence
    )
    again = settled(shown, 3)
    assert again.grade == 3
    wrong = State.CONTRADICTED in [point.state for point in shown.points]
    partly = shown.label is Label.PARTIAL or (shown.label is Label.INCORRECT and wrong)
    assert again.label is (Label.PARTIAL if partly else Label.CORRECT)
    if again is not shown and not partly:
        assert State.CONTRADICTED not in [point.state for point in again.points]


def test_what_was_wrong_in_an_answer_recalled_with_effort_is_still_said() -> None:
    points = (
        PointResult("the treaty", State.HIT, "the treaty"),
        PointResult("200 million", State.CONTRADICTED, "450"),
    )
    again = settled(verdict(0.2, points, confidence=0.5), 3)
    assert (again.label, again.suggested) == (Label.PARTIAL, 3)
    assert [point.state for point in again.points] == [State.HIT, State.CONTRADICTED]


def test_a_right_answer_that_took_effort_keeps_all_its_points() -> None:
    points = (PointResult("offer", State.HIT, "offer"), PointResult("acceptance", State.HIT, "acceptance"))
    again = settled(verdict(0.9, points, confidence=0.66), 3)
    assert (again.label, again.suggested, again.points, again.unmoved) == (Label.CORRECT, 3, points, None)


def test_three_for_a_correct_answer_overrules_nothing() -> None:
    assert not Opinion(Label.CORRECT, 0.96, 3).overrules
    assert Opinion(Label.CORRECT, 0.96, 2).overrules
