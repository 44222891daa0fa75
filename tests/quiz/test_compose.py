"""From cards to questions."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from studyllm.cards import Kind
from studyllm.quiz.compose import Composer, lends
from studyllm.quiz.distractors import Distracting
from studyllm.quiz.items import Grid, Mode, MultipleChoice, Options, Order, Typed, above, options_from
from studyllm.quiz.prepare import why_few
from tests.quiz.cards import deck, steps, study, table

CARDS = [
    *deck(),
    table(11, "精确率", "返回的结果里真正相关的占多少", "7 / 10"),
    table(12, "覆盖面", "全部该找的里被找回来的占多少成", "7 / 20"),
    table(13, "时延", "从提问到看见第一个字的时间", "300 毫秒"),
    steps(14, "问答的步骤", "改写问题", "召回候选", "重排", "生成答案"),
]


def composer(seed: int = 1) -> Composer:
    return Composer(Distracting(CARDS), random.Random(seed), {})


def test_the_same_dice_make_the_same_quiz() -> None:
    assert composer().items(CARDS, Options()) == composer().items(CARDS, Options())
    assert composer(1).items(CARDS, Options()) != composer(2).items(CARDS, Options())


def test_kinds_are_mixed_evenly_and_no_card_is_asked_twice() -> None:
    for seed in range(10):
        items = composer(seed).items(CARDS, Options(length=8))
        assert len(Counter(item.mode for item in items)) >= 4
        alone = [item.card.id for item in items if not isinstance(item, Grid)]
        assert len(alone) == len(set(alone))


def test_length_is_a_limit() -> None:
    assert len(composer().items(CARDS, Options(length=3))) == 3
    assert len(composer().items(CARDS, Options(length=100))) <= len(CARDS)


@pytest.mark.parametrize("mode", [Mode.CHOOSE_TERM, Mode.CHOOSE_MEANING])
def test_a_choice_has_four_different_texts_and_one_right(mode: Mode) -> None:
    for seed in range(10):
        item = composer(seed).item(CARDS[seed % 6], mode)
        assert isinstance(item, MultipleChoice)
        assert len(set(item.options)) == 4
        assert item.cards[item.right] == item.card.id


def test_the_right_one_is_anywhere() -> None:
    found = set()
    for seed in range(30):
        item = composer(seed).item(CARDS[0], Mode.CHOOSE_TERM)
        assert isinstance(item, MultipleChoice)
        found.add(item.right)
    assert found == {0, 1, 2, 3}


def test_a_definition_to_name_hides_the_name() -> None:
    card = study(30, "提取练习", "提取练习是合上书靠自己想出来的学习方式。")
    item = Composer(Distracting([*CARDS, card]), random.Random(1), {}).item(card, Mode.TERM)
    assert isinstance(item, Typed)
    assert item.prompt == "＿＿是合上书靠自己想出来的学习方式。"


def test_steps_are_never_shown_in_order() -> None:
    for seed in range(50):
        item = composer(seed).item(CARDS[-1], Mode.ORDER)
        assert isinstance(item, Order)
        assert item.shown != (0, 1, 2, 3)
        assert sorted(item.shown) == [0, 1, 2, 3]


def test_steps_that_are_all_one_cannot_be_ordered() -> None:
    assert composer().item(steps(40, "数", "一", "一"), Mode.ORDER) is None
    assert composer().item(steps(40, "数", "一"), Mode.ORDER) is None


def test_a_table_has_the_rows_of_one_table_and_a_gap_in_one_column() -> None:
    item = composer().item(CARDS[6], Mode.TABLE)
    assert isinstance(item, Grid)
    assert item.header == ("表", "含义", "例子"), "under what the table stands in"
    assert {row.card.id for row in item.rows} == {11, 12, 13}
    assert sorted(item.bank) == sorted(row.wanted for row in item.rows)
    assert all(row.cells[row.gap] == "" and row.wanted not in row.cells for row in item.rows)


def test_equal_cells_are_not_asked_for_twice() -> None:
    rows = [table(n, f"词{n}", f"第 {n} 种意思", "相同") for n in range(50, 54)]
    for seed in range(8):
        item = Composer(Distracting(rows), random.Random(seed), {}).item(rows[0], Mode.TABLE)
        assert item is None or isinstance(item, Grid)
        assert item is None or len(set(item.bank)) == len(item.bank)


def test_a_card_that_lends_itself_to_nothing_is_passed_over() -> None:
    lists = [study(60, "清单", "- 甲\n- 乙", kind=Kind.LIST)]
    assert composer().items(lists, Options(modes=frozenset({Mode.CLOZE}))) == ()
    assert Composer(Distracting(CARDS[:1]), random.Random(1), {}).item(CARDS[0], Mode.CHOOSE_TERM) is None


def test_kinds_follow_from_the_modes() -> None:
    assert Options(modes=frozenset({Mode.ORDER})).kinds() == (Kind.SEQUENCE,)
    assert set(Options(modes=frozenset({Mode.TERM})).kinds()) == {Kind.TERM, Kind.TABLE}
    assert set(Options().kinds()) == set(Kind)


def test_options_come_back_as_they_were_kept() -> None:
    options = Options(
        "deck", "节", length=5, minutes=2, modes=frozenset({Mode.CLOZE, Mode.ORDER}), counted=True
    )
    assert options_from(options.as_json()) == options


def test_a_card_whose_term_is_a_question_is_not_asked_for_its_term() -> None:
    whole = study(30, "为什么要有线程？", "线程共用一个进程的内存，切换起来比进程便宜得多")
    made = Composer(Distracting([*CARDS, whole]), random.Random(1), {})
    assert made.item(whole, Mode.TERM) is None
    assert made.item(whole, Mode.CHOOSE_TERM) is None
    assert made.item(whole, Mode.CHOOSE_MEANING) is not None
    for card in CARDS[:6]:
        item = made.item(card, Mode.CHOOSE_TERM)
        assert isinstance(item, MultipleChoice)
        assert whole.card.term not in item.options


def test_no_heading_that_holds_the_answer_stands_over_a_question() -> None:
    card = study(31, "线程", "一个进程里能独立运行的一条线", headings=("系统", "进程与线程"))
    for mode in (Mode.TERM, Mode.CHOOSE_TERM):
        assert above(Typed(mode, card, "")) == ("deck", "系统")
    assert above(Typed(Mode.MEANING, card, "")) == ("deck", "系统", "进程与线程")


def test_no_heading_that_names_a_choice_stands_over_a_question() -> None:
    options = ("Femoral vein: course", "Great saphenous vein", "Femoral vein: branches", "Popliteal vein")
    for heading in (
        "Femoral vein",
        "2.1 Femoral vein",
        "Femoral vein & artery",
        "大隐静脉 / great saphenous vein",
    ):
        card = study(32, options[0], "runs beside the artery", headings=("Leg", "Vessels", heading))
        item = MultipleChoice(Mode.CHOOSE_TERM, card, "", options, (32, 33, 34, 35), 0)
        assert above(item) == ("deck", "Leg", "Vessels"), heading
    card = study(36, "股静脉：走行", "与动脉伴行", headings=("下肢", "静脉", "股静脉"))
    assert above(Typed(Mode.TERM, card, "")) == ("deck", "下肢")


def test_no_heading_that_names_a_meaning_to_choose_stands_over_a_question() -> None:
    card = study(37, "la fièvre", "fever", headings=("Words", "Fever and cough"))
    item = MultipleChoice(Mode.CHOOSE_MEANING, card, "la fièvre", ("fever", "cold", "rash"), (37, 38, 39), 0)
    assert above(item) == ("deck", "Words")
    assert above(Typed(Mode.MEANING, card, "la fièvre")) == ("deck", "Words", "Fever and cough")


def test_pairs_to_match_are_of_one_section_and_not_what_was_just_asked() -> None:
    elsewhere = [
        study(50 + n, term, answer, headings=("笔记", "别处"), path=path)
        for n, (term, answer, path) in enumerate(
            (
                ("反射弧", "神经冲动走过的路", "/notes/b.md"),
                ("硬盘", "断电后仍存着数据", "/notes/b.md"),
                ("唐宋", "先后两个朝代", "/notes/c.md"),
                ("摩擦", "接触面之间的阻力", "/notes/a.md"),
            )
        )
    ]
    for seed in range(10):
        made = Composer(Distracting([*elsewhere, *deck()]), random.Random(seed), {})
        alone = made.item(CARDS[0], Mode.MATCH)
        assert isinstance(alone, Grid)
        assert all(row.card.card.headings == CARDS[0].card.headings for row in alone.rows)
        after = made.item(CARDS[0], Mode.MATCH, {2, 3})
        assert isinstance(after, Grid)
        assert not {2, 3} & {row.card.id for row in after.rows}
        wider = made.item(CARDS[0], Mode.MATCH, {2, 3, 4, 5, 6})
        assert isinstance(wider, Grid), "another section is better than no question"
    items = composer().items(CARDS, Options(length=12))
    for at, item in enumerate(items):
        if isinstance(item, Grid) and item.mode is Mode.MATCH:
            before = {one.card.id for one in items[:at] if not isinstance(one, Grid)}
            assert not before & {row.card.id for row in item.rows}


def test_a_word_of_two_characters_is_a_meaning_and_what_can_be_asked_is_told_before() -> None:
    words = [study(n, term, answer) for n, (term, answer) in enumerate(WORDS, 1)]
    items = Composer(Distracting(words), random.Random(1), {}).items(
        words, Options(modes=frozenset({Mode.TERM}))
    )
    assert len(items) == len(words)
    assert all(lends(card, {Mode.TERM}) for card in words)
    assert not lends(study(9, "die Schuld", "债"), {Mode.TERM, Mode.CHOOSE_TERM})
    assert lends(study(9, "die Schuld", "债"), {Mode.TERM, Mode.MEANING})
    assert not lends(study(9, "Was ist das?", "ein Vertrag"), {Mode.TERM})


def test_a_quiz_says_why_it_is_shorter_than_was_asked_for() -> None:
    cards = [
        *(study(n, term, answer) for n, (term, answer) in enumerate(WORDS, 1)),
        study(9, "die Schuld", "债"),
    ]
    options = Options(modes=frozenset({Mode.TERM}))
    items = Composer(Distracting(cards), random.Random(1), {}).items(cards, options)
    assert why_few(items, options, len(cards)) == (
        "3 questions and not 10: others of the 4 cards cannot be asked that way."
    )
    assert why_few(items, options, 3) == "3 questions and not 10: there are no more such cards."
    assert why_few(items, replace(options, length=3), 3) == ""


WORDS = (("die Kaution", "押金"), ("die Miete", "租金"), ("das Erdgeschoss", "底楼"))


@pytest.mark.parametrize(
    ("term", "asked"),
    [
        ("$v = s/t$", False),
        ("`strlen` and its kin", False),
        ("tar -x", False),
        ("std::move", False),
        ("free()", False),
        ("max_depth", False),
        ("Doppler shift", True),
        ("self-induction", True),
        ("卷积（二维）", True),
    ],
)
def test_no_formula_and_no_code_is_to_be_typed_as_a_term(term: str, asked: bool) -> None:
    card = study(1, term, "what a page of these notes tells of it")
    assert lends(card, [Mode.TERM]) is asked
    assert lends(card, [Mode.CHOOSE_TERM]), "it can be chosen"


def test_no_text_to_match_names_its_term() -> None:
    cards = [
        study(1, "Loom width", "the width of cloth that fits between the frames"),
        study(2, "〜ものだの接続", "動詞の普通形＋〜ものだ"),
        study(3, "Shuttles", "a shuttle carries a yarn across"),
        study(4, "Heddle", "lifts one thread"),
        study(5, "Selvedge", "Selvedges"),
    ]
    made = Composer(Distracting(cards), random.Random(1), {})
    item = made.item(cards[0], Mode.MATCH)
    assert isinstance(item, Grid)
    assert {row.card.card.term: row.wanted for row in item.rows} == {
        "Loom width": "the ____ of cloth that fits between the frames",
        "〜ものだの接続": "動詞の普通形＋〜＿＿",
        "Shuttles": "a ____ carries a yarn across",
        "Heddle": "lifts one thread",
    }
    assert made.item(cards[4], Mode.MATCH) is None, "nothing is left of its text"
