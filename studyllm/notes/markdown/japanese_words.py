"""Words of Japanese with their reading and part of speech before what they mean, as entries with a colon:
覆す（くつがえす）【他動】推翻 becomes 覆す（くつがえす）：推翻（他動）."""

import re
from functools import partial

from studyllm.notes.markdown.fences import outside_code

_BEGIN = r"^(?P<begin>[ \t]*(?:(?:[-*+]|\d{1,3}[.)、])[ \t]*)?"
_READING = re.compile(
    rf"{_BEGIN}[\u3041-\u30ff\u3400-\u9fff々]{{1,12}})"
    r"【(?P<reading>[\u3041-\u3096ー]{1,16})】[ \t]*(?=[^\u3041-\u3096\s])(?!.*[【。！？])"
)
"""How the Japanese word is read that a line begins with."""
_SORTS = (
    r"(?:[自他](?:動|动)?[一二三]?|[自他][五サ]|名(?:詞|词)?|副(?:詞|词)?|[イナ]?形(?:[動动])?|形容(?:動)?詞|(?:自他)?[サカ][変变]|五段|[一上下]+段|動|动"
    r"|接[続续頭尾]|感(?:嘆)?|連体|连体|代|数|助(?:動)?|慣用|惯用)"
)
_SORTED = re.compile(
    rf"{_BEGIN}[\u3041-\u30ff\u3400-\u9fff々～〜]{{1,12}}(?:[（(][\u3041-\u30ff]{{1,16}}[)）])?)[ \t]*"
    rf"[【\[](?P<sort>{_SORTS}(?:[・·/／、,]?{_SORTS}){{0,3}})[】\]][ \t]*[:：]?[ \t]*(?P<means>[^\s【].{{0,80}})$"
)
"""A word, what sort of word it is, and what it means."""
_BORROWED = re.compile(
    rf"{_BEGIN}[\u30a1-\u30ff]{{2,16}})[ \t]*[（(【](?P<from>[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ .'-]{{0,30}})[)）】][ \t]*"
    r"(?=[\u3400-\u9fff][^\u3041-\u309f:：。]{0,60}$)"
)
"""A word with the foreign one that it comes from."""


def with_readings(text: str) -> str:
    """The text with such lines as entries."""
    if "【" in text:
        text = outside_code(text, partial(_READING.sub, r"\g<begin>（\g<reading>） "))
        text = outside_code(text, partial(_SORTED.sub, r"\g<begin>：\g<means>（\g<sort>）"))
    if "【" in text or "（" in text or "(" in text:
        text = outside_code(text, partial(_BORROWED.sub, r"\g<begin>（\g<from>）："))
    return text
