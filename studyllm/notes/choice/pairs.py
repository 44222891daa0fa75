"""Lists of pairs: words and what they mean, names and their values, dates and what was then; each is a card."""

import re

from studyllm.notes.candidates import Candidate
from studyllm.notes.markdown.blocks import Paragraph
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.dates import is_date
from studyllm.notes.words.inline import plain
from studyllm.notes.words.labels import is_label, is_list_title
from studyllm.notes.words.lead import Gap, Mark, lead
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import title
from studyllm.text import CJK

_LATIN = re.compile(r"[^\W\d_\u2e80-\U0010ffff]")
_GLOSS, _WORDS_BESIDE = 20, 3
"""Letters of a translation at most, and headings over one each from which on they are a list of words."""
_LOOKED_AT = 50
"""Items of a list that are looked at."""
_VALUES = re.compile(
    r"(?:(?:key|important|useful|some|normal|typical)\s+)*(?:numbers?|values?|figures?|constants?|quantities|units?"
    r"|dates?|years?|facts(?: and figures)?|statistics|data|vocab(?:ulary)?|words?)"
    r"|(?:重要|常用|关键|正常)?(?:数字|数值|数据|常数|常量|正常值|年份|单位|单词|生词|词汇)",
    re.IGNORECASE,
)
"""Titles over names and their values."""
_VALUE = re.compile(
    r"(?:approx\.?|about|ca?\.?|circa|约|大约|[~≈<>≤≥±+−-])?\s?\d[\d.,]*(?:\s?(?:[-–~×x/]|to|至|到)\s?[+−-]?\d[\d.,]*)?"
    r"(?:\s?[^\s\d,;，；€$£¥元]{1,8}){0,2}"
)
"""A number with its unit; no price."""
_VALUED = 3
"""Names with values below one another, from which on each is a card."""
_BEGINS_DATED = re.compile(r"(?:约|大约)?(?:公元)?(?:前)? ?\d{1,4} ?(?:年|世纪)")
_DATES = 3
"""Dates of a list of them at least."""
_WORDS = 4
"""Words of either side of a pair."""
_EQUAL = re.compile(r"[ \t]*[^\W\d_][^=\n:：]{0,24}[ \t]+=[ \t]+[^\W\d_][^=\n]{0,40}")
"""A word and what it is the same as; no formula."""
_NAME = re.compile(r"(?!\d+$)[^\s.。,，;；:：!！?？=→][^.。,，;；:：!！?？=→]{0,30}")
_BLOCKS, _LINES = 4, 2
"""Names over what they mean that are a list of them, and lines of such a meaning at most."""
_WORD = re.compile(
    rf"(?:\*\*|__)?-?[a-z\u00df-\u024f][^{CJK}\n]{{1,60}}?[\s:：=→*_.)）/\]–—-]+(?![是为在由])[{CJK}…（(][^\n]{{0,40}}"
)
"""A foreign word or phrase, however it is set off, and what it means in Chinese."""


def of_pairs(one: Candidate) -> bool:
    """Whether it is a pair of a list of pairs, each a card of its own: words and what they mean, names and values."""
    if one.form == "line plain dash":
        return equals(one)
    led = one.form in ("item plain dash", "item plain colon")
    return led and one.node.parent is not None and not one.node.children and pairs(one.node.parent)


def equals(one: Candidate) -> bool:
    """Whether what stands below its title is nothing but lines `word = meaning`."""
    blocks = one.node.blocks[:_LOOKED_AT]
    lines = [line for block in blocks if isinstance(block, Paragraph) for line in block.text.split("\n")]
    return 1 < len(lines) <= _LOOKED_AT and all(map(_EQUAL.fullmatch, lines)) and len(blocks) <= len(lines)


def is_word_of_list(one: Candidate) -> bool:
    """Whether it is a word with its meaning in a list or a section of such words, each a card of its own."""
    if not one.form.startswith(
        ("item gloss", "item plain", "item bold", "line gloss", "line plain", "line bold")
    ):
        return False
    above = one.node.parent if one.node.kind == ITEM else one.node
    latin = _LATIN.match(one.term.lstrip("-¿¡")) and not CJK_LETTER.search(one.term)
    return bool(latin and CJK_LETTER.search(one.answer)) and above is not None and of_words(above)


