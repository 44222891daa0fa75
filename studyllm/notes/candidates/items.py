"""List items: a lead and what is said of it, a title over what is nested, a line over lines, a question."""

import re
from collections.abc import Iterator
from dataclasses import replace

from studyllm.cards import Kind
from studyllm.notes.answer import definition_first, has_text, render
from studyllm.notes.candidates.asking import asked_term, asks, bare, marked
from studyllm.notes.candidates.bodies import is_part
from studyllm.notes.candidates.called import naming
from studyllm.notes.candidates.candidate import Candidate, Page, last_line, made
from studyllm.notes.candidates.inner import KNOWN_AS, name_given, within
from studyllm.notes.candidates.joining import about, tail_title
from studyllm.notes.candidates.listing import counts, kind_of, points, told_first, translates
from studyllm.notes.candidates.questions import answered_after, answered_beside
from studyllm.notes.candidates.sentences import apposed, bracketed, is_strict, said_of, says_what, subject
from studyllm.notes.candidates.several import opened_lines, side_by_side
from studyllm.notes.candidates.unsigned import unsigned
from studyllm.notes.candidates.wrapped import Passage, whole_question
from studyllm.notes.markdown.blocks import Block, Listing, Paragraph
from studyllm.notes.outline import ITEM, Node, content
from studyllm.notes.words.dates import is_date
from studyllm.notes.words.inline import BOLD_IN, VERBATIM, only_link, plain, prose
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.lead import Gap, Lead, Mark, lead, named_first, unlinked
from studyllm.notes.words.terms import split_term, title

_LINK_ITEM = re.compile(r"\s*(?:\*\*|__)?\[[^\[\]]+\]\((?!#)[^)]*\)\s*(?:\*\*|__)?\s*$|\s*<?https?://\S+\s*$")
_EXAMPLE = re.compile(r"(?:[Ee]\.\s?g\.|[Ee]g[.:：])[,:：]?\s+(?![A-Z])|(?:例如|比如|例)[\s,，:：]")
"""An item that only gives an example."""
_TASK = re.compile(r"(?<!\s)\s*\[[ xX/-]\]\s")
_BOTH = re.compile(r"(.{1,30}?)[:：]\s*(.{1,30}?)[:：]\s*(\S.*)", re.DOTALL)
_INTRODUCES = re.compile(
    r"扩展|拓展|补充|延伸|名词解释|术语|概念|定义|terms?|definition|vocabulary", re.IGNORECASE
)
"""Labels before an entry of its own: 补充：回声：…"""
_CALLED = re.compile(
    r"(?:称为|叫做?|称作|即|是|called|known as|termed|referred to as|is an?|is|are)\W*$", re.IGNORECASE
)
_GLOSS = re.compile(
    r"([^（()）：:，,;；]{2,40}?)[ \t\u3000]*[（(]((?:[^（()）]|[（(][^（()）]*[)）]){5,})[)）][.。]?"
)
"""A name and what it is in brackets."""
_NAMES = re.compile(r"(.{2,20}?)(?:的)?(?:定义|概念|含义)")


def of_items(_page: Page, node: Node) -> Iterator[Candidate]:
    """The candidates of one list item."""
    if node.kind != ITEM or not node.text or _LINK_ITEM.match(node.text) or _EXAMPLE.match(node.text):
        return
    task = bool(_TASK.match(node.text))
    text = unlinked(_TASK.sub("", node.text))
    below = answered_after(node) or content(node.blocks)
    first, _, more = text.partition("\n")
    found = lead(text)
    marks = {"task": float(task), "linked": float(text != node.text and not task)}
    beside = answered_beside(first)
    question = asks(bare(first)) or (found is None and marked(first)) or beside is not None
    if not question and (several := list(_several(node, text, below, marks))):
        yield from several
        return
    over = bool(more and found and found.mark is Mark.BOLD and title(first) == title(found.front))
    if found and found.rest and not over:
        yield from _led(node, found, below, marks)
    elif found and not more and (said := _only_said(first, below)):
        yield from _led(node, replace(found, rest=said, gap=Gap.COLON), [], marks)
    if question:
        asked, rest = (first, more) if beside else whole_question(text, answered=bool(below))
        yield from _question(node, beside or _asked(asked), rest, below, marks)
    elif over or (
        more
        and (found is None or not found.rest or found.mark is Mark.PLAIN)
        and not (found and "\n" not in found.rest and found.rest)
    ):
        yield from _over_lines(node, first, more, below, marks)
    elif below and (found is None or not found.rest):
        yield from _over(node, first, found, below, marks)
    if not more and not question:
        yield from _inside(node, text, below, marks)
    if (found is None or not found.rest) and not more:
        yield from _is(node, text, below, marks)
        if found is None:
            yield from _named_in(node, text, below, marks)


def _several(node: Node, text: str, below: list[Block], marks: dict[str, float]) -> Iterator[Candidate]:
    """The entries of an item that has several, below one another or side by side, or one without a sign."""
    first, _, more = text.partition("\n")
    if more and (lines := opened_lines(text)):
        yield from _lines_of(node, lines, below, marks)
        yield from _over_lines(node, first, more, below, marks, listed=True)
    elif not below:
        for entry, found in side_by_side(text) or unsigned(node, text):
            yield from _led(replace(node, text=entry), found, below, marks)


