"""A card's place in its note as Markdown that any CommonMark renderer shows the way its author meant it."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from studyllm.cards import Card, Source
from studyllm.errors import InputError
from studyllm.notes.files import load
from studyllm.notes.markdown.apart import PAIR_LINE
from studyllm.notes.markdown.line_begins import ITEM_LINE
from studyllm.notes.markdown.lines import separated
from studyllm.notes.words.inline import (
    ATTRIBUTE,
    BLOCK_ID,
    BREAK,
    CLOZE,
    EMBED,
    FOOTNOTE,
    HIGHLIGHT,
    IMAGE,
    TAG,
    VERBATIM,
    WIKI,
    bold_tags,
    broken_by_hand,
    drop_comments,
    wide,
)
from studyllm.text import clean, key

LONGEST = 6000
"""Characters of a note that are shown with a card."""
MOST_LINES = 100
"""Lines of a note that are shown with a card."""
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_STARS = re.compile(r"(?<![*\\])\*\*(?=\S)((?:(?!\*\*|\n\n).)+?)(?<=\S)\*\*(?!\*)", re.S)
_DISPLAY = re.compile(r"\$\$(.+?)\$\$|\\\[(.+?)\\\]", re.S)
_FORMULA = re.compile(r"\$\$[^$]+\$\$|\\\[|(?<![\\$])\$(?!\s)[^$\n]*[^$\s\\]\$(?!\d)|\\\(")
_ALT = re.compile(r"!\[([^\[\]]*)\][(\[]\s*([^()\s\]]*)")
_HEAD_RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_FENCE_MARK = re.compile(r" {0,3}(?:`{3}|~{3})")
_ANSWERS = re.compile(r"(?<=\S)[ \t]*\n(?=[ \t]*(?:[AQ问答][:：]|:[ \t]))")
"""The end of a line before `A:` or the meaning of a definition list, which stand on lines of their own."""
_CONTAINER = re.compile(r"^[ \t]*:{3,}[ \t]*(?:\{[^{}\n]*\}|[\w-]*)[ \t]*(.*)$", re.M)
"""`::: tip Title` and the `:::` that ends it."""
_RUNS_ON = re.compile(r"(?!\t| {4})(?![ \t]*(?:#|$))[^|]*(?<!\\)(?<!  )$")
_MORE = re.compile(r"(?!\s*$|[ \t]*(?:={2,}|-{2,})[ \t]*$)[^|]*$")
"""A line that Markdown may join to the next, and one that it may join to the one above."""
_HELD = re.compile("\ue000(\\d+)\ue001")
PICTURES = frozenset([".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"])


@dataclass(frozen=True, slots=True)
class NotePage:
    """A card's place in its note, ready to be shown."""

    text: str
    """Markdown, as `shown` writes it."""
    raw: str
    """The same as the note has it."""
    pictures: tuple[Path, ...] = ()
    """The image files named there that exist."""


def page(card: Card) -> NotePage | None:
    """Where a card stands in its note now, or the answer of one that came from no note; None when the note is gone, or
    says something else there."""
    path = Path(card.source.path)
    if not card.source.line:
        return NotePage(
            shown(card.answer), card.answer, _pictures(f"{card.prompt}\n{card.answer}", path.parent)
        )
    try:
        note = load(path).text
    except InputError:
        return None
    raw = excerpt(note, card.source)
    said = key(raw)
    if not (key(card.term) in said or (key(card.answer)[:12] or "\0") in said):
        return None
    return NotePage(shown(raw), raw, _pictures(raw, path.parent))


def excerpt(text: str, source: Source) -> str:
    """The lines of a card; a heading's with all of its section, a table row's with the table's head."""
    lines = text.split("\n")
    last = max(source.end_line, _section_end(lines, source.line))
    own = lines_of(text, source.line, min(last, source.line + MOST_LINES - 1))
    at = first = source.line - 1
    while 0 < first < len(lines) and "|" in lines[first - 1]:
        first -= 1
    if at - first < 2 or not _HEAD_RULE.match(lines[first + 1]):
        return own
    return f"{lines_of(text, first + 1, first + 2)}\n{own}"


