"""Quizzes are kept beside the schedule."""

from datetime import timedelta
from pathlib import Path

import pytest

from studyllm.cards import Card, Deck, Kind, Source
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Changes, Store
from studyllm.store.damage import examine
from studyllm.store.quizzes import Outcome
from tests.conftest import DAY, NOW, fill
from tests.store.oldest import oldest


def outcome(card_id: int, *, right: bool, confused: int | None = None, number: int = 1) -> Outcome:
    return Outcome(number, "cloze", card_id, "a", "?", "wanted", "given", right, float(right), confused)


def graded(store: Store, card_id: int, grade: int, hours: int = 0, answer: str = "mine") -> None:
    at = NOW + timedelta(hours=hours)
    ReviewQueue(store, DAY).record(store.card(card_id), Grade(grade), at, answer=answer)


def test_a_result_comes_back_as_it_was_kept(store: Store) -> None:
    fill(store, "a", "b")
    quiz = store.quizzes.begin(NOW, "words", {"length": 2})
    store.quizzes.add(quiz, [outcome(1, right=True)], NOW)
    store.quizzes.add(quiz, [outcome(2, right=False, confused=1, number=2)], NOW)
    result = store.quizzes.result(quiz)
    assert (result.at, result.deck, result.options) == (NOW, "words", {"length": 2})
    assert [(o.number, o.term, o.right, o.confused) for o in result.outcomes] == [
        (1, "a", True, None),
        (2, "b", False, 1),
    ]
    assert (result.right, result.share) == (1, 0.5)


def test_a_question_of_several_parts_counts_once(store: Store) -> None:
    fill(store, "a", "b", "c")
    quiz = store.quizzes.begin(NOW, None, {})
    pairs = [outcome(1, right=True), outcome(2, right=False), outcome(3, right=True)]
    store.quizzes.add(quiz, [*pairs, outcome(1, right=True, number=2)], NOW)
    result, (line,) = store.quizzes.result(quiz), store.quizzes.history()
    assert (result.asked, result.right) == (line.asked, line.right) == (2, 1)
    assert result.share == pytest.approx((2 / 3 + 1) / 2)
    assert line.share == pytest.approx(result.share)


def test_history_has_the_newest_first_and_no_quiz_without_an_answer(store: Store) -> None:
    fill(store, "a")
    first, empty, last = (store.quizzes.begin(NOW + timedelta(hours=n), None, {}) for n in range(3))
    for quiz in (first, last):
        store.quizzes.add(quiz, [outcome(1, right=True), outcome(1, right=False, number=2)], NOW)
    assert [(s.id, s.asked, s.right, s.share) for s in store.quizzes.history()] == [
        (last, 2, 1, 0.5),
        (first, 2, 1, 0.5),
    ]
    assert [s.id for s in store.quizzes.history(1)] == [last]
    assert empty not in {s.id for s in store.quizzes.history()}


def test_a_quiz_is_not_in_the_log_and_undo_passes_it_by(store: Store) -> None:
    fill(store, "a")
    graded(store, 1, 4)
    quiz = store.quizzes.begin(NOW, None, {})
    store.quizzes.add(quiz, [outcome(1, right=False)], NOW)
    assert [entry.event for entry in store.journal.entries()] == ["import", "review"]
    undone = store.journal.undo(NOW)
    assert undone is not None
    assert undone.event == "review"
    assert len(store.quizzes.result(quiz).outcomes) == 1
    assert store.journal.differences() == ()


def test_wrong_is_what_was_not_right_in_a_quiz_since(store: Store) -> None:
    fill(store, "a", "b", "c", "d")
    graded(store, 1, 1)
    graded(store, 2, 4)
    graded(store, 3, 2)
    quiz = store.quizzes.begin(NOW, None, {})
    store.quizzes.add(quiz, [outcome(3, right=True), outcome(4, right=False)], NOW + timedelta(hours=1))
    assert store.quizzes.wrong() == {1, 4}
    graded(store, 3, 1, hours=2)
    assert store.quizzes.wrong() == {1, 3, 4}
    store.journal.undo(NOW + timedelta(hours=3), imports=False)
    assert store.quizzes.wrong() == {1, 4}


