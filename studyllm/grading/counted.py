"""Points that count up several things: each thing is a point of its own."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from studyllm.grading.points import INSIDE, is_extra
from studyllm.grading.spelling import seen
from studyllm.text import CJK, fold, key, language

_LEAST = 3
"""Things of a list: of two, a comma often tells more of the first; behind a label 、 parts two as well."""
_LONG = 16
"""Letters of a thing that was announced by its number."""
_MOST = 14
"""Points of a card, once its lists are taken apart: more are read as they were written."""
LABEL = re.compile(r"^\s*[^：:，,；;。、]{1,24}[：:](?!//)\s*(?=\S)")
"""What stands before the things of a point, as the head of a column does."""


class _Sign(NamedTuple):
    """What sets things apart in Chinese, and how many letters each of them has."""

    pattern: re.Pattern[str]
    least: int
    most: int
    fewest: int = _LEAST
    names: bool = False
    """Whether it joins names: two will do behind a label, and before the last one 和 may stand."""


_SPACED = re.compile(rf"\s/\s+{INSIDE}")
_MIXED = re.compile(rf"[、，,]{INSIDE}")
"""Signs of a list that has both: 稽留热，弛张热、间歇热，不规则热."""
_CHINESE = (
    _Sign(re.compile(rf"[；;]{INSIDE}"), 1, 24),
    _Sign(re.compile(rf"、{INSIDE}"), 1, 12, names=True),
    _Sign(re.compile(rf"[，,；;]{INSIDE}"), 3, 8, fewest=4),
    _Sign(re.compile(rf"[，,；;]{INSIDE}"), 4, 8),  # shorter ones are as often other words for one meaning
    _Sign(_SPACED, 2, 12),
)
_NUMBER = re.compile(r"(?<![第\d.])(?:\d{1,2}|[三四五六七八九十])(?![\d.年月日世]|st|nd|rd|th)")
_NUMERALS = {numeral: n for n, numeral in enumerate("三四五六七八九十", _LEAST)}
_ANY = re.compile(rf"[、，,；;/|]{INSIDE}")
"""What parts things of which the question says how many there are: 三色 of 红/黄/蓝."""
_HAN = re.compile(f"[{CJK}]")
_BLANKS = re.compile(rf"[{CJK}]{{1,6}}(?:[ \t\u3000]+[{CJK}]{{1,6}}){{2,13}}")
"""Words with nothing but blanks between them: 红 黄 蓝."""
_PLUS = re.compile(rf"(?<!\s)\s+[+&]\s+{INSIDE}")
_LATIN = (re.compile(rf";\s+{INSIDE}"), re.compile(rf",\s+{INSIDE}"), _PLUS, _SPACED)
"""Ways to set things apart, the stronger ones first."""
_RUN = re.compile(rf"(?:[{CJK}\w-]{{1,8}}、){{2,}}[{CJK}\w-]{{1,8}}(?![{CJK}\w、])")
"""A list in a sentence or in brackets: 五口通商（广州、厦门、福州、宁波、上海）."""
_FEW_WORDS, _MANY_WORDS, _MANY = (4, 32), (6, 44), 4
"""Words and letters of a thing in Latin letters, where there are three and where there are more."""
_OPEN = re.compile(
    r"等|…|\.\.\.|\betc\b|\b(?:e\.?g|usw|ecc)\.|例如|比如|^如|\bsuch as\b|\blike\b|\bs(?:b|th)\b", re.I
)
"""Signs of an open list (etc., such as), of which some things are as good as all; and abbreviations of dictionaries."""
_FORMULA = re.compile(r"[$\\{}぀-ヿ\u0400-\u04ff\"“”「」]")
"""What parts of a text by commas are not its things: formulas, quotations, readings."""
_CLAUSE = re.compile(
    r"(?:which|who|whose|that|when|while|where|if|so|but|because|since|as|than|then|thus|also|not|to|by|of|with|without"
    r"|for|from|in|on|at|is|are|was|were|has|have|can|it|they|he|she|we|you|this|these|im|die|der|das|dass|weil|wenn"
    r"|wie|als|aber|qui|que|où|mais|pas|car|e|quindi|che|ma|pero|porque)\b",
    re.I,
)
"""How a clause goes on that is no thing of a list."""
_FRAME = re.compile(
    r"[将把由对为才以并便而则故但也就使让给被从向若其甚否每]|因为|所以|如果|只[要说有]|习惯|支持|具备|当(?!归)|这些|前者|后者"
    r"|.{0,8}(?:包括|包含|可以|随|用作|强调|通过|利用|采用|学到|要求)"
)
"""How a Chinese sentence begins that has a list in it, or its clause."""
_REACTION = re.compile(r"→|⇌|->|\s=\s|(?<!\S)\d*[A-Z][A-Za-z₀-₉\d]*\d\b")
"""What tells that a plus adds up, and does not only join names."""
_SENTENCES = re.compile(r"[;:]\s|\w{3}\.\s")
_ARTICLE = re.compile(r"(?:an?|the)\s", re.I)
_OR = re.compile(r"or\s", re.I)
_BEFORE = re.compile(r"^(?:and|or|&)\s+", re.I)
_INCLUDES = re.compile(r"^(?:主要)?(?:包括|包含|分为|分成)")
_JOINT = re.compile(rf"(?<=[{CJK}]{{2}})[和与及](?=[{CJK}]{{2}})")
_LONGER = 2
"""Letters by which the last of several things is longer than the others where it says something of all of them."""
_PREDICATE = re.compile(
    r"(?:体积|数[量目]|长度|面积|重量|浓度|密度|压力|温度|速度|含量|容积|直径|厚度)[增减变缩扩放加降升][大小多少高低长短强弱快慢宽窄厚薄加]$"
)
_TURNS = re.compile(r"→|⟶|⇒|-->|->|=>|——|：")
_OUTSIDE = re.compile(r"[（(][^（()）]*[)）]")
OPENED, CLOSED = re.compile("[（(]"), re.compile("[)）]")
_SIGN = re.compile("[，,；;：:→。]")
_TRIM = " \t.。,，;；、"


def apart(asked: str, points: Sequence[str]) -> tuple[str, ...]:
    """Points of a note with the things that one of them counts up as points of their own, the label before each of
    them. Extras, lists that go on, and more things than an answer is asked for stay as they are."""
    found = tuple(part for point in points for part in (things(asked, point) or (point,)))
    return found if len(found) <= _MOST else tuple(points)


def things_of(point: str) -> tuple[str, ...]:
    """The things that a point counts up, without their label; else those of a list that stands in it, or itself."""
    label = LABEL.match(point)
    if found := _things(point):
        return tuple(thing[label.end() :] for thing in found) if label else found
    runs = [] if _OPEN.search(point) else _RUN.findall(point)
    return tuple(thing for run in runs for thing in run.split("、")) or (point,)


def things(asked: str, point: str) -> tuple[str, ...]:
    """The short things that a point counts up, three or more, and is no more than, each behind its label; nothing for
    any other point, and for other words for the one that is asked about."""
    if as_many := _as_many(asked, point):
        return as_many
    found = _things(point)
    meanings = _BLANKS.fullmatch(point.strip()) and not _HAN.search(asked) and not asked.isupper()
    return () if found and not LABEL.match(point) and (meanings or _is_gloss(asked, found)) else found


def _as_many(asked: str, point: str) -> tuple[str, ...]:
    """The things of a point of which there are as many as the question says; nothing where there are not."""
    parts = [part.strip(_TRIM) for part in _ANY.split(point.strip().rstrip(_TRIM))]
    things = len(parts) >= _LEAST and all(
        0 < len(key(part)) <= _LONG and not part.isdigit() for part in parts
    )
    if not things or is_extra(point):
        return ()
    numbers = {_NUMERALS.get(said) or int(said) for said in _NUMBER.findall(asked)}
    return tuple(parts) if len(parts) in numbers else ()


def _things(point: str) -> tuple[str, ...]:
    """The things that a point counts up, other words for one meaning among them."""
    text = point.strip().rstrip(_TRIM)
    if len(OPENED.findall(text)) != len(CLOSED.findall(text)):
        return ()
    label = LABEL.match(text)
    head, body = (label[0], text[label.end() :]) if label else ("", text)
    if is_extra(point) or _OPEN.search(body) or _FORMULA.search(body):
        return ()
    body = _INCLUDES.sub("", body)
    chinese = language(body) == "zh" or "、" in body
    found = dict.fromkeys(_phrases(body, labelled=bool(head)) if chinese else _names(body))
    if len(found) < 2 or (head and any(map(LABEL.match, found))):
        return ()
    return tuple(head + thing for thing in found)


def _phrases(body: str, *, labelled: bool) -> list[str]:
    """The short things of a Chinese text, unless they are the clauses of a sentence."""
    if _BLANKS.fullmatch(body):
        return body.split()
    parted = re.search("[；;]", body) is not None
    mixed = [part.strip(_TRIM) for part in _MIXED.split(body)] if "、" in body and not parted else []
    if len(mixed) >= _MANY and all(1 < len(key(part)) <= 8 and not _FRAME.match(part) for part in mixed):
        return [] if one_statement(mixed) else mixed
    for sign in _CHINESE:
        parts = [part.strip(_TRIM) for part in sign.pattern.split(body)]
        if sign.names and parted:
            continue
        if sign.names and len(parts) > 1:
            parts[-1:] = _JOINT.split(parts[-1])
        if len(parts) < (2 if sign.names and labelled else sign.fewest):
            continue
        short = all(sign.least <= len(key(part)) <= sign.most and not _FRAME.match(part) for part in parts)
        inside = sign.names and any(map(_SIGN.search, parts))
        described = "的" in parts[-1] and "的" not in parts[0]
        synonyms = sign.fewest > _LEAST and (
            len({p[:1] for p in parts}) == 1 or len({p[-1:] for p in parts}) == 1
        )
        if short and not (inside or described or synonyms or one_statement(parts)):
            return parts
        if sign.fewest == _LEAST:
            return []
    return []


def one_statement(parts: Sequence[str]) -> bool:
    """Whether parts make one statement: what is said in the last one is said of all (叶、茎、根部体积变小), or an arrow
    between them says what becomes of some (甲药、乙药 → 头痛、面红)."""
    *others, last = (_OUTSIDE.sub("", part) for part in parts)
    arrows = sum(map(bool, map(_TURNS.search, parts)))
    longer = len(last) >= max(map(len, others), default=len(last)) + _LONGER
    return 0 < arrows < len(parts) or (longer and bool(_PREDICATE.search(last)))


def _names(body: str) -> list[str]:
    """The short things of a text in Latin letters; many of them may be longer ones."""
    for sign in _LATIN:
        told = [part.strip(_TRIM) for part in sign.split(body)]
        if len(told) < _LEAST:
            continue
        words, letters = _MANY_WORDS if len(told) >= _MANY else _FEW_WORDS
        short = all(len(part.split()) <= words and 1 < len(key(part)) <= letters for part in told)
        if not short or _OR.match(told[-1]) or (sign is _PLUS and any(map(_REACTION.search, told))):
            return []  # of alternatives each will do; a plus may add up
        parts = [_BEFORE.sub("", part) for part in told]
        clauses = any((" " in part and _CLAUSE.match(part)) or _SENTENCES.search(part) for part in parts)
        sentence = _ARTICLE.match(parts[0]) and not _ARTICLE.match(parts[1])
        return [] if clauses or sentence else parts
    return []


def _is_gloss(asked: str, parts: Sequence[str]) -> bool:
    """Whether these may be other words for the one that is asked about."""
    words = [word for part in parts for word in fold(part).split()]
    if language(parts[0]) == "zh":
        return False
    one = (len(asked.split()) == 1 and not asked.isupper()) or "," in asked
    return one and all(seen(f"={word}") for word in words)
