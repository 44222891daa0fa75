"""Lines that stand as titles, though nothing marks them as headings, and what the lines below them tell of."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.joining import whole_of
from studyllm.notes.markdown.blocks import Listing, Paragraph
from studyllm.notes.naming.kinds import entry
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.labels import is_label, is_list_title, says_too_little
from studyllm.notes.words.terms import split_term, title

_TITLE = re.compile(
    r"[ \t\u3000]*(?:\*\*)?(?P<number>(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．][ \t]*"
    r"|[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）][、]?[ \t]*)?"
    r"(?P<name>[^\s，。；：:,;?？|][^，。；：:,;?？|\n]{1,30}?)(?:\*\*)?(?P<colon>[ \t]*[:：])?(?:\*\*)?[ \t]*"
)
_BARE = re.compile(r"[^\s，。；：:,;.?？!！|][^，。；：:,;?？!！|\n]{1,40}(?<!\.)")
"""A short line without a mark."""

_ASIDE = re.compile(r"[（(].*[)）]")


class Titles:
    """The lines that stand as titles, though nothing marks them as headings: a number and a short name, or a name with
    a colon and nothing behind it."""

    def __init__(self) -> None:
        self._of: dict[int, list[tuple[int, str]]] = {}
        self._over: dict[int, dict[int, str]] = {}

    def over(self, one: Candidate) -> str:
        """What the run of lines that a candidate is part of tells of; empty where it is part of none."""
        if not one.form.startswith(("line", "short", "lead")):
            return ""
        if id(one.node) not in self._of:
            lines = _lines(one.node)
            self._of[id(one.node)] = sorted([*_titles(one.node, lines), *_ends(one.node)])
            self._over[id(one.node)] = dict(_told_of(lines))
        return self._over[id(one.node)].get(one.line, "")

    def above(self, one: Candidate) -> str:
        """The same, else the nearest title above a candidate that is read from a line of text; empty also where its run
        tells of the heading."""
        if not one.form.startswith(("line", "short", "lead")):
            return ""
        self.over(one)
        if (over := self._over[id(one.node)].get(one.line)) is not None:
            return over
        before = self._of[id(one.node)]
        at = bisect_left(before, (one.line, "")) - 1
        return before[at][1] if at >= 0 else ""


def _lines(node: Node) -> list[tuple[int, str]]:
    """The lines of text under a node with their numbers, in their order."""
    return sorted(
        (block.line + at, line)
        for block in node.blocks
        if isinstance(block, Paragraph)
        for at, line in enumerate(block.text.split("\n"))
    )


def _told_of(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """For the lines that are part of what a run of lines without a blank one tells of, that: the short line that it
    begins with, and each below that stands over labels, where most others are labels; else for a label that stands
    alone among terms the entry above it, below a label of something that, and for one of several that tell of the
    heading nothing."""
    runs: list[list[tuple[int, str]]] = []
    for line, text in lines:
        if not runs or line != runs[-1][-1][0] + 1:
            runs.append([])
        runs[-1].append((line, text))
    for run in runs:
        names = [entry(text) for _line, text in run]
        labels = sum(is_label(name) for name in names if name)
        title_over = (
            names[0] == "" and _BARE.fullmatch(run[0][1].strip()) and labels * 2 >= sum(map(bool, names[1:]))
        )
        numbered = _TITLE.fullmatch(run[0][1]) if title_over and labels else None
        first = numbered["name"] if numbered else run[0][1]
        over = split_term(title(first))[0] if title_over and labels else ""
        parts = sum(says_too_little(name) or is_list_title(name) for name in names if name)
        several = parts > 1 and parts * 3 >= sum(map(bool, names))  # they tell of the heading
        above = ""
        for at, ((line, text), name) in enumerate(zip(run, names, strict=True)):
            below = names[at + 1] if at + 1 < len(names) else ""
            bare = not name and _BARE.fullmatch(text.strip()) and not _ASIDE.fullmatch(text.strip())
            if title_over and labels and bare and is_label(below):
                over = split_term(title(text))[0]  # the next thing that labels tell of
            if is_label(name) and (of := whole_of(above, name)):
                yield line, of
            elif over and (title_over or is_label(name)) and name:
                yield line, over
            elif several and is_label(name):
                yield line, ""
            elif name and not several and not says_too_little(name) and not is_list_title(name):
                over = name
            above = name if name and not is_label(name) else above


def _ends(node: Node) -> Iterator[tuple[int, str]]:
    """Where a blank line ends the list that a name with a colon stands over: what follows it is told of the heading."""
    for before, block, after in zip(node.blocks, node.blocks[1:], node.blocks[2:], strict=False):
        if isinstance(before, Paragraph) and isinstance(block, Listing) and after.line > block.end + 1:
            found = _TITLE.fullmatch(before.text.rpartition("\n")[2])
            if found and found["colon"] and not found["number"]:
                yield block.end, ""


def _titles(node: Node, lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines under a node that stand as titles, in their order; items apart from one another, without anything in
    them, among them."""
    places = {child.line for child in node.children if child.kind == ITEM}
    items = [
        (child.line, child.text)
        for child in node.children
        if child.kind == ITEM and not child.blocks and not {child.line - 1, child.line + 1} & places
    ]
    numbered = {child.line for child in node.children if child.ordered}
    for line, text in sorted([*lines, *items]):
        found = _TITLE.fullmatch(text)
        name = split_term(title(found["name"]))[0] if found else ""
        if found and (found["number"] or found["colon"] or line in numbered) and name and not is_label(name):
            yield line, name
