"""Which candidates become cards, which are offered, which are left: one choice over a note."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from studyllm.cards import Kind
from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.asking import marked, may_ask
from studyllm.notes.candidates.explicit import PAIR
from studyllm.notes.choice.customs import customary_from
from studyllm.notes.choice.gathering import Gathering
from studyllm.notes.choice.known import NOTHING, Known, standing
from studyllm.notes.choice.lines import Lines, as_read
from studyllm.notes.choice.near import NearCandidates
from studyllm.notes.choice.no_term import is_no_term, only_label
from studyllm.notes.choice.rivals import asks_for_all, gathers, rivals, says_again
from studyllm.notes.choice.score import weights
from studyllm.notes.outline import HEADING, ITEM
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.terms import may_be_term
from studyllm.text import key

SURE = 0.98
"""What an explicit form is worth: its author asked for the card."""
_CHOSEN = 1.0
_TERM = 0.9
"""What a step of a sequence is worth that is a term by itself as well."""
_NEAR = 0.6
"""How much of what makes a card is enough for one whose fellows are cards."""
_KNOWN = 0.97
"""What such a card is worth: less than what an author marks, more than another reading of the same lines."""
_KNOWN_FROM = 0.04
"""What is a card already stays one from this share on, or when it is set off: no schedule is lost because a note was
rearranged."""
_MOST = 0.6
"""How much of an answer is to be in that of a card that was left out, to be left out with it."""
_LEANS = re.compile(
    r"(?:this|these|that|it|they|though|but|and|also|其|它|这|该|此|但)(?![a-z])", re.IGNORECASE
)
"""How a line begins that tells of what stands before it."""
_WHOLE = ("heading over text", "heading of parts", "heading first")
"""Forms of a title over all that stands below it."""


@dataclass(frozen=True, slots=True)
class Bands:
    """The probabilities from which on a candidate becomes a card, and is offered."""

    made: float
    offered: float


def bands(*, words: bool = False) -> Bands:
    """The bands that were fitted with the weights; with `words`, those where borderline candidates were read."""
    fitted = weights()["bands"]
    return Bands(float(fitted["made"]), float(fitted["offered_words" if words else "offered"]))


def choose(
    found: Sequence[Candidate],
    shares: Sequence[float],
    bands: Bands,
    chosen: Sequence[bool | None] = (),
    known: Known = NOTHING,
    lines: Lines | None = None,
) -> tuple[list[int], list[int]]:
    """The candidates that are made and those that are offered, by number, in the order of the file.

    Of candidates that say the same of the same lines only the likeliest stands. What the learner `chosen` comes before
    any share: what is left out by choice is offered still, so that it can be taken back in. Cards that are `known`
    stay in doubt. `lines` are what a language model made of the note, where one read it.
    """
    worth = [_worth(one, share, bands) for one, share in zip(found, shares, strict=True)]
    _with_fellows(found, worth, bands)
    _by_all_names(found, worth, bands)
    _over_cards(found, worth, bands)
    _announced(found, worth, bands)
    _among_questions(found, worth, bands)
    _within_answers(found, worth, bands)
    stands = standing(found, worth, known)
    for i in stands:
        if found[i].bold or worth[i] >= _KNOWN_FROM:
            worth[i] = max(worth[i], _KNOWN + worth[i] / 1000)
    beside = _less_likely(found, shares, chosen)
    for i, make in enumerate(chosen):
        if make is not None and i not in beside:
            worth[i] = _CHOSEN if make else bands.offered
    # What the learner left out still shows that the items under a title are terms, and is not asked in other words.
    dropped = [i for i, make in enumerate(chosen) if make is False]
    for i, one in enumerate(found):
        said = (
            found[j] for j in dropped if says_again(one, found[j], _MOST) and not _named_in(one, found[j])
        )
        if worth[i] < _CHOSEN and i not in stands and any(said):
            worth[i] = min(worth[i], bands.made * 0.99)
    taken = _stand(found, worth, bands, stands, dropped)
    made = _cards(found, taken, worth, bands, stands, dropped)
    gathered = {i for i in taken if worth[i] >= bands.made}.difference(made)
    if gathered:
        # Without a title that only gathers what is below it another reading of its lines may stand.
        again = [bands.made * 0.99 if i in gathered else share for i, share in enumerate(worth)]
        taken = _stand(found, again, bands, stands, dropped)
        made = _cards(found, taken, again, bands, stands, dropped)
    cards = Gathering(found[i] for i in made)
    offered = sorted(set(taken).difference(made))
    offered = [i for i in offered if i in dropped or not cards.asks_each_item(found[i])]
    if lines is None:
        return made, offered
    held = {*stands, *(i for i, make in enumerate(chosen) if make is not None)}
    ordered = {id(found[i].node) for i in made if found[i].kind is Kind.SEQUENCE}
    held.update(i for i in offered if found[i].aside or is_no_term(found[i]) or _step(found[i], ordered))
    return as_read(found, shares, made, offered, lines, held)


def _less_likely(
    found: Sequence[Candidate], shares: Sequence[float], chosen: Sequence[bool | None]
) -> set[int]:
    """Those that were chosen by a front under which another reading of their lines is likelier."""
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for i, make in enumerate(chosen):
        if make:
            alike[key(found[i].term)].append(i)
    return {
        i
        for group in alike.values()
        for i in group
        if any(shares[j] > shares[i] and rivals(found[i], found[j]) for j in group)
    }


def _named_in(one: Candidate, other: Candidate) -> bool:
    """Whether a candidate is an entry within the answer of another one, and no other reading of it."""
    return one.line > other.line and bool(key(one.term)) and key(other.answer).startswith(key(one.term))


def _stand(
    found: Sequence[Candidate],
    worth: Sequence[float],
    bands: Bands,
    stands: Collection[int],
    dropped: Sequence[int],
) -> list[int]:
    """The candidates that are worth an offer, without the rivals of likelier ones; those that the learner left out all
    stand, and are no one's rivals."""
    order = sorted((i for i in range(len(found)) if worth[i] >= bands.offered), key=lambda i: (-worth[i], i))
    taken = list(dropped)
    near = NearCandidates()
    for i in order:
        one = found[i]
        if i in dropped:
            continue
        # Two that are cards already both stay, whatever they share by now.
        if any(rivals(one, found[j]) and not (i in stands and j in stands) for j in near.around(one)):
            continue
        taken.append(i)
        near.add(i, one)
    return taken


