"""How a line opens: a front, the mark that sets it off, and what is said of it."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from studyllm.notes.words.brackets import brackets
from studyllm.notes.words.dates import is_date
from studyllm.notes.words.environments import named_in
from studyllm.notes.words.equations import ends_in_formula, is_side
from studyllm.notes.words.inflected import word_and_meaning
from studyllm.notes.words.inline import bold_tags, only_link, plain
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.separators import DASH, separator
from studyllm.notes.words.terms import MARKER


class Mark(Enum):
    """What makes the front stand out."""

    BOLD = auto()
    CODE = auto()
    PLAIN = auto()


class Gap(Enum):
    """What stands between front and definition."""

    COLON = auto()
    DASH = auto()
    COPULA = auto()
    COMMA = auto()
    SPACE = auto()
    GLUED = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Lead:
    """The opening of a line: raw front, raw rest."""

    front: str
    rest: str
    mark: Mark
    gap: Gap

    @property
    def is_entry(self) -> bool:
        """Whether a sign stands between the front and what is said of it."""
        return bool(self.rest) and self.gap in (Gap.COLON, Gap.DASH)


_COPULA = re.compile(
    r"(?:是指|指的是|指|是|即|也就是|全名|全称|也称|又称|亦称|简称|也叫|又叫|俗称|表示|又名|译为|"
    r"用于|用来|意为|意思是|属于|代表|由|为(?!什么|了))"
    r"|(?:is|are|was|were|means?|refers?|stands?|denotes?|describes?|occurs?|consists?|measures?|"
    r"states?|represents?|comprises?|"
    r"allows?|has|have|involves?|takes|uses|provides|tells|says|gives|returns|happens)\b"
    r"|,?\s*(?:also|sometimes|often)\s+(?:known|called|referred)\b"
    r"|(?:ist|sind|bezeichnet|beschreibt|est|sont|désigne|es|son|é|são)\b(?=\s)"
    r"|(?:이란|란|은|는)(?=\s.*다\.?$)|(?:とは[、，]?|は[、，]?)(?=.{6,}(?:こと|もの|である|です|をいう|を指す)。?$)"
)
_SHOWN = re.compile(r"==([^=\n]{1,60})==(?:\$[^$\n]{1,12}\$)?(?=\s*[:：（(]|[ \t]+[-–—=])")
"""A front that is marked with a highlighter."""
_SHOWN_COLON = re.compile(r"==([^=\n]{1,60}[:：])==(?=\s*\S)")
_SAID = re.compile(
    r"(?!什么)[^\s，,、=]{2,20}?(?:\s*[（(][^（()）]{1,40}[)）])?\s*是(?!否|什么|不是)[^，,]{6,}(?<![的是])$"
)
"""A front that already says what its subject is."""
_NAMES = re.compile(r"被?(?:叫做|称为|称作)")
"""What follows a bold text that tells what something is, and not how it is called."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,14}")
_EQUATION = re.compile(r"[；;，][ \t]*([\u4e00-\u9fff]{2,14})[ \t]*[=＝][ \t]*\S")
_EQUALS = "=＝"
_DEFINES, _SHORT = re.compile(r"とは、|이?란\s"), 14
"""Particles that set off what is defined, in Japanese and Korean, and letters of that at most."""
_ASKED = re.compile(r"[?？]\s*[^\s?？)）\]】」』”\"*_]")
_ARROWS = 1
"""More of them behind the first make a chain."""
_ARROW, _GLUED_ARROW = re.compile(r"\s(?:→|⇒|-{1,2}>|={1,2}>)\s"), re.compile(r"(?:→|⇒|-{1,2}>|={1,2}>)\s?")
_BECAME = re.compile(
    r"(?!定义|概念|含义|意思|解释|特[点征]|优点|缺点|作用|用途|功能|原因|例|举例|公式|注意"
    r"|(?i:definition|meaning|examples?|notes?|uses?|causes?|e\.g)\b)"
    r"(?P<to>[^\s：:，,。；;=→>]{1,12}|[A-Za-z][\w -]{0,18}\w)(?:：|:(?=[\s\u4e00-\u9fff]))[ \t]*(?=\S)"
)
"""What follows the arrow from one state to another, and when that happens: ready → running: it gets the processor."""
_STATES = ("运行", "输入", "输出", "返回")
"""Words that are labels elsewhere, and states here."""
_LONGEST = 20
"""Letters of a Chinese front that an arrow follows without a blank."""
_INNER = re.compile(r"([^：:（(—]{2,20})(?:：|:\s|\s?——\s?)\s*(\S.{5,})", re.DOTALL)
"""A bold text that holds the definition too: `**回声：声音遇到障碍物反射回来。**`."""
_GLOSSED = re.compile(r"([^【】]{1,40}?)\s*【([^【】]+)】")
"""A bold word and its gloss: `**a pair of 【一对】**`."""
_SORTED = re.compile(r"\s*(?:[a-z]{1,6}\.\s*)*(?:\*\*)?【(?=[^【】]+】(?:\*\*)?\s*$)")
"""What sort of word a front is, before its gloss: `**one** num. **【一个】**`."""
_BOXED = re.compile(r"【([^【】\n]{1,30})】[ \t\u3000]*([^\s:：—-].*)", re.DOTALL)
"""A front in lenticular brackets right before its meaning: `【奇脉】吸气时…`."""
_ITALIC = re.compile(
    r"([*_])(?![*_\s])([^*_:：\n]{2,60})(?:\1(?=[ \t]*[:：]|[ \t]+[-–—]{1,2}[ \t])|(?P<colon>[:：])\1(?=[ \t]*\S))"
)
"""A front in italics."""
_EVENT = re.compile(r"(?=.*[^\W\d_])[^。；;\n]{3,60}(?<![.!?！？])")
_STOPPED = re.compile(r"(?:\S+ ){0,3}[^\s.]*\w{2}\.|[\u4e00-\u9fff]{2,8}。")
"""A bold front that ends in a full stop, as a heading does that its text runs on from."""
_SORT_OF_EXAM = re.compile(
    r"\A(?:【(?:名解|名词解释|考点|重点|难点|必考|必背|常考|高频|易错|掌握|熟悉|了解|真题|补充"
    r"|简答题?|论述题?|填空题?)\d*】[ \t\u3000]*)+(?=\S)"
)
"""What a handout writes before a term: how it is examined, and how much it matters."""
_LINKED = re.compile(
    r"([\s★☆⭐✅]*)(?:\*\*|__)?\[(?:\*\*|__)?([^\[\]*]{1,80}?)(?:\*\*|__)?\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])(?:\*\*|__)?"
    r"(?=\s*(?:[:：]|[-–—]{1,2}\s|——|-{3,}|[（(]|(?:is|are|是|指)\b))"
)
_PART = re.compile(r"(的[\u4e00-\u9fff]{1,8}?)(?:[：:]|是(?![否不什指]))(?=\s*\S)")
"""A part of what is bold: **文艺复兴**的意义：…, **短时记忆**的容量是…."""
_REST_OF_NAME = re.compile(
    r"( (?:agreement|law|principle|rule|theorem|effect|theory|model|equation|method|test|system|process|reaction|act"
    r"|clause|doctrine|cells?|disease|syndrome|algorithm|protocol|function|curve|period|war|treaty|revolution|bar|reed)s?"
    r"|(?:时期|时代|运动|协议|原则|定律|定理|效应|理论|模型|算法|方法|现象|系统|反应|指数|系数|公式|综合征|函数|过程|机制|制度|主义|革命|条约|战争))"
    r"[：:][ \t]*(?=[^\s/])"
)
"""The last words of a name of which the first ones are bold: **Lock-out** agreement: …, **文艺复兴**时期：…."""
_ARTICLE = re.compile(
    r"(?:an?|the)\s+(?=\*\*)|(?:所谓|[「“])(?=\*\*)|(?:der|die|das|eine?|les?|la|une?|el|los|las|una)\s+"
    r"(?=\*\*[^*\n]{1,60}\*\*\s(?:ist|sind|bezeichnet|beschreibt|est|sont|désigne|es|son)\s)",
    re.IGNORECASE,
)
"""What stands before a bold name; in a list of words the article of another language is part of it."""


