"""Tables that are written as HTML, as those of Markdown."""

import re

from studyllm.notes.markdown.blocks import Table, TableRow

_ROW = re.compile(r"<tr\b[^<>]*>", re.IGNORECASE)
_CELL = re.compile(r"<t([dh])\b([^<>]*)>", re.IGNORECASE)
_END = re.compile(r"</t(?:[drh]|able|head|body|foot)>", re.IGNORECASE)
_TABLE = re.compile(r"\s*<table\b", re.IGNORECASE)
_CLOSED = re.compile(r"</table>\s*(?:</\w{1,20}>\s*){0,3}\Z", re.IGNORECASE)
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?(\d{1,2})", re.IGNORECASE)
_MOST = 20
"""Columns; what has more places things and tells nothing."""


def tagged_table(text: str, line: int, end: int) -> Table | None:
    """The table that a piece of HTML is: a cell that goes over several rows in each of them, one over several columns
    in the first; None for anything else, and for one that holds another."""
    if not _TABLE.match(text) or not _CLOSED.search(text) or len(_TABLE.findall(text)) > 1:
        return None
    rows: list[TableRow] = []
    heads: list[bool] = []
    over: dict[int, tuple[str, int]] = {}
    """By column what stands in it from a row above, and in how many more rows."""
    starts = [found.end() for found in _ROW.finditer(text)]
    at = line + text.count("\n", 0, starts[0] if starts else 0)
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=False):
        cells: list[str] = []
        found = list(_CELL.finditer(text, start, stop))
        ends = [cell.start() for cell in found[1:]] + [stop]
        for cell, until in zip(found, ends, strict=False):
            _from_above(cells, over)
            inner = " ".join(_END.split(text[cell.end() : until], maxsplit=1)[0].split())
            spans = {kind.lower(): int(count) for kind, count in _SPAN.findall(cell[2])}
            for empty in [False] + [True] * (min(_MOST, spans.get("col", 1)) - 1):
                shown = "" if empty else inner
                if spans.get("row", 1) > 1:
                    over[len(cells)] = shown, spans["row"] - 1
                cells.append(shown)
        _from_above(cells, over)
        if cells:
            rows.append(TableRow(tuple(cells), at))
            heads.append(all(cell[1].lower() == "h" for cell in found))
        at += text.count("\n", start, stop)
    width = max((len(row.cells) for row in rows), default=0)
    if not 2 <= width <= _MOST:
        return None
    headed = heads[0] and len(rows) > 1
    header = rows[0].cells if headed else ("",) * width
    return Table(header, tuple(rows[headed:]), line, end)


def _from_above(cells: list[str], over: dict[int, tuple[str, int]]) -> None:
    """Put the cells that reach down from rows above into a row, as far as they come next."""
    while (above := over.pop(len(cells), None)) is not None:
        inner, more = above
        if more > 1:
            over[len(cells)] = inner, more - 1
        cells.append(inner)
