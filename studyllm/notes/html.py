"""Text of notes and cards as HTML. Nothing in it is taken for markup: tags of the text are shown as they stand."""

import html
import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from studyllm.notes.words.inline import EMBED, FOOTNOTE, WIKI, drop_comments
from studyllm.text import clean

Image = Callable[[str], str | None]
"""Given the place that an image names, what stands as its `src`; None where only its text is shown."""
Formula = Callable[[str, bool], str]
"""Given TeX, and whether it stands alone, its HTML."""
_TEX = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.S)
_NOT_PLAIN = (
    "emphasis",
    "strikethrough",
    "heading",
    "lheading",
    "hr",
    "blockquote",
    "link",
    "reference",
    "escape",
)
"""What the words of a card that was read from a note do not mean: their marks are gone, what stands there is text."""


def as_html(source: str, formula: Formula, image: Image = lambda place: None, *, plain: bool = False) -> str:
    """Markdown, or the `plain` text of a card, as HTML. Links become their text."""
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20}).enable("table")
    reader.enable("strikethrough")
    reader.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        renderer=lambda tex, options: formula(tex, options["display_mode"]),
    )
    if plain:
        reader.disable(_NOT_PLAIN)

    def drawn(_self: RendererHTML, tokens: Sequence[Token], at: int, *_more: object) -> str:
        place = image(str(tokens[at].attrGet("src") or ""))
        said = html.escape(tokens[at].content)
        return f'<img src="{html.escape(place)}" alt="{said}">' if place else f"🖼 {said}"

    def nothing(*_given: object) -> str:
        return ""

    reader.add_render_rule("image", drawn)
    for rule in ("link_open", "link_close"):
        reader.add_render_rule(rule, nothing)
    made: str = reader.render(_readable(clean(source), plain=plain))
    return made.strip()


def _readable(text: str, *, plain: bool) -> str:
    """The text with what CommonMark does not know written as it does: formulas in dollars, embedded images."""
    text = _TEX.sub(lambda found: f"${found.group(1)}$" if found.group(1) else f"$${found.group(2)}$$", text)
    if not plain:
        text = EMBED.sub(lambda found: f"![]({found.group()[3:-2].partition('|')[0]})", drop_comments(text))
        text = WIKI.sub(r"\1", FOOTNOTE.sub("", text))
    return text
