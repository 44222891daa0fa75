"""How people write what cards are made of: a few lines of a note, and the fronts and backs they give."""

import pytest

from studyllm.cards import Kind
from studyllm.notes import read_note
from studyllm.notes.candidates.joining import about


def cards_of(text: str) -> list[tuple[str, str]]:
    """Front and back of the cards of a text."""
    return [(card.term, card.answer) for card in read_note(text, "notes.md").cards]


def fronts_of(text: str) -> set[str]:
    """Fronts of the cards of a text and of what is offered."""
    note = read_note(text, "notes.md")
    return {one.card.term for one in note.offers} | {card.term for card in note.cards}


def test_an_answer_ends_at_a_blank_line() -> None:
    text = (
        "Q：甲？\nA：第一个天干\n\n后面一段普通的话，和上面没有关系。\n\nQ：乙？\nA：第二个天干\n\n- 一\n- 二"
    )
    assert cards_of(text) == [("甲？", "第一个天干"), ("乙？", "第二个天干")]


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
    assert found["糖酵解的部位"] == "胞液"
    assert found["三羧酸循环的部位"] == "线粒体"
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


def test_numbered_titles_with_text_between_them_are_one_list() -> None:
    channel = "1. 经通道的易化扩散\n\n离子经通道蛋白顺浓度运输。\n\n特性：\n\n- 离子选择性\n- 门控特性\n"
    carrier = (
        "2. 经载体的易化扩散\n\n底物与载体结合后从一侧转运至另一侧。\n\n特性：\n\n- 结构特异性\n- 饱和现象\n"
    )
    found = dict(cards_of(f"## 易化扩散\n\n{channel}\n{carrier}\n## 主动转运\n\n消耗 ATP 的转运。\n"))
    assert found["经通道的易化扩散"].startswith("离子经通道蛋白顺浓度运输。")
    assert found["经载体的易化扩散的特性"] == "- 结构特异性\n- 饱和现象"


def test_lists_numbered_in_two_ways_belong_to_one_another() -> None:
    text = "1. 比较的含义\n1) 各国文学的比较\n2) 文学与其他领域的比较\n\n2. 三股热潮\n1) 理论的热潮\n2) 文化的热潮\n"
    found = dict(cards_of(f"# 比较文学\n\n{text}"))
    assert found["三股热潮"] == "1. 理论的热潮\n2. 文化的热潮"


def test_chinese_numerals_before_titles_count_too() -> None:
    objects, principles = "（1）人身关系\n\n（2）财产关系", "（1）平等\n\n（2）自愿"
    text = f"# 民法\n\n一、民法的调整对象\n\n{objects}\n\n二、民法的基本原则\n\n{principles}\n"
    found = dict(cards_of(text))
    assert found["民法的调整对象"] == "1. 人身关系\n2. 财产关系"
    assert found["民法的基本原则"] == "1. 平等\n2. 自愿"


def test_a_label_is_named_by_what_its_section_defines() -> None:
    labelled = "**基础**：数据库系统\n\n**目标**：管理系统\n"
    text = f"# 软件\n\n## 第五讲\n\n### 信息工程的概念\n\n一门比软件工程更广的学科。\n\n{labelled}"
    assert {"信息工程的基础", "信息工程的目标"} <= fronts_of(text)


def test_chinese_notes_on_japanese_join_titles_in_chinese() -> None:
    assert about("て形", "二类动词") == "て形的二类动词"
    assert about("ヒープ", "特徴") == "ヒープの特徴"


def test_chinese_in_the_marks_of_code_is_set_off_and_letters_number_it() -> None:
    text = (
        "# 领导\n\n1. `【组织功能】：`\n    配置资源，协调活动。\n2. `【激励功能】：`\n    影响下属的行为。\n"
    )
    assert {"组织功能", "激励功能"} <= fronts_of(text)
    assert {"任务成熟度", "心理成熟度"} <= fronts_of(
        "# 成熟度\n\na.任务成熟度：知识和技能\n\nb.心理成熟度：做事的愿望\n"
    )


def test_colons_that_belong_to_a_name_stay() -> None:
    question = "::before 和 ::after 有什么区别？"
    assert question in fronts_of(f"# CSS\n\n### 23. {question}\n\n插入的位置不同。\n")
    text = (
        "# 隐藏\n\n- **visibility: hidden**：仍占空间，不响应事件。\n- **opacity: 0**：仍占空间，响应事件。\n"
    )
    assert {"visibility: hidden", "opacity: 0"} <= fronts_of(text)


def test_what_is_called_by_a_bold_name_is_that_name() -> None:
    cut = "A vertex is called a **cut vertex** if removing it leaves more components."
    forest = "A graph without cycles is called a **forest**."
    assert {"cut vertex", "forest"} <= fronts_of(f"# Graphs\n\n{cut}\n{forest}\n")


