"""What stands under a title, seen as a whole: parts with labels, one entry, words, a motto."""

import itertools
import re
from collections.abc import Sequence

from studyllm.notes.markdown.apart import is_word
from studyllm.notes.markdown.blocks import Block, Listing, Paragraph, Quote
from studyllm.notes.outline import HEADING, Node
from studyllm.notes.words.labels import is_label, tells_of_writing
from studyllm.notes.words.lead import Gap, Mark, lead
from studyllm.notes.words.terms import title
from studyllm.script import simplified

_DEFINING = re.compile(
    r"(?:一句话(?:定义|解释|概括|总结|说明)|定义|概念|(?:实际|中文)?含义|(?:中文)?意思|释义|解释|概要|概述|简介|是什么|什么是|definitions?|meaning|"
    r"what (?:it is|is it|happens)\W*|overview|"
    r"summary|description|tl;?dr|in short|정의|개요|의미|概要|説明|意味|とは|définition|definición|"
    r"descripción|beschreibung|one[- ]sentence (?:definition|summary))\W*",
    re.IGNORECASE,
)
PART = re.compile(
    r"(?:解决的问题|如何帮助|为什么需要|核心.{0,4}|꼬리.*|핵심.*|특징|예시?|장점|단점|예제|特徴|例|使い方|メリット|デメリット|"
    r"context|function|context/function|analogy|why it matters|related(?: terms)?|"
    r"problem it addresses|how it helps|what problem.*)\W*",
    re.IGNORECASE,
)
"""Titles of a definition, and of other parts of what stands above them."""
_INDEX = re.compile(r"(?:[\s|,，、·•/]*\[[^\[\]]*\]\(#[^()\s]*\))+[\s|,，、·•/]*")
"""Nothing but links to places of the same note."""


def labels_definition(name: str) -> bool:
    """Whether a label or a title says that what something is follows."""
    return _DEFINING.fullmatch(simplified(name)) is not None


def is_part(name: str) -> bool:
    """Whether a title only labels a part of what stands above it."""
    return is_label(name) or labels_definition(name) or PART.fullmatch(name) is not None


def of_the_file(block: Block) -> bool:
    """Whether a paragraph only says who taught or wrote what follows, when and where."""
    found = lead(block.text) if isinstance(block, Paragraph) and "\n" not in block.text else None
    return found is not None and bool(found.rest) and tells_of_writing(title(found.front))


def words(body: Sequence[Block]) -> bool:
    """Whether a body is nothing but words with what each is called in Chinese, one a line."""
    return len(body) > 1 and all(isinstance(block, Paragraph) and is_word(block.text) for block in body)


def one_entry(body: Sequence[Block]) -> bool:
    """Whether a body is nothing but one term with its meaning: an item, or a line that opens in bold."""
    match body:
        case [Listing(items=(item,))]:
            found = lead(item.text)
        case [Paragraph(text=text)]:
            found = lead(text)
            if found and not (found.mark is Mark.BOLD and found.gap in (Gap.COLON, Gap.DASH, Gap.COPULA)):
                return False
        case _:
            return False
    return found is not None and bool(found.rest) and not is_part(title(found.front))


def up_to_entries(body: list[Block]) -> list[Block]:
    """What answers a question, without the entries with a bold front of their own that follow it; one that opens with
    an entry, or announces them, is whole."""
    opening = body[0]
    if (
        not isinstance(opening, Paragraph)
        or opening.text.rstrip().endswith((":", "："))
        or _is_entry(opening)
    ):
        return body
    return list(itertools.takewhile(lambda block: not _is_entry(block), body))


def _is_entry(block: Block) -> bool:
    """Whether a block opens with a bold front that is no label of a part, and what is said of it."""
    found = lead(block.text) if isinstance(block, Paragraph) else None
    if not found or not found.rest or found.mark is not Mark.BOLD or found.gap not in (Gap.COLON, Gap.DASH):
        return False
    return not is_part(title(found.front))


def motto(node: Node, body: Sequence[Block]) -> bool:
    """Whether nothing but a quotation stands between the title of a file and its first section."""
    quoted = len(body) == 1 and isinstance(body[0], Quote)
    return quoted and node.level <= 1 and any(child.kind == HEADING for child in node.children)


def is_index(block: Block) -> bool:
    """Whether a block is nothing but links to places of the same note."""
    if isinstance(block, Listing):
        return all(len(item.blocks) == 1 and _INDEX.fullmatch(item.text) for item in block.items)
    return isinstance(block, Paragraph) and _INDEX.fullmatch(block.text) is not None
