"""Kinds of small notes as people write them: each was read wrongly once."""

from studyllm.notes import read_note
from studyllm.notes.brackets import is_emphasis
from tests.notes.reading import cards_of, fronts_of
from tests.notes.test_scraps import backs_of


def test_a_list_below_chinese_numbers_is_part_of_what_they_number() -> None:
    text = (
        "# 物权\n\n## 一、留置\n（一）概念\n留置，是指债权人扣下债务人动产的权利。\n"
        "（二） 成立条件\n1. 债权已到期\n2. 动产由债权人占有\n3. 同一法律关系\n"
    )
    found = backs_of(text)
    assert found["留置"] == "留置，是指债权人扣下债务人动产的权利。"
    assert "动产由债权人占有" in found["留置的成立条件"]


def test_labels_of_other_languages_stand_with_what_they_tell_of() -> None:
    text = (
        "# 見立て\n\n## 概要\nあるものを別のものに見なす表現。\n\n## 特徴\n- 庭に使われる\n- 落語にもある\n"
        "- 短い\n"
    )
    assert "特徴" not in fronts_of(text)
    text = (
        "# Rubato\n\n## What it is\nPlaying with the beat.\n\n## Why it happens\n- singers breathe\n"
        "- pathos\n"
    )
    assert "Why it happens" not in fronts_of(text)


def test_what_stands_beside_a_definition_tells_more_of_it() -> None:
    text = (
        "# Passacaglia\n\n**Definition:** variations over a bass\n\n**Parts:** bass, voices\n\n"
        "**Where it grew:** Spain\n"
    )
    assert "Where it grew" not in fronts_of(text)


def test_a_plural_ending_belongs_to_the_word_and_the_word_is_known_without_it() -> None:
    text = '# Hof\n\nder Spaten, - = spade\ndie Harke, -n = rake\nder Zaun, "-e = fence\n'
    found = {card.term: card.aliases for card in read_note(text, "hof.md").cards}
    assert found == {"der Spaten": (), "die Harke, -n": ("die Harke",), 'der Zaun, "-e': ("der Zaun",)}


def test_a_word_in_brackets_is_shown_with_the_front_it_belongs_to() -> None:
    text = (
        "# vocab\n\n- la carte (bleue) = bank card\n- le pneu (crevé) = flat tyre\n"
        "- la carte (routière) = road map\n"
    )
    prompts = {card.prompt for card in read_note(text, "v.md").cards}
    assert "le pneu (crevé)" in prompts
    assert "le pneu" in fronts_of(text)
    assert [is_emphasis(word) for word in ("重点", "optional", "rouge")] == [True, True, False]


def test_letters_that_count_are_no_part_of_a_front() -> None:
    text = (
        "# Guilds\n\nI. Ranks\n   A. Journeyman: one who has learnt and is paid by the day\n"
        "   B. Wardens: they check the goods\n"
    )
    assert {"Journeyman", "Wardens"} <= fronts_of(text)
    assert "A. Journeyman" not in fronts_of(text)


def test_code_as_a_front_is_asked_without_its_marks() -> None:
    text = "# jj\n\n`jj new` 新建一个空的修改\n`jj undo` 撤销上一个操作\n`jj log` 列出修改的历史\n"
    assert {"jj new", "jj undo", "jj log"} <= fronts_of(text)


def test_a_formula_right_below_an_entry_is_part_of_it() -> None:
    text = "# 光学\n\n**焦距**：焦点到镜心的距离\n$$f = \\frac{r}{2}$$\n\n**像距**：像到镜心的距离\n"
    assert "frac{r}{2}" in backs_of(text)["焦距"]


def test_a_table_that_an_item_announces_is_part_of_it() -> None:
    text = (
        "# 冲煮\n\n- **闷蒸** 先用少量水浸湿咖啡粉，时间如下：\n\n"
        "| 豆 | 时间 |\n|---|---|\n| 浅烘 | 40秒 |\n| 深烘 | 25秒 |\n\n"
        "- **注水** 分三段把水倒进去\n- **落水** 水从滤杯里流下\n"
    )
    assert "浅烘" not in fronts_of(text)
    assert "40秒" in backs_of(text)["闷蒸"]


def test_days_numbers_of_telephones_and_places_to_look_are_no_cards() -> None:
    text = (
        "# 物候\n\n物候学是研究生物周期的科学。\n\n今天是小考，带铅笔。\n\n"
        "- **霜降**：见讲义\n- **芒种**：有芒作物成熟的节气\n"
        "- **气象台电话**：010 5555 1234\n"
    )
    assert not {"今天", "霜降", "气象台电话"} & fronts_of(text)
    assert "芒种" in fronts_of(text)
    assert "Ablation" not in fronts_of("# Ice\n\n- **Ablation**: see slides\n")


def test_a_letter_is_no_note_and_a_list_of_links_no_glossary() -> None:
    letter = (
        "Dear Uncle Bert,\n\nNews:\n\n- Garden: dry, apart from the beans\n- Roof: mended at last\n\n"
        "Yours,\nIda\n"
    )
    assert not cards_of(letter)
    links = (
        "# Weben\n\n## Links\n\n- [Leinwand](https://example.org/a) - schön erklärt\n"
        "- [Köper](https://example.org/b) - kurz\n"
    )
    assert not cards_of(links)


def test_a_heading_over_one_list_with_its_line_is_not_asked_as_well() -> None:
    text = (
        "# 乐器\n\n打击乐器包括：\n\n1. 定音鼓\n2. 木琴\n3. 三角铁\n\n弦乐器分为：\n- 弓弦\n- 拨弦\n- 击弦\n"
    )
    assert [front for front, _back in cards_of(text)] == ["打击乐器", "弦乐器"]


def test_other_names_in_the_front_matter_are_those_of_the_card_of_that_name() -> None:
    text = (
        "---\ntitle: Picardy third\naliases: [tierce picarde, PT]\n---\n\n"
        "A Picardy third is a major chord at the end of a piece in minor.\n"
    )
    assert {card.term: card.aliases for card in read_note(text, "p.md").cards} == {
        "Picardy third": ("tierce picarde", "PT")
    }


def test_several_popular_names_in_one_bracket() -> None:
    text = "# 盐\n\n- **硫酸钠**（Na2SO4，俗称芒硝、元明粉）：做玻璃用\n- **硫酸钙**：石膏\n"
    assert {"芒硝", "元明粉"} <= set(read_note(text, "盐.md").cards[0].aliases)


def test_a_glossary_of_names_each_over_its_meaning_and_lines_about_the_course() -> None:
    text = (
        "# Glossaire de la danse\n\ndue: jeudi\nprof: Mme Petit\n\n## B\nBattement\nMouvement de la jambe qui se lève\n"
        "\n## P\nPlié\nFlexion des genoux, talons au sol\n"
    )
    assert [front for front, _back in cards_of(text)] == ["Battement", "Plié"]


def test_parts_of_a_recipe_of_medicine_stand_with_its_name() -> None:
    text = (
        "# 方剂\n\n## 1.1 银翘散\n**组成**：银花、连翘\n**主治**：温病初起\n\n## 1.2 桑菊饮\n"
        "**组成**：桑叶、菊花\n**主治**：风温咳嗽\n"
    )
    assert {"银翘散：主治", "桑菊饮：主治"} <= fronts_of(text)
