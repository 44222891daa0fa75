"""What stands before and after a number in plain text: sign, about, relation, and the word that it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from studyllm.grading.values.units import unit_at

WINDOW = 32
"""Letters before a number that are looked at."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in plain text and what goes with it; see Value."""

    start: int
    end: int
    low: float
    high: float
    step: float
    unit: str = ""
    relation: str = ""
    about: bool = False
    large: bool = False
    name: str = ""


_MINUS = re.compile(
    r"(?:(?<![0-9A-Za-z)\-])-|(?<![0-9A-Za-z)])- |负|零下|\bminus |\bnegative ) ?\Z", re.I | re.A
)
_MINUS_WORD = re.compile(r"(?:负|零下|低于海平面|海平面(?:以下|之下|下)) ?\Z")
_BELOW_ZERO = re.compile(r" ?(?:below|under) (?:zero|(?:mean |the )?sea[ -]level)", re.I | re.A)
_DOWN = re.compile(r" ?(?:down|lower)\b", re.I | re.A)
"""Behind decibels: 3 dB down."""
_HYPHEN = re.compile(r"[碳钾铀钴碘氢锶铯钚镭钋氧氮铅号图表]-\Z")
_ABOUT = re.compile(
    r"(?:约为|约等于|(?<![增加减变])大约是?|大概是?|差不多|接近|将近|约|近|≈|~|\bc\."
    r"|\b(?:a )?(?:bit|little|touch) (?:over|under|above|below|more than|less than)"
    r"|\b(?:just|slightly) (?:over|under)|[略稍][多高大少低小]于|刚刚?[过超]"
    r"|\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|circa)) *\Z",
    re.I | re.A,
)
_ABOUT_AFTER = re.compile(r" ?(?:左右|上下|or so|or thereabouts|more or less|多|余)")
_MAY = "(?:得|能|可|应|会|宜|允许|可以|必)?"
_BEFORE = tuple(
    (sign, re.compile(rf"(?:{chinese}|\b(?:{english})) *\Z", re.I | re.A))
    for sign, chinese, english in (
        ("≠", "≠|不等于|不是零|不为", "not equal to|is not|differs from"),
        (
            "≤",
            rf"≤|(?:不{_MAY}|没有?)(?:超过|大于|多于|高于|长于|晚于|超出)|小于(?:或者?)?等于|至多|最多|顶多|撑死|充其量|最高|上限为?",
            "at (?:the )?most|(?:no|not|not be) (?:more|greater|higher|larger|bigger|later|longer) than|up to"
            "|(?:never|not) (?:be |go |rise )?(?:above|over|beyond)"
            "|a maximum of|maximum|(?:not|never) exceed(?:s|ing)?|less than or equal to|within",
        ),
        (
            "≥",
            rf"≥|不{_MAY}(?:少于|小于|低于|短于|早于)|大于(?:或者?)?等于|达到或者?超过|(?:(?<=[年已须要凡])|(?<![\u4e00-\u9fff]))满了?|(?<=已经)满了?"
            "|至少|最少|最低|起码|少说|下限为?",
            "at (?:the )?least|(?:no|not|not be) (?:less|fewer|lower|younger|shorter) than|a minimum of|minimum"
            "|(?:never|not) (?:be |go |fall |drop )?(?:below|under)|greater than or equal to",
        ),
        (
            "<",
            "<|小于|少于|低于|短于|早于|[不没]到|不足|未满|不满|未达到?|没有?达到|未超过",
            "(?:less|fewer|lower|smaller|shorter|younger) th[ae]n|below|under|beneath",
        ),
        (
            ">",
            ">|大于|超过|多于|高于|长于|晚于|超出",
            "(?:more|greater|higher|larger|bigger|longer|older) th[ae]n|over|above|exceed(?:s|ing)?|beyond",
        ),
        ("=", "=|等于", "equals?(?: to)?"),
    )
)
_BEFORE_OF = tuple(
    (sign, re.compile(rf"(?:{words})[^0-9，。,;；、=]{{1,12}}的 *\Z"))
    for sign, words in (
        ("≤", rf"≤|(?:不{_MAY}|没有?)(?:超过|大于|多于|高于)"),
        ("≥", rf"≥|不{_MAY}(?:少于|小于|低于)"),
    )
)
"""不低于工资的 80 %: what it is a part of between."""
_VERB = (
    r"(?:每[\u4e00-\u9fff]{1,3}?|也?只?[要得能可]?以?"
    r"(?:(?![比大小高低在不没无每约零一二三四五六七八九十百千万两半])[\u4e00-\u9fff]){1,3}) ?\Z"
)
_BEFORE_VERB = tuple(
    (sign, re.compile(f"(?:{words}){_VERB}"))
    for sign, words in (("≤", "至多|最多|顶多|撑死"), ("≥", "至少|最少|起码"))
)
"""至少提前 40 分钟: a verb between."""
_AFTER = tuple(
    (
        sign,
        re.compile(
            rf" ?(?:[人个名件家条次种](?=及?以[上下内])|of (?:the )?[a-z]{{2,12}} (?=or ))?(?:{form})",
            re.I | re.A,
        ),
    )
    for sign, form in (
        ("≥", r"及?以上|或更[多高大长]|起步|\+(?=$|[，。；,.;)]|[\u4e00-\u9fff])"),
        ("≥", r"(?:years )?(?:or|and) (?:more|over|above|older|greater|higher|up|longer)\b"),
        ("≤", r"及?以下|以内|之内|或更[少低小短]|at (?:the )?most\b|max(?:imum)?\b"),
        ("≤", r"(?:years )?(?:or|and) (?:less|fewer|under|below|younger|lower|shorter)\b"),
        ("≥", r"(?:at (?:the )?least|min(?:imum)?)\b"),
    )
)
_FILLER = re.compile(
    r"(?:为|是|达到?|在|有|要|需要?|的|个|它|\b(?:an?|the|is|are|be|of|was|only)|[$¥€£]) *\Z", re.I | re.A
)
_CURRENCY = {"$": "USD", "¥": "CNY", "€": "EUR", "£": "GBP"}
_RATE = re.compile(r"(?:每(秒|小时|分)[钟]?|(时速))[^0-9，。,;；]{0,4}\Z")
_RATES = {"秒": "second", "小时": "hour", "分": "minute", "时速": "hour"}
_TIMES = frozenset(("second", "minute", "hour", "day", "week", "month", "year", "decade", "century"))
"""Units that 每小时 before them makes no rate of."""
_PER = re.compile(
    r"每(?P<many>一?百|100|一)? ?个?"
    r"(?P<of>m[lL]|[lL]|d[lL]|k?g|立方[厘毫]?米|[毫微]?升|千?克|摩尔?|公[斤里顷]|亩|平方[厘分]?米)"
    r"[^0-9，。,;；每]{0,8}\Z"
)
"""What an amount before it is of: 每立方米 2700 千克."""
_WORD = re.compile(r"([A-Za-zΑ-Ωα-ω][A-Za-z0-9_^Α-Ωα-ω-]{0,15}) {0,2}[=:≈<>≤≥≠(]? {0,2}\Z")
_COUNTED = re.compile(r" ?[次回遍趟](?![方幂])")
_TIMES_COUNTED = "次"
"""The name of a number of times, in whatever words."""
_NO_NAME = frozenset(
    """in on at by the about over from since under below above of to and or is are was than least most up with for per
    as an a has have had takes lasts should must be were until between after before within when if then means it
    i""".split()  # noqa: SIM905
)


