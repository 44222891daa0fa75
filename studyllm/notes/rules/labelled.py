"""Headings whose labelled parts (定义：, 特点：; Causes:, Treatment:) are one answer."""

import re
from collections.abc import Sequence

from studyllm.cards import Kind
from studyllm.notes.answer import definition_first, points_of, render
from studyllm.notes.blocks import Block, Listing, Paragraph, Section
from studyllm.notes.inline import plain, prose
from studyllm.notes.labels import DEFINITION, is_list_title
from studyllm.notes.lead import Mark, lead
from studyllm.notes.rules.enumeration import add_list, nested_list
from studyllm.notes.rules.headings import subject_of
from studyllm.notes.scope import Scope
from studyllm.notes.terms import may_be_term, split_term, title
from studyllm.text import CJK, fold

_CJK = re.compile(f"[{CJK}]")
_ASIDE = re.compile(
    r"notes?|action items?|ingredients|steps?|instructions|references?|links?|exercises?|questions?|"
    r"problems?|further reading|readings?|see also|todo|"
    r"resources|sources?|introduction|intro|conclusion|summary|discussion|参考.*|练习.*|习题|作业|"
    r"总结|小结|目录|附录|题目|例题|前言|序言|引言|相关.*|问题|其他|其它|结论",
)


def attribute_heading(scope: Scope, at: int) -> int:
    """A heading over labelled parts (定义：, 特点：; Causes:, Treatment:): one card with all of them."""
    heading = scope.section.heading
    if at or heading is None or scope.page.project or scope.named:
        return 0
    term, _ = split_term(title(heading.text))
    if (
        scope.label(term)
        or not may_be_term(term, bold=True)
        or (is_list_title(term) and not _CJK.search(term))
        or scope.glossary
    ):
        return 0
    parts, labelled, used = _labelled(scope)
    defined = any(DEFINITION.fullmatch(name) for name in labelled)
    if len(labelled) < 2 and not defined:
        return 0
    blocks = definition_first(parts)
    answer = render(blocks)
    if len(answer) > 6000 or not answer:
        return 0
    scope.subject = term
    scope.add(
        "heading with labels",
        Kind.TERM,
        title(heading.text),
        answer,
        (heading.line, parts[-1].end),
        points=points_of(blocks),
    )
    _lists_of(scope, parts)
    return used


def _labelled(scope: Scope) -> tuple[list[Block], list[str], int]:
    """The leading blocks that describe the heading, the labels among them, and how many there are."""
    parts: list[Block] = []
    labels: list[str] = []
    for block in scope.blocks:
        if isinstance(block, Listing):
            found = [lead(item.text) if item.text else None for item in block.items]
            names = [plain(one.front) for one in found if one and scope.label(plain(one.front))]
            if len(names) * 5 < len(block.items) * 3:
                break
            labels += names
        elif isinstance(block, Paragraph):
            one = lead(block.text)
            if one and one.rest and scope.label(plain(one.front)):
                labels.append(plain(one.front))
            elif parts or (one and one.mark is Mark.BOLD):
                break
        else:
            break
        parts.append(block)
    if (parts and not labels) or (
        parts and isinstance(parts[0], Paragraph) and not lead(parts[0].text) and _defining(scope, parts[0])
    ):
        inline = [
            p
            for p in parts[1:]
            if isinstance(p, Listing) and any((one := lead(i.text)) and one.rest for i in p.items)
        ]
        if len(inline) != len(parts) - 1:
            return [], [], 0
    return parts, labels, len(parts)


def _lists_of(scope: Scope, parts: Sequence[Block]) -> None:
    """List cards of the labels that stand over a list of their own."""
    for block in parts:
        for item in block.items if isinstance(block, Listing) else ():
            one, listing = lead(item.text) if item.text else None, nested_list(item)
            if one and not one.rest and listing and len(listing.items) >= 3:
                add_list(scope, "titled list", split_term(one.front)[0], listing, item.line)


def _defining(scope: Scope, block: Paragraph) -> bool:
    heading = scope.section.heading
    return heading is not None and bool(subject_of(title(heading.text), prose(block.text)))


def label_sections(scope: Scope) -> None:
    """A heading whose sub-headings are labels (定义, Causes): their texts are its answer."""
    heading = scope.section.heading
    if heading is None or scope.page.project or not scope.below:
        return
    front = title(heading.text)
    term, _ = split_term(front)
    if scope.label(term) or not may_be_term(term, bold=True) or scope.glossary:
        return
    parts = [section for section in scope.below if _is_part(scope, section)]
    if not parts or (len(parts) < 2 and not DEFINITION.fullmatch(title(_text(parts[0])))):
        return
    defined = any(DEFINITION.fullmatch(title(_text(part))) for part in parts)
    pieces = []
    size = 0
    end = heading.end
    for part in sorted(parts, key=lambda p: 0 if DEFINITION.fullmatch(title(_text(p))) else 1):
        text = render(part.blocks)
        if not text or size + len(text) > 3000:
            continue
        size += len(text)
        name = title(_text(part))
        pieces.append(f"{name}：{text}" if _CJK.search(name) else f"{name}: {text}")
        end = max(end, part.blocks[-1].end)
    if len(pieces) >= 2 or (defined and pieces):
        scope.add(
            "heading with labels",
            Kind.TERM,
            front,
            "\n".join(pieces),
            (heading.line, end),
            points=tuple(pieces),
        )


def _text(section: Section) -> str:
    return section.heading.text if section.heading else ""


def _is_part(scope: Scope, section: Section) -> bool:
    heading = scope.section.heading
    name = title(_text(section))
    return bool(
        section.heading
        and heading
        and section.heading.level == heading.level + 1
        and section.blocks
        and scope.label(name)
        and not _ASIDE.fullmatch(fold(name))
    )
