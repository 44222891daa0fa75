"""Chinese fills its lines, whatever English stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Offset
from textual.selection import Selection

from studyllm.text import broken
from studyllm.tui.widgets.prose import Prose, coded, filled

TEXT = "间隔重复（Spaced Repetition）：按逐渐拉长的间隔安排复习，答对就推迟，答错就缩短。"


def test_a_line_is_broken_between_chinese_letters_and_between_words() -> None:
    assert broken(TEXT, 32) == [
        "间隔重复（Spaced Repetition）：",
        "按逐渐拉长的间隔安排复习，答对就",
        "推迟，答错就缩短。",
    ]
    assert broken("one two three 一二", 9) == ["one two ", "three 一", "二"]


def test_code_loses_its_backticks_and_keeps_its_look() -> None:
    said = coded("`route print` lists `routes`")
    assert said.plain == "route print lists routes"
    assert [(span.start, span.end) for span in said.spans if span.style == "$text-accent"] == [
        (0, 11),
        (18, 24),
    ]
    assert coded("one ` alone, ``two``").plain == "one ` alone, ``two``"


def test_a_tag_is_not_broken_where_there_is_room_for_it() -> None:
    assert broken("明天  #生理学  #循环", 17) == ["明天  #生理学  ", "#循环"]
    assert broken("#循环循环", 5) == ["#循环", "循环"]
    assert broken("学 C#语言", 8) == ["学 C#语", "言"]


def test_the_first_line_may_have_less_room() -> None:
    assert broken("一二三四", 6, used=4) == ["一", "二三四"]
    assert broken("one 一", 6, used=4) == ["", "one 一"]


LETTERS = st.text("间隔重复ab c，。（）“”x \t é", max_size=60)


@given(LETTERS, st.integers(2, 20))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, columns: int) -> None:
    pieces = broken(text, columns, measure=cell_len)
    assert "".join(pieces) == text
    assert all(cell_len(piece.rstrip()) <= columns for piece in pieces)


@given(LETTERS, st.integers(8, 30))
def test_styles_stay_where_they_were(text: str, columns: int) -> None:
    content = Content.styled(text, "bold")
    made = filled(content, columns).content
    assert "".join(made.plain.split()) == "".join(text.split())
    assert all(span.style == "bold" for span in made.spans)


class Shown(App[None]):
    def compose(self) -> ComposeResult:
        yield Prose(Content(TEXT), id="text")


@pytest.mark.parametrize(("width", "lines"), [(32, 3), (80, 2), (200, 1)])
async def test_it_is_as_high_as_it_needs_to_be_at_every_width(width: int, lines: int) -> None:
    async with Shown().run_test(size=(50, 10)) as pilot:
        await pilot.resize_terminal(width, 10)
        await pilot.pause()
        text = pilot.app.query_one(Prose)
        assert text.size.height == lines
        shown = [text.render_line(y).text.rstrip() for y in range(lines)]
        assert "".join(shown) == TEXT


async def test_what_is_copied_has_no_breaks_of_its_own() -> None:
    async with Shown().run_test(size=(32, 10)) as pilot:
        text = pilot.app.query_one(Prose)
        assert text.size.height == 3
        assert text.get_selection(Selection(None, None))[0] == TEXT
        assert text.get_selection(Selection(Offset(5, 0), Offset(2, 1)))[0] == TEXT[5:26]
        assert text.get_selection(Selection(Offset(3, 2), Offset(99, 9)))[0] == TEXT[TEXT.index("推迟") + 3 :]


def test_an_english_word_is_not_broken_at_its_apostrophe() -> None:
    assert broken("我说我说我说 don’t", 17) == ["我说我说我说 ", "don’t"]


def test_what_fits_into_no_line_is_broken_anywhere() -> None:
    assert broken("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert len(broken("x" * 100_000 + "，" * 10_000, 10)) == 12_000
