"""The question line of a quiz."""

from dataclasses import replace

import pytest

from studyllm.cards import Kind
from studyllm.quiz.items import Mode, MultipleChoice, Typed
from studyllm.tui.quiz.words import asks
from tests.quiz.cards import steps, study


def test_a_card_that_asks_is_asked_nothing_else() -> None:
    first, second = study(1, "进程和线程有什么区别？", "进程有自己的地址空间"), study(2, "线程", "调度的单位")
    asked, plain = (asks(Typed(Mode.MEANING, card, card.card.term)) for card in (first, second))
    assert (asked, plain) == ("", "What does it mean?")
    assert asks(Typed(Mode.MEANING, steps(3, "流程", "一", "二", "三"), "流程")) == ""
    choice = MultipleChoice(Mode.CHOOSE_MEANING, first, first.card.term, ("甲", "乙"), (1, 2), 0)
    assert asks(choice) == "Which is the answer?"
    assert asks(replace(choice, card=second)) == "Which is its meaning?"


@pytest.mark.parametrize(
    ("kind", "term"), [(Kind.TABLE, "Telnet"), (Kind.TERM, "1868.10.23"), (Kind.TERM, "1868")]
)
def test_what_may_have_no_meaning_is_not_asked_for_one(kind: Kind, term: str) -> None:
    card = study(1, term, "twenty-three", kind=kind)
    assert asks(Typed(Mode.MEANING, card, term)) == "What belongs to it?"
    choice = MultipleChoice(Mode.CHOOSE_MEANING, card, term, ("one", "two"), (1, 2), 0)
    assert asks(choice) == "Which one belongs to it?"
