"""Paragraphs that define: a bold opening, a bold line over its text, and dense `Term - meaning` lines."""

import re

from studyllm.cards import Kind
from studyllm.i18n import N_
from studyllm.notes.answer import points_of, render
from studyllm.notes.blocks import Listing, Paragraph, Table
from studyllm.notes.inline import only_link, plain, prose
from studyllm.notes.labels import is_list_title
from studyllm.notes.lead import Gap, Lead, Mark, lead
from studyllm.notes.reasons import LABEL
from studyllm.notes.rules.enumeration import add_list
from studyllm.notes.rules.headings import defines, subject_of
from studyllm.notes.rules.tables import gate
from studyllm.notes.scope import Scope
from studyllm.notes.terms import MARKER, may_be_term, split_term
from studyllm.text import CJK, key

_CJK = re.compile(f"[{CJK}]")
_OPENING = re.compile(
    r"[「“\"']?(?:[Aa]n? |[Tt]he )?(\S[^，。,.:：]{0,40}?)[」”\"']?\s*(?:是|即|指|\b(?:is|are|means)\b)"
)
_SAID = (Gap.COLON, Gap.DASH, Gap.COPULA)
_BOLD = re.compile(r"\*\*|__|<b>|<strong>")
_FORMULA = re.compile(r"[\\=&]|\$")
_FILE = re.compile(r".*\.[A-Za-z]{1,5}")
DENSE = 5
"""Lines of one form in a section before un-bolded ones are believed."""


def bold_paragraph(scope: Scope, at: int) -> int:
    """`**Term**：def`, `**Term** is …`; each line of a paragraph may hold one."""
    block = scope.blocks[at]
    if (
        not isinstance(block, Paragraph)
        or (scope.page.project and not scope.glossary)
        or not _BOLD.search(block.text)
    ):
        return 0
    lines = block.text.split("\n")
    starts = [0] + [offset for offset, line in enumerate(lines) if offset and _starts(scope, line)]
    made = 0
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        text = "\n".join(lines[start:stop])
        found = lead(text)
        if not found or not found.rest or (found.mark is not Mark.BOLD and not (start and said(scope, text))):
            continue
        if found.mark is Mark.BOLD and found.gap is Gap.NONE and len(starts) == 1:
            continue
        made += _said(scope, at, found, (block.line + start, block.line + stop - 1), last=stop == len(lines))
    return 1 if made else 0


def _starts(scope: Scope, line: str) -> bool:
    """Whether a line in the middle of a paragraph begins another entry."""
    found = lead(line) if "**" in line[:12] or (MARKER.match(line) and not line.startswith(" ")) else None
    if not found:
        return False
    if found.mark is Mark.BOLD:
        return found.gap in _SAID or (
            found.gap is Gap.NONE and may_be_term(split_term(found.front)[0], bold=True)
        )
    return said(scope, line) is not None


def _said(scope: Scope, at: int, found: Lead, lines: tuple[int, int], *, last: bool) -> int:
    term, names = split_term(found.front)
    if scope.label(term):
        scope.pass_over(lines[0], LABEL)
        return 0
    if not may_be_term(term, bold=True):
        return 0
    if found.gap not in (*_SAID, Gap.NONE) and not (names and found.gap in (Gap.SPACE, Gap.GLUED)):
        return 0
    if only_link(found.rest):
        return 0
    answer, used = prose(found.rest), 1
    following = scope.blocks[at + 1] if at + 1 < len(scope.blocks) else None
    points: tuple[str, ...] = ()
    end = lines[1]
    if last and isinstance(following, Listing) and answer.endswith((":", "：")):
        answer = f"{answer}\n{render([following])}"
        points, end, used = points_of([following]), following.end, 1
    scope.add("bold paragraph", Kind.TERM, found.front, answer, (lines[0], end), points=points)
    return used


