"""Forms that an author chose on purpose: definition lists, `Q:`/`A:`, `::`, `?`, clozes, `#card`, callouts, folds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from studyllm.cards import Kind
from studyllm.notes.answer import has_text, render
from studyllm.notes.blocks import Block, Definition, Heading, Html, Listing, Paragraph, Quote, Rule
from studyllm.notes.candidates.asking import REPLY, asked_term, asks, bare, without_reply
from studyllm.notes.candidates.candidate import Candidate, Page, last_line, made
from studyllm.notes.candidates.listing import kind_of, points
from studyllm.notes.candidates.titles import DEFINING
from studyllm.notes.inline import drop_comments, plain, prose
from studyllm.notes.labels import is_label
from studyllm.notes.lead import lead
from studyllm.notes.outline import FILE, ITEM, Node, content
from studyllm.notes.terms import split_term, title

_CALLOUT = re.compile(r"\[!([\w-]+)(?:\|[^\]]*)?\]([+-]?)[ \t]*(.*)")
_DEFINING = frozenset(["def", "definition", "term", "定义", "concept", "概念"])
_ASKING = frozenset(["question", "help", "faq", "flashcard", "card"])
_STATING = frozenset(
    ["thm", "theorem", "lemma", "prop", "proposition", "corollary", "law", "formula", "axiom", "定理"]
)
_TASK = re.compile(
    r"(?:find|prove|show|compute|calculate|solve|derive|draw|write|implement|exercises?|questions?|练习|习题|求|证明|计算)\b"
    r"|what is the (?:probability|value|result|output|expected)",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"\s*(?:\*\*|__)?(?:Q|问|Question|问题|질문|問|Frage|Pregunta)\s*\d*\s*(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*(.*)",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\s*(?:问|Q)\s*\d*\s*[:：]\s*(.+?)\s*(?:答|A)\s*\d*\s*[:：]\s*(.+)")
_CLOZE_LINE = re.compile(r"\s*C\s*:\s*(.+)", re.DOTALL)
_BRACKET = re.compile(r"(?<![!\\\]])\[([^\[\]]+)\](?![(\[:])")
_CURLY = re.compile(r"\{\{(?:c\d+::)?([^{}:]+?)(?:::[^{}]*)?\}\}")
_SHOWN = re.compile(r"==([^=\s](?:[^=\n]*[^=\s])?)==")
_PAIR = re.compile(r"(\S[^`|]{0,240}?)[ \t]*(?<!:)(::|:::)(?!:)[ \t]*(\S.*)")
_NAMED = re.compile(
    r"(?:called|known as|称为|叫做?|termed|define)\s+(?:an?\s+|the\s+)?(?:\*\*|__)\[?([^*_\]\n]{2,60})",
    re.IGNORECASE,
)
_BOLDED = re.compile(r"(?:\*\*|__)\[?([^*_\]\n]{2,60})\]?[^*_\n]*(?:\*\*|__)")
_PATH = re.compile(r"\s*[A-Za-z_]\w*::[a-z_]\w*")
_TAG = re.compile(r"[ \t]*#(?:card|flashcards?)(?:/\S*)?\b[ \t]*", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary[^<>]*>([^<]*(?:<(?!/summary>)[^<]*)*)</summary>", re.IGNORECASE)
_MARK = re.compile(r"[ \t]*\?\??[ \t]*$")


def explicit(page: Page, node: Node) -> Iterator[Candidate]:
    """The candidates that an author marked as cards, right under a node."""
    blocks = node.blocks
    yield from _tagged(node)
    yield from _pairs_and_folds(page, node, blocks)
    for at, block in enumerate(blocks):
        if isinstance(block, Definition):
            yield from _definition(node, block)
        elif isinstance(block, Quote):
            yield from _callout(node, block)
        elif isinstance(block, Paragraph):
            yield from _separated(node, block, blocks[at + 1 :])
            if page.flashcards:
                yield from _double_colon(node, block)
            yield from _clozes(page, node, block)
    if node.kind == ITEM and node.text:
        opening = Paragraph(node.text, node.line, node.line + node.text.count("\n"))
        if page.flashcards:
            yield from _double_colon(node, opening)
        yield from _clozes(page, node, opening)


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


def _definition(node: Node, block: Definition) -> Iterator[Candidate]:
    """`term` over `:   meaning`."""
    names = [split_term(term) for term in block.terms]
    others = [name for term, aliases in names[1:] for name in (term, *aliases)]
    if names and names[0][0]:
        yield made(
            "definition list",
            Kind.TERM,
            block.terms[0],
            render(block.blocks),
            (block.line, block.end),
            node,
            points=points(block.blocks),
            aliases=others,
            explicit=True,
        )


def _untitled(rest: str, answer: str, lines: tuple[int, int], node: Node) -> Iterator[Candidate]:
    """A definition's callout without a title: what its text opens with, or defines."""
    from studyllm.notes.candidates.sentences import subject

    one = lead(rest)
    if one and one.rest:
        yield made(
            "callout def", Kind.TERM, one.front, prose(one.rest), lines, node, bold=True, explicit=True
        )
    elif name := subject(plain(rest)):
        yield made("callout def", Kind.TERM, name, answer, lines, node, explicit=True)


