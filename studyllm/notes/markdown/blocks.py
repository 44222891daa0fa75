"""A note as a small tree of blocks: what stands where, before anyone asks what it means."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6; lines are 1-based and inclusive, here and below."""

    level: int
    text: str
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Raw inline source, one entry a line; `line` is that of the first entry."""

    text: str
    line: int
    end: int
    breaks: tuple[int, ...] = ()
    """Where in the text the lines after the first begin, if its author wrapped it and it is one line here."""


@dataclass(frozen=True, slots=True)
class Item:
    """One list item: its blocks, and its number in an ordered list."""

    blocks: tuple["Block", ...]
    line: int
    end: int
    number: str = ""

    @property
    def text(self) -> str:
        """The raw source of the item's opening paragraph."""
        return self.blocks[0].text if self.blocks and isinstance(self.blocks[0], Paragraph) else ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A bullet or ordered list."""

    items: tuple[Item, ...]
    ordered: bool
    line: int
    end: int
    mark: str = ""
    """What follows its numbers: `.` or `)`."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one table row, as raw inline source."""

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header row."""

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced or indented code block, with the fence it had."""

    text: str
    info: str
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote, callouts included."""

    blocks: tuple["Block", ...]
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Definition:
    """One entry of a definition list: the names it defines and what it says of them."""

    terms: tuple[str, ...]
    blocks: tuple["Block", ...]
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Html:
    """A block of raw HTML."""

    text: str
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    line: int
    end: int


Block: TypeAlias = Heading | Paragraph | Listing | Table | Code | Quote | Definition | Html | Rule


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed note."""

    title: str
    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    unclosed_fence: int
    """Line of a code fence that is never closed, or 0."""