def bold_line(scope: Scope, at: int) -> int:
    """`**Term**` alone on its line, then its text: a heading in all but name."""
    block = scope.blocks[at]
    if not isinstance(block, Paragraph) or scope.page.project:
        return 0
    first, newline, rest = block.text.partition("\n")
    found = lead(first)
    if not found or found.mark is not Mark.BOLD or found.rest:
        return 0
    term, names = split_term(found.front)
    if not may_be_term(term, bold=True) or _FILE.fullmatch(term) or len(term.split()) > 5:
        return 0
    following = scope.blocks[at + 1] if at + 1 < len(scope.blocks) else None
    points: tuple[str, ...] = ()
    if newline:
        answer, end, used = prose(rest), block.end, 1
    elif isinstance(following, Listing):
        if is_list_title(term) or scope.label(term):
            add_list(scope, "titled list", term, following, block.line)
            return 1
        answer, end, used, points = render([following]), following.end, 1, points_of([following])
        if not names:
            return 0
    elif isinstance(following, Paragraph) and not _opens(following):
        answer, end, used = prose(following.text), following.end, 2
    elif isinstance(following, Table) and not gate(following):
        answer, end, used = render([following]), following.end, 2
    else:
        return 0
    if scope.label(term):
        scope.pass_over(block.line, LABEL)
        return 0
    if len(answer) < 6 or not (names or _speaks_of(term, answer)):
        scope.pass_over(block.line, N_("a bold line whose text does not define it"))
        return 0
    scope.add("bold line over text", Kind.TERM, found.front, answer, (block.line, end), points=points)
    return used


def _opens(block: Paragraph) -> bool:
    found = lead(block.text)
    return found is not None and found.mark is Mark.BOLD


def _speaks_of(term: str, answer: str) -> bool:
    """Whether a text opens by defining: with the term itself, a copula, an article and a noun."""
    return bool(subject_of(term, answer)) or defines(answer)


def dense_lines(scope: Scope, at: int) -> int:
    """`Term - def` or `Term：def`, a paragraph or a line each, when a section holds many of them."""
    block = scope.blocks[at]
    if not isinstance(block, Paragraph) or (scope.page.project and not scope.glossary):
        return 0
    if not scope.dense:
        scope.dense = 1 + sum(
            1
            for one in scope.blocks
            if isinstance(one, Paragraph)
            for line in one.text.split("\n")
            if said(scope, line)
        )
    if scope.dense - 1 < (2 if scope.glossary else DENSE):
        return 0
    lines = block.text.split("\n")
    made = 0
    front: Lead | None = None
    start = 0
    body: list[str] = []
    for offset, line in enumerate([*lines, ""]):
        found = said(scope, line) if line else None
        if found or offset == len(lines):
            if front:
                scope.add(
                    "dense lines",
                    Kind.TERM,
                    front.front,
                    prose("\n".join(body)),
                    (block.line + start, block.line + offset - 1),
                )
                made += 1
            front, start, body = found, offset, [found.rest] if found else []
        elif front:
            body.append(line)
    return 1 if made else 0


def said(scope: Scope, line: str) -> Lead | None:
    """The lead of an un-bolded line that may define something."""
    found = lead(line)
    if (
        found is None
        or found.mark is not Mark.PLAIN
        or found.gap not in _SAID
        or _FORMULA.search(found.front)
    ):
        return None
    term, _ = split_term(found.front)
    if not may_be_term(term, bold=False) or scope.label(term) or len(plain(found.rest)) < 4:
        return None
    if found.gap is Gap.COLON and not _CJK.search(term) and len(term.split()) > 5:
        return None
    return found


def lone_definition(scope: Scope, at: int) -> int:
    """`X is …` about a term that has a card already; `X：…` paragraphs that stand alone are told, not made."""
    block = scope.blocks[at]
    if not isinstance(block, Paragraph) or scope.page.project:
        return 0
    opening = _OPENING.match(plain(block.text[:200])) if scope.page.known else None
    subject = split_term(opening[1])[0] if opening else ""
    if opening and key(subject) in scope.page.known and subject_of(opening[1], plain(block.text)):
        scope.add("known subject", Kind.TERM, opening[1], prose(block.text), (block.line, block.end))
        return 1
    found = said(scope, block.text.split("\n", 1)[0])
    if found and "\n" not in block.text and len(found.front) <= 20:
        scope.pass_over(block.line, N_("looks like a term and its meaning, but stands alone"))
    return 0
