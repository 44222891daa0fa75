"""Markdown to blocks: markdown-it reads the block structure once, inline source stays raw."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from studyllm.notes.markdown.blocks import (
    Block,
    Code,
    Definition,
    Document,
    Heading,
    Html,
    Item,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
    TableRow,
)
from studyllm.notes.markdown.lines import separated
from studyllm.notes.markdown.numbering import counted
from studyllm.notes.markdown.tagged_tables import tagged_table
from studyllm.notes.markdown.unfolded import unfolded
from studyllm.notes.markdown.wrapping import joined, width_of
from studyllm.text import clean

MAX_NESTING = 60
"""Open containers at most; what lies deeper is not read."""
MAX_ROWS = 500
"""Rows of a table at most."""
_FRONT_MOST = 20_000
"""Characters in which front matter ends."""
_FRONT = re.compile(r"---[ \t]*\n")
_FRONT_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_SECTION = re.compile(r"\n[ \t]*\n(?:#{2,6} \S|# [^\n]*\n[ \t]*\n)")
"""A heading behind a blank line, which stands in no front matter."""
_TOML = re.compile(r"\+\+\+[ \t]*\n.*?\n\+\+\+[ \t]*(?=\n|$)", re.DOTALL)
_TOML_TITLE = re.compile(r"^title[ \t]*=[ \t]*[\"']([^\"'\n]*)[\"']", re.MULTILINE)
_REWRITTEN = re.compile(
    r"(?:\*\*\*|---)[ \t]*\n+##[ \t]+(?:title:[ \t]*([^\n]*)"
    r"|(?:type|tags|date|status|aliases|layout|category|draft):[ \t][^\n]*[ \t][\w-]+:(?:[ \t][^\n]*)?)(?=\n|$)",
    re.IGNORECASE,
)
"""Front matter as a formatter leaves it that takes it for a rule and a heading."""
_TITLE = re.compile(r"^title[ \t]*:[ \t]*(.*)$", re.MULTILINE | re.IGNORECASE)
_CELL = re.compile(r"\\.|`[^`|]*`|\[\[[^\[\]]*\]\]|\||[^\\|`\[]+|.", re.DOTALL)
_PREFIX = re.compile(r"^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")


@cache
def _markdown() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").use(deflist_plugin)
    md.core.ruler.enableOnly(["normalize", "block"])
    return md


def parse(text: str) -> Document:
    """The blocks of a note, with its front-matter title and the line numbers of the file."""
    text = safe(text)
    title, body = front_matter(text)
    spaced, where = separated(body)
    tokens = _markdown().parse(spaced)
    lines = tuple(body.split("\n"))
    builder = _Builder(lines, where)
    blocks = builder.build(tokens)
    return Document(title, blocks, lines, builder.unclosed)


_NARROW = re.compile(r"(?<=\S)[\u2000-\u200a\u202f\u205f]+")
"""Blanks of other widths within a line, as French has them before a colon."""


def safe(text: str) -> str:
    """The text without characters that must not be shown, its line numbers unchanged."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u00a0", " ")
        .replace("\u2028", " ")
        .replace("\u2029", " ")
    )
    text = _NARROW.sub(" ", text)
    if "\x1b" in text:
        return "\n".join(clean(line) for line in text.split("\n"))
    return clean(text)


def front_matter_text(text: str) -> str:
    """The front matter of a note as it stands there, between its rules; empty without one."""
    text = safe(text[:_FRONT_MOST])
    return (
        text[: len(text) - len(front_matter(text)[1].lstrip("\n"))] if text.startswith(("---", "+++")) else ""
    )


