"""Forms that an author chose on purpose: definition lists, `Q:`/`A:`, `::`, `?`, clozes, `#card`, callouts, folds."""

import itertools
import re
from collections.abc import Iterator, Sequence

from studyllm.cards import Kind
from studyllm.notes.answer import has_text, render
from studyllm.notes.candidates.asked import ASK, BOTH, CLOZE_LINE, asked_run, clozes, question
from studyllm.notes.candidates.asking import TAG, asked_term, bare, marked
from studyllm.notes.candidates.bodies import labels_definition
from studyllm.notes.candidates.callouts import DEFINITIONS
from studyllm.notes.candidates.candidate import Candidate, Page, last_line, made, without_label
from studyllm.notes.candidates.folds import folded
from studyllm.notes.candidates.listing import kind_of, points
from studyllm.notes.candidates.tagged import of_started, of_tagged
from studyllm.notes.markdown.blocks import Block, Definition, Heading, Html, Paragraph, Quote, Rule
from studyllm.notes.outline import FILE, ITEM, Node, content
from studyllm.notes.words.inline import CLOZE, HIGHLIGHT, drop_comments, plain, prose
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.lead import lead
from studyllm.notes.words.terms import split_term, title

PAIR = "double colon"
"""The form of `front :: back`."""
_CALLOUT = re.compile(r"\[!([\w-]+)(?:\|[^\]]*)?\]([+-]?)[ \t]*(.*)")
_DEFINITION = "definition"
_DEFINING = DEFINITIONS | {"term", "concept", "概念"}
_ASKING = frozenset(["question", "help", "faq", "flashcard", "card"])
_STATING = frozenset(
    ["thm", "theorem", "lemma", "prop", "proposition", "corollary", "law", "formula", "axiom", "定理"]
)
_TASK = re.compile(
    r"(?:find|prove|show|compute|calculate|solve|derive|draw|write|implement|exercises?|questions?|练习|习题|求|证明|计算)\b"
    r"|what is the (?:probability|value|result|output|expected)",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?:#\S{1,20}[ \t]+)?((?=\S)(?>\$[^$\n]{1,200}\$|\[\[[^\[\]\n]{1,200}\]\]|`[^`\n]{1,80}`|[^`|]){1,240}?)[ \t]*"
    r"(?<!:)(::|:::|;;|(?:->){2,})(?![:;])[ \t]*(\S.*)"
)
_NAMED = re.compile(
    r"(?:called|known as|称为|叫做?|termed|define)\s+(?:an?\s+|the\s+)?(?:\*\*|__)\[?([^*_\]\n]{2,60})",
    re.IGNORECASE,
)
_BOLDED = re.compile(r"(?:\*\*|__)\[?([^*_\]\n]{2,60})\]?[^*_\n]*(?:\*\*|__)")
_FIELD = re.compile(
    r"(?:\d{4}-\d\d-\d\d\S*|\[\[[^\[\]]*\]\]|https?://\S+|#\S+|true|false)(?:\s*,.*)?\s*", re.IGNORECASE
)
"""What a field of another program holds, and no card: a day, a link, a tag."""
_PATH = re.compile(r"\s*[A-Za-z_]\w*::[a-z_]\w*")
_ASKED_AND_SAID = re.compile(r"(.{4,300}[?？])[ \t]+(\w.*|[*_$`].*)")
"""A question with its answer on the same line; of several questions the last one ends it."""
_STANDARD = re.compile(r"\s*(?:std|boost|crate|super|self)::\w")
"""Names of programs: what is written so in a file of flashcards is no card either."""
_NAME = re.compile(r"[^\s:：。.,;][^\n:：。.,;]{0,40}")
"""A line that is no more than a name."""
_MARK = re.compile(r"[ \t]*\?\??[ \t]*$")
_BELOW = 3
"""Blocks below a callout that answer its question, at most."""


def explicit(page: Page, node: Node) -> Iterator[Candidate]:
    """The candidates that an author marked as cards, right under a node."""
    blocks = node.blocks
    yield from of_tagged(node)
    yield from of_started(node)
    yield from _pairs_and_folds(page, node, blocks)
    for at, block in enumerate(blocks):
        if isinstance(block, Definition):
            yield from _definition(node, block, blocks[:at])
        elif isinstance(block, Quote):
            yield from _callout(node, block, blocks[at + 1 :])
        elif isinstance(block, Paragraph):
            yield from _separated(node, block, blocks[at + 1 :])
            yield from _double_colon(page, node, block)
            if page.flashcards:
                yield from _ruled(node, block, blocks[at + 1 : at + 3])
            yield from _clozes(page, node, block)
    if node.kind == ITEM and node.text:
        opening = Paragraph(node.text, node.line, node.line + node.text.count("\n"))
        yield from _double_colon(page, node, opening)
        yield from _clozes(page, node, opening)