def unlinked(raw: str) -> str:
    """A line whose opening link stands before a definition, with the link's text in bold."""
    return (
        _LINKED.sub(r"\1**\2**", raw, count=1)
        if raw.lstrip("*_ ★☆⭐✅").startswith("[") and _LINKED.match(raw)
        else raw
    )


_CASE = re.compile(r"([-+−]?[\d.,∞]{1,6}%?)\s*(?:->|-->|=>|→|⇒)\s*(\S.*)")
"""What follows "PED =" where a case is told, and not what PED is: PED = 1 → unit elastic."""


@lru_cache(maxsize=512)
def lead(raw: str) -> Lead | None:
    """The lead of one line of raw inline source, or None where nothing is set off."""
    found = _opened(raw)
    return _of_environment(found) if found else None


def _opened(raw: str) -> Lead | None:
    text = _SORT_OF_EXAM.sub("", bold_tags(raw).lstrip())
    if text[:2] in ("- ", "+ ", "* "):
        text = text[2:].lstrip()  # an item that Markdown takes for a line of text
    if not text:
        return None
    if text.startswith("==") and (shown := _SHOWN.match(text) or _SHOWN_COLON.match(text)):
        text = f"**{shown.group(1)}**{text[shown.end() :]}"
    if article := _ARTICLE.match(text):
        text = text[article.end() :]
    head = text[:6]
    if "**" not in head and "__" not in head and "`" not in head:
        marker = MARKER.match(text)
        if marker and marker.end() < len(text):
            text = text[marker.end() :]
        if text[:1] == "[" and "]" in text[:14] and text[text.find("]") + 1 :].lstrip().startswith("**"):
            text = text[text.find("]") + 1 :].lstrip()
    else:
        text = MARKER.sub("", text, count=1) if MARKER.match(text) else text
    if text.startswith("\\*\\*"):
        text = text.replace("\\*\\*", "**")
    if text.startswith(("**", "__")):
        return _bold(text)
    if text.startswith("`") and (found := _code(text)):
        return found
    if text.startswith("【") and (boxed := _BOXED.fullmatch(text)):
        return Lead(boxed.group(1), boxed.group(2), Mark.BOLD, Gap.COLON)
    found = _plain(text)
    case = _CASE.match(found.rest) if found and "=" in text[len(found.front) : len(found.front) + 4] else None
    return replace(found, front=f"{found.front} = {case[1]}", rest=case[2]) if found and case else found


