"""Terms and definitions as a quiz shows and compares them."""

import pytest

from studyllm.cards import Kind
from studyllm.notes.wording import masked, meaning, mentions, paragraph, same
from tests.quiz.cards import study, table


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("BM25", "bm25"),
        ("ＢＭ２５", "BM25"),
        ("KV缓存", "KV 缓存"),
        ("2.50", "2.5"),
        ("１８８５", "1885"),
        ("90%", "0.9"),
        ("Pre Norm", "Pre-Norm"),
    ],
)
def test_what_folds_to_the_same_is_the_same(given: str, wanted: str) -> None:
    assert same(given, wanted)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("", "x"), ("  ", "x"), ("2.6", "2.5"), ("召回", "召回率"), ("C", "C++"), ("25", "2.5")],
)
def test_what_says_something_else_is_not(given: str, wanted: str) -> None:
    assert not same(given, wanted)


def test_a_definition_does_not_give_its_own_names_away() -> None:
    card = study(
        1,
        "提取练习",
        "提取练习（Retrieval Practice）是靠自己想出来的学习方式。",
        aliases=("Retrieval Practice",),
    )
    assert masked(card.card.answer, card.card) == "＿＿是靠自己想出来的学习方式。"
    assert "提取" not in meaning(card.card)


def test_how_a_name_is_spoken_does_not_give_it_away() -> None:
    hive = study(1, "hive", "/haɪv/ n. 蜂箱").card
    assert meaning(hive) == "n. 蜂箱"
    assert masked("[haɪv] a box", hive) == "a box"
    assert masked("his/her box [1]", hive) == "his/her box [1]"
    assert masked("/haɪv/", hive) == "/haɪv/", "nothing else is there"
    for text in ("γ = Δx/(Lθ)/2 的比值", "g = x/θ/L", "[θ₀, θ₁] 上的积分", "sin θ/cos θ/tan θ"):
        assert masked(text, hive) == text


def test_a_latin_name_is_not_found_within_another_word() -> None:
    rag = study(1, "RAG", "…").card
    assert mentions("先检索，即RAG的做法", rag)
    assert mentions("two rags", rag)
    assert not mentions("a fragment of storage", rag)


def test_bullets_and_labels_are_no_part_of_a_meaning() -> None:
    assert (
        paragraph(study(1, "原则", "- 一张卡只问一件事；\n- 难的拆开。").card)
        == "一张卡只问一件事；难的拆开。"
    )
    assert (
        paragraph(table(2, "预热", "训练开头让学习率逐步升到峰值", "前 2000 步").card)
        == "训练开头让学习率逐步升到峰值"
    )
    assert paragraph(table(3, "预热", "全参数更新", "小模型").card) == "全参数更新；小模型"


def test_items_and_cells_do_not_run_together() -> None:
    listed = study(1, "Spartacist rising", "- led by Luxemburg\n- crushed by the Freikorps", lang="en")
    assert paragraph(listed.card) == "led by Luxemburg; crushed by the Freikorps"
    row = study(2, "21", "Name: FTP\nUse: file transfer", kind=Kind.TABLE, lang="en")
    assert paragraph(row.card) == "FTP; file transfer"


def test_how_a_definition_opens_does_not_tell_it_from_others() -> None:
    assert (
        meaning(study(1, "OSPF", "OSPF is a link-state protocol", lang="en").card) == "a link-state protocol"
    )
    assert masked("OSPF finds it", study(1, "OSPF", "", lang="en").card) == "____ finds it"


def test_a_long_definition_ends_with_a_sentence() -> None:
    card = study(1, "长", "这一句话说了不少东西而且还没有说完呢。" * 20).card
    assert meaning(card).endswith("。")
    assert len(meaning(card)) <= 150
    endless = study(1, "Long", "word " * 200, lang="en", kind=Kind.TERM).card
    assert len(meaning(endless)) <= 300
