"""The key points of a definition: what a learner has to say, each worth saying on its own."""

import re
from collections.abc import Iterable, Sequence

from studyllm.cards import Kind
from studyllm.grading.asides import ASKS_WHY, BRACKETED, EXAMPLE, is_aside, uses, without_examples
from studyllm.text import CJK, clean, definition, has_wide, key, language

MOST = 6
"""More points than this are merged: nobody names more in one answer, and each costs time."""
_LEAST = {"zh": 6, "en": 14}
"""Letters that a clause needs to be a point of its own."""

INSIDE = r"(?![^（()）\n]{0,120}[）)])"
"""No bracket is closed behind that was open before: what stands in brackets is not parted."""
_MARK = re.compile(
    r"^\s*(?:[-*+•·▪●]\s+|\(?\d{1,2}[.)、](?!\d)\s*|（\d{1,2}）\s*|[①-⑳]\s*|#+\s+(?!of\b)|>(?!\s*\d)\s*|[=＝]\s*(?=\w))+"
)
_ABBREVIATED = re.compile(
    r"\b(?:vs|esp|cf|ca|approx|resp|incl|i\.e|e\.g|Dr|Mrs?|Prof|Jr|Sr|St|No|Nr|Fig|vol|pp|al|Am"
    r"|z(?:\.\s?B)?|u\.\s?a|d\.\s?h|p\.\s?ej|bzw|ggf)\.$"
)
"""Behind none of these a dot ends a sentence."""
_NAME_GOES_ON = re.compile(r"(?:(?:^|[\s(])(?:by|von|[A-Z]\.)\s[A-Z]\.|\b(?:[A-Z]\.){2,}|\w\sv\.)$")
"""Initials and courts before the rest of a name: J. S. Bach, the U.S. Congress, Marbury v. Madison, 5 U.S. 137."""
_STARTS = re.compile(
    r"(?:The|Th(?:is|ese|ose|at|ey|en|ere)|It|In|An?|He|She|We|You|Its|But|And|When|If|For|One|Each|All|Such|Both|Not|Also)\b"
)
"""What begins a sentence rather than a name."""
_SENTENCE = re.compile(
    rf"(?<=[。！？；;])(?![（(](?![一二三四五六七八九十\d]+[）)])){INSIDE}|(?<=\S)[ \t]*(?=[①-⑳]){INSIDE}"
    rf"|(?<=[,;，；])\s*(?=[（(][1-9][)）])|(?<=[.!?])(?<!\.\.)\s+(?=[A-Z\"“(])|(?<=[{CJK}][.!?])\s+(?=[{CJK}])|\n+"
    rf"|(?<=[.!?。！？；;{CJK}])\s+(?=(?:e\.\s?g\.|for example\b|例如|比如))"
)
_CLAUSE_ZH = re.compile(rf"(?<=[，,])(?!\d){INSIDE}")
_QUANTITY = (
    r"(?:(?:roughly|about|around|approximately|approx\.|nearly|almost|circa|ca?\.|over|at (?:most|least)|up to)\s+"
    r"|[~≈]\s*|(?:大约|大概|约)\s*)\d"
)
_AMOUNT = re.compile(rf"\s*{_QUANTITY}", re.I)
"""A clause that says how much or how many: it can be wrong where the rest is right."""
_CLAUSE_EN = re.compile(
    r",\s+(?=(?:and|but|which|while|whereas|so|because|then|where|thus|leaving|making)\b)"
    rf"|,\s+(?={_QUANTITY})",
    re.I,
)
AND_BEFORE = re.compile(r"^(?:and|or)\s+", re.I)
"""Before the last of several things."""
_SERIES = re.compile(r",\s+(?:[\w'’-]+\s+){0,2}[\w'’-]+,?\s*$")
"""What ends in an item of a series, whose last one has an "and" before it and is no clause."""
_ENUMERATION = re.compile(rf"[、；;\n]{INSIDE}")
_GOES_ON = re.compile(r"\s*(?:包括|包含|尤其是?|特别是|即(?![使便将可])|也就是|亦即|换[言句]之?)")
"""A clause that only tells more of the one before it."""
_SIGNS = " \t。．.！!？?；;，,、：:…（）()“”\"'"
"""What alone is no point."""
_LEANS = re.compile(
    r"[^，]{0,14}(?:作用|影响|刺激|情况|条件|状态)之?下[，,]?$|[^，]{2,12}(?<![同小及平实暂])时[，,]?$|\s*(?:(?:这|此|那)时)?(?:即使|即便|虽然|尽管|如果|假如|倘若|若|当|因为|由于|只要|除非|一旦|为了|在[^，]{1,12}(?:时|中|里|下)[，,]?$"
    r"|(?:although|though|if|when|while|because|since|unless|once|even if)\b)",
    re.IGNORECASE,
)
"""A clause that says nothing without the next one."""
_COUNTS = re.compile(
    r"(?:主要|一共|共|又|它|其)*(?:可以?)?(?:包括|包含|分为|分成|有|由)(?:以下|下面|如下|这)?"
    r"(?:[一二两三四五六七八九十几]|\d{1,2})[个种大类点条项步层]?(?:部分|方面|步骤|阶段|特点|内容|要素|类型)?(?:组成|构成)?"
)
"""包括三个部分: a clause that only counts what follows it."""
_EQUAL = re.compile(r"^[=＝]\s*(?=\w)")
"""What tied a clause to its term, as in "the volume a minute, = rate × stroke volume"."""
_ARROW = re.compile(rf"(?<!\s)\s*(?:→|⟶|⇒|-->|->|=>){INSIDE}\s*")
_STEP = {"zh": 16, "en": 40}
"""Letters of a step between arrows; what is longer is a clause that has an arrow in it."""
_STEPS = 3
"""Steps that make a chain: of two, an arrow says what becomes of what."""
EMPHASIS = re.compile(r"\*\*|__|`")
_ROOM = re.compile(r"\\[;,:!]")
"""Room between the signs of a formula, which ends no clause."""
_FENCE = re.compile(r"^[ \t]*(?:`{3}|~{3}).*$", re.M)
"""The first and the last line of a piece of code: no point, though a language is named there."""
_DRAWN = re.compile(
    r"^[ \t]*(`{3}|~{3})[ \t]*(?:mermaid|plantuml|puml|dot|graphviz)\b.*?(?:^[ \t]*\1[ \t]*$|\Z)",
    re.M | re.S | re.I,
)
"""A picture in words, of which nobody learns the source."""
_LEAD = re.compile(r"^[^：:→⟶⇒>]{1,30}[：:]\s*")
"""What stands before a chain of steps."""
_CIRCLED = re.compile(r"^\s*(?:[①-⑳]|[（(][1-9][)）])\s*")
_SO = re.compile(r"\s*(?:所以|因此|因而|于是|故|(?:so|therefore|thus|hence)\s)", re.I)
_IN_QUESTION = 4
"""Letters of a point at least that stands in the question already."""
_FILLING = re.compile(r"发生|完全|一定|[就才都]")
"""Words that a question leaves out where the conclusion of its answer says it again."""
_TRIM = " \t\r\n。；;，,、.：:"
_EXTRA = ("+", "＋")
"""Signs before a point that an answer may leave out."""


