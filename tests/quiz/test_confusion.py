"""Which card a wrong answer belongs to, and how such pairs are asked against each other."""

import random

from studyllm.cards import Deck
from studyllm.quiz.confusion import mixed_up
from studyllm.quiz.items import Mode, MultipleChoice, Options, Origin
from studyllm.quiz.prepare import confusions, prepare
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Changes, Store
from studyllm.store.quizzes import Outcome
from tests.conftest import DAY, NOW
from tests.quiz.cards import SECTION, deck, study

CARDS = deck()


def test_an_answer_belongs_to_the_card_that_it_names() -> None:
    assert mixed_up(CARDS[0], "莱特纳盒", CARDS) == 2
    assert mixed_up(CARDS[0], "就是莱特纳盒那一套", CARDS) == 2


def test_an_answer_belongs_to_the_card_whose_definition_it_is_nearer_to() -> None:
    assert mixed_up(CARDS[0], "用几个盒子管理卡片，答对的升到下一盒", CARDS) == 2


def test_nobodys_answer() -> None:
    for answer in ("", "不知道", "能记起的内容随时间减少", "遗忘曲线"):
        assert mixed_up(CARDS[0], answer, CARDS) is None


def test_what_says_nothing_and_what_is_too_short_is_nobodys_whatever_a_model_makes_of_it() -> None:
    near = {1: 0.8, 3: 0.97}
    for answer in ("不知道", "忘了", "I don't know", "2", "记得", "？", "pass"):
        assert mixed_up(CARDS[0], answer, CARDS, lambda _answer, card: near.get(card.id, 0.8)) is None, answer
    assert mixed_up(CARDS[0], "混着练几类不同的题", CARDS, lambda _answer, card: near.get(card.id, 0.8)) == 3


def test_a_short_answer_that_is_all_of_another_definition_belongs_to_that_card() -> None:
    devenir, venir = study(1, "devenir", "to become", lang="en"), study(2, "venir", "to come", lang="en")
    assert mixed_up(devenir, "to come", [devenir, venir]) == 2
    assert (
        mixed_up(devenir, "come in", [devenir, study(2, "entrer", "to come in, to enter", lang="en")]) is None
    )


def test_a_meaning_counts_less_where_the_other_card_stands_elsewhere() -> None:
    cosines = {1: 0.84, 2: 0.90}
    for headings, other in ((SECTION, 2), (("笔记", "写作"), None)):
        cards = [study(1, "甲", "一二三四"), study(2, "乙", "五六七八", headings=headings)]
        assert mixed_up(cards[0], "完全不同的说法", cards, lambda _answer, card: cosines[card.id]) == other


def test_a_term_that_the_own_definition_names_is_no_confusion() -> None:
    softmax = study(8, "点积", "两个向量逐项相乘再求和")
    attention = study(9, "注意力", "先用点积打分，再加权求和")
    assert mixed_up(attention, "先算点积", [softmax, attention]) is None


def filled(store: Store) -> None:
    store.apply(Deck("deck"), Changes(added=tuple(card.card for card in CARDS)), NOW)


def test_pairs_come_from_the_log_and_from_quizzes(store: Store) -> None:
    filled(store)
    ReviewQueue(store, DAY).record(
        store.card(1), Grade.WRONG, NOW, answer="用几个盒子管理卡片，答对的升到下一盒"
    )
    quiz = store.quizzes.begin(NOW, None, {})
    store.quizzes.add(quiz, [Outcome(1, "match", 5, "组块", "", "", "", False, 0.0, 6)], NOW)
    assert confusions(store, None) == {1: [2], 2: [1], 5: [6], 6: [5]}


def test_a_right_answer_confuses_nothing(store: Store) -> None:
    filled(store)
    ReviewQueue(store, DAY).record(
        store.card(1), Grade.GOOD, NOW, answer="用几个盒子管理卡片，答对的升到下一盒"
    )
    assert confusions(store, None) == {}


def test_confusables_are_asked_against_each_other(store: Store) -> None:
    filled(store)
    ReviewQueue(store, DAY).record(store.card(1), Grade.WRONG, NOW, answer="莱特纳盒")
    options = Options(origin=Origin.CONFUSED, modes=frozenset({Mode.CHOOSE_MEANING}))
    for seed in range(5):
        items = prepare(store, options, random.Random(seed))
        assert {item.card.id for item in items if isinstance(item, MultipleChoice)} == {1, 2}
        assert all({1, 2} <= set(item.cards) for item in items if isinstance(item, MultipleChoice))
