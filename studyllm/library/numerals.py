"""Roman and Chinese numerals: their values, and which of them count: Type II, 三年; no IV drip, no 六神无主."""

import re
from collections.abc import Callable

_ROMAN = r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
_ROMAN_AFTER = r"(?![^\W\u3040-\u30ff\u3400-\u9fff]|[.-]\w)"
ROMAN_ALONE = re.compile(rf"(?<![A-Za-z0-9_.-])(?=[IVX]{{2}}){_ROMAN}{_ROMAN_AFTER}")
_IN_CHAIN = re.compile(r"(?<![A-Za-z])[IVX]+(?![A-Za-z])")
_CHAIN = rf"{_ROMAN}(?:(?:\s?[-–/,~、和或至到]\s?|,? (?:and|or|to) ){_ROMAN}){{0,8}}{_ROMAN_AFTER}"
_NUMBERED = re.compile(
    r"(?:(?i:\b(?:war|chapter|type|class|stage|phase|grade|factor|part|volume|vol|book|act|scene|article|section|level"
    r"|title|nerve|schedule|group|category|tier|division|model|version|photosystem|complex|unit|figure|fig|table"
    r"|plate|appendix|lesson|lecture|step|degree|theorem|law|axiom|generation|order|period|zone|region|layer|lead|dynasty"
    r"|king|queen|pope|angiotensin|collagen|interferon|polymerase|topoisomerase)s?\.?[ -])"
    rf"|(?:因子|第|阶段|图|表|型|类|卷|章)\s?){_CHAIN}(?! (?:am|have|had|like|need|want|think|would|will|can|was)\b)"
    rf"|(?<![A-Za-z0-9_.-]){_CHAIN}(?=\s?(?:型|期|度|级|类|相|区|代|号|世|章|节|卷|阶段|因子|对))"
)
"""Roman numerals beside a word for what is numbered."""
_SPEAKS = re.compile(r" [a-z]")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}

HAN_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_HAN_PIECE = r"(\d{1,12}(?:\.\d{1,6})?)((?:[百万亿]|千(?![克米瓦焦卡伏赫帕字])){1,2})"
HAN_SCALED, HAN_PIECES = re.compile(rf"(?<!\d)(?<!\d\.)(?:{_HAN_PIECE}){{1,4}}"), re.compile(_HAN_PIECE)
_LONGEST = 30
"""Letters of a Chinese numeral at most; one of hundreds is worth more than can be computed."""
_DIGIT = "零一二三四五六七八九"
_NUMERAL = f"{_DIGIT}两十百千万亿"
HAN = re.compile(
    r"半(?=年|天|日|个|小时|数|倍|分钟|世纪|圈|段)|一半"
    rf"|(?<![统唯同单专划逐万])一(?![般些样定起致直旦切方部同并再律味贯体系类种点{_NUMERAL}])(?!点[{_DIGIT}])"
    rf"|(?!一(?![{_NUMERAL}]|点[{_DIGIT}]))(?<![千百万])[{_NUMERAL}]+(?<!千(?=[克米瓦焦卡伏赫帕字]))(?:点[{_DIGIT}]+)?"
)
HALF = ("半", "一半")
HAN_PART = re.compile(
    rf"([{_NUMERAL}]{{1,12}}|(?<!\d)\d{{1,6}})分之([{_NUMERAL}]{{1,12}}(?:点[{_DIGIT}]{{1,6}})?|\d{{1,9}}(?:\.\d{{1,6}})?)"
    rf"(?:[-–~至到]([{_NUMERAL}]{{1,12}}(?:点[{_DIGIT}]{{1,6}})?)(?!分之|[{_NUMERAL}]))?"
)
"""百分之五, 百分之三到五, 三分之二."""
TENTHS = re.compile(
    rf"(?<![{_NUMERAL}\d.])([二三四五六七八九两]|[1-9])成(?![为分本就立果功员熟长年不品语虫套群双人家因])"
)
_UNIT = re.compile(
    r"\s?(?:年|个?月|日|天|周|个?小时|分钟?|秒|毫秒|微秒|世纪|岁|点(?!心)|时|刻|星期|礼拜|季度|旬|[千厘毫微纳分]?米|公[里斤分顷]"
    r"|英[里尺寸]|海里|[千毫微]?克|斤|吨|磅|[毫微]?升|元|美元|欧元|角钱|分钱|摄氏度|度|倍|[千兆]?[瓦焦卡伏赫帕]|亩|平方|立方"
    r"|[a-z%°])"
)
_CLASSIFIER = re.compile(
    r"\s?(?:[个名位只条头匹棵株朵颗粒根枝支张片块本册部篇幅座栋间层辆艘架台件套双对副组批种类型级期阶代届次回遍趟场顿倍步项款号"
    r"章节页行字句段圈排列列维边道门根滴杯碗瓶勺片枚人侧叶瓣室腔极股环]|轮(?!车|驱)|大?部分|方面|阶段|步骤|元素|要素|要点)"
)
_ORDERS = ("第", "星期", "礼拜", "周")
_SAYING = re.compile(
    rf"[{_NUMERAL}半][^\W\d{_NUMERAL}个年月日周元米尺斤点时章节页][{_NUMERAL}半][^\W\d{_NUMERAL}](?![个年月日天])"
)
"""As in 三头六臂 and 四面八方: no numbers, whatever stands behind them."""
_NAMED = re.compile(r"[两三四五六七八九十](?:叶草|角形?|人称|轮车|字经|门峡|天两)|一次性")


def numbered(text: str, read: Callable[[str, bool], str]) -> str:
    """A text in which the Roman numerals behind or before what they number are read, each with whether it certainly
    counts: a single X may be the name of anything, an I before a word the one who writes."""
    return _NUMBERED.sub(
        lambda found: _of_chain(found[0], _SPEAKS.match(text, found.end()) is not None, read), text
    )


def _of_chain(chain: str, speaks: bool, read: Callable[[str, bool], str]) -> str:
    """What is numbered, with its numerals read: Types I-IV, but not the I of "Item"."""
    numerals = _IN_CHAIN.findall(chain)
    sure = numerals != ["X"] and not (speaks and numerals == ["I"])
    return _IN_CHAIN.sub(lambda one: read(one[0], sure), chain)


def roman(numeral: str) -> int:
    """What a Roman numeral is worth."""
    digits = [_ROMAN_DIGITS[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(digits, (*digits[1:], 0), strict=True))


def han(numeral: str) -> float | None:
    """What a Chinese numeral or plain figures are worth."""
    from studyllm.grading.values.number_words import chinese  # what it stands beside takes long to load

    if numeral[0] in "0123456789":
        return float(numeral)
    return chinese(numeral) if len(numeral) <= _LONGEST else None


def counts(found: re.Match[str]) -> bool:
    """Whether a Chinese numeral certainly counts or orders: before a unit or a measure word, and behind 第; a 一 only
    before a unit, as 一个 is an article more often than a number."""
    text, (start, end) = found.string, found.span()
    if text[max(start - 2, 0) : start].endswith(_ORDERS):
        return True
    if _NAMED.match(text, start) or any(_SAYING.match(text, at) for at in (start, start - 2) if at >= 0):
        return False
    return _UNIT.match(text, end) is not None or (
        found[0] != "一" and _CLASSIFIER.match(text, end) is not None
    )
