"""Titles (headings, bold lines, the file's own) over what stands under them."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studyllm.cards import Kind
from studyllm.notes.answer import definition_first, has_text, render
from studyllm.notes.candidates.announcing import name_of_list
from studyllm.notes.candidates.asked import ASK
from studyllm.notes.candidates.asking import REPLY, asked_term, asks, bare, marked, may_ask, without_reply
from studyllm.notes.candidates.bodies import (
    is_index,
    is_part,
    labels_definition,
    motto,
    of_the_file,
    one_entry,
    up_to_entries,
    words,
)
from studyllm.notes.candidates.callouts import titled
from studyllm.notes.candidates.candidate import Candidate, Page, last_line, made
from studyllm.notes.candidates.listing import counts, kind_of, points
from studyllm.notes.candidates.parts import (
    MAX_TEXT,
    begins,
    of_labelled,
    of_rows,
    opening_of,
    parts_of,
    without_decoration,
)
from studyllm.notes.candidates.questions import answered_beside
from studyllm.notes.candidates.sentences import bracketed, defines, longer, subject, subject_of
from studyllm.notes.markdown.blocks import Block, Code, Html, Listing, Paragraph, Quote, Table
from studyllm.notes.outline import FILE, HEADING, ITEM, LINE, Node, content
from studyllm.notes.words.environments import named_in
from studyllm.notes.words.inline import only_link, plain, prose
from studyllm.notes.words.labels import is_list_title
from studyllm.notes.words.lead import Gap, lead
from studyllm.notes.words.terms import split_term, title
from studyllm.text import has_wide

_SENTENCE = re.compile(r"(?<=[。；;])\s*|(?<=[.!?])\s+(?=[A-Z])|\n")
_JOINED = re.compile(r"\s(?:and|vs\.?|&|versus)\s|[和与與跟]|\bvs\b|区别|區別|differences?", re.IGNORECASE)
"""What titles of two things have; a body that opens with one of them is about both."""
_SLUG = re.compile(r"[A-Za-z0-9.]+(?:[-_][A-Za-z0-9.]+)+")
"""A file's name that was made for machines: week-03_notes."""
_LONG = 60
"""Lines from which on a note is no longer about its title alone."""
_REPLIES = ("回答", "答案", "样本", "示例", "范例", "要点", "思路", "提示", "answer", "Answer", "example")
"""Ends of labels of what an answer holds."""

_NUMBER = re.compile(r"\s*(?:\*\*)?[(（]?(\d{1,3})[.．、)）]")


def of_title(_page: Page, node: Node) -> Iterator[Candidate]:
    """The candidates of a heading, of a bold line, and of the file as a whole."""
    if node.kind == ITEM or node.boxed or not node.text:
        return
    body = _body(node)
    if (
        node.kind == HEADING
        and not asks(bare(node.text))
        and (said := subject(node.text))
        and title(said) != node.title
    ):
        yield made("heading is", Kind.TERM, said, prose(node.text), (node.line, node.line), node)
    yield from of_rows(node, body)
    parts = parts_of(node)
    if parts:
        yield from of_labelled(node, body, parts)
    asked = _asks(node, body)
    if asked:
        body = _answering(node, body)
    if not body or not has_text(body) or (node.kind == FILE and not _alone(node)):
        return
    front = bare(node.text)
    if asked:
        yield from _question(node, front, body)
        return
    body = list(itertools.takewhile(lambda block: not _asks_anew(block, ""), body)) or body
    opening = body[0]
    name = subject_of(front, prose(opening.text)) if isinstance(opening, Paragraph) else ""
    term = split_term(front)[0]
    if one_entry(body) or words(body) or motto(node, body):
        return
    labelled = [_lead_label(block) for block in body]
    marks = {
        "part": float(is_part(front)),
        "labelled": sum(labelled) / len(labelled),
        "definition": float(any(_has_definition(block) for block in body)),
        "defined": float(isinstance(opening, Paragraph) and _opens_with_definition(opening)),
        "named": float(bool(name)),
        "defines": float(isinstance(opening, Paragraph) and defines(prose(opening.text))),
        "bracketed": float(bracketed(front)),
        **_of_file(node),
    }
    if isinstance(opening, Paragraph) and (found := longer(term, opening.text)):
        yield from _of(node, "title begins", found, body, marks)
    elif name and name != term and name not in split_term(front)[1] and name != front:
        joined = _JOINED.search(front) is not None
        told = _own_sentence(opening) if joined and has_wide(front) else body
        yield from _of(node, "title subject", name, told, marks)
        if not joined:
            return
    front, body = _named(node, front, body)
    yield from _of(node, f"{node.kind} {_shape(body)}", front, body, marks)
    if len(body) > 1 and (first := _first(body)):
        yield from _of(node, f"{node.kind} first", front, first, marks)


