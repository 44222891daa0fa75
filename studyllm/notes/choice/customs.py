"""What nearly everybody means as a term by its form alone, and from which share on that is made."""

import re
from bisect import bisect_right

from studyllm.cards import Kind
from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.paragraphs import VERSUS
from studyllm.notes.candidates.sentences import states
from studyllm.notes.choice.in_full import told_in_full
from studyllm.notes.choice.pairs import (
    dated,
    is_of_blocks,
    is_word_of_list,
    measured,
    of_pairs,
    translated,
)
from studyllm.notes.markdown.blocks import Paragraph
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.dates import is_date
from studyllm.notes.words.inflected import is_inflected
from studyllm.notes.words.inline import VERBATIM
from studyllm.notes.words.labels import (
    SAYS_WHAT,
    is_glossary,
)

CUSTOMARY = frozenset(
    (
        "item bold colon",
        "item bold copula",
        "item bold dash",
        "item code colon",
        "line bold colon",
        "line bold copula",
        "title subject",
        "item tail list",
        "callout statement",
    )
)
"""Forms that nearly everybody means as a term and its meaning: they are made where others are offered, or left."""
_SET_BESIDE = frozenset(("line plain colon", "item plain colon", "line plain dash", "item plain dash"))
"""Forms of a line that tells two things apart: stack vs heap: …; or what a court decided."""
_CASE = re.compile(r"[A-Z][\w'’.,& -]{1,40} v\.? [A-Z][\w'’.,& -]{1,40}")
"""The name of a case in court."""
_BLANK = re.compile(r"^(?![我你他她])(?:.*(?:[是为為叫于於]|称为)$)|\b(?:is|are|was|called)$")
"""How a sentence goes on into a blank that was filled in: 最大的洲是（亚洲）."""
_OF_SENTENCES = frozenset(("sentence is", "sentence inner", "sentence bold", "item is", "line is"))
_FROM, _FIRM_FROM, _DATED_FROM, _MEASURED_FROM = 0.15, 0.04, 0.02, 0.1
"""Shares from which on what is customary is made."""
_PAIRED_FROM, _ROWS_FROM = 0.2, 0.38
"""The same for the rows of a table with two columns, and with more: of 22 below a half 18 were wanted or welcome."""
_LONG = 6
"""Words of a name at most."""
_LOOKED_AT = 50
"""Items of a list that are looked at."""
_CLAUSE = re.compile(r"如果|若|然后|再|或者?|也|先|接着|输入|查看|执行|运行|最后|首先|可以")
"""How a clause begins that a command follows, and no name."""
_ONLY_CODE = re.compile(r"`[^`]+`")


def customary_from(one: Candidate) -> float:
    """From which share on a candidate is made by custom; 1 where none speaks for it."""
    if _is_of_list(one):
        return _DATED_FROM
    if of_pairs(one):
        return _DATED_FROM if is_date(one.term) else 0.0
    if measured(one):
        return _MEASURED_FROM
    if one.form == "sentence inner" and one.marks.get("strict") and one.marks.get("firm"):
        return _FIRM_FROM
    if one.form in ("line bold space", "item bold space") and VERBATIM.fullmatch(one.answer):
        return _MEASURED_FROM  # a formula by its name
    if (
        one.form == "callout info"
        and one.kind is Kind.TERM
        and len(one.term.split()) <= _LONG
        and "\n" not in one.answer
    ):
        return _PAIRED_FROM
    if one.form == "table row" and not any(
        map(one.marks.get, ("aspect_head", "reference_head", "empty_head"))
    ):
        return _PAIRED_FROM if one.marks["two_columns"] else _ROWS_FROM
    customary = one.form in CUSTOMARY or (one.form == "item over text" and one.bold)
    if (customary and not _is_long(one.term)) or _says_so(one):
        return _FROM
    return (
        _FIRM_FROM if translated(one) else _MEASURED_FROM if told_in_full(one) or _below_terms(one) else 1.0
    )


def _is_of_list(one: Candidate) -> bool:
    """Whether it is a date, a word or a command of a list of them: with its meaning, behind a comma, by its forms, over
    it below a title that promises phrases."""
    if one.form.endswith("gloss comma"):
        return _ONLY_CODE.fullmatch(one.answer) is not None and not _CLAUSE.match(one.term)
    if one.form in ("line plain dash", "item plain dash") and is_inflected(one.term):
        return True
    phrase = one.form == "item over lines" and one.node.parent and is_glossary(one.node.parent.title)
    return (
        bool(phrase)
        or (one.form == "item gloss year" and dated(one))
        or is_word_of_list(one)
        or is_of_blocks(one)
    )


def _below_terms(one: Candidate) -> bool:
    """Whether it is an entry right below a line that promises terms: Key terms:."""
    if one.form not in ("line plain dash", "line plain colon", "item plain dash", "item plain colon"):
        return False
    if one.node.kind == ITEM:
        return is_glossary(one.node.under)
    blocks = one.node.blocks
    at = max(0, bisect_right(blocks, one.line, key=lambda block: block.line) - 1)
    least = max(0, at - _LOOKED_AT)
    while at > least and blocks[at - 1].end + 1 == blocks[at].line:
        at -= 1
    first = blocks[at] if blocks else None
    opening = first.text.partition("\n")[0] if isinstance(first, Paragraph) else ""
    return opening.rstrip().endswith((":", "：")) and is_glossary(opening)


def _says_so(one: Candidate) -> bool:
    """Whether a text says itself that it tells what something is or has: a sentence, a title, a place among others."""
    if any(map(one.marks.get, ("strict", "answered", "term_head", "of_several"))):
        return True
    if one.form.startswith("heading"):
        what = one.form == "heading over text" and SAYS_WHAT.fullmatch(one.node.title)
        alone = (
            one.form == "heading colon" and not (one.node.blocks or one.node.children) and one.node.level > 1
        )
        return bool(one.marks.get("named") or what or alone)
    if one.form.startswith("short line over"):
        return one.end == one.line + 1 and _in_glossary(one.node)
    if one.form == "item gloss bracketed" and _BLANK.search(one.term):
        return True
    beside = one.form in _SET_BESIDE and (VERSUS.fullmatch(one.term) or _CASE.fullmatch(one.term))
    return bool(beside) or (one.form in _OF_SENTENCES and states(one.term, one.answer))


def _in_glossary(node: Node) -> bool:
    """Whether a title above promises terms, each of which may stand over its meaning."""
    return any(is_glossary(up.title) for up in (node, *node.above()))


def _is_long(term: str) -> bool:
    """Whether a bold front says more than a name does: `[ECG] ST depression`, `Leg edema, distended veins`."""
    return term.startswith("[") or ", " in term or len(term.split()) > _LONG