def is_extra(point: str) -> bool:
    """Whether the lack of a point does not fail an answer: the learner wrote a plus before it."""
    return point.lstrip().startswith(_EXTRA)


def with_extras_marked(points: Sequence[str], asked: str = "") -> tuple[str, ...]:
    """Points as a note has them, what is told beside the answer as extras: who can say what a thing is need not name
    the note's own example, nor who found it."""
    extras = [is_aside(asked, unmarked(point), first=not n) for n, point in enumerate(points)]
    if all(extras):
        return tuple(points)
    return tuple(f"+ {unmarked(p)}" if extra else p for p, extra in zip(points, extras, strict=True))


def bare(point: str) -> str:
    """A point as it is shown, without that plus."""
    return point.lstrip().lstrip("".join(_EXTRA)).lstrip() if is_extra(point) else point


def shown(point: str) -> str:
    """A point as a learner reads it: without that plus, and without the verb that tied it to its term."""
    return definition(bare(point))


def unmarked(point: str) -> str:
    """A point without the mark or number of a list before it; the plus of an extra is none."""
    return point if is_extra(point) else _MARK.sub("", point)


def split_points(reference: str, kind: Kind = Kind.TERM) -> tuple[str, ...]:
    """Key points of a reference: list items, labelled cells, steps, or clauses; never none unless it is blank."""
    whole = clean(reference)
    written = _DRAWN.sub("", whole).strip() or whole
    text = BRACKETED.sub("", EMPHASIS.sub("", _FENCE.sub("", _ROOM.sub("", written))))
    lines = [line for line in (_MARK.sub("", raw).strip() for raw in text.splitlines()) if key(line)]
    if not lines:  # nothing but a mark
        lines = [line.strip() for line in clean(reference).splitlines() if key(line)]
    if len(lines) > 1 and lines[0].endswith((":", "：")):
        lines = lines[1:]
    if kind is Kind.TERM and (steps := chain(reference)):
        return steps
    places: dict[str, tuple[int, int]] = {}
    """Line and sentence of each clause, by what it is without marks."""
    if kind is Kind.TERM:
        parts = []
        for row, line in enumerate(lines):
            for part, sentence in _clauses(line):
                parts.append(part)
                places.setdefault(key(_bared(part)), (row, sentence))
    elif len(lines) == 1:
        parts = _items(lines[0])
    else:
        parts = lines
    told = [part for part in parts if not EXAMPLE.match(part)] or parts
    said = _distinct(map(_bared, told))
    placed = [(part, places.get(key(part), (number, 0))) for number, part in enumerate(said)]
    return tuple(_merged(placed, "zh" if language(text) == "zh" else "en"))


