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
