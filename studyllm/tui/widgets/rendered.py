"""Markdown as one widget's content: a widget for each paragraph would hold up keys while it is laid out."""

import io
from collections.abc import Mapping

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.markdown import Heading, Markdown, MarkdownContext, Paragraph, TableDataElement
from rich.style import Style
from rich.text import Text
from rich.theme import Theme
from textual.color import Color
from textual.content import Content

from studyllm.notes.display import markdown
from studyllm.text import broken, has_wide

_BOLD, _PLAIN = Style(bold=True), Style()


def rendered(text: str, width: int, colors: Mapping[str, str], *, dark: bool) -> Content:
    """What `notes.display.shown` wrote, wrapped to so many cells, in the colors of a Textual theme. Blocks: call it
    from a thread."""
    console = Console(
        file=io.StringIO(), width=width, color_system="truecolor", highlight=False, theme=_theme(colors)
    )
    page = _Markdown("", code_theme="ansi_dark" if dark else "ansi_light", hyperlinks=False)
    page.parsed = markdown().parse(text)
    lines = [
        Text.assemble(*((part.text, part.style or "") for part in line))
        for line in console.render_lines(page, pad=False)
    ]
    for line in lines:
        line.rstrip()
    while lines and not lines[0]:
        del lines[0]  # Rich begins with an empty one, a table with one more
    return Content.from_rich_text(Text("\n").join(lines), console).rstrip()


class _Filled(Text):
    """Text in which Chinese fills its lines, too: Rich breaks them at spaces alone."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """As Rich does it, with other breaks."""
        lines = Lines()
        for line in self.split(allow_blank=True):
            ends, at = [], 0
            for piece in broken(line.plain, width, measure=cell_len)[:-1] if has_wide(line.plain) else ():
                ends.append(at := at + len(piece))
            for part in line.divide(ends):
                lines.extend(
                    Text.wrap(
                        part,
                        console,
                        width,
                        justify=justify,
                        overflow=overflow,
                        tab_size=tab_size,
                        no_wrap=no_wrap,
                    )
                )
        return lines

    def copy(self) -> Text:
        """Rich's own would be a Text."""
        return _Filled(
            self.plain,
            self.style,
            justify=self.justify,
            overflow=self.overflow,
            no_wrap=self.no_wrap,
            end=self.end,
            tab_size=self.tab_size,
            spans=self.spans[:],
        )


class _Paragraph(Paragraph):
    def on_enter(self, context: MarkdownContext) -> None:
        super().on_enter(context)
        self.text = _Filled(justify="left")


class _Heading(Heading):
    def on_enter(self, context: MarkdownContext) -> None:
        super().on_enter(context)
        self.text = _Filled()


class _Cell(TableDataElement):
    def __init__(self, justify: JustifyMethod) -> None:
        super().__init__(justify)
        self.content = _Filled("", justify=justify)


class _Markdown(Markdown):
    elements = Markdown.elements | {
        "paragraph_open": _Paragraph,
        "heading_open": _Heading,
        "td_open": _Cell,
        "th_open": _Cell,
    }


def _theme(colors: Mapping[str, str]) -> Theme:
    """The styles of Rich's Markdown that bring colors of their own."""
    accent, muted = _color(colors, "text-primary"), _color(colors, "foreground-muted")
    headings = {f"markdown.h{level}": _BOLD + accent for level in range(1, 7)}
    return Theme(
        headings
        | {
            "markdown.code": _color(colors, "text-accent"),
            "markdown.code_block": _PLAIN,
            "markdown.block_quote": muted,
            "markdown.item.bullet": accent,
            "markdown.item.number": accent,
            "markdown.hr": muted,
            "markdown.table.border": muted,
            "markdown.table.header": _BOLD,
        }
    )


def _color(colors: Mapping[str, str], name: str) -> Style:
    color, _, _share = colors[name].partition(" ")  # "ansi_default 50%": a terminal's own color has no shades
    return Style(color=Color.parse(color).rich_color)
