"""Which sentences of a text speak of which question, by likeness that a test makes up."""

from dataclasses import replace

import numpy as np
import pytest

from studyllm.cards import Kind
from studyllm.grading import Question
from studyllm.grading.passages import apart, chosen, named, sentences


def question(term: str, kind: Kind = Kind.TERM, *aliases: str) -> Question:
    return Question(term, f"what {term} means", points=("one", "two"), term=term, aliases=aliases, kind=kind)


def likeness(*rows: tuple[float, ...]) -> np.ndarray:
    return np.array(rows, np.float32)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("它下降先快后慢。后来就完全平了！真的？", ["它下降先快后慢。", "后来就完全平了！ 真的？"]),
        ("It falls. Then it is flat.\n\nNot 3.5 times.", ["It falls.", "Then it is flat.", "Not 3.5 times."]),
        ("the curve falls. then it is flat vs. steep.", ["the curve falls.", "then it is flat vs. steep."]),
        ("一；二三四五六七；", ["一；", "二三四五六七；"]),
        (" \n。\n", []),
        ("\x1b[31m红的字有六个呢。", ["红的字有六个呢。"]),
    ],
)
def test_a_text_is_read_in_sentences(text: str, parts: list[str]) -> None:
    assert list(sentences(text)) == parts


def test_a_text_without_full_stops_is_cut_at_commas_and_loses_nothing() -> None:
    text = "，".join(f"第{number}件事情是这样的" for number in range(60))
    parts = sentences(text)
    assert len(parts) > 3
    assert max(map(len, parts)) <= 120
    assert "".join(parts) == text
    endless = "字" * 1000
    assert "".join(sentences(endless)) == endless


def test_a_sentence_that_says_that_a_term_is_forgotten_says_nothing() -> None:
    asked = [question("梭口"), question("shed"), question("失忆"), question("amnesia")]
    for forgotten in (
        "梭口想不起来了",
        "忘了梭口是什么。",
        "I forgot what the shed is.",
        "can't remember shed",
    ):
        assert apart(asked, [forgotten]) == ()
    for said in ("失忆：过去的事想不起来了", "amnesia: cannot remember new information", "梭口是经线分开处"):
        assert apart(asked, [said]) == (said,)


def test_a_sentence_names_a_term_by_any_of_its_names() -> None:
    asked = [question("莱特纳盒", Kind.TERM, "Leitner System"), question("BM25")]
    told = ["那个 leitner  system 很好", "bm 25 是公式", "别的"]
    assert named(asked, told).tolist() == [[True, False, False], [False, True, False]]


def test_what_counts_is_how_much_more_a_sentence_is_about_one_than_about_another() -> None:
    asked, told = [question("box"), question("curve")], ["first", "second"]
    # The second question is more alike to everything; still the first sentence is about the first one.
    whole = likeness((0.80, 0.70), (0.82, 0.90))
    points = [likeness(row, row) for row in whole]
    assert chosen(asked, told, whole, points) == [[0], [1]]


def test_points_are_not_taken_from_a_sentence_about_something_else() -> None:
    told = ["about the box", "more about the box", "about the curve"]
    whole = likeness((0.90, 0.89, 0.70), (0.70, 0.70, 0.90))
    points = [likeness((0.9, 0.8, 0.7), (0.7, 0.7, 0.72)), likeness((0.7, 0.7, 0.9), (0.7, 0.7, 0.9))]
    asked = [question("box"), question("curve")]
    assert chosen(asked, told, whole, points) == [[0, 1], [2]]
    listing = [question("boxes", Kind.LIST), question("curve")]
    told_of_a_list = [likeness((0.9, 0.8, 0.7), (0.6, 0.6, 0.99)), points[1]]
    assert chosen(listing, told, whole, told_of_a_list)[0] == [0, 2]


def test_a_question_whose_only_sentence_is_about_another_one_is_not_spoken_of() -> None:
    asked, told = [question("box"), question("curve")], ["about the curve"]
    whole = likeness((0.86,), (0.90,))
    points = [likeness(row) for row in whole]
    assert chosen(asked, told, whole, points) == [[], [0]]
    named_too = ["the box, and all about the curve"]
    assert chosen(asked, named_too, whole, points) == [[0], [0]]


def test_no_text_speaks_of_nothing() -> None:
    assert chosen([question("box")], [], likeness(), []) == [[]]