def _cards(
    found: Sequence[Candidate],
    taken: Sequence[int],
    worth: Sequence[float],
    bands: Bands,
    stands: Collection[int],
    dropped: Sequence[int],
) -> list[int]:
    """Those of the candidates that stand that become cards, in the order of the file."""
    made = sorted(i for i in taken if worth[i] >= bands.made)
    ordered = {id(found[i].node) for i in made if found[i].kind is Kind.SEQUENCE}
    cards = Gathering(found[i] for i in (*made, *dropped))
    return [
        i
        for i in made
        if worth[i] == _CHOSEN
        or i in stands
        or not (cards.only_gathers(found[i], worth[i]) or (worth[i] < _TERM and _step(found[i], ordered)))
    ]


def _worth(one: Candidate, share: float, bands: Bands) -> float:
    """What a candidate is worth before anybody chose: what its form vouches for, or its share."""
    worth = max(share, SURE) if one.explicit else share
    if one.form == PAIR and not one.explicit:
        return bands.offered  # it is as likely a field of another program
    if not one.explicit and (one.aside or is_no_term(one)):
        return min(worth, bands.made * 0.99)
    if one.of_labelled_parts and not is_label(one.term):
        return max(worth, SURE)
    if customary_from(one) <= worth < bands.made and not only_label(one):
        return bands.made
    return worth


