"""Fronts that can be answered alone: as much of what stands above as that takes."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from studyllm.cards import Kind
from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.asking import asked_term, asks, bare, marked
from studyllm.notes.candidates.bodies import labels_definition
from studyllm.notes.candidates.joining import about
from studyllm.notes.candidates.sentences import defines, subject_of
from studyllm.notes.naming.kinds import of_something
from studyllm.notes.naming.lines_as_titles import Titles
from studyllm.notes.naming.questions import without_labels_of_answers
from studyllm.notes.naming.remarks import take_scope, told_apart
from studyllm.notes.outline import FILE, HEADING, ITEM, Node
from studyllm.notes.words.labels import (
    SAYS_WHAT,
    announces,
    is_glossary,
    is_label,
    is_list_title,
    says_too_little,
)
from studyllm.notes.words.lead import lead
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import split_term
from studyllm.script import simplified
from studyllm.text import fold, key

_ONLY_VERB = re.compile(
    r"(?:其|它)?(?:主要)?(?:包括|包含|分为|分成|可分为|可以分为|由|有)(?=[一二两三四五六七八九十几\d]+[个种类大点步层部])"
)
_COUNTED = re.compile(r"[一二两三四五六七八九十\d] ?(?:大|种|类|项|个)")
"""What titles have that count what stands under them: five modules, each of which is one by itself."""
_QUALIFIED = re.compile(r"(?:基本|主要|总体|整体|核心|常见|一般|具体|其他)[\u4e00-\u9fff]{2}")
"""Names of parts: "基本格局" of what?"""
_OF_NOTES = re.compile(
    r"笔记|复习|总结|整理|课程|期末|期中|讲义|考点|考试|\b(?:notes?|class|lectures?|week|course|review|revision|exam|summary"
    r"|study guide|cheat ?sheet)\b",
    re.IGNORECASE,
)
"""Titles that say what the writing is, not what it is about."""
_DEFINED = re.compile(r"(?<=\S)\s*的(?:定义|概念|含义)$")
"""What a title says of a thing that is only its definition."""
_STAGE = re.compile(
    r"第?\s?[0-9一二三四五六七八九十IVXⅠ-Ⅻ]{1,4}\s?[期级型度段步次轮类代相层]"
    r"|(?:stage|phase|type|grade|step|class) [0-9IVX]{1,4}[a-d]?",
    re.IGNORECASE,
)
"""A stage or a grade: of what?"""
_ORDINAL = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)|[IVX]{1,4}[a-d]?|[Ⅰ-Ⅻ][a-d]?|[NADG]\.|"
    r"(?i:nom(?:inati\w*)?|acc|akk|a[ck]{2}usati\w*|dat(?:i[vf]\w*)?|gen(?:iti\w*)?|abl(?:ati\w*)?|voc(?:ati\w*)?|loc(?:ative)?)\.?"
)
"""The number of a thing in a table of them, or a case: of which?"""
_POINTS = re.compile(r"\S(?:要点|要领|参数|指标|规格|条件|要件|要素)$")
_RESPECT = 2
"""Letters of a Chinese word for what is measured, at most."""
_GLOSS = 16
"""Letters of a translation at most."""
_OF = re.compile(r"\S的\S|\bof\b")
"""What a name has that says itself what it belongs to."""
_IT = re.compile(r"\b(?:it|its|they|them|their|this|these)\b|[它其]|[该此这](?![外时样些])", re.IGNORECASE)
_ASKED_WORDS, _ASKED_CHINESE = 7, 12
"""Words, and Chinese letters, of a question that leans on what stands above it."""
_LETTER = re.compile(r"([A-Z])[.)] (?=[^\W\d_]{2})")
"""A letter that counts."""
_DAY = re.compile(r"\d{3,4}(?:[./-]\d{1,2}){1,2}")
_SORT = re.compile(r"[\u4e00-\u9fff]{2,3}[性期型相级]|[急慢][性]")
"""A kind or a stage that a label stands over: 急性期 below 治疗."""
_COUNT = re.compile(r"[一二两三四五六七八九十]{1,2}[个种次条类项点步大]")
"""Nothing but how many: 八种, of which?"""
_NUMERAL = re.compile(r"[一二三四五六七八九十百千\d]+")


def named(root: Node, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, a label or a front that stands in several places under the name of what it belongs to."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    unders: defaultdict[str, set[str]] = defaultdict(set)
    beside: defaultdict[tuple[int, str], list[bool]] = defaultdict(list)
    counted: Counter[int] = Counter()
    """By node, the rows of tables that are named by a number."""
    defined = {_part_of(one) for one in found if labels_definition(one.term)} - {0}
    """Nodes under which an item or a line is labelled as the definition: the others tell more of the same."""
    of_the_title = {
        id(one.node.parent)
        for one in found
        if one.node.kind == HEADING and SAYS_WHAT.fullmatch(one.node.title)
    }
    """Titles over a heading that says what they mean: the headings beside it tell more of them."""
    for one in found:
        places[key(one.term)].add(id(one.node if one.form == "lead list" else one.node.parent))
        beside[id(one.node.parent), one.form].append(is_label(one.term))
        if one.node.kind == ITEM and one.node.under:
            unders[key(one.term)].add(key(one.node.under))
        if one.form == "table row" and _ORDINAL.fullmatch(one.term):
            counted[id(one.node)] += 1
    found = without_labels_of_answers(found)
    top, titles, (wholes, recurring) = _top(root), Titles(), _labelled_alike(found)
    listed_names: dict[int, bool] = {}
    for one in found:
        one.prompt = one.term
        if one.marks.get("named") or one.form.startswith(("sentence", "line is", "item is", "title")):
            continue
        if _is_defined(one) or "gloss" in one.form:
            continue
        if (
            _NUMERAL.fullmatch(one.term)
            or _DAY.fullmatch(one.term)
            or (one.bold and one.term.startswith("`"))
        ):
            continue
        labelled = one.form in ("definition list", "callout def", "tagged") and is_label(one.term)
        if one.explicit and not labelled:
            continue
        only = _ONLY_VERB.match(one.term)
        labels = beside[id(one.node.parent), one.form]
        among_terms = len(labels) >= 3 and sum(labels) * 3 <= len(labels) and one.node.kind == ITEM
        numbered = counted[id(one.node)] > 1 and one.form == "table row" and _ORDINAL.fullmatch(one.term)
        among_words = len(labels) >= 3 and sum(labels) * 3 <= len(labels) and _is_translated(one)
        listed = (
            (among_terms and not one.form.startswith("item over")) or one.kind is Kind.TABLE or among_words
        )
        generic = (
            _STAGE.fullmatch(one.term)
            or _COUNT.fullmatch(one.term)
            or (is_label(one.term) and not (one.kind is Kind.TERM and defines(one.answer)))
            or (
                _SORT.fullmatch(one.term)
                and is_label(
                    one.node.parent.title if one.node.kind == ITEM and one.node.parent else one.node.title
                )
            )
            or labels_definition(one.term)
            or says_too_little(one.term)
            or titles.over(one)
            or (_part_of(one) in defined and _is_short(one.term))
            or (
                one.form.startswith("heading") and id(one.node.parent) in of_the_title and _is_short(one.term)
            )
        )
        own = one.form == "table row" or key(one.term) in recurring or is_label(one.term)
        of_several = (
            own
            and _is_short(one.term)
            and (_whole(one) in wholes or (one.node.kind == ITEM and key(one.term) in recurring))
        )
        one.marks |= {"of_several": 1.0} if of_several and one.form == "table row" else {}
        short = (
            one.kind in (Kind.LIST, Kind.SEQUENCE)
            and (is_list_title(one.term) or _QUALIFIED.fullmatch(one.term))
            and len(one.term) <= (6 if CJK_LETTER.search(one.term) else 20)
            and not one.form.startswith("heading")
            and not _OF.search(one.term)
        )
        if one.node.kind == ITEM and one.node.under and len(unders[key(one.term)]) > 1:
            one.term = one.prompt = about(one.node.under, one.term, one.answer, listed=_is_listed(one))
        elif (
            only
            or _aspect(one, listed_names)
            or numbered
            or of_several
            or (one.node.kind == ITEM and len(one.term) <= _RESPECT and _points_of(one.node))
            or (not listed and (generic or short))
            or (
                len(places[key(one.term)]) >= 3
                and len(one.term) <= (6 if CJK_LETTER.search(one.term) else 20)
            )
        ):
            above = (
                take_scope(one)
                or (generic and (titles.above(one) or _line_above(one)))
                or (len(one.term) <= _RESPECT and _points_of(one.node))
                or subject_above(one, top if not (only or generic) else None)
            )
            if above:
                name = one.term[only.end() :] if only else one.term
                alone = labels_definition(name) and one.kind is Kind.TERM
                one.term = one.prompt = (
                    above if alone else about(above, name, one.answer, listed=_is_listed(one))
                )
    _without_letters(found)
    told_apart(found)
    _of_what_stands_above(found)
    of_something(found)
    return list(found)


def _is_defined(one: Candidate) -> bool:
    """Whether an answer begins with its front, in a sentence that says what it is: **Range** is the …."""
    return one.form.endswith("copula") and bool(subject_of(one.term, one.answer))


def _labelled_alike(found: Sequence[Candidate]) -> tuple[set[int], set[str]]:
    """What has a third of its parts named as something beside it has, items under items or rows of tables; and these
    names."""
    places: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for one in found:
        above = one.node.parent if one.node.kind == ITEM else None
        if one.form == "table row":
            places[0, key(one.term)].add(id(one.node))
        elif above is not None and above.kind == ITEM and above.parent is not None:
            places[id(above.parent), key(one.term)].add(id(above))
    parts = Counter(above for under in places.values() for above in under)
    alike = Counter(above for under in places.values() if len(under) > 1 for above in under)
    wholes = {above for above, count in alike.items() if 3 * count >= parts[above]}
    return wholes, {name for (_above, name), under in places.items() if len(under) > 1}


def _is_listed(one: Candidate) -> bool:
    return one.kind in (Kind.LIST, Kind.SEQUENCE)


def _whole(one: Candidate) -> int:
    """What a row of a table, or an item, is a part of."""
    return id(one.node if one.form == "table row" else one.node.parent)


def _points_of(item: Node) -> str:
    """What the line or title above an item names the points or measures of, if it does: 按压要点 over 部位 and 频率."""
    above = item.under or (item.parent.title if item.parent else "")
    return above if _POINTS.search(simplified(above)) else ""


def _part_of(one: Candidate) -> int:
    """What an item or a line tells a part of; 0 for anything else."""
    if one.node.kind == ITEM:
        return id(one.node.parent)
    return id(one.node) if one.form.startswith("line") else 0


def _without_letters(found: Sequence[Candidate]) -> None:
    """Takes A., B. before fronts that count on in one place off them."""
    lettered: defaultdict[int, list[tuple[Candidate, str]]] = defaultdict(list)
    for one in found:
        if letter := _LETTER.match(one.term):
            lettered[id(one.node)].append((one, letter[1]))
    for members in lettered.values():
        if {"A", "B"} <= {letter for _one, letter in members}:
            for one, _letter in members:
                one.term, one.prompt = _LETTER.sub("", one.term), _LETTER.sub("", one.prompt)


def _of_what_stands_above(found: Sequence[Candidate]) -> None:
    """Shows with a short question that asks of "it" the term of the entry right above, or else of the title."""
    ends = {
        one.end: one.term for one in found if one.form.startswith(("line", "item")) and not asks(one.term)
    }
    for one in found:
        short = (
            len(one.term) <= _ASKED_CHINESE
            if CJK_LETTER.search(one.term)
            else len(one.term.split()) <= _ASKED_WORDS
        )
        if short and one.prompt == one.term and _IT.search(one.term) and marked(one.term):
            above = ends.get(one.line - 1) or subject_above(one, None)
            colon = "：" if CJK_LETTER.search(one.term) else ": "
            one.prompt = f"{above}{colon}{one.term}" if above else one.prompt


def _aspect(one: Candidate, known: dict[int, bool]) -> bool:
    """Whether an item is one of several short, plain ones over lists that stand under a name: 军事 under 西方的侵略.
    `known` keeps what was found of the items under a node."""
    node, above = one.node, one.node.parent
    if one.form != "item over list" or one.bold or above is None or above.kind != ITEM or node.ordered:
        return False
    if (
        not _is_short(one.term)
        or defines(one.points[0] if one.points else one.answer)
        or _is_sort_of(one.term, above.title)
        or is_list_title(above.title)
        or announces(above.title)
        or is_label(above.title)
        or _COUNTED.search(simplified(above.title))
    ):
        return False
    if id(above) not in known:
        beside = [child for child in above.children if child.kind == ITEM]
        alike = sum(bool(child.blocks) and _is_short(child.title) for child in beside)
        known[id(above)] = len(beside) >= 2 and 3 * alike >= 2 * len(beside)
    return known[id(above)]


def _is_sort_of(name: str, above: str) -> bool:
    """Whether a name of some words ends in that of what stands above it: snowball sampling under sampling."""
    words, over = fold(name).split(), fold(above).split()
    return len(words) > 1 and bool(over) and words[-1] == over[-1]


def _is_translated(one: Candidate) -> bool:
    """Whether a front is a word of Latin letters, and what is said of it a few Chinese ones."""
    return one.term.isascii() and bool(CJK_LETTER.match(one.answer)) and len(one.answer) <= _GLOSS


def _is_short(name: str) -> bool:
    """Whether a name has few letters or words."""
    return len(name) <= 6 if CJK_LETTER.search(name) else len(name.split()) <= 2


def _top(root: Node) -> Node:
    """The title of the whole file: the file's own, or its one heading of level 1."""
    tops = [child for child in root.children if child.level == 1]
    return tops[0] if len(tops) == 1 else root


