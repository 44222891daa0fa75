"""Blocks that belong to the list item above them although the syntax tree says otherwise."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from studyllm.notes.headers import gate
from studyllm.notes.markdown.blocks import Block, Heading, Item, Listing, Paragraph, Rule, Table
from studyllm.notes.markdown.numbering import counting
from studyllm.notes.words.inline import plain
from studyllm.notes.words.lead import Mark, lead
from studyllm.notes.words.terms import split_term
from studyllm.text import fold

_ASKED = re.compile(r"[?？]\W*$")
_OPEN_END = re.compile(r"(?:[:：]|如下|比如|例如|见下表|below)\s*$")
_MARKED = re.compile(r"[（(]?[1一]|[①aA]|[Ss]tep|步骤")
_NUMBERED = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[、.．)）]")
_SENTENCE_END = re.compile(r"[。；;.!！]\s*$")
_TITLE = 40
"""Letters of a numbered line that is a title at most."""
_BETWEEN = 12
"""Blocks between two parts of one list at most."""
_IN_CHAPTER = 100
"""The same for what stands under a title numbered 一、."""
_POINTS_BACK = re.compile(r"(?:这|该|此|上述|以上|this|these|the above)", re.IGNORECASE)


def attach(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, with tables and closing paragraphs moved into the items they belong to."""
    blocks = _goes_on(_numbered(blocks))
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Listing):
            taken = _belongs(block, blocks, at + 1)
            if taken:
                block = _extend(block, blocks[at + 1 : at + 1 + taken])
                at += taken
            before = out[-1] if out else None
            if isinstance(before, Listing) and _one_list(before, block):
                block = replace(before, items=(*before.items, *block.items), end=block.end)
                out.pop()
        out.append(block)
        at += 1
    return tuple(out)


def _one_list(before: Listing, after: Listing) -> bool:
    """Whether two lists of bullets are parts of one, which the text of an item at the margin broke."""
    alike = not (before.ordered or after.ordered) and before.mark == after.mark
    return alike and after.line == before.end + 1 and len(before.items[-1].blocks) > 1


def _numbered(blocks: Sequence[Block]) -> Sequence[Block]:
    """The same blocks, the paragraphs that count as lists, and those in them likewise."""
    return _counted(_counted(blocks, _one_by_one), _titles)


def _counted(blocks: Sequence[Block], count: Callable[[Sequence[Block], int], list[int]]) -> Sequence[Block]:
    """The same blocks, the paragraphs that `count` finds to count 1、 2、 3、 as a list; what stands between two
    belongs to the first of them."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        places = count(blocks, at) if isinstance(block, Paragraph) and _MARKED.match(block.text) else []
        if len(places) < 2:
            out.append(block)
            at += 1
            continue
        stops = [*places[1:], _last_stop(blocks, places)]
        items = []
        for number, (place, text, stop) in enumerate(
            zip(places, _texts(blocks, places), stops, strict=True), 1
        ):
            opening = blocks[place]
            inside = (Paragraph(text, opening.line, opening.end), *_numbered(blocks[place + 1 : stop]))
            items.append(Item(inside, opening.line, inside[-1].end, str(number)))
        out.append(Listing(tuple(items), True, items[0].line, items[-1].end))
        at = stops[-1]
    return out


def _texts(blocks: Sequence[Block], places: Iterable[int]) -> list[str]:
    """The texts of paragraphs up to where they no longer count, without their numbers."""
    return counting(one.text for one in (blocks[n] for n in places) if isinstance(one, Paragraph))


def _one_by_one(blocks: Sequence[Block], at: int) -> list[int]:
    """Where the paragraphs stand that count on, one right after the other."""
    run = takewhile(lambda n: isinstance(blocks[n], Paragraph), range(at, len(blocks)))
    return list(range(at, at + len(_texts(blocks, run))))


def _titles(blocks: Sequence[Block], at: int) -> list[int]:
    """Where the numbered titles stand that count on, with other blocks between them."""
    places, first = [at], blocks[at]
    chapter = isinstance(first, Paragraph) and first.text.startswith("一、") and _is_title(first.text)
    for n in range(at + 1, len(blocks)):
        if n - places[-1] > (_IN_CHAPTER if chapter else _BETWEEN) or _ends(blocks[n]):
            break
        if isinstance(blocks[n], Paragraph) and len(_texts(blocks, [*places, n])) > len(places):
            places.append(n)
    return places if all(map(_is_title, _texts(blocks, places))) else []


def _is_title(text: str) -> bool:
    """Whether a numbered text is short and no sentence, so that what follows may belong to it."""
    return "\n" not in text and len(plain(text)) <= _TITLE and not _SENTENCE_END.search(text)


def _ends(block: Block) -> bool:
    """Whether a block ends what belongs to the one before: a heading, a rule, or a line in bold that is a title."""
    if isinstance(block, Paragraph):
        found = lead(block.text) if block.text.startswith(("**", "__")) else None
        return found is not None and not found.rest and "\n" not in block.text
    return isinstance(block, (Heading, Rule))


def _last_stop(blocks: Sequence[Block], places: Sequence[int]) -> int:
    """Where what belongs to the last of some blocks ends, when it takes no more than the others have taken; entries
    below one another stay together."""
    most = max((b - a - 1 for a, b in pairwise(places)), default=0)
    stop = places[-1] + 1
    while stop < len(blocks) and stop <= places[-1] + most and not _ends(blocks[stop]):
        stop += 1
    while stop > places[-1] + 1 and stop < len(blocks) and _next_line(blocks[stop - 1], blocks[stop]):
        stop += 1
    return stop


def _next_line(block: Block, after: Block) -> bool:
    """Whether an entry stands in the line right below another text, and has no number of its own."""
    if not (isinstance(block, Paragraph) and isinstance(after, Paragraph)) or after.line != block.end + 1:
        return False
    opened = lead(after.text)
    return bool(opened and opened.rest) and not _NUMBERED.match(after.text)


def _goes_on(blocks: Sequence[Block]) -> Sequence[Block]:
    """The same blocks, a numbered list that is broken and then counts on as one, what stands between in its items."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        places = _parts(blocks, at) if isinstance(block, Listing) and block.ordered else [at]
        stop = at + 1
        if len(places) > 1:
            parts = [one for one in (blocks[n] for n in places) if isinstance(one, Listing)]
            titles = all(_is_title(item.text.split("\n", 1)[0]) for one in parts for item in one.items)
            stop = _last_stop(blocks, places) if titles else places[-1] + 1
            items: list[Item] = []
            for part, start, end in zip(parts, places, (*places[1:], stop), strict=True):
                between = blocks[start + 1 : end]
                items += (_extend(part, between) if between else part).items
            block = Listing(tuple(items), True, parts[0].line, items[-1].end, parts[0].mark)
        out.append(block)
        at = stop
    return out


