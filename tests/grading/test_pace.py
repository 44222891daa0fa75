"""Fewer threads while other programs take the cores, and all of them again when these have gone."""

from studyllm.grading.pace import ThreadPace


def test_all_threads_while_they_get_their_cores() -> None:
    pace = ThreadPace(4)
    pace.took(wall=1.0, processor=3.9, now=1.0)
    assert pace.threads(1.0) == 4


def test_one_thread_while_the_cores_are_shared_and_all_are_tried_again_later() -> None:
    pace = ThreadPace(4)
    pace.took(wall=1.0, processor=2.5, now=10.0)
    assert [pace.threads(now) for now in (10.0, 11.9, 12.1)] == [1, 1, 4]


def test_they_are_tried_less_and_less_often_until_it_goes_well() -> None:
    pace, now, waits = ThreadPace(2), 0.0, []
    for _ in range(6):
        pace.took(wall=0.5, processor=0.6, now=now)
        since = now
        while pace.threads(now) == 1:
            now += 0.5
        waits.append(now - since)
    assert waits == [2, 4, 8, 16, 32, 32]
    pace.took(wall=0.5, processor=1.0, now=now)
    pace.took(wall=0.5, processor=0.6, now=now)
    assert (pace.threads(now + 1.9), pace.threads(now + 2.1)) == (1, 2)


def test_short_work_and_a_single_thread_say_nothing() -> None:
    pace = ThreadPace(2)
    pace.took(wall=0.01, processor=0.01, now=0.0)
    assert pace.threads(0.0) == 2
    with ThreadPace(1).measured() as threads:
        assert threads == 1