def _section_end(lines: list[str], line: int) -> int:
    """The last line (1-based) of the section whose heading stands on a line; 0 where none stands there."""
    if not 0 < line <= len(lines) or not _HEADING.match(lines[line - 1]):
        return 0
    fenced = False
    for number in range(line, len(lines)):
        fenced ^= bool(_FENCE_MARK.match(lines[number]))
        if not fenced and _HEADING.match(lines[number]):
            return number
    return len(lines)


def markdown() -> MarkdownIt:
    """A reader of what `shown` wrote: no HTML, and nothing that a click could follow."""
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])
    reader.core.ruler.push("harmless", _harmless)
    return reader


def _harmless(state: StateCore) -> None:
    """Takes links and images out, entities' characters that must not be shown, and spaces between Chinese lines; lines
    that were begun on purpose stay lines."""
    for block in state.tokens:
        block.content = clean(block.content)
        inline = [token for token in block.children or () if token.type not in ("link_open", "link_close")]
        anew = iter(broken_by_hand(_lines(inline)))
        for number, token in enumerate(inline):
            token.content = clean(token.content)
            if token.type == "image":
                inline[number] = Token("text", "", 0, content=f"🖼 {token.content}")
            elif token.type in ("softbreak", "hardbreak") and next(anew, False):
                inline[number] = Token("hardbreak", "br", 0)
            elif token.type == "softbreak" and 0 < number < len(inline) - 1:
                before, after = inline[number - 1].content[-1:], inline[number + 1].content[:1]
                if wide(before) and wide(after):
                    inline[number] = Token("text", "", 0)
        if block.children is not None:
            block.children = inline


def _lines(inline: Sequence[Token]) -> list[str]:
    """The lines of a paragraph, as its breaks part it."""
    lines = [""]
    for token in inline:
        if token.type in ("softbreak", "hardbreak"):
            lines.append("")
        else:
            lines[-1] += token.content
    return lines


def _pictures(raw: str, folder: Path) -> tuple[Path, ...]:
    """The image files that a piece of a note in that folder shows, as far as they are there."""
    named = [parts.group(2) for found in IMAGE.finditer(raw) if (parts := _ALT.match(found.group()))]
    named += [found.group()[3:-2].partition("|")[0] for found in EMBED.finditer(raw)]
    places = [folder / name for name in named if "\0" not in name and len(name) < 1000]
    return tuple(dict.fromkeys(p for p in places if p.suffix.casefold() in PICTURES and _is_file(p)))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


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
    text = WIKI.sub(r"\1", FOOTNOTE.sub("", CLOZE.sub(r"**\1**", text)))
    text = _with_breaks(_CONTAINER.sub(_titled, _ANSWERS.sub("\\\n", text)))
    text = TAG.sub("", BREAK.sub("\\\n", bold_tags(text)))
    text = BLOCK_ID.sub("", ATTRIBUTE.sub("", HIGHLIGHT.sub(r"**\1**", text)))
    text = _STARS.sub(lambda found: _bold(found, text), text)

    def restore(found: re.Match[str]) -> str:
        return _HELD.sub(restore, held[int(found.group(1))])  # a formula may hold a block of code

    return _HELD.sub(restore, text)


def _with_breaks(text: str) -> str:
    """With a hard break before each line that begins something of its own, which Markdown would join to the one
    above."""
    lines = text.split("\n")
    read, where = separated(text)
    ends: set[int] = set()
    """Lines, counted from 1, that end so."""
    before = 0
    for line, number in zip(read.split("\n"), where, strict=True):
        listed = ITEM_LINE.match(line) and not ITEM_LINE.match(lines[number - 1])
        if number == before or listed:
            ends.add(number - bool(listed))
        before = number
    ends |= {number for number, line in enumerate(lines, 1) if PAIR_LINE.match(line)}
    for number in ends:
        if 0 < number < len(lines) and _RUNS_ON.match(lines[number - 1]) and _MORE.match(lines[number]):
            lines[number - 1] += "\\"
    return "\n".join(lines)


def _titled(found: re.Match[str]) -> str:
    """A container's title as a line of its own."""
    return f"**{title}**\n" if (title := found[1].strip()) else ""


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
