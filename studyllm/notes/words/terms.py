"""Fronts: what may be a term, and which other names its brackets and slashes give."""

import re
from functools import lru_cache

from studyllm.notes.words.brackets import ENDED, aliases, brackets
from studyllm.notes.words.inflected import is_inflected
from studyllm.notes.words.inline import VERBATIM, plain
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.text import CJK, key, without_tail

_LATIN = re.compile(r"[A-Za-z]")
MARKER = re.compile(
    r"(?:\s|\[[ xX]\]\s|[IVX]{1,5}[.)](?=\s+\*\*)|(?:\d{1,3}|"
    r"[一二三四五六七八九十]{1,3})[、．]|[一二三四五六七八九十]{1,3}[)）](?=\S{2})|\d{1,3}[.)）](?=\s|[^\d\s])|"
    r"[（(](?:\d{1,3}(?:\.\d{1,3}){0,3}(?: ?/ ?\d{1,3}(?:\.\d{1,3}){0,3}){0,3}|[一二三四五六七八九十]{1,3})[)）]"
    rf"|[a-h][.．、]\s?(?=[{CJK}])|Q\d{{1,3}}(?:\s?[.:：、)]|\s+[-–—])?\s+(?=[^\d\s:])"
    r"|[QＱ]\d{1,3}\s?[、．）)](?=[^\d\s])"
    r"|[\u2460-\u2473\u2022\u00b7\u30fb\u25a0-\u25b1\u25b4-\u263f\u2641\u2643-\u2653\u2668-\u27bf\u2b50\u231a\u231b\u23e9-\u23fa\U0001f170-\U0001f19a\U0001f300-\U0001faff]\ufe0f?|^[?&](?=\s))+"
)
_NUMBERING = re.compile(
    r"(?:第\s*[0-9一二三四五六七八九十百]+\s*(?!条\s*[（(]|條)[章节讲课篇部分回条单元]+[\s、:：.．]*|"
    r"\d+(?:\.\d+)+[.、．]?\s*(?=\D)|\d{1,2}-\d{1,2}\s*(?=[^\d\s-])|\d{1,3}(?:\.\)|[.、．)）])\s*(?=\D)|\d{1,2}\s+(?!(?-i:stage|step|field|part|way|phase|point|factor|tier|layer|level|body|state|side)[sd]?\b)(?=\D)"
    r"|[一二三四五六七八九十]{1,3}[、．.)）]\s*|[（(][0-9一二三四五六七八九十]{1,3}[)）]\s*"
    r"|(?:chapter|section|part|lecture|unit|lesson|week|module)\s+\d+(?:\.\d+)*\s*[:.–—-]\s*)",
    re.IGNORECASE,
)
_QUOTES = {"「": "」", "『": "』", "“": "”", '"': '"', "【": "】", "‘": "’", "`": "`", "«": "»"}
_CODE = re.compile(r"`([^`]*[^\W_][^`]*|[^`\s]{2,})`")
"""Code with a letter or a digit in it."""
_TWO_SCRIPTS = re.compile(rf"([{CJK}]{{2,16}})(?<!的)\s+([A-Za-z][A-Za-z .'\-]{{3,40}})")
"""A Chinese name and its Latin one, side by side."""
_BARE = re.compile(r"[^\W\d_](?:[^\W_]| (?! ))*[^\W_]")
"""A front with nothing to strip: letters and digits, letters first, single spaces between."""
_STATE = re.compile(r"^(?:TODO|DONE|DOING|NOW|LATER|WAITING|CANCELED) +(?=\S)")
"""What Logseq and Org write before a task."""
_PREFIX = re.compile(r"(?:[a-z]{1,12}[-/,] ?)*[A-Za-z][a-z]{1,11}-")
"""The first part of words, with the hyphen that says so: cardi-, hemo-."""
_SPAN, _EMPHASIS = re.compile(r"`([^`\n]+)`"), re.compile(rf"[{CJK}，、：（）【】《》“”0-9 ]+")
"""What stands in the marks of code; Chinese there is set off, and no code."""
_TAIL = re.compile(r"[\s:：,，、;；*_~=—–-]")
_HEAD = re.compile(r"^(?:(?!::?[A-Za-z])[\s:：,，、;；*~=>#—–]|[-+]\s)+")
ENDING = re.compile(r",\s*(?:[\"¨⸚“”]?-[\"¨⸚“”]?[a-zà-ÿß]{0,4}|[\"¨⸚“”]-?[a-zà-ÿß]{0,4})$")
"""How a word's other form ends, behind it: die Gabel, -n."""
_CLAUSE_EN = re.compile(
    r"\b(?:is|are|was|were|should|must|can|will|would|could|don't|doesn't|won't|can't|have|has|had|"
    r"you|your|we|our|i|they|it|"
    r"this|these|those|please|let's|make sure)\b",
    re.IGNORECASE,
)
_CLAUSE_ZH = re.compile(
    r"是|应该|可以|不要|需要|为什么|我们|你|我|大家|怎么|已经|就会|才能|不会|只能|因为|所以|如果|但是"
)
_START = re.compile(
    r"(?:if|when|while|throughout|to|in|for|with|as|at|by|on|from|because|since|so|but|and|or|not|no|yes|then|"
    r"there|here|how|why|use|see|"
    r"run|add|fix|fixed|added|remove|update|click|open|go|do|try|make|set|get|check)\b|(?:如果|当|"
    r"若|因为|由于|所以|但|但是|而|而且|例如|比如|通过|对于|"
    r"关于|根据|按照|为了|在|从|把|将|请|不|没有|也|又|还|就|都|这|那|其|该|此)",
    re.IGNORECASE,
)
_CLASS = re.compile(r"(?:n|v|vt|vi|adj|adv|prep|conj|pron)\.", re.IGNORECASE)
"""The class of a word tells it from another one that is spelt alike."""
_CHANGE = re.compile(r"([aeiouäöü]{1,2}) ?(?:>|→|->) ?[a-zäöü]{1,3}")
"""How the stem of a verb changes: acostarse (o>ue)."""
_ACTION = re.compile(
    r"(?:使用|获取|进行|设置|选择|创建|删除|添加|修改|查看|安装|运行|打开|关闭|避免|防止|检查|计算)|"
    r"(?:use|get|set|add|remove|create|choose|check|avoid|install|run|open|close|make|find)\s",
    re.IGNORECASE,
)
"""What is done to this or that: no two names of one thing."""
_TEX = re.compile(r"\\[a-zA-Z]+(?=\{)|\\[(),\[\]; ]|[\\{}$_^]")
"""What is left out of a formula that is no more than a name: \\text{CO}_2 is called CO2."""
_SLASH = re.compile(r"\s+/\s+|\s*／\s*|\s*\|\s+")
_OR = re.compile(r"\s+or\s+|或称?", re.IGNORECASE)


