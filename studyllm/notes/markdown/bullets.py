"""Bullets that Markdown does not know, where a whole file has them: `• one`, `– one`, `-one`, `✅ one`, `→ one`.

A few that stand below one another are read in `numbering.py`; here are those of lists in lists and of single lines.
"""

import re
from collections import Counter

from studyllm.notes.markdown.fences import outside_code

_GLUED = re.compile(r"^([ \t]*)-(?=[^\W\d_]|[¿¡«“\"‘（\[*`#《「『【]|\d{1,2}[.)])", re.MULTILINE)
_GLUED_NAME = re.compile(r"^[ \t]*-(?:[¿¡«“（\[*`#《「『【]|[^\W\d_a-z]|\w{8,}|\d{1,2}[.)])", re.MULTILINE)
"""A bullet without a blank behind it: one before a name or a long word, and no ending such as -tion."""
_SIGN = re.compile(
    r"^(?P<indent>[ \t]*)(?P<sign>[•·▪●○◎◯◦➢➤►▶▸❖■□◆◇‣⁃∙☐✅✓✔☑→⇒»]|[–—](?=[ \t]))\ufe0f?[ \t]*(?=[^\s–—→⇒»])",
    re.MULTILINE,
)
_MARKS, _WRONG = "✅✓✔☑", re.compile("[❌✗✘✖]")
"""Signs that say of some lines that they are right, and of others that they are not."""
_SPOKEN = re.compile(r"^[^:：=]*[.!?…»”][ \t]*$")
"""A line that ends as a sentence and sets nothing off by a colon: in a dialogue, somebody speaks."""
_ARROWS = "→⇒»"
"""Signs that go on with the line above, unless nearly every line has them."""
_FEWEST, _MOSTLY = 3, 0.6


def with_bullets(text: str) -> str:
    """The text with the bullets that Markdown knows."""
    glued = _GLUED.findall(text)
    if (
        len(glued) >= _FEWEST
        and not all(one[:1] == "\t" or len(one) > 3 for one in glued)
        and 2 * len(_GLUED_NAME.findall(text)) >= len(glued)
    ):
        text = outside_code(text, lambda line: _GLUED.sub(r"\1- ", line))
    found = list(_SIGN.finditer(text))
    if len(found) < _FEWEST:
        return text
    lines = text.split("\n")
    own = {sign for sign, _ in Counter(one["sign"] for one in found).items() if _is_bullet(sign, lines)}
    return outside_code(text, lambda line: _SIGN.sub(lambda one: _in_place(one, own), line)) if own else text


def _in_place(one: re.Match[str], own: set[str]) -> str:
    return f"{one['indent']}- " if one["sign"] in own else one[0]


def _is_bullet(sign: str, lines: list[str]) -> bool:
    """Whether a sign begins the items of lists in lists, or single ones."""
    at = [n for n, line in enumerate(lines) if (one := _SIGN.match(line)) and one["sign"] == sign]
    if len(at) < _FEWEST or (sign in _MARKS and any(map(_WRONG.search, lines))):
        return False
    if sign in _ARROWS:
        written = sum(bool(line.strip()) and not line.startswith("#") for line in lines)
        return len(at) >= _MOSTLY * written
    if sign in "–—" and 2 * sum(bool(_SPOKEN.search(lines[n])) for n in at) >= len(at):
        return False
    rows = set(at)
    alone = any(rows.isdisjoint((n - 1, n + 1)) for n in at)
    return alone or any(lines[n][:1].isspace() for n in at)
