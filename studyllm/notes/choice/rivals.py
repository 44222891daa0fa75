"""Which candidates are rivals: they ask for the same, so that only one of them can be a card."""

from collections.abc import Iterable, Sequence

from studyllm.cards import Kind
from studyllm.choices import BY_HAND
from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.asking import marked
from studyllm.notes.candidates.explicit import PAIR
from studyllm.notes.outline import ITEM
from studyllm.text import key

_SAID = 24
"""Letters of what an item says at most that is no more than a part of an answer."""
_ASKED = ("question and answer", "separated", "callout question", "details", "started", "tagged")
"""Forms of questions whose answer is all that an author put below them."""
_APART = (
    "item tail",
    "item label",
    "item line",
    "item entry",
    "sentence",
    "line is",
    "line of",
    "lead",
    "table",
    "cloze",
    "double",
    "question and",
    "separated",
    "definition",
    "callout",
    "details",
    "short",
    "paragraph",
    "line bold",
    "line plain",
    "line code",
    "line gloss",
    "quote",
    "one-column",
)
"""Forms of which one node may give several cards, beside one of any other form."""
_NAMED = frozenset(("item called", "item inner", "item named"))
"""Forms of sentences of an item, which stand beside one another, and not beside what the item opens with."""


def rivals(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates ask for the same, so that only one of them can stand."""
    if one.line > other.end or other.line > one.end:
        return False
    if BY_HAND in (one.form, other.form):  # it takes none away but the one that it puts another way
        again = (one.line, one.end, key(one.answer)) == (other.line, other.end, key(other.answer))
        explained = key(one.term) in key(one.answer) and key(other.term) in key(one.answer)
        return key(one.term) == key(other.term) or (again and one.form != other.form and not explained)
    if _marked_in(one, other) or _marked_in(other, one):
        return True
    for whole, part in ((one, other), (other, one)):
        announced = part.form == "lead list" and part.node is whole.node and part.end == whole.end
        if announced and gathers(whole) and not part.marks.get("told_before") and part.line - whole.line <= 2:
            return True  # a heading over nothing but a list and the line that announces it
    if one.node is other.node and not _beside(one, other):
        return True
    if key(one.term) == key(other.term) or _of_one_date(one, other) or _of_one_date(other, one):
        return True
    if (
        one.form == other.form
        or one.form.startswith(("table", "cloze"))
        or other.form.startswith(("table", "cloze"))
    ):
        return False
    shorter, longer = sorted((len(one.answer), len(other.answer)))
    return shorter * 4 >= longer and says_again(one, other)


def _beside(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates of one node may both stand: where one is of a form of which a node gives several, or both
    are named in the sentences of an item."""
    return any(two.form.startswith(_APART) for two in (one, other)) or {one.form, other.form} <= _NAMED


def _of_one_date(one: Candidate, other: Candidate) -> bool:
    """Whether one candidate asks for the date of a line, and the other for that and what it is the date of."""
    return one.form == "line gloss year" and one.line == other.line and other.term.startswith(f"{one.term} ")


def says_again(one: Candidate, other: Candidate, share: float = 0.8) -> bool:
    """Whether the answer of one of two candidates from the same lines is so much of the other's."""
    if one is other or one.line > other.end or other.line > one.end:
        return False
    first, second = sorted((key(one.answer), key(other.answer)), key=len)
    return first in second and len(first) >= len(second) * share


def left_out_once(
    offered: Iterable[int], found: Sequence[Candidate], chosen: Sequence[bool | None]
) -> list[int]:
    """The offers; of several readings of the same lines under one name that the learner left out only the fullest."""
    left = sorted((i for i in offered if chosen[i] is False), key=lambda i: -len(found[i].answer))
    once: list[int] = []
    for i in left:
        if not any(_is_another_reading(found[i], found[j]) for j in once):
            once.append(i)
    return [i for i in offered if chosen[i] is not False or i in once]


def _is_another_reading(one: Candidate, other: Candidate) -> bool:
    return key(one.term) == key(other.term) and one.line <= other.end and other.line <= one.end


def gathers(one: Candidate) -> bool:
    """Whether it is a title over text that a list follows."""
    return one.form.endswith("over text and list") or one.form == "heading first"


def asks_for_all(whole: Candidate, part: Candidate) -> bool:
    """Whether the first is a question with a mark, and the other a short item of the list that answers it."""
    if whole.kind is not Kind.LIST or part.node.parent is not whole.node or part.bold:
        return False
    short = len(part.answer) <= (_SAID if part.answer.isascii() else _SAID // 2)
    return short and not part.form.endswith("question") and any(map(marked, (whole.term, *whole.aliases)))


def _marked_in(whole: Candidate, part: Candidate) -> bool:
    """Whether one candidate stands in another, and is marked or labelled so that the whole is not asked as well."""
    inside = whole.line < part.line and part.end <= whole.end
    if part.explicit and not whole.explicit and inside and whole.node.kind == ITEM:
        return True  # what an author marked as cards is not asked once more by its heading
    around = (
        whole.form.startswith("heading over text")
        and part.line - whole.line <= 2
        and part.end + 1 >= whole.end
    )
    if part.explicit and not whole.explicit and inside and around:
        return True  # nor by a title over nothing else
    if whole.explicit and whole.form in _ASKED and not (part.bold or part.explicit) and inside:
        return True  # nor is the answer of a question that an author marked
    if whole.explicit and whole.form in _ASKED and inside and key(part.term).endswith(key(whole.term)):
        return True  # nor what it asks, by the name that the answer begins with
    if asks_for_all(whole, part):
        return True  # nor what a short item says of what a question asks
    if part.form == PAIR and whole.kind in (Kind.LIST, Kind.SEQUENCE) and part.node.parent is whole.node:
        return True  # nor a list of which an item is
    if part.form == "question and answer" and not whole.explicit and whole.line == part.line:
        return True  # its label is no term
    parted = whole.form.endswith("of parts") or whole.of_labelled_parts
    return bool(
        parted and part.marks.get("part") and (part.node.parent is whole.node or part.node is whole.node)
    )