def _of_environment(found: Lead) -> Lead:
    """A lead with what a definition or a theorem is called as its front."""
    name = named_in(plain(found.front)) if found.rest else ""
    return replace(found, front=name, rest=found.rest.lstrip(".。:： "), gap=Gap.COLON) if name else found


def alike(first: Lead | None, second: Lead | None) -> bool:
    """Whether two lines open with entries that are set off alike: neither goes on with the other."""
    if first is None or second is None or not (first.rest and second.rest):
        return False
    return (first.mark, first.gap) == (second.mark, second.gap)


def named_first(found: Lead) -> Lead:
    """A lead whose front says when something was, with what it was as its front, where that is a name."""
    if found.gap is Gap.COLON and is_date(found.front) and _EVENT.fullmatch(plain(found.rest)):
        return replace(found, front=found.rest, rest=found.front)
    return found


def _bold(text: str) -> Lead | None:
    mark = text[:2]
    start = 3 if text.startswith("***") else 2
    end = text.find(mark, start)
    if end < 0 or end - start > 200:
        return None
    inner, rest = text[start:end].strip(), text[end + 2 :]
    if rest.startswith("*") and start == 3:
        rest = rest[1:]
    if not inner:
        return None
    if inner[-1] in ":：":
        return Lead(
            inner.rstrip(":： "), rest.strip(" \t\u3000"), Mark.BOLD, Gap.COLON if rest.strip() else Gap.NONE
        )
    whole = _INNER.fullmatch(inner)
    if whole and _gap(rest, bold=False)[0] not in (Gap.COLON, Gap.DASH):
        return Lead(whole.group(1), f"{whole.group(2)}{rest}".strip(), Mark.BOLD, Gap.COLON)
    if not rest.strip() and (glossed := _GLOSSED.fullmatch(inner)):
        return Lead(glossed.group(1), glossed.group(2), Mark.BOLD, Gap.COLON)
    if _SORTED.match(rest):
        return Lead(inner, rest.strip(), Mark.BOLD, Gap.COLON)
    if _STOPPED.fullmatch(inner) and rest.strip():
        inner = inner[:-1]
    if part := _PART.match(rest) or _REST_OF_NAME.match(rest):
        return Lead(inner + part[1], rest[part.end() :].strip(), Mark.BOLD, Gap.COLON)
    front, rest = _take_brackets(inner, rest)
    gap, rest = _gap(rest, bold=True)
    return None if gap is Gap.GLUED and _NAMES.match(rest) else Lead(front, rest, Mark.BOLD, gap)


