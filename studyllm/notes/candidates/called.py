"""Names that a sentence gives to what it tells of: …称为耐药性, … is called osmosis."""

import re
from collections.abc import Iterator

from studyllm.notes.candidates.sentences import SENTENCES
from studyllm.notes.words.inline import plain
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import may_be_term
from studyllm.script import simplified

_CALLED = re.compile(
    r"(?<![可又也])(?:被?(?:称|叫|命名)(?:之)?[为作做]|称(?:此|该|其|这)[\u4e00-\u9fff]{0,4}为|称其(?!为)"
    r"|叫(?!做|作))\s*"
    r"([^\s，。；,.;:：的是和与]{2,24}|[A-Za-z][\w -]{1,40})(?=[，。；,;]|$|\.(?:\s|$))"
    r"|(?:\b(?:is|are) (?:\w+ly |also |often |sometimes )?"
    r"(?:called|known as|termed|referred to as|given the name(?: of)?) (?:an? |the )?"
    r"|\b(?:[Ww]e|[Pp]eople|[Ss]cientists|[Ee]conomists|[Bb]iologists) call (?:this|that|it|these|them) (?:an? |the )?"
    r"|\b(?:nennt|bezeichnet) man (?:auch )?(?:als )?(?:(?:der|die|das|den|eine?n?) )?"
    r"|\b(?:s['’]appell?e(?:nt)?|se llaman?|se denominan?|(?:est|sont) (?:aussi )?appelée?s?) "
    r"(?:l['’]|(?:las?|les?|los|el|une?) )?)"
    r"(?:(?P<set>\*\*|__|==|[*_\"“„«] ?)(?=\w))?"
    r"([^\W\d_][\w '’-]{2,44}?)(?(set)(?:\*\*|__|==|[*_\"”“»]))(?=[,;.]|\s*$)",
)
"""What something is called, in plain letters or set off."""
_POINTS_BACK = re.compile(
    r"[这此该]|(?:this|these|it|they|(?:we|people|scientists) call (?:this|it|these|them)|diese[rsn]?|dies|cel?a|cette"
    r"|cet?|ces|est[aeo]s?)\b",
    re.IGNORECASE,
)
"""How a sentence begins that tells of what the one before it told of."""


def naming(text: str, name: str) -> str:
    """The sentence of a text that gives something a name, with the one before it where it points back to that; all of
    it where the name stands in its last one."""
    sentences = SENTENCES.split(text)
    at = next((n for n, one in enumerate(sentences) if name in one), len(sentences) - 1)
    first = at - 1 if at and _POINTS_BACK.match(sentences[at]) else at
    return text if at == len(sentences) - 1 else "".join(sentences[first : at + 1]).strip()


def named_within(text: str) -> Iterator[tuple[str, str]]:
    """The names that sentences give to what they tell of, each with its clause: …称为耐药性, … is called osmosis."""
    if not _CALLED.search(simplified(text)):
        return
    before = ""
    for sentence in SENTENCES.split(text)[:16]:
        read = simplified(sentence)
        whole = f"{before}{sentence}" if before and _POINTS_BACK.match(sentence) else sentence
        before = sentence
        for found in _CALLED.finditer(read):
            name = plain(sentence[slice(*found.span(found.lastindex or 0))]).strip("「」“”\"' ")
            start = max(read.rfind(mark, 0, found.start()) for mark in "，；,;") + 1
            if len(read[start : found.start()].strip()) < 4:
                start = 0
            limit = 16 if CJK_LETTER.search(name) else 44
            if (
                1 < len(name) <= limit
                and len(name.split()) <= 5
                and may_be_term(name, bold=False)
                and not is_label(name)
            ):
                yield name, (whole if whole != sentence else sentence[start:]).strip()
