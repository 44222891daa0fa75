"""Signs by which a file sets off its terms in a way of its own: `heparin ~ activates antithrombin`, `物自體｜…`,
`減価償却……費用`. Where several lines have the same sign behind a short front, a colon takes its place."""

import re
from collections import Counter

from studyllm.notes.markdown.fences import FENCE_OR_MATHS, in_code
from studyllm.notes.markdown.line_begins import TABLE_RULE, margin
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.text import CJK

_SIGNS = {
    "dots": r"…{1,2}|⋯{1,2}|・{2,3}|·{3,}|\.{4,}",
    "bar": r"｜|(?<=[ \t])\|(?=[ \t])",
    "wave": r"(?<=[ \t])[~～](?=[ \t])",
    "pointer": r">>|»|☞|➜|➔|⇨|⟹|►|▶|❯",
    "semicolon": r"(?<=[ \t]);(?=[ \t])",
    "caret": r"(?<=[ \t])[\^\\](?=[ \t])",
    "arrow": r"(?<=[^\s-])(?:→|⇒|(?<![a-z_])[-=]>|[-=]>(?![a-z_]))(?=[^\s>])",
    "equals": r"(?<=[^\s=<>!])[=＝](?=[^\s=＝])",
    "tab": r"(?<=\S)[ ]*\t+[ ]*(?=\S)",
}
_SIGN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _SIGNS.items()))
_CHINESE = rf"(?=[^\n]{{0,16}}$)(?=.*[{CJK}])[^。，；;:：!?！？=\n|]+"
_FOREIGN = rf"(?!.*[{CJK}])(?:[^.;:!?=\n|\[]|\.(?=\w)|\[(?!\[)|\[\[[^\[\]\n]{{0,80}}\]\]){{1,40}}"
_FRONT = re.compile(
    r"[ \t]*(?:[-*+•○]|\d{1,2}[.)、])?[ \t]*(?=[\w\[*`«“「『])"
    rf"(?:{_CHINESE}|{_FOREIGN})[ \t\u3000]*"
)
"""A short text without a sign, as a term is."""
_ADDED = re.compile(r"[ \t]*[|｜][ \t]+(?=\S)")
"""What is added to the line above, below an empty cell."""
_CLAUSE = re.compile("[，；;]")
"""What ends a part of a meaning, behind which an arrow says what follows of what."""
_BARE = ("arrow", "equals")
"""Signs that stand in code and formulas as well."""
_TOLD = re.compile(rf"[{CJK}]{{3}}|[^\W\d_]{{2,}} +[^\W\d_]{{2,}} +[^\W\d_]{{2,}}")
"""What no code and no formula says: some words."""
_NAMES = ("wave", "pointer", "caret", *_BARE)
"""Signs that stand between numbers and in formulas, and set off what has letters."""
_NO_TERM = re.compile(
    r"(?:因为|虽然|如果|不但|不仅|不是|既然|即使|只有|只要|[我你他她它](?!国|党|军))|.*\b(?:is|are|was|were|the|of|an?|to|in|by|and|or)\s*$",
    re.IGNORECASE,
)
"""What a sentence begins with or breaks off in, and no term."""
_HEAD = re.compile(
    r"(?:terms?|words?|names?|concepts?|notes?|meanings?|definitions?|descriptions?|begriff|bedeutung|mot|sens|palabra"
    r"|significado|术语|名词|名称|概念|单词|含义|解释|意思|定义|说明|術語|名詞|單詞|含義|用語|単語|意味)",
    re.IGNORECASE,
)
"""What stands over a column of terms or of meanings."""
_HAS_NAME = re.compile(rf"[{CJK}]|[^\W\d_].*[^\W\d_]")
_OPEN, _CLOSED = "（([「『【《", "）)]」』】》"
_FEWEST, _MOSTLY = 3, 0.6
"""Lines of one sign from which on it sets terms off, and how many of those that have it."""


def with_colons(text: str) -> str:
    """The text with a colon for the sign that sets its terms off, where it has one of its own."""
    if not _SIGN.search(text):
        return text
    lines = text.split("\n")
    have = Counter(sign for line in lines for sign in {str(one.lastgroup) for one in _SIGN.finditer(line)})
    if max(have.values()) < _FEWEST:
        return text
    found = _set_off(lines)
    signs = Counter(found.values())
    own = {sign for sign, count in signs.items() if count >= _FEWEST and count >= _MOSTLY * have[sign]}
    heads = True
    for at, sign in found.items():
        if sign not in own:
            continue
        front, meaning = (part.strip() for part in re.split(_SIGNS[sign], lines[at], maxsplit=1))
        if heads and _is_head(front) and _is_head(meaning):
            lines[at] = ""
        else:
            lines[at] = f"{margin(lines[at])}{front}{'：' if CJK_LETTER.search(front) else ': '}{meaning}"
        heads = False
        if sign == "bar" and at + 1 < len(lines) and (added := _ADDED.match(lines[at + 1])):
            lines[at + 1] = f"  {lines[at + 1][added.end() :]}"
    return "\n".join(lines)


def _set_off(lines: list[str]) -> dict[int, str]:
    """The lines outside code that have one sign behind a short front, and which."""
    found: dict[int, str] = {}
    table = False
    for at, (line, code) in enumerate(zip(lines, in_code(lines, FENCE_OR_MATHS), strict=True)):
        table = bool(line.strip()) and (
            table
            or (at + 1 < len(lines) and "|" in lines[at + 1] and bool(TABLE_RULE.fullmatch(lines[at + 1])))
        )
        if not (code or table or line.startswith(("    ", "\t"))) and (sign := _SIGN.search(line)):
            name, front, meaning = str(sign.lastgroup), line[: sign.start()], line[sign.end() :]
            alone = name != "tab" or not any(
                "\t" in lines[n].strip() for n in (at - 1, at + 1) if 0 <= n < len(lines)
            )
            again = _CLAUSE.split(meaning, maxsplit=1)[0] if name == "arrow" else meaning
            if alone and _sets_off(name, front, meaning) and not re.search(_SIGNS[name], again):
                found[at] = name
    return found


def _sets_off(name: str, front: str, meaning: str) -> bool:
    """Whether a sign of this name stands between a term and its meaning: in no code, formula or bracket, and between no
    two numbers."""
    if not _FRONT.fullmatch(front) or not meaning.strip() or _NO_TERM.match(front.strip(" \t-*+•○")):
        return False
    if front.count("`") % 2 or front.count("$") % 2 or _left_open(front):
        return False
    if name in _NAMES and (not _HAS_NAME.search(front) or "+" in front):
        return False
    if name in _BARE:
        return bool(_TOLD.search(meaning)) and not (name == "equals" and meaning[:1].isdigit())
    if name == "dots":
        return not meaning.strip().isdecimal() and (
            not meaning[:1].isspace() or CJK_LETTER.search(front) is not None
        )
    return True


def _left_open(front: str) -> bool:
    """Whether a bracket of a front is not closed in it."""
    return sum(front.count(one) for one in _OPEN) != sum(front.count(one) for one in _CLOSED)


def _is_head(cell: str) -> bool:
    """Whether a text is the head of a column."""
    return bool(_HEAD.fullmatch(cell)) or is_label(cell)
