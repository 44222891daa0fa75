"""What stands inside a line: names that later sentences define or give, and entries beside the first."""

import re
from collections.abc import Iterator

from studyllm.cards import Kind
from studyllm.notes.candidates.called import named_within
from studyllm.notes.candidates.candidate import Candidate, made
from studyllm.notes.candidates.sentences import is_strict, said_within
from studyllm.notes.candidates.wrapped import Passage
from studyllm.notes.outline import Node
from studyllm.notes.words.inline import plain, prose
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.terms import title
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
_LINE = 400
_OPENS_BOLD = re.compile(r"(?:(?:an?|the|eine?|un[ea]?)\s+)?(?:\*\*|__)", re.IGNORECASE)
"""A sentence that opens with a name in bold."""


def name_given(text: str, form: re.Pattern[str]) -> str:
    """The name that a text gives to what it tells of; empty where it gives none, or a label."""
    found = form.search(simplified(text[:300]))
    name = text[slice(*found.span(found.lastindex or 0))] if found else ""
    return "" if is_label(name) else name


def within(form: str, passage: Passage, node: Node, marks: dict[str, float]) -> Iterator[Candidate]:
    """What the sentences of a passage define after the first, and what they call by name; its entries."""
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
        yield from _entries(form, passage, node, marks)


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
