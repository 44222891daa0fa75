"""What stands inside a line: names that later sentences define or give, entries beside the first, and sentences that
say which kinds or parts something has."""

import re
from collections.abc import Iterator

from studyllm.cards import Kind
from studyllm.notes.candidates.candidate import Candidate, made
from studyllm.notes.candidates.sentences import is_strict, named_within, said_within
from studyllm.notes.candidates.wrapped import Passage
from studyllm.notes.inline import plain, prose
from studyllm.notes.labels import is_label
from studyllm.notes.outline import Node
from studyllm.notes.terms import may_be_term, title
from studyllm.script import simplified

KNOWN_AS = re.compile(
    r"(?:称为|叫做?|称作|called|known as|termed|referred to as)\s*(?:an?\s+|the\s+)?"
    r"(?:\*\*|__)([^*_\n]{2,60})(?:\*\*|__)"
    r"|(?:称为|叫做?|称作)[「“『]([^」”』\n]{2,20})[」”』]|[をが][「『]([^」』\n]{2,24})[」』]と(?:いう|呼ぶ|言う|呼ばれ)"
    r"|(?:is|are) (?:called|known as|termed) [\"“]([^\"”\n]{2,40})[\"”]",
    re.IGNORECASE,
)
"""What something is called, set off."""
_BOLD_ENTRY = re.compile(
    r"(?:^|(?<=[，,；;。.]))[ \t]*(?:\*\*|__)([^*_\n]{1,30})(?:\*\*[:：]|[:：]\*\*|__[:：])[ \t]*(?=\S)"
)
_ENTRY = re.compile(
    r"(?:^|(?<=[；;。]))[ \t]*([^\s，。；：,;:、（）()*=→]{1,14})(?:：|(?<=[\u4e00-\u9fff])[ \t]*[=→][ \t]*)(?=\S)"
)
"""Where an entry begins: a term with a colon, or a Chinese one with = or →, at the head of a clause."""
_REPEATED = re.compile(
    r"(?:\*\*|__)?([^。.：:,，;；*_\n]{2,24})(?:\*\*|__)?[。.](?:\*\*|__)?\s*((?:\*\*|__)?\1.{6,})", re.DOTALL
)
"""A name as a heading that its text runs on from and says again: 绝对性。绝对性是指…"""
_SENTENCE = re.compile(r"(?<=[。；;])|(?<=\.)\s+(?=[A-Z])")
_HEAD_ZH = (
    r"(?:其中|而|其)?(?P<name>[^，。；：:、\s]{2,18}?)(?:(?:按照?|根据)[^，。]{1,8}?)?"
    r"(?:主要|一般|通常|大致|常见的?|又|也|则)?(?:可以?)?(?:被)?"
)
_KINDS = (
    re.compile(
        _HEAD_ZH
        + r"(?:划?分[为成]|包括|包含|有(?=[一二两三四五六七八九十\d])|由(?=[^。；]{4,80}(?:组成|构成)))(?:以下|下列)?"
        r"(?:[一二两三四五六七八九十\d]+[个种类部大](?:方面|部分|阶段|类型|层次|要素|步骤|内容)?)?[：:，,]?(?P<said>[^。；;：:]{4,120})[。；;]?"
    ),
    re.compile(
        r"(?:The |An? |the )?(?P<name>[A-Za-z][^,.;:()]{2,44}?) "
        r"(?:(?:mainly |usually )?(?:consists? of|comprises?|includes?)"
        r"|(?:is|are) (?:made up|composed) of|(?:is|are|can be) (?:divided|classified|split|grouped) into)"
        r"(?: (?:the following|two|three|four|five|six)(?: [a-z]+)?[:,]?)? (?P<said>[^.;:]{6,160})\.?"
    ),
)
"""A name, that it has kinds or parts, and which."""
_BETWEEN = re.compile(r"[、]|,\s+(?:and |or )?|，|(?:以及|[和与及])| and | or ")
_LONGEST, _FEWEST = 40, 2
"""Letters of a kind, and how many there are."""
_LINE = 400
_OPENS_BOLD = re.compile(r"(?:(?:an?|the|eine?|un[ea]?)\s+)?(?:\*\*|__)", re.IGNORECASE)
"""A sentence that opens with a name in bold."""


def name_given(text: str, form: re.Pattern[str]) -> str:
    """The name that a text gives to what it tells of; empty where it gives none, or a label."""
    found = form.search(simplified(text[:300]))
    name = text[slice(*found.span(found.lastindex or 0))] if found else ""
    return "" if is_label(name) else name


def within(form: str, passage: Passage, node: Node, marks: dict[str, float]) -> Iterator[Candidate]:
    """What the sentences of a passage define after the first, and what they call by name; its kinds and entries."""
    line = passage.text
    for kind, found in (("inner", said_within(line)), ("named", named_within(line))):
        for name, text in found:
            firm, bold = is_strict(name, plain(text)), _OPENS_BOLD.match(text) is not None
            own = marks | {"firm": float(firm), "strict": float(bold and kind == "inner")}
            where = passage.lines_of(text)
            yield made(f"{form} {kind}", Kind.TERM, name, prose(text), where, node, bold=bold, marks=own)
    if repeated := _REPEATED.fullmatch(line.strip()):
        where = passage.lines_of(line)
        yield made(f"{form} repeated", Kind.TERM, repeated[1], prose(repeated[2]), where, node, marks=marks)
    if len(line) <= _LINE:
        yield from _kinds(form, passage, node, marks)
        yield from _entries(form, passage, node, marks)


def _kinds(form: str, passage: Passage, node: Node, marks: dict[str, float]) -> Iterator[Candidate]:
    """The sentences that say which kinds or parts something has: A 分为 B 和 C."""
    for sentence in _SENTENCE.split(plain(passage.text))[:6]:
        read = simplified(sentence.strip())
        found = next((hit for form_ in _KINDS if (hit := form_.fullmatch(read))), None)
        if found is None:
            continue
        name = sentence.strip()[slice(*found.span("name"))].strip('“”"「」 ')
        said = sentence.strip()[slice(*found.span("said"))]
        kinds = [piece.strip() for piece in _BETWEEN.split(said)]
        if (
            len(kinds) < _FEWEST
            or not all(kinds)
            or max(map(len, kinds)) > _LONGEST
            or not may_be_term(name, bold=False)
        ):
            continue
        own = marks | {
            "kinds": min(1.0, len(kinds) / 6),
            "listed": float("、" in said or said.count(",") > 1),
        }
        where = passage.lines_of(sentence.strip())
        yield made(f"{form} kinds", Kind.LIST, name, sentence.strip(), where, node, points=kinds, marks=own)


def _entries(form: str, passage: Passage, node: Node, marks: dict[str, float]) -> Iterator[Candidate]:
    """The entries of a line that has several: 退火：…；淬火：…, **annealing**: …, **quenching**: …."""
    line = passage.text
    for bold, pattern in ((True, _BOLD_ENTRY), (False, _ENTRY)):
        found = [hit for hit in pattern.finditer(line) if not is_label(title(hit[1]))]
        if len(found) < 2 or found[0].start() > 0:
            continue
        ends = [*(hit.start() for hit in found[1:]), len(line)]
        for number, (hit, end) in enumerate(zip(found, ends, strict=True)):
            text = line[hit.end() : end].strip(" ，,；;")
            own = marks | {"number": float(number > 0), "entries": min(1.0, len(found) / 4)}
            where = passage.lines_of(text)
            yield made(f"{form} entry", Kind.TERM, hit[1], prose(text), where, node, bold=bold, marks=own)
        return
