"""Keys that come while no answer can be typed: kept for the next one, or known as more of the last."""

import re

_ITEM = re.compile(r"\s*(\d)[.、．)）:：](?!\d)")
"""The number of an item of a list."""
_UNREAD = 0.7
"""Seconds after a verdict in which nobody has read it, and in which a key that is held down begins to repeat."""
_AFTER_A_NUMBER = frozenset(".、．)）:：")


class TypedAhead:
    """What was typed too early, and a digit that may be a grade or the next item of the answer."""

    def __init__(self) -> None:
        self._kept = ""
        self._digit: int | None = None
        self._read_at = 0.0
        """When the verdict can have been read."""

    def keep(self, character: str) -> None:
        """A letter of the next answer."""
        self._kept += character

    def taken(self) -> str:
        """What was kept; nothing is any more."""
        kept, self._kept = self._kept, ""
        self._digit = None
        return kept

    def may_go_on(self, answer: str, digit: int) -> bool:
        """Whether a digit that was pressed for the first time may number the next item of an answer."""
        last = _ITEM.match(answer.rpartition("\n")[2])
        asked = last is not None and int(last.group(1)) + 1 == digit != self._digit
        self._digit = int(digit) if asked else None
        return asked

    def goes_on(self, character: str) -> str:
        """The beginning of the next item, where this character makes one of the digit before; else nothing."""
        if self._digit is None or character not in _AFTER_A_NUMBER:
            return ""
        digit, self._digit = self._digit, None
        return f"\n{digit}{character}"

    def verdict_shown(self, at: float) -> None:
        """After a key that said how sure the answer is: the keys that follow it at once belong to it."""
        self._read_at = at + _UNREAD

    def is_unread(self, at: float) -> bool:
        """Whether a key comes before the verdict can have been read; the next one has to wait as long again, because a
        key that is held down repeats."""
        if at >= self._read_at:
            return False
        self._read_at = at + _UNREAD
        return True
