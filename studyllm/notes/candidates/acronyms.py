"""Lines of which each begins with a letter of an acronym that stands above them: Rotator cuff (SITS) over S – …, I – …;
they are asked as one list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from studyllm.cards import Kind
from studyllm.notes.candidates.candidate import Candidate, Page, made
from studyllm.notes.candidates.runs import FEWEST
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.inline import plain, prose
from studyllm.notes.words.terms import title

_LETTER = re.compile(
    r"(?:\*\*|__)?(?P<letter>[A-Z])(?:\*\*|__)?[ \t]*(?:[-–—:：=]|->|→)[ \t]*(?:\*\*|__)?[ \t]*(?P<said>\S.*)"
)
"""A letter, and what it stands for."""
_MOST = 200
"""Lines and items of a node at most; in more none is looked for."""


@dataclass(frozen=True, slots=True)
class Acronym:
    """A title with an acronym, and what the letters of it stand for."""

    title: str
    line: int
    said: tuple[str, ...]
    lines: tuple[int, ...]


def acronyms(node: Node) -> list[Acronym]:
    """The acronyms that are spelt out in the lines and the items right under a node."""
    if max(len(node.blocks), len(node.children)) > _MOST:
        return []
    items = {child.line: child.text.partition("\n")[0] for child in node.children if child.kind == ITEM}
    lines = dict(sorted((node.lines() | items).items()))
    found: list[Acronym] = []
    run: list[tuple[int, str, str]] = []
    above = (node.title, node.line)
    for at, line in [*lines.items(), (0, "")]:
        if letter := _LETTER.fullmatch(line.strip()):
            run.append((at, letter["letter"], prose(letter["said"])))
            continue
        if len(run) >= FEWEST:
            spelt = re.compile(rf"(?<![A-Za-z]){'[.]?'.join(one for _, one, _ in run)}(?![A-Za-z])")
            if spelt.search(above[0]):
                found.append(
                    Acronym(
                        *above, tuple(f"{one}: {said}" for _, one, said in run), tuple(at for at, *_ in run)
                    )
                )
        run = []
        above = (plain(line), at)
    return found


def of_acronyms(_page: Page, node: Node) -> Iterator[Candidate]:
    """The acronyms whose letters are lines, below a line that has them."""
    for one in acronyms(node):
        if one.line != node.line and one.lines[0] == one.line + 1:
            said = "\n".join(f"- {part}" for part in one.said)
            where, marks = (one.line, one.lines[-1]), {"strict": 1.0}
            yield made(
                "line of a run", Kind.LIST, title(one.title), said, where, node, points=one.said, marks=marks
            )
