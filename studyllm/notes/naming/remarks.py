"""What stands in brackets behind a front, shown where it belongs to it or tells it from another: le feu (rouge)."""

import re
from collections import defaultdict
from collections.abc import Sequence

from studyllm.notes.candidates import Candidate
from studyllm.notes.words.brackets import is_emphasis
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.text import key

_MNEMONIC = re.compile(r"(?:记忆)?口诀|顺口溜|助记|mnemonic|Eselsbrücke", re.IGNORECASE)
_REMARK = 16
"""Letters in brackets that belong to a front at most."""


def told_apart(found: Sequence[Candidate]) -> None:
    """Shows what stands in brackets behind a term: a short word that belongs to it, le feu (rouge), or what tells the
    ways apart in which it is used."""
    variants, rows = _variants(found), _rows_of_one_name(found)
    for one in found:
        several = len(variants.get(key(one.term), ())) > 1 or key(one.term) in rows
        told = one.remark or (one.aliases[0] if one.aliases and several else "")
        named = not one.term.isascii() or " " in one.term  # log(x) is a call
        belongs = named and _is_one(told) and not is_emphasis(told) and key(told) not in key(one.answer)
        if told and (several or (belongs and one.prompt == one.term)):
            one.prompt = f"{one.term}（{told}）" if CJK_LETTER.search(one.term) else f"{one.term} ({told})"
            one.term = one.prompt if several and (one.remark or key(one.term) in rows) else one.term


def take_scope(one: Candidate) -> str:
    """What stands in brackets behind a mnemonic, taken from it: what that is for, 口诀（割地）."""
    told = one.remark or (one.aliases[0] if one.aliases else "")
    if not (told and _MNEMONIC.fullmatch(one.term)) or is_emphasis(told) or not _is_one(told):
        return ""
    one.remark, one.aliases = "", tuple(name for name in one.aliases if name != told)
    return told


def _is_one(remark: str) -> bool:
    """Whether a remark is a word or two, no list and no question."""
    return len(remark) <= _REMARK and not re.search(r"[,，、;；/?？]", remark)


def _variants(found: Sequence[Candidate]) -> dict[str, set[str]]:
    """For each term what stands in brackets behind it in a file, where that tells its uses apart: a remark, or a name
    in one place and a remark in another."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    for one in found:
        if one.remark:
            told[key(one.term)].add(key(one.remark))
    for one in found:
        if not one.remark and one.aliases and key(one.term) in told:
            told[key(one.term)].add(key(one.aliases[0]))
    return told


def _rows_of_one_name(found: Sequence[Candidate]) -> set[str]:
    """The names that several rows of a table have, each with something else in brackets: CCB (DHP), CCB (non-DHP)."""
    told: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for one in found:
        if one.form == "table row":
            told[id(one.node), key(one.term)].append(key(one.aliases[0]) if one.aliases else "")
    return {name for (_node, name), some in told.items() if len(some) == len(set(some)) > 1 and all(some)}
