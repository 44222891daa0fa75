"""Lists as answers: what they enumerate, and in which order."""

import re
from collections.abc import Sequence

from studyllm.cards import Kind
from studyllm.notes.answer import item_text
from studyllm.notes.candidates.bodies import labels_definition
from studyllm.notes.markdown.blocks import Block, Code, Html, Item, Listing, Paragraph
from studyllm.notes.words.inline import plain, prose
from studyllm.notes.words.labels import is_label, is_list_title, is_sequence
from studyllm.notes.words.lead import Lead, Mark, lead
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import title as shown
from studyllm.text import has_wide

_STEP = re.compile(r"(?:第[一二三四五六七八九十\d]+步|step \d+)|\d{3,4}\s*(?:年|[:：])", re.IGNORECASE)
_DOES = re.compile(
    r"(?:[A-Z]?[a-z]+(?<!s)s|is|has|can)\s+(?:the|a|an|its|to|for|all|up|from|by|on|in|into|that|them)\b"
)
_DO = re.compile(
    r"[A-Z][a-z]*[a-rt-z] (?:the|an?|your|it|them|all|any|each|both|up|down|off|out|on|in|to|for|with|until)\b"
)
"""How an item begins that tells a reader what to do."""
_DOING = re.compile(
    r"how to\b|[a-z]+ing (?:an?|the|your|up|down|off)\b"
    r"|(?:re)?(?:set|create|make|build|install|configure|mount|add|remove|delete|change|enable|start|deploy) (?=\w)",
    re.IGNORECASE,
)
"""A title over something that is done."""
_STEPS = re.compile(
    r"steps (?:to|for|of)\b|how to (?!.*\?|(?:recogni[sz]e|tell|distinguish|identify|spot|know|find)\b)",
    re.IGNORECASE,
)
_HOW_TO, _THEN = re.compile("(?:怎么|怎样|如何)(?!样)"), re.compile("先|然后|接着|最后|再|\\bthen\\b")
"""Titles of what is done, and words of what comes after another."""
_ONE_OF = re.compile(r"\b(?:process|procedure|cycle|cascade|pathway|pipeline|workflow)$", re.IGNORECASE)
"""Ends of names that are one thing with an order of its own: a list that is not numbered tells what it is."""
_IN_ORDER = re.compile(
    r"\bin (?:this |the right |chronological )?order\b|\b(?:path|route|journey|course) of\b"
    r"|\bfrom (?:the )?(?:bottom|top|first|lowest|highest|smallest|largest|oldest|inside)\b"
    r"|\b(?:from\b.{1,30}\bto|\w{2,}est to \w+est"
    r"|(?:broad|narrow|small|large|low|high|short|long|fine|old|new|simple|general) to)\b"
    r"|handshake|握手|按(?:照)?(?:顺序|先后|时间)|依次|先后顺序|[从由自].{1,8}[到至].",
    re.IGNORECASE,
)
"""What says that a numbered list stands in an order."""
_STATEMENT = 9
"""Words from which on an item is a statement and no name."""
_NUMBERS = {
    name: n
    for n, name in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)
}
_NUMBERS |= {name: n for n, name in enumerate("二三四五六七八九十", 2)} | {"两": 2}
_WORDS = "|".join(name for name in _NUMBERS if name.isascii())
_NUMBER = re.compile(rf"\b(?:{_WORDS})\b|[两二三四五六七八九十]|(?<![\d.])\d{{1,2}}(?![\d.])", re.IGNORECASE)
_BRIEF = 4
"""Letters of a name that only groups what stands below it, where no longer name stands beside it."""
_LONGEST = 200
"""Letters of a point at most that holds a list of its own."""
_COUNTED = re.compile(r"[一二两三四五六七八九十\d]+(?:大|个|种|类)?(?:步|道工序|时段|阶段|工序|环节|步骤)")


def lists(blocks: Sequence[Block]) -> list[Listing]:
    """The lists among some blocks."""
    return [block for block in blocks if isinstance(block, Listing)]


def leaves(listing: Listing) -> list[str]:
    """The points of a list: its items; of an item that only names a group, what stands under it."""
    found: list[str] = []
    brief = not any(_BRIEF < len(_name(item)) <= 2 * _BRIEF for item in listing.items if _is_bare(item))
    for item in listing.items:
        below = lists(item.blocks[1:])
        text = item_text(item)
        name, bare = _name(item), _is_bare(item)
        opened = lead(item.text) if item.text else None
        told = " ".join(
            prose(block.text).replace("\n", " ") for block in item.blocks[1:] if isinstance(block, Paragraph)
        )
        named = bool(told) and (opened is None or not opened.rest) and len(name) <= 30
        if named and len(name) + len(told) <= _LONGEST:
            found += [
                f"{name}{'：' if CJK_LETTER.search(name) else ': '}{told}",
                *(p for one in below for p in leaves(one)),
            ]
        elif bare and (is_label(name) or (brief and len(name) <= _BRIEF)):
            found += [point for one in below for point in leaves(one)]
        elif bare and text.endswith((":", "：")):
            found += _grouped(text, [point for one in below for point in leaves(one)])
        elif text and not (text.endswith((":", "：")) and len(item.blocks) == 1):
            found.append(text)
        else:
            found += [point for one in below for point in leaves(one)]
    return found