def _definition(node: Node, block: Definition, above: Sequence[Block]) -> Iterator[Candidate]:
    """`term` over `:   meaning`; the short lines right above the term are other names of it."""
    line = block.line
    more: list[str] = []
    for other in reversed(above):
        if not isinstance(other, Paragraph) or other.end + 1 != line or not _NAME.fullmatch(other.text):
            break
        line, more = other.line, [other.text, *more]
    names = [split_term(term) for term in (*block.terms, *more)]
    others = [name for term, aliases in names[1:] for name in (term, *aliases)]
    if names and names[0][0]:
        yield made(
            "definition list",
            Kind.TERM,
            block.terms[0],
            render(block.blocks),
            (line, block.end),
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


def _kind_and_front(found: re.Match[str]) -> tuple[str, str]:
    """What a callout is, and its title; one that says that it defines is a definition, whatever else it is."""
    front = found.group(3).strip()
    name = without_label(front)
    return (found.group(1).casefold() if name == front else _DEFINITION), name


def _asked_and_said(front: str, line: int) -> tuple[str, list[Block]]:
    """The question that a title begins with, and the answer that stands behind it, if one does."""
    split = _ASKED_AND_SAID.fullmatch(front)
    return (split[1], [Paragraph(split[2], line, line)]) if split else (front, [])


def _asked_below(front: str, body: list[Block], after: Sequence[Block]) -> tuple[str, list[Block], bool]:
    """The question of a callout, its first line where it has no title, and its answer; the third is whether that stands
    below the callout, which holds no more than the question."""
    opening = body[0] if body else None
    if not front and isinstance(opening, Paragraph):
        first, _, rest = opening.text.partition("\n")
        alone = bare(first) == plain(first) and not marked(plain(rest.split("\n")[0]))
        if marked(plain(first)) and alone:  # a pair with labels is read as such, and so are several questions
            front, body = first, body[1:]
            body = [Paragraph(rest, opening.line + 1, opening.end), *body] if rest.strip() else body
    if has_text(body) or not marked(plain(front)):
        return front, body, False
    below = list(itertools.takewhile(lambda block: not isinstance(block, Quote), after[:_BELOW]))
    return front, below, True


def _callout(node: Node, block: Quote, after: Sequence[Block]) -> Iterator[Candidate]:
    """`> [!def] Term`, `> [!question] …`, and callouts of other kinds that have a title."""
    opening = block.blocks[0] if block.blocks else None
    if not isinstance(opening, Paragraph):
        return
    first, _, rest = opening.text.partition("\n")
    found = _CALLOUT.match(first.strip())
    if not found:
        return
    kind, front = _kind_and_front(found)
    body: list[Block] = [Paragraph(rest, opening.line + 1, opening.end)] if rest.strip() else []
    body += content(block.blocks[1:])
    apart = False
    if kind in _ASKING:
        front, said = _asked_and_said(front, opening.line)
        front, body, apart = _asked_below(front, said + body, after)
    if not has_text(body):
        return
    lines, answer = (block.line, last_line(body, block.end)), render(body)
    if not front:
        if kind in _DEFINING:
            yield from _untitled(rest, answer, lines, node)
        return
    if labels_definition(front):
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
            explicit=kind in _DEFINING or not is_label(plain(front)),
        )
    elif kind in _ASKING:
        task = bool(_TASK.match(plain(front)))
        yield question("callout question", plain(front), answer, lines, node, body, sure=not (task or apart))
    elif not is_label(plain(front)):
        yield _of_another_kind(node, kind, front, body, lines)


def _of_another_kind(
    node: Node, kind: str, front: str, body: Sequence[Block], lines: tuple[int, int]
) -> Candidate:
    """A callout that only has a title: a question, or a name."""
    answer = render(body)
    if plain(front).endswith(("?", "？")) or asked_term(plain(front)):
        return question("callout asks", plain(front), answer, lines, node, body, sure=False)
    which = kind_of(title(front), body)
    return made(
        f"callout {'info' if kind in ('info', 'abstract', 'summary', 'note') else 'other'}",
        which,
        front,
        answer,
        lines,
        node,
        points=points(body),
        split=which is Kind.TERM,
    )


