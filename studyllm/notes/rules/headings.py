"""Headings that are terms: questions, headings with an alias, headings whose text opens by defining them."""

import re
from collections.abc import Sequence

from studyllm.cards import Kind
from studyllm.notes.answer import has_text, points_of, render
from studyllm.notes.blocks import Block, Code, Html, Listing, Paragraph, Quote, Table
from studyllm.notes.inline import only_link, prose
from studyllm.notes.labels import is_glossary, is_label, is_list_title
from studyllm.notes.lead import Gap, Mark, lead
from studyllm.notes.scope import Scope
from studyllm.notes.terms import brackets, may_be_term, split_term, title, unique
from studyllm.text import CJK, fold, key

_CJK = re.compile(f"[{CJK}]")
WHAT = re.compile(
    r"(?:(?:什么是|什么叫做?|何谓|何为|啥是|解释一?下?|名词解释[:：])\s*(?P<zh1>.+?)|"
    r"(?P<zh2>.+?)(?:是什么意思|是什么|是啥|指的是什么|是指什么|的定义是什么|的概念是什么))\s*[？?]?"
    r"|what(?:'s|’s| is| are| was| were)\s+(?:an?\s+|the\s+)?(?P<en1>.+?)\s*\??"
    r"|what (?:does|do)\s+(?:an?\s+|the\s+)?(?P<en2>.+?)\s+(?:mean|stand for|refer to)\s*\??"
    r"|define\s+(?P<en3>.+?)\s*[.?]?",
    re.IGNORECASE,
)
_QUESTION = re.compile(r".*[？?]\s*")
_ZH_IS = re.compile(
    r"\s*(?:[（(][^（()）\n]{0,80}[)）])?\s*[，,]?\s*(?:就)?(?:是指|指的是|是(?![否不很非可因为]|"
    r"为了)|指(?!标|数|令|针)|即(?!使|便|将)|又称|也称|亦称|简称|全称|通常指|泛指|表示|意为|用于|用来)"
)
_EN_IS = re.compile(
    r"\s*(?:\([^()\n]{0,80}\))?\s*,?\s*(?:(?:is|are|was|were)\s+(?:an?|the|any|one|when|where|how|"
    r"what|that|used|defined|called|known|described|"
    r"characteri[sz]ed|responsible|caused|simply|basically|essentially|a|the|"
    r"[a-z]+(?:\s[a-z]+){0,3}\s(?:of|that|which|by|in which|used|caused|with|"
    r"where|from|between|for))\b|(?:means?|refers? to|stands? for|denotes?|describes?|measures?|"
    r"occurs?\s+when|happens?\s+when|consists? of|states? that)\b)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:\*\*|__|[「“\"'])?(?:an?|the|所谓的?)\s*(?=\S)", re.IGNORECASE)
_DEFINES_ZH = re.compile(
    r"(?:是指|指的是|是一[种个类项门组套段]|指(?!标|数|令|针|导)|用于|用来|一种|又称|也称|全称|"
    r"简单来说|简单地?说|即)"
)
_DEFINES_EN = re.compile(
    r"(?:an?|the|any)\s+(?:[\w'-]+\s+){1,6}?(?:that|which|who|used|of|in which|where|for|between|by|"
    r"with|from|in)\b|(?:refers? to|means|occurs when|also known as)\b"
    r"|(?:inflammation|process|ability|study|measure|loss|failure|lack|formation|inability|"
    r"condition|disorder|disease|state|branch|type|form|kind) (?:of|in|where|that|by)\b",
    re.IGNORECASE,
)
_MAX_TEXT = 1600
_APART_ZH = re.compile(r"[：:、,，/与和及\s]+|的")
_APART_EN = re.compile(r"\s+(?:and|or|vs\.?|&)\s+|\s*[:,/]\s*")


def question_heading(scope: Scope, at: int) -> int:
    """`什么是 X？`, `What is X?` and other questions; the whole section is the answer."""
    heading = scope.section.heading
    if at or heading is None or scope.page.project or scope.named:
        return 0
    front = title(heading.text)
    found = WHAT.fullmatch(front)
    asked = bool(_QUESTION.fullmatch(front))
    if (not found and not asked) or (
        found
        and not asked
        and not re.match(r"什么|何谓|何为|what|define", front, re.IGNORECASE)
        and not front.endswith("什么")
    ):
        return 0
    body = [block for block in scope.blocks if not isinstance(block, Html)]
    if not _answers(body):
        return 0
    answer = render(body)
    lines = (heading.line, body[-1].end)
    points = points_of(body)
    if found:
        name = next(group for group in found.groups() if group)
        term, _ = split_term(name)
        if may_be_term(term, bold=True) and not re.search(
            r"\b(?:difference|purpose|best|your|our|point)\b|区别|作用|怎么", term
        ):
            scope.subject = term
            scope.named = True
            scope.add("question heading", Kind.TERM, name, answer, lines, points=points, aliases=[front])
            return 1 if isinstance(body[0], Paragraph) else 0
    if not asked or len(front) > 120:
        return 0
    scope.add("question heading", Kind.TERM, front, answer, lines, points=points, split=False)
    return 0


