"""What is coming, as lines."""

from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.statistics import statistics
from studyllm.statistics.page import forecast
from studyllm.store import Store
from tests.conftest import DAY, NOW, fill


def test_what_comes_back_today_is_told_beside_what_is_due(store: Store) -> None:
    fill(store, "softmax", "residual")
    queue = ReviewQueue(store, DAY)
    for one in store.cards():
        queue.record(one, Grade.WRONG, NOW)
    found = statistics(store, DAY, NOW)
    assert found.forecast[0] == 0, "their next day is tomorrow"
    told = "".join(text for line in forecast(found, 80) for text, _style in line)
    assert told.endswith("2 cards in all; 0 today, 2 to repeat today")
