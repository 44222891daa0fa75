"""Signs that are not of the note's own making: those of tables, code, formulas, ranges, prose and books."""

import pytest

from studyllm.cards import Kind
from studyllm.notes import read_note
from studyllm.notes.markdown.outlines import by_depth


def made(text: str, path: str = "notes.md") -> dict[str, str]:
    """Fronts and backs of the cards alone, without what is offered."""
    return {card.prompt: card.answer for card in read_note(text, path).cards}


def test_the_first_of_several_lines_is_a_card_too() -> None:
    assert list(made("# 蜂病\n\nSBV→囊状幼虫病的病毒\nDWV→残翅病的病毒\nKBV→克什米尔病的病毒\n")) == [
        "SBV",
        "DWV",
        "KBV",
    ]


def test_a_table_without_bars_at_its_ends_stays_one() -> None:
    text = "Term | Meaning\n--- | ---\nbrood | eggs, larvae and pupae\ndrone | a male bee, without a sting\n"
    text += "propolis | resin that seals gaps\n"
    found = [(card.rule, card.prompt) for card in read_note(text, "bees.md").cards]
    assert found == [("table row", "brood"), ("table row", "drone"), ("table row", "propolis")]


@pytest.mark.parametrize(
    "line",
    [
        "- `bee{n} | None` is a bee or nothing at all",
        "x{n} ^ 2 is the square of some number",
        "1{n}68 ~ 1{n}99 the years of the great swarm",
        "x+{n}y=5的解有很多个",
        "Q{n}x+Cu→X+Y（蜂箱的例子）",
        "- node{n}x->next is where the chain goes on",
        "    hives{n}x | grep the empty ones in May",
        "The queen of {n} lives in the .......... of the hive",
        "我想{n}……也许蜂群不会回来了。",
        "第{n}章·······1{n}",
        "sin({n}x)= 2 sin x cos x",
        "{n}，春天很冷……所以蜂群很弱",
    ],
)
def test_signs_of_code_formulas_ranges_and_prose_set_nothing_off(line: str) -> None:
    lines = [line.format(n=n) for n in range(1, 5)]
    cards = made("Some bees.\n\n" + "\n".join(lines) + "\n")
    written = "".join(lines)
    assert all(front.replace(" ", "") in written.replace("`", "").replace(" ", "") for front in cards)
    assert not {"x1", "1168", "x+1y", "Q1x+Cu", "node1x", "sin", "第1章", "我想1", "hives1x"}.intersection(
        cards
    )


def test_a_line_that_names_a_task_may_be_the_answer() -> None:
    asked = "# 蜂学 练习题\n\n问：说出是非的思维形式是什么？\n答：\n判断\n"
    assert made(asked) == {"说出是非的思维形式是什么？": "判断"}
    words = "# 考题词汇\n\n判断\n: 说出是非的思维形式\n\n材料\n: 可以直接造巢的东西\n"
    assert made(words) == {"判断": "说出是非的思维形式", "材料": "可以直接造巢的东西"}


@pytest.mark.parametrize("title", ["如何评价蜂王？", "How to recognise a weak colony?"])
def test_what_is_numbered_has_no_order_by_that(title: str) -> None:
    (card,) = read_note(f"## {title}\n\n1. 产卵多\n2. 温顺\n3. 抗病强\n", "bees.md").cards
    assert card.kind is Kind.LIST


def test_an_element_is_no_side_of_an_entry() -> None:
    assert "Cr" in made("# 金属\n\n- Fe：铁\n- Cr：铬\n- Cu：铜\n")


def test_a_number_that_is_part_of_the_name_of_a_file_stays() -> None:
    (node,) = read_note("# 作用\n\n调节蜂群的情绪和睡眠\n", "5-HT.md").offers
    assert "5-HT" in node.card.prompt


def test_times_of_a_day_are_part_of_what_happened() -> None:
    text = "# Swarm\n\n- [08:00] siren: a scout bee calls\n- [09:30] dance: bees tell the way\n"
    assert "siren" not in made(text + "- [21:45] rest: the swarm settles down\n")


def test_numbers_in_an_outline_keep_their_order() -> None:
    text = "I. Steps of making honey\n   1. nectar is sucked\n   2. water is fanned off\n   3. cells are sealed\n"
    text += "II. Steps of making wax\n   1. honey is eaten\n   2. scales grow\n   3. scales are chewed\n"
    assert {card.kind for card in read_note(text, "bees.md").cards} == {Kind.SEQUENCE}


def test_an_outline_by_depth_alone_is_lists() -> None:
    text = "Beehive\n    brood box\n        the queen lays here\n    honey super\n        honey is stored here\n\n"
    text += "Castes\n    queen: lays the eggs\n    worker: does all the work\n    drone: mates with a queen\n"
    assert (
        made(text).items()
        >= {"Castes: queen": "lays the eggs", "Beehive: brood box": "the queen lays here"}.items()
    )
    code = "def hive(n):\n    for bee in range(n):\n        fly(bee)\n        rest(bee)\n    return n\n\n"
    code += "class Bee:\n    def fly(self):\n        self.up = 1\n"
    assert not made(code)


@pytest.mark.parametrize("beside", ["# Bees\n", "<table>\n", "| wing | sting |\n", "```\n"])
def test_a_file_with_blocks_is_no_outline_by_depth(beside: str) -> None:
    text = "".join(f"Hive {n}\n    comb {n}\n        cell {n}\n" for n in range(1, 5))
    assert "- " in by_depth(text)
    assert by_depth(f"{text}{beside}") == f"{text}{beside}"


def test_a_formula_is_not_torn_at_its_sign() -> None:
    assert not [card for card in made("# Hive\n\n$P_b=-1$, a strong hive\n") if card.count("$") % 2]


def test_the_number_of_a_line_is_no_term() -> None:
    assert "1" not in made("# Bees\n\nWhy they swarm:\n1: too little room for the brood\n\n2: an old queen\n")