def _answers(body: Sequence[Block]) -> bool:
    """Whether there is something to say: text, not only links, images or code."""
    for block in body:
        if isinstance(block, Paragraph):
            text = prose(block.text)
            if not only_link(block.text) and len(text) >= 6 and not text.startswith(("See ", "见")):
                return True
        elif isinstance(block, (Listing, Table, Quote)) and has_text([block]):
            return True
    return False


def subject_of(front: str, text: str) -> str:
    """The part of a heading that a paragraph opens by defining, or an empty string."""
    term, names = split_term(front)
    text = text.lstrip("「“\"'*_ ")
    article = _ARTICLE.match(text)
    starts = [text, text[article.end() :]] if article else [text]
    for start in starts:
        for name in sorted({term, front, *names, *_shorter(term)}, key=len, reverse=True):
            if len(name) < 2 or fold(start[: len(name)]) != fold(name):
                continue
            rest = start[len(name) :].lstrip("」”\"'*_")
            plural = re.match(r"(?:e?s)\b", rest)
            rest = rest[plural.end() :] if plural and not _CJK.search(name) else rest
            if rest[:1].isascii() and rest[:1].isalnum() and name[-1].isascii():
                continue
            if _ZH_IS.match(rest) or _EN_IS.match(rest):
                return name if name in (term, front) or name in names else start[: len(name)].strip()
    return ""


def _shorter(term: str) -> list[str]:
    """Parts of a heading that may be what its text is about: "Transformer 架构", "RAG 与 Agent"."""
    parts = [part for part in (_APART_ZH if _CJK.search(term) else _APART_EN).split(term) if len(part) >= 2]
    found = [part for part in parts if part != term and not is_label(part)]
    if _CJK.search(term):
        found += [term[:end].strip() for end in range(2, min(len(term), 12))]
    elif len(term.split()) > 1:
        words = term.split()
        found += [" ".join(words[:-1])] if len(words) <= 4 else []
        found += [" ".join(words[1:])] if len(words) <= 4 else []
    return found


def defines(text: str) -> bool:
    """Whether a text opens as a definition does, without naming what it defines."""
    return bool(_DEFINES_ZH.match(text) or _DEFINES_EN.match(text))


def defined_heading(scope: Scope, at: int) -> int:
    """A heading whose first paragraph defines it: `X 是…`, `X is a…`, or a heading with an alias in brackets."""
    heading = scope.section.heading
    block = scope.blocks[at]
    if (
        heading is None
        or scope.page.project
        or scope.named
        or not isinstance(block, Paragraph)
        or at > 1
        or (at and not isinstance(scope.blocks[0], Html))
    ):
        return 0
    front = title(heading.text)
    term, names = split_term(front)
    text = prose(block.text)
    if not text or only_link(block.text) or text.startswith("|"):
        return 0
    inside = scope.glossary and not is_glossary(fold(front)) and lead(block.text) is None
    if is_glossary(fold(front)) or any(_entry(line) for line in block.text.split("\n")):
        return 0
    name = subject_of(front, text)
    if not name:
        if (
            not may_be_term(term, bold=True)
            or scope.label(term)
            or is_list_title(term)
            or len(term.split()) > 5
        ):
            return 0
        bracketed = (
            bool(names) and bool(brackets(front)) and len(text) >= 8 and not text.endswith((":", "："))
        )
        if not (inside or defines(text) or bracketed):
            return 0
        name = term
    if is_label(name):
        return 0
    used = _more(scope, at)
    blocks = scope.blocks[at : at + used]
    answer = render(blocks)
    others: list[str] = [*names]
    whole = key(name) == key(term) or key(name) in {key(other) for other in names}
    if whole:
        name = term
    opening = (
        split_term(text[: text.find("）") + 1 or text.find(")") + 1])[1]
        if brackets(text[:60]) and text.startswith(name)
        else ()
    )
    scope.subject = name if not whole else (front if names else term)
    scope.add(
        "defined heading",
        Kind.TERM,
        name,
        answer,
        (heading.line if whole else block.line, blocks[-1].end),
        points=points_of(blocks),
        aliases=unique(name, [*(others if whole else []), *opening]),
        split=False,
    )
    return used


def _entry(line: str) -> bool:
    """Whether a line is `term - meaning`, so that the paragraph is a list of its own."""
    found = lead(line) if " - " in line[:60] or " – " in line[:60] or "**" in line[:4] else None
    return found is not None and found.gap in (Gap.DASH, Gap.COLON) and bool(found.rest)


def _more(scope: Scope, at: int) -> int:
    """How many blocks from an index on belong to one definition."""
    used, size = 1, len(getattr(scope.blocks[at], "text", ""))
    while at + used < len(scope.blocks):
        block, before = scope.blocks[at + used], scope.blocks[at + used - 1]
        announced = isinstance(before, Paragraph) and before.text.rstrip().endswith((":", "："))
        if isinstance(block, Paragraph) and size < _MAX_TEXT:
            found = lead(block.text)
            if (
                found and (found.mark is Mark.BOLD or (found.rest and len(found.front) < 30))
            ) or block.text.rstrip().endswith((":", "：")):
                break
            size += len(block.text)
        elif not (announced and isinstance(block, (Code, Quote))):
            break
        used += 1
    return used
