"""Answers that are lists: which items a reference counts up, and how much of each an answer names."""

import re
from functools import lru_cache

from studyllm.grading.counted import CLOSED, OPENED, one_statement
from studyllm.grading.lexical import negations, units, words
from studyllm.grading.naming import alike
from studyllm.grading.points import AND_BEFORE, unmarked
from studyllm.grading.vocabulary import in_two_letters
from studyllm.text import CJK, fold, key

_ASKS = re.compile(
    r"哪[些几两三四]|哪(?:个|种|类|方面)|[几多]少?[个种类项条点步]|(?:包括|包含|分为|分成|有|含有)(?:什么|哪)"
    r"|优缺点|特[征点性](?:是|有|包|$)|(?:原则|内容|步骤|要素|类型|种类|组成|构成|流程|指标|因素|方面|优点|缺点|作用|主体|形式|方法|方式)(?:是|有|包|分|$)"
    r"|\b(?:list|name|enumerate|what are|which are|state|give) (?:the|all|some|at least|two|three|four|five|six|\d)"
    r"|\b(?:types|kinds|parts|steps|stages|phases|properties|components|advantages|factors|principles|elements)"
    r" (?:of|are|in)\b",
    re.I,
)
"""A question that wants several things named."""
_LEAD = re.compile(
    r"^[^：:。]{0,60}?(?:[：:]|——)\s*(?=\S)|^.{0,40}?(?:包括|分为|分成|包含|由以下|有以下[^，。]{0,6})(?=\S)"
    r"|^[^:.]{0,80}?\b(?:are|include|includes|consists? of|divided into)\b:?\s+",
    re.I,
)
_HEADED = re.compile(
    rf"(?!.*(?:包|含|分|有|如下|以下|是|为|特征|[特优缺要]点|[方层]面|步骤|种类|分类|类型|组成|构成|内容|[一两二三四五六七八九十\d几多][个种大条项]))([{CJK}]{{3,8}})[：:]"
)
"""What stands before a list and announces none: 肝气郁结：胸胁胀满、抑郁、善太息."""
_TOLD = re.compile("[；;].")
_LABELS = re.compile(r"(?:^|[。；;，,\s])[ \t]{0,2}(?:优点|缺点|优势|劣势|特点)(?:——|[：:])")
_LABELLED = re.compile(r"[；;\n]\s*[^：:，,；;。\s]{1,20}[：:](?!//)")
_MANY = re.compile(
    r"(?:症|因素|条件|表现|功能|作用|指标|标准|要素|特点|分类|组成)(?:症)?[？?]?$|的[^的\s]{1,8}[？?]?$"
)
"""A question that wants several things named, by its last word, or for what is so and so: 双层膜的细胞器."""
_SEPARATORS = (
    re.compile(r"[；;\n]|(?<!\d)[一二三四五六]是|[（(]\d{1,2}[)）]|[①-⑳]"),
    re.compile(rf"[、\n]|(?<=[{CJK}])(?:以及|及|和|与)(?=[{CJK}])"),
    re.compile(r"[，,、]|\s(?:and|or)\s"),
)
"""Ways to set items apart, the stronger ones first."""
_LETTERED = re.compile(r"^\s*\w{1,2}[)）]")
_LONGEST = {"zh": 50, "en": 80}
"""Letters of an item; a longer one is an argument, and words counted in it say little."""
_SHORT = {"zh": 12, "en": 28}
"""Letters of an item in a list that nobody asked for; longer ones are clauses of a definition."""
_ENUMERATED = 16
"""Letters of an item behind 、, its parenthesis among them."""
_TRIM = " \t，,。.；;、:："
_SEGMENT = re.compile(
    r"[、，,；;。\n|/]|\.(?:\s|$)|(?<!\s)\s*(?:→|->|=>|⇒|>)\s*|(?<!\s)\s+(?:and|or|then|finally)\s+"
    rf"|(?<=[{CJK}])(?:以及|和|与|及|然后|接着|最后)(?=[{CJK}])"
)
"""What parts the items of an answer."""
_SPACE = re.compile(rf"(?<=[{CJK}])\s+|\s+(?=[{CJK}])")
_PLAIN = re.compile(r"[^，,。；;：:！？!?=→的或和与及并等]+")
"""A reference that counts things up and says nothing of them: 红、肿、热、痛."""
_IN_ORDER = re.compile(r"顺序|次序|依次|先后|步骤|流程|过程|[从由].{1,6}[到至]")
"""A question whose answer has an order."""
_ORDERED = re.compile(r"\b(?:order|sequence|steps|stages|phases)\b", re.I)
_NUMBER = re.compile(r"(?<![第十])([两二三四五六七八九十])\s?[个种类项条大期]")
_DIGITS = "一二三四五六七八九十"
_SERIES = re.compile(
    r"(?:(?!(?:an?|the) )[\w'’-]+(?: [\w'’-]+){0,2}, ){2,6}(?:and|or) [\w'’-]+(?: [\w'’-]+){0,2}", re.I
)
"""A text that is three short items or more and no more: red, green, and blue."""
_COUNT = re.compile(r"(?<=[^、])等?[两二三四五六七八九十][种个类项条大][^、]{0,4}$")
"""The number of items, said after the last of them: 甲、乙、丙三种方式."""
_OUTSIDE = re.compile(r"[（(][^（）()]*[)）]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z' -]{2,}")
_CHINESE = re.compile(f"[{CJK}]+")
_BECOMES = re.compile("[升降增减加变高低大小多少快慢]")
_PIECES = re.compile(
    rf"(?<!\s)\s+(?:[-–—]+|and|or)\s+|——|[:：，；;、]\s*|,(?!\d)\s*|(?<=[{CJK}])(?:和|与|及)(?=[{CJK}])"
)
"""What parts a point into its name and what is said of it, or into things that are said together."""
_SAYS_SOMETHING = 2
"""Words, or pairs of Chinese letters, of a part of a point that says something of its own."""
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)
_BRACKETED = re.compile(r"\s*[(（][^()（）]{0,80}[)）]")
_NAME = 3
"""Letters of a word at least that is one of several things."""
_NO_NAME = re.compile(
    r"(?:yes|no|not?|true|false|noun|verb|adj\w*|adv\w*|both|also|always|often|usually)\W*", re.I
)
"""What stands between two marks and names nothing."""
_COLON = re.compile(r"[:：]")
_OPENS = re.compile(
    r"^(?:首先|先是?|再|然后|接着|最后|还有|有|and|or|first|then|next|finally|the|an?)\s*", re.I
)
"""What may stand before an item without changing it."""


