"""How people write what cards are made of: a few lines of a note, and the fronts and backs they give."""

import pytest

from studyllm.cards import Kind
from studyllm.notes import read_note
from tests.notes.reading import cards_of


def test_an_answer_goes_on_up_to_the_next_question_and_the_last_one_ends_at_a_blank_line() -> None:
    text = "Q：甲？\nA：第一个天干\n\n属木，和乙相对。\n\nQ：乙？\nA：第二个天干\n\n- 一\n- 二"
    assert cards_of(text) == [("甲？", "第一个天干\n属木，和乙相对。"), ("乙？", "第二个天干")]


def test_a_bold_definition_ends_an_answer() -> None:
    text = "Q：乙？\nA：第二个天干：\n- 属木\n- 属阴\n\n**休克**：有效循环血量锐减"
    assert cards_of(text) == [("乙？", "第二个天干：\n- 属木\n- 属阴"), ("休克", "有效循环血量锐减")]


def test_an_answer_goes_on_with_what_it_announces() -> None:
    text = "Q：黄疸分几型？\nA：三型：\n\n- 溶血性\n- 肝细胞性\n\nQ: What runs?\nA: This:\n\n```\nrun()\n```"
    assert cards_of(text) == [
        ("黄疸分几型？", "三型：\n- 溶血性\n- 肝细胞性"),
        ("What runs?", "This:\n```\nrun()\n```"),
    ]


OPTIONS = "A. 胸内压\nB. 气体分压差\nC. 大气压\nD. 呼吸运动\n"


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("3. 下列哪项是肺换气的动力？（ B ）\n", ""),
        ("下列哪项是肺换气的动力？\n", "答案：B\n"),
        ("**下列哪项是肺换气的动力？**\n\n", "\n【答案】B。解析：见书\n"),
        ("### 下列哪项是肺换气的动力？\n", "Answer: B\n"),
    ],
)
def test_the_option_that_the_key_names_is_the_answer(question: str, key: str) -> None:
    assert cards_of(f"# 题库\n\n{question}{OPTIONS}{key}") == [("下列哪项是肺换气的动力？", "气体分压差")]


def test_several_keys_options_side_by_side_and_a_gap_in_the_sentence() -> None:
    text = (
        "1. 属于肉食动物的是（AC）。\nA. 狼  B. 羊\nC. 狐  D. 牛\n2. 会飞的是哪个？（C）\nA. 狼 B. 羊 C. 鹰\n"
    )
    assert cards_of(text) == [("属于肉食动物的是（ ）。", "狼；狐"), ("会飞的是哪个？", "鹰")]


def test_options_without_a_key_are_no_answer() -> None:
    note = read_note(
        f"# 题库\n\n3. 下列哪项是肺换气的动力？\n{OPTIONS}\n**休克**：有效循环血量锐减\n", "notes.md"
    )
    assert [card.term for card in note.cards] == ["休克"]
    assert not note.offers


def test_letters_before_what_a_question_asks_for_are_numbers() -> None:
    note = read_note("## 心肌有哪些特性？\nA. 自律性\nB. 传导性\nC. 收缩性\n", "notes.md")
    assert "传导性" in note.cards[0].answer


def test_a_marked_question_ends_the_answer_of_a_bold_one() -> None:
    text = "**6. 三多一少指什么？**\n多饮、多食、多尿，体重减少\n\nQ7: 房室延搁的意义\nA7: 心室后收缩\n"
    assert cards_of(text) == [
        ("三多一少指什么？", "多饮、多食、多尿，体重减少"),
        ("房室延搁的意义", "心室后收缩"),
    ]


def test_the_rows_of_a_table_are_lines_to_say() -> None:
    rows = "|  | 干性 | 湿性 |\n|---|---|---|\n| 部位 | 四肢末端 | 内脏 |\n| 界限 | 清楚 | |\n"
    text = f"## 两种坏疽有什么区别？\n\n{rows}"
    (card,) = (card for card in read_note(text, "notes.md").cards if card.rule == "heading question")
    assert card.points == ("部位：干性 四肢末端；湿性 内脏", "界限：干性 清楚")
    assert card.answer == "- 部位：干性 四肢末端；湿性 内脏\n- 界限：干性 清楚"


def test_a_table_of_two_columns_beside_text() -> None:
    text = "## Which ports are open?\n\nTwo of them.\n\n| Port | Service |\n|---|---|\n| 22 | SSH |\n| 80 | HTTP |\n"
    (card,) = (card for card in read_note(text, "notes.md").cards if card.rule == "heading question")
    assert card.answer == "Two of them.\n- 22: SSH\n- 80: HTTP"


def test_what_a_line_says_before_a_labelled_list_is_a_point() -> None:
    text = "# 历史\n\n6. 三大改造完成的时间：1956 年底\n   意义：\n   1. 公有制的转变\n   2. 基本制度建立\n"
    (card,) = (card for card in read_note(text, "notes.md").cards if card.term == "三大改造完成的时间")
    assert card.answer == "1956 年底\n意义：\n1. 公有制的转变\n2. 基本制度建立"
    assert card.points == ("1956 年底", "公有制的转变", "基本制度建立")


def test_the_same_label_of_two_entries_is_named_by_each() -> None:
    text = (
        "# 传染病\n\n病毒性肝炎的传播途径：甲型、戊型由粪口传播\n意义：\n1. 指导隔离\n2. 指导预防\n\n"
        "**潜伏期**：病原体侵入到出现症状的时间\n意义：\n- 决定检疫期限\n- 有助于诊断\n"
    )
    note = read_note(text, "notes.md")
    found = [*note.cards, *(offer.card for offer in note.offers)]
    assert [(card.term, card.points) for card in found if card.rule == "lead list"] == [
        ("病毒性肝炎的传播途径的意义", ("指导隔离", "指导预防")),
        ("潜伏期的意义", ("决定检疫期限", "有助于诊断")),
    ]


