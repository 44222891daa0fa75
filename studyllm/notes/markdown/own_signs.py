"""Signs by which a file sets off its terms in a way of its own: `heparin ~ activates antithrombin`, `物自體｜…`,
`減価償却……費用`. Where several lines have the same sign behind a short front, a colon takes its place."""

import re
from collections import Counter

from studyllm.notes.markdown.fences import FENCE
from studyllm.notes.words.labels import is_label
from studyllm.text import CJK

_SIGNS = {
    "dots": r"…{1,2}|⋯{1,2}|・{2,3}|·{3,}|\.{4,}",
    "bar": r"｜|(?<=[ \t])\|(?=[ \t])",
    "wave": r"(?<=[ \t])[~～](?=[ \t])",
    "pointer": r">>|»|☞|➜|➔|⇨|⟹|►|▶|❯",
    "semicolon": r"(?<=[ \t]);(?=[ \t])",
    "caret": r"(?<=[ \t])[\^\\](?=[ \t])",
    "arrow": r"(?<=[^\s-])(?:→|⇒|[-=]>)(?=[^\s>])",
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
_FEWEST, _MOSTLY = 3, 0.6
"""Lines of one sign from which on it sets terms off, and how many of those that have it."""


def with_colons(text: str) -> str:
    """The text with a colon for the sign that sets its terms off, where it has one of its own."""
    if not _SIGN.search(text):
        return text
    lines = text.split("\n")
    found = _set_off(lines)
    signs = Counter(found.values())
    have = Counter(sign for line in lines for sign in {str(one.lastgroup) for one in _SIGN.finditer(line)})
    own = {sign for sign, count in signs.items() if count >= _FEWEST and count >= _MOSTLY * have[sign]}
    heads = True
    for at, sign in found.items():
        if sign not in own:
            continue
        front, meaning = (part.strip() for part in re.split(_SIGNS[sign], lines[at], maxsplit=1))
        if heads and _is_head(front) and _is_head(meaning):
            lines[at] = ""
        else:
            lines[at] = (
                f"{_indent(lines[at])}{front}{'：' if re.search(f'[{CJK}]', front) else ': '}{meaning}"
            )
        heads = False
        if sign == "bar" and at + 1 < len(lines) and (added := _ADDED.match(lines[at + 1])):
            lines[at + 1] = f"  {lines[at + 1][added.end() :]}"
    return "\n".join(lines)


def _set_off(lines: list[str]) -> dict[int, str]:
    """The lines outside code that have one sign behind a short front, and which."""
    found: dict[int, str] = {}
    code = ""
    for at, line in enumerate(lines):
        fence = FENCE.match(line)
        if fence and (not code or fence[1].startswith(code)):
            code = "" if code else fence[1]
        elif not code and (sign := _SIGN.search(line)) and line[sign.end() :].strip():
            name, meaning = str(sign.lastgroup), line[sign.end() :]
            told = name not in _BARE or (_TOLD.search(meaning) and len(line[: sign.start()].strip()) > 1)
            alone = name != "tab" or not any(
                "\t" in lines[n].strip() for n in (at - 1, at + 1) if 0 <= n < len(lines)
            )
            if (
                told
                and alone
                and not re.search(
                    _SIGNS[name], _CLAUSE.split(meaning, maxsplit=1)[0] if name == "arrow" else meaning
                )
                and _FRONT.fullmatch(line[: sign.start()])
            ):
                found[at] = name
    return found


def _is_head(cell: str) -> bool:
    """Whether a text is the head of a column."""
    return len(cell.split()) == 1 and (cell.isupper() or is_label(cell))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]
