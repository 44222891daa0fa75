"""Fronts: what may be a term, and which other names its brackets and slashes give."""

import re
from functools import lru_cache

from studyllm.notes.inline import VERBATIM, plain
from studyllm.text import CJK, fold, key, without_tail

_CJK = re.compile(f"[{CJK}]")
_LATIN = re.compile(r"[A-Za-z]")
MARKER = re.compile(
    r"(?:\s|\[[ xX]\]\s|[IVX]{1,5}[.)](?=\s+\*\*)|(?:\d{1,3}|"
    r"[一二三四五六七八九十]{1,3})[、．]|[一二三四五六七八九十]{1,3}[)）](?=\S{2})|\d{1,3}[.)）](?=\s|[^\d\s])|"
    r"[（(](?:\d{1,3}(?:\.\d{1,3}){0,3}(?: ?/ ?\d{1,3}(?:\.\d{1,3}){0,3}){0,3}|[一二三四五六七八九十]{1,3})[)）]"
    rf"|[a-h][.．、]\s?(?=[{CJK}])|Q\d{{1,3}}[.:、)]?\s+(?=[^\d\s])"
    r"|[\u2460-\u2473\u2022\u00b7\u25a0-\u25ff\u2600-\u27bf\u2b50\U0001f300-\U0001faff]|^[?&](?=\s))+"
)
_NUMBERING = re.compile(
    r"(?:第\s*[0-9一二三四五六七八九十百]+\s*[章节讲课篇部分回条单元]+[\s、:：.．]*|"
    r"\d+(?:\.\d+)+[.、．]?\s*(?=\D)|\d{1,2}-\d{1,2}\s*(?=[^\d\s-])|\d{1,3}[.、．)）]\s*(?=\D)|\d{1,2}\s+(?!(?-i:stage|step|field|part|way|phase|point|factor|tier|layer|level|body|state|side)[sd]?\b)(?=\D)"
    r"|[一二三四五六七八九十]{1,3}[、．.)）]\s*|[（(][0-9一二三四五六七八九十]{1,3}[)）]\s*"
    r"|(?:chapter|section|part|lecture|unit|lesson|week|module)\s+\d+(?:\.\d+)*\s*[:.–—-]\s*)",
    re.IGNORECASE,
)
_QUOTES = {"「": "」", "『": "』", "“": "”", '"': '"', "《": "》", "【": "】", "‘": "’", "`": "`"}
_CODE = re.compile(r"`([^`]*[^\W_][^`]*)`")
"""Code with a letter or a digit in it."""
_TWO_SCRIPTS = re.compile(rf"([{CJK}]{{2,16}})(?<!的)\s+([A-Za-z][A-Za-z .'\-]{{3,40}})")
"""A Chinese name and its Latin one, side by side."""
_BARE = re.compile(r"[^\W\d_](?:[^\W_]| (?! ))*[^\W_]")
"""A front with nothing to strip: letters and digits, letters first, single spaces between."""
_STATE = re.compile(r"^(?:TODO|DONE|DOING|NOW|LATER|WAITING|CANCELED) +(?=\S)")
"""What Logseq and Org write before a task."""
_PREFIX = re.compile(r"(?:[a-z]{1,12}[-/,] ?)*[A-Za-z][a-z]{1,11}-")
"""The first part of words, with the hyphen that says so: cardi-, hemo-."""
_EMPHASIS = re.compile(rf"`([{CJK}，、：（）【】《》“”0-9 ]+)`")
"""Chinese in the marks of code is set off, and no code."""
_TAIL = re.compile(r"[\s:：,，、;；*_~=—–-]")
_HEAD = re.compile(r"^(?:(?!::?[A-Za-z])[\s:：,，、;；*~=>#—–]|[-+]\s)+")
ENDING = re.compile(r",\s*(?:[\"¨“”]?-[a-zà-ÿß]{0,4}|[\"¨“”]-?)$")
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
_ENDS = re.compile(r"[。！!？?…；;]$|\.$")
_ALIAS_MARK = re.compile(
    r"^(?:[又也亦或还]\s*(?:被?称[为作]?|叫[做作]?|名)|简称|缩写|即|旧称|俗称|别名|别称|英文名?|英语|中文名?|全称|全名|"
    r"also known as|also called|aka|a\.k\.a\.?|abbr\.?|short for|"
    r"abbreviated(?: as)?|or|i\.e\.)\s*[:：为是]?\s*",
    re.IGNORECASE,
)
_NO_ALIAS = re.compile(
    r"(?:[+\-±−]+|[\d.,%~～\-–—+±×*/^ ]+|"
    r"约?\d+(?:\.\d+)?\s*(?:[%℃°个价种年月日位次倍类层步点岁天小时分钟秒页章人元条项级期]|mg|g|kg|"
    r"ml|l|mm|cm|m|"
    r"km|hz|khz|mhz|ghz|bits?|bytes?|kb|mb|gb|years?|days?|hours?)+.{0,4}"
    r"|(?:特征性|常见|罕见|少见|多见|最常见|常用|重要|难点|重点|考点|了解|掌握|熟悉|必考|必背|必须|"
    r"可选|选学|选修|必修|默认|推荐|补充|续|上|下|中|"
    r"一|二|三|四|五|主要|次要|核心|基础|进阶|旧版|新版|已废弃|待补充|未完成|图|表|略|重|轻|大题|"
    r"简答|论述|选择|名解|单|双|阳性|阴性)"
    r"|(?:optional|required|deprecated|new|old|default|common|rare|important|experimental|beta|"
    r"alpha|noun|verb|adj|adjective|adv|"
    r"adverb|plural|singular|n|v|pl|recommended|main|primary|secondary|partial|revised|draft|todo|"
    r"wip|basic|advanced|"
    r"continued|cont|positive|negative|high|low|see below|classic|general|informal|formal|advanced|"
    r"legacy|obsolete)\.?|(?:common|found|used|seen|usual|typical|known|especially|mainly|mostly)\b.{1,60})",
    re.IGNORECASE,
)
_CLASS = re.compile(r"(?:n|v|vt|vi|adj|adv|prep|conj|pron)\.", re.IGNORECASE)
"""The class of a word tells it from another one that is spelt alike."""
_EXAMPLE = re.compile(
    r"(?:如|例如|比如|例|见|参见|参考|包括|含|多为|多见|常为|多|不|非|的|以|用|指|e\.?g\.?|such as|"
    r"like|see|cf\.?|including|"
    r"of|in|for|to|on|from|with|by|at|a|an|the|when|if|used|only|not|usually|mostly|often)\b|(?:如|"
    r"例如|比如|见|参见|包括|多为|多见|常为)"
)
_SPLIT = re.compile(r"\s*[,，;；、|]\s*|\s+(?:or|aka|a\.k\.a\.)\s+|\s*或(?:者|称)?\s*|\s+/\s+")
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
_OPEN, _CLOSE = "（(", "）)"


