"""What a form of writing by itself means to nearly everybody, whatever its score: a term, or no term."""

import re

from studyllm.notes.blocks import Listing
from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.sentences import of_another
from studyllm.notes.labels import announces
from studyllm.notes.outline import ITEM
from studyllm.text import CJK

CUSTOMARY = frozenset(
    (
        "item bold colon",
        "item bold copula",
        "item code colon",
        "line bold copula",
        "title subject",
        "item tail list",
        "callout statement",
    )
)
"""Forms that nearly everybody means as a term and its meaning: they are made where others are offered, or left."""
_OVER_LIST = frozenset(("heading over list", "line over list", "lead list", "item over list"))
_FROM, _TRANSLATED_FROM = 0.15, 0.04
"""Shares from which on what is customary is made."""
_CJK, _LATIN = re.compile(f"[{CJK}]"), re.compile(r"[^\W\d_\u2e80-\U0010ffff]")
_GLOSS = 20
"""Letters of a translation at most."""
_ASPECT = re.compile(r"(?:(?P<on>对[\u4e00-\u9fff]{2,6})|(?P<by>[\u4e00-\u9fff]{2}上))(?=[：:]|$)")
_LOOKED_AT = 50
"""Items of a list that are looked at."""
_TASK = re.compile(r"\[[ xX]\]")
_EXAMPLES = re.compile(r"(?:举?例子?|例如|示例|实例|案例|examples?|e\.?g\.?|for example)\W*", re.IGNORECASE)


def customary_from(one: Candidate) -> float:
    """From which share on a candidate is made by custom; 1 where none speaks for it."""
    if one.form in CUSTOMARY or one.marks.get("strict") or _announced(one):
        return _FROM
    return _TRANSLATED_FROM if _translated(one) else 1.0


def is_no_term(one: Candidate) -> bool:
    """Whether a form by itself says that a front is no term: an example, an exercise, what things are compared by, a
    count, the parameter of a function with its type, the title of a sentence about something else."""
    parent = one.node.parent
    if parent is not None and _EXAMPLES.fullmatch(parent.title):
        return True
    if one.form == "table row":
        seen = one.marks
        compared = seen["aspect_head"] and not (seen["meaning_head"] or seen["two_columns"])
        return bool(compared) or (one.term.isdecimal() and len(one.term) <= 2)
    if one.node.kind == ITEM and _aspect(one):
        return True
    if one.form == "heading over text":
        return of_another(one.term, one.answer)
    typed = one.form.startswith("item code") and one.answer.startswith("`")
    return typed or one.form == "callout question"


def _aspect(one: Candidate) -> bool:
    """Whether a front says, as those beside it do, in which respect something holds: 对气候, 对交通; 政治上, 经济上."""
    found = _ASPECT.fullmatch(one.term)
    if not found or one.node.parent is None:
        return False
    beside = [_ASPECT.match(child.title) for child in one.node.parent.children[:_LOOKED_AT]]
    return sum(bool(other and other.lastgroup == found.lastgroup) for other in beside) >= 2


def _translated(one: Candidate) -> bool:
    """Whether a heading is a word and what stands under it its translation, in another script."""
    first = one.answer.split("\n", 1)[0]
    if not one.form.startswith("heading over text") or len(first) > _GLOSS or len(one.answer) > 4 * _GLOSS:
        return False
    return any(
        own.search(one.term) and other.search(first) and not (own.search(first) or other.search(one.term))
        for own, other in ((_LATIN, _CJK), (_CJK, _LATIN))
    )


def _announced(one: Candidate) -> bool:
    """Whether a title promises an enumeration of something it names, and two or more items stand under it."""
    if one.form not in _OVER_LIST or len(one.points) < 2 or not announces(one.term):
        return False
    grouped = any(isinstance(block, Listing) for child in one.node.children for block in child.blocks)
    return not grouped and not any(map(_TASK.match, one.points))