def test_a_label_alone_is_no_point() -> None:
    items = "1. 工业：建成汽车厂\n2. 交通运输业：\n   1. 新建铁路\n   2. 修筑公路\n3. 其他人物：\n"
    text = f"## 成就有哪些？\n\n{items}"
    (card,) = (
        card for card in read_note(text, "notes.md").cards if card.kind is Kind.LIST and "？" in card.term
    )
    assert card.points == ("工业：建成汽车厂", "交通运输业：新建铁路；修筑公路")


def test_the_label_of_a_model_answer_is_no_part_of_it() -> None:
    text = "## 什么时候要说不？\n\n**回答提示：** 从事实说起。\n\n**回答样本：**\n\n先说原因，再说不。\n"
    assert cards_of(text) == [("什么时候要说不？", "从事实说起。\n先说原因，再说不。")]


def test_a_question_above_a_mark_begins_after_the_pairs_above_it() -> None:
    text = "#flashcards\n\n# 网络\n\nDNS 默认端口::53\nHTTP 和 HTTPS 的默认端口\n?\n80 和 443\n"
    assert cards_of(text) == [("DNS 默认端口", "53"), ("HTTP 和 HTTPS 的默认端口", "80 和 443")]


def test_the_marks_of_cards_are_no_part_of_an_answer() -> None:
    text = "- 免疫学 #card\n\t- 抗原 #card\n\t\t- 能刺激免疫应答的物质\n\t- 半抗原 #card\n\t\t- 没有免疫原性的物质\n"
    first = read_note(text, "notes.md").cards[0]
    assert first.points == ("抗原", "半抗原")
    assert "#card" not in first.answer


def test_the_same_label_in_two_lists_is_named_by_the_line_above_each() -> None:
    text = (
        "## 糖代谢\n\n糖酵解：葡萄糖分解成乳酸的过程\n- 部位：胞液\n- 关键酶：己糖激酶\n\n"
        "三羧酸循环\n\t- 部位：线粒体\n\t- 关键酶：柠檬酸合酶\n"
    )
    found = dict(cards_of(text))
    assert found["糖酵解：部位"] == "胞液"
    assert found["三羧酸循环：部位"] == "线粒体"
    assert "部位" not in found


def test_lines_of_a_word_and_its_translation_are_a_card_each() -> None:
    text = "# Unit 4\n\n## 短语\nsuffer from 患（病）\nbe allergic to 对……过敏\nside effect n. 副作用\n"
    assert cards_of(text) == [
        ("suffer from", "患（病）"),
        ("be allergic to", "对……过敏"),
        ("side effect", "副作用"),
    ]


def test_chinese_terms_that_begin_with_latin_letters_are_no_words() -> None:
    note = read_note("## 酶\nDNA 聚合酶\nRNA 聚合酶\nATP 合酶\n", "notes.md")
    assert not [card for card in note.cards if card.term in ("DNA", "RNA", "ATP")]


def test_an_affix_keeps_its_hyphen() -> None:
    text = "## 词根词缀\n\n- cardi-  心脏\n- nephr-  肾\n- -itis 炎症\n- hemo- 血液\n"
    assert [term for term, _ in cards_of(text)] == ["cardi-", "nephr-", "-itis", "hemo-"]


def test_what_a_handout_writes_before_a_term_is_no_term() -> None:
    text = "# 病理\n\n【名解】化生：被另一种成熟细胞取代的过程。\n【名解】【重点】机化：肉芽组织取代坏死组织的过程。\n"
    assert [term for term, _ in cards_of(text)] == ["化生", "机化"]


def test_notion_says_when_a_page_was_changed() -> None:
    models = "- 瀑布模型：按顺序开发\n- 敏捷开发：迭代开发\n"
    text = f"# 工程\n\n最后编辑：2026年11月2日\n\n{models}\n## UML 图分几类？\n\n💡 结构图和行为图\n"
    assert cards_of(text) == [
        ("瀑布模型", "按顺序开发"),
        ("敏捷开发", "迭代开发"),
        ("UML 图分几类？", "结构图和行为图"),
    ]


def test_numbers_in_brackets_below_a_numbered_question_are_its_list() -> None:
    text = "# 题库\n\n1. 正常心率是多少？\n答：60~100 次/分\n\n2. 简述影响血压的因素。\n（1）心率\n（2）外周阻力\n"
    assert cards_of(text) == [
        ("正常心率是多少？", "60~100 次/分"),
        ("简述影响血压的因素。", "1. 心率\n2. 外周阻力"),
    ]


def test_the_line_below_a_numbered_question_answers_it() -> None:
    text = "# 题库\n\n5. 什么叫肾小球滤过率？\n单位时间内两肾生成的超滤液量。\n\n6. 正常心率是多少？\n60~100 次/分\n"
    assert cards_of(text) == [
        ("肾小球滤过率", "单位时间内两肾生成的超滤液量。"),
        ("正常心率是多少？", "60~100 次/分"),
    ]


def test_a_table_without_a_header_is_one_of_words_or_of_labels() -> None:
    words = "# Wörter\n\n| | |\n|-|-|\n| das Tuch | cloth |\n| weben | to weave |\n| der Faden | thread |\n"
    assert {card.prompt for card in read_note(words, "a.md").cards} == {"das Tuch", "weben", "der Faden"}
    forms = "# Präteritum\n\n| | | |\n|-|-|-|\n| | ich | du |\n| weben | wob | wobst |\n| nähen | nähte | nähtest |\n"
    assert {c.prompt: c.answer for c in read_note(forms, "a.md").cards}["weben"] == "ich: wob\ndu: wobst"
