"""Lines that announce the list, or the table, under them."""

import re
from collections.abc import Iterator, Sequence

from studyllm.notes.answer import render
from studyllm.notes.candidates.asking import asks
from studyllm.notes.candidates.candidate import Candidate, made
from studyllm.notes.candidates.joining import about, whole_of
from studyllm.notes.candidates.listing import counts, kind_of, points
from studyllm.notes.candidates.questions import REPLY_LINE, answered_beside
from studyllm.notes.candidates.sentences import states, subject
from studyllm.notes.candidates.wrapped import goes_on
from studyllm.notes.markdown.blocks import Block, Listing, Paragraph, Table
from studyllm.notes.outline import HEADING, Node
from studyllm.notes.words.inline import plain
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.lead import Mark, lead
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import split_term, title
from studyllm.script import simplified
from studyllm.text import key

OPEN = re.compile(r"(?:[:：]|如下|以下|below|following)\W*$")
"""The end of a line that something follows."""
_ZH_END = re.compile(
    r"(?:，?\s*(?:主要|通常|一般|大致|共|总共|其)*(?:可以|可)?(?:被)?(?:包括|包含|分为|分成|有|由|具有|为|是|如下|划分为|"
    r"归纳为|概括为|涉及|涵盖|引起|如下|以下|下列|下面)(?:以下|下列|下面|如下)?这?(?:[一二两三四五六七八九十几多\d]+(?:大|个|种|类|点|步|部分|道工序|"
    r"方面|阶段|层|条|项|步骤|类型)*)?的?(?:内容|方面|部分|步骤|几点|几个方面)?(?:组成|构成|引起|所示)?)[:：]?\s*$"
)
_EN_COUNT = re.compile(
    r"^(?:(?:there are|we have|here are|these are|the following are)\s+)?(?:(?:the|"
    r"following|main|major|key|common|some|several|many|"
    r"two|three|four|five|six|seven|eight|nine|ten|\d+|basic|primary|different|various|most|important)\s+)*",
    re.IGNORECASE,
)
_EN_END = re.compile(
    r"\s*(?:\b(?:are|is|include|includes|including|consists? of|comprises?|"
    r"contains?|can be divided into|is divided into|"
    r"are divided into|are classified (?:into|as)|is classified into|has|have|"
    r"as follows|are as follows|namely|with(?=\s*[:：]|\s*$)|such as)\b"
    r"\s*(?:the following|as follows|these)?.{0,40})?(?:\s+namely)?\s*[:：]?\s*$",
    re.IGNORECASE,
)
_EN_HAS = re.compile(
    r"(?P<subject>(?:An?|The|Every|Each) [\w' -]{3,60}?) "
    r"(?:shows?|presents?(?: with)?|exhibits?|offers?|requires?|uses?|faces?|provides?|causes?|involves?|has|have) "
    r"(?:the following|these|(?:two|three|four|five|six|several|many|some)) (?P<what>[a-z][a-z -]{2,30}s)"
)
"""A sentence with what it lists: "A bell that is cracked shows the following faults"."""
_EN_COUNTED = re.compile(
    r"\b(?:for|of|by|in|into|through|from|has|have|are|on) (?:the |these |its )"
    r"((?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?:[a-z]+ ){0,2}[a-z]+s"
    r"(?: (?:of|for|in) [\w' -]{2,40})?)$"
)
"""What a sentence ends in that is counted in the list below it: … must explain the five stages of memory."""
_HOW_TO = re.compile(r"(?:how to|steps (?:to|for|of))\b|怎么|怎样|如何", re.IGNORECASE)
"""The name of what steps lead to."""
_NAME, _NAME_WORDS, _SIGNS = 8, 3, re.compile(r"[，。；、,.;!?！？\n]|\S[的之]\S|\bof\b")
"""Letters and words of the name of a list at most, and what has a sentence, or a name that says of what it is."""
_MATHS = re.compile(r"\$[^$]*\$")
_NO_NAME = re.compile(
    r"(?:that|which|who|when|where|if|because|to|for|by|in|on|at|with|and|or|but|you|we|it|they|there|could|can|may|might"
    r"|must|should|will|would|be|does|do|did|here['’]s|th(?:is|ese|ose) \w+$)\b",
    re.IGNORECASE,
)
"""Words that no name begins with."""
_REMARK = re.compile(r"\s*[（(][^（()）]*[!！][^（()）]*[)）]$")
"""What an author calls out to himself behind a title: (know the order!!)."""
_BEFORE = re.compile(r"^.{3,}?,\s*(?=there are\b|we have\b)", re.IGNORECASE)


def _last_sentence(text: str) -> tuple[str, str]:
    """The lines of a paragraph before the sentence that it ends in, and that sentence on one line."""
    lines = text.split("\n")
    at = len(lines) - 1
    while at and goes_on(lines[at - 1], lines[at]):
        at -= 1
    return "\n".join(lines[:at]), " ".join(lines[at:])


