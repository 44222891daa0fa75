"""What stands in brackets behind a term: its other names, or examples, a scope, a quantity, which are none."""

import re

from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.text import CJK, fold

ENDED = re.compile(r"[。！!？?…；;]$|\.$")
"""The end of a sentence or a clause."""
_ALIAS_MARK = re.compile(
    r"^(?:[又也亦或还]\s*(?:被?称[为作]?|叫[做作]?|名)|简称|缩写|即|旧称|俗称|俗名|别名|别称|英文名?|英语|中文名?|全称|全名|"
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
_EXAMPLE = re.compile(
    r"(?:如|例如|比如|例|见|参见|参考|包括|含|多为|多见|常为|多|不|非|的|以|用|指|e\.?g\.?|such as|"
    r"like|see|cf\.?|including|"
    r"of|in|for|to|on|from|with|by|at|a|an|the|when|if|used|only|not|usually|mostly|often)\b|(?:如|"
    r"例如|比如|见|参见|包括|多为|多见|常为)"
)
_SPLIT = re.compile(r"\s*[,，;；、|]\s*|\s+(?:or|aka|a\.k\.a\.)\s+|\s*或(?:者|称)?\s*|\s+/\s+")
_SHORT = 8
"""Letters of a name that goes on with those that are said to be names: 俗称烧碱、火碱."""
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


_AND = re.compile(r"^(?:and|or|und|oder|et|ou|y|o)\s+")


def aliases(inner: str, term: str) -> list[str]:
    """The other names among what stands in brackets after a term; examples, scopes and quantities are none."""
    inner = inner.strip()
    if not inner or len(inner) > 120 or inner[0] in "`$" or (ENDED.search(inner) and not inner.endswith(".")):
        return []
    pieces = [piece for piece in _SPLIT.split(inner) if piece]
    listed = inner.endswith(("等", "...", "…", "etc.", "etc"))
    names: list[tuple[str, bool]] = []
    for piece in pieces:
        mark = _ALIAS_MARK.match(piece)
        name = piece[mark.end() :].strip() if mark else piece.strip()
        goes_on = bool(names and names[-1][1]) and len(name) <= _SHORT
        names += [(part, bool(mark) or goes_on) for part in _scripts(name)]
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
    if CJK_LETTER.search(name):
        return len(name) <= 16 and not re.search(r"[的了是为]|[=＝→]", name)
    return len(name.split()) <= 8 and not re.search(r"[=<>→:：]", name)


def _fits(name: str, term: str) -> bool:
    if CJK_LETTER.search(name) and CJK_LETTER.search(term):
        # Two letters of its own are a qualifier more often than a name: 损耗率（急件）.
        return len(name) > 2 or bool(set(name) & set(term))
    if bool(CJK_LETTER.search(name)) != bool(CJK_LETTER.search(term)):
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
    if len(names) >= 3 and all(CJK_LETTER.search(name) for name in names):
        return True
    same = [name for name in names if not CJK_LETTER.search(name)]
    if len(same) != len(names) or len(names) < 2 or any(abbreviates(name, term) for name in names):
        return False
    words = [set(fold(name).split()) for name in names]
    for i, name in enumerate(names):
        for j in range(i):
            if abbreviates(name, names[j]) or abbreviates(names[j], name) or words[i] & words[j]:
                return False
    return len(names) >= 3 or all(len(name.split()) == 1 for name in names)


def is_emphasis(remark: str) -> bool:
    """Whether what stands in brackets behind a front is no part of it: how often it comes, which class it has."""
    return bool(_NO_ALIAS.fullmatch(remark) or _EXAMPLE.match(remark))
