"""A thing that an answer gives another colour than the note does: 铁锈色痰 for 粉红色泡沫痰."""

import re
from itertools import islice

from studyllm.grading import lexical
from studyllm.text import CJK

_HUES = {
    "red": "red 红 朱 赤", "pink": "pink 粉 粉红 桃红 玫瑰 玫红", "brick": "砖红", "rust": "铁锈 锈",
    "orange": "orange 橙 橘 橙红 橘红", "yellow": "yellow 黄 橙黄 橘黄 草黄", "gold": "金 金黄",
    "green": "green 绿 草绿 墨绿", "blue": "blue 蓝 青 青蓝", "purple": "purple violet 紫 紫红 蓝紫",
    "black": "black 黑", "white": "white 白 乳白 米 乳 奶",
    "grey": "grey gray 灰 灰白 银 银白", "brown": "brown 褐 棕 咖啡 酱 棕褐 红棕 黄褐 棕黄 红褐",
}  # fmt: skip
_HUE = {name: hue for hue, names in _HUES.items() for name in names.split()}
_CLOSE = frozenset(
    frozenset(pair.split())
    for pair in (
        "red pink", "red brick", "red orange", "red purple", "red rust", "brick rust", "brick brown", "rust brown",
        "pink purple", "orange yellow", "yellow gold", "yellow brown", "green blue", "blue purple", "white grey",
        "grey black",
    )
)  # fmt: skip
"""Hues that one may call by the name of the other."""
_SHADE = re.compile("[深浅淡暗鲜亮]")
_ENGLISH = "|".join(name for name in _HUE if name.isascii())
_NO_THING = (
    r"(?:with|and|when|then|but|for|from|into|after|before|under|which|that|the|colou?r(?:ed)?|light|dye)\b"
)
_COLOURED = re.compile(
    rf"(?P<zh>[红朱赤粉桃玫瑰砖铁锈橙橘黄草金绿墨蓝青紫黑白乳米奶灰银褐棕咖啡酱深浅淡暗鲜亮]{{1,4}})色(?![素谱盲氨彩])"
    rf"[{CJK}]{{0,3}}?(?P<what>[{CJK}])(?![{CJK}])"
    rf"|\b(?P<en>{_ENGLISH})\s+(?!{_NO_THING})(?P<thing>[a-z]{{3,}})\b"
)
_MOST = 6
"""Things with a colour that are looked at in a text."""


def another_colour(point: str, answer: str) -> str:
    """The part of an answer that gives the thing of a point a colour that nobody would call by that name, where the
    answer has the point's own nowhere; empty where there is none. Both texts folded."""
    mine, said = (tuple(islice(_COLOURED.finditer(text), _MOST)) for text in (point, answer))
    heard = {hue for found in said if (hue := _hue(found))}
    for one in mine:
        hue = _hue(one)
        if not hue or any(hue == other or {hue, other} in _CLOSE for other in heard):
            continue
        for found in said:
            same = (one["what"], one["thing"]) == (found["what"], found["thing"])
            if (
                same
                and _hue(found)
                and not lexical.negations(answer[max(0, found.start() - 6) : found.start()])
            ):
                return found[0]
    return ""


def _hue(found: re.Match[str]) -> str:
    """The hue of a colour, whatever its shade; empty for one that is not known."""
    return _HUE.get(_SHADE.sub("", found["zh"]) if found["zh"] else found["en"], "")