def test_filters(store: Store) -> None:
    def at(number: int, heading: str, kind: Kind = Kind.TERM) -> Card:
        return Card(
            kind, f"t{number}", f"what {number}", Source("/a.md", number, number), headings=("top", heading)
        )

    cards = (at(1, "one"), at(2, "one"), at(3, "two", Kind.SEQUENCE), at(4, "two"))
    store.apply(Deck("d"), Changes(added=cards), NOW)
    fill(store, "elsewhere", deck="e")
    graded(store, 1, 4)
    for hours, grade in ((0, 4), (24, 4), (48, 4), (72, 1)):
        graded(store, 2, grade, hours)
    quizzes = store.quizzes
    assert quizzes.sections("d") == (("one", 2), ("two", 2))
    assert quizzes.ids("d") == (1, 2, 3, 4)
    assert quizzes.ids(None) == (1, 2, 3, 4, 5)
    assert quizzes.ids("d", "two") == (3, 4)
    assert quizzes.ids("d", kinds=[Kind.SEQUENCE]) == (3,)
    assert quizzes.ids("d", new=True) == (3, 4)
    assert quizzes.ids("d", lapsed=True) == (2,)
    assert quizzes.ids("d", intervals=(0, 20)) == (1, 2)
    assert quizzes.ids("d", intervals=(21, 10_000)) == ()
    store.suspend(1, NOW)
    store.apply(Deck("d"), Changes(gone=(4,)), NOW)
    assert quizzes.ids("d") == (2, 3)
    assert [c.id for c in quizzes.cards([3, 1, 2, 99])] == [3, 2]
    assert [c.id for c in quizzes.mates("d", {"one", "two"}, 10)] == [2, 3]


def test_pairs_taken_for_each_other_are_counted_both_ways(store: Store) -> None:
    fill(store, "a", "b", "c")
    quiz = store.quizzes.begin(NOW, None, {})
    wrong = [
        outcome(1, right=False, confused=2),
        outcome(2, right=False, confused=1),
        outcome(3, right=False),
    ]
    store.quizzes.add(quiz, wrong, NOW)
    assert store.quizzes.confused() == {(1, 2): (2, NOW)}


def _typed(store: Store, mode: str) -> list[tuple[int, str]]:
    return [(one.card, one.answer) for one in store.quizzes.mistakes([mode])]


def test_mistakes_are_wrong_answers_that_stand(store: Store) -> None:
    fill(store, "a", "b")
    graded(store, 1, 1, answer="first")
    graded(store, 2, 5, answer="right")
    graded(store, 2, 0, hours=1, answer="second")
    assert _typed(store, "term") == [(2, "second"), (1, "first")]
    store.journal.undo(NOW, imports=False)
    assert _typed(store, "term") == [(1, "first")]
    quiz = store.quizzes.begin(NOW, None, {})
    store.quizzes.add(
        quiz, [outcome(2, right=False), outcome(2, right=True), outcome(2, right=False, confused=1)], NOW
    )
    assert _typed(store, "cloze") == [(1, "first"), (2, "given")]


def test_the_oldest_database_can_keep_quizzes(home: Path) -> None:
    oldest(home / "study.db")
    with Store(home / "study.db") as store:
        quiz = store.quizzes.begin(NOW, "words", {})
        store.quizzes.add(quiz, [outcome(1, right=False, confused=2)], NOW)
        (only,) = store.quizzes.result(quiz).outcomes
        assert (only.term, only.confused) == ("a", 2)
        assert [(e.event, e.undone) for e in store.journal.entries()][:2] == [
            ("review", False),
            ("review", True),
        ]
        assert store.quizzes.ids("words") == (1, 2)
        assert store.quizzes.wrong() == {1}
        assert examine(store.path) is None
