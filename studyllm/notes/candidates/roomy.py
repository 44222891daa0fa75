"""Lines and items of a list whose names nothing but a blank sets off from what they mean, as one types them on a phone:
宣告失踪 下落不明满2年. Chinese has no blanks between words, so several such lines below one another are entries."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from studyllm.cards import Kind
from studyllm.notes.candidates.candidate import Candidate, Page, made
from studyllm.notes.candidates.runs import FEWEST, alike
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.inline import prose
from studyllm.notes.words.labels import is_sequence
from studyllm.notes.words.lead import lead
from studyllm.text import CJK

_ENTRY = re.compile(
    rf"[★☆⭐]*[ \t]*(?P<who>[{CJK}]{{2,10}}(?:[（(][^（()）]{{1,20}}[)）])?|[{CJK}]{{1,6}}[A-Za-z]{{1,6}}|[A-Z]{{2,6}})"
    rf"[ \u3000]+(?P<is>[{CJK}\d<>≤≥＜＞±~～-].+)"
)
_CODE = re.compile(rf"(?P<who>\d{{2,5}})[ \u3000]+(?P<is>[{CJK}A-Za-z].+)")
"""A number that names something."""
_OF_CODES = re.compile(r"码|代号|\b(?:codes?|status(?:es)?)\b", re.IGNORECASE)
"""What a list of such numbers is called."""
_TALK = re.compile(r"[我你他她您咱吗呢吧啊哦了]|[不没很太就都还也又再](?!稳|定|等|动|全|完)|但|这|那")
"""Letters of what somebody says, and of no name."""
_WHEN = re.compile(
    r"[早上中下]午|早[上晨]|晚上|[今明昨后前]天|[今明昨]晚|周[一二三四五六日末]|星期.|.曜日|[一二三四五六七八九十]{1,2}月|\d|第.[周天课讲章节次]"
)
_VERSE = re.compile(rf"[{CJK}]{{4,8}} [{CJK}]{{4,8}}(?:[，。 ][{CJK}]{{4,8}})*[，。]?")
_AMOUNT = re.compile(
    r"\S+ (?:\S+ )?(?:约|各)?\d[\d.]*[ \t]?(?:g|kg|ml|l|克|千克|公斤|斤|两|毫升|升|勺|个|只|根"
    r"|片|杯|瓶|颗|瓣|把|块|包|袋|元|圆|角|份|张|本)"
    r"(?![/／每\w]).{0,6}|\S+ .*\d{1,2}[:：]\d\d.*|\S+ .*\d(?:元|比\d).*",
    re.IGNORECASE,
)
"""What is cooked, bought or paid, when a train leaves, and how a match ended."""
_PLACE = re.compile(
    r".*(?:[省市区县镇](?=[^\s]*[路街道号弄])|\d+(?:号|栋|幢|楼|室)|@|\d{7,}).*|(?:收件人|地址|电话|手机|邮编|邮箱) .*"
)
"""Where somebody lives."""
_FEW, _SHORT = 2, 3
"""Lines of this form among entries by a sign, at least; letters of a meaning that is a quantity of what one buys."""


def of_roomy(_page: Page, node: Node) -> Iterator[Candidate]:
    """The entries of lists without signs right under a node, and of its items."""
    if is_sequence(node.title):
        return
    for stretch in alike(node.lines(), _is_entry):
        yield from _told(node, dict(stretch), "line gloss room")
    items = {child.line: child.text for child in node.children if child.kind == ITEM and not child.blocks}
    if len(items) >= FEWEST and all(map(_is_entry, items.values())):
        yield from _told(node, items, "item gloss room")
    codes = {line: found for line, text in items.items() if (found := _CODE.fullmatch(text.strip()))}
    if FEWEST <= len(codes) == len(items) and _OF_CODES.search(
        " ".join([node.title, *node.lines().values()])
    ):
        yield from _made(node, codes, "item gloss value", sure=True)


def _is_entry(text: str) -> bool:
    """Whether a line is an entry by a sign or by a blank."""
    return _by_sign(text) or _ENTRY.fullmatch(text) is not None


def _by_sign(text: str) -> bool:
    opened = lead(text)
    return opened is not None and opened.is_entry and " " not in opened.front


def _told(node: Node, lines: Mapping[int, str], form: str) -> Iterator[Candidate]:
    """The entries by a blank of such lines, where they are no verse and no talk."""
    found = {
        line: one for line, text in lines.items() if not _by_sign(text) and (one := _ENTRY.fullmatch(text))
    }
    if len(found) >= _FEW and _are_names([*found.values()]):
        yield from _made(node, found, form)


def _are_names(found: Sequence[re.Match[str]]) -> bool:
    """Whether these are names with what they mean: each another one, none of them talk or a time of the day; hardly any
    verse, amounts or places, and no list of things to buy."""
    names = [one["who"] for one in found]
    if len(set(names)) < len(names) or any(_TALK.search(name) or _WHEN.match(name) for name in names):
        return False
    bought = all(len(one["is"]) <= _SHORT and not re.search(r"\d", one["is"]) for one in found)
    return not bought and all(
        3 * sum(map(_fits(form), found)) < len(found) for form in (_VERSE, _AMOUNT, _PLACE)
    )


def _fits(form: re.Pattern[str]) -> Callable[[re.Match[str]], bool]:
    return lambda one: form.fullmatch(f"{one['who']} {one['is'].strip()}") is not None


def _made(
    node: Node, found: Mapping[int, re.Match[str]], form: str, *, sure: bool = False
) -> Iterator[Candidate]:
    for line, one in found.items():
        marks = {"strict": float(sure)}
        yield made(form, Kind.TERM, one["who"], prose(one["is"]), (line, line), node, marks=marks)
