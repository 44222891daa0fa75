"""Cards as other programs write them, and rules that Markdown takes for underlines."""

import pytest

from studyllm.notes import read_note
from tests.notes.test_memos import made
from tests.notes.test_typed_ways import told


def test_an_answer_above_a_rule_is_no_heading() -> None:
    text = "# Bees\n\nQ: Who lays the eggs?\nA: The queen.\n---\nQ: Who guards the entrance?\nA: Older workers.\n"
    assert made(text) == {"Who lays the eggs?": "The queen.", "Who guards the entrance?": "Older workers."}
    entries = (
        "# Bees\n\n**Drone**: a male bee.\n---\n**Swarm**: a queen that leaves with half of the hive.\n---\n"
    )
    assert set(made(entries)) == {"Drone", "Swarm"}
    title = "Royal jelly\n---\n\nThe food that turns a larva into a queen.\n\nPropolis\n---\n\nThe glue of the hive.\n"
    assert {"Royal jelly", "Propolis"} <= set(made(title))


def test_the_arrows_of_remnote_are_pairs_and_lists() -> None:
    text = (
        "# Bees\n\n- Propolis >> resin that closes the gaps of a hive #[[exam one]]\n"
        "- What does a scout dance? >> The way to food\n"
        "- Members of a hive >>>\n    - queen\n    - workers\n    - drones\n"
    )
    cards = {card.prompt: card for card in read_note(text, "a.md").cards}
    assert cards["Propolis"].answer == "resin that closes the gaps of a hive"
    assert cards["What does a scout dance?"].answer == "The way to food"
    assert cards["Members of a hive"].points == ("queen", "workers", "drones")
    assert "echo a" not in made("# Shell\n\n- echo a >> log: appends to a file\n- run it again\n")


def test_a_section_of_inka_is_questions_with_quotes_for_answers() -> None:
    text = (
        "# Bees\n\n---\nDeck: Animals::Insects\nTags: exam\n\n1. Who lays the eggs?\n\n> The queen.\n\n"
        "2. Name the glue of the hive.\n\n> Propolis,\n> a resin.\n---\n"
    )
    assert made(text) == {
        "Who lays the eggs?": "The queen.",
        "Name the glue of the hive.": "Propolis, a resin.",
    }


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Вопрос", "Ответ"),
        ("Domanda", "Risposta"),
        ("Vraag", "Antwoord"),
        ("Front", "Back"),
        ("正面", "背面"),
    ],
)
def test_labels_of_questions_in_other_languages_are_no_fronts(question: str, answer: str) -> None:
    text = f"# 1\n\n**{question}:** Alpha beta gamma?\n**{answer}:** Delta.\n\n{question}: Epsilon?\n{answer}: Zeta.\n"
    assert made(text) == {"Alpha beta gamma?": "Delta.", "Epsilon?": "Zeta."}


def test_a_reading_above_a_word_is_its_reading() -> None:
    letters = "# 用語\n\n## <ruby>蜜<rt>みつ</rt>蝋<rt>ろう</rt></ruby>とは？\n\n蜂が巣を作る材料である。\n"
    assert made(letters) == {"蜜蝋": "みつろう\n蜂が巣を作る材料である。"}
    text = "# 用語\n\n## <ruby>蜜蝋<rt>みつろう</rt></ruby>とは？\n\n蜂が巣を作る材料である。\n"
    assert made(text) == {"蜜蝋": "みつろう\n蜂が巣を作る材料である。"}


def test_a_narrow_blank_before_a_colon_is_a_blank() -> None:
    text = "# Ruche\n\n- **Reine**\u202f: pond les œufs de la colonie\n- **Faux-bourdon**\u2009: le mâle\n"
    assert made(text) == {"Reine": "pond les œufs de la colonie", "Faux-bourdon": "le mâle"}


def test_traditional_labels_of_a_definition_are_parts_of_one_card() -> None:
    text = "# 養蜂\n\n## 蜂王（Queen）\n\n- 定義：產卵的雌蜂\n- 優點：壽命長\n- 缺點：不能採蜜\n"
    assert set(made(text)) == {"蜂王"}


def test_an_example_below_an_entry_belongs_to_it() -> None:
    text = "■ 用語\n\n・分蜂：女王が群れの半分と巣を出ること\n　例：春の分蜂\n・蜜源：蜜を出す花\n・花粉：花の粉\n"
    assert {"分蜂", "蜜源", "花粉"} <= set(made(text))


def test_arrows_of_shells_and_sides_of_things_are_no_cards() -> None:
    shell = "# Shell\n\n- Append: cmd >> file\n- Log: date >> log\n"
    assert made(shell) == {"Append": "cmd >> file", "Log": "date >> log"}
    assert not {"File", "Settings"} & set(made("# Menus\n\n- File >> Save as\n- Settings >> Privacy\n"))
    sides = "# 论点\n\n- 正面：提高效率\n- 反面：造成失业\n\n## 网络\n\n- 正面：信息快\n- 反面：谣言多\n"
    assert "提高效率" not in made(sides)
    jackets = (
        "# Jacket\n\n1. Front: sew the pocket\n2. Back: sew the zip\n3. Front: iron it\n4. Back: iron it\n"
    )
    assert "iron it" not in made(jackets)


def test_a_deck_that_is_no_section_of_inka_takes_nothing() -> None:
    text = (
        "# Ship\n\nx\n\n---\nDeck: cleaned daily\n\n1. Paint the rail\n2. Oil the winch\n\n"
        "Bilge: the lowest part of a hull\n"
    )
    assert told(text)["Bilge"] == "the lowest part of a hull"
    assert "Oil the winch" not in told(text)


def test_titles_that_are_underlined_stay_titles() -> None:
    text = (
        "Chapter 1: Cells\n----------------\n\nA cell is the smallest unit of life.\n\n"
        "GET /users - read\n-----------------\n\nReturns a list of all users of the system.\n"
    )
    fronts = set(made(text))
    assert "Chapter 1" not in fronts
    assert not any("GET /users" in answer for answer in made(text).values())
    short = "Binary search\n---\n\nHalves a sorted list.\n\nLinear search = slow\n---\n\nLooks at each one.\n"
    assert "Looks at each" not in told(short)["Binary search"]
