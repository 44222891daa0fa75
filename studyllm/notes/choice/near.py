"""Which candidates stand in the same lines, found without comparing all with all."""

from collections import defaultdict
from collections.abc import Hashable, Iterator

from studyllm.notes.candidates import Candidate

_STRETCH = 8
"""Lines that are kept together."""


class NearCandidates:
    """Candidates by their place in the list, in groups, each under the stretches of lines that it reaches over."""

    def __init__(self) -> None:
        self._at: defaultdict[tuple[Hashable, int], list[int]] = defaultdict(list)

    def add(self, number: int, one: Candidate, group: Hashable = None) -> None:
        for stretch in range(one.line // _STRETCH, one.end // _STRETCH + 1):
            self._at[group, stretch].append(number)

    def around(self, one: Candidate, group: Hashable = None) -> Iterator[int]:
        """All of a group that may share a line with a candidate, perhaps several times."""
        return self.between(one.line, one.end, group)

    def between(self, line: int, end: int, group: Hashable = None) -> Iterator[int]:
        """All of a group that may reach into some lines, likewise."""
        for stretch in range(line // _STRETCH, end // _STRETCH + 1):
            yield from self._at.get((group, stretch), ())

    def at(self, line: int, group: Hashable = None) -> list[int]:
        """All of a group that may reach over a line."""
        return self._at.get((group, line // _STRETCH), [])
