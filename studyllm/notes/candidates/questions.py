"""Questions in paragraphs, with the answer beside them, on the next line or in what follows."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from studyllm.notes.answer import render
from studyllm.notes.candidates.asked import ASK
from studyllm.notes.candidates.asking import asked_term, asks, bare, marked, translated
from studyllm.notes.candidates.candidate import Candidate, last_line, made
from studyllm.notes.candidates.listing import kind_of, points
from studyllm.notes.markdown.blocks import Block, Code, Listing, Paragraph
from studyllm.notes.markdown.line_begins import ASKED_WORDS
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.inline import plain
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.lead import Mark, lead

_NUMBERED = re.compile(r"\s*(?:\d{1,3}[.、)）]|[（(]\d{1,3}[)）]|[一二三四五六七八九十]+、|Q\d+)\s*")
_Q = re.compile(r"Q\d{1,3}[.:、)]?\s+[^\d\s]")
_BESIDE = re.compile(
    r"(?P<asked>(?:\*\*|__|[*_])?"
    r"(?:(?:who|whose|whom|what|when|where|which|why|how|in (?:what|which))\b[^.?!\n]{4,160}\?(?=\s|\*|_)"
    r"|(?=[^？\n]*(?:谁|什么|何|怎|哪|多少|几))[^。？！\n]{3,80}？"
    rf"|(?=(?:{ASKED_WORDS}))(?:(?!\.\s+(?-i:[A-Z\u00c0-\u00de]))[^?!。？！；;:：\n]){{4,90}}?[ \u00a0]?\?(?=\s)"
    r"|[\"“「『]?[^\W_][^.?!。？！；;:：\n]{1,60}(?<!\s)(?:\?{1,3}(?=\s)|(?<=[\u4e00-\u9fff])\?|？{1,3}))(?:\*\*|__|[*_])?)\s*(?:(?:→|⇒|[-=]{1,2}>|[-–—]{1,2})\s*)?(?P<said>[\w`][^?？\n]{0,200})",
    re.IGNORECASE,
)
"""A question, and its answer beside it."""
_REPLIED = re.compile(
    r"(?P<asked>[^\n]{3,160}?\S)\s{0,4}(?:[(（][^\w()（）]{1,3}[)）])?\s*(?:答案?|Ans(?:wer)?)\s*[:：]\s*(?P<said>\w.*)",
    re.IGNORECASE,
)
"""What is asked, and its answer beside it with a mark."""
REPLY_LINE = re.compile(r"\W*(?:the )?(?:answers?|答案?|回答|解答)\W*", re.IGNORECASE)
"""A line that only says that an answer follows."""
_ARROW = re.compile(r"\s*(?:[-=]{1,2}>|→|⇒)\s*")
"""What leads to an answer, where it stands before it."""
_SENTENCE = re.compile(r"[.!]\s+(?=[A-Z])|[。！](?=.)")
_TELL = re.compile(r"(?:简述|简答|论述|试述|阐述)[^。！？；，,：:\n]{2,30}[。.]?")
"""What an exam asks to be told."""
_LONGEST = 200
"""Letters of a question."""
_ENOUGH = 900
"""Letters of an answer from which no more blocks are taken."""


def answered_beside(line: str) -> tuple[str, str] | None:
    """A question and its short answer where a line is nothing but these."""
    if replied := _REPLIED.fullmatch(line.strip()):
        return replied["asked"], replied["said"]
    if "?" not in line and "？" not in line:
        return None  # every item of a list is asked: most have none
    found = _BESIDE.fullmatch(line.strip())
    if not found or found["said"].endswith((":", "：")) or len(_SENTENCE.findall(found["said"])) > 1:
        return None
    return found["asked"], found["said"]


def answered_after(node: Node) -> list[Block] | None:
    """What the second of two items says that are nothing but a question and its answer."""
    if node.siblings != 2 or node.blocks or node.parent is None or not marked(bare(node.text)):
        return None
    items = node.parent.children
    at = bisect_right(items, node.line, key=lambda one: one.line)
    reply = items[at] if at < len(items) else node
    if reply.kind != ITEM or reply.siblings != 2 or not reply.text or asks(bare(reply.text)):
        return None
    if reply is node or all((one := lead(text)) and one.is_entry for text in (node.text, reply.text)):
        return None
    return [Paragraph(reply.text, reply.line, reply.end), *reply.blocks]


def of_question(node: Node, block: Paragraph, after: Sequence[Block]) -> Iterator[Candidate]:
    """The questions that open a paragraph, or lines of one that opens with a question, each with its answer."""
    lines = block.text.split("\n")
    starts = [at for at, line in enumerate(lines) if _asked(line) or answered_beside(line)]
    if starts[:1] != [0] or ASK.match(lines[0]):  # what is marked as a question is read in asked.py
        return
    for at, stop in itertools.pairwise([*starts, len(lines)]):
        first, said = answered_beside(lines[at]) or (lines[at], "")
        if said:  # what is answered in its line ends at an entry
            entries = (n for n in range(at + 1, stop) if _is_entry_line(lines[n]))
            stop = next(entries, stop)
        more = (line for line in lines[at + 1 : stop] if not REPLY_LINE.fullmatch(line))
        told = "\n".join(part for part in (said, *more) if part.strip())
        told = told[led.end() :] if (led := _ARROW.match(told)) else told
        end = block.end if stop == len(lines) else block.line + stop - 1
        body: list[Block] = [Paragraph(told, block.line + at, end)] if told else []
        below = after if stop == len(lines) else ()
        if not told and below and _next_line(below[0], end):
            told, body, below = below[0].text, [below[0]], below[1:]
        if not (said and below and isinstance(below[0], Paragraph) and _is_entry(below[0])):
            body += _following(told, last_line(body, end), below)
        if body:
            yield _question(node, first, told, body, (block.line + at, last_line(body, end)))


def _asked(line: str) -> bool:
    shown = plain(line)
    return (
        0 < len(shown) <= _LONGEST
        and not translated(shown)
        and (
            marked(shown)
            or bool(_Q.match(shown) or (_NUMBERED.match(shown) and asks(bare(shown))))
            or _TELL.fullmatch(shown) is not None
        )
    )


def _opens_with_question(block: Paragraph) -> bool:
    first = block.text.split("\n", 1)[0]
    return _asked(first) or answered_beside(first) is not None


def _next_line(block: Block, end: int) -> TypeGuard[Paragraph]:
    """Whether a paragraph that is no question stands on the line after."""
    return isinstance(block, Paragraph) and block.line == end + 1 and not _asked(block.text.split("\n", 1)[0])


def _following(told: str, end: int, after: Sequence[Block]) -> list[Block]:
    """The blocks after a paragraph that answer its question: up to the next question, or, where the answer stands in
    the paragraph, what is set right below it."""
    body: list[Block] = []
    for other, below in itertools.zip_longest(after, after[1:]):
        asked = isinstance(other, Paragraph) and _opens_with_question(other)
        asked |= bool(body) and isinstance(other, Paragraph) and _opens_bold(other)
        asked |= (
            bool(body) and other.line > end + 1 and _opens(other, below, listed=isinstance(body[0], Listing))
        )
        close = isinstance(other, (Paragraph, Listing, Code)) and other.line == end + 1
        announced = not body and isinstance(other, (Listing, Code)) and told.rstrip()[-1:] in (":", "：")
        if asked or (told and not (close or announced)):
            break
        body.append(other)
        end = other.end
        if sum(len(render([one])) for one in body) > _ENOUGH:
            break
    return body


def _opens_bold(block: Paragraph) -> bool:
    """Whether a paragraph opens with a bold term and what it means; a label goes on with an answer."""
    opened = lead(block.text.split("\n", 1)[0])
    return (
        opened is not None and opened.mark is Mark.BOLD and bool(opened.rest) and not is_label(opened.front)
    )


def _opens(block: Block, below: Block | None, *, listed: bool) -> bool:
    """Whether a block is a line of its own right over a list or an entry, or opens with a term: what comes after an
    answer and begins anew. A label (Reason: …) goes on with an answer that is no list."""
    if not isinstance(block, Paragraph):
        return False
    if below is not None and below.line == block.end + 1 and "\n" not in block.text:
        return isinstance(below, Listing) or (isinstance(below, Paragraph) and _is_entry(below))
    return _is_entry(block, labels=listed)


def _is_entry(block: Paragraph, *, labels: bool = True) -> bool:
    """Whether a paragraph opens with a term, or with a label, and what is said of it."""
    return _is_entry_line(block.text.split("\n", 1)[0], labels=labels)


def _is_entry_line(line: str, *, labels: bool = False) -> bool:
    opened = lead(line)
    return opened is not None and opened.is_entry and (labels or not is_label(opened.front))


def _question(node: Node, first: str, told: str, body: Sequence[Block], lines: tuple[int, int]) -> Candidate:
    shown = plain(first)
    front = bare(first)
    term = asked_term(front)
    return made(
        "paragraph question",
        kind_of(front, body),
        term or front,
        render(body),
        lines,
        node,
        points=points(body) if all(isinstance(b, Listing) for b in body) else (),
        aliases=(front,) if term else (),
        split=bool(term),
        marks={
            "what": float(bool(term)),
            "numbered": float(bool(_NUMBERED.match(shown))),
            "bold": float(first.startswith("**")),
            "answered": float(marked(shown) and not asks(plain(told or render(body[:1])))),
        },
    )
