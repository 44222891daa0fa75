"""Lines below one another that each say what something is: 透镜是指…, Refraction is the …; and examples of it."""

import re

from studyllm.notes.markdown.line_begins import ENDED
from studyllm.notes.markdown.wrapping import columns
from studyllm.notes.words.inline import plain
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.lead import Gap, Lead
from studyllm.text import CJK, key

_ZH = re.compile(
    rf"[\s>]*(?:\*\*)?[“「『《]?(?P<name>[{CJK}A-Za-z][{CJK}\w·-]{{1,15}}?)[”」』》]?(?:\*\*)?"
    r"(?:[（(][^（()）\n]{1,40}[)）])?(?:\*\*)?"
    r"(?:(?P<sure>，?(?:就?是指(?![示向标数令针导出])|指的是))|(?:即(?![使便将可时刻])|是(?![否不什谁因为])|指(?![示向标数令针导出定甲])))"
    r"(?=\S{4})"
)
_EN = re.compile(
    r"(?:\*\*)?(?:An? |The )?(?:\*\*)?(?P<name>[A-Za-z][\w'’-]*(?: [\w'’-]+){0,4}?)(?:\*\*)?(?: \([^()\n]{1,40}\))?"
    r" (?:(?:is|are) (?:an?|the|any|when|where|defined as)\b|refers? to\b|means?\b|denotes?\b|stands for\b)",
)
_POINTS_BACK = re.compile(
    r"[其它该此这那我你他她也即就别把被让使从在对若如当因所但而又还或并]|主要|通常|一般|特[点征]|由于|虽然|为了|注意|例如|比如"
    r"|另外|其中|结果|目的|原因"
    r"|(?:it|its|this|that|these|those|they|their|there|here|he|she|we|you|i|his|her|our|which|what|who|when|where|if"
    r"|and|but|or|so|then|one|another|each|both|such|some|all|thus|also)\b",
    re.IGNORECASE,
)
"""How a line begins that goes on with what the one above it tells of."""
_CLAUSE = re.compile("[不没要会能]")
"""How a clause begins as often as a name; before a verb that only defines it is one: 不作为犯是指…."""

ASIDE = re.compile(
    r"例|例如|例文|例句|用例|比如|注|备注|examples?|e\.?g\.?|ex\.?|notes?|z\.?\s?b\.?|beispiel|ejemplo|exemple|例え?",
    re.IGNORECASE,
)
"""Labels of a line that goes on with the entry above it."""
_BEGUN = re.compile(r"[。！？](?![”』」）)])\S|(?<=[a-z\d)])[.!?] +[A-Z]")
"""The end of a sentence, and the begin of the next one, in a line."""
_SLACK = 4
"""Columns by which a line may be shorter than it is for the next one's first word."""


def defined_in(line: str) -> str:
    """What a line says outright the meaning of; empty where it may go on with something else."""
    found = _ZH.match(line) or _EN.match(line)
    name = found["name"] if found else ""
    if not found or not name or _POINTS_BACK.match(name) or is_label(name):
        return ""
    return name if found.groupdict().get("sure") or not _CLAUSE.match(name) else ""


def define_each(before: str, line: str, width: int, *, stops: bool) -> bool:
    """Whether each of two lines below one another says what something is, and the second begins anew. `width` is that
    of wrapped text, 0 where the lines end where they please; `stops`: the text they are of ends with a full stop."""
    if line[:1].isspace() or before.rstrip().endswith(
        ("，", "、", ",", "：", ":", "（", "(", "的", "和", "或")
    ):
        return False
    ended = ENDED.search(before.rstrip())
    if line[:1].islower() and not ended:
        return False
    if not ended and (_BEGUN.search(before) or (stops and width and _filled(before, line, width))):
        return False  # a sentence goes on over the end of the line
    first, second = defined_in(before), defined_in(line)
    return bool(first and second and first != second)


def _filled(before: str, line: str, width: int) -> bool:
    """Whether a line had no room for the first word of the next one, or its first letter in Chinese."""
    word = line.split(" ", 1)[0] if line[:1] < "\u2e80" else line[:1]
    return columns(before.rstrip()) + 1 + columns(word) + _SLACK > width


def shows(entry: Lead, below: Lead) -> bool:
    """Whether a line below an entry is an example that its word is used in."""
    used = key(plain(entry.front)) in key(plain(below.rest))
    return (
        bool(entry.rest)
        and used
        and below.gap is Gap.COLON
        and ASIDE.fullmatch(plain(below.front)) is not None
    )
