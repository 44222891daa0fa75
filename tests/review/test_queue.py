"""What a review does to the order of the day, and what is kept of it; schedules are tested where they are made."""

from datetime import timedelta

from studyllm.grading import Verdict, toggled
from studyllm.review.asking import hints, suggested
from studyllm.review.history import Answered, mistakes
from studyllm.review.judging import calibration, judge
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.statistics import statistics
from studyllm.store import JudgedPoint, Review, Store
from studyllm.verdicts import State
from tests.conftest import DAY, NOW, fill
from tests.graders import Says, judged


def _queue(store: Store) -> ReviewQueue:
    return ReviewQueue(store, DAY)


def _asked(queue: ReviewQueue) -> str:
    found = queue.next(NOW)
    return found[0].card.term if found else ""


def test_a_skipped_card_comes_back_after_the_others_and_nothing_is_recorded(store: Store) -> None:
    fill(store, "one", "two", "three")
    queue = _queue(store)
    first = queue.next(NOW)
    assert first is not None
    assert queue.skip(first[0])
    order = []
    while found := queue.next(NOW):
        order.append(found[0].card.term)
        assert found[1].all == 4 - len(order)
        queue.record(found[0], Grade.GOOD, NOW)
    assert order == ["two", "three", "one"]
    assert [e.event for e in store.journal.entries()] == ["import", "review", "review", "review"]


def test_what_was_skipped_stays_behind_when_other_cards_change(store: Store) -> None:
    fill(store, "one", "two", "three")
    queue = _queue(store)
    for _ in range(2):
        found = queue.next(NOW)
        assert found is not None
        queue.skip(found[0])
    store.bury(3, NOW.date(), NOW)
    queue.refresh()
    assert _asked(queue) == "one", "only skipped ones are left"
    assert queue.undo(NOW) is not None
    assert _asked(queue) == "three", "what was taken back comes first"


def test_the_only_card_cannot_be_skipped_but_stays(store: Store) -> None:
    fill(store, "one")
    queue = _queue(store)
    found = queue.next(NOW)
    assert found is not None
    assert not queue.skip(found[0])
    assert _asked(queue) == "one"


def test_a_repetition_can_be_skipped_too(store: Store) -> None:
    fill(store, "one", "two")
    queue = _queue(store)
    for _ in range(2):
        found = queue.next(NOW)
        assert found is not None
        queue.record(found[0], Grade.WRONG, NOW)
    found = queue.next(NOW)
    assert found is not None
    assert found[0].card.term == "one"
    assert queue.skip(found[0])
    assert _asked(queue) == "two"


def test_a_repetition_whose_grade_is_taken_back_is_asked_again_at_once(store: Store) -> None:
    fill(store, "one", "two", "three")
    queue = _queue(store)
    later = NOW + timedelta(minutes=11)
    for at, grade in ((NOW, Grade.WRONG), (NOW, Grade.GOOD), (later, Grade.WRONG)):
        found = queue.next(at)
        assert found is not None
        queue.record(found[0], grade, at)
        again = found[0].card.term
    assert again == "one", "repeated"
    assert queue.undo(later) is not None
    back = queue.next(later - timedelta(minutes=8))
    assert back is not None
    assert back[0].card.term == "one", "before the others, though its time has not come"
    queue.record(back[0], Grade.GOOD, later)
    following = queue.next(later)
    assert following is not None
    assert following[0].card.term == "three"


def test_what_was_taken_back_comes_once_and_in_its_own_deck(store: Store) -> None:
    fill(store, "one", "two")
    queue, tomorrow = _queue(store), NOW + timedelta(days=1)
    queue.record(store.card(1), Grade.WRONG, NOW)
    queue = _queue(store)
    queue.record(store.card(1), Grade.GOOD, tomorrow)
    queue.undo(tomorrow)
    back = queue.next(tomorrow)
    assert back is not None
    assert back[0].id == 1
    queue.skip(back[0])
    after = queue.next(tomorrow)
    assert after is not None
    assert (after[0].card.term, after[1].all) == ("two", 2)
    other = ReviewQueue(store, DAY, "another deck")
    queue.record(store.card(1), Grade.WRONG, tomorrow)
    queue.record(store.card(1), Grade.WRONG, tomorrow)
    other.undo(tomorrow)
    assert other.next(tomorrow) is None


