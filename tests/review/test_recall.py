"""What a recall of a whole section is worth to the schedule, how it is saved, and how it is taken back."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from studyllm.cards import Deck, Kind
from studyllm.errors import InputError
from studyllm.grading import Heard, Question, TextGrader, Verdict
from studyllm.review.history import mistakes
from studyllm.review.queue import ReviewQueue
from studyllm.review.recall import CardRecall, Effect, RecallSession, effect, find, holding, sounding
from studyllm.schedule import Grade, Learned, New
from studyllm.store import Changes, Section, Store
from studyllm.verdicts import Recalled
from tests.conftest import DAY, NOW, answered, card

HIT, PARTLY, MISSED, CONTRADICTED = Recalled
TODAY = DAY.of(NOW)
SECTION = Section("words", "/notes/a.md", ("Notes", "One"))


@pytest.fixture
def filled(store: Store) -> Store:
    """Due: 1, 2, 3. Not due: 4. New: 5. Under another heading: 6, due."""
    cards = tuple(
        card(f"term {number}", line=number, headings=("Notes", "Two" if number == 6 else "One"))
        for number in range(1, 7)
    )
    store.apply(Deck("words"), Changes(added=cards), NOW - timedelta(days=9))
    for number in (1, 2, 3, 6):
        answered(store, number, 4, 3)
    answered(store, 4, 4, 0)
    return store


def heard(store: Store, states: dict[int, Recalled], section: Section = SECTION) -> RecallSession:
    """A recall in which each card came to a state."""
    session = RecallSession(store, DAY, section)
    session.text = "all I know"
    session.judged = tuple(
        CardRecall(one, Heard(states.get(one.id, PARTLY), f"words about {one.card.term}"))
        for one in session.cards
    )
    return session


def progress(store: Store) -> dict[int, object]:
    return {one.id: (one.progress, one.early_look) for one in store.cards()}


def test_a_section_has_the_cards_under_its_heading(filled: Store) -> None:
    assert [one.id for one in filled.sections.cards(SECTION)] == [1, 2, 3, 4, 5]
    assert [one.id for one in filled.sections.cards(Section("words", "/notes/a.md"))] == [1, 2, 3, 4, 5, 6]


def test_sections_are_listed_with_what_is_due_and_without_a_heading_that_has_all(filled: Store) -> None:
    listed = filled.sections.all(None, TODAY, DAY)
    told = [(one.section.headings, one.cards, one.due) for one in listed]
    assert told == [((), 6, 4), (("Notes", "One"), 5, 3), (("Notes", "Two"), 1, 1)]
    assert filled.sections.all("another", TODAY, DAY) == ()


@pytest.mark.parametrize(
    ("number", "state", "becomes"),
    [
        (1, HIT, Effect.COUNTS),
        (1, PARTLY, Effect.NOTHING),
        (1, MISSED, Effect.NEXT),
        (1, CONTRADICTED, Effect.NEXT),
        (4, HIT, Effect.NOTHING),
        (4, MISSED, Effect.NEXT),
        (5, HIT, Effect.NOTHING),
        (5, MISSED, Effect.NEXT),
    ],
)
def test_the_credit_is_cautious(filled: Store, number: int, state: Recalled, becomes: Effect) -> None:
    assert effect(CardRecall(filled.card(number), Heard(state)), NOW, DAY) is becomes


def test_a_repetition_of_today_counts_once_its_moment_has_come(filled: Store) -> None:
    ReviewQueue(filled, DAY).record(filled.card(1), Grade.WRONG, NOW)
    again = CardRecall(filled.card(1), Heard(HIT))
    assert effect(again, NOW, DAY) is Effect.NOTHING
    assert effect(again, NOW + timedelta(minutes=11), DAY) is Effect.COUNTS


def test_a_card_put_off_until_tomorrow_does_not_count(filled: Store) -> None:
    filled.bury(1, TODAY, NOW)
    assert effect(CardRecall(filled.card(1), Heard(HIT)), NOW, DAY) is Effect.NOTHING


def test_what_was_said_counts_as_good_and_all_else_stays_where_it_was(filled: Store) -> None:
    before = {number: filled.card(number).progress for number in range(1, 6)}
    good = ReviewQueue(filled, DAY).outcomes(filled.card(1), NOW)[Grade.GOOD]
    heard(filled, {1: HIT, 2: PARTLY, 3: MISSED, 4: HIT, 5: HIT}).apply(NOW)
    assert filled.card(1).progress == good
    assert {n: filled.card(n).progress for n in range(2, 6)} == {n: before[n] for n in range(2, 6)}
    assert isinstance(filled.card(5).progress, New)
    (review,) = [e.review for e in filled.journal.entries(card=1) if e.review and e.at == NOW]
    assert (review.chosen, review.answer) == (4, "words about term 1")


def test_what_was_not_said_is_asked_next_before_what_is_due_and_what_is_new(filled: Store) -> None:
    heard(filled, {1: PARTLY, 2: PARTLY, 3: CONTRADICTED, 4: MISSED, 5: MISSED}).apply(NOW)
    order = [one.id for one in ReviewQueue(filled, DAY).queue(NOW)]
    assert (set(order[:3]), set(order[3:])) == ({3, 4, 5}, {1, 2, 6})
    assert filled.card(4).early_look == "it was missing when you recalled One"
    assert filled.card(3).early_look == "it was said otherwise when you recalled One"


def test_what_is_asked_next_is_answered_as_any_card(filled: Store) -> None:
    heard(filled, {4: MISSED}).apply(NOW)
    queue = ReviewQueue(filled, DAY)
    found = queue.next(NOW)
    assert found is not None
    assert found[0].id == 4
    queue.record(found[0], Grade.GOOD, NOW)
    assert filled.card(4).early_look == ""


def test_one_undo_takes_all_of_it_back(filled: Store) -> None:
    before = progress(filled)
    session = heard(filled, {1: HIT, 2: HIT, 3: MISSED, 4: CONTRADICTED, 5: MISSED})
    session.apply(NOW)
    assert progress(filled) != before
    entry = session.undo(NOW)
    assert entry is not None
    assert entry.what == "recall of One: 2 of 5"
    assert entry.answer == "all I know"
    assert progress(filled) == before
    assert filled.journal.differences() == ()
    assert filled.sections.all(None, TODAY, DAY)[1].last is None


def test_the_log_alone_says_where_the_cards_stand(filled: Store) -> None:
    heard(filled, {1: HIT, 3: MISSED}).apply(NOW)
    assert filled.journal.differences() == ()


def test_a_review_that_came_after_is_taken_back_first(filled: Store) -> None:
    session = heard(filled, {1: HIT, 4: MISSED})
    session.apply(NOW)
    moved = filled.card(1).progress
    ReviewQueue(filled, DAY).record(filled.card(4), Grade.GOOD, NOW)
    entry = session.undo(NOW)
    assert entry is not None
    assert entry.review is not None
    assert filled.card(1).progress == moved
    assert filled.card(4).early_look != ""


def test_nothing_is_saved_when_a_card_was_moved_meanwhile_and_it_can_be_done_again(filled: Store) -> None:
    session = heard(filled, {1: HIT, 2: HIT})
    ReviewQueue(filled, DAY).record(filled.card(1), Grade.PERFECT, NOW)
    count = filled.last_row()
    with pytest.raises(InputError, match="term 1"):
        session.apply(NOW)
    assert filled.last_row() == count
    session.apply(NOW)
    assert isinstance(filled.card(2).progress, Learned)
    assert session.states[HIT] == 2


def test_the_learner_overrules_card_by_card(filled: Store) -> None:
    session = heard(filled, {1: HIT, 2: MISSED})
    session.toggle(0)
    session.toggle(1)
    assert [one.state for one in session.judged[:2]] == [MISSED, HIT]
    session.toggle(1)
    assert session.judged[1].state is MISSED


def test_the_list_says_what_the_last_recall_came_to(filled: Store) -> None:
    heard(filled, {1: HIT, 2: HIT, 3: MISSED}).apply(NOW)
    last = filled.sections.all(None, TODAY, DAY)[1].last
    assert last is not None
    assert (last.hit, last.cards, last.at) == (2, 5, NOW)


def test_the_last_recall_goes_with_its_deck_when_that_is_renamed(filled: Store) -> None:
    def hits(deck: str) -> list[int | None]:
        return [one.last.hit if one.last else None for one in filled.sections.all(deck, TODAY, DAY)]

    heard(filled, {1: HIT}).apply(NOW)
    filled.rename("words", "other", NOW)
    assert hits("other") == [None, 1, None]
    heard(filled, {1: HIT, 2: HIT}, replace(SECTION, deck="other")).apply(NOW)
    assert hits("other") == [None, 2, None]
    filled.rename("other", "third", NOW)
    assert hits("third") == [None, 2, None]
    filled.journal.undo(NOW)
    assert hits("other") == [None, 2, None]
    filled.journal.undo(NOW)
    filled.journal.undo(NOW)
    assert hits("words") == [None, 1, None]


def test_what_was_made_of_a_card_is_not_recalled(store: Store) -> None:
    made = replace(card("term", headings=("One",)), kind=Kind.MEANING)
    store.apply(Deck("words"), Changes(added=(card("term", headings=("One",)), made)), NOW)
    (whole,) = store.sections.all(None, TODAY, DAY)
    assert whole.cards == 1
    assert [one.card.kind for one in store.sections.cards(whole.section)] == [Kind.TERM]


def test_a_new_card_that_was_missed_is_still_new_in_the_glossary(filled: Store) -> None:
    heard(filled, {5: MISSED, 4: MISSED}).apply(NOW)
    states = {row.id: row.state for row in filled.entries.rows(TODAY, DAY.start(TODAY))}
    assert (states[5], states[4]) == ("new", "due")


def test_what_was_said_otherwise_stands_among_the_mistakes(filled: Store) -> None:
    session = heard(filled, {3: CONTRADICTED, 4: MISSED})
    session.apply(NOW)
    assert [(one.answer, one.grade) for one in mistakes(filled, 3)] == [("words about term 3", None)]
    assert mistakes(filled, 4) == ()
    session.undo(NOW)
    assert mistakes(filled, 3) == ()


def test_a_section_is_found_by_the_heading_that_has_all_of_its_cards_and_by_its_sound(store: Store) -> None:
    places = (
        ("青苗法", ("古代史", "宋", "王安石变法")),
        ("募役法", ("古代史", "宋", "王安石变法")),
        ("均田制", ("古代史", "隋唐")),
    )
    made = tuple(card(term, line=n, headings=above) for n, (term, above) in enumerate(places, 1))
    store.apply(Deck("history"), Changes(added=made), NOW)
    sections = store.sections.all(None, TODAY, DAY)
    song = Section("history", "/notes/a.md", ("古代史", "宋"))
    heard = sounding(sections)
    for typed in ("王安石", "wasbf", "wanganshi", "a bianfa"):
        assert [sections[at].section for at in holding(sections, typed, heard)] == [song], typed
    assert find(sections, "王安石变法") == song
    assert next(one.section for one in sections if one.section == song).inner == ("王安石变法",)
    assert holding(sections, "xyz", heard) == []


def test_a_section_is_found_by_heading_or_note_however_it_is_written(filled: Store) -> None:
    sections = filled.sections.all(None, TODAY, DAY)
    assert find(sections, "ONE").headings == ("Notes", "One")
    assert find(sections, "tw").headings == ("Notes", "Two")
    assert find(sections, "a").headings == (), "by the name of its file as well as by its title"
    assert [sections[at].section.headings for at in holding(sections, "NÓTES tw")] == [("Notes", "Two")]
    assert holding(sections, "") == list(range(len(sections)))
    assert holding(sections, "three") == []
    assert find(sections, "notes").headings == ()
    with pytest.raises(InputError, match="no note and no heading 'Three'"):
        find(sections, "Three")
    with pytest.raises(InputError, match="any of these: Notes › One, Notes › Two"):
        find([one for one in sections if one.section.headings], "o")


def test_a_text_is_judged_once_the_card_that_is_read_beforehand_is_read(filled: Store) -> None:
    begun, go_on, order = threading.Event(), threading.Event(), list[str]()

    class Reading(TextGrader):
        def foresee(self, question: Question) -> None:
            begun.set()
            go_on.wait(20)
            order.append("read")

        def grade(self, question: Question, answer: str) -> Verdict:
            order.append("judged")
            return super().grade(question, answer)

    session, grader, writing = RecallSession(filled, DAY, SECTION), Reading(), threading.Event()
    ahead = threading.Thread(target=session.foresee, args=(grader, lambda: not writing.is_set()))
    ahead.start()
    begun.wait(20)
    writing.set()
    judging = threading.Thread(target=session.judge, args=(grader, "what term 1 means", lambda *_: True))
    judging.start()
    go_on.set()
    judging.join(20)
    ahead.join(20)
    assert order[0] == "read"
    assert order.count("read") == 1
    assert [one.card.id for one in session.judged] == [1, 2, 3, 4, 5]


def test_what_is_written_is_read_along(filled: Store) -> None:
    class Reading(TextGrader):
        def __init__(self) -> None:
            self.answers: list[str] = []

        def foresee(self, question: Question) -> None:
            """It is quicker then."""

        def grade(self, question: Question, answer: str) -> Verdict:
            self.answers.append(answer)
            return super().grade(question, answer)

    session, grader = RecallSession(filled, DAY, SECTION), Reading()
    session.written = "what term 1 means. And then"
    session.foresee(grader, lambda: not grader.answers)
    assert grader.answers[0] == "what term 1 means."
    assert not session.judged
