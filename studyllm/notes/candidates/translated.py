"""A bold name and what it is called in another language over the quote that says what it means."""

import re

from studyllm.cards import Kind
from studyllm.notes.answer import render
from studyllm.notes.candidates.candidate import Candidate, made
from studyllm.notes.markdown.blocks import Paragraph, Quote
from studyllm.notes.outline import Node
from studyllm.notes.words.inline import plain
from studyllm.notes.words.lead import Gap, Lead, Mark
from studyllm.text import CJK, key

_CHINESE = re.compile(f"[{CJK}]")
_LATIN_NAME = re.compile(rf"(?!.*[{CJK}])[^\W\d_][\w'’-]*(?:[ /-][\w'’-]+){{0,5}}")
_CHINESE_NAME = re.compile(rf"[{CJK}]{{2,12}}")
_NO_MEANING = re.compile(
    r"\[!|(?:举?例|例[如句子]|比如|e\.?g\b|(?:for )?example|——|[-–—]{1,2} )", re.IGNORECASE
)
"""How a callout, an example or the source of a quotation begins."""
_APART = 2
"""Lines below the name in which the quote begins at most."""


def translated_over(node: Node, one: Lead, name: Paragraph, quote: Quote) -> Candidate | None:
    """The card of a bold name with no more beside it than its translation, over a quote in the language of one of them
    that is no example."""
    said, front = plain(one.rest).strip(), plain(one.front)
    chinese = _CHINESE.search(front) is not None
    form = _LATIN_NAME if chinese else _CHINESE_NAME
    beside = one.mark is Mark.BOLD and one.gap is Gap.SPACE and "\n" not in name.text
    if not beside or quote.line > name.end + _APART or not form.fullmatch(said):
        return None
    meaning = render(quote.blocks)
    if (
        not _CHINESE.search(meaning)
        or _NO_MEANING.match(meaning)
        or (not chinese and key(front) in key(meaning))
    ):
        return None
    where, marks = (name.line, quote.end), {"gap_colon": 1.0}
    return made(
        "line bold colon", Kind.TERM, one.front, meaning, where, node, aliases=(said,), bold=True, marks=marks
    )