def test_a_card_that_was_just_missed_waits_whatever_changes(store: Store) -> None:
    fill(store, "one", "two")
    queue = _queue(store)
    found = queue.next(NOW)
    assert found is not None
    queue.record(found[0], Grade.WRONG, NOW)
    queue.refresh(found[0].id)
    assert _asked(queue) == "two"


def test_hints_stand_in_the_log(store: Store) -> None:
    fill(store, "one")
    queue = _queue(store)
    found = queue.next(NOW)
    assert found is not None
    queue.record(found[0], Grade.GOOD, NOW, hints=2)
    *_, entry = store.journal.entries()
    assert entry.review is not None
    assert entry.review.detail.hints == 2


# What is kept of a verdict, and what the learner made of it


def _kept(store: Store) -> Review:
    reviews = [entry.review for entry in store.journal.entries() if entry.review]
    assert reviews[-1] is not None
    return reviews[-1]


def _graded(store: Store, verdict: Verdict, grade: Grade, hints: int = 0) -> None:
    _queue(store).record(store.card(1), grade, NOW, answer="an answer", verdict=verdict, hints=hints)


def test_who_takes_good_for_a_card_that_was_just_missed_overrules_nothing(store: Store) -> None:
    sure = judged(State.HIT, score=0.9, sure=True)
    fill(store, "residual")
    _queue(store).record(store.card(1), Grade.WRONG, NOW)
    _graded(store, sure, Grade.GOOD)
    assert _kept(store).suggested == Grade.GOOD
    assert [(one.raised, one.lowered) for one in statistics(store, DAY, NOW).overruled] == [(0, 0)]


def test_in_doubt_no_grade_is_suggested(store: Store) -> None:
    unsure, sure = judged(State.HIT, score=0.9), judged(State.HIT, score=0.9, sure=True)
    assert suggested(unsure, Grade.PERFECT) is None
    assert suggested(None, Grade.PERFECT) is None
    assert suggested(sure, Grade.PERFECT) is Grade.PERFECT
    assert suggested(sure, Grade.GOOD) is Grade.GOOD
    fill(store, "residual")
    _graded(store, unsure, Grade.WRONG)
    assert (_kept(store).score, _kept(store).verdict, _kept(store).suggested) == (0.9, "correct", None)
    assert calibration(store).overruled == 0, "what was in doubt was not overruled"
    assert not Answered(store.card(1), Grade.WRONG, "", unsure).overruled
    assert Answered(store.card(1), Grade.WRONG, "", sure).overruled


def test_what_was_just_missed_is_not_suggested_to_be_easy(store: Store) -> None:
    sure = judged(State.HIT, score=0.9, sure=True)
    fill(store, "one")
    for day, grade, best in ((0, Grade.WRONG, Grade.GOOD), (1, Grade.GOOD, Grade.PERFECT)):
        _queue(store).record(store.card(1), grade, NOW + timedelta(days=day))
        assert suggested(sure, Grade.PERFECT, store.card(1)) is best


def test_a_doubt_that_the_learner_resolved_is_gone_when_the_same_answer_comes_again(store: Store) -> None:
    fill(store, "residual")
    unsure = judged(State.HIT, score=0.9)
    _graded(store, unsure, Grade(unsure.grade))
    again = judge(store, Says(unsure), store.card(1), "an answer")
    assert (again.suggested, again.score) == (5, 0.9)
    _graded(store, again, Grade(again.grade))
    assert judge(store, Says(unsure), store.card(1), "an answer").suggested == 5


