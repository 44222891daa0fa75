"""Keys that come while no answer can be typed: kept for the next one, or known as more of the last."""

import re

from studyllm.schedule import Grade

_ITEM = re.compile(r"\s*(\d)[.、．)）:：](?!\d)")
"""The number of an item of a list."""
_AFTER_A_NUMBER = frozenset(".、．)）:：")


class TypedAhead:
    """What was typed too early, and a digit that may be a grade or the next item of the answer."""

    def __init__(self) -> None:
        self._kept = ""
        self._digit: Grade | None = None

    def keep(self, character: str) -> None:
        """A letter of the next answer."""
        self._kept += character

    def taken(self) -> str:
        """What was kept; nothing is any more."""
        kept, self._kept = self._kept, ""
        self._digit = None
        return kept

    def may_go_on(self, answer: str, grade: Grade) -> bool:
        """Whether a digit that was pressed for the first time may number the next item of an answer."""
        last = _ITEM.match(answer.rpartition("\n")[2])
        asked = last is not None and int(last.group(1)) + 1 == grade and self._digit is not grade
        self._digit = grade if asked else None
        return asked

    def goes_on(self, character: str) -> str:
        """The beginning of the next item, where this character makes one of the digit before; else nothing."""
        if self._digit is None or character not in _AFTER_A_NUMBER:
            return ""
        digit, self._digit = self._digit, None
        return f"\n{int(digit)}{character}"
