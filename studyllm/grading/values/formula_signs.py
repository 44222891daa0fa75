"""The signs and the operands of a formula, whose signs may be words: p divided by q minus r, 完成与提交的差."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Spoken = tuple[tuple[str, re.Pattern[str]], ...]
"""Signs, and the words for them."""
_SIGN = re.compile(r"\*\*|[-+*/^()×·÷=:]|[（）]")
_WRITTEN = {"×": "*", "·": "*", "÷": "/", "**": "^", ":": "=", "（": "(", "）": ")"}
SPOKEN: Spoken = tuple(
    (sign, re.compile(form, re.I | re.A))
    for sign, form in (
        ("=", r"等于|就?是|为|\b(?:equals|is equal to|is)\b"),
        ("/", r"再?除以|\b(?:divided by|over)\b"),
        ("*", r"再?乘以?上?|\b(?:multiplied by|times)\b"),
        ("+", r"再?加上?|\bplus\b"),
        ("-", r"再?减去?|\bminus\b"),
        ("^2", r"的?平方|\bsquared\b"),
        ("^3", r"的?[立三次]方|\bcubed\b"),
    )
)
POWERS = SPOKEN[-2:]
"""The only signs read from words in a note with written ones: other such words are parts of names there."""
_TOGETHER = {"和": "+", "差": "-", "积": "*", "商": "/", "比": "/"}
_END = re.compile(r"(?:[之的]|总)(?:总|乘)?(?P<of>[和差积商比])(?:值|例|率)?(?=$|[\s\-+*/^()×·÷除乘加减再])")
"""The word that follows two operands which belong together: 的和 of A 与 B 的和."""
OPERATION = re.compile(r"[-+*/^×·÷]")
_AND = re.compile(r"与|和|跟|同")
_EDGES = re.compile(
    r"^(?:(?:the|its|an?|then|再|然后|最后|其|用|即|公式|答案)(?=\W|[^\x00-\x7f])|[\s，,]+)+|[\s，,。.的]+$",
    re.I | re.A,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A sign, or what stands between signs."""

    sign: str = ""
    text: str = ""
    spoken: bool = False


def right_of(tokens: list[Token]) -> tuple[str, list[Token]]:
    """What a formula is of, if that is written before it, and its tokens."""
    equal = next((at for at, token in enumerate(tokens) if token.sign == "="), -1)
    if equal < 0 or any(token.sign for token in tokens[:equal]):
        return "", tokens
    return "".join(token.text for token in tokens[:equal]), tokens[equal + 1 :]


def tokens_of(text: str, names: tuple[str, ...], spoken: Spoken) -> Iterator[Token]:
    """The operands and signs of a text; what is a name of the note is no sign, whatever stands in it."""
    at = begun = 0
    found: list[Token] = []
    while at < len(text):
        if name := next((one for one in names if len(one) > 1 and text.startswith(one, at)), ""):
            at += len(name)
            continue
        size, sign, words = _sign_at(text, at, spoken)
        if not size:
            at += 1
            continue
        _close(found, text[begun:at], sign if sign in _TOGETHER else "")
        if sign not in _TOGETHER:
            found.append(Token(sign=sign, spoken=words))
        at = begun = at + size
    _close(found, text[begun:], "")
    yield from found


def _sign_at(text: str, at: int, spoken: Spoken) -> tuple[int, str, bool]:
    """How long a sign at a place is, which one, and whether it is in words; those of _TOGETHER close a pair."""
    if found := _SIGN.match(text, at):
        return len(found[0]), _WRITTEN.get(found[0], found[0]), False
    if spoken is SPOKEN and (found := _END.match(text, at)):
        return len(found[0]), found["of"], False
    for sign, form in spoken:
        if found := form.match(text, at):
            return len(found[0]), sign, True
    return 0, "", False


def _close(found: list[Token], operand: str, together: str) -> None:
    """Add an operand, if there is one; with those before it in brackets where they belong together."""
    text = _EDGES.sub("", operand.strip()).strip()
    pair = _AND.split(text, maxsplit=1) if together else [text]
    if len(pair) == 2:
        sign = Token(sign=_TOGETHER[together])
        found += [Token(sign="("), Token(text=pair[0]), sign, Token(text=pair[1]), Token(sign=")")]
    elif text:
        found.append(Token(text=text))
        if together:
            at = next(
                (at for at in range(len(found) - 1, -1, -1) if found[at].sign in ("*", "/", "(", "=")), -1
            )
            found.insert(at + 1, Token(sign="("))
            found.append(Token(sign=")"))
