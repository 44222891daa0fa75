"""Numbers with their units and ranges, in plain text; and which numbers are none of a text's values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from studyllm.grading.values.marks import WINDOW, Quantity, marked, signed
from studyllm.grading.values.numerals import EN_NUMERAL, ZH_NUMERAL, Number, number_at
from studyllm.grading.values.rates import for_each, of_so_much
from studyllm.grading.values.shares import share_at
from studyllm.grading.values.units import Unit, unit_at

_PI = re.compile(r"(?P<times>[0-9.]{0,6}) ?π(?:/(?P<over>[0-9]{1,3}))?(?= ?(?:rad|弧度))", re.A)
_START = re.compile(rf"[0-9]|π|(?<![0-9A-Za-z])\.(?=[0-9])|{ZH_NUMERAL}|半|\b{EN_NUMERAL}", re.I | re.A)
_RUN = re.compile(rf"[0-9]{{1,24}}|{ZH_NUMERAL}{{1,24}}")
_TO = re.compile(r" ?(?:-|~|到|至|to\b|through\b|up to\b) ?\+?第?", re.A)
_AND = re.compile(r" ?(?:and\b|和|与|、) ?", re.A)
_BUT = re.compile(r" ?[,，、]?(?: ?and| ?but)?[并而]?[且但]?是?[也又还]? ?", re.A)
_BETWEEN = re.compile(r"(?:between |介于 ?|在 ?)(?:about |约)?\Z", re.I | re.A)
_MINUS = re.compile(r"-|负|零下|minus ")
_PLUS_MINUS = re.compile(r" ?(?:±|\+/-|plus or minus|give or take|加减|正负|上下浮动|上下) ?")
_AND_THEN = re.compile(r" ?(?:and |零|又)?")
_SMALLER = {
    "day": {"hour": 24.0, "minute": 1440.0}, "hour": {"minute": 60.0, "second": 3600.0}, "minute": {"second": 60.0},
    "year": {"month": 12.0, "day": 365.25}, "degree": {"minute": 60.0},
}  # fmt: skip
"""How many of a smaller unit one has: 1 h 30 min is one value."""
_MORE = re.compile(r" ?[多余]|来(?![自说到回了看])")
"""Something above the number, 100 多年."""
_A_YEAR = 1000
"""From which on a number of years may be one of the calendar."""
_ARTICLE = re.compile(r" (?:of )?an?(?= )")
_COUNTERS = frozenset(
    "任拍个种条块次回遍趟层步人名只根级类项点章节页篇本台张段组部颗粒轮期届代所家座架艘门件份句字词卷场局胎株头套枚幅口阶方行列维面圈端"
)
_CLASSES = frozenset("类级层号型段期档线阶代维")
"""After 二, and not 两, that of the second class, level, period."""
_BEATS_AND_HALF = re.compile("[拍圈步格层页块]半(?!径|导|衰|透|圆|球)")
_LESS = re.compile(r" ?(?:减去?|minus\b|-) ?(?P<less>[0-9]{1,3})(?![0-9.]|[a-z]|\^)", re.I | re.A)
_POWERED = re.compile(r"[0-9]\^[0-9]{1,2}\Z", re.A)
"""What is taken away from a number: 256 减 2, 2^16 - 1."""
_EDITIONS = frozenset("届版代任")
"""After a numeral with 第: of what it is the number."""
_VAGUE = frozenset("几数多好十第")
"""Before a numeral: 几十, 数百, 第三."""
_AROUND = " .。"
_MOST = ("最多", "至多", "顶多", "差不多")
"""After which a numeral is a plain one again: 最多三十."""
_IDIOM = re.compile(
    r"(?<=绝对)零度|十分(?!之|钟|[0-9])|千万(?![个人元吨亿])|百分(?!之)|万一|一一|一二|二分[查法搜图类裂]|三三两两|半[径导衰透音夜途球截]"
    r"|两[者端边侧旁岸极院难全面]|三角|三明治|四边|四肢|四季|四周|四处|五官|七夕|八卦|九州|百姓|百科|千方|二手|二元|二叉"
    r"|二次(?!方|[0-9])|[二三]维(?!度)|(?:二|八|十|十六)进制|[二三四五六七八九十]月"
)
"""Words that begin as a numeral does."""
_IN_FORMULA = re.compile(r" ?[/*·×^] ?(?:\(|[A-Za-zΑ-ω])")
_AFTER_LETTER = re.compile(r"(?:(?<![A-Za-z])[A-Za-z]|\)) ?[-+/*^] ?\Z")
"""A number in a formula, k - 1 or 1/(k + r), is no value."""
_BOUND = re.compile(
    r"\b(?:within|max(?:imum)?(?: of)?|min(?:imum)?(?: of)?|at (?:most|least)|under|over|(?:less|more) than|up to"
    r"|about|only|just|exactly|every|each) \Z",
    re.I | re.A,
)
"""Before a number that is one even where it is one."""
_NOT_HALF = re.compile(r"half[- ]?li(?:fe|ves)|half-", re.I | re.A)
_OFTEN = frozenset(("minute", "second", "day", "fold", "bit", "degree", "pair", "meter"))
"""Units with which "one" and 一 are mostly words of another sense: one day, one time, 一分, 一位, 一对."""


def quantities(text: str, taken: bytearray) -> Iterator[Quantity]:
    """Every number that does not stand in a stretch that is taken already; not under 5 and not over 8 is a range."""
    held: Quantity | None = None
    for found in _quantities(text, taken):
        if held and (bounded := _bounded(text, held, found)):
            held, found = None, bounded
        if held:
            yield held
        held = found
    if held:
        yield held


def _bounded(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """The range that a least and a most number bound, where nothing but an "and" stands between."""
    bounds = (
        low.relation in ("≥", ">")
        and high.relation in ("≤", "<")
        and low.low == low.high < high.high == high.low
    )
    if not bounds or low.unit not in ("", high.unit) or not _BUT.fullmatch(text, low.end, high.start):
        return None
    return replace(
        low, end=high.end, high=high.high, step=min(low.step, high.step), unit=high.unit, relation=""
    )


def _quantities(text: str, taken: bytearray) -> Iterator[Quantity]:
    """The same, each number by itself."""
    at = 0
    while found := _START.search(text, at):
        at = found.start()
        if taken[at] or _inside(text, at):
            at += 1
        elif read := _quantity(text, at, taken):
            yield read
            at = max(read.end, at + 1)
        else:
            run = _RUN.match(text, at)
            at = run.end() if run else found.end()


def _inside(text: str, at: int) -> bool:
    """Whether a digit stands inside a word, a number or a power."""
    before = text[max(0, at - 1) : at]
    if not before or text[at] > "9":
        return False
    within = before < "\u2e80" and (before.isalnum() or before in "_^\\#")
    return within or (before == "." and text[max(0, at - 2) : at - 1].isalnum())


def _quantity(text: str, at: int, taken: bytearray) -> Quantity | None:
    """The number at a place with everything that belongs to it."""
    number = _number(text, at)
    if not number or any(taken[at : number.end]):
        return None
    if (share := share_at(text, at, number)) and not any(taken[at : share.end]):
        return marked(text, share)
    unit = _unit(text, number)
    if not _counts(text, at, number, unit):
        return None
    end, name = (unit.end, unit.name) if unit else (number.end, "")
    if unit and (over := of_so_much(text, number, unit)):
        number, unit = over
        end, name = unit.end, unit.name
    more = _MORE.match(text, number.end)
    about = more is not None
    if about and not (unit and unit.name == "year" and number.value >= _A_YEAR):
        number = _and_more(number)
    if not name and (less := _less(text, at, number)):
        number, end = less, less.end
        if unit := _unit(text, number):
            end, name = unit.end, unit.name
    name = for_each(text[max(0, at - WINDOW) : at], name)
    made = Quantity(at, end, number.value, number.value, number.step, name, about=about, large=number.large)
    made = signed(text, _with_smaller(text, _half_more(text, number, made)))
    return marked(text, _spread(text, made) or _range(text, made, taken) or made)


def _and_more(number: Number) -> Number:
    """A number with something above it, in the middle of what it may be: 5400 多 is some 5445, and not 5500."""
    if number.step < 1 or number.value < 10 * number.step:
        return number
    return replace(number, value=number.value + 0.45 * number.step)


def _less(text: str, at: int, number: Number) -> Number | None:
    """A number with what is taken away from it."""
    less = _LESS.match(text, number.end)
    if not less or ("-" in less[0] and not _POWERED.search(text[at : number.end])):
        return None
    return replace(number, value=number.value - float(less["less"]), step=1.0, end=less.end())


def _number(text: str, at: int) -> Number | None:
    """The number at a place; 半 and 一半 are a half, the 半 of 两年半 is left to `_half_more`."""
    if found := _PI.match(text, at):
        value = math.pi * float(found["times"].strip(".") or 1) / float(found["over"] or 1)
        return Number(value, 0.0, found.end()) if value else None
    if text[at] == "π":
        return None
    if text.startswith("一半", at):
        return Number(0.5, 0.0, at + 2)
    if text[at] == "半":
        return Number(0.5, 0.0, at + 1) if not _IDIOM.match(text, at) and unit_at(text, at + 1) else None
    return number_at(text, at)


def _unit(text: str, number: Number) -> Unit | None:
    """The unit after a number."""
    end = number.end
    if number.unit:
        return Unit(number.unit, end)
    if number.word and text.startswith("个半", end):
        return unit_at(text, end + 2)
    if number.word.endswith(("half", "quarter", "quarters", "third", "thirds")) and (
        article := _ARTICLE.match(text, end)
    ):
        end = article.end()
    if number.word.isascii() and number.word and text[end : end + 1] not in (" ", "-"):
        return None
    return unit_at(text, more.end() if (more := _MORE.match(text, end)) else end)


def _half_more(text: str, number: Number, made: Quantity) -> Quantity:
    """一个半小时, 两年半: a half more than the number."""
    if not number.word or number.word.isascii():
        return made
    if not made.unit:
        counted = _BEATS_AND_HALF.match(text, number.end)
        return _and_half(made, counted.end()) if counted else made
    end = made.end
    if not text.startswith("个半", number.end):
        if not text.startswith("半", end) or _IDIOM.match(text, end):
            return made
        end += 1
    return _and_half(made, end)


def _and_half(made: Quantity, end: int) -> Quantity:
    """A half more than the number, up to a place."""
    return replace(made, low=made.low + 0.5, high=made.high + 0.5, step=0.0, end=end)


def _with_smaller(text: str, made: Quantity) -> Quantity:
    """23 小时 56 分, 1 h 30 min: one span of time."""
    while made.unit in _SMALLER and (join := _AND_THEN.match(text, made.end)):
        number = number_at(text, join.end()) if _START.match(text, join.end()) else None
        unit = unit_at(text, number.end) if number else None
        parts = _SMALLER[made.unit].get(unit.name, 0.0) if unit else 0.0
        if not number or not unit or not parts:
            break
        more = number.value / parts
        made = replace(
            made, end=unit.end, low=made.low + more, high=made.high + more, step=number.step / parts
        )
    return made


def _spread(text: str, made: Quantity) -> Quantity | None:
    """7±2."""
    sign = _PLUS_MINUS.match(text, made.end)
    number = number_at(text, sign.end()) if sign and sign.end() < len(text) else None
    if not number:
        return None
    unit = unit_at(text, number.end)
    end, name = (unit.end, unit.name) if unit else (number.end, made.unit)
    return replace(made, end=end, low=made.low - number.value, high=made.high + number.value, unit=name)


def _range(text: str, made: Quantity, taken: bytearray) -> Quantity | None:
    """3-5 mg, 3 到 5, between three and five."""
    join = _TO.match(text, made.end)
    if not join and _BETWEEN.search(text[max(0, made.start - WINDOW) : made.start]):
        join = _AND.match(text, made.end)
    if not join or text.endswith("and ", 0, made.start):
        return None
    minus = _MINUS.match(text, join.end()) if join[0].strip() != "-" else None
    at = minus.end() if minus else join.end()
    number = number_at(text, at) if _START.match(text, at) and not taken[at] else None
    if not number:
        return None
    number = _less(text, at, number) or number
    unit, after = _unit(text, number), text[number.end : number.end + 1]
    if (after.isascii() and after.isalpha() and not unit) or (made.unit and unit and made.unit != unit.name):
        return None
    high = -number.value if minus else number.value
    short = number.large and not made.large and made.low < 1000 <= high  # 3 到 5 万: 3 stands for 3 万
    if short or not made.low < high:
        return None
    end, name = (unit.end, unit.name) if unit else (number.end, made.unit)
    return replace(made, end=end, high=high, unit=name, step=min(made.step, number.step))


def _counts(text: str, at: int, number: Number, unit: Unit | None) -> bool:
    """Whether it is a value at all, and no part of a word, a name, a formula or a phrase."""
    if not number.word:
        if (not unit and _IN_FORMULA.match(text, number.end)) or _AFTER_LETTER.search(
            text[max(0, at - 5) : at]
        ):
            return False
        after = text[number.end : number.end + 2]
        return (
            unit is not None
            or not (after[:1].isascii() and after[:1].isalpha())
            or after in ("st", "nd", "rd", "th")
        )
    if number.word.isascii():
        return _counts_english(text, at, number, unit)
    return _counts_chinese(text, at, number, unit)


def _counts_english(text: str, at: int, number: Number, unit: Unit | None) -> bool:
    """Whether an English number word is a value: "one" alone, half-life and two-sided are none."""
    if text[max(0, at - 1) : at] in ("-", "'", "’") or _NOT_HALF.match(text, at):
        return False
    joined = _joined(text, number.end)
    if not unit and text[number.end : number.end + 1] == "-" and not joined:
        return False
    bound = unit is not None and _BOUND.search(text[max(0, at - WINDOW) : at])
    return number.word != "one" or joined or bool(bound) or (unit is not None and unit.name not in _OFTEN)


def _counts_chinese(text: str, at: int, number: Number, unit: Unit | None) -> bool:
    """Whether a Chinese numeral is a value: a single one needs a unit or a counter, and 第一, 十分, 几十 are none."""
    before, after = text[max(0, at - 1) : at], text[number.end : number.end + 1]
    if before == "第" and after in _EDITIONS:
        return True
    if (
        (before in _VAGUE and not text.endswith(_MOST, 0, at))
        or after == "几"
        or (after == "来" and not unit and text[number.end + 1 : number.end + 2] not in _COUNTERS)
        or _IDIOM.match(text, at)
    ):
        return False
    if before in ("期", "周", "拜") and not unit:
        return False  # 星期三
    if len(number.word) > 1:
        return True
    if number.word == "二" and after in _CLASSES:
        return False
    if text.strip(_AROUND) == number.word:
        return True
    if number.word == "一" and unit:
        turn = unit.name == "week" and before in ("转", "绕", "圈")
        day = unit.name == "day" and (before in ("约", "为", "是", "需", "用", "超") or after == "昼")
        return day or (not turn and unit.name not in _OFTEN)
    if _BEATS_AND_HALF.match(text, number.end):
        return True
    if number.word in "一百千万亿":
        return False
    return unit is not None or after in _COUNTERS or _joined(text, number.end)


def _joined(text: str, at: int) -> bool:
    """Whether another number follows after "to", "and" or a dash."""
    join = _TO.match(text, at) or _AND.match(text, at)
    return join is not None and _START.match(text, join.end()) is not None
