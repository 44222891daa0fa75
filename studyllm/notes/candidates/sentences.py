"""Sentences that define: which name a text opens by defining."""

import re
from collections.abc import Iterator

from studyllm.notes.candidates.understood import understood, without_article
from studyllm.notes.words.brackets import brackets
from studyllm.notes.words.inline import bold_tags, plain
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import may_be_term, split_term
from studyllm.script import simplified
from studyllm.text import fold, key

ZH_IS = re.compile(
    r"\s*(?:[（(][^（()）\n]{0,80}[)）])?\s*[，,]?\s*(?:就)?(?:是指|指的是|是(?![否不很非可因为]|"
    r"为了)|指(?!标|数|令|针|定)|(?<![立随当迅])即(?![使便将可时刻])|又称|也称|亦称|简称|全称|通常指|泛指|表示|意为|用于|用来)"
)
EN_IS = re.compile(
    r"\s*(?:\([^()\n]{0,80}\))?\s*,?\s*(?:(?:is|are|was|were)\s+(?:an?|the|any|one|when|where|how|"
    r"what|that|used|defined|called|known|described|"
    r"characteri[sz]ed|responsible|caused|simply|basically|essentially|a|the|"
    r"[a-z]+(?:\s[a-z]+){0,3}\s(?:of|that|which|by|in which|used|caused|with|"
    r"where|from|between|for))\b|(?:means?|refers? to|stands? for|denotes?|describes?|measures?|"
    r"occurs?\s+when|happens?\s+when|consists? of|states? that)\b)",
    re.IGNORECASE,
)
_ANY_IS = re.compile(
    r"[是指即称示为用]|\b(?:is|are|was|were|mean|refer|stand|denote|describe|measure|occur|happen|consist|state)",
    re.IGNORECASE,
)
"""Without one of these, neither of the two is found."""
_OPENED = 400
"""Letters within which a sentence comes to its verb."""
_ARTICLE = re.compile(r"(?:\*\*|__|[「“\"'])?(?:an?|the|所谓的?)\s*(?=\S)", re.IGNORECASE)
DEFINES_ZH = re.compile(
    r"(?:它(?:就)?是[^。；\n]{2,40}的\S|它?(?:是指|指的是|是一[种个类项门组套段])|指(?!标|数|令|针|导|定)|用于|用来|一种|又称|也称|全称|"
    r"简单来说|简单地?说|即)"
)
DEFINES_EN = re.compile(
    r"(?:an?|the|any)\s+(?:[\w'-]+\s+){1,6}?(?:that|which|who|used|of|in which|where|for|between|by|"
    r"with|from|in)\b|(?:refers? to|means|occurs when|also known as)\b"
    r"|(?:inflammation|process|ability|study|measure|loss|failure|lack|formation|inability|"
    r"condition|disorder|disease|state|branch|type|form|kind) (?:of|in|where|that|by)\b",
    re.IGNORECASE,
)
_SORT = re.compile(
    r"[^。；？！\n]{3,60}的(?:学科|科学|现象|过程|行为|活动|方法|技术|能力|物质|结构|系统|软件|程序|语言|协议|算法|模型|机制|"
    r"状态|关系|规则|集合|序列|图形|函数|变量|器官|细胞|组织|疾病|反应|制度|思想|理论|学说|时期|比例|总和|单位|工具|设备|装置|人|事物|东西)[。；]?"
)
"""Chinese definitions name the sort of thing last."""
_ABOUT_ANOTHER = re.compile(
    r"(?:the|any)\s(?:(?!(?:that|which|who|whose|where|when)\b)[\w'-]+,?\s){1,14}?"
    r"(?:is|are|was|were|has|have)\b",
    re.IGNORECASE,
)
"""A whole sentence about something else ("The prompt of a shell is…"), no phrase that says what a title means."""
_APART_ZH = re.compile(r"[：:、,，/与和及\s]+|的")
_APART_EN = re.compile(r"\s+(?:and|or|vs\.?|&)\s+|\s*[:,/]\s*")
_NUMBER = re.compile(r"^\d{1,3}[.、)）]\s*")
_STRICT = re.compile(
    r"[\s*_`]*(?:[（(][^（()）\n]{0,60}[)）])?[\s*_`，,]*(?:(?:就|也就)是(?!说)|是指|指的是|指(?!标|数|令|针|出|定)|(?<![立随当迅])即(?![使便将可时刻])|是一[种个类项门组套]|"
    r"(?:is|are) (?:an?|the (?:[a-z]+ )?(?:process|ability|inability|study|set|number|amount|act|use|part|state|loss"
    r"|measure|tendency|location|rate|ratio|sum|belief|practice))\b|"
    r"(?:means|refers? to|denotes)\b)",
    re.IGNORECASE,
)
"""How a definition goes on from its term."""
_APPOSED = re.compile(
    r"[*_]*(?:\s*\([^()\n]{0,40}\))?,\s+(?:or\s+|i\.e\.,?\s+|that is,?\s+|meaning\s+|which (?:is|are)\s+)?"
)
"""What stands between a name and what is said of it in passing."""
_STATES = re.compile(
    r"[」”\"'’]?\s*(?:[（(][^（()）\n]{0,60}[)）])?\s*(?:[，,]?(?:就?是指(?![示向标数令针导])|指的是)|とは[、，].*(?:こと|もの|である|です)"
    r"|(?:is|are) defined as\b|refers? to\b|(?:[-–—] )?это (?!не\b))"
)
_CONTRASTED = re.compile(
    r"[；;]\s*(?:\*\*)?(?P<name>[\u4e00-\u9fff]{2,12}?)(?:\*\*)?(?P<said>(?:则|是|指|就)(?!不|否)[^；;。]{4,}[。；;]?)"
)
_POINTS_BACK = re.compile(
    r"[这那该此其它]|^(?:[当若则但而且故使让]|如果|因此|所以|由于|虽然|一般|通常|有些|任何|形成|产生)"
)
"""What goes on with the clause before it, and is no name."""
_BEFORE_NAME = 6
"""Letters before the name in a sentence that says what it means: an article, a quotation mark."""
_LINK = re.compile(
    r"(?:其中|而|此外|另外|同时|首先|其次|最后|所以|因此|也就是说|换句话说)[，,]?\s*"
    r"|(?:and|while|whereas|but|also|so|thus|hence|therefore|in contrast|finally|however|here),?\s+(?=\S)",
    re.IGNORECASE,
)
"""What joins a sentence to the one before it."""
_NO_SUBJECT = re.compile(
    r"Q\d|第[一二三四五六七八九十\d]+[个個]|[也就都]$|e\.?g\b|i\.?e\b|(?:我|大家)(?:觉得|认为)|[我你]的(?:问题|想法|理解|看法|感觉|疑问|答案|总结|体会|观点|意思|猜测)"
    r"|my (?:questions?|ideas?|guess|understanding|problem|opinion|point)\b"
    r"|为什么|什么|怎么|如何|哪|(?:now|then|so|thus|this|these|those|that|it|they|he|she|we|you|i)\b|要么|无论|不管|不论|虽然|尽管|如果|假如|因为|由于|因而|对于|关于|根据|按照|通过|为了|除了|[从在当与使让把被若].{5}"
    r"|(?:if|when|because|although|though|since|unless|for|in|on|at|by|with|from|as|to|not|what|how|why|there)\s"
    r"|(?:his|her|their|our|your)\s|(?:phrase|term|word|expression)$"
    r"|(?:ils?|elles?|on|ce|cela|ça|das|dies|es|er|sie|wir|man|(?:die )?meisten|viele|ela|ele|isto|isso|esto|eso"
    r"|questo|ciò|lei|lui|это|он[аои]?|вчера|сегодня|их)$",
    re.IGNORECASE,
)
"""Words that open a clause and no name."""
_ADVERB = re.compile(
    r"(?:本来|原本|一般|通常|主要|往往|常常|经常|其实|实际上?|本质上|可[以能]|大多|必须|应[该当]|总|恰恰|正好|[常均都也就只仅单便还又更才]|(?<![规法原准细守])则)+(?:用来|用于)?$|\s+(?:also|usually|often|generally)$"
)
"""What may stand between a subject and its verb."""
_SYMBOL = re.compile(r"[A-Za-z][\w+/ -]*", re.ASCII)
"""What a 为 may define: SN1为单分子反应."""
_FIELD = re.compile(r"(?<=.{2})在[^，。；在]{2,12}(?:中|里|上|领域|方面)$")
"""The field that a definition is of, between subject and verb: 人格在心理学中指…."""
_JOINS = re.compile(r"[与和及]$")
_DENIED = re.compile(r"(?:不|没有?|并非)$|\b(?:not|never)$")
_UNFINISHED = re.compile(r"\b(?:that|which|who|whom|whose|and|or|of|the|an?|to|in|for|with)$", re.IGNORECASE)
"""What no name ends in."""
_OPENING = re.compile(
    r"[「“\"']?(?:[Aa]n? |[Tt]he |所谓的?\s?[「“]?)?(\S[^，。,.:：;；\n]{0,44}?)[」”\"']?"
    r"(?=\s*(?:[（(][^（()）\n]{0,60}[)）])?\s*(?:[，,]?就?是指|[，,]?指的是|とは[、，]|就?是(?![否不很非可因]|为了)(?:\s(?=[A-Za-z]))?\S{2,}|[，,]\s?(?:就是\S{2,}|(?:它|其|这)就?(?:是|指|用来|用于|表示)\S{2,})"
    r"|指(?!标|数|令|针|导|出|向|定)|(?<![立随当迅])即(?![使便将可时刻])|表示\S{2,}|(?<=[A-Za-z0-9])为(?![主例准基核中常数了什何\d])\S{2,}|用(?:来|于)(?:描述|表示|衡量|计算|存储|判断)|，?(?:简写为|又称|亦称|也称|简称))"
    r"|\s*(?:\([^()\n]{0,60}\))?\s*\b(?:(?:is|are|was|were) (?:an?|the|when|where|any|defined|made up|composed|"
    r"called|known|(?:[a-z-]+ ){1,3}(?:of|that|which|where|when|between|used|by)|[a-z]+ing (?:the|an?)"
    r"|used (?:to|for|when|as))\b"
    r"|(?:is|are) (?=[`$])|allows? (?:to|for|you)\b|(?:occurs?|happens?) when\b"
    r"|(?:ist|sind) (?:eine?|der|die|das)\b|bezeichnet\b|sind [A-ZÄÖÜ]\w+,? (?:die|der|das|mit|aus|zur?|für|ohne|von)\b"
    r"|(?:est|sont|es|son(?! (?:is|was|has|had)\b)|é|são|è|sono) (?:\w+ ){1,2}"
    r"(?:que|qui|che|de|di|d['’]|dont|para|pour|per|con|com|avec)\b"
    r"|(?:[-–—] )?это (?!не\b)\S"
    r"|(?:est|sont) (?:une?|les?|la|des)\b|désigne\b"
    r"|(?:es|son|é|são|è|sono) (?:une?|una?|uma?|el|la|los|las|os?|as?|il|lo|gli?)\b|pode ser definid[oa]|se define\b"
    r"|(?:means|refers to|denotes|stands for|describes|consists? of|measures|comprises)\b))"
)

