"""Pages of slides that were pasted without marks: a rule between them, and a title as the first line of each."""

import re
from collections.abc import Sequence

from studyllm.notes.words.lead import lead
from studyllm.text import width

_RULE = re.compile(r"[ \t]*(?:-[ \t]*){3,}|[ \t]*(?:\*[ \t]*){3,}|[ \t]*(?:_[ \t]*){3,}")
_NO_TITLE = re.compile(
    r"[ \t]|[-*+•·▪●◦▶►>|#$`<!~]|(?:\d{1,3}|[a-zA-Z])[.)、]|[（(]\d|[①-⑳]|(?:\*\*|__)"
    r"|.*(?:[。.;；，,:：!！]|[=→]|->|::|https?:)|(?:[QAＱＡ问答]|Question|Answer)\d*[:：]"
)
"""What is no title: an item, bold, an entry, a sentence."""
_COMMENT = re.compile(r"[ \t]*<!--.*-->[ \t]*")
_CLOSING = re.compile(
    r".*(?:谢谢|感谢)(?:观看|大家|聆听|收看|各位)?[！!。 ]*"
    r"|(?:thank(?:s| you)\b.*|(?:any )?questions\?|q ?& ?a|the end)\W*",
    re.IGNORECASE,
)
"""The first line of the last page, where it only takes leave."""
_WIDEST, _FEWEST = 40, 3
"""Columns of a title at most, and pages with one from which on a note is made of them."""


def with_page_titles(lines: list[str], code: Sequence[bool]) -> list[str]:
    """With the short first lines of pages as headings, where a note without headings is made of such pages. One that
    stands alone on its page, or over no more than another such line, says what all of it is about; a last page that
    takes leave says nothing."""
    if any(line.startswith("#") and not code[at] for at, line in enumerate(lines)):
        return lines
    rules = [
        at
        for at, line in enumerate(lines)
        if not code[at] and _RULE.fullmatch(line) and _stands_alone(lines, at)
    ]
    if len(rules) + 1 < _FEWEST:
        return lines
    pages = [
        page
        for begin, end in zip([-1, *rules], [*rules, len(lines)], strict=True)
        if (
            page := [
                at for at in range(begin + 1, end) if lines[at].strip() and not _COMMENT.fullmatch(lines[at])
            ]
        )
    ]
    titled = [page[0] for page in pages if _is_titled(lines, page)]
    if len(titled) < _FEWEST or 3 * len(titled) < 2 * len(pages):
        return lines
    changed = list(lines)
    for at in titled:
        changed[at] = f"## {lines[at].strip()}"
    if _CLOSING.fullmatch(lines[pages[-1][0]].strip()):
        changed[pages[-1][0] :] = [""] * (len(lines) - pages[-1][0])
    return changed


def _stands_alone(lines: Sequence[str], at: int) -> bool:
    """Whether a rule underlines no text, which would be a heading."""
    return at == 0 or not lines[at - 1].strip()


def _is_titled(lines: Sequence[str], page: Sequence[int]) -> bool:
    """Whether a page begins with a short line by itself, and something stands below it."""
    first = page[0]
    if len(page) < 2 or lines[first + 1].strip() or not _is_title(lines[first]):
        return False
    return len(page) > 2 or not _is_title(lines[page[1]])


def _is_title(line: str) -> bool:
    """Whether a line can be the title of a page."""
    opened = lead(line)
    return (
        width(line.strip()) <= _WIDEST and not _NO_TITLE.match(line.rstrip()) and not (opened and opened.rest)
    )
