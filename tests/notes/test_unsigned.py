"""Entries that have no sign between the name and what it means."""

from tests.notes.reading import cards_of, fronts_of
from tests.notes.test_scraps import backs_of


def test_abbreviations_side_by_side_with_what_they_stand_for() -> None:
    text = "# 医嘱\n\n- am 上午 / pm 下午 / prn 必要时\n- po 口服;iv 静脉注射\n- **医嘱**：医生写下的处置\n"
    found = backs_of(text)
    assert (found["am"], found["pm"], found["prn"]) == ("上午", "下午", "必要时")
    assert (found["po"], found["iv"]) == ("口服", "静脉注射")


def test_a_name_and_its_bound() -> None:
    text = (
        "# 水\n\n- 软水 <8°dH\n- 硬水：>16°dH\n- **硬度**：钙镁离子的多少\n- **暂时硬度**：煮沸能去掉的硬度\n"
    )
    assert backs_of(text)["软水"] == "<8°dH"


def test_words_with_their_reading_and_meaning() -> None:
    text = "# 日语\n\n## 家\n\n- 窓(まど)窗户\n- 机(つくえ)桌子\n- 椅子(いす)椅子、凳子\n- 鍵(かぎ)をかける 上锁\n"
    found = backs_of(text)
    assert found["窓"] == "まど\n窗户"
    assert found["鍵をかける"] == "上锁"


def test_one_word_with_a_reading_is_no_list_of_words() -> None:
    assert "東京" not in fronts_of("# 旅\n\n- 東京(とうきょう)很大\n- 大阪也很大\n- 人多\n")


def test_a_question_in_chinese_with_its_answer_right_behind_a_narrow_mark() -> None:
    text = (
        "# 烘焙\n\n- 面团发酵到多大?两倍\n- **醒发**：整形以后的发酵\n- **面筋**：面粉里的蛋白吸水形成的网\n"
    )
    assert "面团发酵到多大?" in fronts_of(text)


def test_an_example_is_no_entry() -> None:
    text = "# 利息\n\n- **单利**：只按本金算的利息\n- e.g. 1000 元 5% 3 年 → 150 元\n"
    assert not [front for front in fronts_of(text) if "1000" in front]


def test_a_list_of_words_with_what_is_done_is_no_list_of_abbreviations() -> None:
    text = "# 窑\n\n- **釉**：玻璃质\n- **坯**：泥做的形\n- Tom 拉坯, Amy 上釉\n- A 正确，B 错误\n- CT 检查, MRI 检查\n"
    assert not {"Tom", "Amy", "A", "B", "CT", "MRI"} & set(dict(cards_of(text)))


def test_a_name_that_looks_like_an_example_is_an_entry() -> None:
    text = (
        "# Psychology\n\n- **Wundt**: opened the first laboratory\n- E.G. Boring: a historian of psychology\n"
    )
    assert backs_of(text)["E.G. Boring"] == "a historian of psychology"
