"""Options of commands (tar -xzf, git reset --soft) and the five fields of cron, in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studyllm.grading.values.value import Sign, ValueKind

SHORT, LONG, SCHEDULE = "-", "--", "* * * * *"
"""What the names of such values are."""
_OPTION = re.compile(
    r"(?<=[A-Za-z0-9._/~] )(?:(?<![ `(][A-Za-z0-9] )|(?=--?[A-Za-z]{2}))"
    r"(?P<dashes>--?)(?P<word>[A-Za-z][A-Za-z-]{0,24})(?![A-Za-z0-9_(])",
    re.A,
)
"""Not x -y, which is a formula."""
_FIELD = r"(?:\*|[0-9]{1,2})(?:[-,/][0-9]{1,2}){0,6}"
_CRON = re.compile(rf"(?<![\w*/,-]){_FIELD}(?: {_FIELD}){{4}}(?![\w*/,-]| [0-9*])", re.A)


def options(text: str) -> Iterator[Sign]:
    """Every option: of short ones the letters in order, -tlnp and -lntp being the same."""
    for found in _OPTION.finditer(text):
        word, dashes = found["word"], found["dashes"]
        form = "".join(sorted(word)) if dashes == SHORT else word
        yield Sign(ValueKind.CODE, found.start(), found.end(), form, dashes)


def schedules(text: str) -> Iterator[Sign]:
    """30 2 * * *."""
    for found in _CRON.finditer(text):
        if "*" in found[0]:
            yield Sign(ValueKind.CODE, found.start(), found.end(), found[0], SCHEDULE)
