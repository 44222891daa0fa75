"""Markdown as the content of one widget: it reads as written, fits, and nothing in it acts."""

import pytest
from rich.cells import cell_len
from textual.theme import BUILTIN_THEMES

from studyllm.notes.display import shown
from studyllm.tui.widgets.rendered import rendered
from tests.notes.hostile import DISPLAYED, UNSAFE

DARK = BUILTIN_THEMES["textual-dark"].to_color_system().generate()


def test_what_markdown_says_is_seen() -> None:
    said = shown(
        "## 标题\n\n1. one\n2. **two** with `code`\n   - inner\n\n> quoted\n\n| a | b |\n| - | - |\n| c | d |\n\n"
        "```python\nprint(1)\n```\n\n[link](https://example.org)\n"
    )
    content = rendered(said, 40, DARK, dark=True)
    lines = [" ".join(line.split()) for line in str(content).splitlines()]
    for line in (
        "标题",
        "1 one",
        "2 two with code",
        "• inner",
        "▌ quoted",
        "a b",
        "c d",
        "print(1)",
        "link",
    ):
        assert line in lines
    assert "example.org" not in repr(content)
    assert any(content.plain[span.start : span.end] == "two" for span in content.spans)


@pytest.mark.parametrize("name", DISPLAYED)
@pytest.mark.parametrize("width", [3, 40])
def test_hostile_notes_stay_in_their_place(name: str, width: int) -> None:
    content = rendered(shown(DISPLAYED[name]), width, DARK, dark=True)
    assert not set(UNSAFE) & set(content.plain)
    assert all(cell_len(line) <= max(width, 40) for line in content.plain.splitlines())
    assert all("@click" not in repr(span.style) and "link=" not in repr(span.style) for span in content.spans)


@pytest.mark.parametrize("theme", BUILTIN_THEMES)
def test_every_theme_has_the_colors(theme: str) -> None:
    colors = BUILTIN_THEMES[theme].to_color_system().generate()
    assert rendered("# a `b`\n\n- c\n", 40, colors, dark=BUILTIN_THEMES[theme].dark).plain.split() == [
        "a",
        "b",
        "•",
        "c",
    ]


def test_chinese_fills_its_lines_in_paragraphs_headings_and_tables() -> None:
    said = "间隔重复 Spaced重复 按逐渐拉长的间隔安排复习"
    text = f"{said}\n\n## {said}\n\n| {said} | b |\n|---|---|\n| {said} | c |\n"
    lines = rendered(text, 30, DARK, dark=True).plain.split("\n")
    first = [line.strip() for line in lines if line.strip().startswith("间隔重复")]
    assert len(first) == 4
    assert all("Spaced重复 按" in line for line in first[:2])
    assert all("Spaced重" in line for line in first[2:])