@lru_cache(maxsize=2048)
def split_term(raw: str) -> tuple[str, tuple[str, ...]]:
    """The term of a raw front, and its other names."""
    text = plain(_unmarked(raw.replace("\n", " ")))
    if len(text) > 200:
        return "", ()
    if VERBATIM.fullmatch(text) and not text.startswith("`"):
        return text, unique(text, [_TEX.sub("", text).replace(" ", "")])
    if (
        text.count("`") == 2
        and VERBATIM.fullmatch(text)
        and (strip(inner := text.strip("`")) != inner or not any(map(str.isalnum, inner)))
    ):
        return text, ()  # `?`, `z=`: signs that belong to it
    text = strip(text)
    names: list[str] = []
    spans = brackets(text)
    base = text
    for start, end in reversed(spans):
        inner = text[start + 1 : end - 1]
        change = _CHANGE.fullmatch(inner.strip())
        if _CLASS.fullmatch(inner.strip()) or (change and change[1] in text[:start]):
            names.append(text[:start].strip())
            continue
        glued = text[start - 1 : start].isalnum() and text[start:end].isascii()
        if glued and (text[end : end + 1].isalnum() or (len(inner) < 3 and text[end:].strip())):
            continue  # V(D)J, poly(A) tail
        outside = text[:start].rstrip() + text[end:]
        if not outside.strip():
            continue
        head = text[:start].strip()
        found = aliases(inner, _SLASH.split(head)[-1] if end < len(text) else head)
        at_end = not text[end:].strip() or _SLASH.match(text[end:]) or text[end] in "/／"
        if at_end or found:
            base = base[:start].rstrip() + base[end:]
        names[:0] = found
    term = strip(base)
    both = _TWO_SCRIPTS.fullmatch(term)
    if both:
        term, names = both.group(1), [both.group(2), *names]
    return term, _unique(
        term, [*([] if raw.lstrip().startswith("`") else parts(term)), ENDING.sub("", term), *names]
    )


