"""What is not taken back before what came after it."""

from studyllm.cards import Deck
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Algorithm, Grade, Scheduling
from studyllm.schedule.compare import replay
from studyllm.store import Changes, Store
from studyllm.store.messages import nothing_to_undo
from tests.conftest import DAY, NOW, card

FSRS = Scheduling(algorithm=Algorithm.FSRS)


def test_a_review_is_not_taken_back_from_under_a_later_change_of_the_schedule(store: Store) -> None:
    store.apply(Deck("birds"), Changes(added=(card("wren"), card("rook"))), NOW)
    wren, rook = store.cards()
    queue = ReviewQueue(store, DAY)
    queue.record(wren, Grade.WRONG, NOW)
    moved = {wren.id: replay(store.journal.histories()[wren.id], DAY, FSRS, card=wren.id)}
    store.reschedule("birds", FSRS, moved, NOW)
    assert queue.undo(NOW) is None
    held = store.journal.holds_back()
    assert nothing_to_undo(held).startswith(
        "After it came: scheduling of birds changed. Take that back first"
    )
    assert store.journal.differences() == ()
    queue.record(store.card(rook.id), Grade.GOOD, NOW)
    assert (taken := queue.undo(NOW)) is not None
    assert taken.card == rook.id
    assert queue.undo(NOW) is None
    assert (whole := store.journal.undo(NOW)) is not None
    assert whole.event == "scheduling"
    assert (taken := queue.undo(NOW)) is not None
    assert taken.card == wren.id
    assert store.journal.differences() == ()
