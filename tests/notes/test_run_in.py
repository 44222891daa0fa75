"""Headings that a text runs on from, tables glued to an item, counted rows, pairs of items, and indexes."""

from studyllm.notes import Note, read_note


def note(text: str, name: str = "n.md") -> Note:
    return read_note(text, name)


def fronts(text: str, name: str = "n.md") -> dict[str, str]:
    return {card.term: card.answer for card in note(text, name).cards}


def test_a_bold_heading_with_a_full_stop_is_a_term_without_it() -> None:
    text = (
        "# Rules of the workshop\n\n## Virtues\n\n"
        "1. **Candour.** Say what is so, also where it is unwelcome.\n"
        "2. **Thrift.** Waste no material that others have to pay for.\n"
        "3. **Patience.** Let glue dry as long as the maker says.\n"
    )
    assert fronts(text)["Thrift"] == "Waste no material that others have to pay for."


def test_a_name_that_its_text_says_again_is_a_term() -> None:
    text = (
        "# 釉的性质\n\n"
        "1. 流动性。流动性是指釉在高温下向低处移动的程度，与黏度相反\n"
        "2. 透明性。透明性是指光线穿过釉层而不散射的程度\n"
        "3. 适应性。适应性是指釉与坯的膨胀系数彼此接近的程度\n"
    )
    offered = {one.card.term for one in note(text).offers}
    assert {"流动性", "透明性", "适应性"} <= fronts(text).keys() | offered


def test_a_table_right_under_an_item_is_a_table() -> None:
    text = (
        "# 木工\n\n- 常用的锯\n| 锯 | 用途 |\n|----|----|\n"
        "| 框锯 | 沿木纹开料 |\n| 夹背锯 | 切割榫头 |\n| 钢丝锯 | 锯出曲线 |\n"
        "- 常用的刨\n| 刨 | 用途 |\n|----|----|\n| 长刨 | 刨平长料 |\n| 槽刨 | 开出直槽 |\n| 线刨 | 做出线脚 |\n"
    )
    found = fronts(text)
    assert found["夹背锯"] == "切割榫头"
    assert found["槽刨"] == "开出直槽"


def test_rows_that_are_counted_are_called_by_the_name_beside() -> None:
    text = (
        "# Sails\n\n| L | Name | Use |\n| --- | --- | --- |\n"
        "| 3 | Jib | Drives the boat to windward |\n"
        "| 2 | Genoa | Overlaps the mast in light wind |\n"
        "| 1 | Spinnaker | Fills before the wind |\n"
    )
    assert "Genoa" in fronts(text)
    assert "2" not in fronts(text)


def test_two_items_are_a_question_and_its_answer() -> None:
    text = (
        "# Flashcards\n\n"
        "1. \n    - What does a luthier make?\n    - Violins, lutes and other instruments with strings.\n"
        "2. \n    - What does a cooper make?\n    - Barrels of staves and hoops.\n"
        "3. \n    - What does a fletcher make?\n    - Arrows with feathers.\n"
    )
    found = {card.prompt: card.answer for card in note(text).cards}
    assert found["What does a cooper make?"] == "Barrels of staves and hoops."


def test_links_to_places_of_the_same_note_are_no_card() -> None:
    entries = "".join(
        f"### {name}\n\n{name} is a tool that joiners use for {use}.\n\n" for name, use in TOOLS
    )
    index = "**A-M**\n[Adze](#adze) | [Awl](#awl) | [Bevel](#bevel)\n\n**N-Z**\n[Plane](#plane) | [Rasp](#rasp)\n\n"
    found = fronts(f"# Tools\n\n{index}{entries}")
    assert "Awl" in found
    assert not {"A-M", "N-Z"} & found.keys()


TOOLS = (
    ("Adze", "hewing beams"),
    ("Awl", "starting holes"),
    ("Bevel", "copying angles"),
    ("Plane", "smoothing boards"),
    ("Rasp", "shaping curves"),
)


def test_the_card_of_a_file_begins_where_its_text_does() -> None:
    text = "---\ncreated: 2024-05-12\n---\n\nA mortise is a hole that is cut into a piece of wood to take a tenon.\n"
    (card,) = note(text, "Mortise.md").cards
    assert (card.term, card.source.line) == ("Mortise", 5)


def test_a_request_is_a_question_in_japanese_too() -> None:
    text = (
        "# 木工の復習\n\n"
        "## 鉋の調整のしかたを説明してください\n\n刃を台から紙一枚ほど出し、裏金を刃先に近づける。\n\n"
        "## ほぞ継ぎの利点を述べよ\n\n釘を使わずに強く組め、木の伸び縮みにも耐える。\n\n"
        "## 鋸の縦挽きと横挽きの違いを説明してください\n\n縦挽きは木目に沿って切り、横挽きは木目を断つ。\n"
    )
    assert "ほぞ継ぎの利点を述べよ" in fronts(text)
