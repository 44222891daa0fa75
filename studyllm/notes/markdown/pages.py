"""Where in a book something stands, noted at the end of lines: `三大法宝 P36`, `什么是指令周期？P4.1 指令的执行`."""

import re
from itertools import pairwise

from studyllm.notes.markdown.fences import outside_code

_ANY = re.compile(r"[Pp]\.? ?\d")
_BEFORE = r"(?P<before>[\u4e00-\u9fff）】』”？。！；])[ \t]*"
_SECTION = re.compile(
    _BEFORE
    + r"[（(\[【]?[Pp]\.? ?\d{1,3}(?:\.\d{1,3}){1,3}[)）\]】]?(?:[ \t]+[^\s，。；：:？?][^，。；：:？?]{1,24})?[ \t]*$"
)
"""A section with its number, and its title or none, after Chinese text."""
_PAGE = re.compile(
    _BEFORE + r"(?P<open>[（(\[【])?[Pp]{1,2}\.? ?(?P<number>\d{1,4})"
    r"(?P<more>(?: ?[-~～—–、,，] ?[Pp]{0,2}\.? ?\d{1,4})*)[)）\]】]?[ \t]*$"
)
"""A page or several."""
_FEWEST = 3
"""Lines that end in a page from which on that is a custom of the note, where one of them is no bare number, which may
be the name of a gene or of a process."""


def without_pages(text: str) -> str:
    """The text without sections at the ends of its lines, and without pages where these count up through the note."""
    if not _ANY.search(text):
        return text
    text = outside_code(text, lambda line: _SECTION.sub(r"\g<before>", line))
    pages = [found for line in text.split("\n") if (found := _PAGE.search(line))]
    rising = sum(int(one["number"]) <= int(other["number"]) for one, other in pairwise(pages))
    marked = any(found["open"] or found["more"] for found in pages)
    if len(pages) < _FEWEST or not marked or 3 * rising < 2 * (len(pages) - 1):
        return text
    return outside_code(text, lambda line: _PAGE.sub(r"\g<before>", line))