def _bared(part: str) -> str:
    """A part without its marks and what ties it to the one before."""
    return _EQUAL.sub("", AND_BEFORE.sub("", _CIRCLED.sub("", part).strip(_TRIM)))


def answering(question: str, points: tuple[str, ...]) -> tuple[str, ...]:
    """The points but for asides, for the use of a word that is translated, and for what says the question again: "so it
    burns" of "why does it burn?"."""
    asked, why = key(question), ASKS_WHY.search(question) is not None

    def says_again(point: str) -> bool:
        so = _SO.match(point)
        if so is None:
            return why and len(key(point)) >= _IN_QUESTION and key(point) in asked
        return key(_FILLING.sub("", point[so.end() :])) in asked

    told = tuple(p for n, p in enumerate(points) if not is_aside(question, p, first=not n)) or points
    if any(map(has_wide, told)):
        told = tuple(p for p in told if not uses(question, p)) or told
    return tuple(point for point in told if not says_again(point)) or told


def chain(reference: str) -> tuple[str, ...]:
    """The steps of a reference that is steps between arrows and no more; nothing for any other."""
    text = EMPHASIS.sub("", clean(reference)).strip(_TRIM)
    steps = tuple(step.strip(_TRIM) for step in _ARROW.split(_LEAD.sub("", text)))
    longest = _STEP["zh" if language(text) == "zh" else "en"]
    short = all(2 <= len(key(step)) <= longest and not _SENTENCE.search(step) for step in steps)
    if any(" = " in step for step in steps[1:]):
        return ()  # pairs, each with an arrow: transcription = DNA → RNA, translation = RNA → protein
    return steps if short and _STEPS <= len(set(map(key, steps))) == len(steps) else ()