def _parts(blocks: Sequence[Block], at: int) -> list[int]:
    """Where the parts stand of a numbered list that is broken by other blocks."""
    places = [at]
    for n in range(at + 1, len(blocks)):
        block, last = blocks[n], blocks[places[-1]]
        if n - places[-1] > _BETWEEN or _ends(block):
            break
        if (
            isinstance(block, Listing)
            and isinstance(last, Listing)
            and block.ordered
            and block.mark == last.mark
        ):
            if not _counts_on(last, block):
                break
            places.append(n)
    return places


def _counts_on(before: Listing, after: Listing) -> bool:
    """Whether the second of two numbered lists goes on with the first: it counts on, or both are one item each, every
    one with the number 1, as people write who leave counting to the program, or questions in any order."""
    first, second = before.items[-1], after.items[0]
    if _number(second) == _number(first) + 1:
        return True
    if len(before.items) > 1 or len(after.items) > 1:
        return False
    return _number(first) == _number(second) == 1 or all(
        _ASKED.search(item.text.split("\n", 1)[0]) for item in (first, second)
    )


def _number(item: Item) -> int:
    return int(item.number) if item.number.isdecimal() else -9


def _belongs(listing: Listing, blocks: Sequence[Block], at: int) -> int:
    """How many of the blocks after a list belong to its last item."""
    if at >= len(blocks):
        return 0
    item, following = listing.items[-1], blocks[at]
    if len(item.blocks) == 1 and isinstance(item.blocks[0], Heading):
        return _under_heading(blocks, at)
    found = lead(item.text) if item.text else None
    marked = found is not None and (found.mark is Mark.BOLD or item.text.rstrip().endswith((":", "：")))
    bare = found is not None and marked and not found.rest and len(item.blocks) == 1
    if isinstance(following, Paragraph):
        said = any((other := lead(one.text)) and other.is_entry for one in listing.items[:-1])
        beneath = following.line == listing.end + 1 and found is not None and found.mark is Mark.BOLD
        beneath = beneath and not said and not _POINTS_BACK.match(following.text)
        alone = bare and (beneath or len(listing.items) == 1) and not lead(following.text)
        return 1 if alone else 0
    if not isinstance(following, Table) or gate(following):
        return 0
    last = item.blocks[-1] if item.blocks else None
    announced = isinstance(last, Paragraph) and bool(_OPEN_END.search(last.text))
    if not (bare or announced):
        return 0
    return 2 if _closes(found.front if found else "", blocks, at + 1) else 1


def _under_heading(blocks: Sequence[Block], at: int) -> int:
    """How many blocks belong to an item that is a heading: those up to the next one."""
    taken = 0
    for block in blocks[at:]:
        first = block.items[0].blocks[:1] if isinstance(block, Listing) else ()
        if isinstance(block, Heading) or (first and isinstance(first[0], Heading)):
            break
        taken += 1
    return taken


def _closes(front: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether the paragraph after the table still speaks of the item's term."""
    if at >= len(blocks) or not isinstance(block := blocks[at], Paragraph):
        return False
    text = plain(block.text)
    if lead(block.text) is not None and "**" in block.text[:4]:
        return False
    term, names = split_term(front)
    if any(name and fold(name) in fold(text) for name in (term, *names)):
        return True
    return bool(_POINTS_BACK.match(text)) and (at + 1 == len(blocks) or isinstance(blocks[at + 1], Listing))


def _extend(listing: Listing, more: Sequence[Block]) -> Listing:
    item = listing.items[-1]
    longer = Item((*item.blocks, *more), item.line, more[-1].end, item.number)
    return replace(listing, items=(*listing.items[:-1], longer), end=more[-1].end)
