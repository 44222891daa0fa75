"""What an answer turns round that a point says in a word: yes for no, stable for unstable, A to B for B to A."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from studyllm.grading import lexical
from studyllm.grading.colours import another_colour
from studyllm.grading.crossed import crossed
from studyllm.grading.deeds import done_after_all
from studyllm.grading.elements import another_element
from studyllm.grading.formulas import another_formula
from studyllm.grading.signs import another_sign
from studyllm.grading.word_forms import behind_label
from studyllm.text import CJK, fold, key

_PART = re.compile(rf"[，,；;。！!\n、]|(?<=[{CJK}])\s+(?=[{CJK}])")
_AND = re.compile(r"(?<!\s)\s+(?:and|but|yet)\s+")
_BUT = re.compile(r"^(?:and|but|yet|also|it(?:'s| is)|is|are)\s+")
_LABELLED = re.compile(r"\s*([^：:]{1,20}?)(?:吗|与否|性)?\s*[：:]\s*(.{1,12})")
_TAIL = re.compile(r"(?:的|了|吗|呢|吧|。|\.)+$")
_DENIES = re.compile(r"没有|并非|并不|不是|[不无非没未]|not?\s+|non-?|un(?=[a-z]{4})")
"""What stands right before a word and makes its opposite: 不对称, non-linear, not stable, unstable."""
_HAS = re.compile(
    r"(?:[也都就])?(?:有|需要?(?!求)|要(?![求点素因])|消耗|耗(?!时))(?=[\w])|(?:requires?|needs?|has|have|with|uses?)\s+"
)
"""Words before what a thing has or needs: 需要锁, requires a lock."""
_YES = frozenset("是 对 有 能 会 可以 需要 支持 yes true √ ✓ ✔".split())  # noqa: SIM905
_NO = frozenset("否 不 无 没有 不是 不对 不能 不会 不可以 不需要 不支持 no false × ✗ ✘".split())  # noqa: SIM905
_LONGEST, _LONGEST_LATIN = 8, 20
"""Letters at most of what is said or denied, in Chinese and in Latin letters."""

_TURN = re.compile(
    r"(?P<more>越[大高多快强长]|增[大加高强多]|升高|上升|提高|加[快强]|变[大多快高强]|扩大|延长)"
    r"|(?P<less>越[小低少慢弱短]|减[小少低弱慢]|降低|下降|放慢|变[小少慢低弱]|缩[小短])"
)
_ASIDE = re.compile(r"时|后|的|如果|治疗|患者")
"""Words by which a clause may only say when or in what something happens, and not that it does."""
_ENOUGH = 0.5
"""Share of a clause's other words that the answer's clause must have to be about the same."""

_VALUE = re.compile(r"(?<![a-z\d.])[a-z]{0,2}\d+(?:\.\d+)?(?![a-z\d]|\.\d)")
_SIGNS = re.compile(r"[\s：:=＝（）()—–-]+")
_LONGEST_NAME = 24
"""Letters of a name that has one number beside it."""

_ROW = re.compile(rf"\s*([{CJK}]{{1,4}})\s*[：:]\s*([{CJK}、]{{1,6}})")
"""A cell of a table under its head: both short."""
_LEAST_ROW, _SHORT_VALUE = 3, 4
"""Cells of such a row at least, and letters of what an answer has in one."""
_LETTERS = re.compile(rf"(?<![{CJK}])[{CJK}](?:、[{CJK}]){{2,}}")
"""Items of one letter each, three or more."""
_NO_ITEM = re.compile("[〇一二三四五六七八九十两几和与及或等的是有]")
_COUNT = "〇一二三四五六七八九"

_SIDE = r"[\w+\-·₀-₉ ]{1,24}?"
_RATIO = re.compile(
    rf"(?P<a>{_SIDE})\s*(?:与|和|跟|同|对|比|除以|÷|占)\s*(?P<b>{_SIDE})\s*(?:的|之)(?:比值?|比例|比率|百分比|商)"
    rf"|(?P<c>{_SIDE})\s*(?:除以|÷)\s*(?P<d>{_SIDE})(?=$|[，,；;。\n])"
    rf"|\bratio of (?P<e>{_SIDE}) (?:to|and|over) (?P<f>{_SIDE})(?=$|[,.;\n])"
    rf"|(?P<g>{_SIDE}) divided by (?P<h>{_SIDE})(?=$|[,.;\n])",
    re.I,
)
_FRACTION = re.compile(
    rf"(?P<a>{_SIDE})\s*[/／:：比]\s*(?P<b>{_SIDE})(?<![大小高低多少快慢])(?=$|[，,；;。]|\s(?!\s*[大小高低多少快慢]))"
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that is said, or denied; that of yes and no is empty."""

    text: str
    denied: bool