_VERBS = (
    "is are was were has have ensures? controls? adds? gives? provides? stores? allows? uses? "
    "contains? converts? prevents? protects? maps? defines? specif(?:y|ies) represents? manages? "
    "handles? determines? shows? produces? removes? creates? reduces? increases? connects? helps? "
    "lets? makes? takes? returns? holds? covers? requires? deals? involves? focuses emphasi[sz]es? "
    "supports? enables? carr(?:y|ies) transports? causes? releases? absorbs? regulates? stimulates? inhibits? "
    "secretes? separates? founded invented discovered wrote"
).replace(" ", "|")
_SAYS = re.compile(
    rf"(?:The |An? |the |an? )?(?P<en>[A-Za-z0-9][\w'’/+#.-]*(?: [\w'’/+#-]+){{0,3}})(?: ?\([^()\n]{{1,40}}\))?"
    rf"(?: (?:just|also|usually|often|mainly|simply|only|generally))? (?:{_VERBS})\b"
    rf"|(?P<zh>[^\s，。；：:、（）()“”]{{2,14}}?)(?:[（(][^（()）\n]{{1,40}}[)）])?"
    r"\s?(?:主要|通常|一般|往往|都|也|则|就)?(?:可以|能够?(?!力|量)|会(?!议|计|员)|具有|通过|负责|采用|属于|位于|适用于|相当于|反映|包含|包括|把|将|使|让|由|可?用(?:来|于)|意味着)"
)
"""How a sentence begins that says something of its subject, though it may be no definition."""

