"""Whether a line goes on with the one above it, or begins something of its own."""

import re
from collections.abc import Sequence

from studyllm.notes.markdown.wrapping import columns
from studyllm.notes.words.lead import Gap, Lead, Mark, alike, lead

ITEM_LINE = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+")
"""The first line of an item, up to what it says."""
OTHER_BLOCK = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]|>|\||<|:[ \t]|\[\^|={2,}\s*$|-{2,}\s*$|[*_-](?:\s*[*_-]){2,}\s*$)"
)
"""Headings and their underlines, quotes, tables, HTML, definitions, footnotes, rules."""
_FIRST = re.compile(r"[ \t]*1[.)][ \t]")
"""The first item of a list that counts."""
GOES_ON = re.compile(
    r"[,，、;；:：(（+=/&\\-]$|\b(?:and|or|of|the|a|an|to|in|with|for|by|that|is|are)$|[与和或的]$"
)
_SET_OFF = (Gap.COLON, Gap.DASH, Gap.COPULA)
_WIDTHS, _SLACK = range(50, 121), 4
"""Columns at which lines are wrapped, and by how many one may be shorter than it is for the next one's first word."""
_LEAST_WIDTH = 72
"""Columns below which nobody wraps a text of his own."""
_TITLE = 8
"""Words of a title at most."""
_CLAUSE = re.compile(
    r"[,，.;；。]|\b(?:and|or|of|the|an?|to|in|with|for|by|that|which|is|are|was|were|it|this|they|not|as|on|from|but|if"
    r"|when|e\.?g|i\.?e)\b",
    re.IGNORECASE,
)
"""What the front of a line has where it is no term, but goes on with a sentence."""
WRAPPED_SMALL = 20
"""Letters of a line that one in small letters goes on with."""
ANEW = re.compile(r"[^\s?？.。!！:：][^?？.。!！:：]{1,40}(?:\?{1,3}[ \t]+|？{1,3}[ \t]*)(?=[\w`*])")
"""The begin of a line that is a question with its answer beside it."""
ASKED_WORDS = (
    r"¿|(?:qui|que|quoi|quel(?:le)?s?|combien|comment|pourquoi|où|quand|en quelle|wer|was|wann|wo|warum|wie"
    r"|welche[rsnm]?|who|what|when|where|which|why|how)\b"
)
"""How a question begins."""
ANSWERED = re.compile(
    rf"(?i:{ASKED_WORDS})(?:(?!\.\s+[A-Z\u00c0-\u00de])[^?？!！:：\n]){{4,90}}?[ \u00a0]?\?[ \t]+(?=[\w`*])"
)
"""A question that may have an abbreviation in it, with its answer beside it."""
ASKED = re.compile(
    r"¿[^?.!:]{4,80}\?+\s*|(?!(?:But|And|So|Or|Then)\b)(?:[A-Z]|[A-Za-z'’]{2,8}\s)[^?.!:]{4,80}\?+\s*|[^\s？。！：]{4,40}？\s*"
)
"""A line that is nothing but a question."""
_VERSUS = re.compile(r"\svs\.?\s")
WORK = re.compile(r"《[^《》]{2,30}》[ \t\u3000：:（(]")
"""The name of a work or a law before what is said of it."""
ENDED = re.compile(r"[。！？.!?；;]$")
"""The end of a sentence."""
SHOWN = re.compile(r"==[^=\n]{1,30}==\S")
"""A term that is marked with a highlighter, at the begin of what is said of it."""
_ENTRY = re.compile(r"[A-Z][A-Z0-9-]{1,7}: \S")
"""An abbreviation and what it means."""
_BROKEN = re.compile(r"(?:<br */?> *| {2})$", re.IGNORECASE)
"""A line that its author ended by hand."""
_DASHES = re.compile(r"\s[-–—]{1,2}\s")
DASHES = re.compile(r" {0,3}-{3,}[ \t]*")
"""A rule of dashes, or the underline of a heading."""
TABLE_RULE = re.compile(r"[ \t|]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*")
"""The line under the head of a table."""


