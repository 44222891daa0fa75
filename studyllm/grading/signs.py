"""Signs that a comparison of letters drops: P > AVC for P < AVC, ↑ for ↓, && for ||, ¬p ∧ ¬q for ¬p ∨ ¬q."""

import re
import unicodedata

from studyllm.text import key

_SAME = {
    "→": ("->", "-->", "—>", "=>", "==>", "⇒", "⟶", "⟹"),
    "←": ("<-", "<--", "⇐", "⟵"),
    "↔": ("<->", "<=>", "⇔", "⟷"),
    "≤": ("<=", "≦", "=<", "⩽"),
    "≥": (">=", "≧", "⩾"),
    "≠": ("!=", "<>", "=/=", "/="),
    "∧": ("&&", "⋀"),
    "∨": ("||", "⋁"),
    "¬": ("~", "!"),
}
"""Signs, and what is typed for them."""
_NAMED = {typed: sign for sign, several in _SAME.items() for typed in (sign, *several)}
_KINDS = tuple(map(frozenset, ("<>≤≥≠=≈", "↑↓", "→←↔", "∧∨", "∪∩", "⊂⊃⊆⊇", "∀∃", "∈∉")))
"""Signs of which one takes another's place."""
_ALL = frozenset().union(*_KINDS)
_TOKEN = re.compile("|".join(sorted(map(re.escape, {*_NAMED, *_ALL, "<<", ">>"}), key=len, reverse=True)))
_PART = re.compile(r"[，,；;。！\n、]|\.(?=\s|$)")


def another_sign(point: str, answer: str) -> str:
    """The part of an answer that is a part of the point, or all of it, but for a sign in the place of another."""
    for note in (point, *_PART.split(point)):
        for part in (answer, *_PART.split(answer)):
            if key(note) and key(note) == key(part) and _differ(_signs(note), _signs(part)):
                return part.strip()
    return ""


def _signs(text: str) -> list[str]:
    """The signs of a text in their order, each by one name."""
    found = _TOKEN.findall(unicodedata.normalize("NFKC", text))
    return [_NAMED.get(sign, sign) for sign in found]


def _differ(mine: list[str], theirs: list[str]) -> bool:
    """Whether signs of one kind stand in both texts, and others in one than in the other. What is written > between
    steps is an arrow."""
    if ({*mine} == {">"} and {*theirs} == {"→"}) or ({*mine} == {"→"} and {*theirs} == {">"}):
        return False
    pairs = (([one for one in some if one in kind] for some in (mine, theirs)) for kind in _KINDS)
    return any(len(ours) == len(others) and ours != others for ours, others in pairs)
