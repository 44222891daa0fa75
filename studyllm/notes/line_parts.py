"""A line of which a learner makes a card: its front, and what it says of that."""

import re
from collections.abc import Sequence

from studyllm.cards import Card
from studyllm.notes.words.inline import plain
from studyllm.notes.words.lead import Gap, lead
from studyllm.text import CJK, key

_EMOJI = r"[\u2600-\u2775\u2794-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_SIGN = re.compile(rf"(?:{_EMOJI}[\ufe0e\ufe0f\u200d]*\s*)+")
"""Pictures before a line; numbers in circles are none."""
_ITEM = re.compile(r"\s*(?:>\s?)*(?:[-*+•·]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)、]\s*)?")
"""How a line begins that is an item, or a line of a quote."""
_NO_ENTRY = re.compile(rf"\s*(?:#|\||```|第[{CJK}\d]{{1,4}}?[章节節条條课課讲講单單])")
"""How a title, a row of a table and code begin."""
_EQUATED = re.compile(r"([^=＝<>!:：]{1,60}?)\s*[=＝]\s*([^=＝<>\s][^=＝]*)")
_LATIN = r"[a-z][a-z'’/.-]{2,}|[A-Za-z][A-Za-z0-9'’/.-]*(?: [A-Za-z0-9'’/.-]+)+"
_GLOSSED = re.compile(rf"({_LATIN})\s*([（(]?[{CJK}].*|[（(][^（()）]*[{CJK}][^（()）]*[)）])")
"""Words with Latin letters, and what they mean, or a remark on them, in Chinese."""
_NAMED = re.compile(rf"([{CJK}][^\s:：=＝，。；,;?？!！]{{1,14}})[ \t\u3000]+(\S.*)")
"""A name, a blank, and what is said of it."""
_VALUED = re.compile(
    rf"([{CJK}][^\s:：=＝，。；,;（()）]{{1,14}}[（(][^（()）]+[)）])\s*([^\s的和与及、，,（(][^:：]*\d[^:：]*)"
)
"""A name with a remark, and a value right behind it."""
_TOLD = 8
"""Letters of what a line says by which that is known in an answer."""
_ALONE = re.compile(r"[（(][^（()）]*[)）]")
"""What stands in brackets and is all that a line says of a name: another name of it, as a title has one."""
_SET_OFF = (Gap.COLON, Gap.DASH, Gap.COPULA)


def unsigned(text: str) -> str:
    """A text without the pictures that it begins with."""
    found = _SIGN.match(text)
    return text[found.end() :] if found else text


def titled(line: str) -> str:
    """What a line says, as the front of a card: without the marks of a title or an item, and a colon behind it."""
    said = unsigned(_ITEM.sub("", line.strip().lstrip("#").strip(), count=1))
    return plain(said).strip().rstrip(":：").strip()


def parts(line: str) -> tuple[str, str]:
    """The front of a line that is one entry by an equals sign or a blank, and what it says of it; empty where it is
    none, or another sign sets them apart."""
    if _NO_ENTRY.match(line):
        return "", ""
    text = plain(unsigned(_ITEM.sub("", line, count=1))).strip()
    forms = (_EQUATED, _GLOSSED, _NAMED, _VALUED)
    found = next((found for form in forms if (found := form.fullmatch(text))), None)
    return (found[1].strip(), found[2].strip()) if found else ("", "")


def is_over(lines: Sequence[str], line: int) -> bool:
    """Whether a line opens what stands deeper below it, and does not only stand above."""
    own, below = lines[line - 1], next((one for one in lines[line:] if one.strip()), "")
    if own.lstrip().startswith("#"):
        return not below.lstrip().startswith("#")
    deeper = len(below) - len(below.lstrip()) > len(own) - len(own.lstrip())
    return deeper or (bool(_mark(below)) and not _mark(own))


def asks_in_the_middle(term: str, line: str) -> bool:
    """Whether a term is a bold word in the middle of a line that does not define it: of the phrase that a line is, or
    of one with a picture before it."""
    text = _ITEM.sub("", line, count=1).strip()
    bold = text.find("**")
    if bold < 1 or not unsigned(text)[:bold].strip("* ") or key(unsigned(text)).startswith(key(term)):
        return False
    if key(term) not in map(key, text.split("**")[1::2]):
        return False
    marked = lead(text[bold:])
    if marked and marked.rest and marked.gap in _SET_OFF:
        return False
    return unsigned(text) != text or key(term) in key(parts(line)[0])


def readings_of(found: Sequence[Card], lines: Sequence[str], line: int) -> tuple[Card, ...]:
    """Of the cards that could be read at a line those that a learner means who names it: one that takes a line of two
    parts for a title over the next one is none, nor is one that asks for a bold word in its middle."""
    own = lines[line - 1]
    is_title = _may_be_title(found, lines, line)
    return tuple(
        card
        for card in found
        if (is_title or card.source.line != line or _says_more(card, own))
        and not asks_in_the_middle(card.term, own)
    )


def _may_be_title(found: Sequence[Card], lines: Sequence[str], line: int) -> bool:
    """Whether what stands below a line may be what it asks: it says nothing of its own front, or opens what is deeper,
    and the next line has no picture as it has one."""
    own, below = lines[line - 1], lines[line] if line < len(lines) else ""
    picture = _SIGN.match(own)
    if picture and below.startswith(picture[0]):
        return False
    said = key(own)
    alone = (key(card.term) for card in found if card.source.line == card.source.end_line == line)
    has_parts = bool(rest := parts(own)[1]) and not _ALONE.fullmatch(rest)
    return is_over(lines, line) or not (has_parts or any(said.startswith(t) and t != said for t in alone))


def _says_more(card: Card, own: str) -> bool:
    """Whether the answer of a card has what its line says behind its front, or the card is of that line alone."""
    term, said = key(card.term), key(own)
    rest = said[len(term) :] if said.startswith(term) else said
    return card.source.end_line == card.source.line or (rest != "" and rest[:_TOLD] in key(card.answer))


def _mark(line: str) -> str:
    found = _ITEM.match(line)
    return found[0].strip() if found else ""