def _take_brackets(front: str, rest: str) -> tuple[str, str]:
    """Brackets that follow the bold directly belong to the front, if a definition follows them."""
    stripped = rest.lstrip(" \t\u3000")
    if stripped[:1] not in ("（", "("):
        return front, rest
    spans = brackets(stripped[:120])
    if not spans or spans[0][0]:
        return front, rest
    after = stripped[spans[0][1] :]
    return front + stripped[: spans[0][1]], after


def _code(text: str) -> Lead | None:
    end = text.find("`", 1)
    if end < 2 or end > 60:
        return None
    gap, rest = _gap(text[end + 1 :], bold=False)
    return Lead(text[: end + 1], rest, Mark.CODE, gap) if gap in (Gap.COLON, Gap.DASH) else None


def _gap(rest: str, *, bold: bool) -> tuple[Gap, str]:
    """Which gap a rest begins with, and what follows it."""
    stripped = rest.lstrip(" \t\u3000")
    if not stripped:
        return Gap.NONE, ""
    if stripped[0] in ":：" and not stripped.startswith("::"):
        return Gap.COLON, stripped[1:].lstrip(" \t\u3000\n")
    dash = DASH.match(rest)
    if dash:
        return Gap.DASH, rest[dash.end() :].strip()
    if stripped[0] == "\n":
        return Gap.NONE, stripped.lstrip()
    if bold and _COPULA.match(stripped):
        return Gap.COPULA, stripped
    if bold and stripped[0] in ",，、":
        return Gap.COMMA, stripped[1:].lstrip()
    return (Gap.SPACE if stripped != rest else Gap.GLUED), stripped


def _plain(text: str) -> Lead | None:
    if text[0] in "*_" and (italic := _ITALIC.match(text)):
        gap, rest = _gap(text[italic.end() :], bold=False)
        return Lead(italic[2], rest, Mark.PLAIN, Gap.COLON if italic["colon"] else gap)
    if word := word_and_meaning(text):
        return Lead(*word, Mark.PLAIN, Gap.DASH)
    return _separated(text)


def _separated(text: str) -> Lead | None:
    found = separator(text)
    if found is None:
        return None
    sign = found.group()
    front, rest = text[: found.start()].strip(), text[found.end() :].strip(" \t\u3000")
    if "{{" in front and "}}" not in front:
        return None  # a hidden part
    if not front or only_link(front) or rest.startswith(":") or (sign == "：" and rest.startswith("：")):
        return None
    if (
        _ASKED.search(front)
        or ("≠" in front and sign.strip() in _EQUALS)
        or (_DEFINES.fullmatch(sign) and len(front) > _SHORT)
    ):
        return None  # a question, and its answer beside it
    colon = sign in "：:"
    if not rest and not colon:
        return None
    if rest.startswith("**") and front.count("**") % 2 and not rest.count("**", 2) % 2:
        front, rest = (
            front.replace("**", ""),
            rest[2:].strip(),
        )  # bold ends behind the colon: tests**, pros:**
    glued = _GLUED_ARROW.fullmatch(sign)
    arrow = _GLUED_ARROW if glued else _ARROW
    if arrow.fullmatch(sign) and len(arrow.findall(rest)) > (
        _ARROWS if sign.strip() == "→" and not glued else 0
    ):
        return None  # one thing after another, no pair
    if glued and _CHINESE.search(front) and (len(front) > _LONGEST or "，" in front):
        return None
    if colon and rest and _SAID.match(front):
        return None  # a sentence, and more on it
    if sign.strip() in _EQUALS and (ends_in_formula(front, glued=sign in _EQUALS) or is_side(front, rest)):
        return None
    return _became(front, sign, rest) or _set_off(front, sign, rest)


def _became(front: str, sign: str, rest: str) -> Lead | None:
    """The lead of what tells when one state becomes another, both of them its front."""
    to = _BECAME.match(rest) if _GLUED_ARROW.fullmatch(sign.strip()) and len(front) <= _LONGEST else None
    if to is None or (is_label(to["to"]) and to["to"] not in _STATES):
        return None
    return Lead(f"{front}{sign}{to['to']}", rest[to.end() :], Mark.PLAIN, Gap.COLON)


def _set_off(front: str, sign: str, rest: str) -> Lead:
    """The lead of a front and what a sign sets off from it."""
    colon = sign in "：:"
    other = _EQUATION.search(rest) if sign.strip() in _EQUALS and _CHINESE.fullmatch(front) else None
    if other and not is_label(other[1]):
        rest = rest[: other.start()]  # the next one is an entry of its own
    return Lead(front, rest, Mark.PLAIN, (Gap.COLON if rest else Gap.NONE) if colon else Gap.DASH)