def _entry_above(label: str, head: str, block: Paragraph, before: Sequence[Block]) -> str:
    """The term of the entry in the line right above the last one of a paragraph, or what that is a part of
    as what is labelled below it is; empty where there is none."""
    over = before[0] if before and not head else None
    if isinstance(over, Paragraph) and over.end + 1 == block.line:
        head = over.text
    found = lead(head.rpartition("\n")[2])
    name = title(found.front) if found and found.rest else ""
    if not name or asks(name) or is_label(name):
        return ""
    term = split_term(name)[0]
    return whole_of(term, label) or term


def over_list(
    node: Node, block: Paragraph, before: Sequence[Block], after: Sequence[Block]
) -> Iterator[Candidate]:
    """A line that announces the list, or the table, under it; a label after that it is a part of."""
    head, last = _last_sentence(block.text)
    following = after[0] if after else None
    if not isinstance(following, (Listing, Table)):
        return
    shown = plain(last).strip()
    if REPLY_LINE.fullmatch(shown):
        return
    *earlier, clause = re.split(
        r"[。；！？;!?]|\.\s", _REMARK.sub("", shown.rstrip(":：。. ")).rstrip("!！★ ")
    )
    clause = clause.strip()
    if len(clause) > 110:
        return
    ends = bool(OPEN.search(shown))
    own = lead(last)
    entry = own is not None and own.rest and own.mark is Mark.BOLD
    if not shown.endswith((":", "：")) and (entry or states(subject(clause), clause)):
        return  # an entry, or a definition, and what belongs to it
    name = announced(title(clause), whole=not ends)
    if (
        not any(c.isalpha() for c in _MATHS.sub("", name))
        or _NO_NAME.match(name)
        or (
            asks(shown)
            and not (_HOW_TO.match(shown) and isinstance(following, Listing) and following.ordered)
        )
        or answered_beside(shown)
    ):
        return
    if shown.endswith(("。", ".")) and name == title(clause):
        return  # a sentence, after which the list only goes on
    if is_label(name) and (above := _entry_above(name, head, block, before)):
        name = clause = about(above, name)
    body: list[Block] = [following]
    if node.kind == HEADING and not before and (whole := name_of_list(node.title, [block, following])):
        name = clause = whole
    yield made(
        "lead table" if isinstance(following, Table) else "lead list",
        kind_of(clause, body),
        name,
        render(body),
        (block.end, following.end),
        node,
        points=points(body),
        aliases=(),
        split=False,
        marks={
            "colon": float(ends),
            "clause": float(name == clause),
            "alone": float(not head),
            "told_before": float(bool(head or earlier)),
            "comma": float("，" in clause or "," in clause),
            "strict": float(counts(clause, body)),
        },
    )


def announced(clause: str, *, whole: bool = False) -> str:
    """What a line over a list announces: "成因包括：" gives 成因, "the main causes are" gives causes. A `whole` line
    that says no more than a name is that name: "Key dates"."""
    clause = clause.strip(" :：，,")
    if CJK_LETTER.search(clause):
        found = _ZH_END.search(simplified(clause))
        name = clause[: found.start()].strip("，, ") if found else clause
        name = re.sub(r"^(?:其|它的?|它们的?|该|这些?|以下|下面)", "", name)
        return name if len(name) >= 2 else clause
    if has := _EN_HAS.fullmatch(clause):
        return f"{has['what'].capitalize()} of {has['subject'][0].lower()}{has['subject'][1:]}"
    if counted := _EN_COUNTED.search(clause):
        return counted[1]
    name = _EN_COUNT.sub("", _BEFORE.sub("", clause), count=1)
    found = _EN_END.search(name)
    if whole and not (found and found.group().strip()):
        return clause
    name = name[: found.start()].strip() if found and found.start() else name
    name = clause if not name or _NO_NAME.match(name) else name
    return name[0].upper() + name[1:] if name else ""


def name_of_list(above: str, body: Sequence[Block]) -> str:
    """What a list is called that is all that stands under a title, with the line over it that is no more than its name:
    状态码 under HTTP; empty where the line is a sentence, or something else stands there."""
    match body:
        case [Paragraph(text=text), Listing()] if text.rstrip("*_ ").endswith((":", "：")):
            line = plain(text).strip().rstrip(":： ")
        case _:
            return ""
    name = title(line)
    few = len(name) <= _NAME if CJK_LETTER.search(name) else len(name.split()) <= _NAME_WORDS
    bare = (
        not (_ZH_END.search(simplified(name)) or announced(name) != name)
        and not _NO_NAME.match(name)
        and not _SIGNS.search(line)
    )
    if not few or not bare or is_label(name) or is_label(above) or asks(name) or key(above) in key(name):
        return ""
    return about(above, name, listed=bool(CJK_LETTER.search(above[-1:])))
