"""Terms that are found in spite of a slip: a letter that is wrong, missing, too many, or in its neighbour's place."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator

_LETTERS = "a-z\u00df-\u024f"
_WORD = re.compile(f"[{_LETTERS}]{{3,}}")
_TYPED = re.compile(f"[{_LETTERS}]{{4,}}")
"""Shorter words are too many others but for a letter."""
_END = "\uffff"


class Spelling:
    """The words that are in terms and aliases, and where. Numbers and Chinese are not taken: there a letter says too
    much."""

    def __init__(self) -> None:
        self._where: dict[str, list[int]] = {}
        self._words: list[str] = []
        """All of them, in order; made when they are first looked at."""

    def add(self, number: int, head: str) -> None:
        """Takes the words of a folded term and its aliases."""
        for word in _WORD.findall(head):
            self._where.setdefault(word, []).append(number)

    def alike(self, typed: str) -> Collection[int]:
        """The numbers of entries with a word that is, or begins, as typed but for one slip; none for what is no word
        of four letters or more."""
        if not _TYPED.fullmatch(typed):
            return ()
        return {n for word in set(self._near(typed)) if _slipped(typed, word) for n in self._where[word]}

    def _near(self, typed: str) -> Iterator[str]:
        """The words that share a half with what is typed: one slip spares the other."""
        if not self._words:
            self._words = sorted(self._where)
        half = len(typed) // 2
        first, second = typed[:half], typed[half:]
        yield from self._begun(first[:-1])  # its last letter may have changed places with the next
        yield from (word for word in self._words if second in word)

    def _begun(self, first: str) -> Iterable[str]:
        return self._words[bisect_left(self._words, first) : bisect_left(self._words, first + _END)]


def _slipped(typed: str, word: str) -> bool:
    """Whether a word begins with what was typed, but for one slip."""
    same = next((at for at, (one, other) in enumerate(zip(typed, word, strict=False)) if one != other), None)
    at = min(len(typed), len(word)) if same is None else same
    rest = typed[at + 1 :]
    if not rest:  # a word that goes on otherwise begins otherwise
        return len(word) <= len(typed) + 1
    return (
        word.startswith(rest, at)
        or word.startswith(rest, at + 1)
        or word.startswith(typed[at:], at + 1)
        or (typed[at : at + 2] == word[at : at + 2][::-1] and word.startswith(typed[at + 2 :], at + 2))
    )