def _name(item: Item) -> str:
    """What an item shows of itself, without a colon."""
    return plain(item.text).strip().rstrip(":：")


def _is_bare(item: Item) -> bool:
    """Whether an item says nothing but what the list below it is of."""
    opened = lead(item.text) if item.text else None
    return bool(lists(item.blocks[1:])) and (opened is None or not opened.rest)


def _grouped(label: str, listed: list[str]) -> list[str]:
    """What stands under a label with a colon as one point, where it is short enough to be said at once."""
    text = f"{label}{'；'.join(listed)}" if label.endswith("：") else f"{label} {'; '.join(listed)}"
    return [text] if listed and len(text) <= _LONGEST else listed


def told_first(text: str) -> tuple[str, str]:
    """What the lines over a list say, and the label on the last of them that announces it: `1956`, `Effects:`."""
    said, _, last = text.rpartition("\n")
    label = plain(last)
    found = lead(last) if said.strip() and label.endswith((":", "：")) else None
    return (prose(said), label) if found and not found.rest and len(label) <= 20 else (prose(text), "")


def translates(word: str, own: str) -> bool:
    """Whether a foreign word is followed by what it means in Chinese."""
    return not has_wide(word) and has_wide(own) and not own.endswith((":", "："))


def points(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The points of the lists among some blocks."""
    return tuple(point for listing in lists(blocks) for point in leaves(listing))


def counts(title: str, blocks: Sequence[Block]) -> bool:
    """Whether a title names as many things as a list under it has items: "three kinds of…" over three."""
    items = sum(len(listing.items) for listing in lists(blocks))
    numbers = [_NUMBERS.get(found.casefold()) or int(found) for found in _NUMBER.findall(title)]
    return items >= 2 and items in numbers


def _ungrouped(listed: list[Listing]) -> list[Listing]:
    """The lists, one of a single item that only names a group as the lists under it."""
    while len(listed) == 1 and len(listed[0].items) == 1:
        item = listed[0].items[0]
        below = lists(item.blocks[1:])
        opened = lead(item.text) if item.text else None
        if not below or (opened and opened.rest):
            break
        listed = below
    return listed


def _texts(blocks: Sequence[Block]) -> list[str]:
    """The texts of the paragraphs among some blocks."""
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def kind_of(title: str, blocks: Sequence[Block], *, bold: bool = False) -> Kind:
    """What a title over some blocks asks for: an enumeration, an order, or a meaning.

    A list under a bold name, or of what something is or does, says what the name means.
    """
    listed = _ungrouped(lists(blocks))
    items = [item for listing in listed for item in listing.items]
    opened = [lead(item.text) if item.text else None for item in items]
    if _is_meaning(blocks, items, opened):
        return Kind.TERM
    enumerates = is_list_title(title) or bool(_COUNTED.search(title))
    numbered = all(listing.ordered for listing in listed)
    if bold and _ONE_OF.search(title) and not any(listing.ordered for listing in listed):
        return Kind.TERM
    if not enumerates and (
        bold or sum(bool(_DOES.match(plain(item.text))) for item in items) * 2 >= len(items)
    ):
        return Kind.TERM
    ordered = numbered or (bool(_COUNTED.search(title)) and not any(opened))
    steps = sum(bool(_STEP.match(plain(item.text))) for item in items) * 2 > len(items)
    in_order = (
        is_sequence(title) or _COUNTED.search(title) or any(map(_IN_ORDER.search, (title, *_texts(blocks))))
    )
    doing = numbered and _DOING.match(title)
    told = sum(bool(item.text.startswith("`") or _DO.match(plain(item.text))) for item in items)
    told_to = doing and 5 * told >= 3 * len(items)
    how_to = numbered and (
        _STEPS.match(title) or (_HOW_TO.match(title) and any(_THEN.search(item.text) for item in items))
    )
    if steps or told_to or how_to or (ordered and in_order):
        return Kind.SEQUENCE
    if numbered and all(one and one.mark is Mark.BOLD for one in opened) and not is_list_title(title):
        return Kind.SEQUENCE if is_sequence(title) else Kind.LIST
    told = not (enumerates or ordered or in_order) and not any(one and one.rest for one in opened)
    return Kind.TERM if told and _tells(items) else Kind.LIST


def _is_meaning(blocks: Sequence[Block], items: Sequence[Item], opened: Sequence[Lead | None]) -> bool:
    """Whether blocks say what something is, whatever their lists look like: a definition is labelled among them, there
    is no list of two items, something else stands beside it, or a longer text."""
    if any(one and one.rest and labels_definition(shown(one.front)) for one in opened):
        return True
    if len(items) < 2 or any(not isinstance(b, (Listing, Paragraph, Code, Html)) for b in blocks):
        return True
    said = [text for text in _texts(blocks) if not text.rstrip().endswith((":", "："))]
    return sum(map(len, said)) > 80


def _tells(items: Sequence[Item]) -> bool:
    """Whether most items of a list are statements and no names: they say what a thing is."""
    sizes = sorted(_size(plain(item.text.partition("\n")[0])) for item in items)
    return sizes[len(sizes) // 2] >= _STATEMENT


def _size(text: str) -> float:
    """How much a text says, in words; two Chinese letters are one."""
    wide = len(CJK_LETTER.findall(text))
    return wide / 2 + len(CJK_LETTER.sub(" ", text).split())
