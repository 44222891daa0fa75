"""What is no term by its form alone, whatever its score."""

import re
from collections.abc import Iterator

from studyllm.cards import Kind
from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.acronyms import acronyms
from studyllm.notes.candidates.announcing import announced
from studyllm.notes.candidates.asked import ASK
from studyllm.notes.candidates.sentences import of_another, states, subject
from studyllm.notes.choice.pairs import (
    equals,
    is_word_of_list,
    of_words,
    pairs,
)
from studyllm.notes.markdown.apart import is_word
from studyllm.notes.markdown.blocks import Item, Listing, Paragraph, Table
from studyllm.notes.outline import FILE, ITEM, Node, content
from studyllm.notes.words.dates import is_date
from studyllm.notes.words.inline import plain
from studyllm.notes.words.labels import (
    is_label,
    is_sequence,
    promises_links,
    says_too_little,
)
from studyllm.notes.words.lead import Gap, Mark, lead
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import title
from studyllm.text import key

_COUNTED = re.compile(r"[1-9]")
"""The number of a line: 1：…."""
_LETTER = re.compile("(?:.*: )?[A-Z]")
_SIDE = re.compile(r"(?:.*[:：])?\s*(?:[借贷貸]记?|(?P<latin>[DC][Rr]\.?))")
"""The sides of an entry in books, which is asked whole."""
_BOOKED = re.compile(
    r"\d{2,}[\d,.]*$|\b(?:accounts?|cash|bank|expenses?|revenue|payable|receivable)\b", re.IGNORECASE
)
_SUBTITLE = 4
"""Words that stand beside a title at most."""
_ASPECT = re.compile(r"(?:(?P<on>对[\u4e00-\u9fff]{2,6})|(?P<by>[\u4e00-\u9fff]{2}上))(?=[：:]|$)")
_LOOKED_AT = 50
"""Items of a list that are looked at."""
_ONLY_LINKS = re.compile(r"[:：][ \t]*(?:(?:\[\[[^\[\]]*\]\]|\[[^\[\]]*\]\([^()\s]*\))[ \t,，、]*)+$")
"""A label before nothing but links."""
_AND = re.compile(r"[与和及、/]|\s+(?:and|vs\.?|&)\s+")
_INITIAL = re.compile(r"[*_]*([A-Z])[^\W\d_]{2,}")
_ALL_BOLD = re.compile(r"\*\*([^*\n]{2,80})\*\*")
_CELLS = re.compile(r"\t|\S {2,}\S")
_TYPE = re.compile(r"`[A-Za-z_][\w.<>\[\], |]*`", re.ASCII)
_OPTION = re.compile(r"\(?[A-Ha-h][.)）]")
"""What counts the answers to choose from."""
_EXAMPLE_OF = re.compile(
    r".+(?:の|的|[:：])\s*(?:例文?|例句|例词|用例|例子|examples?|e\.?g\.?)", re.IGNORECASE
)
"""The example of a thing that has a card of its own."""
_SPEAKER = re.compile(
    r"(?:老师|学长|学姐|师兄|师姐|教授|导师|助教|书上|课本|课上)(?:说|讲|强调|提到|补充|问)"
    r"|(?:my |the |our )?(?:prof(?:essor)?|teacher|tutor|lecturer)\.? (?:said|says)",
    re.IGNORECASE,
)
_TASK = re.compile(r"\[[ xX]\]")
_EXAMPLES = re.compile(r"(?:举?例子?|例如|示例|实例|案例|examples?|e\.?g\.?|for example)\W*", re.IGNORECASE)


def is_no_term(one: Candidate) -> bool:
    """Whether a form by itself says that a front is no term: an example, tasks, what things are compared by, a count,
    one letter, the parameter of a function with its type, the title of a sentence about something else."""
    if one.node.kind == FILE and one.form in ("line plain dash", "lead list") and _heads_entries(one):
        return True
    if one.form == "heading question" and ASK.match(one.answer):
        return True  # it has no answer, and another question follows
    if _by_its_front(one):
        return True
    parent = one.node.parent
    if parent is not None and "question" not in one.form and _EXAMPLES.fullmatch(parent.title):
        return True
    if parent is not None and promises_links(parent.title) and _ONLY_LINKS.search(one.node.text):
        return True
    if one.form == "table row":
        seen = one.marks
        told_of = seen["meaning_head"] or seen["two_columns"] or (seen["empty_head"] and _named_in_title(one))
        compared = seen["aspect_head"] and not told_of
        counted = (
            one.term.isdecimal() and len(one.term) <= 2 and not seen["term_head"]
        ) or _OPTION.fullmatch(one.term)
        return bool(compared or counted)
    if one.node.kind == ITEM and (
        _aspect(one) or (one.form.startswith("item over") and is_word(_unbolded(one.node)))
    ):
        return True
    if len(one.points) > 1 and 3 * sum(map(bool, map(_TASK.match, one.points))) >= len(one.points):
        return True
    listed = one.kind in (Kind.LIST, Kind.SEQUENCE) and one.form.startswith("heading")
    if listed and (pairs(one.node) or of_words(one.node) or _over_steps(one.node)):
        return True
    if one.form.startswith(("heading over text", "heading first")) and (equals(one) or of_words(one.node)):
        return True
    if one.form == "heading over text":
        return of_another(one.term, one.answer) or _states_another(one)
    return _is_kept_apart(one)


