"""List items that open with a term: bold, code or plain, whatever sets the definition off."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from studyllm.cards import Kind
from studyllm.i18n import N_
from studyllm.notes.answer import definition_first, points_of, render
from studyllm.notes.blocks import Block, Item, Listing, Paragraph, Table
from studyllm.notes.inline import only_link, plain, prose
from studyllm.notes.labels import is_list_title
from studyllm.notes.lead import Gap, Lead, Mark, lead
from studyllm.notes.reasons import LABEL
from studyllm.notes.rules.enumeration import about, add_list, announced, enumerable, nested_list, tail_title
from studyllm.notes.rules.tables import gate
from studyllm.notes.scope import Scope
from studyllm.notes.terms import brackets, may_be_term, split_term
from studyllm.text import key, opening

_SAID = (Gap.COLON, Gap.DASH, Gap.COPULA)
_NOT_SAID = re.compile(r"(?:https?://|\[[^\[\]]*\]\([^)]*\)\s*$|!\[|\d[\d.,:%/\- ]*$)|[\d.,]+\s*\S{0,3}$")
_LINK_ITEM = re.compile(
    r"\s*(?:\*\*|__)?\[[^\[\]]+\]\((?!#)[^)]*\)|\s*<?https?://|\s*\[[^\[\]]+\]\[[^\[\]]*\]\s*[-–—:：]"
)


_ARGUMENTS = re.compile(
    r"(?:parameters?|params|arguments?|args|options|inputs?|returns?|参数(?:说明)?|选项|返回值?|"
    r"入参|出参)\s*[:：]?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"[一二两三四五六七八九十几\d]+(?:大|种|个|类|层|步)")
_TASK = re.compile(r"\s*\[[ xX]\]\s")


class Role(Enum):
    """What an item's opening is."""

    TERM = auto()
    LABEL = auto()
    TITLE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Style:
    """How the items of one list open, taken together."""

    count: int
    bold: int
    plain: int
    code: int
    labels: int


def items(scope: Scope, at: int) -> int:
    """Every list: term items become cards, labels and titles join what they belong to."""
    block = scope.blocks[at]
    if not isinstance(block, Listing):
        return 0
    above = scope.blocks[at - 1] if at else None
    if isinstance(above, Paragraph) and _ARGUMENTS.fullmatch(plain(above.text)):
        return 1
    if not scope.page.project or scope.glossary:
        read_list(scope, block, within="", depth=0)
    return 1


def read_list(scope: Scope, listing: Listing, *, within: str, depth: int) -> None:
    """The cards of one list; `within` is the term or title it is nested under."""
    leads = [
        lead(item.text) if item.text and not _LINK_ITEM.match(item.text) else None for item in listing.items
    ]
    style = _style(scope, leads)
    for item, found in zip(listing.items, leads, strict=True):
        role = Role.OTHER if found is None else _role(scope, item, found, style, within)
        if found is None or role is Role.OTHER:
            _other(scope, item, found, style, within)
        elif role is Role.TERM:
            _term(scope, item, found)
        elif role is Role.TITLE:
            _title(scope, item, found, within)
        elif not within:
            _label(scope, item, found)
        if role is not Role.TITLE and depth < 8:
            _nested(scope, item, found, role, depth)


def _lead(item: Item) -> Lead | None:
    if not item.text or _LINK_ITEM.match(item.text):
        return None
    found = lead(item.text)
    return None if found and found.mark is Mark.PLAIN and _TASK.match(item.text) else found


def _style(scope: Scope, leads: Sequence[Lead | None]) -> Style:
    counted = [one for one in leads if one is not None]
    labels = sum(1 for one in counted if scope.label(plain(one.front)))
    said = [one for one in counted if one.rest and one.gap in _SAID]
    return Style(
        len(leads),
        sum(1 for one in counted if one.mark is Mark.BOLD),
        sum(1 for one in said if one.mark is Mark.PLAIN and _plain_term(scope, one)),
        sum(1 for one in said if one.mark is Mark.CODE),
        labels,
    )


def _plain_term(scope: Scope, found: Lead) -> bool:
    term, _ = split_term(found.front)
    return may_be_term(term, bold=False) and not scope.label(term)


def _role(scope: Scope, item: Item, found: Lead, style: Style, within: str) -> Role:
    term, names = split_term(found.front)
    below = item.blocks[1:]
    if not term or only_link(found.front):
        return Role.OTHER
    if scope.label(term):
        return Role.TITLE if not found.rest and nested_list(item) else Role.LABEL
    if not may_be_term(term, bold=found.mark is not Mark.PLAIN):
        return Role.OTHER
    if not found.rest:
        if found.mark is Mark.BOLD or (found.gap is Gap.NONE and _plain_title(found, item)):
            return _bare(scope, item, term, found, below, names)
        return Role.OTHER
    if nested_list(item) is not None and announced(found.rest) == ("", True):
        return Role.TITLE if is_list_title(term) or _COUNTED.search(term) else Role.TERM
    if _NOT_SAID.match(found.rest) and not below:
        return Role.OTHER
    known = scope.page.known
    if known and (key(term) in known or opening(found.rest) in known):
        return Role.TERM
    if found.mark is Mark.PLAIN:
        enough = style.plain >= 3 and style.plain * 2 >= style.count and style.labels * 2 < style.count
        alike = style.bold * 2 >= style.count and style.bold >= 2
        return (
            Role.TERM
            if (scope.glossary and found.gap in _SAID) or ((enough or alike) and not _attribute_of(within))
            else Role.OTHER
        )
    if found.mark is Mark.CODE:
        return Role.TERM if style.code >= 3 else Role.OTHER
    if found.gap in _SAID:
        return Role.TERM
    if found.gap is Gap.COMMA and below and found.rest.rstrip().endswith((":", "：")):
        return Role.TERM
    alike = style.bold >= 2 and style.bold * 3 >= style.count * 2
    if names or alike or (found.gap is Gap.COMMA and key(term) in key(scope.subject)):
        return Role.TERM if found.gap is not Gap.GLUED or names else Role.OTHER
    return Role.OTHER


