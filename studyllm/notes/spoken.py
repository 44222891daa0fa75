"""Tables of an answer as lines that can be said: Markdown text in, the same text with a bullet for each row out."""

import re
from collections.abc import Sequence

from studyllm.notes.words.scripts import CJK_LETTER

_RULE = re.compile(r"[ \t]*\|(?: :?-{3,}:? \|)+")
_ROW = re.compile(r"([ \t]*)\| (.*) \|")


def without_tables(answer: str) -> tuple[str, tuple[str, ...]]:
    """An answer with the rows of its tables as bullets, and these as points where it is nothing but one table."""
    if "| --- |" not in answer:
        return answer, ()
    lines = answer.split("\n")
    out: list[str] = []
    told: list[str] = []
    at = 0
    while at < len(lines):
        head = _ROW.fullmatch(lines[at])
        if not head or at + 1 == len(lines) or not _RULE.fullmatch(lines[at + 1]):
            out.append(lines[at])
            at += 1
            continue
        header, at = head[2].split(" | "), at + 2
        while at < len(lines) and (row := _ROW.fullmatch(lines[at])):
            if text := _said(header, row[2].split(" | ")):
                told.append(text)
                out.append(f"{row[1]}- {text}")
            at += 1
    return "\n".join(out), tuple(told) if len(told) == len(out) else ()


def _said(header: Sequence[str], cells: Sequence[str]) -> str:
    """A row as one line: what it is about, then each cell under the name of its column."""
    chinese = CJK_LETTER.search("".join(cells))
    colon, comma = ("：", "；") if chinese else (": ", "; ")
    first, *others = [cell.strip() for cell in cells]
    names = [name.strip() for name in header[1:]] if len(header) > 2 else []
    named = [f"{names[at]} {cell}" if at < len(names) else cell for at, cell in enumerate(others) if cell]
    said = comma.join(part.strip() for part in named)
    return colon.join(part for part in (first, said) if part)