def _inside(node: Node, text: str, below: list[Block], marks: dict[str, float]) -> Iterator[Candidate]:
    """What the sentences of an item define or name, and a name with what it is in brackets."""
    yield from within("item", Passage(text, node.line), node, marks)
    if name := name_given(text, KNOWN_AS):
        said = prose(naming(text, name))
        yield made("item called", Kind.TERM, name, said, _lines(node), node, bold=True, marks=marks)
    if (name := said_of(text)) and not lead(text) and not subject(text):
        answer = "\n".join(part for part in (prose(text), render(below)) if part)
        yield made("item says", Kind.TERM, name, answer, _lines(node), node, marks=marks)
    if (gloss := _GLOSS.fullmatch(text.strip())) and not below:
        yield made("item bracket", Kind.TERM, gloss[1], prose(gloss[2]), _lines(node), node, marks=marks)


def _only_said(first: str, below: list[Block]) -> str:
    """The one line nested under a front with a colon, which says what it means as well as if it stood beside it."""
    listed = below[0] if len(below) == 1 else None
    if (
        not first.rstrip("*_ ").endswith((":", "："))
        or not isinstance(listed, Listing)
        or len(listed.items) != 1
    ):
        return ""
    item = listed.items[0]
    return item.text if len(item.blocks) == 1 and not lead(item.text) else ""


def gap(found: Lead) -> dict[str, float]:
    """What stands between a front and its definition, as a mark."""
    return {f"gap_{found.gap.name.lower()}": 1.0}


def _lines_of(
    node: Node, lines: list[tuple[int, str]], below: list[Block], marks: dict[str, float]
) -> Iterator[Candidate]:
    """Each entry of an item by itself; what is nested belongs to the last one."""
    above = ""
    for number, (at, text) in enumerate(lines):
        found, last = lead(text), number == len(lines) - 1
        name = found.front if found and found.rest else subject(text)
        if not name:
            above = above or title(text)
            continue
        rest = found.rest if found and found.rest else text
        answer = "\n".join(part for part in (prose(rest), render(below) if last else "") if part)
        start = node.line + at
        end = node.end if last else start + text.count("\n")
        front = about(above, title(name)) if above and number and is_label(title(name)) else name
        yield made(
            "item line",
            Kind.TERM,
            front,
            answer,
            (start, end),
            node,
            bold=bool(found and found.mark is not Mark.PLAIN),
            marks=marks | {"first": float(number == 0)},
        )
        above = above or title(name)


def _lines(node: Node) -> tuple[int, int]:
    return node.line, node.end


def _led(node: Node, found: Lead, below: list[Block], marks: dict[str, float]) -> Iterator[Candidate]:
    """`X：meaning`, `X - meaning`, `X is meaning`, with what is nested under it."""
    entry = lead(found.rest) if _INTRODUCES.fullmatch(plain(found.front)) else None
    if entry and entry.rest and entry.gap is Gap.COLON:
        found = entry
    form = f"item {found.mark.name.lower()} {found.gap.name.lower()}"
    pair = " = " in node.text and not below and all(len(s.split()) <= 4 for s in (found.front, found.rest))
    marks = (
        marks
        | gap(found)
        | {
            "part": float(is_part(title(found.front))),
            "strict": float(not marks["linked"] and (pair or says_what(prose(found.rest)))),
        }
    )
    found = named_first(found) if below else found
    nested = definition_first(below)
    own, label = told_first(found.rest) if below else (prose(found.rest).rstrip(), "")
    answer = "\n".join(part for part in (own, label, render(nested)) if part)
    listed = points(below) if label or own.endswith((":", "：")) or len(own) < 8 else ()
    if label or (listed and (is_date(own) or translates(found.front, own))):
        listed = (own, *listed)
    front = found.front
    named = _NAMES.fullmatch(title(front))
    if named:
        front = named.group(1)
    both = _BOTH.fullmatch(f"{plain(found.front)}：{plain(found.rest)}") if found.gap is Gap.COLON else None
    kind = kind_of(title(front), below) if listed and len(own) < 8 and not label else Kind.TERM
    yield made(
        form,
        kind,
        front,
        answer,
        _lines(node),
        node,
        points=listed,
        bold=found.mark is not Mark.PLAIN,
        marks=marks,
    )
    if both and len(both.group(2).split()) <= 5 and not below:
        yield made(
            "item label term", Kind.TERM, both.group(2), both.group(3), _lines(node), node, marks=marks
        )
    if is_label(title(front)) and not below and (name := subject(found.rest)):
        yield made("item is", Kind.TERM, name, prose(found.rest), _lines(node), node, marks=marks)
    tail = tail_title(found.rest)
    if tail and below and isinstance(below[0], Listing):
        term = split_term(front)[0]
        yield made(
            "item tail list",
            kind_of(tail, below[:1]),
            about(term, tail),
            render(below[:1]),
            _lines(node),
            node,
            points=points(below[:1]),
            split=False,
            marks=marks,
        )


