"""What first users' notes, and those of strangers, were misread in."""

import pytest

from studyllm.notes import read_note
from studyllm.notes.candidates.asking import asks
from studyllm.notes.markdown.dialects import as_markdown
from tests.notes.reading import cards_of, considered_in


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "# Kiln\n\nShelf: carries the ware while it is fired, and has to stand the heat of the whole firing\n"
            "SP = set point (about 1240 °C)\n",
            {"Shelf": "carries the ware while it is fired, and has to stand the heat of the whole firing"},
        ),
        (
            "# Kiln\n\nbisque: fired once\ncandling: drying the ware at a low heat\nWhat is the wax resist for?\n"
            "-> keeps the foot free of glaze\n",
            {
                "candling": "drying the ware at a low heat",
                "What is the wax resist for?": "keeps the foot free of glaze",
            },
        ),
        (
            "# Kiln\n\n- **Cone**: bends at its heat\n\nhow do you know that it is hot?\n- by the cones\n"
            "- by its colour\n\n"
            "shelf: carries the ware\n",
            {"how do you know that it is hot?": "- by the cones\n- by its colour", "shelf": "carries the ware"},
        ),
        ("# 面部\n\n- 感觉纤维→支配舌前的味觉\n- 运动纤维→支配表情肌\n", {"感觉纤维": "支配舌前的味觉"}),
        ("# Gruß\n\n- 5:00 Uhr – 11:00 Uhr: Guten Morgen\n", {"5:00 Uhr – 11:00 Uhr": "Guten Morgen"}),
        (
            "# Verben\n\n- kaufen to buy\n- hören to hear ,\n- suchen - to search\n",
            {"kaufen": "to buy", "hören": "to hear"},
        ),
    ],
)  # fmt: skip
def test_is_read_as_it_is_meant(text: str, wanted: dict[str, str]) -> None:
    found = considered_in(text)
    assert {front: found.get(front) for front in wanted} == wanted


def test_questions_under_a_heading_example_are_asked() -> None:
    text = "# Fork\n\n## Example\n\n- What is returned?\n  - its number\n- Why may it fail?\n  - too many\n"
    assert "Why may it fail?" in dict(cards_of(text))


def test_what_asks_the_teacher_is_no_card() -> None:
    found = [
        front for front, _back in cards_of("# Verbes\n\nexception: être → ét-\n\nprof: Mme Roche, room 12\n")
    ]
    assert "prof" not in found


def test_numbers_that_do_not_count_on_are_one_list() -> None:
    ones = "# 釉\n\n1. **铁釉**\n\n  - 便宜\n  - 颜色稳重\n\n1. **铜釉**\n\n  - 颜色鲜亮\n  - 怕还原\n"
    assert considered_in(ones)["铜釉"] == "- 颜色鲜亮\n- 怕还原"
    asked = "# Kiln\n\n7. What is a cone?\n* a pyramid\n* it bends\n\n3. What is a shelf?\n* it carries the ware\n"
    assert considered_in(asked)["cone"] == "- a pyramid\n- it bends"


def test_a_block_of_logseq_may_begin_with_its_properties() -> None:
    text = "- Kiln\n\t- card-repeats:: 4\n\t  card-last-score:: 5\n\t  2. What is a cone? #card\n\t\t- a pyramid\n"
    assert ("cone", "a pyramid") in cards_of(text)


def test_a_kind_is_shown_with_the_bold_line_above_its_list() -> None:
    text = "# Kiln\n\n**Atmospheres**\n* reducing: too little air\n* oxidising: enough\n* neutral: neither of them\n"
    prompts = {card.prompt for card in read_note(text, "kiln.md").cards}
    assert "Atmospheres: reducing" in prompts


@pytest.mark.parametrize(
    "front",
    [
        "火候不到则胎不坚，火候太过则釉流。结合所学，谈谈为什么烧窑要看火候。",
        "Nennen Sie den Aufbau eines Ofens",
        "Décrire la cuisson en réduction",
    ],
)
def test_a_request_asks(front: str) -> None:
    assert asks(front)


def test_words_below_one_another_are_shown_with_the_line_above_them() -> None:
    verbs = "avoir - eu\nfaire - fait\nvoir - vu\n"
    prompts = {
        card.prompt for card in read_note(f"# Verbes\n\nirreg participles\n{verbs}", "verbes.md").cards
    }
    assert "irreg participles: voir" in prompts
    assert "voir" in {
        card.prompt for card in read_note(f"# Verbes\n\nwords to know\n{verbs}", "verbes.md").cards
    }


def test_when_something_was_may_stand_before_a_comma() -> None:
    text = (
        "# 陶\n\n- 公元前 20世纪左右，出现轮制陶器\n- 公元前 15世纪，烧成原始青瓷\n- 1405, 官窑设在景德镇\n"
    )
    found = considered_in(text)
    assert (found["公元前 20世纪左右"], found["1405"]) == ("出现轮制陶器", "官窑设在景德镇")


def test_a_name_in_short_may_stand_right_before_what_it_stands_for() -> None:
    text = "# Kiln\n\nTC(Thermo Couple)\nSP(Set Point)\n\n- PID- Proportional and integral\n- QRS- Komplex = a peak\n"
    found = considered_in(text)
    assert (found["TC"], found["SP"]) == ("Thermo Couple", "Set Point")
    assert (found["PID"], found["QRS- Komplex"]) == ("Proportional and integral", "a peak")


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("# Plan\n\n- Want to learn rust\n- Need to buy clay\n- Remember to call\n- Have to pay\n", "Want"),
        ("# H\n\n3年，他都没有回家。\n", "3年"),
        ("# H\n\n1945, as he later wrote, was a year of peace.\n", "1945"),
        ("# H\n\n- AI- based tools are used widely\n", "AI"),
        ("# H\n\n- 上海→北京→广州\n", "上海"),
        ("# H\n\n- 调用a.b()->c 方法\n", "调用a.b"),
        ("# H\n\n2020年GDP为100万亿元。\n", "2020年GDP"),
        ("# H\n\n半衰期T为常数时成立。\n", "半衰期T"),
        ("# H\n\nCPU为主的设计是常见的设计方案。\n", "CPU"),
    ],
)
def test_is_no_entry(text: str, front: str) -> None:
    assert front not in considered_in(text)


def test_a_label_goes_on_with_the_answer_to_a_question() -> None:
    text = "What is osmosis?\n\nIt moves water.\n\nReason: pressure differs.\n\nWhat is heat?\n\nIt moves.\n"
    assert considered_in(text)["osmosis"] == "It moves water.\nReason: pressure differs."


def test_a_block_of_logseq_may_be_a_list_below_its_properties() -> None:
    block = "- id:: 2\n  1. load it\n  2. fire it\n"
    assert as_markdown(block)[0] == "\n- 1. load it\n  2. fire it\n"
    assert as_markdown("- id:: 2\n  6. fire it\n")[0] == "\n- fire it\n"