def test_what_was_sure_and_taken_once_is_not_in_doubt_when_it_comes_again(store: Store) -> None:
    fill(store, "residual")
    sure, unsure = judged(State.HIT, score=0.9, sure=True), judged(State.UNSURE, score=0.9)
    _graded(store, sure, Grade.PERFECT)
    assert judge(store, Says(unsure), store.card(1), "an answer").suggested == 5
    assert judge(store, Says(sure), store.card(1), "an answer") == sure
    assert judge(store, Says(unsure), store.card(1), "another answer").suggested is None


def test_the_log_has_what_the_grader_said_of_each_point_and_what_the_learner_made_of_it(store: Store) -> None:
    fill(store, "residual")
    verdict = judged(State.HIT, State.MISSED, State.UNSURE, State.MISSED, score=0.3, sure=True, extra=(3,))
    own = toggled(toggled(verdict, 1), 2)
    _graded(store, own, Grade.PERFECT)
    kept = _kept(store)
    assert (kept.chosen, kept.score, kept.verdict, kept.suggested) == (5, 0.3, "partial", 2)
    assert kept.detail.points == (
        JudgedPoint("point 0", State.HIT),
        JudgedPoint("point 1", State.MISSED, own=State.HIT),
        JudgedPoint("point 2", State.UNSURE, own=State.HIT),
        JudgedPoint("point 3", State.MISSED, extra=True),
    )
    assert kept.detail.confidence == 0.96
    assert kept.detail.unmoved is None


def test_what_was_missed_is_counted_as_the_learner_has_it(store: Store) -> None:
    fill(store, "residual")
    states = (State.HIT, State.MISSED, State.CONTRADICTED, State.UNSURE, State.MISSED)
    own = toggled(toggled(judged(*states, score=0.3, sure=True, extra=(4,)), 0), 1)
    _graded(store, own, Grade.WRONG)
    missed = ("point 0", "point 2")
    (mistake,) = mistakes(store, 1)
    assert mistake.missed == missed
    assert sorted(Answered(store.card(1), Grade.WRONG, "", own).missed) == sorted(missed)
    found = statistics(store, _queue(store).day, NOW + timedelta(hours=1))
    assert sorted(one.point for one in found.missed) == sorted(missed)


def test_the_same_answer_has_its_points_as_the_learner_left_them(store: Store) -> None:
    fill(store, "residual")
    verdict = judged(State.HIT, State.MISSED, score=0.3, sure=True)
    _graded(store, toggled(verdict, 1), Grade.PERFECT)
    for _ in range(2):
        again = judge(store, Says(verdict), store.card(1), "An answer.")
        assert [point.state for point in again.points] == [State.HIT, State.HIT]
        assert (again.suggested, again.before) == (5, verdict)
        _graded(store, again, Grade.PERFECT)
    assert _kept(store).score == 0.3
    other = judge(store, Says(verdict), store.card(1), "another answer")
    assert other == verdict


def test_a_grade_of_ones_own_comes_back_beside_the_points(store: Store) -> None:
    fill(store, "residual")
    verdict = judged(State.HIT, State.MISSED, score=0.3, sure=True)
    _graded(store, toggled(verdict, 1), Grade.HARD)
    again = judge(store, Says(verdict), store.card(1), "an answer")
    assert [point.state for point in again.points] == [State.HIT, State.HIT]
    assert again.suggested == 3
    _graded(store, toggled(verdict, 1), Grade.GOOD, hints=1)
    assert judge(store, Says(verdict), store.card(1), "an answer").suggested == 5, "a hint capped it"


def test_hints_are_of_the_points_that_an_answer_has_to_make(store: Store) -> None:
    fill(store, "residual")
    store.set_points(store.card(1), ["+ in 2015", "is added", "to the output"], NOW)
    assert hints(store.card(1)) == ("added",)
    store.set_points(store.card(1), ["is the movement of water through a membrane", "+ in 2015"], NOW)
    assert hints(store.card(1)) == ("the movement…", "the movement of water through…")
    store.set_points(store.card(1), ["osmosis"], NOW)
    assert hints(store.card(1)) == ("o…",)
    store.set_points(store.card(1), ["渗透"], NOW)
    assert hints(store.card(1)) == ()
