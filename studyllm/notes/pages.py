"""Where in a book something stands, noted at the end of lines: `三大法宝 P36`, `什么是指令周期？P4.1 指令的执行`."""

import re
from itertools import pairwise

_NUMBER = r"\d{1,4}(?:\.\d{1,3}){0,3}"
_PAGE = re.compile(
    rf"(?P<before>[\u4e00-\u9fff`*）)】』”]|[？?。！!；;])[ \t]*[（(\[【]?[Pp]{{1,2}}\.?[ ]?(?P<number>{_NUMBER})"
    rf"(?:[ ]?[-~～—–、,，][ ]?[Pp]{{0,2}}\.?[ ]?{_NUMBER})*[)）\]】]?"
    r"(?:[ \t]+[^\s，。；：:？?][^\n，。；：:？?]{1,24})?[ \t]*$",
    re.MULTILINE,
)
"""A page, or a section with its title, after Chinese text."""
_ANY = re.compile(r"[Pp]\.? ?\d")
_ENDED = "？?。！!；;"
_FEWEST = 3
"""Lines that end in a page from which on that is a custom of the note."""


def without_pages(text: str) -> str:
    """The text without the pages at the ends of its lines, where these count up through the note, or a sentence is over
    before them; P53 may be a gene."""
    if not _ANY.search(text):
        return text
    numbers = [[int(part) for part in found["number"].split(".")] for found in _PAGE.finditer(text)]
    rising = sum(one <= other for one, other in pairwise(numbers))
    custom = len(numbers) >= _FEWEST and 3 * rising >= 2 * (len(numbers) - 1)
    return _PAGE.sub(
        lambda found: found["before"] if custom or found["before"] in _ENDED else found.group(), text
    )
