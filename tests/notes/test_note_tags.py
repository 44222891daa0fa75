"""Tags that a note carries."""

import pytest

from studyllm.notes import read_note
from studyllm.notes.markdown.note_tags import without_tags

CARDS = "\n- **进程**：资源分配的单位。\n- **线程**：调度的单位。 #重点 #考/23年\n"


def tags(text: str) -> dict[str, tuple[str, ...]]:
    return {card.term: card.tags for card in read_note(text, "a.md").cards}


@pytest.mark.parametrize(
    "front",
    [
        "---\ntags: [操作系统, 面试]\n---\n",
        "---\ntitle: x\ntags: 操作系统, 面试\naliases: [os]\n---\n",
        "---\ntags:\n  - 操作系统\n  - '#面试'\naliases:\n  - os\n---\n",
        "\n#操作系统 #面试\n",
        "\n#flashcards/操作系统 #面试\n",
    ],
)
def test_tags_of_the_note_are_of_all_its_cards_and_those_of_a_line_of_one(front: str) -> None:
    assert tags(front + CARDS) == {
        "进程": ("操作系统", "面试"),
        "线程": ("操作系统", "面试", "重点", "考/23年"),
    }


def test_what_is_no_tag_is_none() -> None:
    plain = "# 标题\n\n```c\n#include\n#define\n```\n\n颜色是 #123 那种。\n"
    assert set(tags(plain + CARDS.split(" #", 1)[0] + "\n").values()) == {()}
    assert set(tags("---\ntitle: tags\n---\n" + CARDS.split(" #", 1)[0]).values()) == {()}


def test_tags_behind_a_heading_are_in_no_name() -> None:
    note = read_note(
        "# Wi-Fi #flashcards/net\n\n## C# and F#\n\n- **Lambda**: a function that has no name of its own\n",
        "/wifi.md",
    )
    assert note.title == "Wi-Fi"
    assert {card.headings for card in note.cards if card.term == "Lambda"} == {("Wi-Fi", "C# and F#")}
    assert without_tags("#inbox") == "#inbox", "a title stays one"


def test_a_line_may_begin_with_the_tags_of_its_note() -> None:
    text = "#weaving/hand #cka book p. 30ff\n\n- **Warp**: threads along the cloth\n- **Weft**: threads across it\n"
    assert {card.tags for card in read_note(text, "a.md").cards} == {("weaving/hand", "cka")}
    assert {
        card.tags
        for card in read_note(text.replace("#weaving", "#Weaving on").replace("#cka ", ""), "a.md").cards
    } == {()}


def test_the_line_of_tags_under_a_title_is_no_text() -> None:
    text = "---\nx: 1\n---\n# Loom\n#weaving lecture 3 Dr Hall - slides 12-48\n\n- **Warp**: threads along the cloth\n"
    assert [card.term for card in read_note(text, "a.md").cards] == ["Warp"]
    assert read_note(text, "a.md").cards[0].tags == ("weaving",)


def test_a_tag_before_a_later_line_is_of_no_other_card() -> None:
    text = "# Loom\n\n- **Warp**: threads along the cloth\n\n- **Weft**: threads across it\n\n#todo ask the weaver\n"
    assert {card.tags for card in read_note(text, "a.md").cards} == {()}
