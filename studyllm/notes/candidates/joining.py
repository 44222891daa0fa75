"""Fronts of two parts: a title with what it belongs to, and the title that the end of a definition gives its list."""

import re

from studyllm.notes.words.inline import prose
from studyllm.notes.words.labels import is_label, is_list_title
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import split_term

_KANA, _HANGUL = re.compile("[\u3040-\u30ff]"), re.compile("[\uac00-\ud7a3]")
_CHINESE = re.compile("[这们个为说时对动词语类变结问间关开门长东车马样让应从给还过进么两习义书题头见买卖无]")
"""Letters of simplified Chinese that Japanese writes otherwise, and words that it has not."""
_NUMBER = re.compile(r"[一二两三四五六七八九十几\d]+(?:大|个|种|类)?(?=\S{2})")
_ZH_VERB = re.compile(
    r"(?:主要|通常|一般|大致|常见的?|大体上?)*(?:可以|可)?(?:被)?(?:包括|包含|分为|分成|有|由|具有|为|是|"
    r"如下|划分为|归纳为|概括为|涉及|涵盖)?"
    r"(?:以下|下列|下面|如下)?(?:这)?(?:[一二两三四五六七八九十几多\d]+(?:大|个|种|类|点|步|部分|道工序|"
    r"方面|阶段|层|条|项|步骤|类型)*)?(?:的)?(?:内容|方面|部分|步骤|几点)?(?:组成|构成)?$"
)
_EN_COUNT = re.compile(
    r"^(?:there are|we have)?\s*(?:(?:the|main|major|key|common|some|several|many|two|three|four|"
    r"five|six|seven|eight|nine|ten|\d+|basic|primary|different|various|most|important)\s+)*",
    re.IGNORECASE,
)
_EN_NOUN = re.compile(r"((?:[A-Za-z-]+ ){0,3}[a-z]+s)\s*(?:are|include|:|：|$)", re.IGNORECASE)


_BOTH_SIDES = re.compile(
    r"(?:的|之)?(?:优缺点|优劣|利弊|优势(?:与|和)?劣势|好处(?:与|和)坏处|メリット・?デメリット)$"
    r"|[:：]?\s*(?:pros (?:and|&) cons|advantages (?:and|&) disadvantages)(?: of)?$",
    re.IGNORECASE,
)
"""What a title ends in that stands over both sides of something, each of which is asked of the thing."""

_PART_OF = re.compile(
    r"(?P<of_zh>[^的\s]{1,16}?)的(?P<zh>[\u4e00-\u9fff]{2,6})"
    r"|(?P<en>[A-Za-z]{3,16}(?: [a-z]{3,16})?) of (?:the |an? )?(?P<of_en>[^\W\d_][\w -]{1,40})"
)
"""A part with what it is a part of: 休克的临床表现, symptoms of shock."""
_OF_A_PART = re.compile(
    r".*(?:意义|原因|例子?|特[点征]|内容|目的|说明|方法|步骤|定义|含义|公式|注意.*|备注|机制|机理|依据|影响|结果)"
    r"|(?:the )?(?:meaning|significance|reasons?|why|examples?|notes?|definition|formula|mechanism|effects?|steps"
    r"|methods?)",
    re.IGNORECASE,
)
"""Labels that tell as often of a part as of the whole."""


def about(above: str, name: str, answer: str = "", *, listed: bool = True) -> str:
    """The title of a list, or the name of a part that is not `listed`, together with what it belongs to, in the
    language of its answer."""
    above = _BOTH_SIDES.sub("", above) if is_label(name) else above
    if not above or above in name or name.startswith(split_term(above)[0]):
        return name
    if _KANA.search(above + name + answer) and not _CHINESE.search(above + name + answer):
        return f"{above}の{name}"
    if CJK_LETTER.search(name) and not _HANGUL.search(above + name + answer):
        if not listed:
            return f"{above}：{name}"
        return f"{above}的{name}" if CJK_LETTER.match(above[-1]) else f"{above} 的{name}"
    return f"{above}: {name}"


def whole_of(name: str, label: str) -> str:
    """What a name is the name of a labelled part of, and a label below it tells of as well: 休克 of 休克的临床表现 over
    处理; empty where it is none, or the label may tell of the part."""
    found = _PART_OF.fullmatch(name)
    if not found or _OF_A_PART.fullmatch(label):
        return ""
    part = found["zh"] or found["en"]
    sort = part[-2:] if found["zh"] else part.rpartition(" ")[2]
    return (found["of_zh"] or found["of_en"]) if is_label(part) or is_label(sort) else ""


def tail_title(rest: str) -> str:
    """The list title in the last clause of a definition: "…，核心任务包括：" gives 核心任务."""
    text = prose(rest).rstrip()
    if not text.endswith((":", "：")):
        return ""
    clause = re.split(r"[，。；,;.]", text[-80:-1])[-1].strip()
    if not clause:
        return ""
    if CJK_LETTER.search(clause):
        found = _ZH_VERB.search(clause)
        name = (clause[: found.start()] if found else clause).strip()
        name = _NUMBER.sub("", re.sub(r"^(?:其|它的?|它们的?|该)", "", name), count=1) if name else ""
        return name if 2 <= len(name) <= 14 and is_list_title(name) else ""
    nouns = _EN_NOUN.search(clause)
    name = _EN_COUNT.sub("", nouns.group(1), count=1).strip() if nouns else ""
    name = re.sub(r"^(?:its|their|with|and|has|have)\s+", "", name)
    return name if name and is_list_title(name) and len(name.split()) <= 4 else ""