_ENDED = r"(?<=[。；])|(?<=[.;] )(?<![A-Z]\. )(?<!\.\w\. )(?=(?:\*\*|__)?[A-Z])"
SENTENCES = re.compile(_ENDED)
_CLAUSES = re.compile(rf"{_ENDED}|[，,]\s*(?=而|其中|(?:and|while|whereas|but) [A-Za-z])")
_SAYS_IT = re.compile(r"\s*[，,]?(?:就?是指|指的是|とは[、，])")
"""Verbs after which even a label is what is defined: 时间是指…."""
_NEGATED = "不没"
"""How a clause begins, and before such a verb a name: 不作为犯是指…."""


def subject(text: str) -> str:
    """The subject of a sentence that reads like a definition; empty when it is none."""
    shown = plain(text[:240]).replace("==", "").lstrip("「“\"'*_ ")
    read = simplified(shown)
    if joined := _LINK.match(read):
        shown = shown[joined.end() :].lstrip("「“\"'*_ ")
        read = read[-len(shown) :] if shown else ""
    if meant := understood(shown):
        return meant if may_be_term(meant, bold=False) and not is_label(meant) else ""
    found = _OPENING.match(read)
    if not found or _NO_SUBJECT.match(found[1].strip()):
        return ""
    whole = _NUMBER.sub("", shown[found.start(1) : found.end(1)].strip())
    name = _ADVERB.sub("", whole).strip()
    if not name or _JOINS.search(name):
        name = whole  # 可能 is what is defined, or one of two
    if read.startswith("为", found.end(1)) and not _SYMBOL.fullmatch(name):
        return ""
    name = name[: field.start()] if (field := _FIELD.search(simplified(name))) else name
    if (
        _DENIED.search(simplified(name))
        or _UNFINISHED.search(name)
        or any(name.count(one) != name.count(other) for one, other in ("（）", "()"))
    ):
        return ""
    name = without_article(name, read[found.end(1) :])
    term = split_term(name)[0]
    bold = f"**{name}**" in text[:120]
    limit = 16 if CJK_LETTER.search(term) else 60 if bold else 44
    said = _SAYS_IT.match(read, found.end(1)) is not None
    sure = bold or len(term) == 1 or (said and term[0] in _NEGATED)
    if (
        len(term) > limit
        or not may_be_term(term, bold=sure)
        or (is_label(term) and not bold and not said)
        or len(term.split()) > (8 if bold else 6)
    ):
        return ""
    rest = shown[found.end(1) :].lstrip("」”\"'")
    bracket = re.match(r"\s*([（(][^（()）\n]{0,60}[)）])", rest)
    return name + (bracket.group(1) if bracket else "")