@lru_cache(maxsize=64)
def turned(points: tuple[str, ...], answer: str) -> tuple[str, ...]:
    """For each point the part of the answer that says the opposite, or nothing: only what is evident."""
    parts = tuple(part.strip() for part in _PART.split(fold(answer)) if part.strip())
    words = tuple(_BUT.sub("", word) for part in parts for word in _AND.split(part) if word)
    alone = len(points) == 1
    names = _names(points)
    return tuple(
        _denied(point, words, alone)
        or _reversed(point, points, parts)
        or _upside_down(fold(point), fold(answer))
        or _mispaired(fold(point), names, parts)
        or _another_value(fold(point), points, parts)
        or crossed(point, points, parts)
        or behind_label(point, points, answer)[1]
        or _another_letter(point, answer)
        or another_colour(fold(point), fold(answer))
        or another_formula(point, parts)
        or another_element(point, points, fold(answer))
        or another_sign(point, answer)
        or done_after_all(fold(point), list(map(fold, points)), parts)
        for point in points
    )


def _denied(point: str, parts: Sequence[str], alone: bool) -> str:
    """The part that denies the word that a point says, or says the one that it denies. A bare yes or no counts only
    where the point is alone or its label stands before it."""
    labelled = _LABELLED.fullmatch(fold(point))
    label, said = (labelled[1], labelled[2]) if labelled else ("", fold(point))
    for word in filter(None, map(_word, _PART.split(said))):
        if word.text and key(said).count(word.text) > 1:
            continue
        found = [
            (part, own)
            for part in parts
            for own, named in _words(part, label)
            if own.text == word.text and (word.text or named or alone)
        ]
        if found and all(own.denied is not word.denied for _, own in found):
            return found[0][0]
    return ""


def _words(part: str, label: str) -> Iterator[tuple[_Word, bool]]:
    """The word that a part says or denies, and whether it stands behind its label; the label itself says yes."""
    if (word := _word(part)) is not None:
        yield word, False
        if label and word.text == key(label):
            yield _Word("", word.denied), True
    if label and part.startswith(label):
        rest = re.sub(r"^(?:吗|性|与否)?[：:\s]*(?:是|为)?(?=.)", "", part[len(label) :])
        if (word := _word(rest)) is not None:
            yield word, True


def _word(text: str) -> _Word | None:
    """A text that is one word, said or denied; None for a longer one."""
    bare = _TAIL.sub("", text.strip()).strip()
    if bare in _YES or bare in _NO:
        return _Word("", bare in _NO)
    denied = _DENIES.match(bare)
    told = bare[denied.end() :] if denied else bare
    has = _HAS.match(told)
    rest = key(told[has.end() :] if has else told.removeprefix("是"))
    least = 1 if denied or has else 2
    most = _LONGEST_LATIN if rest.isascii() else _LONGEST
    if not least <= len(rest) <= most or lexical.negations(rest):
        return None
    return _Word(rest, denied is not None)


def _reversed(point: str, points: Sequence[str], parts: Sequence[str]) -> str:
    """The part that says a clause of the point with more for less."""
    clauses = [clause for one in points for clause in _PART.split(fold(one))]
    for clause in _PART.split(fold(point)):
        found = [part for part in parts if _same_but_for_turns(clause, part)]
        if not found or any(_falls(part) is _falls(clause) for part in found):
            continue
        wrong = [
            part
            for part in found
            if not any(_same_but_for_turns(one, part) and _falls(one) is _falls(part) for one in clauses)
        ]
        if wrong:
            return wrong[0]
    return ""


def _falls(clause: str) -> bool:
    """Whether an odd number of things in a clause become less: "the higher, the shorter" is "the lower, the longer"."""
    return sum(found["less"] is not None for found in _TURN.finditer(clause)) % 2 == 1


def _same_but_for_turns(clause: str, part: str) -> bool:
    """Whether a part of an answer is a clause of the note but for what becomes more in it, and what less."""
    turns = [len(_TURN.findall(text)) for text in (clause, part)]
    if not turns[0] or turns[0] != turns[1] or lexical.negations(clause) != lexical.negations(part):
        return False
    if set(_ASIDE.findall(part)) - set(_ASIDE.findall(clause)):
        return False
    wanted, said = (frozenset(lexical.units(_TURN.sub(" ", text))) for text in (clause, part))
    shared = len(wanted & said)
    least = 1 if "越" in clause and "越" in part else 2
    return shared >= max(least, _ENOUGH * len(wanted), 0.8 * len(said))


