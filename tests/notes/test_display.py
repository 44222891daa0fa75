"""A note beside its card: what a renderer is given reads as its author meant it, and nothing in it acts."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from studyllm.cards import Card, Kind, Source
from studyllm.notes import read_note
from studyllm.notes.display import (
    LONGEST,
    MOST_LINES,
    excerpt,
    formula,
    lines_of,
    markdown,
    page,
    shown,
)
from tests.conftest import ROOT
from tests.notes.hostile import DISPLAYED, PIECES, UNSAFE


def tokens(source: str) -> list[Token]:
    """All tokens, those inside of lines too."""
    found = markdown().parse(shown(source))
    return [*found, *(child for token in found for child in token.children or ())]


def bold(source: str) -> list[str]:
    """What is rendered bold."""
    flat, said, inside = tokens(source), [], False
    for token in flat:
        if token.type == "strong_open":
            inside, text = True, ""
        elif token.type == "strong_close":
            inside = False
            said.append(text)
        elif inside:
            text += token.content
    return said


def text(source: str) -> str:
    """What a reader sees, without marks; lines joined."""
    return "".join(
        token.content
        for token in tokens(source)
        if token.type in ("text", "code_inline", "fence", "code_block")
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**术语（别名）**定义", ["术语（别名）"]),
        ("**术语：**定义", ["术语："]),
        ("前面的**「术语」**是", ["「术语」"]),
        ("**C++**语言", ["C++"]),
        ("**a** and **b（c）**d", ["a", "b（c）"]),
        ("普通**加粗**的字", ["加粗"]),
        ("<b>bold</b> text", ["bold"]),
        ("==marked== text", ["marked"]),
        ("`**code**` stays", []),
        ("2 ** 3 ** 4", []),
    ],
)
def test_bold_is_bold_where_the_author_meant_it(source: str, expected: list[str]) -> None:
    assert bold(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"写成 $\alpha^2 + \beta_i$。", "写成 α^2 + β_i。"),
        (r"$$\frac{a}{b}$$", "a/b"),
        (r"\(x \le y\)", "x ≤y"),
        (r"\[\sum_i x_i\]", "∑_i x_i"),
        ("costs $5 and $6", "costs $5 and $6"),
        (r"`$x$` in code", "$x$ in code"),
    ],
)
def test_formulas_are_text(source: str, expected: str) -> None:
    assert text(source) == expected


def test_a_broken_formula_stays_as_it_was_typed_or_reads_somehow() -> None:
    assert formula(r"$\frac{$")
    assert formula("$$") == "$$"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("see ![注意力图](img/attention.png)", "see 🖼 注意力图"),
        ("![](img/attention.png)", "🖼 img/attention.png"),
        ("![[attention.png]]", "🖼 attention.png"),
        ("[[softmax]] and [[residual|残差]]", "softmax and 残差"),
        ("a [link](https://example.org/x) here", "a link here"),
        ("a [link][ref] here\n\n[ref]: https://example.org", "a link here"),
        ("<https://example.org>", "https://example.org"),
        ("claim[^1]", "claim"),
        ("one<br>two", "onetwo"),
        ("H<sub>2</sub>O <span class='x'>text</span>", "H2O text"),
        ("Vec<T> stays", "Vec<T> stays"),
        ("text ^block-id", "text"),
        ("seen <!-- hidden --> here", "seen  here"),
    ],
)
def test_what_a_terminal_cannot_show_is_named_or_left_out(source: str, expected: str) -> None:
    assert text(source).replace("\n", "") == expected


def test_chinese_lines_are_joined_without_a_space_and_english_ones_with() -> None:
    kinds = [token.type for token in tokens("第一行，\n第二行\n\nfirst of\nsecond")]
    assert kinds.count("softbreak") == 1
    assert "第一行，第二行" in text("第一行，\n第二行")


def test_short_lines_stay_lines() -> None:
    kinds = [token.type for token in tokens("第一行\n第二行，\n第三行")]
    assert kinds.count("hardbreak") == 1


def test_tables_and_code_are_kept() -> None:
    source = "| a | b |\n| --- | --- |\n| `x|y` | **术语（别名）**定义 |\n\n```python\n# **not bold** $x$ ![](y)\n```"
    kinds = [token.type for token in tokens(source)]
    assert "table_open" in kinds
    (fence,) = [token for token in tokens(source) if token.type == "fence"]
    assert fence.content == "# **not bold** $x$ ![](y)\n"


def test_a_row_comes_with_the_head_of_its_table() -> None:
    note = "text\n\n| 结构 | 特点 |\n| --- | --- |\n| 栈 | 后进先出 |\n| 队列 | 先进先出 |\n"
    assert excerpt(note, Source("a.md", 6, 6)) == "| 结构 | 特点 |\n| --- | --- |\n| 队列 | 先进先出 |"
    assert excerpt(note, Source("a.md", 3, 4)) == "| 结构 | 特点 |\n| --- | --- |"


def test_a_heading_comes_with_its_section() -> None:
    note = "# a\n\n## b\nsaid\n\n| x |\n| - |\n\n```\n# no heading\n```\nmore\n\n## c\nother"
    assert excerpt(note, Source("a.md", 3, 4)) == note[note.index("## b") : note.index("\n\n## c")]
    assert excerpt(note, Source("a.md", 14, 15)) == "## c\nother"
    assert excerpt(note, Source("a.md", 4, 4)) == "said"


def test_lines_lose_their_common_indent() -> None:
    assert lines_of("- a\n  - b\n    c\n", 2, 3) == "- b\n  c"


@pytest.mark.parametrize("source", DISPLAYED.values(), ids=DISPLAYED.keys())
def test_nothing_in_a_note_acts(source: str) -> None:
    check(source)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=50).map("".join))
def test_any_text_can_be_shown(source: str) -> None:
    check(source)


def check(source: str) -> None:
    assert len(shown(source)) <= 3 * LONGEST
    for token in tokens(source):
        assert token.type not in ("link_open", "link_close", "image", "html_inline", "html_block"), token
        assert not any(character in token.content for character in UNSAFE), token


def test_markup_reads_as_it_was_typed() -> None:
    assert text(DISPLAYED["markup"]) == DISPLAYED["markup"]


# Pages: a card and the file it came from.


def write(folder: Path, said: str) -> Card:
    note = folder / "a.md"
    note.write_text(said, "utf-8")
    return read_note(said, str(note)).cards[0]


def test_a_page_is_the_cards_place_in_the_note(tmp_path: Path) -> None:
    card = write(
        tmp_path, "# t\n\n- **残差（Residual）**：把输入加到输出上的连接方式。\n- **b**: something else.\n"
    )
    found = page(card)
    assert found is not None
    assert found.text == "- **残差（Residual）**：把输入加到输出上的连接方式。"


def test_no_page_without_the_note_or_where_it_says_something_else(tmp_path: Path) -> None:
    card = write(tmp_path, "- **residual**: the input is added to the output again.\n")
    Path(card.source.path).write_text("# a new beginning\n\nwith other words\n")
    assert page(card) is None
    Path(card.source.path).unlink()
    assert page(card) is None


def test_pictures_are_the_files_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "there.png").write_bytes(b"")
    (tmp_path / "there.txt").write_text("no picture")
    card = write(
        tmp_path,
        "- **residual**: the input ![x](img/there.png) ![[img/there.png|300]] is added ![y](gone.png) "
        "![z](there.txt) ![u](https://example.org/a.png) to the output again.\n",
    )
    found = page(card)
    assert found is not None
    assert found.pictures == (tmp_path / "img" / "there.png",)


def test_long_notes_are_cut(tmp_path: Path) -> None:
    card = Card(Kind.TERM, "term", "answer", Source(str(tmp_path / "a.md"), 1, 400))
    (tmp_path / "a.md").write_text("term\n" * 400)
    found = page(card)
    assert found is not None
    assert len(found.text.splitlines()) == MOST_LINES


def test_every_card_of_the_shipped_notes_has_its_page() -> None:
    for path in sorted((ROOT / "notes").glob("*.md")):
        for card in read_note(path.read_text("utf-8"), str(path)).cards:
            assert page(card) is not None, card


def test_hidden_parts_are_shown_and_answers_stand_on_lines_of_their_own() -> None:
    assert bold(
        "The {{c1::vagus}} nerve slows the {{c2::heart::organ}}; {{cloze acetylcholine}} does it."
    ) == [
        "vagus",
        "heart",
        "acetylcholine",
    ]
    for text in ("Q: Which nerve?\nA: The vagus.", "Vagus\n: The tenth nerve"):
        assert any(token.type == "hardbreak" for token in tokens(text))


def test_lines_that_begin_anew_stay_lines() -> None:
    assert shown("warp :: threads held still\nweft :: the thread across").count("\\\n") == 1
    assert shown("硝酸甘油：舌下含服\n氨茶碱：静推要慢") == "硝酸甘油：舌下含服\\\n氨茶碱：静推要慢"
    assert shown("a text that goes on and\non below") == "a text that goes on and\non below"


def test_a_container_has_its_title_on_a_line() -> None:
    assert shown("::: tip 互斥\n一次只许一个进程\n:::") == "**互斥**\n\n一次只许一个进程\n"


def test_a_break_inside_of_code_counts_for_none() -> None:
    kinds = [token.type for token in tokens("uses `a\nB` and then it goes on\nto the next, and on")]
    assert kinds.count("hardbreak") == 0
