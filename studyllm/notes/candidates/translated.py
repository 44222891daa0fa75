"""A bold name and what it is called in another language over the quote that says what it means.

A Chinese term with its English name is asked for its meaning; a foreign word is learnt with its translation, and the
quote stands below that. Verse, sayings with their source and other sentences that use the name say no meaning.
"""

import re
from collections.abc import Sequence

from studyllm.cards import Kind
from studyllm.notes.answer import render
from studyllm.notes.candidates.candidate import Candidate, made
from studyllm.notes.markdown.blocks import Paragraph, Quote
from studyllm.notes.markdown.defining import defined_in
from studyllm.notes.outline import Node
from studyllm.notes.words.inline import plain
from studyllm.notes.words.lead import Gap, Lead, Mark, lead
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.text import CJK, key

_LATIN_NAME = re.compile(rf"(?!.*[{CJK}])[^\W\d_][\w'’-]*(?:[ /-][\w'’-]+){{0,5}}")
_CHINESE_NAME = re.compile(rf"[{CJK}]{{2,12}}")
_NO_MEANING = re.compile(
    r"\[!|(?:举?例|例[如句子]|比如|e\.?g\b|(?:for )?example|——|[-–—]{1,2} )", re.IGNORECASE
)
"""How a callout, an example or the source of a quotation begins."""
_SOURCE = re.compile(
    r"\n[ \t]*(?:——|[—–] )[^\n]+$|[“「『][^”」』]*[”」』][。.]?$|(?:——|—)\s*[《\w][^。\n]{1,30}$"
)
"""How a quotation ends that names who said it, or a quote that is nothing but what somebody said."""
_CLAUSE = re.compile(rf"[{CJK}]+")
_VERSE = {4, 5, 7}
"""Letters of the lines of a Chinese poem, or of the halves of a saying, all of which are as long."""
_APART = 2
"""Lines below the name in which the quote begins at most."""


def translated_over(node: Node, one: Lead, name: Paragraph, quote: Quote) -> Candidate | None:
    """The card of a bold name with no more beside it than its translation, over a quote in the language of one of them
    that is no example."""
    said, front = plain(one.rest).strip(), plain(one.front)
    chinese = CJK_LETTER.search(front) is not None
    form = _LATIN_NAME if chinese else _CHINESE_NAME
    beside = one.mark is Mark.BOLD and one.gap is Gap.SPACE and "\n" not in name.text
    if not beside or quote.line > name.end + _APART or not form.fullmatch(said):
        return None
    meaning = render(quote.blocks)
    if not _is_meaning(meaning, (front, said)):
        return None
    where, marks = (name.line, quote.end), {"gap_colon": 1.0}
    aliases, answer = ((said,), meaning) if chinese else ((), f"{said}\n{meaning}")
    return made(
        "line bold colon", Kind.TERM, one.front, answer, where, node, aliases=aliases, bold=True, marks=marks
    )


def _is_meaning(text: str, names: Sequence[str]) -> bool:
    """Whether a quote tells in Chinese what one is that has these names: it does not only use one of them."""
    if not CJK_LETTER.search(text) or _NO_MEANING.match(text) or _SOURCE.search(text):
        return False
    lengths = [len(clause) for clause in _CLAUSE.findall(text)]
    if len(lengths) > 1 and len(set(lengths)) == 1 and lengths[0] in _VERSE:
        return False
    opened = lead(text.partition("\n")[0])
    told = {key(defined_in(text)), key(plain(opened.front)) if opened and opened.rest else ""}
    return all(key(name) not in key(text) or key(name) in told for name in names)