def _names(points: Sequence[str]) -> dict[str, str]:
    """The names of points that are a name with one number and no more, with those numbers: where several have one."""
    found = {}
    for point in map(fold, points):
        numbers = _VALUE.findall(point)
        name = _SIGNS.sub(" ", _VALUE.sub(" ", point)).strip()
        if len(numbers) == 1 and 2 <= len(key(name)) <= _LONGEST_NAME and not _VALUE.search(name):
            found[name] = numbers[0]
    return found if len(set(found.values())) > 1 else {}


def _another_value(point: str, points: Sequence[str], parts: Sequence[str]) -> str:
    """The part that has the label of a point right before another short value, in an answer that says other points of
    the row so: 志喜 where the row of a table has 志：悲, beside 窍鼻 and 液涕."""
    row = [found for one in points if (found := _ROW.fullmatch(fold(one)))]
    found = _ROW.fullmatch(point)
    if found is None or len(row) < _LEAST_ROW:
        return ""
    said = sum(any(key(part) == key(one[1] + one[2]) for part in parts) for one in row)
    if said * 2 < len(row):
        return ""
    for part in parts:
        rest = key(part.removeprefix(found[1]))
        if part.startswith(found[1]) and 0 < len(rest) <= _SHORT_VALUE and not set(rest) & set(key(found[2])):
            return part
    return ""


def _mispaired(point: str, names: dict[str, str], parts: Sequence[str]) -> str:
    """The part that has the name of a point with the number of another one: T12 of what has T10."""
    name, own = next(
        ((one, number) for one, number in names.items() if point.count(one) and number in point), ("", "")
    )
    if not name:
        return ""
    found = []
    for part in parts:
        there = [one for one in names if _stands_in(one, part)]
        if there == [name]:
            found.append((part, _VALUE.findall(part)))
    told = [(part, numbers) for part, numbers in found if numbers]
    if len(told) != 1 or len(told[0][1]) != 1 or told[0][1][0] == own:
        return ""
    return told[0][0] if told[0][1][0] in names.values() else ""


def _stands_in(name: str, part: str) -> bool:
    """Whether a name stands in a part of an answer, a Latin one as whole words."""
    begins, ends = ("[a-z]" if edge.isascii() else "(?!)" for edge in (name[0], name[-1]))
    return re.search(rf"(?<!{begins}){re.escape(name)}(?!{ends})", part) is not None


def _another_letter(point: str, answer: str) -> str:
    """The part that counts up a point's items of one letter, but for one that is another: 红黄绿 for 红、黄、蓝."""
    series = _LETTERS.search(point)
    if series is None:
        return ""
    items, behind = series[0].split("、"), point[series.end() : series.end() + 1]
    if not behind.strip() or key(behind) == "":
        behind = "$"
    missing = [item for item in items if item not in answer]
    if len(missing) != 1:
        return ""
    others = "|".join(item for item in items if item not in missing)
    one = f"[{CJK}]"
    counted = rf"{one}{{{len(items)}}}(?={_COUNT[min(len(items), 9)]}|{behind})"
    apart = rf"(?<![{CJK}]){one}(?:、{one}){{{len(items) - 1}}}(?!、)"
    for found in re.finditer(f"{apart}|(?<![{CJK}]){counted}", answer):
        if len(set(re.findall(others, found[0]))) == len(items) - 1 and not _NO_ITEM.search(found[0]):
            return found[0]
    return ""


def _upside_down(point: str, answer: str) -> str:
    """The ratio of an answer that has above what the point has below."""
    for note, said in ((_RATIO, _FRACTION), (_RATIO, _RATIO), (_FRACTION, _RATIO)):
        mine, theirs = note.search(point), said.search(answer)
        if mine is None or theirs is None:
            continue
        (over, under), (above, below) = _sides(mine), _sides(theirs)
        swapped = _one_thing(over, below) and _one_thing(under, above)
        if swapped and not _one_thing(over, above) and not _one_thing(under, below):
            return theirs[0].strip()
    return ""


def _sides(found: re.Match[str]) -> tuple[str, str]:
    """What stands above and what below in a ratio, as letters."""
    above, below = (part for part in found.groups() if part is not None)
    return key(above), key(below)


def _one_thing(one: str, two: str) -> bool:
    """Whether two sides of ratios are one thing: one holds the other."""
    return min(len(one), len(two)) > 1 and (one in two or two in one)
