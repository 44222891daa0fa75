"""What decorates a text: emoji, as models and Notion write them (`## 🔹 1. Title`, `1️⃣ step`, `- 🔸 **term**`), bold by
underscores or with a highlighter as well, pictures behind questions."""

import re
from collections import Counter
from functools import partial

from studyllm.notes.markdown.fences import outside_code

_ANY = (
    r"(?:[\U0001f170-\U0001f19a\U0001f300-\U0001faff\u231a\u231b\u23e9-\u23fa]|[\u2190-\u2bff]\ufe0f|[\u25a0\u25a1\u25aa\u25ab\u25c6\u25c7\u25cb\u25cf\u26a1\u2705"
    r"\u2714\u2716\u2728\u274c\u2753-\u2757\u2795-\u2797\u2b50\u2b55])[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
)
"""Emoji and bullets; other signs (♀ ♔ △) may be what is learnt."""
_SAYS = r"[\u2705\u274c\u2713-\u2718\u26a0\u2b55\u2753\u2754\u2757\u2b50\u2605\u2606]"
"""Those that say something: done, wrong, beware, a question, how much it matters."""
_DIGIT = re.compile(
    r"^([ \t]*(?:>[ \t]?)*)((?:#{1,6}[ \t]+)?)(?:[-*+][ \t]+)?(\*\*|)(\d)\ufe0f?\u20e3[ \t]*(?=[^\W\d_]|\*\*)"
)
_BEFORE_TITLE = re.compile(rf"^([ \t]*(?:>[ \t]?)*#{{1,6}}[ \t]+(?:\*\*)?)(?:(?:{_ANY})[ \t]*)+(?=[^\s*])")
_BEFORE_ITEM = re.compile(
    rf"^([ \t]*(?:>[ \t]?)*(?:[-*+]|\d{{1,2}}[.)])[ \t]+(?:\*\*)?)(?!{_SAYS})(?:(?:{_ANY})[ \t]*)+(?=[^\s:：|=,，、-])"
)
_ITEM = re.compile(rf"^[ \t]*(?:>[ \t]?)*(?:[-*+]|\d{{1,2}}[.)])[ \t]+(?:\*\*)?({_ANY})", re.MULTILINE)
_CODE = re.compile(r"(?: {4}|\t)[ \t]*(?![-*+>#]|\d{1,2}[.)])\S")
"""A line that is pushed in as code is."""
_BEFORE_BOLD = re.compile(
    rf"^([ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d{{1,2}}[.)])[ \t]+)?(?:\*\*)?)(?!{_SAYS})(?:(?:{_ANY})[ \t]*)+"
    r"(?=\*\*[^*]|Q\d*[:：.])"
)
_HEAD = re.compile(rf"(\|[ \t]*(?:\*\*)?)(?!{_SAYS})(?:(?:{_ANY})[ \t]*)+(?=[^\W\d_]{{2}})")
_BEHIND = re.compile(rf"(?<=[\w）)])(?!{_SAYS})(?:{_ANY})+(?=[ \t]*[:：])")
"""Emoji between a front and its colon."""
_PICTURED = re.compile(r"([?？])[ \t]*!\[[^\]\n]*\]\([^()\n]*\)[ \t]*$")
"""A picture behind a question."""
_UNDERLINED = re.compile(r"(?<![\w*_])__(?=[^\s_])(?![a-z_]+__)([^_*\n]+)(?<!\s)__(?![\w*_])")
"""Bold by underscores; `__init__` is a name."""
_SHOWN_BOLD = re.compile(
    r"^([ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?)(?:==\*\*|\*\*==)([^=*\n]{1,60})(?:==\*\*|\*\*==)"
    r"(?=[ \t]*(?:$|[:：—-]))"
)
"""An opening that is in bold and marked with a highlighter as well."""
_SHOWN_LINE = re.compile(
    r"([ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d{1,3}[.)、])[ \t]*)?)(?P<bold>\*\*)?"
    r"==(?![=\s])(?P<said>(?:[^=\n]|=(?!=))+)(?<![\s?？:：])==(?:\*\*)?(?P<end>[。.]?)[ \t]*"
)
_SET_OFF = re.compile(r"[：:→=]|\s[-–—]+\s|——")
_SAYS_MORE = re.compile(r"[，,。；;是指]|\.$|\b(?:is|are|was|were|means?|has|have)\b")
"""A line that is marked with a highlighter from end to end, and what it has if it is more than a title."""
_OF_CARDS = re.compile(r"#(?:flashcards?|cards?|anki)\b|<!--SR:")
"""What marks a file as one of flashcards, in which a highlighter hides what it marks."""
_LINKED = re.compile(r"([ \t]*#{1,6}[ \t]+[^\[\]\n]*[^\[\]\s])(?:[ \t]+\[\[[^\[\]\n]+\]\])+[ \t]*$")
_LEADS_ON = re.compile(
    r"(?:\b(?:to|of|the|an?|in|on|at|and|or|with|for|from|by|vs\.?|is|are)|[与和及或的在对从到是:：,，、—–-])$",
    re.I,
)
"""How a title goes on into a link."""
_DECORATED = re.compile(rf"(?:{_ANY})|\]\][ \t]*$|\u20e3|__|==$|==[。.*]|!\[", re.MULTILINE)


def _unlinked(line: str) -> str:
    """A heading without the links behind it that say where it belongs: "P value [[Tests]]"."""
    found = _LINKED.match(line)
    return found[1] if found and not _LEADS_ON.search(found[1]) else line


def _unlit(line: str) -> str:
    """A line without the highlighter that marks all of it."""
    found = _SHOWN_LINE.fullmatch(line) if "==" in line else None
    if not found:
        return line
    more = _SET_OFF.search(found["said"]) or (not found["bold"] and _SAYS_MORE.search(found["said"]))
    return f"{found[1]}{found['said']}{found['end']}" if more else line


def undecorated(text: str) -> str:
    """A text without the emoji before its titles, its items and its bold terms, with numbers for digits in boxes, and
    with stars as its only marks of bold. Before an item only what stands before others as well is no part of it."""
    if not _DECORATED.search(text):
        return text
    if "]]" in text:
        text = outside_code(text, _unlinked)
    if "==" in text and not _OF_CARDS.search(text):
        text = outside_code(text, _unlit)
    signs = Counter(_ITEM.findall(text))
    return outside_code(text, partial(_undecorated, frozenset(sign for sign, n in signs.items() if n > 1)))


def _undecorated(often: frozenset[str], line: str) -> str:
    if _CODE.match(line):
        return line
    line = _PICTURED.sub(r"\1", line) if "![" in line else line
    if ("__" in line or "**==" in line) and "`" not in line and "$" not in line:
        line = _SHOWN_BOLD.sub(r"\1**\2**", _UNDERLINED.sub(r"**\1**", line))
    if line.isascii():
        return line
    if found := _DIGIT.match(line):
        return f"{found[1]}{found[2]}{found[4]}. {found[3]}{line[found.end() :]}"
    item = _ITEM.match(line)
    for before in (_BEFORE_TITLE, _BEFORE_BOLD, *([_BEFORE_ITEM] if item and item[1] in often else [])):
        line = before.sub(r"\1", line, count=1)
    return _HEAD.sub(r"\1", line) if line.startswith("|") else _BEHIND.sub("", line, count=1)
