"""Forms an author chose on purpose: definition lists, callouts, Q/A pairs, `::`."""

import re

from studyllm.cards import Kind
from studyllm.notes.answer import has_text, points_of, render
from studyllm.notes.blocks import Block, Definition, Html, Listing, Paragraph, Quote
from studyllm.notes.inline import drop_comments, plain, prose
from studyllm.notes.rules.headings import WHAT
from studyllm.notes.scope import Scope
from studyllm.notes.terms import may_be_term, split_term

_CALLOUT = re.compile(r"\[!(\w[\w-]*)\]([+-]?)[ \t]*(.*)")
_DEFINING = frozenset(["def", "definition", "term", "定义", "concept", "概念"])
_TELLING = frozenset(["info", "abstract", "summary"])
_ASKING = frozenset(["question", "help", "faq", "flashcard", "card"])
_TASK = re.compile(
    r"(?:find|prove|show|compute|calculate|solve|derive|draw|write|implement|exercise|练习|习题|求|"
    r"证明|计算)\b",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"(?:\*\*)?(?:Q|问|Question|问题)\s*\d*\s*(?:\*\*)?\s*[:：.]\s*(?:\*\*)?\s*(.*)", re.IGNORECASE
)
_REPLY = re.compile(
    r"(?:\*\*)?(?:A|答|Answer|答案)\s*\d*\s*(?:\*\*)?\s*[:：.]\s*(?:\*\*)?\s*(.*)", re.IGNORECASE
)
_PAIR = re.compile(r"(\S[^:`|]{0,80}?)[ \t]*(?<!:):::?(?!:)[ \t]*(\S.*)")
_PATH = re.compile(r"\s*[A-Za-z_]\w*::[a-z_]\w*")
_SUMMARY = re.compile(r"<summary[^<>]*>([^<]*(?:<(?!/summary>)[^<]*)*)</summary>", re.IGNORECASE)


def definition_list(scope: Scope, at: int) -> int:
    """`term` over `:   meaning`."""
    block = scope.blocks[at]
    if not isinstance(block, Definition):
        return 0
    names = [split_term(term) for term in block.terms]
    if names and names[0][0]:
        others = [name for term, aliases in names[1:] for name in (term, *aliases)]
        scope.add(
            "definition list",
            Kind.TERM,
            block.terms[0],
            render(block.blocks),
            (block.line, block.end),
            points=points_of(block.blocks),
            aliases=others,
        )
    return 1


def callout(scope: Scope, at: int) -> int:
    """Obsidian callouts: `> [!def] Term` and `> [!question] …`."""
    block = scope.blocks[at]
    if not isinstance(block, Quote) or not block.blocks or not isinstance(block.blocks[0], Paragraph):
        return 0
    opening = block.blocks[0]
    first, _, rest = opening.text.partition("\n")
    found = _CALLOUT.match(first.strip())
    if not found:
        return 0
    kind, front = found.group(1).casefold(), found.group(3).strip()
    body: list[Block] = ([Paragraph(rest, opening.line + 1, opening.end)] if rest.strip() else []) + list(
        block.blocks[1:]
    )
    term, _ = split_term(front)
    if not front or not has_text(body):
        return 0
    lines = (block.line, max(part.end for part in body))
    answer, points = render(body), points_of(body)
    if kind in _DEFINING and term:
        scope.add("callout", Kind.TERM, front, answer, lines, points=points)
    elif kind in _ASKING and not _TASK.match(plain(front)) and not scope.page.project:
        _question(scope, "callout", plain(front), answer, lines, points)
    elif (
        kind in _TELLING
        and may_be_term(term, bold=True)
        and len(term.split()) <= 4
        and not scope.label(term)
        and not scope.page.project
    ):
        scope.add("callout", Kind.TERM, front, answer, lines, points=points)
    else:
        return 0
    return 1


def _question(
    scope: Scope, rule: str, front: str, answer: str, lines: tuple[int, int], points: tuple[str, ...] = ()
) -> None:
    found = WHAT.fullmatch(front)
    term = split_term(next(group for group in found.groups() if group))[0] if found else ""
    if term and may_be_term(term, bold=True):
        scope.add(rule, Kind.TERM, term, answer, lines, points=points, aliases=[front], split=False)
    else:
        scope.add(rule, Kind.TERM, front, answer, lines, points=points, split=False)


def question_and_answer(scope: Scope, at: int) -> int:
    """`Q: …` and `A: …`, in one paragraph or in two."""
    block = scope.blocks[at]
    if not isinstance(block, Paragraph) or block.text.lstrip("*")[:1] not in "QqＱ问":
        return 0
    if not _ASK.match(block.text):
        return 0
    used = 1
    following = scope.blocks[at + 1] if at + 1 < len(scope.blocks) else None
    text = block.text
    end = block.end
    if (
        isinstance(following, Paragraph)
        and _REPLY.match(following.text)
        and not any(_REPLY.match(line) for line in text.split("\n"))
    ):
        gap = "\n" * (following.line - block.line - text.count("\n"))
        text, end, used = text + gap + following.text, following.end, 2
    asked: list[str] = []
    told: list[str] = []
    start = 0
    made = 0
    for offset, line in enumerate([*text.split("\n"), "Q:"]):
        ask, reply = _ASK.match(line), _REPLY.match(line)
        if ask:
            if asked and told:
                lines = (block.line + start, min(end, block.line + offset - 1))
                _question(
                    scope,
                    "question and answer",
                    prose("\n".join(asked)).replace("\n", " "),
                    prose("\n".join(told)),
                    lines,
                )
                made += 1
            asked, told, start = [ask.group(1)], [], offset
        elif reply and asked:
            told.append(reply.group(1))
        elif line.strip():
            (told if told else asked).append(line)
    return used if made else 0


def double_colon(scope: Scope, at: int) -> int:
    """`front::back` lines, in files that their author marked as flashcards."""
    block = scope.blocks[at]
    if not scope.page.flashcards:
        return 0
    paragraphs = [block] if isinstance(block, Paragraph) else []
    if isinstance(block, Listing):
        paragraphs = [
            item.blocks[0] for item in block.items if item.blocks and isinstance(item.blocks[0], Paragraph)
        ]
    made = 0
    for paragraph in paragraphs:
        for offset, line in enumerate(paragraph.text.split("\n")):
            found = _PAIR.fullmatch(drop_comments(line).strip())
            if found and not _PATH.match(line):
                at_line = paragraph.line + offset
                _question(
                    scope, "double colon", plain(found.group(1)), prose(found.group(2)), (at_line, at_line)
                )
                made += 1
    return 1 if made else 0


def details(scope: Scope, at: int) -> int:
    """`<summary>What is X?</summary>` and the blocks up to `</details>`."""
    block = scope.blocks[at]
    if not isinstance(block, Html) or "<summary" not in block.text.casefold() or scope.page.project:
        return 0
    found = _SUMMARY.search(block.text)
    if not found:
        return 0
    front = plain(found.group(1))
    if not front.endswith(("?", "？")) and not WHAT.fullmatch(front):
        return 0
    inside = block.text[found.end() :]
    body: list[Block] = (
        [Html(inside, block.line, block.end)] if plain(inside.replace("</details>", "")) else []
    )
    used = 1
    if "</details>" not in inside:
        for other in scope.blocks[at + 1 : at + 40]:
            used += 1
            if isinstance(other, Html) and "</details>" in other.text:
                break
            body.append(other)
    if not has_text(body):
        return 0
    _question(scope, "details", front, render(body), (block.line, body[-1].end))
    return used