def brackets(text: str) -> list[tuple[int, int]]:
    """Start and end (exclusive) of the outermost brackets, widths mixed freely."""
    found: list[tuple[int, int]] = []
    depth = start = 0
    for at, char in enumerate(text):
        if char in _OPEN:
            if not depth:
                start = at
            depth += 1
        elif char in _CLOSE and depth:
            depth -= 1
            if not depth:
                found.append((start, at + 1))
    return found


@lru_cache(maxsize=2048)
def split_term(raw: str) -> tuple[str, tuple[str, ...]]:
    """The term of a raw front, and its other names."""
    text = plain(_EMPHASIS.sub(r"\1", raw.replace("\n", " ")))
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
        if _CLASS.fullmatch(inner.strip()):
            names.append(text[:start].strip())
            continue
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
        scripts = {bool(_CJK.search(part)) for part in found}
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


_AND = re.compile(r"^(?:and|or|und|oder|et|ou|y|o)\s+")


def aliases(inner: str, term: str) -> list[str]:
    """The other names among what stands in brackets after a term; examples, scopes and quantities are none."""
    inner = inner.strip()
    if not inner or len(inner) > 120 or inner[0] in "`$" or (_ENDS.search(inner) and not inner.endswith(".")):
        return []
    pieces = [piece for piece in _SPLIT.split(inner) if piece]
    listed = inner.endswith(("等", "...", "…", "etc.", "etc"))
    names: list[tuple[str, bool]] = []
    for piece in pieces:
        mark = _ALIAS_MARK.match(piece)
        name = piece[mark.end() :].strip() if mark else piece.strip()
        names += [(part, bool(mark)) for part in _scripts(name)]
    good = [(name, marked) for name, marked in names if name and _may_be_alias(name)]
    if not any(marked for _, marked in good) and (listed or _examples([name for name, _ in good], term)):
        return []
    return [_AND.sub("", name) for name, marked in good if marked or _fits(name, term)]


