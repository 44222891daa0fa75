"""Tables of two sides: each head is asked with all that stands below it, and no row is a pair."""

import re
from collections.abc import Iterator, Sequence

from studyllm.cards import Kind
from studyllm.notes.candidates.candidate import Candidate, made
from studyllm.notes.markdown.blocks import Table
from studyllm.notes.outline import Node
from studyllm.notes.words.inline import plain
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.text import fold

_PAIRS = (
    {"advantages", "disadvantages"},
    {"pros", "cons"},
    {"strengths", "weaknesses"},
    {"优点", "缺点"},
    {"優點", "缺點"},
    {"优势", "劣势"},
    {"vorteile", "nachteile"},
    {"avantages", "inconvénients"},
    {"ventajas", "desventajas"},
)
_DENIES = re.compile(r"un|i[nmlr]|non-?|dis|a|非|不|无|無")
"""What makes a name its opposite."""
_QUALIFIERS = (
    ("short", "long"),
    ("internal", "external"),
    ("positive", "negative"),
    ("primary", "secondary"),
    ("absolute", "relative"),
    ("micro", "macro"),
    ("old", "new"),
    ("短期", "长期"),
    ("内", "外"),
    ("正", "负"),
    ("宏观", "微观"),
    ("主观", "客观"),
)
"""What such heads begin with."""
_SIDE = 12
"""Rows of such a table at most: nobody names more of one thing."""
_WORD, _PHRASE = 1.25, 2.5
"""Words of a cell on the average, two Chinese letters for one: more than a word beside another one, and a phrase."""
_ARTICLE = re.compile(r"(?:an?|the) ")


def opposed(table: Table) -> bool:
    """Whether two heads stand against one another, each over what is said of it, and no row is a pair: advantages and
    disadvantages, conscious and unconscious, Gene and Allele over a cell each that begins with it, short term growth
    and long term growth over phrases."""
    heads = [fold(plain(head)) for head in table.header]
    if len(heads) != 2 or not 1 < len(table.rows) <= _SIDE or min(map(len, heads)) < 2:
        return False
    if set(heads) in _PAIRS:
        return True
    short, long = sorted(heads, key=len)
    columns = [[plain(row.cells[at]) for row in table.rows if len(row.cells) > at] for at in (0, 1)]
    size = min(sum(map(_size, cells)) / max(1, len(cells)) for cells in columns)
    if short != long and long.endswith(short) and _DENIES.fullmatch(long[: -len(short)]):
        return size > _WORD
    named = all(_begins_with(head, cells) for head, cells in zip(heads, columns, strict=True))
    return named or (size >= _PHRASE and any(_differ_by(pair, heads) for pair in _QUALIFIERS))


def _begins_with(head: str, cells: Sequence[str]) -> bool:
    """Whether the first cell below a head begins with it: "A gene is …" below Gene."""
    name = head if CJK_LETTER.search(head) else head.rstrip("s")
    first = _ARTICLE.sub("", fold(cells[0]), count=1) if cells else ""
    return len(name) > 1 and first.startswith(name) and not first[len(name) :][:1].strip("s").isalpha()


def _differ_by(pair: tuple[str, str], heads: Sequence[str]) -> bool:
    """Whether one head begins with one of two opposites and the other with the other one, and both end alike."""
    one, other = heads if heads[0].startswith(pair[0]) else heads[::-1]
    if not (one.startswith(pair[0]) and other.startswith(pair[1])):
        return False
    return one.rstrip("s")[-3:] == other.rstrip("s")[-3:] if one.isascii() else one[-1] == other[-1]


def _size(cell: str) -> float:
    """Words of a cell; two Chinese letters are one."""
    chinese = len(CJK_LETTER.findall(cell))
    return chinese / 2 + (0 if chinese else len(cell.split()))


def sides(node: Node, table: Table) -> Iterator[Candidate]:
    """Each head of a table of two sides, with all that stands below it."""
    for at, head in enumerate(table.header):
        points = [cell for row in table.rows if row.cells[at:] and (cell := plain(row.cells[at]))]
        yield made(
            "table column",
            Kind.LIST,
            head,
            "\n".join(f"- {point}" for point in points),
            (table.line, table.end),
            node,
            points=points,
            marks={"strict": 1.0},
        )