def _question(
    node: Node, asked: tuple[str, str], more: str, below: list[Block], marks: dict[str, float]
) -> Iterator[Candidate]:
    """A question, and what follows it on the line, on the next lines, or nested."""
    front, rest = asked
    bold = front.lstrip().startswith(("**", "__"))
    answer = "\n".join(part for part in (prose(rest), prose(more), render(below)) if part)
    front, end = bare(front), max([node.end, *(block.end for block in below)])
    answered = marked(front) and bool(answer) and (not rest or rest[0].isalnum()) and not asks(answer)
    term = asked_term(front)
    body: list[Block] = below if not (rest or more) else []
    yield made(
        "item question",
        kind_of(front, body) if body else Kind.TERM,
        term or front,
        answer,
        (node.line, end),
        node,
        points=points(body),
        aliases=(front,) if term else (),
        split=bool(term),
        bold=bold,
        marks=marks
        | {"marked": float(marked(front)), "what": float(bool(term)), "answered": float(answered)},
    )


def _asked(first: str) -> tuple[str, str]:
    """A line cut after its question mark; one that ends in a question mark is asked whole."""
    if first.rstrip("*_ ").endswith(("？", "?")):
        return first, ""
    for mark in "？?":
        at = first.find(mark)
        if at > 0:
            rest = first[at + 1 :].lstrip("*_ \t：:")
            return first[: at + 1] + ("**" if first.lstrip().startswith("**") else ""), rest
    return first, ""


def _over_lines(
    node: Node, first: str, more: str, below: list[Block], marks: dict[str, float], *, listed: bool = False
) -> Iterator[Candidate]:
    """A short line, and the lines of the same item under it, or the entries that they are."""
    found = lead(first)
    if found and found.rest:
        return
    bold = bool(found and found.mark is Mark.BOLD)
    lines = prose(more)
    answer = "\n".join(part for part in (lines, render(below)) if part)
    kind = Kind.LIST if listed else Kind.TERM
    said = lines.split("\n") if listed else ()
    yield made(
        "item over lines", kind, first, answer, _lines(node), node, points=said, bold=bold, marks=marks
    )


def _over(
    node: Node, first: str, found: Lead | None, below: list[Block], marks: dict[str, float]
) -> Iterator[Candidate]:
    """A line over what is nested under it."""
    front = found.front if found else first
    bold = bool(found and found.mark is Mark.BOLD)
    name = title(front)
    kind = kind_of(name, below, bold=bold or bracketed(name))
    nested = definition_first(below)
    form = "item over list" if isinstance(below[0], Listing) else "item over text"
    if only_link(first):
        return
    split = kind is Kind.TERM or bold or bracketed(name)
    yield made(
        form,
        kind,
        front if split else name,
        render(nested),
        (node.line, last_line(below, node.end)),
        node,
        points=points(below),
        split=split,
        bold=bold,
        marks=marks
        | {
            "part": float(is_part(name)),
            "colon": float(first.rstrip().endswith((":", "："))),
            "strict": float(name[-1:] not in ".。" and counts(name, below)),
        },
    )

    head, comma, tail = plain(front).partition("，")
    if comma and 2 <= len(head) <= 14 and not bold:
        yield made(
            "item comma",
            Kind.TERM,
            head,
            "\n".join((tail, render(nested))),
            (node.line, last_line(below, node.end)),
            node,
            marks=marks,
        )


def _named_in(node: Node, text: str, below: list[Block], marks: dict[str, float]) -> Iterator[Candidate]:
    """A bold name inside a sentence, which tells what it is: molecules called **antigens**, In **heaps**, …."""
    bold = BOLD_IN.search(text)
    if bold and not is_label(bold.group(1)) and text.count(bold.group(0)[:2]) == 2:
        last, said = not text[bold.end() :].strip(" .。*_"), apposed(bold[1], text)
        marks = marks | {
            "called": float(_CALLED.search(text[: bold.start()]) is not None or said),
            "strict": float(said),
            "last": float(last),
        }
        own = "" if last and below and marks["called"] else prose(text)
        answer = "\n".join(part for part in (own, render(below)) if part)
        yield made(
            "item bold in", Kind.TERM, bold.group(1), answer, _lines(node), node, bold=True, marks=marks
        )


def _is(node: Node, text: str, below: list[Block], marks: dict[str, float]) -> Iterator[Candidate]:
    """A sentence that defines its subject: "An echo is a sound that comes back"."""
    name = subject(text)
    told = below[0] if below else None
    if name and not (
        isinstance(told, Paragraph) and has_text([told]) and not VERBATIM.fullmatch(told.text.strip())
    ):
        answer = "\n".join(part for part in (prose(text), render(below)) if part)
        marks = marks | {"strict": float("的" not in name and is_strict(name, plain(text)))}
        yield made("item is", Kind.TERM, name, answer, _lines(node), node, marks=marks)
