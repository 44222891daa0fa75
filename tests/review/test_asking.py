"""What may be shown of a card before its answer."""

from dataclasses import replace

import pytest

from studyllm.cards import Kind
from studyllm.review.asking import stands
from studyllm.text import holds
from tests.quiz.cards import study

PROCESS = study(
    1,
    "进程",
    "进程",
    aliases=("Process",),
    headings=("操作系统", "进程与线程", "Processes"),
    path="/n/进程.md",
)


def test_a_card_that_asks_for_its_term_does_not_say_where_it_stands_by_name() -> None:
    for kind in (Kind.MEANING, Kind.GAP):
        asked = replace(PROCESS, card=replace(PROCESS.card, kind=kind))
        assert stands(asked) == (("deck", "操作系统"), "")
    assert stands(PROCESS) == (("deck", "操作系统", "进程与线程", "Processes"), "进程.md:1")


def test_what_was_hidden_in_a_sentence_is_not_in_the_heading() -> None:
    card = study(2, "x", "RAM", kind=Kind.CLOZE, headings=("Memory", "What ram is"))
    assert stands(card)[0] == ("deck", "Memory")


@pytest.mark.parametrize(
    ("whole", "part", "held"),
    [
        ("The Cell Membrane", "cell", True),
        ("Cells", "cell", True),
        ("Cellars", "cell", False),
        ("ＣＰＵ调度", "CPU", True),
        ("进程与线程", "线程", True),
        ("C and C++", "c", False),
        ("C", "c", True),
        ("anything", "", False),
    ],
)
def test_a_text_holds_another_as_words(whole: str, part: str, held: bool) -> None:
    assert holds(whole, part) is held
