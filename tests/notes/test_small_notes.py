"""Kinds of small notes as people write them: each was read wrongly once."""

from studyllm.cards import Kind
from studyllm.notes import read_note
from studyllm.notes.words.brackets import is_emphasis
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


def test_a_sentence_that_says_outright_what_something_is_makes_a_card_wherever_it_stands() -> None:
    text = (
        "# 陶\n\n今天讲得很快，没有听清。\n\n所谓素烧，是指上釉之前先用低温烧一次。\n\n"
        "坯体是指成形之后还没有烧过的器物。\n\n下次带围裙。\n"
    )
    assert {card.term for card in read_note(text, "n.md").cards} == {"素烧", "坯体"}
    text = "# 陶芸\n\n釉薬とは、焼き物の表面をおおうガラス質の膜のことである。\n"
    assert [card.term for card in read_note(text, "n.md").cards] == ["釉薬"]


def test_a_bold_name_is_defined_in_any_language_behind_its_article() -> None:
    text = (
        "# Ton\n\nDie **Engobe** ist eine dünne Schicht aus flüssigem Ton.\n\n"
        "Wir begannen spät. An **aglaze** is a word nobody needs.\n"
    )
    assert "Engobe" in {card.term for card in read_note(text, "n.md").cards}
    text = "# 도자기\n\n**유약**은 도자기 표면을 덮는 유리질 막이다.\n"
    assert [card.term for card in read_note(text, "n.md").cards] == ["유약"]


def test_parts_that_recur_stand_with_what_they_are_parts_of() -> None:
    text = (
        "- **Raku**\n  - Idea: fast firing in the open\n  - Ware: tea bowls\n  - Place: Kyoto\n"
        "- **Celadon**\n  - Idea: iron in a reducing fire\n  - Ware: dishes\n"
    )
    fronts = {card.term for card in read_note(text, "n.md").cards}
    assert not fronts & {"Idea", "Ware", "Place"}
    rows = "| 项目 | 内容 |\n| --- | --- |\n| 产地 | {} |\n| 釉色 | {} |\n\n"
    text = (
        "# 名窑\n\n### 龙泉窑\n\n"
        + rows.format("浙江龙泉", "青")
        + "### 定窑\n\n"
        + rows.format("河北曲阳", "白")
    )
    made = {card.term: card.answer for card in read_note(text, "n.md").cards}
    assert made["龙泉窑：产地"] == "浙江龙泉"
    assert made["定窑：釉色"] == "白"


def test_names_with_their_values_below_one_another_are_cards() -> None:
    text = "# Kiln\n\nBisque firing: 950-1000 °C\nStoneware firing: approx. 1250 °C\nDrying time: 5 days\n"
    assert {card.term for card in read_note(text, "n.md").cards} == {
        "Bisque firing",
        "Stoneware firing",
        "Drying time",
    }
    text = "# Shop\n\nClay: 12 €\nGlaze: 8 €\nSponge: 2 €\n"
    assert not read_note(text, "n.md").cards


def test_lines_of_a_word_and_what_it_is_the_same_as_are_cards_and_no_text() -> None:
    text = "# 古文\n\n## 通假\n说 = 悦，高兴\n具 = 俱，都\n\n## 作业\n读课文\n"
    assert {card.term: card.answer for card in read_note(text, "n.md").cards} == {
        "说": "悦，高兴",
        "具": "俱，都",
    }


def test_days_of_several_years_are_history() -> None:
    text = "# 陶瓷史\n\n- 1957年10月4日：窑址发现\n- 1961年4月12日：第一次发掘\n- 1970年4月24日：展览开幕\n"
    assert "1961年4月12日" in fronts_of(text)
    text = "# 日志\n\n- 2023年10月4日：买泥\n- 2023年10月5日：拉坯\n- 2023年10月9日：上釉\n"
    assert not any("年" in front for front in fronts_of(text))


def test_a_line_that_heads_a_file_of_entries_is_their_title() -> None:
    text = (
        "《陶说》名词 - 期末\n拉坯：在转盘上把泥拉成形\n利坯：把坯体修薄\n\n荡釉：把釉倒进坯里转一圈再倒出\n"
    )
    assert {card.term for card in read_note(text, "n.md").cards} == {"拉坯", "利坯", "荡釉"}


def test_a_rule_that_counts_other_columns_than_the_head_still_makes_a_table() -> None:
    text = "# Clays\n\n| clay | fires at | meaning |\n| - | - | - | -\n"
    text += "| Kaolin | `1400` | white clay\n| Ball clay | `1200` | plastic clay\n"
    assert {"Kaolin", "Ball clay"} <= {card.term for card in read_note(text, "n.md").cards}


def test_a_table_without_a_head_tells_of_its_title() -> None:
    text = (
        "# ～ざるを得ない\n\n| | |\n|---|---|\n| **意味** | そうするしかない |\n| **接続** | 動詞ない形 |\n"
    )
    made = read_note(text, "n.md").cards
    assert [(card.term, card.answer) for card in made] == [
        ("～ざるを得ない", "そうするしかない\n接続：動詞ない形")
    ]


def test_folds_and_cards_that_nobody_closed_end_where_the_next_begins() -> None:
    fold = "<details>\n<summary>What is {}?</summary>\n\n{}.\n\n"
    text = (
        "# Self test\n\n"
        + fold.format("a saggar", "A box for a pot")
        + fold.format("a pug mill", "A mixer of clay")
    )
    made = {card.term: card.answer for card in read_note(text, "n.md").cards}
    assert made == {"saggar": "A box for a pot.", "pug mill": "A mixer of clay."}
    text = "START\nBasic\nWhat dries a pot?\nBack: air\n\nSTART\nBasic\nWhat fires it?\nBack: a kiln\nEND\n"
    assert backs_of(text) == {"What dries a pot?": "air", "What fires it?": "a kiln"}


def test_marks_of_questions_in_full_width_and_of_spanish() -> None:
    text = "Ｑ．素焼きの目的は何ですか？\nＡ．釉薬を掛けやすくすることです。\n\n"
    text += "**P: ¿Qué es el engobe?**\nR: Una capa de arcilla líquida.\n"
    assert list(backs_of(text).values()) == ["釉薬を掛けやすくすることです。", "Una capa de arcilla líquida."]


def test_links_behind_a_heading_are_no_part_of_it() -> None:
    text = "## Selvedge [[cloth]] [[loom]]\n\nThe edge of a cloth that does not ravel.\n\n"
    found = fronts_of(
        f"{text}## Introduction to [[twill]]\n\nTwill is a weave of which the lines run aslant.\n"
    )
    assert "Selvedge" in found
    assert "Introduction to" not in found


def test_numbered_commands_under_what_is_to_be_done_are_steps() -> None:
    text = "# Dye\n\n## Reset the vat\n\n1. Open the tap\n2. `drain --all`\n3. `rinse`\n4. `fill --half`\n"
    (card,) = (card for card in read_note(text, "a.md").cards if card.term == "Reset the vat")
    assert card.kind is Kind.SEQUENCE