def _callout(node: Node, block: Quote) -> Iterator[Candidate]:
    """`> [!def] Term`, `> [!question] …`, and callouts of other kinds that have a title."""
    opening = block.blocks[0] if block.blocks else None
    if not isinstance(opening, Paragraph):
        return
    first, _, rest = opening.text.partition("\n")
    found = _CALLOUT.match(first.strip())
    if not found:
        return
    kind, front = found.group(1).casefold(), found.group(3).strip()
    body: list[Block] = [Paragraph(rest, opening.line + 1, opening.end)] if rest.strip() else []
    body += content(block.blocks[1:])
    if not has_text(body):
        return
    lines, answer = (block.line, last_line(body, block.end)), render(body)
    if not front:
        if kind in _DEFINING:
            yield from _untitled(rest, answer, lines, node)
        return
    if DEFINING.fullmatch(front):
        names = [m.group(1) for m in _NAMED.finditer(opening.text if rest else render(body))][
            :1
        ] or _BOLDED.findall(answer and "\n".join(b.text for b in body if isinstance(b, Paragraph)))[:1]
        for name in names:
            yield made("callout def", Kind.TERM, name, answer, lines, node, bold=True, explicit=True)
    if kind in _DEFINING or kind in _STATING:
        yield made(
            f"callout {'def' if kind in _DEFINING else 'statement'}",
            Kind.TERM,
            front,
            answer,
            lines,
            node,
            points=points(body),
            explicit=kind in _DEFINING,
        )
    elif kind in _ASKING:
        task = bool(_TASK.match(plain(front)))
        yield question("callout question", plain(front), answer, lines, node, body, sure=not task)
    elif not is_label(plain(front)):
        if plain(front).endswith(("?", "？")):
            yield question("callout asks", plain(front), answer, lines, node, body, sure=False)
        else:
            name = title(front)
            which = kind_of(name, body)
            yield made(
                f"callout {'info' if kind in ('info', 'abstract', 'summary', 'note') else 'other'}",
                which,
                front,
                answer,
                lines,
                node,
                points=points(body),
                split=which is Kind.TERM,
            )


def _pairs_and_folds(page: Page, node: Node, blocks: Sequence[Block]) -> Iterator[Candidate]:
    """`Q: …` and `A: …` over lines and blocks, `C: …`, and `<summary>question</summary>`."""
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Html) and "<summary" in block.text.casefold():
            used, one = _fold(node, blocks, at)
            if one:
                yield one
            at += used
        elif isinstance(block, Paragraph) and any(
            _ASK.match(line) or _CLOZE_LINE.match(line) for line in block.text.split("\n")
        ):
            used, run = _asked_run(node, blocks, at)
            yield from run
            at += used
        else:
            at += 1
    if node.kind == ITEM and _ASK.match(node.text):
        first, *more = node.text.split("\n")
        asked = _ASK.match(first)
        answer = "\n".join(part for part in (prose("\n".join(more)), render(content(node.blocks))) if part)
        if asked and answer:
            yield question("question and answer", asked.group(1), answer, (node.line, node.end), node)


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


def _asked_run(node: Node, blocks: Sequence[Block], at: int) -> tuple[int, list[Candidate]]:
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
    both, ask, cloze = _BOTH.match(line), _ASK.match(line), _CLOZE_LINE.match(line)
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