@lru_cache(maxsize=256)
def items(question: str, reference: str) -> tuple[str, ...]:
    """The items that a reference counts up, two or more; nothing when it is not a list or nobody asked for one.

    A reference asked about by its term alone is a list when it says so ("…：甲、乙、丙") and its items are short, or
    when it is nothing but short items behind 、.
    """
    text = reference.strip().rstrip("。.")
    if found := _enumerated(question, text):
        return found
    lead = _LEAD.match(text)
    if lead and "\n" in lead[0].strip():
        lead = None  # the first line announces nothing
    if lead and len(OPENED.findall(lead[0])) != len(CLOSED.findall(lead[0])):
        lead = None  # it ends in brackets
    if lead and _TOLD.search(lead[0]):
        lead = None  # it says something before what it announces
    asked = bool(_ASKS.search(question))
    if not asked and not (lead and lead.group().rstrip().endswith(("：", ":", "——"))):
        return ()
    body = _LABELS.sub("；", text[lead.end() :] if lead else text)
    if lead and _LABELLED.search(body):  # what stands before the first is the label of one of several
        body = _LABELS.sub("；", text)
    for separator in _SEPARATORS if asked else _SEPARATORS[:2]:
        parts = [AND_BEFORE.sub("", unmarked(part).strip(_TRIM)) for part in separator.split(body)]
        found = tuple(dict.fromkeys(part for part in parts if key(part)))
        if any(len(OPENED.findall(part)) != len(CLOSED.findall(_LETTERED.sub("", part))) for part in found):
            found = ()  # cut within brackets
        if len(found) > 1:
            break
    if len(found) < (2 if asked else 3):
        return ()
    if lead and not asked and (own := _HEADED.fullmatch(lead[0].strip())) and own[1] not in question:
        found = (own[1], *found)  # a name that the others tell more of
    longest = (_LONGEST if asked else _SHORT)["zh" if re.search(f"[{CJK}]", body) else "en"]
    return found if all(len(key(item)) <= longest for item in found) else ()