def signed(text: str, made: Quantity) -> Quantity:
    """The number, negative where a minus stands right before it."""
    before = text[max(0, made.start - WINDOW) : made.start]
    found = _MINUS.search(before)
    if not found or _HYPHEN.search(before):
        return made
    return replace(made, start=made.start - len(found[0]), low=-made.high, high=-made.low)


def marked(text: str, made: Quantity) -> Quantity:
    """The number with what the words before and after it say of it: about, at most, per day."""
    return _followed(text, _preceded(text, made))


def _preceded(text: str, made: Quantity) -> Quantity:
    """With what stands before it: minus, about, a relation and a currency in whatever order, then its name."""
    start = made.start
    for _ in range(5):
        before = text[max(0, start - WINDOW) : start]
        step = _step(before, made)
        if not step:
            break
        found, made = step
        start -= len(found[0])
        if found.re is not _FILLER or found[0].strip() in _CURRENCY:
            made = replace(made, start=start)
    before = text[max(0, start - WINDOW) : start]
    sign = next((sign for sign, pattern in _BEFORE_VERB if pattern.search(before)), "")
    made = _bounded(text, replace(made, relation=made.relation or sign))
    if (
        "/" not in made.unit
        and made.unit not in _TIMES
        and (rate := _RATE.search(text[max(0, made.start - 10) : made.start]))
    ):
        made = replace(made, unit=f"{made.unit or '1'}/{_RATES[rate[1] or rate[2]]}")
    elif "/" not in made.unit and (per := _PER.search(text[max(0, made.start - 18) : made.start])):
        made = _of_each(made, per)
    word = _WORD.search(text[max(0, start - WINDOW) : start])
    name = (
        word[1].lower()
        if word
        else _TIMES_COUNTED
        if not made.unit and _COUNTED.match(text, made.end)
        else ""
    )
    return replace(made, name="" if name in _NO_NAME else name)


