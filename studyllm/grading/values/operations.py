"""A note and an answer that are one formula each, with words for its quantities: (waiting + running) / running is
1 + waiting / running, 完成−提交 is not 提交−完成. The names of the note become letters, and the formulas are compared
by what they come to (algebra.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from studyllm.grading.values.algebra import LONGEST, equivalent
from studyllm.grading.values.plain import plain
from studyllm.grading.values.value import Comparison, Pair, Value, ValueKind
from studyllm.text import CJK, key

Spoken = tuple[tuple[str, re.Pattern[str]], ...]
"""Signs, and the words for them."""
_LONGEST = 160
"""Letters of a text that is read."""
_MOST_OF = 0.6
"""Share of a name from which a part of it surely stands for it: 服务时间 for 要求服务时间, not assets for current
assets."""
_LETTERS = "ABCDGHJKLMNQRSTUVWXY"
_SIGN = re.compile(r"\*\*|[-+*/^()×·÷=:]|[（）]")
_WRITTEN = {"×": "*", "·": "*", "÷": "/", "**": "^", ":": "=", "（": "(", "）": ")"}
_SPOKEN: Spoken = tuple(
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
_POWERS = _SPOKEN[-2:]
"""All that is in words in a note with signs: what else looks like one is a part of a name."""
_TOGETHER = {"和": "+", "差": "-", "积": "*", "商": "/", "比": "/"}
_END = re.compile(r"(?:[之的]|总)(?:总|乘)?(?P<of>[和差积商比])(?:值|例|率)?(?=$|[\s\-+*/^()×·÷除乘加减再])")
"""After two that belong together: A 与 B 的和."""
_AND = re.compile(r"与|和|跟|同")
_OF = re.compile(
    r"\b(?:the )?(?P<of>sum|difference|product|ratio|quotient) (?:of|between) (?P<one>[\w ]{1,40}?) (?:and|to) "
    r"(?P<two>[\w ]{1,40}?)(?=$| (?:plus|minus|times|over|divided|multiplied)\b|\s?[-+*/^()×·÷])",
    re.I | re.A,
)
_OF_SIGNS = {"sum": "+", "difference": "-", "product": "*", "ratio": "/", "quotient": "/"}
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?", re.A)
_EDGES = re.compile(
    r"^(?:(?:the|its|an?|then|再|然后|最后|其|用|即|公式|答案)(?=\W|[^\x00-\x7f])|[\s，,]+)+|[\s，,。.的]+$",
    re.I | re.A,
)
_NAME = re.compile(
    rf"Δ?[A-Za-zα-ωΑ-Ω](?:_?[A-Za-z0-9]{{1,3}})?|[{CJK}]{{1,16}}|[^\W\d_]{{3,20}}(?:[' ]+[^\W\d_]{{1,20}}){{0,4}}"
)
_WORD = re.compile(rf"[{CJK}]{{2}}|[^\W\d_{CJK}]{{3}}")
_LEFT = re.compile(r"^[^=:]*[=:]")
_OPERATION = re.compile(r"[-+*/^×·÷]")
_MINUS = re.compile(r"[−－]")
"""What is no hyphen and no dash."""
_ALONE = re.compile(r"(?<![\w.])(?<![A-Za-z0-9]{2}[-–/])\d")
"""A number that is no part of a name, as those of UTF-8 and HTTP/2 are, of a date or of a range."""
_MORE = re.compile(r"[OΘΩPf]\(|[√Σ∑≤≥<>≈±]|根|对数|\b(?:root|log|ln|lg|sin|cos|tan|exp)\b", re.I | re.A)
"""What is not read here."""
_SIDE_BY_SIDE = re.compile(r"[A-Z)\d]\(|\)[A-Z\d]|[A-Z\d][A-Z]|[A-Z]\d")
"""In letters, factors without a sign between them."""
_SUM_IN_FRACTION = re.compile(r"[-+][^()/]*\)\s*/|/\s*\([^()/]*[-+]")
_DOUBTFUL = re.compile(r"^[^()]*[+-][^()]*[*/]")
"""In words it is not said what belongs together: a plus b over c."""
_SURELY_SPOKEN = re.compile(r"除以|乘以|减去|\b(?:divided by|multiplied by|minus)\b", re.I | re.A)
_ANOTHER = re.compile(r"[未不非无没净毛]|平均|\b(?:not|no|non|un\w*|net|gross|average)\b", re.I)
"""What makes another quantity of one."""
_OTHER_THAN = re.compile(r"[未不非无没]|\b(?:not|no|non|un\w+)\b", re.I)


def operations(note: str, answer: str) -> Comparison | None:
    """What became of a note that is one formula in an answer that is one; None where either is none, or has other
    quantities."""
    found = _of_note(note)
    if found is None or len(answer) > _LONGEST or _bare(note) == _bare(answer):
        return None  # brackets are left out by who takes them as understood: a + b / b
    readings = [text for text in _of_answer(answer, found) if text]
    verdicts = {_equal(found.form, said) for said in readings}
    pair = Pair(_value(note, found.form), _value(answer, (*readings, "")[0]))
    if True in verdicts:
        return Comparison(same=(pair,), settled=True)
    if verdicts != {False} or _leaves_open(answer, readings[0]):
        return None
    return Comparison(other=(pair,))


def _leaves_open(answer: str, reading: str) -> bool:
    """Whether an answer says several operations in words, without saying what belongs together: p over 1 minus p."""
    return not _OPERATION.search(plain(answer).text) and len(_OPERATION.findall(reading)) > 1


def _bare(text: str) -> str:
    """A text without its blanks and brackets."""
    return re.sub(r"[\s()（）]", "", plain(text).text).lower()


def _value(text: str, form: str) -> Value:
    return Value(ValueKind.EQUATION, text, 0, len(text), form=f"z={form}")


def _equal(one: str, two: str) -> bool | None:
    """Whether two formulas come to the same; None where one has not all letters of the other, or they differ by the
    hundred of a percentage."""
    if set(re.findall("[A-Z]", one)) != set(re.findall("[A-Z]", two)):
        return None
    if equivalent(("z", one), ("z", two)):
        return True
    hundred = equivalent(("z", f"100*({one})"), ("z", two)) or equivalent(("z", one), ("z", f"100*({two})"))
    return None if hundred else equivalent(("z", one), ("z", two))


@dataclass(frozen=True, slots=True)
class _Formula:
    """A note that is a formula: its letters by its names, and itself in them."""

    names: Mapping[str, str]
    form: str
    name: str
    """What it is of, where that is written before the sign of equality."""
    surely: bool
    """Whether its signs can be nothing but those of arithmetic; else the answer has to take them so in words."""


@lru_cache(maxsize=64)
def _of_note(note: str) -> _Formula | None:
    text = plain(note).text.strip(" $`*。.\n") if len(note) <= _LONGEST else ""
    arithmetic = bool(text) and "\n" not in text and _is_arithmetic(note, text)
    if arithmetic is False:
        return None
    tokens = list(_tokens(text, (), _POWERS if _OPERATION.search(_LEFT.sub("", text)) else _SPOKEN))
    name, tokens = _right_of(tokens)
    operands = [token.text for token in tokens if not token.sign]
    names: dict[str, str] = {}
    for operand in operands:
        if not _NUMBER.fullmatch(operand) and operand not in names:
            if not _NAME.fullmatch(operand) or len(names) == len(_LETTERS):
                return None
            names[operand] = _LETTERS[len(names)]
    folded = {key(one) for one in names}
    if len(operands) < 2 or not names or len(folded) < len(names) or "" in folded:
        return None
    form = "".join(token.sign or names.get(token.text) or _number(token.text) for token in tokens)
    doubtful = any(token.spoken for token in tokens) and _DOUBTFUL.search(form)
    if doubtful or (any(map(_WORD.search, names)) and _SIDE_BY_SIDE.search(form)):
        return None
    read = len(form) <= LONGEST and equivalent(("z", form), ("z", form))
    return _Formula(names, form, name, surely=bool(arithmetic)) if read else None


def _is_arithmetic(note: str, text: str) -> bool | None:
    """Whether the signs of a note are those of arithmetic, and not of alternatives (read / write), a dash (Paris - a
    city), parts in their order (subject + verb) or grammar (be + noun/adjective); None where they may be either."""
    bare = _LEFT.sub("", text)
    signs = set(_OPERATION.findall(bare))
    if not signs:
        return _SURELY_SPOKEN.search(text) is not None and not _MORE.search(text)
    if "→" in text or _MORE.search(text) or signs <= {"+", "·"}:
        return False
    if signs & {"×", "÷", "^"} or _MINUS.search(note) or _ALONE.search(bare) or _SUM_IN_FRACTION.search(bare):
        return True
    if "-" in signs <= {"+", "-"} and bare != text and not re.search("[A-Za-z]", bare):
        return True
    return None if signs in ({"/"}, {"-"}) else False


def _of_answer(answer: str, note: _Formula) -> Iterator[str]:
    """The readings of an answer in the letters of the note: signs of arithmetic bind as usual, words that may also be
    meant in their order."""
    text = plain(answer).text.strip(" $`*。.\n！!")
    text = _OF.sub(lambda found: f"({found['one']}{_OF_SIGNS[found['of'].lower()]}{found['two']})", text)
    longest = tuple(sorted(note.names, key=len, reverse=True))
    name, tokens = _right_of(list(_tokens(text, longest, _SPOKEN)))
    if sum(not token.sign for token in tokens) < 2 or (note.name and name and not _may_be(note.name, name)):
        return
    if not (note.surely or _MINUS.search(answer) or any(token.spoken or "÷" in answer for token in tokens)):
        return
    letters: list[str] = []
    surely = True
    for token in tokens:
        letter, exact = ("", True) if token.sign else _letter(token.text, note.names)
        if not token.sign and not letter:
            return
        surely = surely and exact
        letters.append(token.sign or letter)
    form = "".join(letters)
    readings = [form, _in_order(letters)] if any(token.spoken for token in tokens) else [form]
    for reading in readings if len(form) <= LONGEST else ():
        # What a longer name than the note's means, or a short part of one, is not certain enough to call it right.
        if surely or _equal(note.form, reading) is not True:
            yield reading
        else:
            return


def _in_order(letters: list[str]) -> str:
    """The operations one after the other: (a + b) / c for "a plus b over c"; as they stand where there are brackets."""
    if "(" in letters:
        return "".join(letters)
    told = ""
    for letter in letters:
        told = f"({told}){letter}" if letter in "*/" and told else told + letter
    return told


def _letter(operand: str, names: Mapping[str, str]) -> tuple[str, bool]:
    """The letter of the one name of the note that an operand is, a part of, or has in it, and whether it surely is it;
    a number is itself."""
    if _NUMBER.fullmatch(operand):
        return _number(operand), True
    if operand in names:
        return names[operand], True
    own = key(operand)
    same = [letter for name, letter in names.items() if key(name) == own]
    if same:
        return same[0], True
    parts = [
        (letter, len(own) / len(key(name)) if not _ANOTHER.search(name.replace(operand, " ")) else 0.0)
        for name, letter in names.items()
        if _within(operand, name)
    ]
    if parts and len(own) > 1:
        return (parts[0][0], parts[0][1] >= _MOST_OF) if len(parts) == 1 else ("", False)
    longer = [letter for name, letter in names.items() if len(key(name)) > 1 and _within(name, operand)]
    return (longer[0], False) if len(longer) == 1 and not _OTHER_THAN.search(operand) else ("", False)


def _may_be(name: str, operand: str) -> bool:
    """Whether an operand is a part of a name: 服务时间 for 要求服务时间."""
    return key(name) == key(operand) or _within(operand, name)


def _within(short: str, long: str) -> bool:
    """Whether one text stands in another, a Latin one as whole words."""
    if not short.isascii():
        return key(short) in key(long)
    return re.search(rf"(?<![a-z0-9]){re.escape(short.lower())}(?![a-z0-9])", long.lower()) is not None


def _number(text: str) -> str:
    return f"({text[:-1]}/100)" if text.endswith("%") else text


@dataclass(frozen=True, slots=True)
class _Token:
    """A sign, or what stands between signs."""

    sign: str = ""
    text: str = ""
    spoken: bool = False


def _right_of(tokens: list[_Token]) -> tuple[str, list[_Token]]:
    """What a formula is of, if that is written before it, and its tokens."""
    equal = next((at for at, token in enumerate(tokens) if token.sign == "="), -1)
    if equal < 0 or any(token.sign for token in tokens[:equal]):
        return "", tokens
    return "".join(token.text for token in tokens[:equal]), tokens[equal + 1 :]


def _tokens(text: str, names: tuple[str, ...], spoken: Spoken) -> Iterator[_Token]:
    """The operands and signs of a text; what is a name of the note is no sign, whatever stands in it."""
    at = begun = 0
    found: list[_Token] = []
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
            found.append(_Token(sign=sign, spoken=words))
        at = begun = at + size
    _close(found, text[begun:], "")
    yield from found


def _sign_at(text: str, at: int, spoken: Spoken) -> tuple[int, str, bool]:
    """How long a sign at a place is, which one, and whether it is in words; those of _TOGETHER close a pair."""
    if found := _SIGN.match(text, at):
        return len(found[0]), _WRITTEN.get(found[0], found[0]), False
    if spoken is _SPOKEN and (found := _END.match(text, at)):
        return len(found[0]), found["of"], False
    for sign, form in spoken:
        if found := form.match(text, at):
            return len(found[0]), sign, True
    return 0, "", False


def _close(found: list[_Token], operand: str, together: str) -> None:
    """Add an operand, if there is one; with those before it in brackets where they belong together."""
    text = _EDGES.sub("", operand.strip()).strip()
    pair = _AND.split(text, maxsplit=1) if together else [text]
    if len(pair) == 2:
        sign = _Token(sign=_TOGETHER[together])
        found += [_Token(sign="("), _Token(text=pair[0]), sign, _Token(text=pair[1]), _Token(sign=")")]
    elif text:
        found.append(_Token(text=text))
        if together:
            at = next(
                (at for at in range(len(found) - 1, -1, -1) if found[at].sign in ("*", "/", "(", "=")), -1
            )
            found.insert(at + 1, _Token(sign="("))
            found.append(_Token(sign=")"))