def _scripts(name: str) -> list[str]:
    """A Chinese and a Latin name that stand side by side, apart."""
    found = re.fullmatch(rf"([{CJK}][{CJK}\w\-]*)\s+([A-Za-z][A-Za-z .'\-]*)", name)
    found = found or re.fullmatch(rf"([A-Za-z][A-Za-z .'\-]*)\s+([{CJK}]+)", name)
    found = found or re.fullmatch(r"([A-Z]{2,6})\s+([a-z][A-Za-z .'\-]*\s[A-Za-z .'\-]+)", name)
    return [found.group(1), found.group(2).strip()] if found else [name]


def _may_be_alias(name: str) -> bool:
    if (
        not any(c.isalpha() for c in name)
        or len(name) > 60
        or _NO_ALIAS.fullmatch(name)
        or _EXAMPLE.match(name)
    ):
        return False
    if _CJK.search(name):
        return len(name) <= 16 and not re.search(r"[的了是为]|[=＝→]", name)
    return len(name.split()) <= 8 and not re.search(r"[=<>→:：]", name)


def _fits(name: str, term: str) -> bool:
    if _CJK.search(name) and _CJK.search(term):
        # Two letters of its own are a qualifier more often than a name: 损耗率（急件）.
        return len(name) > 2 or bool(set(name) & set(term))
    if bool(_CJK.search(name)) != bool(_CJK.search(term)):
        return True
    if abbreviates(name, term) or abbreviates(term, name) or name.isupper():
        return True
    return len(name.split()) >= 2 or name[0].isupper()


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` appear in order in `long`, the first ones leading."""
    few, many = [c for c in fold(short) if c.isalnum()], [c for c in fold(long) if c.isalnum()]
    if not few or len(few) >= len(many) or few[0] != many[0]:
        return False
    letters = iter(many)
    return all(c in letters for c in few)


def _examples(names: list[str], term: str) -> bool:
    """Whether several names of one script are a list of examples rather than names of one thing."""
    if len(names) >= 3 and all(_CJK.search(name) for name in names):
        return True
    same = [name for name in names if not _CJK.search(name)]
    if len(same) != len(names) or len(names) < 2 or any(abbreviates(name, term) for name in names):
        return False
    words = [set(fold(name).split()) for name in names]
    for i, name in enumerate(names):
        for j in range(i):
            if abbreviates(name, names[j]) or abbreviates(names[j], name) or words[i] & words[j]:
                return False
    return len(names) >= 3 or all(len(name.split()) == 1 for name in names)


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
    text = plain(_EMPHASIS.sub(r"\1", raw.replace("\n", " ")))
    found = _NUMBERING.match(text)
    if found and found.end() < len(text):
        text = text[found.end() :]
    return strip(text)


def is_emphasis(remark: str) -> bool:
    """Whether what stands in brackets behind a front is no part of it: how often it comes, which class it has."""
    return bool(_NO_ALIAS.fullmatch(remark) or _EXAMPLE.match(remark))


@lru_cache(maxsize=2048)
def may_be_term(term: str, *, bold: bool) -> bool:
    """Whether a cleaned front is short and whole enough for a term; un-bolded ones are held to more."""
    if not term or len(term) > 80 or not any(c.isalnum() for c in term) or _ENDS.search(term):
        return False
    if (
        all(c.isdigit() or c in " .,:：/-–~%+年月日" for c in term)
        or "。" in term
        or "http" in term
        or "→" in term
    ):
        return False
    if _CJK.search(term):
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
