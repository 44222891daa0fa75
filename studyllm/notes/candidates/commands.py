"""Commands in a block of code with what each does beside it or above it: df -h   # how full the disks are."""

import re
from collections.abc import Iterator

from studyllm.cards import Kind
from studyllm.notes.candidates.candidate import Candidate, Page, made
from studyllm.notes.markdown.blocks import Code
from studyllm.notes.outline import Node

_SHELLS = frozenset(("", "bash", "sh", "shell", "zsh", "console", "powershell", "cmd", "bat", "vim"))
"""Languages of blocks whose lines are commands."""
_BESIDE = re.compile(r"(?P<command>\S[^#\n]{1,70}?)\s+#\s+(?P<said>\S.*)")
_ABOVE = re.compile(r"#\s+(?P<said>\S.*)")
_NO_COMMAND = re.compile(r"[\w.-]+\s*=|.*[;/{}:,]$|.*[<>]$|[│├└]|\d")
"""A setting, a statement of a language, a folder of a tree."""
_PROMPT = re.compile(r"^[$>]\s+")
_FEWEST, _LONGEST = 3, 120
"""Commands of such a block, and letters of what one does."""


def of_commands(_page: Page, node: Node) -> Iterator[Candidate]:
    """The commands of the blocks under a title of which nearly every line says what it does."""
    for block in node.blocks:
        if not isinstance(block, Code) or block.info.lower() not in _SHELLS:
            continue
        lines = [
            (block.line + 1 + at, line) for at, line in enumerate(block.text.split("\n")) if line.strip()
        ]
        pairs = list(_pairs(lines))
        if len(pairs) >= _FEWEST and sum(count for *_, count in pairs) * 4 >= len(lines) * 3:
            for at, command, said, count in pairs:
                where, marks = (at - count + 1, at), {"gap_dash": 1.0}
                yield made(
                    "line code dash",
                    Kind.TERM,
                    command,
                    said,
                    where,
                    node,
                    split=False,
                    bold=True,
                    marks=marks,
                )


def _pairs(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str, str, int]]:
    """Each command that has one: its line, the command, what it does, and over how many lines both stand."""
    for number, (at, line) in enumerate(lines):
        command = _PROMPT.sub("", line.strip())
        above = _ABOVE.fullmatch(lines[number - 1][1].strip()) if number else None
        if beside := _BESIDE.fullmatch(command):
            command, said, count = beside["command"], beside["said"], 1
        elif (
            above and not command.startswith("#") and lines[number - 1][0] == at - 1 and _alone(lines, number)
        ):
            said, count = above["said"], 2
        else:
            continue
        if len(said) <= _LONGEST and not line[0].isspace() and not _NO_COMMAND.match(command):
            yield at, command, said, count


def _alone(lines: list[tuple[int, str]], number: int) -> bool:
    """Whether a command is the only one under its remark."""
    after = lines[number + 1] if number + 1 < len(lines) else None
    return after is None or after[0] > lines[number][0] + 1 or after[1].lstrip().startswith("#")
