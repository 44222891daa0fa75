"""FSRS against the `fsrs` package driven directly: its published sequences, and any sequence of grades."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyllm.schedule import Algorithm, Day, Grade, Learned, New, Progress, Scheduling, Stage, review
from studyllm.schedule.compare import recall, replay

NOW = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
DAY = Day(UTC, rollover=4)
FSRS = Scheduling(algorithm=Algorithm.FSRS)
AGAIN, HARD, GOOD, EASY = Grade.WRONG, Grade.HARD, Grade.GOOD, Grade.PERFECT
LIKED = [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5
"""The sequence of the package's own test_review_card."""
OTHER_WEIGHTS = (
    *(0.1456, 0.4186, 1.1104, 4.1315, 5.2417, 1.3098, 0.8975, 0.0010, 1.5674, 0.0567, 0.9661, 2.0275),
    *(0.1592, 0.2446, 1.5071, 0.2272, 2.8755, 1.234, 0.56789, 0.1437, 0.2),
)
"""The weights of the package's own test_custom_scheduler_args."""
STATES = {
    Stage.LEARNING: fsrs.State.Learning,
    Stage.KNOWN: fsrs.State.Review,
    Stage.RELEARNING: fsrs.State.Relearning,
}


def rating(grade: Grade) -> fsrs.Rating:
    """What the package calls a grade."""
    if not grade.recalled:
        return fsrs.Rating.Again
    return {
        Grade.HARD: fsrs.Rating.Hard,
        Grade.GOOD: fsrs.Rating.Good,
        Grade.PERFECT: fsrs.Rating.Easy,
    }[grade]


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def next_time(progress: Learned, day: Day = DAY) -> datetime:
    """When a card wants to be asked: after its step, or as soon as its study day begins."""
    return progress.again or day.start(progress.due)


def path(grades: Iterable[Grade], scheduling: Scheduling = FSRS, day: Day = DAY) -> list[Learned]:
    """The progress after each review, each review when it is due."""
    progress: Progress = New()
    now, found = NOW, []
    for grade in grades:
        progress = review(progress, grade, now, day, scheduling)
        found.append(progress)
        now = next_time(progress, day)
    return found


def intervals(grades: Iterable[Grade], scheduling: Scheduling = FSRS) -> list[int]:
    return [progress.interval for progress in path(grades, scheduling)]


def direct(grades: Iterable[Grade], scheduler: fsrs.Scheduler) -> list[int]:
    """The intervals of the package alone, each review at the moment it is due."""
    card, now, found = fsrs.Card(card_id=1), NOW, []
    for grade in grades:
        card, _ = scheduler.review_card(card, rating(grade), now)
        found.append((card.due - now).days)
        now = card.due
    return found


def test_the_published_sequence_gives_the_published_intervals() -> None:
    assert intervals(LIKED) == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_the_published_sequence_is_that_of_the_installed_package() -> None:
    assert intervals(LIKED) == direct(LIKED, fsrs.Scheduler(enable_fuzzing=False))


def test_the_published_memory_after_six_reviews() -> None:
    progress: Progress = New()
    now = NOW
    for grade, days in zip([AGAIN] + [GOOD] * 5, [0, 0, 1, 3, 8, 21], strict=True):
        now += timedelta(days=days)
        progress = review(progress, grade, now, DAY, FSRS)
    assert isinstance(progress, Learned)
    assert progress.memory is not None
    assert progress.memory.stability == pytest.approx(53.62691, abs=1e-4)
    assert progress.memory.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_a_card_that_is_always_easy_is_as_easy_as_can_be() -> None:
    progress: Progress = New()
    for second in range(10):
        progress = review(progress, EASY, NOW + timedelta(seconds=second), DAY, FSRS)
    assert isinstance(progress, Learned)
    assert progress.memory is not None
    assert progress.memory.difficulty == 1.0