def _enumerated(question: str, text: str) -> tuple[str, ...]:
    """The items of a text that is short items behind 、 and no more: two where several are wanted, else three; or a
    series of three with its "and"."""
    if _SERIES.fullmatch(text) and not _ORDERED.search(question):
        return tuple(dict.fromkeys(AND_BEFORE.sub("", part.strip()) for part in text.split(",")))
    parts = [part.strip() for part in _outside_brackets("、", _COUNT.sub("", text))]
    number = _NUMBER.search(question)
    counted = number is not None and _DIGITS.find(number[1].replace("两", "二")) + 1 == len(parts)
    if _IN_ORDER.search(question) or not (counted or _PLAIN.fullmatch(_OUTSIDE.sub("", text))):
        return ()
    short = all(0 < len(key(part)) <= _ENUMERATED for part in parts) and not one_statement(parts)
    several = 2 if counted or _MANY.search(question) else 3
    return tuple(dict.fromkeys(parts)) if short and len(parts) >= several else ()


def _outside_brackets(mark: str, text: str) -> list[str]:
    """A text split at a mark, but not within parentheses."""
    return re.split(rf"{mark}(?![^（(]*[)）])", text)


def stated(items: tuple[str, ...], answer: str) -> tuple[bool, ...]:
    """For each item whether it stands in an answer word for word, as an item by itself or as whole Latin words that are
    not denied: that was said, whatever stands beside it. Of items that share their noun an item is as well said by what
    is its own: positive and negative (reinforcement)."""
    parts = _parts(answer)
    affirmed = [fold(part) for part in parts if not negations(part)]
    segments = tuple({key(one) for part in parts for one in (part, _OPENS.sub("", part))} - {""})
    return tuple(
        bool(key(item))
        and (
            _among(item, segments) or key(own) in segments or any(_has_words(part, item) for part in affirmed)
        )
        for item, own in zip(items, _own(items), strict=True)
    )


_SETS_APART = re.compile(
    r"[不没无非未缺]|除[了外]|之间|区别|\b(?:no|not|non|without|unlike|lacks?|lacking|differs?|different|between|except|rather|than|nor|never)\b",
    re.I,
)
"""What a note says before things that it denies, leaves out or compares with: an answer that only names these does not
say half of the note."""


def begun(point: str, asked: str, answer: str) -> bool:
    """Whether a part of a point that says something of its own, and that the question does not have, stands in an
    answer word for word and is not denied: the name before a dash, a clause, one of two things."""
    own = (
        piece
        for piece in _own_pieces(point, asked, _SAYS_SOMETHING)
        if not _SETS_APART.search(point.partition(piece)[0])
    )
    parts = [part for part in _parts(answer) if not negations(part)]
    segments, affirmed = set(map(key, parts)), list(map(fold, parts))
    return any(
        key(piece) in segments or any(_has_words(part, _ARTICLE.sub("", piece)) for part in affirmed)
        for piece in own
    )


def names_some(point: str, asked: str, answer: str) -> bool:
    """Whether one of the several things that a point is, be it a single word, stands between two marks of an answer."""
    segments = {key(part) for part in _parts(answer)}
    return any(
        len(key(piece)) >= _NAME and key(piece) in segments and not _NO_NAME.fullmatch(piece)
        for piece in _own_pieces(point, asked, 1)
    )


def _own_pieces(point: str, asked: str, least: int) -> tuple[str, ...]:
    """The parts of a point that has several, with so many words that the question has not."""
    pieces = [piece.strip() for piece in _PIECES.split(_BRACKETED.sub("", point)) if piece and key(piece)]
    known = frozenset(units(asked))
    own = tuple(piece for piece in pieces if len(frozenset(units(piece)) - known) >= least)
    return own if len(pieces) > 1 else ()


