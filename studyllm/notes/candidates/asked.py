"""Questions and clozes that an author wrote out: a card of a question, a card for each hidden part, and the lines that
begin with Q: and A:."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from studyllm.cards import Kind
from studyllm.notes.answer import render
from studyllm.notes.blocks import Block, Heading, Listing, Paragraph, Rule
from studyllm.notes.candidates.asking import REPLY, asked_term, bare, without_reply
from studyllm.notes.candidates.candidate import Candidate, made
from studyllm.notes.candidates.listing import kind_of, points
from studyllm.notes.inline import drop_comments, plain, prose
from studyllm.notes.outline import Node

ASK = re.compile(
    r"\s*(?:\*\*|__)?(?:Q|问|Question|问题|질문|問|Frage|Pregunta|Pergunta|P(?=.*\?\s*$))\s*\d*\s*(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*(.*)",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\s*(?:问|Q)\s*\d*\s*[:：]\s*(.+?)\s*(?:答|A)\s*\d*\s*[:：]\s*(.+)")
CLOZE_LINE = re.compile(r"\s*C\s*:\s*(.+)", re.DOTALL)
_BRACKET = re.compile(r"(?<![!\\\]])\[([^\[\]]+)\](?![(\[:])")

_MOST_SHOWN = 100_000
"""Letters of all the fronts of a text with hidden parts, each of which shows the whole text: 50 parts of 2,000 letters.
Of more no cards are made."""


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
        split=bool(term),
        explicit=sure,
    )


def clozes(text: str, hidden: re.Pattern[str], lines: tuple[int, int], node: Node) -> list[Candidate]:
    """A card for each hidden part of a text, the others shown."""
    text = drop_comments(text)
    if len(text) * len(hidden.findall(text)) > _MOST_SHOWN:
        return []
    found = []
    for one in hidden.finditer(text):
        shown = hidden.sub(partial(_but, one.start()), text)
        front = " ".join(prose(shown).split())
        found.append(
            made("cloze", Kind.CLOZE, front, plain(one.group(1)), lines, node, split=False, explicit=True)
        )
    return found


def _but(start: int, part: re.Match[str]) -> str:
    """What is shown of a hidden part, when the one that begins at `start` is asked for."""
    return "[…]" if part.start() == start else part.group(1)


@dataclass(slots=True)
class _Asked:
    """A question whose answer is being read."""

    node: Node
    start: int
    end: int
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    replied: bool = False
    """Whether a line is marked as its answer."""

    def card(self) -> list[Candidate]:
        """The card, when something was asked and answered."""
        answer = "\n".join(part for part in (prose("\n".join(self.told)), render(self.body)) if part)
        if not self.asked or not (self.told or self.body):
            return []
        front = prose("\n".join(self.asked)).replace("\n", " ")
        body = self.body if not self.told else []
        return [question("question and answer", front, answer, (self.start, self.end), self.node, body)]

    def goes_on(self, line: str, at: int, apart: bool) -> None:
        """Takes a line without a mark: of the answer once that has begun, else of the question."""
        over = apart or self.replied or self.told or at > self.start + 1
        more = not over and not self.asked[0].rstrip("*_ ").endswith(("?", "？"))
        (self.asked if more else self.told).append(line)
        self.end = at


def asked_run(node: Node, blocks: Sequence[Block], at: int) -> tuple[int, list[Candidate]]:
    """The question-and-answer lines from a block on, up to a rule or a block that goes on with neither."""
    found: list[Candidate] = []
    now = _Asked(node, blocks[at].line, blocks[at].line)
    used = 0
    for block in blocks[at:]:
        if isinstance(block, (Rule, Heading)):
            used += isinstance(block, Rule)
            break
        used += 1
        if isinstance(block, Paragraph):
            for offset, line in enumerate(drop_comments(block.text).split("\n")):
                now = _asked_line(line, block.line + offset, block.line > now.end + 1, now, found)
            if now.asked and now.told:
                now.told.append("")
        elif now.asked:
            now.body.append(block)
            now.end = block.end
    return max(1, used), [*found, *now.card()]


def _asked_line(line: str, at: int, apart: bool, now: _Asked, found: list[Candidate]) -> _Asked:
    """What is being read after a line; questions that it ends are found. `apart`: there is a gap before its block."""
    both, ask, cloze = _BOTH.match(line), ASK.match(line), CLOZE_LINE.match(line)
    if both or ask or cloze:
        found += now.card()
        now = _Asked(now.node, at, at)
        if both:
            found.append(question("question and answer", both.group(1), both.group(2), (at, at), now.node))
        elif ask:
            now.asked.append(ask.group(1))
        elif cloze:
            found += clozes(cloze.group(1), _BRACKET, (at, at), now.node)
    elif now.asked and (reply := REPLY.match(line)):
        now.told.append(reply.group(1))
        now.replied, now.end = True, at
    elif now.asked and line.strip():
        now.goes_on(line, at, apart)
    return now