@pytest.mark.parametrize(
    "scheduling",
    [
        FSRS,
        Scheduling(algorithm=Algorithm.FSRS, retention=0.8),
        Scheduling(algorithm=Algorithm.FSRS, retention=0.97),
        Scheduling(algorithm=Algorithm.FSRS, weights=OTHER_WEIGHTS),
        Scheduling(algorithm=Algorithm.FSRS, learning_steps=(), relearning_steps=()),
        Scheduling(algorithm=Algorithm.FSRS, learning_steps=(5,), relearning_steps=(1, 5, 30)),
    ],
    ids=["default", "retention .8", "retention .97", "weights", "no steps", "other steps"],
)
@given(grades=st.lists(st.sampled_from(Grade), min_size=1, max_size=25))
def test_any_sequence_goes_as_the_package_goes(scheduling: Scheduling, grades: list[Grade]) -> None:
    scheduler = fsrs.Scheduler(
        parameters=scheduling.weights or fsrs.Scheduler().parameters,
        desired_retention=scheduling.retention,
        learning_steps=[timedelta(minutes=step) for step in scheduling.learning_steps],
        relearning_steps=[timedelta(minutes=step) for step in scheduling.relearning_steps],
        enable_fuzzing=False,
    )
    card, now, lapses = fsrs.Card(card_id=1), NOW, 0
    progress: Progress = New()
    for grade in grades:
        today = midnight(DAY.of(now))
        lapses += not grade.recalled and card.state is fsrs.State.Review
        card, _ = scheduler.review_card(card, rating(grade), today)
        progress = review(progress, grade, now, DAY, scheduling)
        assert progress.memory is not None
        assert progress.memory.stability == card.stability
        assert progress.memory.difficulty == card.difficulty
        assert STATES[progress.memory.stage] is card.state
        assert progress.memory.step == (card.step or 0)
        assert progress.lapses == lapses
        if card.state is fsrs.State.Review:
            assert progress.again is None
            assert progress.due == card.due.date()
            assert timedelta(days=progress.interval) == card.due - today
        else:
            assert progress.again == now + (card.due - today)
            assert (progress.due, progress.interval) == (DAY.of(now), 0)
        now = next_time(progress)


@given(
    grades=st.lists(st.tuples(st.sampled_from(Grade), st.integers(0, 40 * 24 * 60)), min_size=1, max_size=15)
)
def test_reviews_early_and_late_go_as_the_package_goes(grades: list[tuple[Grade, int]]) -> None:
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    card, now, history = fsrs.Card(card_id=1), NOW, []
    for grade, minutes in grades:
        now += timedelta(minutes=minutes)
        history.append((now, grade))
        card, _ = scheduler.review_card(card, rating(grade), midnight(DAY.of(now)))
    progress = replay(tuple(history), DAY, FSRS)
    assert isinstance(progress, Learned)
    assert progress.memory is not None
    assert (progress.memory.stability, progress.memory.difficulty) == (card.stability, card.difficulty)
    for days in (0, 1, 10, 1000):
        later = now + timedelta(days=days)
        wanted = scheduler.get_card_retrievability(card, midnight(DAY.of(later)))
        assert recall(progress, later, DAY, FSRS) == wanted


def known(now: datetime, day: Day) -> Learned:
    """A card that was easy at that moment."""
    return review(New(), EASY, now, day, FSRS)


@pytest.mark.parametrize(
    ("evening", "morning", "days"),
    [
        ("2026-03-02 23:50", "2026-03-03 07:00", 1),
        ("2026-03-02 20:00", "2026-03-03 05:00", 1),
        ("2026-03-02 23:50", "2026-03-03 03:30", 0),
        ("2026-03-03 03:59", "2026-03-03 04:01", 1),
        ("2026-03-02 04:01", "2026-03-03 03:59", 0),
        ("2026-03-28 23:00", "2026-03-29 06:00", 1),  # the night in which Berlin's clocks went forward
        ("2026-10-24 23:00", "2026-10-25 06:00", 1),  # and back
    ],
)
def test_days_between_reviews_are_nights_slept_not_spans_of_24_hours(
    evening: str, morning: str, days: int
) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    day = Day(berlin, rollover=4)
    first, second = (datetime.fromisoformat(at).replace(tzinfo=berlin) for at in (evening, morning))
    after = review(known(first, day), GOOD, second, day, FSRS)
    wanted, _ = fsrs.Scheduler(enable_fuzzing=False).review_card(
        fsrs.Card(card_id=1), fsrs.Rating.Easy, midnight(date(2026, 1, 1))
    )
    wanted, _ = fsrs.Scheduler(enable_fuzzing=False).review_card(
        wanted, fsrs.Rating.Good, midnight(date(2026, 1, 1 + days))
    )
    assert after.memory is not None
    assert (after.memory.stability, after.memory.difficulty) == (wanted.stability, wanted.difficulty)