def front_matter(text: str) -> tuple[str, str]:
    """The title in the front matter, and the text with the front matter blanked out."""
    if text.startswith("+++") and (found := _TOML.match(text)):
        name = _TOML_TITLE.search(found.group())
        return (name.group(1) if name else ""), "\n" * found.group().count("\n") + text[found.end() :]
    if found := _REWRITTEN.match(text):
        return (found.group(1) or "").strip("'\" "), "\n" * found.group().count("\n") + text[found.end() :]
    if not _FRONT.match(text):
        return "", text
    start = text.index("\n") + 1
    end = _FRONT_END.search(text, start)
    inside = text[start : end.start()] if end else ""
    if end is None or (inside.strip() and ":" not in inside) or _SECTION.search(inside):
        return "", text
    found = _TITLE.search(text, start, end.start())
    title = found.group(1).strip() if found else ""
    if len(title) > 1 and title[0] == title[-1] and title[0] in "'\"":
        title = title[1:-1]
    return title, "\n" * text.count("\n", 0, end.end()) + text[end.end() :]


def split_row(line: str) -> list[str]:
    """The cells of a table line; escaped pipes, code spans and wiki links are no borders."""
    line = line.strip()
    if line.startswith("|"):
        line = line[1:]
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    if "\\" not in line and "`" not in line and "[[" not in line:
        return [cell.strip() for cell in line.split("|")]
    cells = [""]
    for part in _CELL.findall(line):
        if part == "|":
            cells.append("")
        elif part == "\\|":
            cells[-1] += "|"
        else:
            cells[-1] += part
    return [cell.strip() for cell in cells]


@dataclass(slots=True)
class _Open:
    """A container that is being filled."""

    token: Token
    blocks: list[Block] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    header: tuple[str, ...] = ()
    terms: list[str] = field(default_factory=list)
    term_line: int = 0
    definitions: list[Definition] = field(default_factory=list)


