"""Points that count up several things: each thing is a point of its own."""

import re
from collections.abc import Sequence

from studyllm.grading.points import INSIDE, is_extra
from studyllm.grading.spelling import seen
from studyllm.text import CJK, fold, key, language

_LEAST = 3
"""Things of a list: of two, a comma often tells more of the first; behind a label 、 parts two as well."""
_MOST = 14
"""Points of a card, once its lists are taken apart: more are read as they were written."""
_LABEL = re.compile(r"^\s*[^：:，,；;。、]{1,24}[：:](?!//)\s*(?=\S)")
_CHINESE = (re.compile(rf"[；;]{INSIDE}"), re.compile(rf"、{INSIDE}"), re.compile(rf"[，,；;]{INSIDE}"))
_LATIN = (
    re.compile(rf";\s+{INSIDE}"),
    re.compile(rf",\s+{INSIDE}"),
    re.compile(rf"(?<!\s)\s+[+&]\s+{INSIDE}"),
)
"""Ways to set things apart, the stronger ones first."""
_RUN = re.compile(rf"(?:[{CJK}\w-]{{1,8}}、){{2,}}[{CJK}\w-]{{1,8}}(?![{CJK}\w、])")
"""A list in a sentence or in brackets: 五口通商（广州、厦门、福州、宁波、上海）."""
_PHRASE = (4, 8)
"""Chinese letters of a thing behind a comma: shorter ones are as often other words for one meaning."""
_NAME, _CLAUSE_OF_ITS_OWN = 12, 24
"""Chinese letters of a thing behind 、, and behind ；."""
_FEW_WORDS, _MANY_WORDS, _MANY = (4, 32), (6, 44), 4
"""Words and letters of a thing in Latin letters, where there are three and where there are more."""
_OPEN = re.compile(
    r"等|…|\.\.\.|\betc\b|\b(?:e\.?g|usw|ecc)\.|例如|比如|^如|\bsuch as\b|\blike\b|\bs(?:b|th)\b", re.I
)
"""A list that goes on, of which some is as good as all; and the words of a dictionary."""
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
_OPENED, _CLOSED = re.compile("[（(]"), re.compile("[)）]")
_SIGN = re.compile("[，,；;：:→。]")
_TRIM = " \t.。,，;；、"


def apart(asked: str, points: Sequence[str]) -> tuple[str, ...]:
    """Points of a note with the things that one of them counts up as points of their own, the label before each of
    them. Extras, lists that go on, and more things than an answer is asked for stay as they are."""
    found = tuple(part for point in points for part in (things(asked, point) or (point,)))
    return found if len(found) <= _MOST else tuple(points)


def things_of(point: str) -> tuple[str, ...]:
    """The things that a point counts up, without their label; else those of a list that stands in it, or itself."""
    label = _LABEL.match(point)
    if found := _things(point):
        return tuple(thing[label.end() :] for thing in found) if label else found
    runs = [] if _OPEN.search(point) else _RUN.findall(point)
    return tuple(thing for run in runs for thing in run.split("、")) or (point,)


def things(asked: str, point: str) -> tuple[str, ...]:
    """The short things that a point counts up, three or more, and is no more than, each behind its label; nothing for
    any other point, and for other words for the one that is asked about."""
    found = _things(point)
    return () if found and not _LABEL.match(point) and _is_gloss(asked, found) else found


def _things(point: str) -> tuple[str, ...]:
    text = point.strip().rstrip(_TRIM)
    if len(_OPENED.findall(text)) != len(_CLOSED.findall(text)):
        return ()
    label = _LABEL.match(text)
    head, body = (label[0], text[label.end() :]) if label else ("", text)
    if is_extra(point) or _OPEN.search(body) or _FORMULA.search(body):
        return ()
    chinese = language(body) == "zh" or "、" in body
    for sign in _CHINESE if chinese else _LATIN:
        parts = [part.strip(_TRIM) for part in sign.split(_INCLUDES.sub("", body))]
        if sign is _CHINESE[1] and len(parts) > 1:
            parts[-1:] = _JOINT.split(parts[-1])
        if len(parts) >= (_LEAST if sign is not _CHINESE[1] or not head else 2):
            if head and any(map(_LABEL.match, parts)):
                return ()
            short = _are_phrases(parts, sign) if chinese else _are_names(parts, sign)
            distinct = tuple(dict.fromkeys(_BEFORE.sub("", part) for part in parts))
            return tuple(head + part for part in distinct) if short and len(distinct) > 1 else ()
    return ()


def _are_phrases(parts: Sequence[str], sign: re.Pattern[str]) -> bool:
    """Whether these are short things in Chinese, set apart by a sign, and not the clauses of a sentence."""
    least, most = (
        _PHRASE if sign is _CHINESE[-1] else (1, _CLAUSE_OF_ITS_OWN if sign is _CHINESE[0] else _NAME)
    )
    if any(not least <= len(key(part)) <= most or _FRAME.match(part) for part in parts):
        return False
    inside = sign is _CHINESE[1] and any(map(_SIGN.search, parts))
    return not inside and not ("的" in parts[-1] and "的" not in parts[0])


def _are_names(parts: Sequence[str], sign: re.Pattern[str]) -> bool:
    """Whether these are short things in Latin letters; many of them may be longer ones."""
    words, letters = _MANY_WORDS if len(parts) >= _MANY else _FEW_WORDS
    if any(len(part.split()) > words or not 1 < len(key(part)) <= letters for part in parts):
        return False
    if sign is _LATIN[-1] and any(map(_REACTION.search, parts)):
        return False
    if _OR.match(parts[-1]):
        return False  # each of them will do
    parts = [_BEFORE.sub("", part) for part in parts]
    clauses = any(_CLAUSE.match(part) or _SENTENCES.search(part) for part in parts)
    return not clauses and not (_ARTICLE.match(parts[0]) and not _ARTICLE.match(parts[1]))


def _is_gloss(asked: str, parts: Sequence[str]) -> bool:
    """Whether these may be other words for the one that is asked about."""
    words = [word for part in parts for word in fold(part).split()]
    if language(parts[0]) == "zh":
        return False
    one = (len(asked.split()) == 1 and not asked.isupper()) or "," in asked
    return one and all(seen(f"={word}") for word in words)
