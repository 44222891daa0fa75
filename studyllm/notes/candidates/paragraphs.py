"""Paragraphs: sentences that define, lines over a list or a text, quotes, questions."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from studyllm.cards import Kind
from studyllm.notes.answer import has_text, render
from studyllm.notes.candidates.announcing import over_list
from studyllm.notes.candidates.asking import asked_term, asks, bare, marked, without_reply
from studyllm.notes.candidates.called import naming
from studyllm.notes.candidates.candidate import Candidate, Page, last_line, made
from studyllm.notes.candidates.glosses import is_value
from studyllm.notes.candidates.inner import KNOWN_AS, name_given, within
from studyllm.notes.candidates.line_entries import ANOTHER, close_below, ends_in_colon, of_lines
from studyllm.notes.candidates.listing import kind_of, points
from studyllm.notes.candidates.questions import of_question
from studyllm.notes.candidates.readings import is_entry
from studyllm.notes.candidates.sentences import apposed, contrasted, is_strict, next_defined, said_of, subject
from studyllm.notes.candidates.wrapped import goes_on, passages
from studyllm.notes.markdown.blocks import Block, Code, Item, Listing, Paragraph, Quote
from studyllm.notes.markdown.wrapping import columns
from studyllm.notes.outline import ITEM, Node, content
from studyllm.notes.words.inline import BOLD_IN, bold_tags, plain, prose
from studyllm.notes.words.lead import lead
from studyllm.notes.words.terms import title

_IS_BOLD = re.compile(r"(?:即|is an?|are)\s*(?:\*\*|__)([^*_\n]{2,40})(?:\*\*|__)", re.IGNORECASE)
VERSUS = re.compile(
    r"\w.{0,40}?(?<!\w)(?:vs\.?|versus)(?!\w).{0,40}\w\W?|.{2,24}[与和跟].{2,24}?的?(?:区别|异同)",
    re.IGNORECASE,
)
"""A title that sets two things beside one another."""
_PASSAGES = 8
"""How many of a paragraph are looked into."""
_TITLE = 40
"""Letters of a line that a quote right below it may tell the meaning of."""
_SHORT = 24
"""Columns of the lines of a list without marks."""
_QUOTE, _BELOW_QUOTE = 120, 6
"""Letters of a quote that is a title, and how many blocks may belong to it."""


def of_paragraphs(_page: Page, node: Node) -> Iterator[Candidate]:
    """The candidates of the paragraphs right under a node."""
    blocks = content(node.blocks)
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            after = blocks[at + 1 :]
            before = blocks[at - 1] if at else None
            if isinstance(before, Listing) and (
                before.end + 1 == block.line or _are_answered(before.items[:-1])
            ):
                yield from _under_item(node, before.items[-1], block)
            yield from of_lines(node, block, after)
            yield from over_list(node, block, blocks[max(0, at - 1) : at], after)
            yield from of_question(node, block, after)
            if node.kind != ITEM:
                yield from _sentence(node, block, at)
                yield from _over_text(node, block, after)
        elif isinstance(block, Quote):
            for above in blocks[max(0, at - 1) : at]:
                if (
                    isinstance(above, Listing)
                    and above.end + 1 == block.line
                    and _is_question(above.items[-1])
                ):
                    yield _question_above(node, above.items[-1], render(block.blocks), block.end)
            yield from _quoted(
                node, block, [] if _is_titled(blocks[at - 1 : at], block) else blocks[at + 1 :]
            )


def _are_answered(items: Sequence[Item]) -> bool:
    """Whether items are questions, each with a paragraph below it; that of the last one is outside the list."""
    return bool(items) and all(
        len(item.blocks) > 1 and isinstance(item.blocks[1], Paragraph) and asks(bare(item.text))
        for item in items
    )


def _under_item(node: Node, item: Item, block: Paragraph) -> Iterator[Candidate]:
    """A question over lines that are not pushed in under it, as people write who do not know that they should be."""
    if _is_question(item) and not asks(block.text):
        yield _question_above(node, item, prose(block.text), block.end)


def _is_question(item: Item) -> bool:
    """Whether an item is a question and no more."""
    return len(item.blocks) == 1 and "\n" not in item.text and asks(bare(item.text))


def _question_above(node: Node, item: Item, below: str, end: int) -> Candidate:
    """A question that an item is, answered by what stands below it."""
    front, answer = bare(item.text), without_reply(below)
    term = asked_term(front)
    return made(
        "item question",
        Kind.TERM,
        term or front,
        answer,
        (item.line, end),
        node,
        aliases=(front,) if term else (),
        split=bool(term),
        bold=item.text.startswith(("**", "__")),
        marks={"marked": 1.0, "what": float(bool(term)), "answered": 1.0},
    )


def _quoted(node: Node, block: Quote, after: Sequence[Block]) -> Iterator[Candidate]:
    """The lines of a quote that open with a term, or the question that it is."""
    for inner in block.blocks:
        if isinstance(inner, Paragraph) and not inner.text.startswith("[!"):
            yield from of_lines(node, inner, ())
    for at, inner in enumerate(block.blocks[:-1]):
        if isinstance(inner, Paragraph) and not inner.text.startswith("[!") and marked(bare(inner.text)):
            yield from of_question(node, inner, _up_to_question(block.blocks[at + 1 :]))
    opening = block.blocks[0] if len(block.blocks) == 1 else None
    if isinstance(opening, Paragraph) and not opening.text.startswith("[!"):
        yield from of_question(node, opening, after)
        yield from _quote_over(node, opening, after)


def _up_to_question(blocks: Sequence[Block]) -> list[Block]:
    """The blocks before the next question."""
    return list(
        itertools.takewhile(lambda one: not (isinstance(one, Paragraph) and marked(bare(one.text))), blocks)
    )


def _quote_over(node: Node, opening: Paragraph, after: Sequence[Block]) -> Iterator[Candidate]:
    """A line that stands as a quote, as people set off a question or a title, and what follows up to the next quote."""
    below = list(itertools.takewhile(lambda block: not isinstance(block, Quote), after[:_BELOW_QUOTE]))
    front = bare(opening.text)
    if not below or "\n" in opening.text or len(front) > _QUOTE or not has_text(below):
        return
    where = (opening.line, last_line(below, opening.end))
    marks = {
        "asks": float(asks(front)),
        "blocks": len(below) / _BELOW_QUOTE,
        "stops": float(front[-1:] in "。.！!"),
    }
    yield made(
        "quote over text",
        kind_of(front, below),
        front,
        render(below),
        where,
        node,
        points=points(below),
        split=not asks(front),
        marks=marks,
    )


def _over_text(node: Node, block: Paragraph, after: Sequence[Block]) -> Iterator[Candidate]:
    """A short line without a mark, and the lines or the block under it; under a colon, the lines up to a blank one."""
    first, _, rest = block.text.partition("\n")
    shown = plain(first)
    if (
        shown[:1] in ("", "#")
        or is_value(shown)
        or is_entry(shown)
        or 2 * rest.count("\t") > rest.count("\n") + 1
        or len(shown) > 48
        or re.search(r"[。，、；;,.!?！？]\s*$|[。；]", shown)
        or len(shown.split()) > 7
        or ((found := lead(first)) and (found.rest or (rest.strip() and not ends_in_colon(shown))))
    ):
        return
    body: list[Block] = [Paragraph(rest, block.line + 1, block.end)] if rest.strip() else []
    if (
        not body
        and after
        and isinstance(after[0], (Paragraph, Code))
        and (VERSUS.fullmatch(shown) or not _is_of_list(block, after))
    ):
        body = [after[0]]
    if not body and after and isinstance(quote := after[0], Quote) and _is_titled([block], quote):
        body = [one for one in quote.blocks if not isinstance(one, Quote)]
    lines: tuple[str, ...] = ()
    compared = VERSUS.fullmatch(shown) is not None and not any(map(_is_entry, _texts(body)))
    if body and (compared or ends_in_colon(shown)) and body[0].line == block.line + 1:
        body += close_below(after if rest.strip() else after[1:], body[0].end)
        lines = tuple(prose("\n".join(one.text for one in body if isinstance(one, Paragraph))).split("\n"))
    if not body or not has_text(body):
        return
    listed = len(lines) > 1
    form = "short line over lines" if rest.strip() else "short line over text"
    yield made(
        "short colon over lines" if lines else form,
        kind_of(shown, [_listing(lines, block)]) if listed else Kind.TERM,
        first,
        render(body),
        (block.line, last_line(body, block.end)),
        node,
        points=lines if listed else (),
        marks={
            "two": float(rest.count("\n") == 0 and bool(rest.strip())),
            "hard": float(first.endswith("  ")),
            "strict": float(compared),
        },
    )


def _is_titled(above: Sequence[Block], quote: Quote) -> bool:
    """Whether a quote stands right below a short line, as what that means does."""
    title = above[0] if above else None
    if not isinstance(title, Paragraph) or "\n" in title.text or title.end + 1 != quote.line:
        return False
    return len(title.text) <= _TITLE and not re.search(r"[。，；,;.:：]\s*$", title.text)


def _is_of_list(block: Paragraph, after: Sequence[Block]) -> bool:
    """Whether a line stands with two others below it, all of them short and without a blank line between: each says
    something of its own."""
    run = [one for one in (block, *after[:2]) if isinstance(one, Paragraph)]
    below = all(under.line == above.end + 1 for above, under in itertools.pairwise(run))
    short = all(columns(one.text) <= _SHORT for one in run)
    return len(run) == 3 and below and short and not ends_in_colon(block.text)


def _texts(blocks: Iterable[Block]) -> list[str]:
    """The lines of the paragraphs among some blocks."""
    return [line for one in blocks if isinstance(one, Paragraph) for line in one.text.split("\n")]


def _is_entry(line: str) -> bool:
    """Whether a line is a name and what it is."""
    found = lead(line)
    return bool(found and found.rest)


def _listing(lines: Sequence[str], block: Paragraph) -> Listing:
    """Lines as the items of a list."""
    items = (Item((Paragraph(line, block.line, block.line),), block.line, block.line) for line in lines)
    return Listing(tuple(items), False, block.line, block.end)


def _further(node: Node, block: Paragraph, marks: dict[str, float]) -> Iterator[Candidate]:
    """The sentences after the first of a passage that define a subject of their own."""
    for passage in itertools.islice(passages(block), _PASSAGES):
        yield from within("sentence", passage, node, marks)


def _says_what(name: str, text: str) -> bool:
    """Whether a sentence of a text begins with a name and goes on as a definition does."""
    begins = re.finditer(rf"(?:^|[.。！!?？]\s*|,\s)(?:An? |The )?(?P<name>{re.escape(name)})", text)
    return apposed(name, text) or any(
        is_strict(name, text[found.end("name") - len(name) :]) for found in begins
    )


def _sentence(node: Node, block: Paragraph, at: int) -> Iterator[Candidate]:
    """A paragraph that opens by defining its subject, or names a bold term in its first sentence; lines that do."""
    called = name_given(block.text.split("\n", 1)[0], KNOWN_AS)
    name = "" if called else subject(block.text)
    firm = bool(name) and is_strict(name, plain(block.text))
    marks = {
        "first": float(at == 0),
        "above": float(bool(name) and title(name) == node.title),
        "firm": float(firm),
    }
    lines = block.text.split("\n")
    for offset, line in enumerate(lines[1:8], 1):
        here = block.line + offset
        if inner := name_given(line, KNOWN_AS):
            yield made(
                "sentence called", Kind.TERM, inner, prose(line), (here, here), node, bold=True, marks=marks
            )
        elif not goes_on(lines[offset - 1], line) and (inner := subject(line)):
            yield made("line is", Kind.TERM, inner, prose(line), (here, here), node, marks=marks)
    yield from _further(node, block, marks)
    whole = (block.line, block.end)
    text = prose(block.text)
    if name:
        another = ANOTHER.search(block.text)
        other = contrasted(block.text, name)
        end = another.start() if another else next_defined(block.text, name)
        said = prose(block.text[: min(end, other.start()) if other else end])
        bold = f"**{title(name)}**" in bold_tags(block.text)
        own = marks | {"strict": float(bold)}
        yield made("sentence is", Kind.TERM, name, said, whole, node, marks=own)
        if other:
            told, own = prose(other["name"] + other["said"]), marks | {"strict": 1.0, "firm": 1.0}
            yield made("sentence inner", Kind.TERM, other["name"], told, whole, node, marks=own)
    if not name and not lead(block.text) and len(lines) == 1 and (inner := said_of(block.text)):
        own = marks | {"above": float(title(inner) == node.title)}
        yield made("sentence says", Kind.TERM, inner, text, whole, node, marks=own)
    called = called or ("" if name else name_given(block.text, KNOWN_AS) or name_given(block.text, _IS_BOLD))
    if called:
        text = prose(naming(block.text, called))
        yield made("sentence called", Kind.TERM, called, text, whole, node, bold=True, marks=marks)
        return
    set_off = BOLD_IN.findall(block.text)
    if set_off and not name and lead(block.text) is None and block.text.find(set_off[0]) < 120:
        marks = marks | {"many": float(len(set_off) > 2), "strict": float(_says_what(set_off[0], text))}
        yield made("sentence bold", Kind.TERM, set_off[0], text, whole, node, bold=True, marks=marks)