def of_words(above: Node) -> bool:
    """Whether most of what stands under a title is foreign words with their meanings in Chinese."""
    lines = [child.text for child in above.children[:_LOOKED_AT] if child.kind == ITEM]
    lines += [
        line
        for block in above.blocks[:_LOOKED_AT]
        if isinstance(block, Paragraph)
        for line in block.text.split("\n")
    ]
    fitting = sum(bool(_WORD.fullmatch(line.strip())) for line in lines)
    return fitting >= _WORDS_BESIDE and 5 * fitting >= 3 * len(lines)


def is_of_blocks(one: Candidate) -> bool:
    """Whether it is a short line over what it means, as nearly all that stands there between blank lines is."""
    if not one.form.startswith("short line over") or one.end - one.line > _LINES:
        return False
    lines = {
        block.line + at: text.strip()
        for block in one.node.blocks[: 4 * _LOOKED_AT]
        if isinstance(block, Paragraph)
        for at, text in enumerate(block.text.split("\n"))
    }
    firsts = [line for line in lines if line - 1 not in lines]
    brief = [line for line in firsts if any(line + n not in lines for n in range(2, _LINES + 2))]
    over = [line for line in brief if line + 1 in lines]
    short = [
        line for line in over if _NAME.fullmatch(lines[line]) and len(lines[line]) < len(lines[line + 1])
    ]
    return one.line in short and len(short) >= _BLOCKS and 4 * len(short) >= 3 * len(firsts)


def dated(one: Candidate) -> bool:
    """Whether most items of a list begin with when something was, as this one does."""
    beside = one.node.parent.children[:_LOOKED_AT] if one.node.parent else []
    dated = sum(bool(_BEGINS_DATED.match(child.text)) for child in beside)
    return dated >= _DATES and 3 * dated >= 2 * len(beside)


def measured(one: Candidate) -> bool:
    """Whether it is a line or an item, among several, of a name and its value: `Rectal temperature: 38.1-39.2 °C`."""
    if not one.form.startswith(("line plain colon", "item plain colon")) or not _VALUE.fullmatch(one.answer):
        return False
    if one.node.kind == ITEM:
        beside = [child.text for child in one.node.parent.children[:_LOOKED_AT]] if one.node.parent else []
    else:
        blocks = [block for block in one.node.blocks[:_LOOKED_AT] if isinstance(block, Paragraph)]
        beside = [line for block in blocks for line in block.text.split("\n")]
    opened = [found for line in beside if (found := lead(line)) and found.rest]
    valued = [title(found.front) for found in opened if _VALUE.fullmatch(plain(found.rest))]
    shares = all(line.rstrip().endswith("%") for line in beside)  # what counts how much towards a mark
    said = sum(
        len(name.split()) > 1 or len(CJK_LETTER.findall(name)) > 3 for name in valued
    )  # flour: 200 g is no fact
    return (
        len(valued) >= _VALUED and 2 * len(valued) >= len(beside) and 2 * said >= len(valued) and not shares
    )


def pairs(above: Node) -> bool:
    """Whether under a title stands nothing but a list of pairs of a few words each: `la casa - the house`, or, under
    the name of such values, `pH of blood: 7.4`."""
    items = [child for child in above.children[:_LOOKED_AT] if child.kind == ITEM]
    if is_list_title(above.title) or len(items) < 2:
        return False
    opened = [found for child in items if not child.children and (found := lead(child.text)) and found.rest]
    if len(items) >= _DATES and len(opened) == len(items) and all(is_date(one.front) for one in opened):
        return True
    valued = bool(_VALUES.fullmatch(above.title))
    pairs = [one for one in opened if one.gap is Gap.DASH or (valued and one.gap is Gap.COLON)]
    few = [one for one in pairs if one.mark is Mark.PLAIN and not is_label(title(one.front))]
    brief = valued or all(len(side.split()) <= _WORDS for one in few for side in (one.front, one.rest))
    return brief and len(few) == len(items)


def translated(one: Candidate) -> bool:
    """Whether a heading is a word, and what stands under it its translation, in another script, as under others beside
    it."""
    if one.form != "heading over text" or not _is_translation(one.term, one.answer):
        return False
    beside = one.node.parent.children[:_LOOKED_AT] if one.node.parent else []
    told = ((child.title, child.blocks[0]) for child in beside if len(child.blocks) == 1)
    words = (isinstance(block, Paragraph) and _is_translation(name, block.text) for name, block in told)
    return sum(words) >= _WORDS_BESIDE


def _is_translation(word: str, told: str) -> bool:
    return len(told) <= _GLOSS and any(
        own.search(word) and other.search(told) and not (own.search(told) or other.search(word))
        for own, other in ((_LATIN, CJK_LETTER), (CJK_LETTER, _LATIN))
    )
