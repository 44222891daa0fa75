"""Notes of a learner's own, most of them Chinese, each written in another habit."""

from studyllm.notes import read_note


def made(text: str, path: str = "optics.md") -> dict[str, str]:
    """Fronts and backs of the cards alone, without what is offered."""
    return {card.prompt: card.answer for card in read_note(text, path).cards}


def told(text: str, path: str = "optics.md") -> dict[str, str]:
    """Fronts and backs of the cards and of what is offered."""
    note = read_note(text, path)
    return made(text, path) | {offer.card.prompt: offer.card.answer for offer in note.offers}


def test_the_place_of_a_table_of_contents_is_no_text() -> None:
    for mark in (
        "[TOC]",
        "[[_TOC_]]",
        "[[toc]]",
        "@[toc]",
        "@[TOC](目录)",
        "* 目录\n{:toc}",
        "[toc levels=3]",
    ):
        found = made(f"# 景深\n\n{mark}\n\n景深是对焦点前后看起来清楚的那段距离。\n")
        assert found["景深"] == "景深是对焦点前后看起来清楚的那段距离。", mark
    assert made("# 水质\n\n- TOC：水里总有机碳的量\n- COD：氧化水里物质要的氧\n")["TOC"] == "水里总有机碳的量"
    assert "[TOC]" in told("# Typora\n\n`[TOC]`: the mark that becomes a table of contents\n")


def test_code_in_a_bold_question_keeps_its_own_marks() -> None:
    found = made(
        "**Q1：`map`、`filter`、`reduce` 各做什么？**\n\nmap 逐个变换，filter 筛选，reduce 合成一个值。\n"
    )
    assert "`map`、`filter`、`reduce` 各做什么？" in found
    assert "`is` 和 `==`？" in made("**Q2：`is` 和 `==`？**\nA：is 比较身份，== 比较值\n")
    assert "光圈" in made("- `光圈`：控制进光量的孔\n- `快门`：控制曝光时间的机构\n")


def test_no_front_has_the_number_of_a_question() -> None:
    for number in ("Q6、", "Q6：", "Q6. ", "Q6）"):
        found = made(f"**{number}列表和元组**\n\n- 列表 list：能改的序列\n- 元组 tuple：不能改的序列\n")
        assert len(found) > 1, number
        assert not any("Q6" in front for front in found), number
    assert "索引的种类" in made("Q2、索引的种类\n- 聚簇：数据按它排\n- 二级：只存主键\n")
    assert told("# 季度\n\n- Q1：一月到三月\n- Q2：四月到六月\n").keys() & {"季度", "Q1"}
