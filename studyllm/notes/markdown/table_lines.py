"""Lines of tables that Markdown would not take for one, mended in place."""

import re

from studyllm.notes.markdown.fences import in_code
from studyllm.notes.markdown.parse import split_row

_RULE_ROW = re.compile(r"\|[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_FORMULA = re.compile(r"(?<![\\$])\$(?=[A-Za-z\\(|])[^$\n]{1,200}(?<![\s\\])\$(?!\d)")
_BAR = re.compile(r"(?<!\\)\|")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")


def mend_tables(lines: list[str]) -> None:
    """Mend the tables among the lines of a text."""
    _rule(lines)
    _keep_formulas(lines)
    _move_into_items(lines)


def _rule(lines: list[str]) -> None:
    """Give the rule under the head of a table as many columns as the head has."""
    for at, line in enumerate(lines):
        if at and "-" in line and "|" in line and _RULE_ROW.fullmatch(line.strip()):
            columns = len(split_row(lines[at - 1]))
            if columns > 1 and len(split_row(line)) != columns:
                lines[at] = line[: len(line) - len(line.lstrip())] + "|" + "---|" * columns


def _keep_formulas(lines: list[str]) -> None:
    """Keep a formula with a bar in it, $O(|V|^2)$, in its cell, where its row has more cells than the head."""
    if not any("$" in line and "|" in line for line in lines):
        return
    columns, code = 0, in_code(lines)
    for at, line in enumerate(lines):
        if code[at]:
            continue
        if at and "-" in line and _RULE_ROW.fullmatch(line.strip()):
            columns = len(split_row(line))
        elif "|" not in line:
            columns = 0
        elif columns and "$" in line and len(split_row(line)) > columns:
            kept = _FORMULA.sub(lambda found: _BAR.sub(r"\\|", found[0]), line)
            lines[at] = kept if len(split_row(kept)) >= columns else line


def _move_into_items(lines: list[str]) -> None:
    """Move a table right under an item of a list into it: to Markdown it would go on with the item's text."""
    rules = [
        at for at, line in enumerate(lines) if at > 1 and line.startswith("|") and _RULE_ROW.fullmatch(line)
    ]
    for at in rules:
        if (
            lines[at].startswith("|")  # it was not moved with a table above
            and lines[at - 1].startswith("|")
            and (item := _ITEM.match(lines[at - 2]))
        ):
            row = at - 1
            while row < len(lines) and lines[row].startswith("|"):
                lines[row] = " " * len(item[0].expandtabs(4)) + lines[row]
                row += 1