def said_of(text: str) -> str:
    """What a sentence says something of, where that may be a term: "飞轮可以储存动能"; empty where it is none."""
    shown = plain(text[:160]).replace("==", "").lstrip("「“\"'*_ ")
    found = _SAYS.match(simplified(shown))
    if not found:
        return ""
    name = shown[slice(*found.span(found.lastgroup or 0))].strip()
    if (
        _NO_SUBJECT.match(name)
        or _UNFINISHED.search(name)
        or _DENIED.search(simplified(name))
        or is_label(name)
    ):
        return ""
    return name if len(name) > 1 and may_be_term(name, bold=False) else ""


def said_within(text: str) -> Iterator[tuple[str, str]]:
    """The names that the sentences and clauses after the first define, each with its sentence."""
    starts = [0, *(found.end() for found in _CLAUSES.finditer(text))][:16]
    named = {at: name for at in starts[1:] if (name := subject(text[at:]))}
    # Each goes on to the end of its sentence, or to the next clause that defines something.
    ends = {found.end(): found.start() for found in SENTENCES.finditer(text)} | dict.fromkeys(named)
    for at, name in named.items():
        end = next((end for end in sorted(ends) if end > at), len(text))
        yield name, text[at : ends.get(end) or end].rstrip(" ，,")


_NEXT_ENTRY = re.compile(r"(?:\*\*|__)?([A-Z][a-z]+(?: [a-z]+){0,3})(?:\*\*|__)?:[ \t]+\S")
"""A name with a colon at the head of a later sentence."""


def next_defined(text: str, name: str) -> int:
    """Where a later sentence of a text about a name defines another one, or has an entry for one that shares a word
    with it; the length of the text where none does."""
    for found in SENTENCES.finditer(text):
        rest = text[found.end() :]
        shown = plain(rest[:240])
        other, entry = subject(rest), _NEXT_ENTRY.match(rest)
        at = shown.find(other) if other else -1
        strict = 0 <= at <= _BEFORE_NAME and is_strict("", shown[at + len(other) :])
        beside = entry and _words(entry[1]) & _words(name) and key(entry[1]) != key(name)
        if (strict and key(other) not in key(name)) or beside:
            return found.start()
    return len(text)


