"""Lines that open with a term: `**Term**：meaning`, `Term - meaning`; what follows belongs to the last one."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studyllm.cards import Kind
from studyllm.notes.answer import render
from studyllm.notes.candidates.announcing import OPEN
from studyllm.notes.candidates.asked import first_replied
from studyllm.notes.candidates.asking import asks, bare
from studyllm.notes.candidates.candidate import Candidate, made
from studyllm.notes.candidates.listing import points, told_first
from studyllm.notes.candidates.questions import answered_beside
from studyllm.notes.candidates.sentences import next_defined
from studyllm.notes.candidates.several import side_by_side, word_by_word
from studyllm.notes.candidates.translated import translated_over
from studyllm.notes.candidates.wrapped import goes_on
from studyllm.notes.markdown.blocks import Block, Code, Listing, Paragraph, Quote
from studyllm.notes.markdown.defining import shows
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.inline import only_link, prose
from studyllm.notes.words.lead import Gap, Lead, Mark, lead, unlinked
from studyllm.notes.words.terms import title

_SAID = (Gap.COLON, Gap.DASH, Gap.COPULA)
ANOTHER = re.compile(
    r"(?<=[。；;])\s*(?=\*\*[^*\n]{1,40}\*\*\s*(?:[（(][^（()）]{1,40}[)）])?\s*(?:是|指|[:：]|即))"
    r"|(?<=[^.]{2}\.)\s+(?=(?:(?:An?|The)\s+)?\*\*[^*\n]{1,40}\*\*\s+(?:is|are|means?|refers?)\b)"
)
"""Where the same line defines another bold term."""
_MOST_BELOW = 12
"""Paragraphs that go on below a line."""
_SHORT_FORMULA = re.compile(r"(?<=\S)\$[^$=\n]{1,12}\$$")
"""The sign of what a front names, at its end."""
_EXPLICIT = re.compile(
    r"\s*(?:\*\*|__)?(?:[QAC]|问|答|Question|Answer)\d*(?:\*\*|__)?\s*[:：]|.{1,80}(?<!:):::?(?!:)",
    re.IGNORECASE,
)
"""Lines that an author marked as question, answer, cloze or pair: another file reads them."""


def of_lines(node: Node, block: Paragraph, after: Sequence[Block]) -> Iterator[Candidate]:
    """The entries of a paragraph's lines up to a question with its answer; each goes on up to the next one, the last
    one `after` the paragraph."""
    lines = block.text.split("\n")
    if (asked := first_replied(lines)) < len(lines):
        lines, after = lines[:asked], ()
        block = Paragraph("\n".join(lines), block.line, block.line + asked - 1)
    opened = [
        None
        if at and goes_on(lines[at - 1], line)
        else _opens(unlinked(line), lines[at + 1] if at + 1 < len(lines) else "", in_item=node.kind == ITEM)
        for at, line in enumerate(lines)
    ]
    opened = _with_examples(opened)
    starts = [at for at, one in enumerate(opened) if one]
    unmarked = sum(1 for one in opened if one and one.mark is Mark.PLAIN)
    marks = {"alone": float(len(lines) == 1), "lines": min(2.0, unmarked / 4)}
    for at, next_start in itertools.pairwise([*starts, len(lines)]):
        one = opened[at]
        assert one is not None
        stop = next((n for n in range(at + 1, next_start) if answered_beside(lines[n])), next_start)
        if stop == at + 1 and (several := list(_beside(node, lines[at], block.line + at, marks))):
            yield from several
        else:
            end = block.end if stop == len(lines) else block.line + stop - 1
            part = Paragraph("\n".join(lines[at:stop]), block.line + at, end)
            whole = len(lines) == 1
            yield from _entry(node, one, part, after if stop == len(lines) else (), marks, whole=whole)


def _with_examples(opened: Sequence[Lead | None]) -> list[Lead | None]:
    """What the lines open with, none where one is an example of the entry above it."""
    found: list[Lead | None] = []
    entry: Lead | None = None
    for one in opened:
        example = one is not None and entry is not None and shows(entry, one)
        found.append(None if example else one)
        entry = entry if example or one is None else one
    return found


def _beside(node: Node, line: str, at: int, marks: dict[str, float]) -> Iterator[Candidate]:
    """The entries of a line that has several, side by side."""
    for word, meaning in word_by_word(unlinked(line)):
        yield made(
            "line of pairs", Kind.TERM, word, meaning, (at, at), node, split=False, marks={"strict": 1.0}
        )
    for _text, one in side_by_side(unlinked(line)):
        gap, bold = one.gap.name.lower(), one.mark is not Mark.PLAIN
        form, own = f"line {one.mark.name.lower()} {gap}", marks | {f"gap_{gap}": 1.0}
        yield made(form, Kind.TERM, one.front, prose(one.rest), (at, at), node, bold=bold, marks=own)


def _entry(
    node: Node, one: Lead, lines: Paragraph, after: Sequence[Block], marks: dict[str, float], *, whole: bool
) -> Iterator[Candidate]:
    """An entry with its lines and what goes on below them; `whole`: the paragraph is this one line."""
    gap, asked = one.gap.name.lower(), asks(title(one.front))
    text = _said(one, lines)
    answer, end, listed = prose(text), lines.end, tuple[str, ...]()
    close = () if one.rest else close_below(after, end)
    if below := list(itertools.takewhile(lambda block: not lead(block.text), close)):
        listed = tuple(map(prose, [*lines.text.split("\n")[1:], *(more.text for more in below)]))
        answer, end = "\n".join(listed), below[-1].end
    next_ = after[0] if after else None
    if whole and isinstance(next_, Quote) and (meant := translated_over(node, one, lines, next_)):
        yield meant
        return
    announced = OPEN.search(answer) is not None
    if (
        isinstance(next_, Listing)
        and whole
        and one.mark is Mark.BOLD
        and not announced
        and next_.line == lines.end + 2
    ):
        yield made(
            "line bold over list",
            Kind.TERM,
            one.front,
            f"{answer}\n{render([next_])}",
            (lines.line, next_.end),
            node,
            points=(answer, *points([next_])),
            bold=True,
        )
    told = whole and one.mark is Mark.BOLD and isinstance(next_, Listing) and next_.line == end + 1
    if isinstance(next_, (Listing, Code)) and (told or announced):
        own, label = told_first(text)
        answer = "\n".join(filter(None, (own, label, render([next_]))))
        end, listed = next_.end, () if told else (*((own,) if label else ()), *points([next_]))
    yield made(
        f"line {one.mark.name.lower()} {gap}",
        Kind.TERM,
        bare(one.front) if asked else one.front,
        answer,
        (lines.line, end),
        node,
        points=listed,
        bold=one.mark is not Mark.PLAIN,
        split=not asked,
        marks=marks | {f"gap_{gap}": 1.0},
    )


def _said(one: Lead, lines: Paragraph) -> str:
    """What the lines of an entry say of it; of "X is …" the whole line, of a bold term up to the next one."""
    first, *more = lines.text.split("\n")
    text = "\n".join([*filter(None, [first if one.gap is Gap.COPULA else one.rest]), *more])
    another = ANOTHER.search(text) if one.mark is Mark.BOLD else None
    return text[: another.start() if another else next_defined(text, one.front)]


def _opens(line: str, below: str, *, in_item: bool) -> Lead | None:
    """What a line opens with; a front with a colon may have what it means in the line below it, and so may a bold line
    in an item, where it is no title."""
    found = lead(line)
    if found is None or _EXPLICIT.match(line):
        return None
    if not found.rest:
        over = _above(line, below) or (
            in_item and found.mark is Mark.BOLD and below.strip() and not lead(below)
        )
        return replace(found, gap=Gap.COLON) if over else None
    if only_link(found.rest):
        return None
    if found.mark is Mark.PLAIN and (
        found.gap not in _SAID or re.search(r"[\\=&$]", _SHORT_FORMULA.sub("", found.front))
    ):
        return None
    return found


def _above(line: str, below: str) -> bool:
    """Whether a line is a front with a colon, over a line that is no front itself."""
    other = lead(below)
    return line.rstrip("*_ ").endswith((":", "：")) and bool(below.strip()) and not (other and not other.rest)


def close_below(blocks: Sequence[Block], end: int) -> list[Paragraph]:
    """The paragraphs that go on below a line without a blank one between."""
    found: list[Paragraph] = []
    for block in blocks:
        if not isinstance(block, Paragraph) or block.line != end + 1 or len(found) == _MOST_BELOW:
            break
        if ends_in_colon(block.text) or ends_in_colon(block.text.split("\n", 1)[0]):
            break
        found.append(block)
        end = block.end
    return found


def ends_in_colon(text: str) -> bool:
    """Whether a line announces what stands below it."""
    return text.rstrip().endswith((":", "："))
