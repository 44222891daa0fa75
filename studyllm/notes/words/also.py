"""Other names that a definition gives its term: 也称为…, 即 Byte Pair Encoding, also known as…."""

import re

from studyllm.notes.words.terms import strip
from studyllm.text import CJK, key

_ALSO = re.compile(
    r"(?:[也又亦]称[为作]?|[也又亦]叫[做作]?|[也又亦]被称[为作]|又名|简称为?|俗称|俗名|缩写为|英文(?:名|"
    r"全称)?[为是]?|全[名称][为是]?|即|也就是)\s*[:：]?\s*"
    r"(?P<zh>[「“\"'‘]?[^，。,；;：:、（()）\n]{2,70})"
    r"|\b(?:also (?:known as|called|termed|referred to as)|aka|a\.k\.a\.|abbreviated(?: as| to)?|"
    r"short for|stands for|full name:?)\s+"
    r"(?P<en>[^,.;:()\n]{2,50})",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z][A-Za-z0-9]*(?:[ \-/][A-Za-z0-9]+)*")
_OPENED = re.compile(r"[（(][^（()）]*$")
_NEXT_ZH = re.compile(rf"，\s*([{CJK}]{{2,10}})，\s*(?:是|指|即)")


def body_aliases(term: str, answer: str) -> list[str]:
    """Other names that the first sentences of an answer give: 也称为…, 即 Byte Pair Encoding, also known as…."""
    head = answer[:120]
    found: list[str] = []
    for match in _ALSO.finditer(head):
        opened = _OPENED.search(head, 0, match.start())
        if opened and not key(head[: opened.start()]).endswith(key(term)):
            continue  # a name of what stands before the bracket
        name = strip((match.group("zh") or match.group("en") or "").strip(" 「」“”\"'‘’"))
        lead = (
            match.group()[: match.start("zh") - match.start()].strip(" :：「“") if match.group("zh") else ""
        )
        if lead in ("即", "也就是") or lead.startswith(("全", "英文")):
            if (
                (match.start() > 3 and lead in ("即", "也就是"))
                or not _NAME.fullmatch(name)
                or len(name.split()) > 7
            ):
                continue
            found.append(name)
            after = _NEXT_ZH.match(head, match.end())
            if after:
                found.append(after.group(1))
        elif match.group("zh"):
            if (len(name) <= 12 and not re.search(r"[的了是]", name)) or _NAME.fullmatch(name):
                found.append(name)
        else:
            name = re.sub(r"^(?:a|an|the)\s+", "", name)
            if len(name.split()) <= 4:
                found.append(name)
    return [name for name in found if key(name) != key(term) and any(c.isalpha() for c in name)]
