"""Entries near in meaning to what is typed: one matrix product over the vectors there are."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from studyllm.glossary.index import Index
    from studyllm.store.entries import EntryRow
    from studyllm.store.vectors import Vectors

_PART = 1000
"""Texts looked up between two questions whether to go on: some ten milliseconds."""
MOST = 12
"""Entries that are shown for their meaning."""
_ABOVE = 0.035
"""How far above the usual cosine an entry must be. e5 puts any two texts at .75 to .85, depending on the language of
the query, so the usual one is that of the entry in the middle. On the shipped notes, queries that are about none of
them reach .03."""


def text_of(row: "EntryRow") -> str:
    """What is embedded of an entry."""
    return f"{row.term}: {row.answer}"


class EntryVectors:
    """The vectors of an index's entries, by number, as far as they are known. Any thread may fill it while another
    one asks."""

    def __init__(self, index: "Index") -> None:
        self.index = index
        """The one that its numbers are of; another one takes its place when only schedules changed."""
        self._texts = [text_of(row) for row in index.rows]
        self._matrix: NDArray[numpy.float32] | None = None
        """(entries, dimensions), zeros where nothing is known; None while nothing is."""
        self._among: tuple[Sequence[int], NDArray[numpy.bool_]] | None = None
        """Some of the entries as they were asked for last, as numbers and as a mask: most queries have the same."""
        self._missing = [number for number, row in enumerate(index.rows) if row.state != "gone"]
        """Numbers of the entries without a vector, when those that are kept were taken."""
        self._asked: Sequence[int] = []
        """Those of them that are being computed."""
        self._computed = 0
        """So many of these have one by now."""

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def missing(self) -> int:
        """How many entries have no vector yet."""
        return len(self._missing) - self._computed

    def recall(self, kept: "Vectors", go_on: Callable[[], bool] = lambda: True) -> bool:
        """Takes the vectors that are kept; False when it was told not to go on."""
        import numpy

        wanted, self._missing = self._missing, []
        for at in range(0, len(wanted), _PART):
            if not go_on():
                return False
            part = wanted[at : at + _PART]
            known = kept.get(self._texts[number] for number in part)
            found = [number for number in part if self._texts[number] in known]
            if found:
                raw = b"".join(known[self._texts[number]] for number in found)
                self._put(found, numpy.frombuffer(raw, "<f2").reshape(len(found), -1))
            self._missing += [number for number in part if self._texts[number] not in known]
        return True

    def unlearnt(self, count: int) -> Sequence[str]:
        """So many texts, or fewer, whose vectors are missing."""
        self._asked = self._missing[self._computed : self._computed + count]
        return [self._texts[number] for number in self._asked]

    def learn(self, vectors: Sequence[bytes]) -> None:
        """Takes the vectors of those texts that `unlearnt` gave last."""
        import numpy

        if vectors and len(vectors) == len(self._asked):
            self._put(self._asked, numpy.frombuffer(b"".join(vectors), "<f2").reshape(len(vectors), -1))
            self._computed += len(self._asked)
        self._asked = []

    def nearest(self, vector: bytes, among: Sequence[int], but: Sequence[int]) -> list[int]:
        """The entries nearest to a vector, of some but not others."""
        import numpy

        matrix = self._matrix
        if matrix is None:
            return []
        asked = numpy.frombuffer(vector, "<f2").astype(numpy.float32)
        scores = matrix @ asked if len(asked) == matrix.shape[1] else numpy.zeros(len(matrix))
        known = self._among
        if known is None or known[0] is not among:
            mask = numpy.zeros(len(matrix), bool)
            mask[list(among)] = True
            self._among = known = among, mask
        allowed = known[1].copy()
        allowed[but] = False
        candidates = numpy.flatnonzero(allowed & (scores != 0))
        if not len(candidates):
            return []
        usual = float(numpy.median(scores[scores != 0]))
        most = min(MOST, len(candidates))
        top = candidates[numpy.argpartition(-scores[candidates], most - 1)[:most]]
        ranked = sorted(top.tolist(), key=lambda n: -scores[n])
        best = float(scores[known[1]].max())  # one that has the words says how near is near
        edge = usual + max(_ABOVE, (best - usual) / 2)
        return [n for n in ranked if scores[n] >= edge]

    def _put(self, numbers: Sequence[int], values: "NDArray[numpy.floating]") -> None:
        import numpy

        if self._matrix is None:
            self._matrix = numpy.zeros((len(self._texts), values.shape[1]), numpy.float32)
        self._matrix[numbers] = values