def _bounded(text: str, made: Quantity) -> Quantity:
    """With a bound that stands before what it is a part of: 不低于工资的 80 %."""
    beside = text[max(0, made.start - WINDOW) : made.start]
    for sign, pattern in _BEFORE_OF:
        if not made.relation and (found := pattern.search(beside)):
            return replace(made, relation=sign, start=made.start - len(found[0]))
    return made


def _of_each(made: Quantity, per: re.Match[str]) -> Quantity:
    """An amount with what it is of: 每立方米 2700 千克, 每百毫升 80 毫克."""
    of, many = unit_at(per["of"], 0), 100.0 if (per["many"] or "").endswith(("百", "0")) else 1.0
    if not of:
        return made
    return replace(
        made,
        low=made.low / many,
        high=made.high / many,
        step=made.step / many,
        unit=f"{made.unit or '1'}/{of.name}",
    )


def _step(before: str, made: Quantity) -> tuple[re.Match[str], Quantity] | None:
    """The last mark before a number, and the number with it."""
    if made.low > 0 and (found := _MINUS_WORD.search(before)):
        return found, replace(made, low=-made.high, high=-made.low)
    if found := _ABOUT.search(before):
        return found, replace(made, about=True)
    for sign, pattern in _BEFORE:
        if found := pattern.search(before):
            return found, made if made.relation not in ("", "=") else replace(made, relation=sign)
    if found := _FILLER.search(before):
        return found, replace(made, unit=made.unit or _CURRENCY.get(found[0].strip(), ""))
    return None


def _followed(text: str, made: Quantity) -> Quantity:
    """With what stands after it: 左右, below zero, 以上, or more."""
    if found := _ABOUT_AFTER.match(text, made.end):
        made = replace(made, about=True, end=found.end())
    down = _DOWN if made.unit == "decibel" else _BELOW_ZERO
    found = down.match(text, made.end)
    if found and made.low > 0:
        made = replace(made, low=-made.high, high=-made.low, end=found.end())
    for sign, pattern in _AFTER:
        if not made.relation and (found := pattern.match(text, made.end)):
            return replace(made, relation=sign, end=found.end())
    return made