def _named(node: Node, front: str, body: list[Block]) -> tuple[str, list[Block]]:
    """What is asked of a title, and its answer: of nothing but a list with its name, the list by both names."""
    front = named_in(front) or (node.text if node.kind != FILE else front)
    if node.kind == HEADING and (name := name_of_list(title(front), body)):
        return name, body[1:]
    return front, body


def _asks(node: Node, body: Sequence[Block]) -> bool:
    """Whether a title is a question: by its words, or a line in bold with the mark of one that has such words in it or
    a marked answer below it."""
    front = bare(node.text)
    if asks(front) or node.kind != LINE or not ASK.match(node.text):
        return asks(front)
    replied = bool(body) and isinstance(body[0], Paragraph) and REPLY.match(body[0].text) is not None
    return replied or may_ask(front)


def _own_sentence(opening: Block) -> list[Block]:
    """What tells of the first of two things that a title names: the first sentence below it."""
    if not isinstance(opening, Paragraph):
        return [opening]
    return [replace(opening, text=_SENTENCE.split(opening.text, maxsplit=1)[0])]


def _of_file(node: Node) -> dict[str, float]:
    """Of the title of a file how it is made, and how long the file is: whether it may be what the file is about."""
    if node.kind != FILE:
        return {}
    return {"slug": float(_SLUG.fullmatch(node.text) is not None), "lines": min(1.0, node.end / _LONG)}


def _body(node: Node) -> list[Block]:
    """What stands right under a title without callouts of their own, and, under that of the file, who wrote it when."""
    body = [block for block in content(node.blocks) if not titled(block)]
    body = list(itertools.dropwhile(of_the_file, body)) if node.level <= 1 else body
    return [] if all(map(is_index, body)) else body


def _answering(node: Node, body: list[Block]) -> list[Block]:
    """What a question is answered by: also what stands under bold labels, or, where nothing else does, headings."""
    if not body:
        return [block for child in node.children if child.kind == HEADING for block in content(child.blocks)]
    lines = [child for child in node.children if child.kind == LINE and not child.boxed]
    if not all(is_part(child.title) or child.title.endswith(_REPLIES) for child in lines):
        return body
    under = [block for line in lines for block in content(line.blocks)]
    return sorted([*body, *under], key=lambda block: block.line)


def _first(body: Sequence[Block]) -> list[Block]:
    """What a body opens with, where more follows: a paragraph that is no entry of its own, a list, or both."""
    opening = body[0]
    quoted = opening.blocks[0] if isinstance(opening, Quote) and len(opening.blocks) == 1 else opening
    if isinstance(quoted, Listing):
        return [opening]
    if not isinstance(quoted, Paragraph):
        return []
    if quoted.text.rstrip().endswith((":", "：")) and isinstance(body[1], Listing):
        return list(body[:2]) if len(body) > 2 else []
    found = lead(quoted.text)
    return [] if found and found.rest and found.gap is not Gap.COPULA else [opening]


def _lead_label(block: Block) -> bool:
    """Whether a block opens with a label of a part (定义：, Examples:), or most of its items do."""
    if isinstance(block, Paragraph):
        found = lead(block.text)
        return found is not None and is_part(title(found.front))
    if isinstance(block, Listing):
        found_all = [lead(item.text) if item.text else None for item in block.items]
        names = [
            title(one.front) if one else plain(item.text).strip().rstrip(":：")
            for one, item in zip(found_all, block.items, strict=True)
        ]
        return sum(map(is_part, names)) * 2 > len(names)
    return False


def _has_definition(block: Block) -> bool:
    """Whether a block, or an item of it, is labelled as the definition."""
    if isinstance(block, Listing):
        return any(_defining(item.text) for item in block.items)
    return isinstance(block, Paragraph) and any(map(_defining, block.text.split("\n")))


def _defining(text: str) -> bool:
    found = lead(text) if text else None
    return labels_definition(title(found.front if found else text))


def _opens_with_definition(block: Paragraph) -> bool:
    found = lead(block.text)
    return found is not None and labels_definition(title(found.front))


def _alone(node: Node) -> bool:
    """Whether what stands before the first heading is about the file: there is no other title of its rank."""
    tops = [child for child in node.children if child.kind == HEADING]
    return not any(child.level == 1 and not is_part(child.title) for child in tops)


def _shape(body: Sequence[Block]) -> str:
    """What the body of a title is made of."""
    if isinstance(body[0], Listing) and all(isinstance(block, (Listing, Code, Html)) for block in body):
        return "over list"
    if isinstance(body[0], (Code, Table)):
        return "over code" if isinstance(body[0], Code) else "over table"
    if any(isinstance(block, Listing) for block in body):
        return "over text and list"
    return "over text" if len(body) == 1 else "over texts"