def recited(question: str, items: tuple[str, ...], answer: str) -> bool:
    """Whether an answer is all the items and nothing else, in any order, unless an order is asked for."""
    if len(items) < 2 or _IN_ORDER.search(question):
        return False
    left = dict(zip(items, _own(items), strict=True))
    for part in _parts(answer, whole=False):
        said = [item for item, own in left.items() if _is(part, item, own)]
        if not said:
            return _in_one(tuple(left), part) and part == answer.strip()
        del left[said[0]]
    return not left


def _is(part: str, item: str, own: str) -> bool:
    """Whether a part of an answer is an item, `own` being what is its own of that; über may be typed ueber."""
    return _among(item, (key(part),)) or key(own) == key(part) or in_two_letters(part, item)


def _in_one(items: tuple[str, ...], run: str) -> bool:
    """Whether a Chinese answer without marks is the items one after the other: 肾肺脾肝心."""
    rest = key(run)
    for item in sorted(map(key, items), key=len, reverse=True):
        before, found, after = rest.partition(item)
        if not found:
            return False
        rest = f"{before}\n{after}"
    return not rest.strip("\n")


def segments(answer: str) -> tuple[str, ...]:
    """What stands between two marks of an answer, or between spaces where nothing is denied."""
    return tuple(_parts(answer, whole=False))


def _parts(answer: str, *, whole: bool = True) -> list[str]:
    """What may be items in an answer: between marks, and where nothing is denied between spaces; `whole`: what stands
    between two marks as well."""
    text = answer.strip()
    lead = _LEAD.match(text)
    text = text[lead.end() :] if lead and len(_COLON.findall(text)) < 2 and not negations(lead[0]) else text
    found: list[str] = []
    for part in (unmarked(part or "").strip() for part in _SEGMENT.split(text)):
        apart = [] if negations(part) else _SPACE.split(part)
        found += [part, *apart] if whole or not apart else apart
    return [part for part in found if key(part)]


def _among(item: str, segments: tuple[str, ...]) -> bool:
    """Whether an item is one of the segments, but for a letter such as 性 or 化."""
    return key(item) in segments or any(alike(item, segment) for segment in segments)


def _own(items: tuple[str, ...]) -> tuple[str, ...]:
    """Items without the last words, or Chinese letters, that all of them share; as they are where that leaves nothing
    of one, or the same of two, or where what they share says what becomes of them (升高)."""
    if len(items) < 2:
        return items
    if all(map(_LATIN.fullmatch, items)):
        split, between = [item.split() for item in items], " "
    elif all(map(_CHINESE.fullmatch, items)):
        split, between = [list(item) for item in items], ""
    else:
        return items
    shared = 0
    while (
        all(len(part) > shared + 1 for part in split)
        and len({fold(part[-1 - shared]) for part in split}) == 1
    ):
        shared += 1
    if _BECOMES.search(between.join(split[0][len(split[0]) - shared :])):
        return items
    own = tuple(between.join(part[: len(part) - shared]) for part in split)
    return own if len(set(map(key, own))) == len(own) else items


def _has_words(text: str, item: str) -> bool:
    """Whether a folded text has an item of Latin words as whole words."""
    return bool(_LATIN.fullmatch(item)) and bool(
        re.search(rf"(?<![\w-]){re.escape(fold(item))}(?![\w-])", text)
    )


def named(items: tuple[str, ...], question: str, answer: str) -> tuple[float, ...]:
    """For each item the share of what is its own that the answer has.

    What all items have in common ("…原则") or the question already says is not an item's own.
    """
    parts = [_grams(item) for item in items]
    common = frozenset.intersection(*parts) if len(parts) > 1 else frozenset()
    # An answer may mix scripts: its words and its pairs of letters both count.
    asked, said = _grams(question), _grams(answer) | frozenset(words(answer)) | frozenset(key(answer))
    shares = []
    for part in parts:
        own = part - common - asked or part - common or part
        shares.append(len(own & said) / len(own))
    return tuple(shares)


def _grams(text: str) -> frozenset[str]:
    """Pairs of neighbouring letters of Chinese, whole words of other scripts."""
    if not re.search(f"[{CJK}]", text):
        return frozenset(words(text)) or frozenset({key(text)})
    letters = key(text)
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1)) or frozenset({letters})