def _by_its_front(one: Candidate) -> bool:
    """Whether a front names an example, who said something, a letter of an acronym or a side of an entry in books."""
    if (one.kind is Kind.TERM and _EXAMPLE_OF.fullmatch(one.term)) or _SPEAKER.fullmatch(one.term):
        return True
    return bool(_LETTER.fullmatch(one.term) and _of_acronym(one)) or _is_side(one)


def _is_kept_apart(one: Candidate) -> bool:
    """Whether it is the type of a name in code, bold of which nothing is said, a row of several cells, a line behind
    its number, or the first letter of a word that stands behind it."""
    typed = one.form.startswith("item code") and _TYPE.match(one.answer) is not None
    unnamed = one.form == "item bold in" and not one.marks["called"]  # of nine such one was wanted
    cells = one.form.endswith("gloss gap") and _CELLS.search(one.answer) is not None
    counted = one.form in ("line plain colon", "line plain dash") and _COUNTED.fullmatch(one.term) is not None
    initial = _INITIAL.match(one.answer)
    spelled = initial is not None and initial[1] == one.term.rpartition(": ")[2]
    return typed or unnamed or cells or counted or spelled or one.form == "callout question"


def _unbolded(node: Node) -> str:
    """The text of an item that is all in bold, without the marks; empty for any other."""
    whole = _ALL_BOLD.fullmatch(node.text.strip())
    return whole[1] if whole else ""


def _named_in_title(one: Candidate) -> bool:
    """Whether the rows of a table, and not its columns, are what its title names: 故意与过失 over 直接故意."""
    table = next((b for b in one.node.blocks if isinstance(b, Table) and b.line <= one.line <= b.end), None)
    names = [name for name in _AND.split(one.node.title) if len(name) > 1]
    if table is None or not names:
        return False
    rows = [plain(row.cells[0]) for row in table.rows[:_LOOKED_AT] if row.cells]
    named = [sum(any(name in cell for name in names) for cell in cells) for cells in (rows, table.header[1:])]
    return 2 * named[0] >= len(rows) and not named[1]


def _states_another(one: Candidate) -> bool:
    """Whether a text says outright what something else than its title means."""
    name = subject(one.answer)
    apart = key(name) not in key(one.term) and key(one.term) not in key(name)
    return bool(name) and apart and states(name, one.answer)


def _heads_entries(one: Candidate) -> bool:
    """Whether a text without headings begins with it, and goes on with entries written otherwise: it is their title."""
    blocks = [block for block in one.node.blocks[:_LOOKED_AT] if isinstance(block, (Paragraph, Listing))]
    if not blocks:
        return False
    first, *after = blocks
    if len(one.answer.split()) > _SUBTITLE or len(CJK_LETTER.findall(one.answer)) > 2 * _SUBTITLE:
        return False  # it says what something is
    if one.line != first.line or (one.form == "lead list" and after and after[0].line <= first.end + 1):
        return False
    lines = [block.text for block in after if isinstance(block, Paragraph)]
    lines += [item.text for block in after if isinstance(block, Listing) for item in _all_items(block)]
    opened = [found for line in lines if (found := lead(line)) and found.rest]
    return sum(found.gap in (Gap.COLON, Gap.COPULA) or found.mark is Mark.BOLD for found in opened) >= 2


def _all_items(listing: Listing) -> Iterator[Item]:
    """The items of a list and of the lists in it."""
    for item in listing.items[:_LOOKED_AT]:
        yield item
        for block in item.blocks:
            if isinstance(block, Listing):
                yield from _all_items(block)


def _is_side(one: Candidate) -> bool:
    """Whether a candidate is a side of an entry in books; Cr is an element and Dr a title as well."""
    side = _SIDE.fullmatch(one.term)
    return side is not None and (not side["latin"] or _BOOKED.search(one.answer) is not None)


def _of_acronym(one: Candidate) -> bool:
    """Whether a letter is one of an acronym that stands above its lines and is asked whole: IRAC over I, R, A and C."""
    node = one.node.parent if one.node.kind == ITEM else one.node
    if node is None or not one.form.startswith(("line plain", "item plain", "item bold", "line bold")):
        return False
    return any(one.line in acronym.lines for acronym in acronyms(node))


def _over_steps(node: Node) -> bool:
    """Whether a section opens with a line that names an order and its numbered steps, which are asked by that name."""
    opening, listed = (*content(node.blocks)[:2], None, None)[:2]
    if not (isinstance(opening, Paragraph) and isinstance(listed, Listing)):
        return False
    line = plain(opening.text).rpartition("\n")[2].rstrip()
    if not (listed.ordered and line.endswith((":", "：")) and is_sequence(line)):
        return False
    return not says_too_little(announced(title(line)))


def only_label(one: Candidate) -> bool:
    """Whether a front is a label and no name: a number is one in a list of dates, and in a table whose head says so."""
    named = is_date(one.term) or one.marks.get("term_head") or is_word_of_list(one)
    return is_label(one.term) and not named


def _aspect(one: Candidate) -> bool:
    """Whether a front says, as those beside it do, in which respect something holds: 对气候, 对交通; 政治上, 经济上."""
    found = _ASPECT.fullmatch(one.term)
    if not found or one.node.parent is None:
        return False
    beside = [_ASPECT.match(child.title) for child in one.node.parent.children[:_LOOKED_AT]]
    return sum(bool(other and other.lastgroup == found.lastgroup) for other in beside) >= 2