def _items(line: str) -> list[str]:
    """Items of an enumeration written on one line, without its lead-in."""
    head, colon, tail = line.partition("：") if "：" in line else line.partition(":")
    body = tail if colon and tail.strip() and _ENUMERATION.search(tail) else line
    parts = [part for part in _ENUMERATION.split(body) if key(part)]
    return (
        parts
        if len(parts) > 1
        else [part for part in re.split(r"[,，]", body) if key(part)] or [head or line]
    )


def _clauses(line: str) -> list[tuple[str, int]]:
    """Sentences of a line, long ones cut at clauses that say something of their own; with each the number of its
    sentence."""
    lang = language(line)
    cut = _CLAUSE_ZH if lang == "zh" else _CLAUSE_EN
    clauses: list[str] = []
    of: list[int] = []
    for at, sentence in enumerate(_sentences(line)):
        sentence = without_examples(sentence) if lang == "en" else sentence
        pieces = [piece for piece in cut.split(sentence) if key(piece)]
        for number, piece in enumerate(pieces):
            example = EXAMPLE.match(piece) or (number and EXAMPLE.match(clauses[-1]))
            short = len(key(piece)) < _LEAST[lang] or (number and len(key(clauses[-1])) < _LEAST[lang])
            short = (short and not _AMOUNT.match(piece)) or bool(number and _LEANS.match(clauses[-1]))
            short = short or bool(number and _GOES_ON.match(piece))
            short = short or bool(number and AND_BEFORE.match(piece) and _SERIES.search(clauses[-1]))
            if number and short and not example:
                clauses[-1] = _joined(clauses[-1], piece)
            else:
                clauses.append(piece)
                of.append(at)
    return list(zip(clauses, of, strict=True))


def _sentences(line: str) -> list[str]:
    """Where a line is cut into sentences; a name with dots in it stays whole."""
    parts, begin = [], 0
    for end in _SENTENCE.finditer(line):
        before, after = line[max(begin, end.start() - 24) : end.start()], line[end.end() : end.end() + 8]
        named = _NAME_GOES_ON.search(before) and not _STARTS.match(after)
        if not named and not _ABBREVIATED.search(before):
            parts.append(line[begin : end.start()])
            begin = end.end()
    return [*parts, line[begin:]]


def _joined(left: str, right: str) -> str:
    """Two neighbouring clauses as one."""
    left, right = left.rstrip(), right.strip()
    if re.search(f"[{CJK}，。；、]$", left) or re.match(f"[{CJK}]", right):
        return left + right if left[-1:] in "，,；;。、" else f"{left}，{right}"
    return f"{left} {right}" if left[-1:] in ",;." else f"{left}, {right}"


def _distinct(parts: Iterable[str]) -> list[str]:
    """Parts that say something, each once, in order; one that only counts what follows it says nothing."""
    kept: dict[str, str] = {}
    for part in parts:
        if part.strip(_SIGNS):
            kept.setdefault(key(part), part)
    found = list(kept.values())
    return [part for part in found if not _COUNTS.fullmatch(part.strip(_SIGNS))] or found


def _merged(placed: list[tuple[str, tuple[int, int]]], lang: str) -> list[str]:
    """At most MOST parts, each given with its line and its sentence: the shortest neighbours are joined, first those of
    one sentence, then those of one line."""
    placed = list(placed)

    def cost(at: int) -> tuple[bool, bool, int]:
        (left, here), (right, there) = placed[at : at + 2]
        return here[0] != there[0], here != there, len(left) + len(right)

    while len(placed) > MOST:
        at = min(range(len(placed) - 1), key=cost)
        (left, here), (right, there) = placed[at : at + 2]
        apart = "；" if lang == "zh" else "; "
        placed[at : at + 2] = [(_joined(left, right) if here == there else left + apart + right, here)]
    return [part for part, _place in placed]
