"""Names that say too little alone, shown with what they are kinds of: inner under "Layers of the wall"."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.asking import bare
from studyllm.notes.markdown.blocks import Paragraph
from studyllm.notes.outline import ITEM, LINE, Node
from studyllm.notes.words.labels import is_glossary, is_label
from studyllm.notes.words.lead import lead
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import split_term, title

_KIND = re.compile(r"[\u4e00-\u9fff]{1,2}|[a-z]{3,10}")
"""A word that is no name by itself: 完全, inner."""
_KINDS = 6
"""The most of a list; more are words to learn."""
_WORD = re.compile(r"[^\W\d_]{2,14}(?: [^\W\d_]{2,14})?")
_BECOMES, _LETTERS = 3, 4
"""Words that such a word becomes at most, and Chinese letters of them."""
_WORDS = 3
"""Words below one another from which on the line above them tells what is asked of each."""
_HEAD = re.compile(r"[^\W\d_][^.,;:?!，。；：？！\n]{3,32}")
"""A line that may stand above such words."""
_OF_WORDS = re.compile(
    r"\b(?:words?|terms?|vocab\w*|glossary|definitions?|notes?)\b|词|术语|单词|笔记", re.IGNORECASE
)
"""A head that says of words no more than that they are words."""
_SORTED = re.compile(
    r"(?:可?(?:划?分|包括)[成为有]?)?(?:以下)?[两二三四五六七八九\d][大个]?[种类]$|的?(?:种类|类型|分类|类别)$"
)
"""What says of a name that it has kinds."""


def of_something(found: Sequence[Candidate]) -> None:
    """Shows with a kind that is called by a word or two, as all beside it are, what it is a kind of: 限制 under
    行为能力分三种, inner under Layers of the wall; and with each word of lines below one another the line above."""
    names = {
        id(one.node): one.term for one in found if one.node.kind == ITEM and one.form.startswith("item over")
    }
    kinds: dict[int, bool] = {}
    over: dict[int, dict[int, str]] = {}
    for one in found:
        above = one.node.parent
        if one.bold or one.prompt != one.term:
            continue
        if one.form.startswith("line plain") and _WORD.fullmatch(one.term):
            if id(one.node) not in over:
                over[id(one.node)] = dict(_heads(one.node))
            name = over[id(one.node)].get(one.line, "")
        elif one.node.kind == ITEM and above is not None and _KIND.fullmatch(one.term):
            if id(above) not in kinds:
                fronts = [
                    entry(child.text.split("\n", 1)[0]) for child in above.children if child.kind == ITEM
                ]
                kinds[id(above)] = 1 < len(fronts) <= _KINDS and all(map(_KIND.fullmatch, fronts))
            says = above.kind == LINE and not (is_label(above.title) or is_glossary(above.title))
            line = bare(above.title) if says else ""
            name = _SORTED.sub("", names.get(id(above), line)) if kinds[id(above)] else ""
        else:
            continue
        if name and bool(CJK_LETTER.search(name)) == bool(CJK_LETTER.search(one.term)):
            one.prompt = f"{name}{'：' if CJK_LETTER.search(name) else ': '}{one.term}"


def _heads(node: Node) -> Iterator[tuple[int, str]]:
    """For lines of words with what they become, right below one another, the line that stands above them."""
    lines = sorted(
        (block.line + at, text)
        for block in node.blocks
        if isinstance(block, Paragraph)
        for at, text in enumerate(block.text.split("\n"))
    )
    runs: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for at, one in enumerate(lines):
        runs[one[0] - at].append(one)
    for (_line, head), *below in runs.values():
        words = list(itertools.takewhile(lambda one: _is_word(one[1]), below))
        told = _HEAD.fullmatch(head.strip()) and not (
            entry(head) or is_label(head.strip()) or _OF_WORDS.search(head)
        )
        if told and len(words) >= _WORDS and 5 * len(words) >= 4 * len(below):
            yield from ((line, head.strip()) for line, _text in words)


def _is_word(line: str) -> bool:
    """Whether a line is a word or two, and what becomes of it in three words at most: `avoir - eu`."""
    opened = lead(line)
    if opened is None or len(CJK_LETTER.findall(opened.rest)) > _LETTERS:
        return False
    return len(opened.rest.split()) <= _BECOMES and bool(_WORD.fullmatch(entry(line)))


def entry(line: str) -> str:
    """What a line defines; empty where it is no entry."""
    opened = lead(line)
    return split_term(title(opened.front))[0] if opened and opened.rest else ""
