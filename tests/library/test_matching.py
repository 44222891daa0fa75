"""Which card of the edited notes is which card of the store."""

import pytest

from studyllm.cards import Card, Kind, Source
from studyllm.library.matching import match
from studyllm.library.rewording import changed_meaning
from tests.conftest import card


def test_what_is_unclear_is_asked_and_stays_as_it_is() -> None:
    def like(term: str, answer: str) -> Card:
        return Card(Kind.TERM, term, answer, Source("/n/a.md", 1, 1), prompt=term)

    old = [like("反向传播", "从输出层往回逐层用链式法则求每个参数的梯度，再交给优化器更新")]
    twins = [
        like("误差回传", "从输出层往回逐层用链式法则求每个参数的梯度，然后交给优化器"),
        like("梯度回传", "从输出层往回逐层用链式法则求每个参数的梯度，最后交给优化器"),
    ]
    found = match(old, twins)
    assert found.pairs == ()
    assert found.doubts == ((0, (0, 1)),)


def test_swapped_definitions_stay_with_their_terms() -> None:
    old = [card("softmax", "turns scores into probabilities"), card("argmax", "picks the largest score")]
    new = [card("argmax", "turns scores into probabilities"), card("softmax", "picks the largest score")]
    assert match(old, new).pairs == ((0, 1), (1, 0))


def test_what_an_answer_held_of_another_card_is_no_new_name_of_it() -> None:
    old = [
        card("weft", "threads across the cloth /12 = twelve threads in an inch of reed"),
        card("fell", "last line"),
    ]
    new = [card("/12", "twelve threads in an inch of reed"), card("fell", "last line")]
    found = match(old, new)
    assert found.pairs == ((1, 1),)
    assert found.gone == (0,)


def test_a_line_of_an_answer_that_is_a_card_now_is_no_new_name_of_it() -> None:
    old = [card("weft", "is led across the cloth by a shuttle\nselvage keeps the edge from fraying")]
    new = [card("selvage", "keeps the edge from fraying")]
    assert match(old, new).pairs == ()


def test_a_cleaner_front_is_a_new_name() -> None:
    old = card(
        "photosynthetic reaction",
        "In plants: photosynthesis turns light into chemical energy in the chloroplast",
    )
    new = card("photosynthesis", "turns light into chemical energy in the chloroplast")
    assert match([old], [new]).pairs == ((0, 0),)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("every day, 15 h and more", "every day, 10-15 h", "a number changed: 15 is now 10-15"),
        ("12–13 cm wide", "12-13 cm wide", ""),
        ("4小时", "4个小时内有效", ""),
        ("rests for eight weeks", "rests for three weeks", "a number changed: eight is now three"),
        ("rests for twenty-one days", "rests for 21 days", ""),
        ("the fifth pair of ribs", "the sixth pair of ribs", "a number changed: fifth is now sixth"),
        ("the fifth pair of ribs", "the 5th pair of ribs", ""),
        ("given once an hour", "given twice an hour", "a number changed: once is now twice"),
        ("a third of the dose", "a quarter of the dose", "a number changed: a third is now a quarter"),
        ("helped by factor IX alone", "helped by factor XI alone", "a number changed: IX is now XI"),
        ("of two gates one that opens", "one of its gates opens, of two", ""),
        ("keeps for 3 seconds", "keeps for three seconds", ""),
        ("窖藏两年", "窖藏四年", "a number changed: 两 is now 四"),
        ("窖藏兩年", "窖藏2年", ""),
        ("第六对脑神经", "第七对脑神经", "a number changed: 六 is now 七"),
        ("约一百二十米", "约120米", ""),
        ("统一的三个部分", "唯一的三个部分", ""),
        ("重三千克", "重九千克", "a number changed: 三 is now 九"),
        ("蜂王", "工蜂", "most of the definition is new"),
    ],
)
def test_what_changed_in_a_definition(old: str, new: str, why: str) -> None:
    assert changed_meaning(old, new) == why