def _with_fellows(found: Sequence[Candidate], worth: list[float], bands: Bands) -> None:
    """Lift those that come near to being made, where a third of what stands in one list or section and is written alike
    is made: a list is not asked in part."""
    fellows: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for i, one in enumerate(found):
        fellows[id(one.node.parent if one.node.kind == ITEM else one.node), one.form].append(i)
    for members in fellows.values():
        some = sum(worth[i] >= bands.made for i in members)
        if len(members) >= 3 and 3 * some >= len(members):
            for i in members:
                near = bands.made > worth[i] >= bands.made * _NEAR
                barred = found[i].aside or is_no_term(found[i]) or not may_be_term(found[i].term, bold=True)
                if near and not barred:
                    worth[i] = bands.made


def _by_all_names(found: Sequence[Candidate], worth: list[float], bands: Bands) -> None:
    """Lift a title with two names to the sentence below it that defines it by one of them."""
    said = {(id(one.node), key(one.term)): i for i, one in enumerate(found) if one.form == "sentence is"}
    for i, one in enumerate(found):
        if one.marks.get("named") and one.node.kind == HEADING and worth[i] >= bands.made:
            names = [(id(one.node), key(name)) for name in one.aliases]
            worth[i] = max([worth[i], *(worth[said[name]] for name in names if name in said)])


def _over_cards(found: Sequence[Candidate], worth: list[float], bands: Bands) -> None:
    """Lower the title of a file over all of its text, where there are cards in that."""
    lines = sorted(other.line for j, other in enumerate(found) if worth[j] >= bands.made)
    for i, one in enumerate(found):
        whole = one.form.startswith(_WHOLE) and one.node.level == 1
        if not whole or worth[i] < bands.made or one.marks.get("named") or one.marks.get("labelled", 0) > 0.5:
            continue
        if bisect_right(lines, one.end) - bisect_right(lines, one.line) >= 2:
            worth[i] = bands.made * 0.99


def _among_questions(found: Sequence[Candidate], worth: list[float], bands: Bands) -> None:
    """Lift what asks without a mark where at least two beside it are questions with one."""
    beside: defaultdict[tuple[int, str], int] = defaultdict(int)
    for i, one in enumerate(found):
        if worth[i] >= bands.made and any(map(marked, (one.term, *one.aliases))):
            beside[id(one.node.parent), one.node.kind] += 1
    for i, one in enumerate(found):
        titled = one.form.startswith(
            ("heading over", "line over", "item over", "item question", "heading question")
        )
        if (
            titled
            and bands.made > worth[i] >= bands.offered
            and beside[id(one.node.parent), one.node.kind] >= 2
        ):
            worth[i] = bands.made if may_ask(one.term) else worth[i]


def _within_answers(found: Sequence[Candidate], worth: list[float], bands: Bands) -> None:
    """Put a question that is made before the short items of the list that answers it."""
    under: defaultdict[int, list[int]] = defaultdict(list)
    for i, one in enumerate(found):
        under[id(one.node.parent)].append(i)
    for i, one in enumerate(found):
        if worth[i] >= bands.made and one.form == "paragraph question":
            for part in under[id(one.node)]:
                inside = one.line < found[part].line and found[part].end <= one.end
                if inside and asks_for_all(one, found[part]):
                    worth[part] = min(worth[part], worth[i] * 0.999)


def _announced(found: Sequence[Candidate], worth: list[float], bands: Bands) -> None:
    """Ask several lists below a title by the lines that announce them, where the first of these opens what stands below
    the title, and not all of it by the title."""
    lists: defaultdict[int, list[int]] = defaultdict(list)
    for i, one in enumerate(found):
        if one.form == "lead list" and worth[i] >= bands.made * _NEAR and not _LEANS.match(one.term):
            lists[id(one.node)].append(i)
    for i, one in enumerate(found):
        parts = lists[id(one.node)] if gathers(one) and worth[i] >= bands.made else []
        if len(parts) > 1 and found[parts[0]].line - one.line <= 2:
            worth[i] = bands.made * 0.99
            for part in parts:
                worth[part] = max(worth[part], bands.made)


def _step(one: Candidate, ordered: Collection[int]) -> bool:
    """Whether a candidate is one step of a sequence that is asked as a whole."""
    alone = one.node.ordered and not one.node.children
    return alone and not (one.bold or one.explicit) and id(one.node.parent) in ordered
