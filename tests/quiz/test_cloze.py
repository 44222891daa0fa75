"""Which words are left out."""

import random

import pytest

from studyllm.cards import Kind
from studyllm.quiz.cloze import as_written, cloze
from tests.quiz.cards import study

DICE = random.Random(0)


def test_a_term_of_the_notes_comes_first_with_all_its_names() -> None:
    softmax = study(2, "交叉熵", "衡量两个分布的差别", aliases=("Cross Entropy",))
    found = cloze(study(1, "困惑度", "交叉熵的指数，越低说明模型越不意外，从 1 开始。"), [softmax.card], DICE)
    assert found is not None
    assert (found.before, found.wanted, found.after[:3]) == ("", "交叉熵", "的指数")
    assert set(found.accepted) == {"交叉熵", "Cross Entropy"}


def test_then_a_number() -> None:
    found = cloze(study(1, "水蛭卡", "反复忘记的卡片，默认忘记 8 次就打上标记。"), [], DICE)
    assert found is not None
    assert found.wanted == "8"


def test_then_what_is_quoted_then_latin() -> None:
    quoted = cloze(study(1, "拒答", "证据不足时承认「不知道」，而不是硬要回答。"), [], DICE)
    latin = cloze(study(1, "预热", "训练开头慢慢增大学习率，常与 AdamW 一起用。"), [], DICE)
    assert quoted is not None
    assert quoted.wanted == "不知道"
    assert latin is not None
    assert latin.wanted == "AdamW"


def test_else_a_word_between_small_words_never_one_of_them() -> None:
    card = study(1, "幻觉", "模型说得通顺而肯定，内容却与事实不符。")
    for seed in range(20):
        found = cloze(card, [], random.Random(seed))
        assert found is not None
        assert 2 <= len(found.wanted) <= 5
        assert not set(found.wanted) & set("的了是在与而得，。")
        assert found.before + found.wanted + found.after == card.card.answer


def test_a_word_is_known_by_standing_in_other_definitions_too() -> None:
    card = study(1, "分块", "块太大，就会把几个主题混在一起呀")
    others = [study(n, f"词{n}", f"说到主题第 {n} 点就完了").card for n in (2, 3, 4)]
    for seed in range(5):
        found = cloze(card, others, random.Random(seed))
        assert found is not None
        assert found.wanted == "主题"


@pytest.mark.parametrize(
    ("definition", "hollow"),
    [
        ("每多消费一单位商品所增加的满足程度。", "单位"),
        ("选择一方案时所放弃的最大收益。", "方案"),
        ("做出某种选择而放弃别的最大收益。", "选择"),
    ],
)
def test_no_gap_where_anything_could_follow(definition: str, hollow: str) -> None:
    others = [study(n, f"词{n}", f"另外说到{hollow}的第 {n} 句").card for n in (2, 3, 4)]
    for seed in range(10):
        found = cloze(study(1, "某词甲", definition), others, random.Random(seed))
        assert found is not None
        assert not found.wanted.startswith(hollow)


@pytest.mark.parametrize(
    ("definition", "wanted"),
    [
        ("They put the claimant where they would have been.", {"claimant"}),
        ("a promise that is relied upon is binding (High Trees).", {"High Trees"}),
        ("a loss that was foreseen (Hadley v Baxendale)", {"Hadley v Baxendale"}),
        ("The Committee of Public Safety ran the war.", {"Committee of Public Safety"}),
        ("Bread was dear; Paris hungered, and in Paris it began.", {"Paris"}),
        ("el resultado económico feliz", {"económico", "resultado"}),
        ("generally something that goes through a membrane", {"membrane"}),
    ],
)
def test_of_latin_words_a_whole_name_else_what_carries_meaning(definition: str, wanted: set[str]) -> None:
    cards = [cloze(study(1, "Front", definition, lang="en"), [], random.Random(seed)) for seed in range(20)]
    assert {found.wanted for found in cards if found} == wanted


def test_what_is_missing_is_never_the_whole_text() -> None:
    told = "a client moves from one access point to another"
    both = [study(1, "Roaming", told, lang="en"), study(2, told, "Roaming", lang="en")]
    found = cloze(both[0], [both[1].card], DICE)
    assert found is not None
    assert len(found.wanted) < 12
    assert "____" not in found.before + found.after


def test_its_own_name_is_not_asked_and_the_word_is_hidden_everywhere() -> None:
    other = study(2, "卡片", "纸做的")
    found = cloze(study(1, "莱特纳盒", "莱特纳盒管理卡片，答对的卡片升到下一盒。"), [other.card], DICE)
    assert found is not None
    assert found.wanted == "卡片"
    assert "卡片" not in found.before + found.after


def test_nothing_is_left_out_of_a_short_definition() -> None:
    assert cloze(study(1, "甲", "很短"), [], DICE) is None


def test_a_cloze_card_keeps_the_gap_of_its_note_and_is_asked_no_other_way() -> None:
    card = study(1, "大气中最多的气体是 […]。", "氮气", kind=Kind.CLOZE)
    found = as_written(card)
    assert found is not None
    assert (found.before, found.wanted, found.after) == ("大气中最多的气体是 ", "氮气", "。")
    assert found.prompt == card.card.section, "the sentence is not shown twice"


@pytest.mark.parametrize(
    ("definition", "wanted"),
    [
        ("慢启动、拥塞避免、快重传、快恢复四个算法。", "慢启动"),
        ("启动器与驱动程序的统称，各写各的。", "启动器"),
        ("计算机启动的第一步，由固件完成。", "启动"),
    ],
)
def test_of_a_longer_word_no_part_is_left_out(definition: str, wanted: str) -> None:
    other = study(2, "启动", "从断电到能用的过程")
    found = cloze(study(1, "拥塞控制", definition), [other.card], DICE)
    assert found is not None
    assert found.wanted == wanted
