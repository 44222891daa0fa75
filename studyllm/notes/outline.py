"""A note as one tree: headings, lines that stand as headings, and list items, each with what stands under it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from studyllm.notes.attach import attach
from studyllm.notes.markdown.blocks import (
    Block,
    Document,
    Heading,
    Html,
    Item,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
    TableRow,
)
from studyllm.notes.markdown.parse import split_row
from studyllm.notes.words.inline import bold_tags, drop_comments, only_link, plain
from studyllm.notes.words.lead import Gap, Mark, lead
from studyllm.notes.words.terms import title

FILE, HEADING, LINE, ITEM = "file", "heading", "line", "item"
_BOLD_LINE = re.compile(
    r"(?:[^\w*\s]{1,3}\s*|\d{1,2}[.、．)]\s*)?(?:\*\*|__)((?:(?!\*\*|__).){1,120}?)(?:\*\*|__)"
    r"(?:\s*[（(][^（()）]{1,20}[)）])?\s*[:：]?(?:\s*[⭐★☆]+\ufe0f?)*\s*"
)
_SENTENCE = re.compile(r"[。；;]\s*$|[^.?!]\.\s*$|[，。；].*[，。；]|^.{12,}，.{4,}[^?？]$")
_JAPANESE = re.compile(r"(?:とは(?:何|なに|なん)か|のはなぜか|か)。$")
"""How a question ends that has no mark."""
ASKED = re.compile(r"\s*(?:\*\*)?(?:[QＱ]|问|问题|문제?|Question)\s*\d*\s*(?:\*\*)?[:：]", re.IGNORECASE)
_REPLY = re.compile(r"\s*(?:\*\*)?(?:[AＡ]|答|答案|답변?|Answer)\s*\d*\s*(?:\*\*)?[:：]", re.IGNORECASE)
"""The marks of a question and of its answer."""
_TO_DO = re.compile(
    r"\[[ xX]\]\s+(?:(?:re-?)?(?:do|read|print|call|ask|buy|finish|write|watch|check|revise|review|study|learn|send"
    r"|e?mail|make|get|look|go|add|fix|update|submit|prepare|practi[cs]e|memori[sz]e|find|try|book)\b"
    r"|看|做|写|买|问|复习|完成|提交|整理|打印|预习|背|查|补)",
    re.IGNORECASE,
)
"""A box to tick before something to do; what has one before something to know is part of a list."""
_FOLDED = re.compile(
    r"<summary[^<>]*>[^<]*(?:<(?!/summary>)[^<]*)*</summary>|</?details[^<>]*>", re.IGNORECASE
)
_ASIDE = re.compile(r"\s*<(?:br|a|img|!--|/?div|/?center)\b[^>]*>\s*", re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """One title and what stands under it, up to the next title that is not below it."""

    kind: str
    text: str
    """Raw source of the title; of an item, its opening paragraph."""
    line: int
    end: int
    level: int
    parent: "Node | None" = None
    blocks: tuple[Block, ...] = ()
    """What stands directly under it; of an item, what follows its opening paragraph."""
    children: "list[Node]" = field(default_factory=list)
    siblings: int = 1
    """Items of its list."""
    ordered: bool = False
    number: str = ""
    under: str = ""
    """The name of the entry in the line right above its list, in a text that has no title for it."""
    labelled: bool = False
    """Whether it is a line in bold that ends in a colon: what others beside it tell is no part of it."""
    boxed: bool = False
    """Whether it is a callout: its title and text are a candidate of their own."""

    @property
    def title(self) -> str:
        """The title as shown: one line without marks and numbering."""
        return title(self.text.split("\n", 1)[0])

    def lines(self) -> dict[int, str]:
        """The lines of the paragraphs right under it, by where they stand."""
        texts = [block for block in self.blocks if isinstance(block, Paragraph)]
        return {text.line + at: line for text in texts for at, line in enumerate(text.text.split("\n"))}

    def above(self) -> "Iterator[Node]":
        """The nodes it stands under, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def walk(self) -> "Iterator[Node]":
        """It and all that stands below, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)


def outline(document: Document, name: str) -> Node:
    """The tree of a document; `name` stands for it where neither front matter nor a heading does."""
    last = len(document.lines)
    root = Node(FILE, document.title or name, 1, last, 0)
    stack = [root]
    blocks: list[Block] = []
    found: list[tuple[Node, list[Block]]] = [(root, blocks)]
    for block in document.blocks:
        if isinstance(block, Heading):
            while stack[-1].level >= block.level:
                stack.pop()
            node = Node(HEADING, block.text, block.line, block.end, block.level, stack[-1])
            stack[-1].children.append(node)
            stack.append(node)
            blocks = []
            found.append((node, blocks))
        else:
            blocks.append(block)
    for node, own in found:
        _fill(node, attach(own))
    _close(root, last)
    return root


def _table(block: Block) -> Block:
    """A paragraph of table lines without a rule under the first, as some dialects write tables, as one."""
    if not isinstance(block, Paragraph) or not block.text.startswith("|"):
        return block
    lines = block.text.split("\n")
    if any(line.count("|") < 3 or not line.rstrip().endswith("|") for line in lines):
        return block
    rows = tuple(TableRow(tuple(split_row(line)), block.line + at) for at, line in enumerate(lines))
    return Table(("",) * len(rows[0].cells), rows, block.line, block.end)


def _fill(node: Node, blocks: Sequence[Block]) -> None:
    """Put blocks under a node; a bold line opens a node of its own."""
    blocks = [_table(block) for block in blocks]
    own: list[Block] = []
    into, under = node, own
    lines: list[Node] = []
    for block in blocks:
        if into is not node and under and (_asked_again(into, block) or _ruled_off(into, block)):
            into, under = node, own
        opened = _line(block, node)
        if opened is not None:
            into, rest = opened
            lines.append(into)
            under = list(rest)
            into.blocks = tuple(under)
        else:
            under.append(block)
        if into is not node:
            into.blocks = tuple(under)
    if (
        node.kind == HEADING
        and len(blocks) == len(lines) == 1
        and _told_in_bold(lines[0])
        and not node.children
    ):
        own, lines = blocks, []
    node.blocks = tuple(own)
    for block in blocks:
        if isinstance(block, Quote) and _callout(block):
            lines.append(_boxed(block, node))
    _items(node)
    sub = node.children
    for line in lines:
        if not line.children:
            _items(line)
    node.children = sorted([*sub, *lines], key=lambda child: child.line)


def _told_in_bold(line: Node) -> bool:
    """Whether a line in bold stands over nothing, and neither asks nor announces."""
    return not (line.blocks or line.labelled or line.text.rstrip("*_ ").endswith(("?", "？", ":", "：")))


def _boxed(block: Quote, above: Node) -> Node:
    """A callout as a title over what stands in it."""
    opening = block.blocks[0]
    assert isinstance(opening, Paragraph)
    first, _, rest = opening.text.partition("\n")
    box = Node(LINE, first[first.find("]") + 1 :].strip("+- \t"), block.line, block.end, 7, above, boxed=True)
    inner = [Paragraph(rest, opening.line + 1, opening.end)] if rest.strip() else []
    _fill(box, attach([*inner, *block.blocks[1:]]))
    return box


def _asked_again(line: Node, block: Block) -> bool:
    """Whether a bold question is followed by another one with its answer beside it, or a bold label with a colon by
    another label."""
    if not isinstance(block, Paragraph):
        return False
    if line.labelled:
        found = lead(block.text)
        return found is not None and found.mark is Mark.BOLD and found.gap is Gap.COLON and bool(found.rest)
    if not line.text.rstrip().endswith(("?", "？")):
        return False
    return re.match(r"(?:\*\*|__)[^*_\n]{2,120}[?？](?:\*\*|__)[ \t]*\S", block.text) is not None


def _ruled_off(line: Node, block: Block) -> bool:
    """Whether a rule ends the answer of a bold question."""
    return isinstance(block, Rule) and line.text.rstrip().endswith(("?", "？"))


def _line(block: Block, node: Node) -> tuple[Node, list[Block]] | None:
    """The node that a bold line opens, and what its paragraph goes on with."""
    if not isinstance(block, Paragraph):
        return None
    first, _, rest = block.text.partition("\n")
    found = _BOLD_LINE.fullmatch(bold_tags(first).strip())
    if (
        not found
        or _REPLY.fullmatch(first.rstrip("*_ \t"))
        or (_SENTENCE.search(found.group(1)) and not _JAPANESE.search(found.group(1)))
    ):
        return None
    opened = Node(LINE, found.group(1), block.line, block.end, 7, node)
    opened.labelled = first.rstrip("*_ \t").endswith((":", "："))
    return opened, [Paragraph(rest, block.line + 1, block.end)] if rest.strip() else []


def _items(node: Node) -> None:
    """The list items right under a node, as its children, and so on below."""
    waiting = [node]
    while waiting:
        above = waiting.pop()
        for at, block in enumerate(above.blocks):
            for listing in _listings(block):
                name = _entry(above.blocks[at - 1], listing.line) if at else ""
                for item in listing.items:
                    child = _item(item, listing, above)
                    child.under = name
                    above.children.append(child)
                    waiting.append(child)


def _entry(before: Block, line: int) -> str:
    """The term that the line right above a list opens with, or the short line that it is."""
    if not isinstance(before, Paragraph) or before.end + 1 != line:
        return ""
    last = before.text.rpartition("\n")[2]
    found = lead(last)
    name = title(found.front if found else last)
    return name if len(name) <= 30 and not _SENTENCE.search(name) else ""


def _listings(block: Block) -> list[Listing]:
    if isinstance(block, Listing):
        return [_replied(block)]
    if isinstance(block, Quote) and not _callout(block):
        return [inner for inner in block.blocks if isinstance(inner, Listing)]
    return []


def _replied(listing: Listing) -> Listing:
    """A list with each item `A: …` below the item `Q: …` right before it."""
    if not any(ASKED.match(item.text) for item in listing.items):
        return listing
    items: list[Item] = []
    for item in listing.items:
        before = items[-1] if items else None
        if before and len(before.blocks) == 1 and ASKED.match(before.text) and _REPLY.match(item.text):
            below = Listing((item,), False, item.line, item.end)
            items[-1] = replace(before, blocks=(*before.blocks, below), end=item.end)
        else:
            items.append(item)
    return replace(listing, items=tuple(items))


def _callout(block: Quote) -> bool:
    opening = block.blocks[0] if block.blocks else None
    return isinstance(opening, Paragraph) and opening.text.startswith("[!")


def _item(item: Item, listing: Listing, above: Node) -> Node:
    opening = item.blocks[0] if item.blocks else None
    text = drop_comments(opening.text) if isinstance(opening, (Paragraph, Heading)) else ""
    return Node(
        ITEM,
        text,
        item.line,
        item.end,
        above.level + 10,
        above,
        item.blocks[1:] if text else item.blocks,
        siblings=len(listing.items),
        ordered=listing.ordered,
        number=item.number,
    )


def _close(node: Node, last: int) -> None:
    """Give headings and lines the last line of what stands under them."""
    for child in node.children:
        if child.kind in (HEADING, LINE):
            _close(child, last)
    ends = [block.end for block in node.blocks] + [child.end for child in node.children]
    node.end = max([node.line, *ends])


def content(blocks: Sequence[Block]) -> list[Block]:
    """Blocks without rules, links and tasks beside a text, and HTML that shows nothing or only opens what is folded
    away."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Html):
            text = _FOLDED.sub("", drop_comments(block.text))
            if plain(_ASIDE.sub("", text)):
                kept.append(replace(block, text=text))
        elif not isinstance(block, Rule):
            kept.append(block)
    return [block for block in kept if not _is_aside(block)] or kept


def _is_aside(block: Block) -> bool:
    """Whether a block is no more than a link, or a list of things to do."""
    if isinstance(block, Listing):
        return 2 * sum(_TO_DO.match(item.text) is not None for item in block.items) > len(block.items)
    return isinstance(block, Paragraph) and only_link(block.text)