def _plain_title(found: Lead, item: Item) -> bool:
    return found.mark is Mark.PLAIN and nested_list(item) is not None and is_list_title(plain(found.front))


def _attribute_of(within: str) -> bool:
    return bool(within)


def _bare(
    scope: Scope, item: Item, term: str, found: Lead, below: Sequence[Block], names: Sequence[str]
) -> Role:
    """A front with nothing after it: what stands under it decides."""
    listing = nested_list(item)
    if listing is not None:
        titled = is_list_title(term) and not names
        if titled or found.mark is Mark.PLAIN:
            return Role.TITLE
        return Role.TITLE if _all_terms(scope, listing) else Role.TERM
    if any(isinstance(block, Table) for block in below):
        return Role.OTHER if any(isinstance(block, Table) and gate(block) for block in below) else Role.TERM
    return Role.TERM if below and render(below).strip() else Role.OTHER


def _all_terms(scope: Scope, listing: Listing) -> bool:
    """Whether most items below are terms with their own definitions."""
    leads = [lead(item.text) if item.text else None for item in listing.items]
    good = [
        one
        for one in leads
        if one and one.rest and one.mark is Mark.BOLD and not scope.label(plain(one.front))
    ]
    return len(good) >= 2 and len(good) * 3 >= len(leads) * 2


def _lines(item: Item, end: int = 0) -> tuple[int, int]:
    return item.line, end or item.end


def _term(scope: Scope, item: Item, found: Lead) -> None:
    below = definition_first(item.blocks[1:])
    own = found.rest
    text = prose(own)
    tail = tail_title(own)
    listing = nested_list(item)
    answer = "\n".join(part for part in (text, render(below)) if part)
    points = points_of(below) if not text or tail else ()
    if found.front and "\n" in own:
        _inner_lines(scope, item, found)
    scope.add(
        f"{found.mark.name.lower()} item",
        Kind.TERM,
        found.front,
        answer,
        _lines(item),
        points=points,
    )
    if listing is not None and tail and scope.cards:
        term, _ = split_term(found.front)
        add_list(
            scope,
            "item with a list",
            about(term, tail),
            listing,
            item.line,
            subject=term,
        )


def _inner_lines(scope: Scope, item: Item, found: Lead) -> None:
    """Continuation lines that define another term, or the same one again."""
    paragraph = item.blocks[0]
    if not isinstance(paragraph, Paragraph):
        return
    lines = paragraph.text.split("\n")
    for offset, line in enumerate(lines[1:], 1):
        inner = lead(line)
        if inner is None or inner.mark is not Mark.BOLD or not inner.rest:
            continue
        term, names = split_term(inner.front)
        if scope.label(term) or not may_be_term(term, bold=True) or not (inner.gap in _SAID or names):
            continue
        at = paragraph.line + offset
        scope.add("bold line", Kind.TERM, inner.front, prose(inner.rest), (at, at))


def _title(scope: Scope, item: Item, found: Lead, within: str) -> None:
    listing = nested_list(item)
    if listing is None:
        return
    name, _ = split_term(found.front)
    made = add_list(scope, "titled list", name, listing, item.line, subject=within)
    if not made and enumerable(listing):
        scope.pass_over(item.line, LABEL)
    read_list(scope, listing, within="", depth=1)


def _label(scope: Scope, item: Item, found: Lead) -> None:
    if found.mark is Mark.BOLD:
        scope.pass_over(item.line, LABEL)


def _other(scope: Scope, item: Item, found: Lead | None, style: Style, within: str) -> None:
    if within:
        return
    if found is None:
        if item.text and _LINK_ITEM.match(item.text) and re.search(r"\)\s*(?:[-–—:：])", item.text[:400]):
            scope.pass_over(item.line, N_("a link, not a term"))
        return
    if found.mark is Mark.BOLD and not found.rest and len(item.blocks) == 1:
        if not any(card.source.line <= item.line <= card.source.end_line for card in scope.cards):
            scope.pass_over(item.line, N_("bold term without a definition"))
    elif found.mark is Mark.BOLD and found.rest:
        scope.pass_over(item.line, N_("bold text that is not set off as a term"))
    elif found.mark is Mark.PLAIN and found.rest and style.plain and brackets(found.front):
        scope.pass_over(item.line, N_("looks like a term, but its neighbours do not"))


def _nested(scope: Scope, item: Item, found: Lead | None, role: Role, depth: int) -> None:
    within = ""
    if found is not None and role in (Role.TERM, Role.LABEL):
        within = split_term(found.front)[0]
    for block in item.blocks[1:]:
        if isinstance(block, Listing):
            read_list(scope, block, within=within, depth=depth + 1)