def test_a_new_card_comes_back_within_the_day_until_its_steps_are_done() -> None:
    first, second = path([GOOD, GOOD])
    assert first.again == NOW + timedelta(minutes=10)
    assert (first.due, first.interval) == (DAY.of(NOW), 0)
    assert second.again is None
    assert second.due == DAY.of(NOW) + timedelta(days=second.interval) > DAY.of(NOW)


@pytest.mark.parametrize(
    ("grade", "minutes"),
    [(Grade.BLACKOUT, 1), (Grade.WRONG, 1), (Grade.FAMILIAR, 1), (HARD, 5.5), (GOOD, 10)],
)
def test_the_first_answer_names_the_step(grade: Grade, minutes: float) -> None:
    assert review(New(), grade, NOW, DAY, FSRS).again == NOW + timedelta(minutes=minutes)


def test_an_easy_card_needs_no_steps() -> None:
    after = review(New(), EASY, NOW, DAY, FSRS)
    assert after.again is None
    assert after.interval > 1


def test_a_lapse_is_repeated_within_the_day_and_then_has_a_day_again() -> None:
    *_, before, lapsed, done = path([GOOD, GOOD, GOOD, AGAIN, GOOD])
    assert lapsed.memory is not None
    assert lapsed.memory.stage is Stage.RELEARNING
    assert lapsed.again == lapsed.reviewed + timedelta(minutes=10)
    assert lapsed.lapses == done.lapses == before.lapses + 1
    assert done.memory is not None
    assert done.memory.stage is Stage.KNOWN
    assert done.again is None
    assert done.interval < before.interval


def test_a_step_that_ends_after_the_rollover_is_still_asked() -> None:
    late = datetime(2026, 3, 3, 3, 55, tzinfo=UTC)
    step = review(New(), GOOD, late, DAY, FSRS)
    assert step.again == late + timedelta(minutes=10)
    done = review(step, GOOD, step.again, DAY, FSRS)
    assert done.due == date(2026, 3, 3) + timedelta(days=done.interval), "the study day had changed"


@pytest.mark.parametrize("weights", [OTHER_WEIGHTS, tuple(fsrs.Scheduler().parameters)])
def test_weights_are_those_of_the_package(weights: Sequence[float]) -> None:
    mine = Scheduling(algorithm=Algorithm.FSRS, weights=tuple(weights))
    theirs = fsrs.Scheduler(parameters=weights, enable_fuzzing=False)
    assert intervals(LIKED, mine) == direct(LIKED, theirs)


def test_other_weights_other_intervals() -> None:
    other = Scheduling(algorithm=Algorithm.FSRS, weights=OTHER_WEIGHTS)
    assert intervals(LIKED, other) != intervals(LIKED)
    assert intervals(LIKED, Scheduling(algorithm=Algorithm.FSRS, weights=fsrs.Scheduler().parameters)) == (
        intervals(LIKED)
    )


def test_the_more_is_to_be_kept_the_sooner_cards_come() -> None:
    kept = [Scheduling(algorithm=Algorithm.FSRS, retention=share) for share in (0.97, 0.9, 0.8, 0.7)]
    last = [intervals([GOOD] * 5, scheduling)[-1] for scheduling in kept]
    assert last == sorted(last)
    assert len(set(last)) == len(last)


def test_a_card_that_comes_from_sm2_begins_anew_and_keeps_its_lapses() -> None:
    old = Learned(4, 30, 2.36, 3, NOW, DAY.of(NOW) + timedelta(days=30))
    after = review(old, GOOD, NOW + timedelta(days=30), DAY, FSRS)
    assert (after.ease, after.lapses, after.repetitions) == (2.36, 3, 5)
    assert after.memory is not None
    assert after.memory.stage is Stage.LEARNING