class _Builder:
    """Turns the flat token stream into nested blocks, without recursion."""

    def __init__(self, lines: tuple[str, ...], where: tuple[int, ...]) -> None:
        self.lines, self.where = lines, where
        self.unclosed = 0
        self.width = width_of(lines)

    def build(self, tokens: list[Token]) -> tuple[Block, ...]:
        """The top-level blocks."""
        root = _Open(Token("root", "", 0))
        stack = [root]
        heading: Token | None = None
        for token in tokens:
            kind = token.type
            top = stack[-1]
            if kind == "inline":
                self._inline(token, heading, stack)
            elif kind == "heading_open":
                heading = token
            elif kind == "heading_close":
                heading = None
            elif kind in _CONTAINERS:
                stack.append(_Open(token))
            elif kind in _CLOSERS:
                stack.pop()
                self._close(top, stack[-1])
            elif kind in ("fence", "code_block"):
                top.blocks.append(self._code(token))
            elif kind == "html_block":
                line, end = self._span(token)
                table = tagged_table(token.content, line, end)
                top.blocks.append(table or Html(token.content, line, end))
            elif kind == "hr":
                line, end = self._span(token)
                top.blocks.append(Rule(line, end))
        return tuple(root.blocks)

    def _inline(self, token: Token, heading: Token | None, stack: list[_Open]) -> None:
        top = stack[-1]
        line, end = self._span(token)
        kind = top.token.type
        if heading is not None:
            top.blocks.append(Heading(int(heading.tag[1]), token.content, line, self._span(heading)[1]))
        elif kind == "dt_open":
            stack[-2].terms.append(token.content)
            stack[-2].term_line = stack[-2].term_line or line
        elif kind == "tr_open":
            top.cells.append(token.content)
        elif token.content.strip():
            text, breaks = joined(token.content, self.width)
            top.blocks.append(Paragraph(text, line, max(end, line), breaks))

    def _code(self, token: Token) -> Code:
        line, end = self._span(token)
        if token.type == "fence" and not self.unclosed:
            last = self.lines[end - 1] if end <= len(self.lines) else ""
            stripped = _PREFIX.sub("", last).rstrip()
            if end == line or not stripped.startswith(token.markup[:3]) or stripped.strip(token.markup[:1]):
                self.unclosed = line
        return Code(token.content, token.info.strip() if token.type == "fence" else "", line, end)

    def _close(self, done: _Open, parent: _Open) -> None:
        kind = done.token.type
        line, end = self._span(done.token)
        if kind == "list_item_open":
            blocks = tuple(done.blocks)
            last = max((block.end for block in blocks), default=line)
            parent.items.append(Item(blocks, line, max(last, line), done.token.info))
        elif kind in ("bullet_list_open", "ordered_list_open"):
            if done.items:
                items, ordered = tuple(done.items), kind[0] == "o"
                if not ordered and (texts := counted([item.text for item in items])):
                    items, ordered = _numbered(items, texts), True
                mark = done.token.markup if ordered else ""
                parent.blocks.append(Listing(items, ordered, line, items[-1].end, mark))
        elif kind == "blockquote_open":
            parent.blocks.extend(unfolded(Quote(tuple(done.blocks), line, end)))
        elif kind == "tr_open":
            self._row(done, parent, line)
        elif kind == "table_open":
            parent.blocks.append(_table(done.header, tuple(done.rows), line, end))
        elif kind == "dd_open":
            self._definition(done, parent, line, end)
        elif kind == "dl_open":
            parent.blocks.extend(done.definitions)

    def _row(self, done: _Open, table: _Open, line: int) -> None:
        raw = _PREFIX.sub("", self.lines[line - 1]) if line <= len(self.lines) else ""
        cells = split_row(raw)
        if len(cells) < len([cell for cell in done.cells if cell]):
            cells = [cell.replace("\\|", "|") for cell in done.cells]
        if not table.header:
            table.header = tuple(cells)
        else:
            table.rows.append(TableRow(tuple(cells), line))

    def _definition(self, done: _Open, parent: _Open, line: int, end: int) -> None:
        last = max((block.end for block in done.blocks), default=line)
        if parent.terms:
            entry = Definition(tuple(parent.terms), tuple(done.blocks), parent.term_line or line, last)
            parent.definitions.append(entry)
            parent.terms, parent.term_line = [], 0
        elif parent.definitions:
            entry = parent.definitions[-1]
            parent.definitions[-1] = Definition(
                entry.terms, entry.blocks + tuple(done.blocks), entry.line, last
            )

    def _span(self, token: Token) -> tuple[int, int]:
        """First and last line of a token in the file, 1-based and inclusive."""
        if not token.map:
            return 1, 1
        first, after = token.map
        line = self.where[min(first, len(self.where) - 1)]
        return line, max(self.where[min(after, len(self.where)) - 1], line)


def _numbered(items: Sequence[Item], texts: Sequence[str]) -> tuple[Item, ...]:
    """Bullets that count themselves (- 1、…) as items of a numbered list."""
    found = []
    for number, (item, text) in enumerate(zip(items, texts, strict=True), 1):
        opening = item.blocks[0]
        assert isinstance(opening, Paragraph)
        blocks = (replace(opening, text=text), *item.blocks[1:])
        found.append(replace(item, blocks=blocks, number=str(number)))
    return tuple(found)


_CONTAINERS = frozenset(
    [
        "bullet_list_open",
        "ordered_list_open",
        "list_item_open",
        "blockquote_open",
        "table_open",
        "tr_open",
        "dl_open",
        "dt_open",
        "dd_open",
    ]
)
_CLOSERS = frozenset(name.replace("_open", "_close") for name in _CONTAINERS)


def _table(header: tuple[str, ...], rows: tuple[TableRow, ...], line: int, end: int) -> Table:
    """A table; where its header is empty, the first row is one that names all columns but the first."""
    first, *others = (cell.strip() for cell in rows[0].cells) if rows else ("",)
    named = all(row.cells and row.cells[0].strip() for row in rows[1:])
    if (
        len(rows) > 1
        and named
        and not any(map(str.strip, (*header, first)))
        and len(others) > 1
        and all(others)
    ):
        return Table(rows[0].cells, rows[1:], line, end)
    return Table(header, rows, line, end)
