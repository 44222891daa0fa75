"""What a note says does not change with the marks it is written with: the same cards whatever the bullets, the numbers,
the signs behind a term and the depth of lists are."""

import re

import pytest

from studyllm.notes import read_note

_NOTE = """# Hive

## Frames

- **Brood frame**: holds eggs and larvae
- **Honey frame**: holds the stores of the winter
- **Foundation**: a sheet of wax on which cells are built

## Castes

- Queen
  - lays all the eggs
  - lives up to five years
- Drone
  - mates with queens
  - has no sting
- Worker
  - collects nectar and pollen
  - feeds the brood
"""
_STEPS = """# 养蜂

1. 分蜂的征兆

    1. 王台增多
    2. 蜂群怠工

2. 合并蜂群的方法

    1. 报纸隔离
    2. 喷洒糖水

3. 越冬的准备

    1. 留足饲料
    2. 箱外保温
"""


def made(text: str) -> dict[str, tuple[str, ...]]:
    """Fronts of the cards, and what each says without the marks of lists."""
    cards = read_note(text, "hive.md").cards
    return {card.prompt: tuple(re.findall(r"\w+", card.answer)) for card in cards}


@pytest.mark.parametrize("bullet", ["• ", "· ", "○ ", "•", "-", "– ", "— ", "✅ ", "➢ ", "* ", "+ "])
def test_bullets(bullet: str) -> None:
    assert made(re.sub(r"^( *)- ", rf"\1{bullet}", _NOTE, flags=re.MULTILINE)) == made(_NOTE)


@pytest.mark.parametrize("number", ["{})", "({})", "（{}）", "{}、", "{}．"])
def test_numbers(number: str) -> None:
    other = re.sub(
        r"^( *)(\d)\. ", lambda one: f"{one[1]}{number.format(one[2])}", _STEPS, flags=re.MULTILINE
    )
    assert {front for front in made(other) if "的" in front} == {"分蜂的征兆", "合并蜂群的方法", "越冬的准备"}


@pytest.mark.parametrize("blanks", [1, 2, 3, 6, 8])
def test_depths(blanks: int) -> None:
    assert made(_STEPS.replace("    ", " " * blanks)) == made(_STEPS)


@pytest.mark.parametrize("sign", [" ~ ", " = ", " - ", " → ", "→", "=", "\t", " | ", "……"])
def test_signs(sign: str) -> None:
    other = re.sub(r"\*\*(.+?)\*\*: ", rf"\1{sign}", _NOTE)
    assert made(other)["Foundation"] == made(_NOTE)["Foundation"]


def test_a_table_in_a_quote_is_a_table() -> None:
    table = "| caste | sting |\n|---|---|\n| drone | none at all |\n| worker | barbed |\n"
    quoted = "".join(f"> {line}\n" for line in table.splitlines())
    assert made(f"# Castes\n\n{quoted}") == made(f"# Castes\n\n{table}")


def test_numbers_below_numbers_are_titles_of_their_own() -> None:
    text = "养蜂复习\n\n一、蜂群\n\n（一）蜂王\n\n蜂群中唯一能正常产卵的雌蜂。\n\n（二）雄蜂\n\n"
    text += "只与蜂王交配，没有螫针。\n\n"
    text += "二、蜂具\n\n1、喷烟器\n\n使蜂群安静的器具。\n\n2、起刮刀\n\n撬开巢脾和刮除蜂胶的工具。\n"
    assert {"蜂王", "雄蜂", "喷烟器", "起刮刀"} <= made(text).keys()


def test_a_question_that_was_broken_at_a_margin_is_asked_whole() -> None:
    text = "# Bees\n\n1) Explain what is meant when a colony is called\nqueenright in spring.\n\n"
    text += "It has a queen that lays\n"
    text += "\n2) What is the difference between drones and\nworkers in a hive.\n\nDrones have no sting\n"
    text += "\n3) What is a swarm?\n\nA colony on its way\n"
    assert {card.prompt: card.answer for card in read_note(text, "bees.md").cards} == {
        "Explain what is meant when a colony is called queenright in spring.": "It has a queen that lays",
        "What is the difference between drones and workers in a hive.": "Drones have no sting",
        "swarm": "A colony on its way",
    }
