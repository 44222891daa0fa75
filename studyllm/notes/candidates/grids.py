"""Tables that nothing but blanks rules: a head, and below each of its words the cells of a column."""

import re
from collections.abc import Iterator, Mapping, Sequence

from studyllm.notes.markdown.blocks import Table, TableRow
from studyllm.notes.outline import Node
from studyllm.text import has_wide

_CELL = re.compile(r"\S(?:\S| (?! ))*")
_HEAD = re.compile(r"(?![a-z])[^\W\d_][\w./-]*(?: [\w./-]+){0,2}")
_COLUMNS, _ROWS, _LONGEST = 3, 2, 160
"""Columns and rows of such a table at least, and letters of a line of it at most."""


def grids(node: Node) -> Iterator[Table]:
    """Such tables right under a node."""
    lines, end = node.lines(), 0
    for line, text in lines.items():
        if line <= end or line - 1 in lines.keys() - {end}:
            continue  # a head stands first
        head = list(_CELL.finditer(text.rstrip())) if len(text) <= _LONGEST else []
        if len(head) < _COLUMNS or not all(_HEAD.fullmatch(one[0]) for one in head) or text.isupper():
            continue
        rows = tuple(_rows(lines, line + 1, [one.start() for one in head]))
        if len(rows) >= _ROWS:
            yield Table(tuple(one[0] for one in head), rows, line, rows[-1].line)


def _rows(lines: Mapping[int, str], first: int, starts: Sequence[int]) -> Iterator[TableRow]:
    """The lines from one on whose cells begin where those of the head do."""
    while (text := lines.get(first)) is not None and len(text) <= _LONGEST:
        apart = all(text[at - 1 : at] in ("", " ") for at in starts[1:])
        cells = [text[at:end].strip() for at, end in zip(starts, [*starts[1:], None], strict=True)]
        if not apart or not cells[0] or not any(cells[1:]) or has_wide(text):
            return  # wide letters take two columns, and are set otherwise
        yield TableRow(tuple(cells), first)
        first += 1
