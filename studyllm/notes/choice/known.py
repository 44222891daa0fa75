"""Cards there are already: in doubt they stay cards, so that no schedule is lost because a note was rearranged."""

from collections import ChainMap, Counter, defaultdict
from collections.abc import Callable, Iterable, MutableMapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Self

from studyllm.notes.candidates import Candidate
from studyllm.text import key, opening


@dataclass(frozen=True, slots=True)
class Known:
    """The cards of a deck, by folded term and by how their definitions begin."""

    terms: MutableMapping[str, int] = field(default_factory=dict)
    """How many cards have a term."""
    openings: MutableMapping[str, Sequence[str]] = field(default_factory=dict)
    """The terms of the cards whose definitions begin so."""
    whole: Set[int] = frozenset()
    """Of each card a number that stands for its term and all of its definition."""

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str]]) -> Self:
        """From terms and answers."""
        texts = list(texts)
        pairs = [(key(term), opening(answer)) for term, answer in texts]
        openings: defaultdict[str, list[str]] = defaultdict(list)
        for term, begun in pairs:
            if begun:
                openings[begun].append(term)
        whole = frozenset(_whole(term, answer) for term, answer in texts)
        return cls(Counter(term for term, _ in pairs if term), dict(openings), whole)

    def and_of(self, texts: Sequence[tuple[str, str]]) -> Self:
        """With cards of one more note."""
        if not texts:
            return self
        own = self.of(texts)
        terms = {term: count + self.terms.get(term, 0) for term, count in own.terms.items()}
        openings: dict[str, Sequence[str]] = {
            begun: (*some, *self.openings.get(begun, ())) for begun, some in own.openings.items()
        }
        return replace(self, terms=ChainMap(terms, self.terms), openings=ChainMap(openings, self.openings))

    def without(self, fronts: Iterable[str]) -> Self:
        """Without the cards that have one of some terms."""
        gone = {key(front) for front in fronts}
        if not gone:
            return self
        terms = {term: count for term, count in self.terms.items() if term not in gone}
        kept = {begun: [term for term in some if term not in gone] for begun, some in self.openings.items()}
        return replace(self, terms=terms, openings={begun: some for begun, some in kept.items() if some})


def _whole(term: str, answer: str) -> int:
    """A number that stands for a term and its definition, as folded."""
    return hash((key(term), key(answer)))


NOTHING = Known()


def by_note(texts: Iterable[tuple[str, str, str]], is_there: Callable[[str], bool]) -> Callable[[str], Known]:
    """From term, answer and path of all cards, what counts as known in the note of a path: the cards of that note, and
    of notes that are not there, whose cards may stand here now. Of other notes only what agrees in every word: a label
    such as "use" is no card in one note because it is one in another."""
    own: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for term, answer, path in texts:
        own[path].append((term, answer))
    lost = [text for path, some in own.items() if not is_there(path) for text in some]
    everywhere = replace(
        Known.of(lost), whole=frozenset(_whole(*text) for some in own.values() for text in some)
    )
    return lambda path: everywhere.and_of(own.get(path, ()) if is_there(path) else ())


def standing(found: Sequence[Candidate], worth: Sequence[float], known: Known) -> frozenset[int]:
    """The candidates, by number, that are cards already: by their term, as many as there are cards of it, first those
    of the same definition, then the worthiest; or by how the definition begins, where the card of that definition has
    another term now, the worthiest as well."""
    if not (known.terms or known.whole):
        return frozenset()
    by_term: defaultdict[str, list[int]] = defaultdict(list)
    same = [_whole(one.term, one.answer) in known.whole for one in found]
    for i in sorted(range(len(found)), key=lambda i: (not same[i], -worth[i], i)):
        by_term[key(found[i].term)].append(i)
    stay = {i for term, some in by_term.items() for i in some[: max(known.terms.get(term, 0), same[some[0]])]}
    by_opening: defaultdict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(found):
        by_opening[opening(one.answer)].append(i)
    for begun, some in by_opening.items():
        terms = known.openings.get(begun, ())
        if not any(was in by_term for was in terms):
            stay.update(sorted(some, key=lambda i: -worth[i])[: len(terms)])
    return frozenset(stay)
