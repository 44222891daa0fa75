"""How handouts and other messy notes are written: numbers by hand, labels without names, lines pushed in."""

import pytest

from studyllm.cards import Kind
from studyllm.notes import read_note
from studyllm.notes.candidates.joining import about
from tests.notes.reading import cards_of, fronts_of


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
    assert {"信息工程：基础", "信息工程：目标"} <= fronts_of(text)


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
    assert "急救的五大原则" in fronts_of(text)
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


def test_numbers_with_text_between_their_lines_are_a_list() -> None:
    text = "一、概念\n1.血液学\n研究血液和造血组织的学科。\n2.临床血液学\n以血液病为对象的学科。\n"
    assert {"血液学", "临床血液学"} <= fronts_of(f"# 绪论\n\n{text}")


def test_answers_with_a_mark_beside_their_question() -> None:
    text = "# 习题\n\n1-2机电一体化的目的是什么?答:提高附加价值。\n\n1-3何谓机电一体化?(★)答:把微电子技术用于机械。\n"
    found = dict(cards_of(text))
    assert found["机电一体化的目的"] == "提高附加价值。"
    assert found["机电一体化"] == "把微电子技术用于机械。"


def test_a_bold_line_of_a_term_and_its_meaning_after_a_dash() -> None:
    assert "等高距 h" in fronts_of(
        "# 等高线\n\n- **等高距 h——两相邻等高线之间的高差。**\n- **平距 D——相邻等高线的水平距离。**\n"
    )


def test_two_bold_terms_of_one_line_are_two_cards() -> None:
    text = "# 系统\n\n**进程 process** 是资源分配的基本单位；**线程 thread** 是调度的基本单位。\n"
    assert dict(cards_of(text))["进程"].endswith("是资源分配的基本单位")
    assert "线程" in fronts_of(text)


def test_how_a_word_is_spoken_is_no_part_of_it() -> None:
    words = "- edema [ɪˈdiːmə] n. 水肿\n- dyspnea n. 呼吸困难\n- sepsis n. 脓毒症\n"
    assert {"edema", "dyspnea", "sepsis"} <= fronts_of(f"# 词汇\n\n{words}")


def test_a_question_is_no_term() -> None:
    assert "为什么" not in fronts_of("# 握手\n\n为什么是三次不是两次？防止旧的连接请求到达服务器。\n")


def test_who_taught_it_when_is_no_card() -> None:
    text = "# 血液循环\n\n授课：王老师  2026-09-14 周一 3-4节\n\n## 心音\n\n心瓣膜关闭时的振动产生的声音。\n"
    assert fronts_of(text) == {"心音"}


def test_names_with_their_numbers_below_one_another_are_a_card_each() -> None:
    ports = "HTTP 80\nHTTPS 443\nSSH 22\nDNS 53\n"
    assert dict(cards_of(f"# 网络\n\n常见端口\n{ports}"))["SSH"] == "22"


@pytest.mark.slow
def test_many_lines_that_begin_to_count_are_read_in_linear_time() -> None:
    """Each could be the first of a list; one that looked through all lines below would never end."""
    assert len(read_note("1、甲\n" * 15_000, "n.md").cards) <= 1
