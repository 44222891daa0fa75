"""Questions and clozes that an author wrote out: a card of a question, a card for each hidden part, and the lines that
begin with Q: and A:."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from studyllm.cards import Kind
from studyllm.notes.answer import render
from studyllm.notes.candidates.asking import REPLY, asked_term, bare, without_reply
from studyllm.notes.candidates.candidate import Candidate, made
from studyllm.notes.candidates.listing import kind_of, points
from studyllm.notes.markdown.blocks import Block, Code, Heading, Listing, Paragraph, Rule
from studyllm.notes.markdown.line_begins import ANEW
from studyllm.notes.markdown.lines import separated
from studyllm.notes.outline import Node
from studyllm.notes.words.inline import drop_comments, plain, prose
from studyllm.notes.words.lead import Mark, lead

ASK = re.compile(
    r"\s*(?:\*\*|__)?(?:[QＱ]|问|Question|问题|질문|문제?|問|Frage|Pregunta|Pergunta|P(?=.*\?\W*$))\s*\d*\s*(?:\*\*|__)?\s*(?:[:：]|(?<=[Q\d])\.(?=\s)|(?<=Ｑ)[．.]|(?<=Q)(?=\s+\S.{6,}[?？]+\s*$))\s*(?:\*\*|__)?\s*(.*)",
    re.IGNORECASE,
)
_AN_ASIDE = 8
"""Letters of a question that an answer asks of itself: Why?"""
_NUMBERED = re.compile(r"\{\{(c\d+)::")
"""A hidden part with a number: those of one number are hidden together, as in Anki."""
_REPLIES = (
    (re.compile(r"\s*(?:Q\.|Ｑ[．.])", re.IGNORECASE), re.compile(r"\s*(?:A\.\s+|Ａ[．.]\s*)(.*)")),
    (
        re.compile(r"\s*(?:\*\*|__)?[PQ]\d*\s*[:：]"),
        re.compile(r"\s*(?:\*\*|__)?R\d*\s*[:：](?:\*\*|__)?\s*(.*)"),
    ),
)
"""Marks of questions whose answers have marks of their own."""
BOTH = re.compile(
    r"\s*(?:\*\*|__)?(?:\d{1,3}[、.．]\s*(?=问))?(?:问|Q)\s*\d*\s*[:：]\s*(.+?)(?:\*\*|__)?\s{0,4}(?:\*\*|__)?(?:(?<=[?？。!！\n*_])|(?<=[?？。!！]\s)|(?<=[?？。!！]\s\s)|(?<=\s)(?=答))(?:答|A)\s{0,2}\d{0,3}\s{0,2}[:：](?:\*\*|__)?\s*(.+)",
    re.DOTALL,
)
"""A question and its answer in one line."""
_ANOTHER = re.compile(
    r"(?P<asked>(?:how|what|why|when|where|who|which|whose|is|are|does|do|did|can|wie|was|warum|wann|wer|welche[rs]?)\b"
    r"[^?]{4,}?(?:\?+|(?=\s(?:-{1,2}>|→)))|[^？。]{4,40}？)\s*(?:-{1,2}>|→)?\s*(?P<said>\S.*)",
    re.IGNORECASE,
)
"""A question with its answer beside it."""
_OVER_ANSWER = re.compile(
    r"[^\n]{9,200}[?？]\**[ \t]*\n[ \t]*\S|[^\n?？]{4,60}[?？][ \t]+\S.*\n[^\n?？]{4,60}[?？][ \t]+\S"
)
"""A question over its answer, or two with their answers beside them."""
_ARROWED = re.compile(r"[^?？]*\s(?:-{1,2}>|→)\s")
_ARROW = re.compile(r"\s*(?:-{1,2}>|={1,2}>|→|⇒)\s*(?=\S)")
CLOZE_LINE = re.compile(r"\s*C\s*:\s*(.+)", re.DOTALL)
_BRACKET = re.compile(r"(?<![!\\\]])\[([^\[\]]+)\](?![(\[:])")

_BETWEEN = 5
"""Blocks of an answer behind a blank line at most, with what ends it."""
_MOST_SHOWN = 100_000
"""Letters of all the fronts of a text with hidden parts, each of which shows the whole text: 50 parts of 2,000 letters.
Of more no cards are made."""


def first_replied(lines: Sequence[str]) -> int:
    """The first of some lines that is marked as a question and has one below it that is marked as its answer; how many
    lines there are, when none is."""
    for at, (line, below) in enumerate(pairwise(lines)):
        if ASK.match(line) and (
            REPLY.match(below) or any(q.match(line) and a.match(below) for q, a in _REPLIES)
        ):
            return at
    return len(lines)


def question(
    form: str,
    front: str,
    answer: str,
    lines: tuple[int, int],
    node: Node,
    body: Sequence[Block] = (),
    *,
    sure: bool = True,
) -> Candidate:
    """A question with its answer; "What is X?" is asked as X."""
    front = bare(front)
    term = asked_term(front)
    return made(
        form,
        kind_of(front, body) if body and not term else Kind.TERM,
        term or front,
        without_reply(answer),
        lines,
        node,
        points=points(body) if body and all(isinstance(b, Listing) for b in body) else (),
        aliases=(front,) if term else (),
        split=bool(term) or (form == "details" and not sure),
        explicit=sure,
    )


_TICK = re.compile(r"\A\s*\[[ xX]\][ \t]+")
"""The box of a task before its text."""


def clozes(text: str, hidden: re.Pattern[str], lines: tuple[int, int], node: Node) -> list[Candidate]:
    """A card for each hidden part of a text, the others shown; those of one number are asked for together."""
    text = _TICK.sub("", drop_comments(text))
    parts = list(hidden.finditer(text))
    if len(text) * len(parts) > _MOST_SHOWN:
        return []
    together: defaultdict[str | int, list[re.Match[str]]] = defaultdict(list)
    for part in parts:
        number = _NUMBERED.match(part[0])
        together[number[1] if number else part.start()].append(part)
    found = []
    for some in together.values():
        shown = hidden.sub(partial(_but, frozenset(part.start() for part in some)), text)
        said = [plain(part[part.lastindex or 0]) for part in some]
        found.append(
            made(
                "cloze",
                Kind.CLOZE,
                " ".join(prose(shown).split()),
                "; ".join(dict.fromkeys(said)),
                lines,
                node,
                points=tuple(dict.fromkeys(said)) if len(said) > 1 else (),
                split=False,
                explicit=True,
            )
        )
    return found


def _but(asked: Collection[int], part: re.Match[str]) -> str:
    """What is shown of a hidden part, when those that begin at `asked` are asked for."""
    return "[…]" if part.start() in asked else part[part.lastindex or 0]


@dataclass(slots=True)
class _Asked:
    """A question whose answer is being read."""

    node: Node
    start: int
    end: int
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """Lines of the paragraph that is being read."""
    body: list[Block] = field(default_factory=list)
    """The blocks of the answer so far."""
    reply: re.Pattern[str] | None = None
    """How an answer begins to a question that begins so: `A.` after `Q.`, `R:` after `P:` and `Q:`."""
    replied: bool = False
    """Whether a line is marked as its answer."""
    left_open: bool = False
    """Whether the question before had a mark for its answer, and no answer: others may stand below it."""

    def card(self) -> list[Candidate]:
        """The card, when something was asked and answered."""
        self.close()
        if not self.asked or not self.body:
            return []
        front = prose("\n".join(self.asked)).replace("\n", " ")
        listed = [] if any(isinstance(block, Paragraph) for block in self.body) else self.body
        where = (self.start, self.end)
        return [question("question and answer", front, render(self.body), where, self.node, listed)]

    def close(self) -> None:
        """Ends a paragraph of the answer: what begins anew in it is a paragraph of its own."""
        parts = re.split(r"\n\s*\n", separated("\n".join(self.told))[0])
        self.body += [Paragraph(part, self.start, self.end) for part in parts if part.strip()]
        self.told = []

    @property
    def left_unanswered(self) -> bool:
        """Whether there is a mark for the answer, and nothing behind it."""
        return self.replied and not any(self.told) and not self.body

    def goes_on(self, line: str, at: int, apart: bool) -> None:
        """Takes a line without a mark: of the answer once that has begun, else of the question."""
        over = apart or self.replied or self.told or self.body or at > self.start + 1
        more = not over and not self.asked[0].rstrip("*_ ").endswith(("?", "？"))
        (self.asked if more else self.told).append(line)
        self.end = at

    def ended_by(self, block: Block) -> bool:
        """Whether a block behind a blank line is no part of the answer: what has been said of it neither announces the
        block nor needs it, and it is neither code nor a formula."""
        if not self.body or block.line <= self.end + 1 or isinstance(block, Code):
            return False
        if not isinstance(block, Paragraph):
            return not self._announced()
        marked = any(mark.match(block.text) for mark in (BOTH, ASK, CLOZE_LINE, REPLY))
        return not (marked or block.text.startswith("$$") or (self._announced() and not _defines(block.text)))

    def followed_by(self, block: Block) -> bool:
        """Whether a question with its answer beside it, or an entry, stands right below the answer."""
        if not isinstance(block, Paragraph) or not self.replied or block.line != self.end + 1:
            return False
        if (opened := lead(block.text)) and opened.is_entry and self.body and not self._announced():
            return True
        return ANEW.match(block.text) is not None and "?" not in block.text[:_AN_ASIDE]

    def _announced(self) -> bool:
        last = self.body[-1]
        return isinstance(last, Paragraph) and last.text.rstrip("*_ ").endswith((":", "："))


def _defines(text: str) -> bool:
    """Whether a paragraph opens with a bold term and what it means."""
    found = lead(text)
    return bool(found and found.mark is Mark.BOLD and found.rest)


def _goes_on(blocks: Sequence[Block]) -> bool:
    """Whether the first of some blocks, behind a blank line, goes on with an answer: no entry is between it and the
    next question, or the rule that ends a card."""
    for block in blocks[:_BETWEEN]:
        if isinstance(block, Rule) or (
            isinstance(block, Paragraph) and (ASK.match(block.text) or BOTH.match(block.text))
        ):
            return True
        texts = [block.text] if isinstance(block, Paragraph) else []
        items = block.items if isinstance(block, Listing) else ()
        entries = [lead(item.text) for item in items]
        listed = sum(one is not None and one.is_entry for one in entries)
        if isinstance(block, Heading) or any(map(_defines, texts)) or 2 * listed > len(entries) > 0:
            return False
        answered = [
            item for item in items if _OVER_ANSWER.match(f"{item.text}\n{'-' * len(item.blocks[1:])}")
        ]
        if any(map(_OVER_ANSWER.match, texts)) or 2 * len(answered) > len(items) > 0:
            return False  # questions without marks, each over its answer
    return False


def asked_run(node: Node, blocks: Sequence[Block], at: int) -> tuple[int, list[Candidate]]:
    """The question-and-answer lines from a block on, up to a rule, a heading, or what no longer answers."""
    found: list[Candidate] = []
    now = _Asked(node, blocks[at].line, blocks[at].line)
    used = 0
    for number, block in enumerate(blocks[at:], at):
        ended = now.followed_by(block) or (now.ended_by(block) and not _goes_on(blocks[number:]))
        if ended or isinstance(block, (Rule, Heading)):
            used += isinstance(block, Rule)
            break
        used += 1
        if isinstance(block, Paragraph):
            lines = drop_comments(block.text).split("\n")
            for offset, (line, after) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
                others = now.left_unanswered and (_ARROWED.match(line) or _ANOTHER.fullmatch(after))
                if others and _ANOTHER.fullmatch(line):
                    found += now.card()
                    now = _Asked(node, block.line + offset, block.line + offset, left_open=True)
                now = _asked_line(line, block.line + offset, block.line > now.end + 1, now, found)
            now.close()
        elif now.asked:
            now.body.append(block)
            now.end = block.end
    return max(1, used), [*found, *now.card()]


def _asked_line(line: str, at: int, apart: bool, now: _Asked, found: list[Candidate]) -> _Asked:
    """What is being read after a line; questions that it ends are found. `apart`: there is a gap before its block."""
    both, ask, cloze = BOTH.match(line), ASK.match(line), CLOZE_LINE.match(line)
    if both or ask or cloze:
        found += now.card()
        now = _Asked(now.node, at, at)
        if both:
            found.append(question("question and answer", both.group(1), both.group(2), (at, at), now.node))
        elif ask:
            now.asked.append(ask.group(1))
            now.reply = next((reply for asked, reply in _REPLIES if asked.match(line)), None)
        elif cloze:
            found += clozes(cloze.group(1), _BRACKET, (at, at), now.node)
    elif now.asked and (reply := (now.reply and now.reply.match(line)) or REPLY.match(line)):
        now.reply = reply.re if reply.re is not REPLY else None  # R: below A: is a letter
        now.told.append(reply.group(1))
        now.replied, now.end = True, at
    elif now.asked and line.strip():
        begun = any(now.told) or now.body
        now.goes_on(line if begun else _ARROW.sub("", line, count=1), at, apart)
    elif now.left_open and (other := _ANOTHER.fullmatch(line)):
        found.append(question("question and answer", other["asked"], other["said"], (at, at), now.node))
    return now