def _unmarked(raw: str) -> str:
    """A text, Chinese that is set off as code without the marks; what stands between two pieces of code is none."""
    return _SPAN.sub(lambda found: found[1] if _EMPHASIS.fullmatch(found[1]) else found[0], raw)


def out_of_marks(term: str) -> str:
    """A front that is nothing but code without the marks of code, which nobody types."""
    found = _CODE.fullmatch(term)
    return found[1] if found and found[1].strip() == found[1] else term


def parts(term: str) -> list[str]:
    """The names joined by a slash or "or", when they are whole names."""
    if _ACTION.match(term):
        return []
    if " / " in term or "／" in term or " | " in term:
        found = _SLASH.split(term)
    elif "/" in term:
        found = term.split("/")
        scripts = {bool(CJK_LETTER.search(part)) for part in found}
        if len(scripts) == 1 and not (scripts == {True} and all(len(part.strip()) >= 3 for part in found)):
            return []
    elif " or " in term or "或" in term[1:-1]:
        found = _OR.split(term)
        if len(found) != 2 or any(len(part) < 2 for part in found):
            return []
    else:
        return []
    found = [part.strip() for part in found]
    return found if len(found) <= 4 and all(found) else []


def _unique(term: str, names: list[str]) -> tuple[str, ...]:
    if not names:
        return ()
    seen = {key(term)}
    kept = []
    for name in names:
        name = strip(name)
        if name and key(name) not in seen:
            seen.add(key(name))
            kept.append(name)
    return tuple(kept[:8])


def unique(term: str, names: list[str]) -> tuple[str, ...]:
    """The names that differ from the term and from each other, in order."""
    return _unique(term, names)


def strip(text: str) -> str:
    """A front without bullets, numbering, quotes around it and a trailing colon."""
    text = _STATE.sub("", text.strip())
    if _BARE.fullmatch(text):
        return text
    text = _HEAD.sub("", text).strip()
    marker = MARKER.match(text)
    if marker and marker.end() < len(text):
        text = text[marker.end() :]
    text = (
        without_tail(text, _TAIL) if not text.endswith(("C--", "_")) and not _PREFIX.fullmatch(text) else text
    )
    if len(text) > 2 and _QUOTES.get(text[0]) == text[-1] and text[-1] not in text[1:-1]:
        text = text[1:-1]
    return " ".join(text.split()) if "  " in text or "\t" in text else text.strip()


@lru_cache(maxsize=1024)
def title(raw: str) -> str:
    """A heading as shown: no marks, no numbering, no trailing colon."""
    text = plain(_unmarked(raw.replace("\n", " ")))
    found = _NUMBERING.match(text)
    if found and found.end() < len(text):
        text = text[found.end() :]
    return strip(text)


@lru_cache(maxsize=2048)
def may_be_term(term: str, *, bold: bool) -> bool:
    """Whether a cleaned front is short and whole enough for a term; un-bolded ones are held to more."""
    if (
        not term
        or term[0] == "¿"
        or len(term) > 80
        or not any(c.isalnum() for c in term)
        or ENDED.search(term)
    ):
        return False
    if (
        all(c.isdigit() or c in " .,:：/-–~%+年月日" for c in term)
        or "。" in term
        or "http" in term
        or "→" in term
    ):
        return False
    if CJK_LETTER.search(term):
        if len(term) > 28 or "，" in term or (len(term) > 6 and _CLAUSE_ZH.search(term)):
            return False
    elif (
        len(term.split()) > (8 if bold else 6)
        or len(term) > 60
        or (_CLAUSE_EN.search(term) and len(term.split()) > 1)
    ):
        return False
    if "=" in term and term not in ("=", "==", "==="):
        return False
    if bold:
        return True
    term = ENDING.sub("", term)
    if is_inflected(term):
        return True
    if (
        _START.match(term)
        or ", " in term
        or "、" in term
        or "," in term
        or '"' in term
        or "“" in term
        or len(term) == 1
    ):
        return False
    return len(term) <= 40
