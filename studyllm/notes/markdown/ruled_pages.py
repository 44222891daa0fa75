"""Pages of slides that were pasted without marks: a rule between them, and a title as the first line of each."""

import re
from collections.abc import Sequence

from studyllm.notes.markdown.line_begins import ITEM_LINE, defines_term
from studyllm.notes.words.labels import is_label
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
    r"|(?:(?:many )?thank(?:s| you)(?: (?:all|everyone|everybody|again|(?:so|very) much|a lot))?"
    r"(?: for (?:your |the )?(?:\w+|being here))?|(?:any )?questions\?|q ?& ?a|the end)\W*",
    re.IGNORECASE,
)
"""The first line of the last page, where it only takes leave."""
_MARKED = re.compile(r"[^:：]*(?:::|[:：]{2})|(?:[QAＱＡ问答]|Question|Answer)\d*[:：]|.*(?:\{\{|==)|.*[?？]")
"""A line that somebody asks something with."""
_ADDRESS = re.compile(r"\S+@\S+|https?://|www\.|\d[\d -]{5,}")
"""How somebody is reached."""
_BULLET = re.compile(r"[ \t]*(?:[•·▪●◦▶►]|[（(]?\d{1,2}[)）、]|[①-⑳])[ \t]*\S")
"""An item with the bullet or the number of a slide."""
_WIDEST, _FEWEST = 40, 3
"""Columns of a title at most, and pages with one from which on a note is made of them."""


def with_page_titles(lines: list[str], code: Sequence[bool]) -> list[str]:
    """With the short first lines of pages as headings, where a note without headings is made of such pages. One that
    stands alone on its page, or over no more than another such line, says what all of it is about; a last page that
    takes leave says nothing. Pages of nothing but sentences are as often a diary, a report or a poem."""
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
    noted = sum(_has_notes(lines, page) for page in pages if page[0] in titled)
    if len(titled) < _FEWEST or 3 * len(titled) < 2 * len(pages) or 2 * noted <= len(titled):
        return lines
    changed = list(lines)
    for at in titled:
        changed[at] = f"## {lines[at].strip()}"
    last = pages[-1][0]
    if _takes_leave([lines[at] for at in pages[-1]]):
        changed[last:] = [""] * (len(lines) - last)
    elif _CLOSING.fullmatch(lines[last].strip()):
        changed[last] = (
            f"## {lines[last].strip().rstrip('?？!！。. ')}"  # no question, whatever stands below it
        )
    return changed


def _takes_leave(page: Sequence[str]) -> bool:
    """Whether the last page is closing words alone, or over one short line that nothing is asked by."""
    title, *below = (line.strip() for line in page)
    if not _CLOSING.fullmatch(title) or len(below) > 1:
        return False
    return all(
        width(line) <= _WIDEST and (_ADDRESS.search(line) or not (_MARKED.match(line) or _is_entry(line)))
        for line in below
    )


def _has_notes(lines: Sequence[str], page: Sequence[int]) -> bool:
    """Whether entries, labels or items stand below the title of a page."""
    return any(
        ITEM_LINE.match(line) or _BULLET.match(line) or line.lstrip().startswith("|") or _is_set_off(line)
        for line in (lines[at] for at in page[1:])
    )


def _is_set_off(line: str) -> bool:
    """Whether a line opens with a term or a label that is set off."""
    opened = lead(line.strip())
    return opened is not None and bool(opened.rest) and defines_term(line.strip(), opened)


def _is_entry(line: str) -> bool:
    """Whether a line opens with a term, and no label."""
    opened = lead(ITEM_LINE.sub("", line, count=1))
    return opened is not None and bool(opened.rest) and not is_label(opened.front)


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
