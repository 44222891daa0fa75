"""Tables: a candidate a row, whose front is the first column that names things."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from studyllm.cards import Kind
from studyllm.notes.candidates.candidate import Candidate, Page, made
from studyllm.notes.candidates.grids import grids
from studyllm.notes.candidates.joining import about
from studyllm.notes.candidates.sides import opposed, sides
from studyllm.notes.headers import ASPECT_HEAD, NUMBER_HEAD, first_column, meaning_columns, of_table
from studyllm.notes.markdown.blocks import Table, TableRow
from studyllm.notes.markdown.parse import MAX_ROWS
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.inline import plain
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.lead import lead
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import split_term, strip
from studyllm.text import fold, key

_EMPTY = re.compile(r"[\s\-–—/]*")
_PLUS, _MINUS = re.compile(r"\+{1,3}"), re.compile(r"[-–—−]")
"""What a test shows; beside the first, the second is no empty cell."""
_MARK = re.compile(r"\s*[×✓✔✗✘√xX]\s*")
"""Whether something holds, which says nothing by itself."""
_COUNT = re.compile(r"\d{1,2}[a-z]?(?:/\d[a-z]?)?(?: ?\([^()]{1,12}\))?")
_NAMED = re.compile(r"[A-Z]?[a-z]{4,20}")
"""A row named by its number, and what is counted: the third declension."""
_PLAN = re.compile(
    r"session|week|lecture|lesson|unit|chapter|page|day|class|room|team|task|item|step|slide", re.IGNORECASE
)
"""What a plan counts, which nobody learns."""
_TOLD = 5
"""Letters of Chinese, or words, of a cell that says what its head is."""
_GLOSSED = re.compile(r"([^（()）]{1,40}?)\s*[（(]([^（()）]{2,})[)）]")
_ANNOUNCED = re.compile(r"(?:如下|见下表|[:：])\s*$")
"""How an item ends that goes on with a table."""
_ALIKE = 3
"""Tables with the same rows from which on these are their parts."""
_FEWEST = 3
"""Rows of one column that all give a meaning in brackets."""
_FORMULA = re.compile(r"\$[^$]+\$")
_SIGNS = re.compile(r"[!-~]{1,4}(?<![.:,;*_/`-])")


def of_tables(_page: Page, node: Node) -> Iterator[Candidate]:
    """The rows of the tables right under a node; what an item tells of its term in a table is part of that."""
    opened = lead(node.text) if node.kind == ITEM and _ANNOUNCED.search(node.text) else None
    if opened and opened.rest:
        return
    for block in _told_apart([*(block for block in node.blocks if isinstance(block, Table)), *grids(node)]):
        for table in _side_by_side(block):
            yield from (
                _one_column(node, table) if len(table.header) == 1 else _rows(node, _whole_rows(table))
            )


def _told_apart(tables: list[Table]) -> list[Table]:
    """The tables of a section; where several have the same rows but for the first, as those of verbs have, the others
    stand under the name of that: weben: Präteritum."""
    if len(tables) < _ALIKE:
        return tables
    fronts = [[key(plain(row.cells[0])) for row in table.rows if row.cells] for table in tables]
    often = Counter(front for some in fronts for front in set(some))
    found: list[Table] = []
    for table, own in zip(tables, fronts, strict=True):
        shared = [bool(one) and often[one] > 1 for one in own]
        if len(table.header) < 2 or sum(shared) < 2 or shared[0] or not all(shared[1:]):
            found.append(table)
            continue
        name = split_term(table.rows[0].cells[0])[0]
        rows = [
            TableRow((about(name, strip(plain(row.cells[0])), listed=False), *row.cells[1:]), row.line)
            if row is not table.rows[0] and row.cells
            else row
            for row in table.rows
        ]
        found.append(Table(table.header, tuple(rows), table.line, table.end))
    return found


def _side_by_side(table: Table) -> list[Table]:
    """The tables that stand side by side in one, whose header says the same twice: word, meaning, word, meaning."""
    head = [plain(cell) for cell in table.header]
    for width in range(2, len(head) // 2 + 1):
        if len(head) % width == 0 and head[0] and head == head[:width] * (len(head) // width):
            return [
                Table(
                    table.header[at : at + width],
                    tuple(TableRow(row.cells[at : at + width], row.line) for row in table.rows),
                    table.line,
                    table.end,
                )
                for at in range(0, len(head), width)
            ]
    return [table]


def _whole_rows(table: Table) -> Table:
    """The table, a row without a first cell joined to the one above, as where a cell goes over several rows."""
    first = [plain(row.cells[0]) if row.cells else "" for row in table.rows]
    if all(first) or not first[:1] or not first[0] or len(table.header) != 2:
        return table
    groups: list[list[TableRow]] = []
    for row, name in zip(table.rows, first, strict=True):
        if name:
            groups.append([row])
        else:
            groups[-1].append(row)
    rows = [
        TableRow((some[0].cells[0], "<br>".join(row.cells[1] for row in some if row.cells[1:])), some[0].line)
        for some in groups
    ]
    return Table(table.header, tuple(rows), table.line, table.end)


def _rows(node: Node, table: Table) -> Iterator[Candidate]:
    if opposed(table):
        yield from sides(node, table)
        return
    if len(table.rows) == 1:
        yield from _columns(node, table)
    first = first_column(table)
    if first is None or not _is_worded(table, first):
        return
    header = [plain(cell).replace("\n", " ") for cell in table.header]
    counted = NUMBER_HEAD.fullmatch(fold(header[0])) or not any(map(str.isalnum, header[0]))
    turned = first > 0 and not counted
    marks = of_table(table, first) | {"in_item": float(node.kind == ITEM)}
    meanings = meaning_columns(header, first)
    tested = {at for row in table.rows for at, cell in enumerate(row.cells) if _PLUS.fullmatch(plain(cell))}
    for row in _filled(table, first).rows[:MAX_ROWS]:
        if sum(map(len, row.cells)) > 4000:
            continue
        front, named = row.cells[first] if first < len(row.cells) else "", {}
        if (
            _COUNT.fullmatch(plain(front))
            and _NAMED.fullmatch(header[first])
            and not (counted or _PLAN.fullmatch(header[first]))
        ):
            front, named = f"{header[first]} {plain(front)}", {"strict": 1.0}
        single = len(table.header) - first == 2
        cells = [
            (at, text)
            for at, text in enumerate(map(plain, row.cells))
            if (at > first or (turned and at < first))
            and (not _EMPTY.fullmatch(text) or (at in tested and _MINUS.fullmatch(text)))
        ]
        if not cells or (single and _MARK.fullmatch(cells[0][1])):
            continue
        said = [text for _, text in cells]
        points = (
            said
            if single
            else [_labelled(header[at] if at < len(header) else "", text) for at, text in cells]
        )
        meant = next((text for at, text in cells if at in meanings), "")
        if meant and not single:
            # The meaning first, and without its label.
            points = [meant, *(p for p, text in zip(points, said, strict=True) if text != meant)]
        bold = front.startswith(("**", "__", "<b>", "<strong>", "`"))
        front = _verbatim(front)
        term = split_term(front)[0]
        yield made(
            "table row",
            Kind.TABLE,
            front,
            "\n".join(points),
            (row.line, row.line),
            node,
            points=points,
            aliases=_gloss(term, said),
            bold=bold,
            marks=marks | named,
        )


def _is_worded(table: Table, first: int) -> bool:
    """Whether any cell beside the names of the rows says more than whether something holds."""
    cells = (plain(cell) for row in table.rows[:MAX_ROWS] for cell in row.cells[first + 1 :])
    return any(not _EMPTY.fullmatch(cell) and not _MARK.fullmatch(cell) for cell in cells)


def _filled(table: Table, first: int) -> Table:
    """The table, the cells before the column that names its rows filled from the row above where they are blank."""
    if first == 0:
        return table
    rows: list[TableRow] = []
    for row in table.rows:
        above = rows[-1].cells if rows else ()
        filled = [
            cell if plain(cell) or at >= len(above) else above[at]
            for at, cell in enumerate(row.cells[:first])
        ]
        rows.append(TableRow((*filled, *row.cells[first:]), row.line))
    return Table(table.header, tuple(rows), table.line, table.end)


def _columns(node: Node, table: Table) -> Iterator[Candidate]:
    """Each head of a table of one row, with what stands below it, unless the row compares them in some respect."""
    (row,) = table.rows
    if ASPECT_HEAD.fullmatch(fold(plain(table.header[0]))):
        return
    pairs = [(head, plain(cell)) for head, cell in zip(table.header, row.cells, strict=False)]
    told = [
        len(plain(head)) > 1
        and (
            len(CJK_LETTER.findall(cell)) + len(cell.split()) >= _TOLD or _FORMULA.fullmatch(cell) is not None
        )
        for head, cell in pairs
    ]
    if len(pairs) > 1 and all(told):
        marks = {"strict": float(all(_FORMULA.fullmatch(cell) for _, cell in pairs))}
        for head, cell in pairs:
            yield made(
                "table column",
                Kind.TABLE,
                head,
                cell,
                (table.line, row.line),
                node,
                points=(cell,),
                marks=marks,
            )


def _verbatim(front: str) -> str:
    """A front whose signs belong to it (`>`, `g~`) as code, so that they stay."""
    shown = plain(front)
    signs = _SIGNS.fullmatch(shown) and (strip(shown) != shown or not any(map(str.isalnum, shown)))
    return f"`{shown}`" if signs else front


def _labelled(label: str, text: str) -> str:
    if not label:
        return text
    return f"{label}：{text}" if CJK_LETTER.search(label) else f"{label}: {text}"


def _gloss(term: str, said: Sequence[str]) -> list[str]:
    """A translation before a colon in the first cell after the term: "预训练：在…"."""
    if CJK_LETTER.search(term) or not said:
        return []
    head, colon, rest = said[0].partition("：")
    return (
        [head]
        if colon and rest and len(head) <= 12 and CJK_LETTER.search(head) and not is_label(head)
        else []
    )


def _one_column(node: Node, table: Table) -> Iterator[Candidate]:
    """A one-column table: rows of names with their meanings in brackets; or a bold row is a term, the plain one under
    it its meaning."""
    glossed = [(row, _GLOSSED.fullmatch(plain((row.cells or ("",))[0]))) for row in table.rows]
    if len(glossed) >= _FEWEST and all(found for _, found in glossed):
        for row, found in glossed[:MAX_ROWS]:
            if found:
                where = (row.line, row.line)
                yield made("one-column table", Kind.TERM, found[1], found[2], where, node, bold=True)
        return
    rows = [TableRow(table.header, table.line), *table.rows]
    for row, following in itertools.pairwise(rows):
        front, answer = (row.cells or ("",))[0], (following.cells or ("",))[0]
        if front.startswith("**") and front.endswith("**") and answer and not answer.startswith("**"):
            yield made(
                "one-column table",
                Kind.TERM,
                front,
                plain(answer),
                (row.line, following.line),
                node,
                bold=True,
            )