def _pairs_and_folds(_page: Page, node: Node, blocks: Sequence[Block]) -> Iterator[Candidate]:
    """`Q: …` and `A: …` over lines and blocks, `C: …`, and `<summary>question</summary>`."""
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Html) and "<summary" in block.text.casefold():
            used, one = folded(node, blocks, at)
            if one:
                yield one
            at += used
        elif isinstance(block, Paragraph) and any(
            ASK.match(line) or CLOZE_LINE.match(line) for line in block.text.split("\n")
        ):
            used, run = asked_run(node, blocks, at)
            yield from run
            at += used
        elif isinstance(block, Quote) and ASK.match(render([block])):
            yield from asked_run(node, block.blocks, 0)[1]
            at += 1
        else:
            at += 1
    if node.kind == ITEM and (both := BOTH.fullmatch(node.text)) and not node.blocks:
        yield question("question and answer", both[1], prose(both[2]), (node.line, node.end), node)
    elif node.kind == ITEM and ASK.match(node.text):
        first, *more = node.text.split("\n")
        asked = ASK.match(first)
        answer = "\n".join(part for part in (prose("\n".join(more)), render(content(node.blocks))) if part)
        if asked and answer:
            yield question("question and answer", asked.group(1), answer, (node.line, node.end), node)


def _separated(node: Node, block: Paragraph, after: Sequence[Block]) -> Iterator[Candidate]:
    """A front, a line with nothing but `?` or `??`, and a back."""
    lines = drop_comments(block.text).split("\n")
    mark = next((at for at, line in enumerate(lines) if _MARK.fullmatch(line) and line.strip()), None)
    if mark is None:
        return
    pairs = [at for at, line in enumerate(lines[:mark]) if _PAIR.fullmatch(line.strip())]
    first = pairs[-1] + 1 if pairs else 0
    front = lines[first:mark]
    if not front and node.text and node.kind != FILE:
        front = [node.text]
    back = "\n".join(line for line in lines[mark + 1 :] if line.strip())
    body = [] if back else _right_below(after, block.end)
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
        (min(block.line + first, node.line if not lines[:mark] else block.line + first), end),
        node,
        body,
    )
    if both:
        yield question("separated", answer, asked, (block.line, end), node)


def _right_below(after: Sequence[Block], line: int) -> list[Block]:
    """The block after a line, and those that follow on it without a blank line."""
    found: list[Block] = []
    for one in after[:4]:
        if isinstance(one, (Rule, Heading, Html)) or (found and one.line > line + 1):
            break
        found.append(one)
        line = one.end
    return found


def _ruled(node: Node, block: Paragraph, after: Sequence[Block]) -> Iterator[Candidate]:
    """A question, a rule, and its answer, in files that their author marked as flashcards."""
    if len(after) == 2 and isinstance(after[0], Rule) and marked(bare(block.text)):
        front, end = prose(block.text).replace("\n", " "), after[1].end
        yield question("separated", front, render(after[1:]), (block.line, end), node, after[1:])


def _double_colon(page: Page, node: Node, block: Paragraph) -> Iterator[Candidate]:
    """`front::back` and `front:::back` lines: cards in files that their author marked as flashcards, and elsewhere
    where nothing else is meant by them."""
    for offset, line in enumerate(drop_comments(block.text).split("\n")):
        found = _PAIR.fullmatch(line.strip())
        path = (_STANDARD if page.flashcards else _PATH).match(line)
        several = found and "。" in found.group(1) and not page.flashcards
        if not found or path or several or "{{" in found.group(1):
            continue  # what stands behind sentences is a remark on them
        at = block.line + offset
        front, back = plain(found.group(1)), prose(found.group(3))
        sure = page.flashcards or _only_a_pair(found, spaced=node.kind != ITEM)
        if not (sure or (node.kind != ITEM and _may_be_pair(found))):
            continue
        yield question(PAIR, front, back, (at, at), node, sure=sure)
        if found.group(2) == ":::":
            yield question(PAIR, back, front, (at, at), node, sure=sure)


def _may_be_pair(found: re.Match[str]) -> bool:
    """Whether a line of a file that is not marked as flashcards may hold a front and a back; it may also be a field of
    another program (`author:: Smith`), a path or a type of a programming language."""
    front, sign, back = found.groups()
    if "->" in back or not (sign.startswith("::") or marked(front)):
        return False
    return marked(front) or (found.start(3) > found.end(2) and not is_label(plain(front)))


def _only_a_pair(found: re.Match[str], *, spaced: bool) -> bool:
    """Whether it surely holds them: a question, or a front that is set apart, or, unless it is to be `spaced`, one of
    several words."""
    front, back = found.group(1), found.group(3)
    apart = found.start(2) > found.end(1)
    several = not spaced and " " in front and not _FIELD.fullmatch(back)
    return _may_be_pair(found) and (apart or several or marked(front))


def _clozes(page: Page, node: Node, block: Paragraph) -> Iterator[Candidate]:
    """`==hidden==` in files of flashcards, `{{c1::hidden}}` anywhere."""
    text = TAG.sub(" ", block.text)
    if "{{" in text:
        yield from clozes(text, CLOZE, (block.line, block.end), node)
    if page.flashcards and "==" in text:
        yield from clozes(text, HIGHLIGHT, (block.line, block.end), node)
