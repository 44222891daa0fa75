"""What of a note is neither a card nor offered as one, and why: a remark on each text."""

import re
from collections.abc import Collection, Iterator, Sequence

from studyllm.notes.candidates import Candidate
from studyllm.notes.choice.features import Row
from studyllm.notes.choice.near import NearCandidates
from studyllm.notes.markdown.blocks import Block, Code, Html, Listing, Rule, Table
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.reasons import CODE, INSIDE, NO_TERM, why_left

_NO_WORDS = re.compile(
    r"!?\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\)|!?\[\[[^\[\]\n]{0,300}\]\]|<[^<>\n]{0,500}>|https?://\S+"
)
"""Links, images and tags: of a text that has nothing else nobody wants a card."""
_WORD = re.compile(r"[^\W\d_]{2}|[\u2e80-\U0010ffff]")
_NEAR = 0.25
"""How much of what an offer takes a part of a card has to be worth, to be told of."""


def left(
    root: Node,
    found: Sequence[Candidate],
    rows: Sequence[Row],
    shares: Sequence[float],
    made: Collection[int],
    offered: Collection[int],
    least: float,
) -> list[tuple[int, str]]:
    """The line of each text that is left, and the reason; `least` is the share from which on candidates are offered."""
    near, stands = NearCandidates(), {*made, *offered}
    for i, one in enumerate(found[: len(rows)]):  # what the learner made by hand has no row
        near.add(i, one)
    covered = _lines(found, made)
    # An offer of all that stands around a card is none of what stands beside it.
    covered |= _lines(
        found, [i for i in offered if covered.isdisjoint(range(found[i].line, found[i].end + 1))]
    )
    told = []
    for line, end, reason in _texts(root):
        here = {i for i in near.between(line, end) if found[i].line <= end and line <= found[i].end}
        begun = [i for i in here if line <= found[i].line]
        if covered.issuperset(range(line, end + 1)):
            own = max((shares[i] for i in begun), default=0.0)
            if own >= least * _NEAR and stands.isdisjoint(begun):
                told.append((line, INSIDE))
        elif stands.isdisjoint(begun):
            best = max(begun or here - stands, key=lambda i: shares[i], default=None)
            told.append((line, reason if best is None or reason == CODE else why_left(rows[best])))
    return told


def _lines(found: Sequence[Candidate], some: Collection[int]) -> set[int]:
    """The lines that some candidates reach over."""
    return {line for i in some for line in range(found[i].line, found[i].end + 1)}


def _texts(root: Node) -> Iterator[tuple[int, int, str]]:
    """Each item and each block: its lines, and why there is no card of it where nothing else says so."""
    for node in root.walk():
        if node.kind == ITEM and _has_words(node.text):
            yield node.line, node.line + node.text.count("\n"), NO_TERM
        for block in node.blocks:
            if _counts(block):
                yield block.line, block.end, CODE if isinstance(block, Code) else NO_TERM


def _counts(block: Block) -> bool:
    """Whether a block holds what could be learnt; what is listed has texts of its own."""
    if isinstance(block, (Html, Rule, Listing)):
        return False
    return isinstance(block, (Code, Table)) or _has_words(getattr(block, "text", "xx"))


def _has_words(text: str) -> bool:
    return bool(_WORD.search(_NO_WORDS.sub("", text)))