def _line_above(one: Candidate) -> str:
    """The line right above the list of an item that is in no other item: what its labels tell of."""
    name, above = one.node.under, one.node.parent
    nested = one.node.kind != ITEM or above is None or above.kind == ITEM
    if nested or is_label(name) or announces(name) or is_list_title(name) or _OF_NOTES.search(name):
        return ""
    return name if len(name) <= (12 if CJK_LETTER.search(name) else 30) else ""


def subject_above(one: Candidate, without: Node | None) -> str:
    """The nearest title above that names a thing and does not only label a part."""
    nodes = list(one.node.above())
    if one.form.startswith(("lead", "line", "sentence", "callout", "cloze", "paragraph", "short", "table")):
        nodes = [one.node, *nodes]
    for node in nodes:
        if node is without or (without is not None and node.kind == FILE):
            continue
        first = node.text.split("\n", 1)[0]
        opened = lead(first) if node.kind == ITEM and first else None
        name = bare(opened.front if opened and opened.rest else first) if first else ""
        name = asked_term(name) or name
        term = _DEFINED.sub("", split_term(name)[0]) if name else ""
        if (
            not term
            or is_label(term)
            or labels_definition(term)
            or is_glossary(fold(term))
            or len(term) > 40
            or _OF_NOTES.search(term)
        ):
            continue
        return term
    return ""
