"""Numbers about a candidate: its front, its answer, where it stands, and above all what the whole file does."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from studyllm.cards import Kind
from studyllm.notes.candidates.asking import asks
from studyllm.notes.candidates.bodies import PART, labels_definition
from studyllm.notes.candidates.candidate import Candidate, Page
from studyllm.notes.candidates.sentences import defines, is_strict, subject_of
from studyllm.notes.choice.near import NearCandidates
from studyllm.notes.choice.no_term import only_label
from studyllm.notes.outline import FILE, HEADING, ITEM, Node
from studyllm.notes.words.inline import VERBATIM
from studyllm.notes.words.labels import announces, is_glossary, is_label, is_list_title, says_too_little
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import may_be_term
from studyllm.text import CJK, fold, key

_CJK_RUN = re.compile(f"[{CJK}]+")
_STOP = re.compile(r"[。！!；;]|[.,，](?=\s|$)")
_NUMBER = re.compile(r"\W*[\d.,:/\-–~ ]+\W*")
_LONGEST_NUMBER = 80
_LINK = re.compile(r"https?://|www\.")
_FIRST = re.compile(r"\b(?:I|we|my|our|you|your)\b|我们?|你们?", re.IGNORECASE)
_PLAN = re.compile(r"\b(?:should|must|todo|need to|please|fix|add|update)\b|待办|需要|请", re.IGNORECASE)
_VERB = re.compile(
    r"(?:add|fix|use|run|make|get|set|see|check|create|remove|update|install|click|open|call|try|do|don't|note|write|read|go)\b",
    re.IGNORECASE,
)

_TYPICAL = (
    "label",
    "size",
    "may_be",
    "capital",
    "bold",
    "aliased",
    "asks",
    "a_words",
    "a_short",
    "a_again",
    "a_defines",
    "a_subject",
    "a_points",
    "a_sentences",
    "a_lower",
)
"""Features of which the mean over the same form is one as well."""

ROWS = ("table", "line", "sentence", "cloze")
"""Forms of which one node may have very many: none of them holds another candidate."""

Row = dict[str, float]


def rows(page: Page, root: Node, found: Sequence[Candidate], length: int) -> list[Row]:
    """A row for each candidate; `length` is the number of lines of the file."""
    form = Counter(one.style for one in found)
    lines: Counter[str] = Counter()
    for one in found:
        lines[one.style] += min(20, one.end - one.line + 1)
    group = Counter((id(one.node.parent), one.style) for one in found)
    fronts = Counter(key(one.term) for one in {(id(o.node), o.term): o for o in found}.values())
    titles = Counter(key(node.title) for node in root.walk() if node.title)
    levels = Counter(node.level for node in root.walk() if node.kind == HEADING)
    by_level = Counter((one.node.level, one.style) for one in found if one.node.kind == HEADING)
    below: defaultdict[int, list[Candidate]] = defaultdict(list)
    own: defaultdict[int, list[Candidate]] = defaultdict(list)
    wide = NearCandidates()
    defined: set[int] = set()
    for i, one in enumerate(found):
        own[id(one.node)].append(one)
        if labels_definition(one.term):
            defined |= {id(one.node), id(one.node.parent)}
        if not one.form.startswith(ROWS):
            wide.add(i, one, id(one.node))
        if one.node.parent is not None:
            below[id(one.node.parent)].append(one)
    count = {at: _Below(some) for at, some in below.items()}
    none = _Below(())
    explicit = sum(one.explicit for one in found)
    glossary = is_glossary(fold(root.title)) or any(
        is_glossary(fold(child.title)) for child in root.children if child.level == 1
    )
    whole = {
        "glossary": float(glossary),
        "genre": page.genre,
        "genre_sure": float(page.genre >= 1.0),
        "explicit_file": min(1.0, explicit / 5),
    }
    places: dict[int, Row] = {}
    result = []
    seen: set[tuple[str, str]] = set()
    for one in found:
        node, parent, style, term = one.node, one.node.parent, one.style, key(one.term)
        place = places.get(id(parent))
        if place is None:
            place = places[id(parent)] = _place(parent) | whole
        row = {**_front(one), **_answer(one), **{f"m_{name}": n for name, n in one.marks.items()}, **place}
        covering = [
            found[j]
            for up in ([node, *node.above()] if node.kind != ITEM else node.above())
            if up.kind != FILE or up is node
            for j in wide.at(one.line, id(up))
            if found[j].line < one.line and found[j].end >= one.end
        ]
        near = covering[0] if covering else None
        under = count.get(id(node), none)
        siblings = max(1, node.siblings if node.kind == ITEM else len(parent.children) if parent else 1)
        heading = node.kind == HEADING
        alike = group[id(parent), style]
        row |= {
            "often": math.log1p(form[style]) / 5,
            "covers": min(1.0, lines[style] / max(1, length)),
            "alike": min(1.0, alike / siblings),
            "alike_count": math.log1p(alike) / 4,
            "level_alike": by_level[node.level, style] / max(1, levels[node.level]) if heading else 0.0,
            "level_count": math.log1p(levels[node.level]) / 5 if heading else 0.0,
            "repeated": min(1.0, (max(fronts[term], titles[term]) - 1) / 3),
            "first": float((style, term) not in seen),
            "level": node.level / 6 if node.level < 7 else 1.0,
            "children": min(1.0, under.all / 6),
            "children_led": min(1.0, under.led / 6),
            "children_bold": min(1.0, under.bold / 6),
            "children_explicit": min(1.0, under.explicit / 2),
            "covered": float(near is not None),
            "covered_led": float(
                near is not None and " over" not in near.form and near.form.startswith(("item", "line"))
            ),
            "covered_over": float(near is not None and near.form.startswith("item over")),
            "covered_list": float(near is not None and near.kind is not Kind.TERM),
            "covered_explicit": float(any(other.explicit for other in covering)),
            "covered_question": float(any("question" in other.form for other in covering)),
            "beside_definition": float(id(node) in defined or id(parent) in defined),
            "part": float(bool(PART.fullmatch(one.term))),
            "rivals": min(1.0, (len(own[id(node)]) - 1) / 3),
            "beside_led": min(1.0, count.get(id(parent), none).led / siblings) if node.kind == ITEM else 0.0,
            "siblings": min(1.0, siblings / 8),
            "only_child": float(node.kind == ITEM and node.siblings == 1),
            "ordered": float(node.ordered),
            "bold": float(one.bold),
        }
        seen.add((style, term))
        result.append(row)
    _means(found, result)
    return result


def _place(parent: Node | None) -> Row:
    """What stands above the nodes under a parent."""
    above = [up for up in (parent, *parent.above()) if up.kind != FILE] if parent else []
    return {
        "depth": min(1.0, sum(up.kind == ITEM for up in above) / 3),
        "under_label": float(bool(above) and is_label(above[0].title)),
        "under_glossary": float(any(is_glossary(fold(up.title)) for up in above[:3])),
        "under_announced": float(bool(above) and above[0].kind != ITEM and announces(above[0].title)),
    }


class _Below:
    """How many candidates stand below a node, and of which kinds."""

    def __init__(self, found: Sequence[Candidate]) -> None:
        self.all = len(found)
        self.led = sum(one.form.startswith("item") and " over" not in one.form for one in found)
        self.bold = sum(one.bold for one in found)
        self.explicit = sum(one.explicit for one in found)


def _means(found: Sequence[Candidate], result: list[Row]) -> None:
    """How the members of a form are, beside a candidate and in the whole file."""
    beside: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    form: defaultdict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(found):
        beside[id(one.node.parent), one.style].append(i)
        form[one.style].append(i)
    for name, groups in (("g", beside.values()), ("f", form.values())):
        for members in groups:
            some = [result[i] for i in members]
            means = {f"{name}_{n}": sum([row[n] for row in some]) / len(some) for n in _TYPICAL}
            for row in some:
                row.update(means)


def _front(one: Candidate) -> Row:
    term = one.term
    cjk = bool(CJK_LETTER.search(term))
    size = len(term) / 12 if cjk else len(term.split()) / 5
    return {
        "size": min(2.0, size),
        "size_square": min(2.0, size) ** 2,
        "tiny": float(len(term) <= 1),
        "label": float(only_label(one)),
        "too_little": float(says_too_little(term)),
        "list_title": float(is_list_title(term)),
        "announces": float(announces(term)),
        "may_be": float(may_be_term(term, bold=False)),
        "may_be_bold": float(may_be_term(term, bold=True)),
        "asks": float(asks(term)),
        "stops": float(bool(_STOP.search(term))),
        "number": float(_is_number(term)),
        "code": float(bool(VERBATIM.search(term))),
        "aliased": float(bool(one.aliases)),
        "verb": float(bool(_VERB.match(term))),
        "capital": float(term[:1].isupper()),
        "upper": float(term.isupper() and len(term) > 1),
        "cjk": float(cjk),
        "link": float(bool(_LINK.search(term))),
    }


def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and bool(_NUMBER.fullmatch(text))


def _answer(one: Candidate) -> Row:
    answer = one.answer
    opening = answer[:200]
    cjk = sum(map(len, _CJK_RUN.findall(opening)))
    words = (cjk / 2 + len(opening.split())) if len(opening) < 200 else 40
    return {
        "a_length": min(1.5, math.log1p(len(answer)) / 5),
        "a_short": float(words <= 2),
        "a_words": min(1.0, words / 15),
        "a_long": float(len(answer) > 900),
        "a_points": min(1.0, len(one.points) / 6),
        "a_one_point": float(len(one.points) == 1),
        "a_defines": float(defines(opening, one.term)),
        "a_subject": float(bool(subject_of(one.term, opening))) if len(one.term) < 60 else 0.0,
        "a_strict": float(is_strict(one.term, opening)),
        "a_again": float(len(one.term) > 1 and key(one.term) in key(opening)),
        "a_colon": float(answer.rstrip().endswith((":", "："))),
        "a_question": float(answer.rstrip().endswith(("?", "？"))),
        "a_number": float(_is_number(answer)),
        "a_code": min(1.0, answer.count("```") / 2),
        "a_starts_code": float(answer.startswith("```")),
        "a_table": float("\n|" in answer or answer.startswith("|")),
        "a_link": float(bool(_LINK.search(opening))),
        "a_person": min(1.0, len(_FIRST.findall(opening)) / 2),
        "a_plan": float(bool(_PLAN.search(opening))),
        "a_lower": float(opening[:1].islower()),
        "a_sentences": min(1.0, sum(map(answer.count, "。.!?！？")) / 6),
        "a_lines": min(1.0, answer.count("\n") / 10),
        "a_maths": float("$" in opening or "\\" in opening),
        "is_list": float(one.kind in (Kind.LIST, Kind.SEQUENCE)),
    }
