"""HTML of other programs as the text of a card."""

import html
import re

from studyllm.text import clean

_FORMULAS = (
    (re.compile(r"\\\[(.+?)\\\]|\[\$\$\](.+?)\[/\$\$\]|\[latex\](.+?)\[/latex\]", re.S | re.I), "$$"),
    (re.compile(r"\\\((.+?)\\\)|\[\$\](.+?)\[/\$\]", re.S | re.I), "$"),
)
_SOUND = re.compile(r"\[sound:([^\[\]]+)\]")
_UNSEEN = re.compile(r"<(script|style|svg)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)
_TAGS = re.compile(r"<[^<>]*>")
_HELD = re.compile("\ue000(\\d+)\ue001")
LONGEST = 100_000
"""Characters of one field; what comes after is left out."""


def text(source: str) -> str:
    """HTML as Markdown: lists, tables and images stay, formulas become `$…$`, emphasis, styles and links go. What has
    no tags is the same text without entities."""
    held: list[str] = []

    def hold(mark: str, body: str) -> str:
        held.append(f"{mark}{html.unescape(_TAGS.sub(' ', body)).strip()}{mark}")
        return f"\ue000{len(held) - 1}\ue001"

    source = _UNSEEN.sub("", source[:LONGEST].replace("\ue000", "").replace("\ue001", ""))
    for pattern, mark in _FORMULAS:
        source = pattern.sub(lambda found, mark=mark: hold(mark, next(filter(None, found.groups()))), source)  # type: ignore[misc]
    source = _SOUND.sub(r"🔊 \1", source)
    plain = _markdown(source) if "<" in source else html.unescape(source)
    plain = re.sub(r"[ \t\xa0]+(?=\n|$)", "", plain.replace("\xa0", " "))
    plain = re.sub(r"\n{3,}", "\n\n", plain).strip()
    return clean(_HELD.sub(lambda found: held[int(found.group(1))], plain))


def _markdown(source: str) -> str:
    from markdownify import markdownify  # late: a third of a second

    try:
        made: str = markdownify(
            source,
            bullets="-",
            convert=_KEPT,
            escape_asterisks=False,
            escape_underscores=False,
            heading_style="atx",
            newline_style="backslash",
            table_infer_header=True,
        )
    except RecursionError:  # tags in tags without end
        made = html.unescape(_TAGS.sub(" ", source))
    return made.replace("\\\n", "\n")


_KEPT = [
    *("code", "pre", "br", "p", "div", "ul", "ol", "li", "img", "blockquote", "hr"),
    *("table", "thead", "tbody", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "sub", "sup"),
]