def _fold(node: Node, blocks: Sequence[Block], at: int) -> tuple[int, Candidate | None]:
    """`<summary>What is X?</summary>` and the blocks up to `</details>`."""
    block = blocks[at]
    assert isinstance(block, Html)
    found = _SUMMARY.search(block.text)
    if not found:
        return 1, None
    front, inside = plain(found.group(1)), block.text[found.end() :]
    body: list[Block] = (
        [Html(inside, block.line, block.end)] if plain(inside.replace("</details>", "")) else []
    )
    used = 1
    if "</details>" not in inside:
        for other in blocks[at + 1 : at + 60]:
            used += 1
            if isinstance(other, Html) and "</details>" in other.text:
                break
            body.append(other)
    body = content(body)
    if not front.endswith(("?", "？")) or not has_text(body):
        return 1, None
    return used, question(
        "details", front, render(body), (block.line, last_line(body, block.end)), node, body
    )


def _separated(node: Node, block: Paragraph, after: Sequence[Block]) -> Iterator[Candidate]:
    """A front, a line with nothing but `?` or `??`, and a back."""
    lines = drop_comments(block.text).split("\n")
    mark = next((at for at, line in enumerate(lines) if _MARK.fullmatch(line) and line.strip()), None)
    if mark is None:
        return
    front = lines[:mark]
    if not front and node.text and node.kind != FILE:
        front = [node.text]
    back = "\n".join(line for line in lines[mark + 1 :] if line.strip())
    body = [] if back else [one for one in after[:1] if not isinstance(one, (Rule, Heading, Html))]
    answer = prose(back) if back else render(body)
    if not front or not answer:
        return
    end = last_line(body, block.end)
    both = lines[mark].strip() == "??"
    asked = prose("\n".join(front)).replace("\n", " ")
    yield question(
        "separated",
        asked,
        answer,
        (min(block.line, node.line if not lines[:mark] else block.line), end),
        node,
        body,
    )
    if both:
        yield question("separated", answer, asked, (block.line, end), node)


def _double_colon(node: Node, block: Paragraph) -> Iterator[Candidate]:
    """`front::back` and `front:::back` lines, in files that their author marked as flashcards."""
    for offset, line in enumerate(drop_comments(block.text).split("\n")):
        found = _PAIR.fullmatch(line.strip())
        if not found or _PATH.match(line):
            continue
        at = block.line + offset
        front, back = plain(found.group(1)), prose(found.group(3))
        yield question("double colon", front, back, (at, at), node)
        if found.group(2) == ":::":
            yield question("double colon", back, front, (at, at), node)


def _clozes(page: Page, node: Node, block: Paragraph) -> Iterator[Candidate]:
    """`==hidden==` in files of flashcards, `{{c1::hidden}}` anywhere."""
    if "{{" in block.text:
        yield from clozes(block.text, _CURLY, (block.line, block.end), node)
    elif page.flashcards and "==" in block.text:
        yield from clozes(block.text, _SHOWN, (block.line, block.end), node)


def clozes(text: str, hidden: re.Pattern[str], lines: tuple[int, int], node: Node) -> list[Candidate]:
    """A card for each hidden part of a text, the others shown."""
    text = drop_comments(text)
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


def _tagged(node: Node) -> Iterator[Candidate]:
    """A heading, an item or a line with `#card`."""
    if not node.text or not _TAG.search(node.text):
        return
    first, _, more = _TAG.sub(" ", node.text).partition("\n")
    body = content(node.blocks)
    below = [
        block
        for child in node.children
        if child.kind != ITEM
        for block in (Paragraph(child.text, child.line, child.line), *content(child.blocks))
    ]
    answer = "\n".join(part for part in (prose(more), render([*body, *below])) if part)
    found = None if asks(bare(first)) else lead(first)
    end = max(node.end, last_line([*body, *below], node.end))
    if found and found.rest:
        yield made(
            "tagged",
            Kind.TERM,
            found.front,
            "\n".join(part for part in (prose(found.rest), answer) if part),
            (node.line, end),
            node,
            bold=True,
            explicit=True,
        )
    elif answer:
        yield question("tagged", first, answer, (node.line, end), node, body)
