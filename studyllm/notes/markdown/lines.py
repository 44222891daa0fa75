"""Lines that people set below one another without a blank line between, though each says something of its own.

Markdown reads such lines as one paragraph, or as the end of the list item above them. Here blank lines are put between
them, and numbers that Markdown does not know (1、 ① (a)) become those of a list; where each line came from is kept.
"""

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from studyllm.notes.markdown.fences import FENCE_OR_MATHS
from studyllm.notes.markdown.line_begins import (
    ANEW,
    ASKED,
    ENDED,
    GOES_ON,
    ITEM_LINE,
    SHOWN,
    TABLE_RULE,
    WORK,
    begins_own,
    defines_term,
    fills,
    wrapped_at,
)
from studyllm.notes.markdown.nesting import nested
from studyllm.notes.markdown.numbering import NUMBERED_ITEM, as_list, spaced
from studyllm.notes.markdown.quoted import out_of_quotes
from studyllm.notes.markdown.set_as_code import out_of_code
from studyllm.notes.markdown.wrapping import columns
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.lead import Lead, lead
from studyllm.text import CJK

_OTHER = re.compile(r"[ \t]*(?:#{1,6}[ \t]|>|\||<|:[ \t]|\[\^|={2,}\s*$|-{2,}\s*$|[*_-](?:\s*[*_-]){2,}\s*$)")
"""Headings and their underlines, quotes, tables, HTML, definitions, footnotes, rules."""
_PUSHED = re.compile(r"(\t+| {4,})\S")
_OPEN = re.compile(r"[ \t]*(?:#{1,6}[ \t]|<)")
"""Headings, which need no blank line after them, and HTML, which would end at one."""
_DATED = re.compile(
    r"(?:\*\*)?(?:c\.? ?|约|公元)?前?\d{3,4}(?:年(?:\d{1,2}月(?:\d{1,2}日)?)?|(?:[./-]\d{1,4}){1,3})?"
    r"(?:\*\*)?[ \t\u3000：:（(]"
)
"""A line that begins with a date."""
_CLOSED = re.compile(r"</(?:table|details)>\s*$", re.IGNORECASE)
"""The end of HTML that would go on up to a blank line."""
_TOGETHER = re.compile(
    r"\s*(?:\*\*|__)?(?:[QAＱＡ]|(?-i:C)|问题?|答案?|문제?|답변?|Question|Answer|Frage|Antwort|Pregunta|Pergunta|Respuesta"
    r"|Resposta)\s?\d*(?:\*\*|__)?\s*[:：]|Q\.[ \t]|[ＱＡ][．.]"
    r"|.{1,80}(?<!:)(?<!\{c\d)(?<!\{c\d\d):::?(?!:)|\s*\?{1,2}\s*$|\s*\\\\|.*\\begin\{",
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
_CHINESE = re.compile("[\u4e00-\u9fff]")
_TITLE = 40
"""Columns of a title over lines that are pushed in."""
_GOES_ON_BELOW = re.compile(r"^(?:[-*+>|#$`]|\d{1,9}[.)、])|[,，;；、。.{(（\[=|\\]\s*$|::")
"""What is no such title: an item, a quote, code, a sentence, what is open."""
_ENTRY_BELOW = re.compile(
    r"(?: {1,8}|\t)(?=[^\s\-*+>|#$`{}(\[=<:\\])(?!(?:\d{1,9}|[A-Za-z])[.)、])(?![a-z]+\b(?! ?[:：=–-]))(?!.*[;{}]\s*$)"
)
"""A line that is pushed in and begins something: no item, no code, no word that goes on with a sentence."""
_WIDE = re.compile(r"( *)([-*+]) {2,4}(?=\S)")
"""A bullet with more than a blank behind it, below which Markdown takes a bullet pushed in by two for one beside it."""
_STARTS = re.compile(r"[\w\"{'“‘「『《【（(\[*_`=$〜~→]|[&@](?=\w)|[^\x00-\x7f]")
_WORD = re.compile(
    rf"-?[a-z]{{2}}(?![a-z]*[A-Z])[A-Za-z' .~()-]{{0,40}}[ \t]+(?:[a-z]{{1,4}}\.[ \t]*)?[…~]*"
    rf"(?![是也就都]|[在把被和与会](?!…|\.\.))[{CJK}][^。]*"
)
"""A foreign word or phrase, and what it is called in Chinese; a name (DNA, Linux) may begin a Chinese term."""
_WIDEST_WORD = 48
"""Columns of such a line at most."""
_WORD_WIDTH = 8
"""Columns by which lines that are wrapped may be shorter than the widest."""
_LEADS_ON = re.compile(
    r"(?:and|or|of|to|in|with|that|which|who|for|from|by|as|than|but|because|und|oder|für|von|mit|dass|die|der|das|den"
    r"|dem|zu|im|et|de|du|des|pour|que|qui|y|para|con|e|di|che)\b"
)
"""How a line begins that goes on with a sentence."""
_STATES = re.compile(rf"[^\w\s]?\ufe0f?[{CJK}]{{2,10}}(?:是|即|指)(?!否)[^。]{{2,}}[^。]$")
"""A line that says what something is, and has no full stop: a fact to itself."""
_LEANS = re.compile("[其它该此这那也即就]|主要|通常|一般|特[点征]|优点|缺点|作用|目的|原因")
"""How a line goes on with what the one above tells of."""
_NARROW = 72
"""Columns of the lines of a stretch that nobody wrapped."""
_MANY = 3
"""Lines that define a term each, from which on a stretch is a list of them."""


def separated(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with a blank line before each line that begins something of its own, and for each of its lines the
    number of the line that it was, counted from 1."""
    lines = nested(_flush(out_of_code(out_of_quotes(spaced(text.split("\n"))))))
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
    as those of a list; lines without bullets below a title as items."""
    if _are_below_title(lines):
        return [lines[0], *(f"- {line.strip()}" for line in lines[1:])]
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
    below = [line.removeprefix(indent) for line in lines[1:]]
    if not ITEM_LINE.match(as_list(below)[0]) or not all(line.startswith(indent) for line in lines[1:]):
        return lines
    return [lines[0], *below]


def _are_below_title(lines: Sequence[str]) -> bool:
    """Whether all lines but the first, three and more in all, are pushed in alike, and it is a title at the margin:
    short, with nothing that goes on in the next line. Entries there have cards of their own."""
    title, *below = lines
    if len(below) < 2 or title[:1].isspace() or columns(title) > _TITLE or _GOES_ON_BELOW.search(title):
        return False
    if not all(_CHINESE.search(line) for line in lines) or len(set(map(columns, below))) == 1:
        return False  # addresses, code, verse: what is no list in other scripts is set so too
    if len({_margin(line) for line in below}) > 1 or not all(map(_ENTRY_BELOW.match, below)):
        return False
    entries = sum(opened is not None and opened.is_entry for opened in map(lead, map(str.strip, below)))
    return 2 * entries < len(below)


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _apart(raw: Sequence[str], lines: Sequence[str]) -> set[int]:
    """The lines of a stretch before which something of its own begins."""
    if len(lines) < 2 or FENCE_OR_MATHS.match(lines[0]):
        return set()
    if (first := next((at for at, line in enumerate(raw) if _TOGETHER.match(line)), None)) is not None:
        return _around_pairs(raw, lines, first)
    titles = sum(1 for _ in takewhile(_OPEN.match, lines))
    if all(map(is_word, lines[titles:])):
        return set(range(titles + 1, len(lines)))
    if _one_entry(lines):
        return set()
    found: set[int] = set()
    entries = _entries(lines)
    dated = {at for at, line in enumerate(lines) if _DATED.match(line)}
    dated = dated if len(dated) >= _MANY else set()
    widths = [columns(line) for line in lines]
    widest, width = max(widths), wrapped_at(lines)
    ragged = 4 * sum(n + _WORD_WIDTH > widest for n in widths) < len(lines)
    for at in sorted(set(range(1, len(lines))) - _in_tables(lines)):
        before, line = lines[at - 1], lines[at]
        if _CLOSED.search(before) or {at - 1, at} <= dated or (NUMBERED_ITEM.match(line) and at - 1 in found):
            found.add(at)  # only a list that begins with 1 may follow on text
            continue
        if ITEM_LINE.match(line) or _OTHER.match(line) or _OPEN.match(before):
            continue
        chinese = line[:1] > "\u2e80"  # broken after any letter, if at all
        if not line[:1].isspace() and _STARTS.match(line):
            filled = _LEADS_ON.match(line) or (width and not chinese) or fills(before, line, widest)
            filled = filled and not (chinese and ragged)
            leads_on = GOES_ON.search(before) and not (
                at in entries and at - 1 in entries and before.endswith("的")
            )
            own = entries and (at in entries or not filled) and not leads_on
            if own or begins_own(lines[at - 1 : at + 3], width, widest):
                found.add(at)
    return found


def _around_pairs(raw: Sequence[str], lines: Sequence[str], first: int) -> set[int]:
    """The same where some lines are of forms that go over several; a question that is answered beside it is none of
    them, and ends the answer above it; so is an entry set off as the one right above the first question."""
    while PAIR_LINE.match(raw[first]) and first + 1 < len(raw) and not _QUESTION.match(raw[first]):
        first += 1  # a question may follow
    if not _QUESTION.match(raw[first]) or (first and ITEM_LINE.match(raw[first - 1])):
        return set()
    found = _apart(raw[:first], lines[:first]) | ({first} if first else set())
    above = lead(raw[first - 1]) if first else None
    while first < len(raw):
        if (begin := _end_of_answer(raw, first, above)) is None:
            break
        end = next((at for at in range(begin, len(raw)) if _TOGETHER.match(raw[at])), len(raw))
        found |= {begin, *(begin + at for at in _apart(raw[begin:end], lines[begin:end]))}
        if end == len(raw) or not _QUESTION.match(raw[end]) or ITEM_LINE.match(raw[end - 1]):
            break
        found.add(end)
        first = end
    return found


def _end_of_answer(raw: Sequence[str], question: int, above: Lead | None) -> int | None:
    """The line in which what answers the questions from a line on is over, if any is below it: another question is
    answered in it, or it is the first of entries that nothing announces, set off as the one `above` the first."""
    announced = False
    for at in range(question + 2, len(raw)):
        if _TOGETHER.match(raw[at]):
            announced = False
            continue
        if _QUESTION.match(raw[at - 1]):
            continue
        announced |= raw[at - 1].rstrip().endswith((":", "："))
        if ANEW.match(raw[at]) or (not announced and _opens_entries(raw, at, above)):
            return at
    return None


def _opens_entries(raw: Sequence[str], at: int, above: Lead | None) -> bool:
    """Whether a line is an entry set off as one `above`, and so is another one before the next question."""
    if not _set_off_as(above, raw[at]):
        return False
    below = takewhile(lambda line: not _TOGETHER.match(line), islice(raw, at + 1, None))
    return any(_set_off_as(above, line) for line in below)


def _set_off_as(entry: Lead | None, line: str) -> bool:
    """Whether a line is an entry, and no label, set off as another one."""
    if entry is None or not entry.is_entry or (opened := lead(line)) is None:
        return False
    return opened.is_entry and opened.gap == entry.gap and not is_label(opened.front)


def is_word(line: str) -> bool:
    """Whether a line is a foreign word or phrase and what it is called in Chinese: `side effect 副作用`."""
    return bool(_WORD.fullmatch(line)) and columns(line) <= _WIDEST_WORD


def _one_entry(lines: Sequence[str]) -> bool:
    """Whether the first line alone opens with a term, or one is defined below it: the others go on with that."""
    if lines[1].startswith(":"):
        return sum(line.startswith(":") for line in lines) == 1
    if any(line.startswith(_HIDDEN) or ITEM_LINE.match(line) for line in lines):
        return False
    opened = [
        bool(
            ANEW.match(line)
            or ASKED.fullmatch(line)
            or WORK.match(line)
            or (at and _STATES.match(line) and not _LEANS.match(line))
            or (SHOWN.match(line) and at and ENDED.search(lines[at - 1]))
            or ((found := lead(line)) and found.rest)
        )
        for at, line in enumerate(lines)
        if not _OPEN.match(line)
    ]
    return opened[:1] == [True] and sum(opened) == 1


def _entries(lines: Sequence[str]) -> set[int]:
    """The lines that define a term each, where most lines of a stretch do, three and more, or two of five where all are
    narrow: none goes on with another one, however long that is."""
    text = [at for at, line in enumerate(lines) if not ITEM_LINE.match(line)]
    found = {
        at
        for at in text
        if _STATES.match(lines[at])
        or is_word(lines[at])
        or ((opened := lead(lines[at].replace(" of ", " ", 1))) and defines_term(lines[at], opened))
    }
    memo = max(map(columns, lines)) <= _NARROW and len(found) >= 2 * _MANY
    most = 5 * len(found) >= 2 * len(text) if memo else 2 * len(found) > len(text)
    return found if len(found) >= _MANY and most else set()


def _in_tables(lines: Sequence[str]) -> set[int]:
    """The lines of tables."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if at and at not in found and TABLE_RULE.fullmatch(line) and "|" in lines[at - 1]:
            below = takewhile(lambda n: "|" in lines[n], range(at, len(lines)))
            found.update((at - 1, *below))
    return found