def margin(line: str) -> str:
    """The blanks and tabs before the text of a line."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def wrapped_at(lines: Sequence[str]) -> int:
    """The columns at which these lines are wrapped, or 0: all but the last of a paragraph come near to it."""
    widths = [columns(line.rstrip()) for line in lines]
    width = max(widths)
    near = sum(3 * n >= 2 * width for n in widths[:-1])
    return width if width in _WIDTHS and 2 * near >= len(widths) - 1 else 0


def fills(before: str, line: str, widest: int) -> bool:
    """Whether a line had no room for the first word of the next one, as wide as the lines of the stretch are."""
    return columns(f"{before} {line.split(' ', 1)[0]}") > widest


def begins_own(lines: Sequence[str], width: int, widest: int) -> bool:
    """Whether the second of some lines does not go on with the first; the lines below it tell too. `width` is that of
    wrapped text, 0 where the lines end where they please, up to the `widest`."""
    before, line, *below = lines
    room = width or widest
    pushed = before[:1].isspace() and not ITEM_LINE.match(before)
    apart = not pushed or line.rstrip().endswith((":", "："))
    if below and below[0][:1].isspace() and apart and _is_title(line):
        return True  # what is pushed in below it belongs to it
    if pushed and (opened := lead(line)) and defines_term(line, opened):
        return True  # and ends here
    entry = lead(before)
    if below and _FIRST.match(below[0]) and _is_title(line) and entry and entry.is_entry:
        return True  # the title of a list below an entry
    ended = _ends_list(before, line, below[0] if below else "", room) or _over_table(line, below)
    return ended or not _goes_on(before, line, width, room) or _title_over(lines[:3])


def _goes_on(before: str, line: str, width: int, room: int) -> bool:
    """Whether a line goes on with the one before it: one of them says so, or its first word found no room there."""
    if line.startswith(("= ", "$$")) or line[0] in ")）]】」』》,，。.;；:：、!！?？":
        return True
    first, second = lead(before), lead(line)
    if alike(first, second):
        return False
    set_off = second and second.gap in _SET_OFF
    if (
        second
        and set_off
        and (_BROKEN.search(before) or (second.mark is Mark.BOLD and ITEM_LINE.match(before)))
    ):
        return False
    entry = first is not None and bool(first.rest)
    ended = entry or ENDED.search(before.rstrip()) or ANSWERED.match(before) or ANEW.match(before)
    if (
        ((ended or not line[:1].islower()) and ANEW.match(line))
        or (ended and ANSWERED.match(line))
        or (entry and (ASKED.fullmatch(line) or (second and _is_pair(line, second))))
    ):
        return False
    shown = before.rstrip(" \\")
    if begins_anew(before, line, room):
        return False
    if GOES_ON.search(shown) or (line[0].islower() and len(shown) >= WRAPPED_SMALL):
        return True
    if not width or shown.endswith(("。", "！", "？", "；")):
        return False
    word = line.split(" ", 1)[0] if line[0] < "\u2e80" else line[:1]
    anywhere = line[0] > "\u2e80" and shown[-1:] > "\u2e80"  # such a text is broken after any letter
    slack = _SLACK if anywhere or shown.endswith((".", "!", "?")) else width // 3
    return columns(shown) + 1 + columns(word) + slack > width


def begins_anew(before: str, line: str, width: int = 0) -> bool:
    """Whether a line below one that defines a term defines another, however each is written. Texts are wrapped at a
    `width`, if at any: a line does not go on with one that had room for its first word."""
    first, second = lead(before), lead(line)
    shown = before.rstrip(" \\")
    shown_term = SHOWN.match(line) and ENDED.search(shown)
    if first and first.rest and (WORK.match(line) or shown_term) and not GOES_ON.search(shown):
        return True
    over = ITEM_LINE.match(before) or ANEW.match(before) or (first and first.rest)
    if not (over and second and defines_term(line, second)) or GOES_ON.search(shown):
        return False
    if _ENTRY.match(line):
        return True  # no wrapped sentence has a name and a colon just behind its break
    return _had_room(shown, line, width)


def _had_room(before: str, line: str, width: int) -> bool:
    """Whether the first word of a line would have stood in the one before it."""
    return columns(f"{before} {line.split(' ', 1)[0]}") + _SLACK <= max(width, _LEAST_WIDTH)


def _ends_list(before: str, line: str, after: str, width: int) -> bool:
    """Whether a line at the margin below an item, which had room for its first word, opens something of its own: a list
    of another mark or with a title, what is set in bold, a question."""
    item, another = ITEM_LINE.match(before), ITEM_LINE.match(after)
    if not item or GOES_ON.search(before) or not _had_room(before, line, width):
        return False
    if another:
        title = len(line.split()) <= _TITLE and line[-1:] not in ".。,，;；"
        in_list = item[0].strip()[-1] == another[0].strip()[-1] and not line[:1].isupper()
        return title and (line.endswith((":", "：")) or not in_list)
    opened = lead(line)
    bold = opened is not None and opened.mark is Mark.BOLD and bool(opened.rest)
    return bold or bool(ASKED.fullmatch(line) or ANEW.match(line))


def _is_title(line: str) -> bool:
    """Whether a line is a few words without a sign behind a term, or the end of a sentence."""
    opened = lead(line)
    short = len(line.split()) <= _TITLE and line[-1:] not in ".。,，;；!！?？"
    return short and not line[:1].isspace() and not (opened and opened.rest) and not ITEM_LINE.match(line)


def _over_table(line: str, below: Sequence[str]) -> bool:
    """Whether a short line stands right above a table."""
    return (
        len(below) == 2
        and len(line.split()) <= _TITLE
        and "|" not in line
        and bool(TABLE_RULE.fullmatch(below[1]))
    )


def _title_over(lines: Sequence[str]) -> bool:
    """Whether the first of three lines is no entry, and both others are entries written alike."""
    above, *below = map(lead, lines)
    if len(below) < 2 or (above and above.rest) or any(map(GOES_ON.search, lines[:2])):
        return False
    forms = {(one.mark, one.gap) for one in below if one}
    return len(forms) == 1 and all(
        one and defines_term(line, one) for one, line in zip(below, lines[1:], strict=True)
    )


def _is_pair(line: str, opened: Lead) -> bool:
    """Whether a line is `Term = meaning`, which no wrapped text goes on with: a name of a few words, no formula."""
    words = opened.front.split()
    first = opened.front[:1]
    long = len(opened.front) > 2 or (len(opened.front) == 2 and opened.front.isupper())
    named = len(words) <= 4 and long and first.isalpha() and not first.islower()
    return bool(opened.rest) and named and line[len(opened.front) :].lstrip("*_ ").startswith("= ")


def defines_term(line: str, opened: Lead) -> bool:
    """Whether a line is `term - meaning` or `term: meaning`, however it is written, and no clause between dashes."""
    if not opened.rest or opened.gap not in _SET_OFF or "：" in opened.front:
        return False
    if opened.mark is not Mark.PLAIN:
        return True
    front = _VERSUS.sub(" ", opened.front)
    return len(front.split()) <= 4 and not _CLAUSE.search(front) and len(_DASHES.findall(line)) < 2