def test_of_one_question_alone_the_sentence_most_like_it_is_taken() -> None:
    told = ["about another chapter", "about the box", "about nothing"]
    points = [likeness((0.5, 0.8, 0.4), (0.4, 0.7, 0.3))]
    assert chosen([question("box")], told, likeness((0.6, 0.9, 0.5)), points) == [[1]]
    tied = [likeness((0.81, 0.8, 0.4), (0.4, 0.6, 0.9))]
    whole = likeness((0.6, 0.9, 0.5))
    assert chosen([question("box")], told, whole, tied) == [[1, 2]], (
        "a point is elsewhere if it is clearly nearer"
    )


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "内部碎片是分给进程没用到的，外部碎片是太小没法分的",
            ["内部碎片是分给进程没用到的，", "外部碎片是太小没法分的"],
        ),
        (
            "分了没用到的是内部碎片，太小没法分的是外部碎片。",
            ["分了没用到的是内部碎片，", "太小没法分的是外部碎片。"],
        ),
        (
            "Internal fragmentation is unused, though given, and external fragmentation is too small.",
            ["Internal fragmentation is unused, though given,", "and external fragmentation is too small."],
        ),
        ("缓存里有 TLB，外部碎片太小没法分", ["缓存里有 TLB，", "外部碎片太小没法分"]),
        ("TLB 存页表项，在缓存里，很快", ["TLB 存页表项，在缓存里，很快"]),
        ("TLB、内部碎片、外部碎片都要考", ["TLB、内部碎片、外部碎片都要考"]),
        ("三个量是 TLB 的大小、外部碎片和快慢", ["三个量是 TLB 的大小、外部碎片和快慢"]),
        ("内部碎片比外部碎片多，1,000 页", ["内部碎片比外部碎片多，1,000 页"]),
        ("TLB holds entries, not internal fragmentation", ["TLB holds entries, not internal fragmentation"]),
    ],
)
def test_a_sentence_that_defines_two_terms_is_two(sentence: str, parts: list[str]) -> None:
    asked = [
        question("内部碎片", Kind.TERM, "internal fragmentation"),
        question("外部碎片", Kind.TERM, "external fragmentation"),
        question("TLB"),
    ]
    assert list(apart(asked, [sentence])) == parts


def test_sentences_after_a_term_go_on_about_it_until_another_is_named() -> None:
    asked = [question("Leitner box"), question("curve")]
    told = [
        "A Leitner box sorts cards.",
        "Right ones move on.",
        "Wrong ones start anew.",
        "A curve falls.",
        "It is steep.",
    ]
    # By likeness alone the second and third sentence are about nothing, the last is about the box.
    whole = likeness((0.90, 0.75, 0.75, 0.70, 0.85), (0.70, 0.75, 0.75, 0.90, 0.75))
    points = [likeness(row, row) for row in whole]
    assert chosen(asked, told, whole, points) == [[0, 1, 2], [3]]


def test_an_entry_speaks_of_its_own_term_and_of_those_it_names() -> None:
    asked = [question("warp"), question("weft"), question("shed"), question("loom", Kind.LIST)]
    asked[3] = replace(asked[3], reference="warp beam and reed")
    told = ["warp: along the cloth", "it is tight", "weft -> across the warp", "a gap opens"]
    # By likeness the entry for the weft is most about the shed, and the loom is told of everywhere.
    whole = likeness((0.8, 0.7, 0.8, 0.8), (0.7, 0.7, 0.7, 0.8), (0.7, 0.6, 0.9, 0.9), (0.8, 0.6, 0.8, 0.6))
    points = [likeness(row, row) for row in whole]
    found = chosen(asked, told, whole, points)
    assert 2 in found[1]
    assert set(found[1]) <= {2, 3}
    assert found[2] == [3]
    assert 0 in found[0]
    assert set(found[0]) <= {0, 1, 2}
    assert 2 not in found[3]


@pytest.mark.parametrize(
    "line",
    [
        "shed → ?",
        "梭口：忘了",
        "reed: can't remember",
        "fourth one ... blank",
        "筘 → 想不起来",
        "下次 → 想不起引导词",
        "綜框：忘れた",
    ],
)
def test_a_line_that_says_that_something_is_forgotten_says_nothing(line: str) -> None:
    assert sentences(f"warp: along the cloth\n{line}") == ("warp: along the cloth",)
    assert sentences("how the forgotten loom works: it blanks") == (
        "how the forgotten loom works: it blanks",
    )


def test_a_clause_that_defines_a_term_is_apart_from_what_was_told_before() -> None:
    told = "you throw it across with the other thread and then warp is what runs along the cloth"
    assert (
        apart([question("warp")], [told])[-1].startswith("then warp is")
        or len(apart([question("warp")], [told])) == 2
    )


def test_an_entry_goes_on_up_to_the_next_one() -> None:
    asked = [question("渗透"), question("扩散")]
    told = [
        "渗透：水分子通过半透膜的移动。",
        "从低浓度一侧流向高浓度一侧。",
        "不需要消耗能量。",
        "扩散：粒子散开。",
    ]
    whole = likeness((0.8, 0.8, 0.8, 0.8), (0.8, 0.8, 0.8, 0.8))
    points = [likeness(row, row) for row in whole]
    assert chosen(asked, told, whole, points) == [[0, 1, 2], [3]]
    assert chosen(asked, [*told[:2], "扩散：甲", "渗透：乙"], whole, points)[0] == [0, 1, 3]


def test_a_condition_stays_with_what_it_is_the_condition_of() -> None:
    asked = [question("惯性"), question("osmosis")]
    for told in (
        "在不受外力作用的条件下，惯性是物体保持原状的性质",
        "When the two sides differ in salt, osmosis is a flow",
    ):
        assert apart(asked, [told]) == (told,)


def test_a_term_is_found_without_its_number_and_its_last_letter() -> None:
    asked = [Question(term, "-", term=term) for term in ("A 原子性", "I 隔离性")]
    told = "原子是要么全做要么不做，隔离是互不干扰。"
    assert apart(asked, sentences(told)) == ("原子是要么全做要么不做，", "隔离是互不干扰。")
