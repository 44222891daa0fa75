"""A card's place in its note as Markdown that any CommonMark renderer shows the way its author meant it."""

import re
import textwrap

from studyllm.notes.inline import (
    ATTRIBUTE,
    BLOCK_ID,
    BREAK,
    EMBED,
    FOOTNOTE,
    HIGHLIGHT,
    IMAGE,
    TAG,
    VERBATIM,
    WIKI,
    bold_tags,
    drop_comments,
)
from studyllm.text import clean

LONGEST = 6000
"""Characters of a note that are shown with a card."""
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_STARS = re.compile(r"(?<![*\\])\*\*(?=\S)((?:(?!\*\*|\n\n).)+?)(?<=\S)\*\*(?!\*)", re.S)
_DISPLAY = re.compile(r"\$\$(.+?)\$\$|\\\[(.+?)\\\]", re.S)
_FORMULA = re.compile(r"\$\$[^$]+\$\$|\\\[|(?<![\\$])\$(?!\s)[^$\n]*[^$\s\\]\$(?!\d)|\\\(")
_ALT = re.compile(r"!\[([^\[\]]*)\][(\[]\s*([^()\s\]]*)")


def lines_of(text: str, first: int, last: int) -> str:
    """The lines of a note (1-based, inclusive), without their common indent."""
    return textwrap.dedent("\n".join(text.split("\n")[first - 1 : last]).replace("\t", "    ")).strip("\n")


def shown(raw: str) -> str:
    """Markdown without what a terminal cannot show: formulas as text, images as their names, no HTML, and bold that
    CommonMark leaves as asterisks (`**术语（别名）**定义`) made bold."""
    text = drop_comments(clean(raw)[:LONGEST])
    held: list[str] = []

    def hold(part: str) -> str:
        held.append(part)
        return f"\ue000{len(held) - 1}\ue001"

    def keep(found: re.Match[str]) -> str:
        part = found.group()
        return hold(formula(part) if _FORMULA.match(part) else part)

    text = text.replace("\ue000", "").replace("\ue001", "")
    text = _FENCE.sub(lambda found: hold(found.group()), text)
    text = VERBATIM.sub(keep, text)
    text = EMBED.sub(lambda found: f"🖼 {found.group()[3:-2]}", text)
    text = IMAGE.sub(_named, text)
    text = WIKI.sub(r"\1", FOOTNOTE.sub("", text))
    text = TAG.sub("", BREAK.sub("\\\n", bold_tags(text)))
    text = BLOCK_ID.sub("", ATTRIBUTE.sub("", HIGHLIGHT.sub(r"**\1**", text)))
    text = _STARS.sub(lambda found: _bold(found, text), text)
    return re.sub("\ue000(\\d+)\ue001", lambda found: held[int(found.group(1))], text)


def formula(source: str) -> str:
    r"""`$…$`, `$$…$$`, `\(…\)` or `\[…\]` as text that reads like it; as it was typed where that fails."""
    from pylatexenc.latex2text import LatexNodes2Text  # late: a tenth of a second

    body = source.strip("$") if source.startswith("$") else source[2:-2]
    try:
        read: str = LatexNodes2Text(math_mode="text").latex_to_text(body, tolerant_parsing=True)
    except Exception:  # noqa: BLE001 - whatever a half-written formula does to the reader, it stays as typed
        return source
    said = " ".join(clean(read).split())
    return re.sub(r"([\\`*_\[\]<>~|])", r"\\\1", said) or source


def _named(found: re.Match[str]) -> str:
    """An image by what it shows, or where it lies."""
    parts = _ALT.match(found.group())
    alt, place = parts.groups() if parts else ("", "")
    return f"🖼 {alt or place}"


def _bold(found: re.Match[str], text: str) -> str:
    """Bold with a space outside where CommonMark wants one: between a mark and a letter."""
    inner = found.group(1)
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    left = " " if before.isalnum() and not inner[0].isalnum() else ""
    right = " " if after.isalnum() and not inner[-1].isalnum() else ""
    return f"{left}**{inner}**{right}"
