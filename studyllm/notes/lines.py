"""Lines that people set below one another without a blank line between, though each says something of its own.

Markdown reads such lines as one paragraph, or as the end of the list item above them. Here blank lines are put between
them, and numbers that Markdown does not know (1、 ① (a)) become those of a list; where each line came from is kept.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from studyllm.notes.fences import FENCE_OR_MATHS
from studyllm.notes.lead import Gap, Lead, Mark, alike, lead
from studyllm.notes.nesting import nested
from studyllm.notes.numbering import NUMBERED_ITEM, as_list
from studyllm.notes.quoted import out_of_quotes
from studyllm.notes.set_as_code import out_of_code
from studyllm.notes.wrapping import columns
from studyllm.text import CJK

ITEM_LINE = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_OTHER = re.compile(r"[ \t]*(?:#{1,6}[ \t]|>|\||<|:[ \t]|\[\^|={2,}\s*$|-{2,}\s*$|[*_-](?:\s*[*_-]){2,}\s*$)")
"""Headings and their underlines, quotes, tables, HTML, definitions, footnotes, rules."""
_PUSHED = re.compile(r"(\t+| {4,})\S")
_OPEN = re.compile(r"[ \t]*(?:#{1,6}[ \t]|<)")
"""Headings, which need no blank line after them, and HTML, which would end at one."""
_CLOSED = re.compile(r"</(?:table|details)>\s*$", re.IGNORECASE)
"""The end of HTML that would go on up to a blank line."""
_TOGETHER = re.compile(
    r"\s*(?:\*\*|__)?(?:[QACＱＡ]|问题?|答案?|문제?|답변?|Question|Answer|Frage|Antwort|Pregunta|Pergunta|Respuesta|Resposta)\s?\d*(?:\*\*|__)?\s*[:：]"
    r"|Q\.[ \t]|[ＱＡ][．.]|.{1,80}(?<!:)(?<!\{c\d)(?<!\{c\d\d):::?(?!:)|\s*\?{1,2}\s*$|\s*\\\\|.*\\begin\{",
    re.IGNORECASE,
)
"""Lines of forms that go over several lines."""
_QUESTION = re.compile(
    r"(?:\*\*|__)?(?:[QＱ]|问题?|문제?|Question)\s?\d*(?:\*\*|__)?\s*[:：]|Q\.[ \t]|Ｑ[．.]", re.IGNORECASE
)
_HIDDEN = "{{c"
"""The begin of a hidden part."""
PAIR_LINE = re.compile(r"[^:\n]{1,80}(?:[ \t]:::?(?!:)|:::?(?!:)[ \t])[ \t]*\S")
"""`front :: back`."""
_PLUS = re.compile(r"([ \t]*(?:\d{1,9}[.)]|[-*])[ \t]+)\+(?=[ \t]+\S)")
"""A plus sign before what an item says, which Markdown takes for a list in the list."""
_WIDE = re.compile(r"( *)([-*+]) {2,4}(?=\S)")
"""A bullet with more than a blank behind it, below which Markdown takes a bullet pushed in by two for one beside it."""
_STARTS = re.compile(r"[\w\"{'“‘「『《【（(\[*_`=$〜~→]|[^\x00-\x7f]")
_GOES_ON = re.compile(
    r"[,，、;；:：(（+=/&\\-]$|\b(?:and|or|of|the|a|an|to|in|with|for|by|that|is|are)$|[与和或的]$"
)
_WORD = re.compile(
    rf"[a-z]{{2}}(?![a-z]*[A-Z])[A-Za-z' .~()-]{{0,40}}[ \t]+(?:[a-z]{{1,4}}\.[ \t]*)?[…~]*"
    rf"(?![是也就都]|[在把被和与会](?!…|\.\.))[{CJK}][^。]*"
)
"""A foreign word or phrase, and what it is called in Chinese; a name (DNA, Linux) may begin a Chinese term."""
_WIDEST_WORD = 48
"""Columns of such a line at most."""
_SET_OFF = (Gap.COLON, Gap.DASH, Gap.COPULA)
_WIDTHS, _SLACK = range(50, 121), 4
"""Columns at which lines are wrapped, and by how many one may be shorter than it is for the next one's first word."""
_LEAST_WIDTH = 72
"""Columns below which nobody wraps a text of his own."""
_LEADS_ON = re.compile(
    r"(?:and|or|of|to|in|with|that|which|who|for|from|by|as|than|but|because|und|oder|für|von|mit|dass|die|der|das|den"
    r"|dem|zu|im|et|de|du|des|pour|que|qui|y|para|con|e|di|che)\b"
)
"""How a line begins that goes on with a sentence."""
_MANY = 3
"""Lines that define a term each, from which on a stretch is a list of them."""
_CLAUSE = re.compile(
    r"[,，.;；。]|\b(?:and|or|of|the|an?|to|in|with|for|by|that|which|is|are|was|were|it|this|they|not|as|on|from|but|if"
    r"|when|e\.?g|i\.?e)\b",
    re.IGNORECASE,
)
"""What the front of a line has where it is no term, but goes on with a sentence."""
WRAPPED_SMALL = 20
"""Letters of a line that one in small letters goes on with."""
_ANEW = re.compile(r"[^\s?？.。!！:：][^?？.。!！:：]{1,40}(?:\?{1,3}[ \t]+|？{1,3}[ \t]*)(?=\w)")
"""The begin of a line that is a question with its answer beside it."""
_ASKED = re.compile(
    r"(?!(?:But|And|So|Or|Then)\b)(?:[A-Z]|[A-Za-z'’]{2,8}\s)[^?.!:]{4,80}\?+\s*|[^\s？。！：]{4,40}？\s*"
)
"""A line that is nothing but a question."""
_VERSUS = re.compile(r"\svs\.?\s")
_WORK = re.compile(r"《[^《》]{2,30}》[ \t\u3000：:（(]")
"""The name of a work or a law before what is said of it."""
_ENTRY = re.compile(r"[A-Z][A-Z0-9-]{1,7}: \S")
"""An abbreviation and what it means."""
_BROKEN = re.compile(r"(?:<br */?> *| {2})$", re.IGNORECASE)
"""A line that its author ended by hand."""
_DASHES = re.compile(r"\s[-–—]{1,2}\s")
_RULE = re.compile(r"[ \t|]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*")
"""The line under the head of a table."""


