"""Whether a definition only changed its words or also what it says."""

import re

from studyllm.library.numbers import in_figures
from studyllm.store.messages import NEGATION, NUMBER, REWRITTEN
from studyllm.text import key

_NOT = re.compile(r"不|没有|無|无法|非|未|\b(?:not|no|never|without|cannot)\b|n't\b")
_NEW_SHARE = 0.5
"""From this share of new letter pairs on, a definition counts as a new one."""
_SHORT = 12
"""Letters of a definition to which a word or two may come without making it a new one."""


def changed_meaning(old: str, new: str) -> str:
    """Why a definition should be looked at again soon, in English; empty when only its wording changed."""
    was, now = in_figures(old), in_figures(new)
    before, after = was.text, now.text
    if key(before) == key(after):
        return ""
    gone = [was.numbers[one] for one in sorted(was.numbers.keys() - now.numbers.keys())]
    come = [now.numbers[one] for one in sorted(now.numbers.keys() - was.numbers.keys())]
    if gone and come:
        return NUMBER.format(before=", ".join(gone[:3]), after=", ".join(come[:3]))
    if len(_NOT.findall(before)) % 2 != len(_NOT.findall(after)) % 2:
        return NEGATION
    other = _new_share(key(before), key(after)) >= _NEW_SHARE
    kept = len(key(after)) < _SHORT and _new_share(key(after), key(before)) <= _NEW_SHARE
    return REWRITTEN if other and not kept else ""


def _new_share(before: str, after: str) -> float:
    pairs = {after[i : i + 2] for i in range(len(after) - 1)}
    known = {before[i : i + 2] for i in range(len(before) - 1)}
    return len(pairs - known) / len(pairs) if pairs else 0.0
