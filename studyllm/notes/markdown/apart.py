"""Which lines of a stretch without blank ones begin something of their own: a question, a date, one of some entries."""

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from studyllm.notes.markdown.defining import ASIDE, define_each, shows
from studyllm.notes.markdown.fences import FENCE_OR_MATHS
from studyllm.notes.markdown.line_begins import (
    ANEW,
    ASKED,
    ENDED,
    GOES_ON,
    ITEM_LINE,
    OTHER_BLOCK,
    SHOWN,
    TABLE_RULE,
    WORK,
    begins_own,
    defines_term,
    fills,
    wrapped_at,
)
from studyllm.notes.markdown.numbering import NUMBERED_ITEM
from studyllm.notes.markdown.wrapping import columns
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.lead import Lead, lead
from studyllm.text import CJK

_OPEN = re.compile(r"[ \t]*(?:#{1,6}[ \t]|<)")
"""Headings, which need no blank line after them, and HTML, which would end at one."""
_DATED = re.compile(
    r"(?:\*\*)?(?:c\.? ?|约|公元)?前?\d{3,4}(?:年(?:\d{1,2}月(?:\d{1,2}日)?)?|(?:[./-]\d{1,4}){1,3})?"
    r"(?:\*\*)?[ \t\u3000：:（(]|\d{1,2} ?(?:BCE?|AD)[ \t:]"
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


def apart(raw: Sequence[str], lines: Sequence[str]) -> set[int]:
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
    stops = ENDED.search(lines[-1].rstrip()) is not None
    ragged = 4 * sum(n + _WORD_WIDTH > widest for n in widths) < len(lines)
    for at in sorted(set(range(1, len(lines))) - _in_tables(lines)):
        before, line = lines[at - 1], lines[at]
        if _CLOSED.search(before) or {at - 1, at} <= dated or (NUMBERED_ITEM.match(line) and at - 1 in found):
            found.add(at)  # only a list that begins with 1 may follow on text
            continue
        if ITEM_LINE.match(line) or OTHER_BLOCK.match(line) or _OPEN.match(before) or _is_shown(before, line):
            continue
        chinese = line[:1] > "\u2e80"  # broken after any letter, if at all
        if not line[:1].isspace() and _STARTS.match(line):
            filled = _LEADS_ON.match(line) or (width and not chinese) or fills(before, line, widest)
            filled = filled and not (chinese and ragged)
            leads_on = GOES_ON.search(before) and not (
                at in entries and at - 1 in entries and before.endswith("的")
            )
            own = entries and (at in entries or not filled) and not leads_on
            each = own or define_each(before, line, width, stops=stops)
            if each or begins_own(lines[at - 1 : at + 3], width, widest):
                found.add(at)
    return found


def _is_shown(before: str, line: str) -> bool:
    """Whether a line is an example of the entry above it."""
    if not ASIDE.match(line.lstrip("*_ ")):
        return False
    entry, example = lead(before), lead(line)
    return entry is not None and example is not None and shows(entry, example)


def _around_pairs(raw: Sequence[str], lines: Sequence[str], first: int) -> set[int]:
    """The same where some lines are of forms that go over several; a question that is answered beside it is none of
    them, and ends the answer above it; so is an entry set off as the one right above the first question."""
    while PAIR_LINE.match(raw[first]) and first + 1 < len(raw) and not _QUESTION.match(raw[first]):
        first += 1  # a question may follow
    if not _QUESTION.match(raw[first]) or (first and ITEM_LINE.match(raw[first - 1])):
        return set()
    found = apart(raw[:first], lines[:first]) | ({first} if first else set())
    above = lead(raw[first - 1]) if first else None
    while first < len(raw):
        if (begin := _end_of_answer(raw, first, above)) is None:
            break
        end = next((at for at in range(begin, len(raw)) if _TOGETHER.match(raw[at])), len(raw))
        found |= {begin, *(begin + at for at in apart(raw[begin:end], lines[begin:end]))}
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