def separated(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with a blank line before each line that begins something of its own, and for each of its lines the
    number of the line that it was, counted from 1."""
    lines = nested(_flush(out_of_code(out_of_quotes(text.split("\n")))))
    new: list[str] = []
    where: list[int] = []
    for first, last in _runs(lines):
        pulled = _pulled(lines[first:last])
        listed = pulled if FENCE_OR_MATHS.match(pulled[0]) else as_list(pulled)
        apart = _apart(lines[first:last], listed)
        for at, line in enumerate(listed):
            if at in apart:
                new.append("")
                where.append(first + at)
            new.append(line)
            where.append(first + at + 1)
    return "\n".join(new), tuple(where)


def _flush(lines: list[str]) -> list[str]:
    """With lines that are pushed in by wide blanks, as the first of a Chinese paragraph is, at the margin."""
    listed, fence, found = False, "", []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        mark = FENCE_OR_MATHS.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1][:3]
        elif fence:
            pass
        elif line[:1] == "\u3000":
            line = line.lstrip("\u3000 \t")
        elif (
            (wide := _WIDE.match(line))
            and ITEM_LINE.match(after)
            and len(wide[1]) < _indent(after) < wide.end()
        ):
            line = f"{wide[1]}{wide[2]} {line[wide.end() :]}"
        elif (listed or not _PUSHED.match(line)) and (plus := _PLUS.match(line)):
            line = f"{plus[1]}\\+{line[plus.end() :]}"
        if line.strip():
            listed = bool(ITEM_LINE.match(line)) or (listed and line[:1].isspace())
        found.append(line)
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _runs(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches of lines without a blank one; each blank line and each block of code is a stretch of one line or more
    that is left as it is."""
    runs: list[tuple[int, int]] = []
    start, fence = 0, ""
    for at, line in enumerate(lines):
        found = FENCE_OR_MATHS.match(line)
        if fence:
            if found and found[1].startswith(fence[:3]):
                fence = ""
                runs.append((start, at + 1))
                start = at + 1
        elif found and not (found[1] == "$$" and line.count("$$") > 1):
            fence = found[1]
            runs.append((start, at))
            start = at
        elif not line.strip():
            runs += [(start, at), (at, at + 1)]
            start = at + 1
    runs.append((start, len(lines)))
    return [(first, last) for first, last in runs if first < last]


def _pulled(lines: list[str]) -> list[str]:
    """With bullets that are pushed in by a tab below a line of text, where Markdown reads them as more of that line,
    as those of a list."""
    pushed = [_PUSHED.match(line) for line in lines[1:]]
    if (
        not pushed
        or not all(pushed)
        or lines[0][:1].isspace()
        or ITEM_LINE.match(lines[0])
        or _OTHER.match(lines[0])
    ):
        return lines
    indent = min((found[1] for found in pushed if found), key=len)
    if not ITEM_LINE.match(lines[1].removeprefix(indent)) or not all(
        line.startswith(indent) for line in lines[1:]
    ):
        return lines
    return [lines[0], *(line.removeprefix(indent) for line in lines[1:])]


def _apart(raw: Sequence[str], lines: Sequence[str]) -> set[int]:
    """The lines of a stretch before which something of its own begins."""
    if len(lines) < 2 or FENCE_OR_MATHS.match(lines[0]):
        return set()
    if (first := next((at for at, line in enumerate(raw) if _TOGETHER.match(line)), None)) is not None:
        while PAIR_LINE.match(raw[first]) and first + 1 < len(raw) and not _QUESTION.match(raw[first]):
            first += 1  # a question may follow
        asked = first and _QUESTION.match(raw[first]) and not ITEM_LINE.match(raw[first - 1])
        return _apart(raw[:first], lines[:first]) | {first} if asked else set()
    titles = sum(1 for _ in takewhile(_OPEN.match, lines))
    if all(map(is_word, lines[titles:])):
        return set(range(titles + 1, len(lines)))
    if _one_entry(lines):
        return set()
    found: set[int] = set()
    entries = _entries(lines)
    widest = max(map(columns, lines)) if entries else 0
    width = -1
    for at in range(_below_table(lines), len(lines)):
        before, line = lines[at - 1], lines[at]
        if _CLOSED.search(before):
            found.add(at)
            continue
        if NUMBERED_ITEM.match(line) and at - 1 in found:
            found.add(at)  # only a list that begins with 1 may follow on text
            continue
        if ITEM_LINE.match(line) or _OTHER.match(line) or _OPEN.match(before):
            continue
        if not line[:1].isspace() and _STARTS.match(line):
            width = _wrapped_at(lines) if width < 0 else width
            filled = width or _LEADS_ON.match(line) or _fills(before, line, widest)
            own = entries and (at in entries or not filled) and not _GOES_ON.search(before)
            if own or not _goes_on(before, line, width) or _title_over(lines[at - 1 : at + 2]):
                found.add(at)
    return found


def is_word(line: str) -> bool:
    """Whether a line is a foreign word or phrase and what it is called in Chinese: `side effect 副作用`."""
    return bool(_WORD.fullmatch(line)) and columns(line) <= _WIDEST_WORD


def _wrapped_at(lines: Sequence[str]) -> int:
    """The columns at which these lines are wrapped, or 0: all but the last of a paragraph come near to it."""
    widths = [columns(line.rstrip()) for line in lines]
    width = max(widths)
    near = sum(3 * n >= 2 * width for n in widths[:-1])
    return width if width in _WIDTHS and 2 * near >= len(widths) - 1 else 0


def _one_entry(lines: Sequence[str]) -> bool:
    """Whether the first line alone opens with a term, or one is defined below it: the others go on with that."""
    if lines[1].startswith(":"):
        return sum(line.startswith(":") for line in lines) == 1
    if any(line.startswith(_HIDDEN) or ITEM_LINE.match(line) for line in lines):
        return False
    opened = [
        bool(
            _ANEW.match(line)
            or _ASKED.fullmatch(line)
            or _WORK.match(line)
            or ((found := lead(line)) and found.rest)
        )
        for line in lines
        if not _OPEN.match(line)
    ]
    return opened[:1] == [True] and sum(opened) == 1


def _entries(lines: Sequence[str]) -> set[int]:
    """The lines that define a term each, where most lines of a stretch do, three and more: none goes on with another
    one, however long that is."""
    text = [at for at, line in enumerate(lines) if not ITEM_LINE.match(line)]
    found = {
        at
        for at in text
        if (opened := lead(lines[at].replace(" of ", " ", 1))) and _defines(lines[at], opened)
    }
    return found if len(found) >= _MANY and 2 * len(found) > len(text) else set()


def _fills(before: str, line: str, widest: int) -> bool:
    """Whether a line had no room for the first word of the next one, as wide as the lines of the stretch are."""
    return columns(f"{before} {line.split(' ', 1)[0]}") > widest


def _below_table(lines: Sequence[str]) -> int:
    """The line after a table, or 1 where there is none."""
    if not any(map(_RULE.fullmatch, lines)):
        return 1
    return max(at for at, line in enumerate(lines) if "|" in line) + 1


def _goes_on(before: str, line: str, width: int) -> bool:
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
    if _ANEW.match(line) or (entry and (_ASKED.fullmatch(line) or (second and _is_pair(line, second)))):
        return False
    shown = before.rstrip(" \\")
    if begins_anew(before, line, width):
        return False
    if _GOES_ON.search(shown) or (line[0].islower() and len(shown) >= WRAPPED_SMALL):
        return True
    if not width or shown.endswith(("。", "！", "？", "；")):
        return False
    word = line.split(" ", 1)[0] if line[0] < "\u2e80" else line[:1]
    anywhere = line[0] > "\u2e80" and shown[-1:] > "\u2e80"  # such a text is broken after any letter
    slack = _SLACK if anywhere or shown.endswith((".", "!", "?")) else width // 3
    return columns(shown) + 1 + columns(word) + slack > width


def _title_over(lines: Sequence[str]) -> bool:
    """Whether the first of three lines is no entry, and both others are entries written alike."""
    above, *below = map(lead, lines)
    if len(below) < 2 or (above and above.rest) or any(map(_GOES_ON.search, lines[:2])):
        return False
    alike = {(one.mark, one.gap) for one in below if one}
    return len(alike) == 1 and all(
        one and _defines(line, one) for one, line in zip(below, lines[1:], strict=True)
    )


def _is_pair(line: str, opened: Lead) -> bool:
    """Whether a line is `Term = meaning`, which no wrapped text goes on with: a name of a few words, no formula."""
    words = opened.front.split()
    first = opened.front[:1]
    long = len(opened.front) > 2 or (len(opened.front) == 2 and opened.front.isupper())
    named = len(words) <= 4 and long and first.isalpha() and not first.islower()
    return bool(opened.rest) and named and line[len(opened.front) :].lstrip("*_ ").startswith("= ")


def begins_anew(before: str, line: str, width: int = 0) -> bool:
    """Whether a line below one that defines a term defines another, however each is written. Texts are wrapped at a
    `width`, if at any: a line does not go on with one that had room for its first word."""
    first, second = lead(before), lead(line)
    shown = before.rstrip(" \\")
    if first and first.rest and _WORK.match(line) and not _GOES_ON.search(shown):
        return True
    if not (first and first.rest and second and _defines(line, second)) or _GOES_ON.search(shown):
        return False
    if _ENTRY.match(line):
        return True  # no wrapped sentence has a name and a colon just behind its break
    return columns(shown) + 1 + columns(line.split(" ", 1)[0]) + _SLACK <= max(width, _LEAST_WIDTH)


def _defines(line: str, opened: Lead) -> bool:
    """Whether a line is `term - meaning` or `term: meaning`, however it is written, and no clause between dashes."""
    if not opened.rest or opened.gap not in _SET_OFF or "：" in opened.front:
        return False
    if opened.mark is not Mark.PLAIN:
        return True
    front = _VERSUS.sub(" ", opened.front)
    return len(front.split()) <= 4 and not _CLAUSE.search(front) and len(_DASHES.findall(line)) < 2
