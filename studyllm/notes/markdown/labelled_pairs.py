"""Entries whose two sides have labels: `Term: heap`, and below it `Definition: a tree …`."""

import itertools
import re

from studyllm.notes.markdown.fences import in_code

_OPENING = r"[ \t]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?(?:\*\*|__)?"
_COLON = r"(?:\*\*|__)?[ \t]*[:：](?:\*\*|__)?[ \t]*"
_FRONT = re.compile(
    rf"(?P<opening>{_OPENING})(?:term|word|concept|vocab(?:ulary)?|front|术语|術語|名词|名詞|单词|單詞|词语|概念|正面"
    rf"|begriff|wort|vorderseite|terme|mot|recto|término|palabra|anverso|termine|parola|用語|単語|용어|단어)"
    rf"{_COLON}(?P<said>[^:：\s].{{0,80}})",
    re.IGNORECASE,
)
_BACK = re.compile(
    rf"{_OPENING}(?:definition|def|meaning|explanation|back|定义|定義|含义|含義|意思|释义|釋義|解释|解釋|背面|bedeutung"
    rf"|rückseite|définition|sens|verso|definición|significado|reverso|definizione|significato|意味|뜻|정의)"
    rf"{_COLON}(?P<said>\S.*)",
    re.IGNORECASE,
)
_FRONTS = re.compile(f"^{_FRONT.pattern}", re.IGNORECASE | re.MULTILINE)
_FEWEST = 2
"""Pairs from which on the labels are those of the file."""


def without_labels(text: str) -> str:
    """The text with `**heap**: a tree …` in the second line of each such pair, line for line."""
    if len(_FRONTS.findall(text)) < _FEWEST:
        return text
    lines = text.split("\n")
    code = in_code(lines)
    pairs = []
    for at, (first, second) in enumerate(itertools.pairwise(lines)):
        front, back = _FRONT.fullmatch(first), _BACK.fullmatch(second)
        if front and back and not code[at]:
            pairs.append((at, front, back))
    if len(pairs) < _FEWEST:
        return text
    for at, front, back in pairs:
        opening = front["opening"].rstrip("*_")
        lines[at], lines[at + 1] = "", f"{opening}**{front['said'].strip(' *_')}**: {back['said']}"
    return "\n".join(lines)