def contrasted(text: str, name: str) -> re.Match[str] | None:
    """The clause of a Chinese text about a name that says what one like it is: …；倒摄抑制则相反，是…."""
    alike = (
        one for one in _CONTRASTED.finditer(text) if one["name"][-2:] == name[-2:] and one["name"] not in name
    )
    return next((one for one in alike if not _POINTS_BACK.search(one["name"])), None)


def _words(name: str) -> set[str]:
    """The longer words of a name: floor and ceiling are both of a price."""
    return {word for word in fold(plain(name)).split() if len(word) > 3}


def subject_of(front: str, text: str) -> str:
    """The part of a title that a text opens by defining, or an empty string."""
    if not _ANY_IS.search(text, 0, _OPENED):
        return ""
    term, names = split_term(front)
    text = text.lstrip("「“\"'*_ ")
    article = _ARTICLE.match(text)
    for start in [text, text[article.end() :]] if article else [text]:
        for name in sorted({term, front, *names, *_shorter(term)}, key=len, reverse=True):
            if len(name) < 2 or fold(start[:1]) != fold(name[0]) or fold(start[: len(name)]) != fold(name):
                continue
            rest = start[len(name) :].lstrip("」”\"'*_")
            plural = re.match(r"(?:e?s)\b", rest)
            rest = rest[plural.end() :] if plural and not CJK_LETTER.search(name) else rest
            if rest[:1].isascii() and rest[:1].isalnum() and name[-1].isascii():
                continue
            if ZH_IS.match(simplified(rest)) or EN_IS.match(rest):
                return name if name in (term, front) or name in names else start[: len(name)].strip()
    return ""


def _shorter(term: str) -> list[str]:
    """Parts of a title that may be what its text is about: "Transformer 架构", "RAG 与 Agent"."""
    parts = [
        part for part in (_APART_ZH if CJK_LETTER.search(term) else _APART_EN).split(term) if len(part) >= 2
    ]
    found = [part for part in parts if part != term and not is_label(part)]
    if CJK_LETTER.search(term):
        found += [term[:end].strip() for end in range(2, min(len(term), 12))]
    elif len(term.split()) > 1:
        words = term.split()
        found += [" ".join(words[:-1])] if len(words) <= 4 else []
        found += [" ".join(words[1:])] if len(words) <= 4 else []
    return found


def longer(front: str, text: str) -> str:
    """The name that a text opens by defining, when a title is only its beginning: "Ohm's" over "Ohm's law is…"."""
    shown = plain(bold_tags(text)[:160]).lstrip("「“\"'*_ ")
    if fold(shown[: len(front)]).replace("’", "'") != fold(front).replace("’", "'"):
        return ""
    found = _OPENING.match(shown)
    name = found.group(1).strip() if found else ""
    return name if len(front) < len(name) <= len(front) + 30 and may_be_term(name, bold=True) else ""


def says_what(text: str) -> bool:
    """Whether a text after a colon says what a thing is: it opens as a definition, or ends in the sort of thing."""
    return defines(text) or bool(_SORT.fullmatch(simplified(text)))


def of_another(front: str, text: str) -> bool:
    """Whether a text is a sentence about something else than its title, which it does not name."""
    return bool(_ABOUT_ANOTHER.match(text)) and key(front) not in key(text)


def is_strict(front: str, text: str) -> bool:
    """Whether a text goes on from a front as definitions do: X is a…, X means…, X 即…."""
    return bool(_STRICT.match(simplified(text.removeprefix(front))))


def apposed(front: str, text: str) -> bool:
    """Whether a sentence says behind a name what it is: … the **engram**, the physical location of memory, …."""
    at = text.find(front)
    comma = _APPOSED.match(text, at + len(front)) if at >= 0 else None
    return comma is not None and bool(DEFINES_EN.match(text, comma.end()))


def states(front: str, text: str) -> bool:
    """Whether a sentence says outright what a name means: X 是指…, X is defined as…, X とは、…."""
    at = text.find(front, 0, len(front) + _BEFORE_NAME)
    return at >= 0 and bool(_STATES.match(simplified(text[at + len(front) :])))


def defines(text: str, front: str = "") -> bool:
    """Whether a text opens as a definition does, without naming what it defines, or in a sentence about the front."""
    if DEFINES_ZH.match(simplified(text)):
        return True
    if not DEFINES_EN.match(text):
        return False
    return not _ABOUT_ANOTHER.match(text) or bool(front and key(front) in key(text))


def bracketed(front: str) -> bool:
    """Whether a title has another name in brackets."""
    return bool(brackets(front)) and bool(split_term(front)[1])
