"""Tags and other names that a note carries: in its front matter and as `#words`, as Obsidian writes them.

Those of the front matter, and of a line of nothing but tags, are of all cards of the note; those behind a line are of
the card that the line belongs to. `#card`, `#flashcards` and `#anki` only say that there are cards: of
`#flashcards/networks` the tag is `networks`.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from studyllm.cards import Card
from studyllm.notes.markdown.fences import FENCE
from studyllm.notes.markdown.parse import front_matter_text
from studyllm.notes.words.terms import unique
from studyllm.text import clean, key

_LONGEST, _MOST = 60, 20
"""Characters of a tag, and tags of a card."""
_TAG = r"#[A-Za-z_\u4e00-\u9fff][\w/\u4e00-\u9fff-]*"
_BEHIND = re.compile(rf"(?:^|(?<=\s)){_TAG}(?:[ \t]+{_TAG})*[ \t]*$")
_BEFORE = re.compile(r"[ \t]*(?!#\w+ column:)(?:#[a-z][\w/-]*[ \t]+)+(?=[^\s#])")
"""Tags in small letters that a line begins with: #physio lecture 3. Others may be headings without a blank."""
_FIRST = 3
"""Lines of a text that may say what it is of."""
_LISTED = r"[ \t]*[:：][ \t]*(?P<here>.*)\n(?P<below>(?:[ \t]*-[ \t]+.*(?:\n|$))*)"
_FIELD = re.compile(rf"^(?:tags?|标签){_LISTED}", re.MULTILINE | re.IGNORECASE)
_NAMES = re.compile(rf"^(?:alias(?:es)?|别名){_LISTED}", re.MULTILINE | re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"[ \t]*[,，、][ \t]*")
_BETWEEN = re.compile(r"[\s,，、]+")
_FOR_CARDS = re.compile(r"(?:flashcards?|cards?|anki)(?:/|$)", re.IGNORECASE)


def with_tags(cards: Sequence[Card], text: str) -> list[Card]:
    """The cards with the tags that the text of their note gives them."""
    whole = list(_of_front(front_matter_text(text)))
    own: defaultdict[int, list[str]] = defaultdict(list)
    for line, tags, alone in _behind(text) if "#" in text else ():
        of = [i for i, card in enumerate(cards) if card.source.line <= line <= card.source.end_line]
        if alone and not of:
            whole += tags
        nearest = min((_lines(cards[i]) for i in of), default=0)
        for i in (i for i in of if _lines(cards[i]) == nearest):
            own[i] += tags
    if not (whole or own):
        return list(cards)
    return [replace(card, tags=_distinct((*whole, *own[i]))) for i, card in enumerate(cards)]


def with_names(cards: Sequence[Card], text: str, title: str) -> list[Card]:
    """The cards, those about what the note is called with the other names that its front matter gives that."""
    front = front_matter_text(text)
    names = [name for name in _values(front, _NAMES, _BETWEEN_NAMES) if name] if front else []
    return (
        [
            replace(card, aliases=unique(card.term, [*card.aliases, *names]))
            if key(card.term) == key(title)
            else card
            for card in cards
        ]
        if names
        else list(cards)
    )


def without_tags(title: str) -> str:
    """A title without the tags behind it; one of nothing but tags stays."""
    return (_BEHIND.sub("", title).rstrip() or title) if "#" in title else title


def without_first_tags(text: str) -> str:
    """The text without the line under its title that begins with tags and says what lecture it is of."""
    if "#" not in text:
        return text
    lines = text.split("\n")
    for at in _first_tags(text, lines):
        lines[at] = ""
    return "\n".join(lines)


def _first_tags(text: str, lines: Sequence[str]) -> list[int]:
    """Which of the first lines under the front matter begin with tags, counted from 0."""
    front = front_matter_text(text).count("\n")
    written = (at for at in range(front, len(lines)) if lines[at].strip())
    return [at for at in itertools.islice(written, _FIRST) if _BEFORE.match(lines[at])]


def _of_front(front: str) -> Iterator[str]:
    """Tags of front matter: `[a, b]`, `a, b`, or a list below."""
    return _values(front, _FIELD, _BETWEEN)


def _values(front: str, field: re.Pattern[str], between: re.Pattern[str]) -> Iterator[str]:
    """What a field of front matter lists."""
    for found in field.finditer(front + "\n"):
        here = found["here"].strip().removeprefix("[").removesuffix("]")
        listed = (line.strip().removeprefix("-") for line in found["below"].splitlines())
        for one in (*between.split(here), *listed):
            yield one.strip(" \t'\"#")


def _behind(text: str) -> Iterator[tuple[int, list[str], bool]]:
    """Line, tags behind it, or before it among the first, and whether they are of the whole note; none of code."""
    code, lines = False, text.split("\n")
    first = _first_tags(text, lines)
    for number, line in enumerate(lines, 1):
        if FENCE.match(line):
            code = not code
        elif not code and "#" in line:
            before = _BEFORE.match(line) if number - 1 in first else None
            if found := before or _BEHIND.search(line):
                tags = [tag.removeprefix("#") for tag in found.group().split()]
                yield number, tags, not line[: found.start()].strip()


def _lines(card: Card) -> int:
    return card.source.end_line - card.source.line


def _distinct(tags: Iterable[str]) -> tuple[str, ...]:
    bare = (_FOR_CARDS.sub("", clean(tag), count=1).strip("/") for tag in tags)
    return tuple(dict.fromkeys(tag for tag in bare if tag and len(tag) <= _LONGEST))[:_MOST]