def _of(node: Node, form: str, front: str, body: list[Block], marks: dict[str, float]) -> Iterator[Candidate]:
    """A title with its body, or the opening of a long one."""
    name = bare(front)
    kind = Kind.TERM if marks["named"] or marks["labelled"] > 0.5 else kind_of(name, body)
    leading = _leading(body) if marks["named"] else body
    chosen = definition_first(body if kind is not Kind.TERM else opening_of(leading))
    front = without_decoration(front)
    if marks["defined"] and kind is Kind.TERM:
        chosen = _without_label(chosen)
    yield made(
        form,
        kind,
        front if kind is Kind.TERM or bracketed(name) else name,
        render(chosen),
        (begins(node, body, subject=form == "title subject"), last_line(chosen, node.end)),
        node,
        points=points(chosen) if kind is not Kind.TERM or all(isinstance(b, Listing) for b in chosen) else (),
        split=kind is Kind.TERM or bracketed(name),
        bold=node.kind == LINE,
        marks=marks | {"cut": float(len(chosen) < len(body)), "strict": float(counts(name, chosen))},
    )


def _without_label(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without the `Definition:` before the first."""
    opening = blocks[0]
    found = lead(opening.text) if isinstance(opening, Paragraph) else None
    if not found or not found.rest or not isinstance(opening, Paragraph):
        return tuple(blocks)
    return (replace(opening, text=found.rest), *blocks[1:])


def _leading(body: list[Block]) -> list[Block]:
    """The paragraphs that a body opens with, and the list that the last of them announces."""
    count = next((at for at, block in enumerate(body) if not isinstance(block, Paragraph)), len(body))
    last = body[count - 1]
    announced = isinstance(last, Paragraph) and last.text.rstrip().endswith((":", "："))
    return body[: count + (announced and count < len(body))] if count else body


def _question(node: Node, front: str, body: list[Block]) -> Iterator[Candidate]:
    """A question over its answer; the questions after it have titles of their own."""
    term = asked_term(front)
    number = found[1] if node.kind == LINE and (found := _NUMBER.match(node.text)) else ""
    body = list(itertools.takewhile(lambda block: not _asks_anew(block, number), body)) or body
    if term and _entries(term, body):
        body = body[:1]
    elif node.kind == HEADING and not is_list_title(front):
        body = up_to_entries(body)
    chosen = body if sum(len(render([b])) for b in body) <= 4 * MAX_TEXT else opening_of(body)
    kind = kind_of(front, chosen) if not term else Kind.TERM
    opening = body[0]
    replied = isinstance(opening, Paragraph) and (
        bool(REPLY.match(opening.text))
        or (node.kind == LINE and marked(front) and opening.line == node.line + 1)
    )
    yield made(
        f"{node.kind} question",
        kind,
        term or front,
        without_reply(render(chosen), node.text),
        (begins(node, body), last_line(chosen, node.end)),
        node,
        points=points(chosen) if kind is not Kind.TERM or all(isinstance(b, Listing) for b in chosen) else (),
        aliases=(front,) if term else (),
        split=bool(term),
        bold=node.kind == LINE,
        explicit=replied,
        marks={
            "marked": float(marked(front)),
            "what": float(bool(term)),
            "answered": float(marked(front) and has_text(chosen) and not asks(plain(render(chosen[:1])))),
            "link": float(isinstance(body[0], Paragraph) and only_link(body[0].text)),
        },
    )


def _asks_anew(block: Block, number: str) -> bool:
    """Whether a block begins with a line that an author marked as a question, that has its answer beside it, or that is
    the one after a `number`."""
    after = str(int(number) + 1) if number else ""
    if isinstance(block, Listing) and block.ordered:
        first = block.items[0]
        asked = first.number not in ("", "1") and marked(bare(first.text.partition("\n")[0]))
        return asked or (number != "" and first.number == after)
    if not isinstance(block, Paragraph):
        return False
    found, line = _NUMBER.match(block.text), block.text.partition("\n")[0]
    asked = ASK.match(block.text) is not None or answered_beside(line) is not None
    return asked or (found is not None and found[1] == after)


def _entries(term: str, body: Sequence[Block]) -> bool:
    """Whether a body opens with the term that is asked for, set off as those of the lines after it."""
    opened = [lead(block.text) if isinstance(block, Paragraph) else None for block in body]
    first, entries = opened[0], [one for one in opened if one and one.rest]
    if not first or len(entries) < 2 or len(entries) < len(body):
        return False
    alike = all((one.mark, one.gap) == (first.mark, first.gap) for one in entries)
    return alike and split_term(first.front)[0] == split_term(term)[0]