def test_a_line_with_a_colon_is_over_the_lines_up_to_a_blank_one() -> None:
    rocks = "slate: fine, foliated\nschist: medium\ngneiss: banded\n"
    text = f"# Earth\n\nMetamorphic rocks:\n{rocks}\nCatastrophism:\nshaped by catastrophes\n"
    assert "Metamorphic rocks" in fronts_of(text)


def test_entries_in_the_lines_of_an_item_are_the_list_that_it_names() -> None:
    text = (
        "# 权力影响力\n\n1. 构成：\n    法定权：来自任命。\n    强制权：来自惩罚。\n    奖赏权：来自奖励。\n"
    )
    assert {"权力影响力的构成", "法定权", "强制权", "奖赏权"} <= fronts_of(text)


def test_a_name_with_what_it_is_in_brackets_after_a_comma_or_in_the_heading() -> None:
    assert "毕奥-萨伐尔定律" in fronts_of("# 物理\n\n- 毕奥-萨伐尔定律（定量解释磁感应强度和电流的关系）\n")
    assert "explicit" in fronts_of("# C++\n\n- explicit 关键字，它用来修饰单参数的构造函数\n")
    assert "概念数据" in fronts_of("# 数据\n\n### 概念数据 就是主题数据库的概要信息\n")


def test_a_wrapped_sentence_announces_the_list_below_it_as_a_whole() -> None:
    text = "# Deadlock\n\nEvery request that is checked has two kinds of cost, and these\nare:\n\n- time\n- memory\n"
    assert not {"These", "these"} & fronts_of(text)


def test_titles_of_writings_are_no_names() -> None:
    text = "---\ntitle: Class notes Y9 Geography\n---\n\n#### Space\n\nHow places are set out and who is where.\n"
    assert "Class notes Y9 Geography: Space" not in fronts_of(text)


def test_questions_by_number_need_no_mark() -> None:
    inner = "Array: given size\nArrayList: dynamic size\n"
    text = f"# Java\n\nQ1 What is a class?\nA plan of objects.\n\nQ2 Difference between arrays and lists.\n{inner}"
    assert dict(cards_of(text))["Difference between arrays and lists."] == inner.strip()


def test_this_is_known_as_is_said_with_what_this_is() -> None:
    said = "The storage of globals lasts for the whole run. This is known as static storage."
    found = {one.card.term: one.card.answer for one in read_note(f"# C\n\n- {said}\n", "c.md").offers}
    found |= dict(cards_of(f"# C\n\n- {said}\n"))
    assert found["static storage"] == said


def test_the_heads_of_a_table_of_one_row_are_terms() -> None:
    heads = "| Crime control model | Due process model |\n| --- | --- |\n"
    cells = "| Repressing crime is what matters most | The rights of a person come first of all |\n"
    assert {"Crime control model", "Due process model"} <= fronts_of(f"# Justice\n\n{heads}{cells}")


def test_chinese_lines_pushed_in_by_a_tab_or_wide_blanks_are_text() -> None:
    text = "# 急救\n\n\t五大原则：\n\n- 环境安全\n- 防止感染\n\n```python\n\t打印(1)\n```\n"
    assert "五大原则" in fronts_of(text)
    assert "服饰" in fronts_of(
        "# 社会\n\n\u3000\u3000服饰：中西合璧，新旧并存。\n\n\u3000\u3000饮食：以米面为主。\n"
    )


def test_what_sentences_call_it_in_chinese() -> None:
    text = "# 弹性\n\n- $e_d < 1$，称其缺乏弹性\n- 能量集中在零频附近，则称此信号为基带信号\n"
    assert {"缺乏弹性", "基带信号"} <= fronts_of(text)


def test_indices_are_no_links() -> None:
    text = "# 陣列\n\n| 名稱 | 位置 |\n| --- | --- |\n| 二維陣列 | A[i][j] |\n| 三維陣列 | A[i][j][k] |\n"
    assert dict(cards_of(text))["三維陣列"] == "A[i][j][k]"


def test_a_numbered_list_in_an_order_is_a_sequence() -> None:
    layers = "1. Physical\n2. Data link\n3. Network\n"
    note = read_note(f"# Networks\n\n## Layers of the model\n\nFrom the bottom up:\n\n{layers}", "n.md")
    assert [card.kind for card in note.cards if card.points] == [Kind.SEQUENCE]


def test_a_list_of_one_item_is_said_without_its_mark() -> None:
    assert dict(cards_of("# Subnets\n\n- How many hosts are there in a /26?\n  - 62\n")).popitem()[1] == "62"
