"""What a key can be meant for, by when it was pressed: part of an answer that was submitted, the beginning of the next
one, or a command. Knows no screen; times are those of the key events, in seconds."""

import math
import re

GUARD = 0.2
"""Seconds after something was painted in which nobody can have seen it and pressed a key."""
BURST = 0.03
"""Seconds between two keys that nobody types: a terminal pasted them."""
HELD = 0.7
"""Seconds after which a key that is held down begins to repeat, at the latest."""
_SOON = 1.5
"""Seconds in which a digit still belongs to what was typed before it, and a mark to the digit before it."""
_ITEM = re.compile(r"\s*(\d)[.、．)）:：](?!\d)")
"""The number of an item of a list."""
_AFTER_A_NUMBER = frozenset(".、．)）:：")
_IN_A_TEXT = _AFTER_A_NUMBER | frozenset(" ,，/%-0123456789")
"""What stands after a digit in a text, and not at the beginning of an answer."""


class Gate:
    """Whether a key can be meant for what is on screen."""

    def __init__(self) -> None:
        self._opens = math.inf

    def painted(self, at: float) -> None:
        """It can be seen."""
        self._opens = at + GUARD

    def lets(self, at: float) -> bool:
        """Whether a key pressed then comes through; one that does not keeps those close after it out as well."""
        if at >= self._opens:
            return True
        if self._opens < math.inf:
            self._opens = max(self._opens, at + GUARD)
        return False


class Held:
    """A key that did something and may be held down: until it is let go it does nothing more."""

    def __init__(self) -> None:
        self._key, self._until = "", -math.inf

    def pressed(self, key: str, at: float) -> None:
        """It did something."""
        self._key, self._until = key, at + HELD

    def is_still(self, key: str, at: float) -> bool:
        """Whether a key that comes now is that one, not let go since."""
        if key != self._key or at >= self._until:
            self._key = ""
            return False
        self._until = at + HELD
        return True


def is_text(first: str, second: str) -> bool:
    """Whether two characters that came at once are a text, and not a command with the next answer behind it."""
    return second in _IN_A_TEXT if first.isdecimal() else bool(second)


class TypedAhead:
    """What was typed too early, and digits that may be a grade or the number of the answer's next item."""

    def __init__(self) -> None:
        self._kept = ""
        self._digits = ""
        self._asked: int | None = None
        self._at = -math.inf
        """When a digit was held, or something typed that is no command."""

    def keep(self, text: str) -> None:
        """A part of the next answer."""
        self._kept += text

    def rub_out(self) -> None:
        """The last letter of the next answer."""
        self._kept = self._kept[:-1]

    def taken(self) -> str:
        """What was kept; nothing is any more."""
        kept, self._kept = self._kept, ""
        self._digits, self._asked, self._at = "", None, -math.inf
        return kept

    def write_on(self, character: str, at: float) -> str:
        """A character typed after an answer was submitted and before its verdict could be read: what it adds to the
        answer. A digit adds nothing before it is known to be no grade, nor does a space."""
        if character.isdecimal():
            self._digits, self._at = self._digits + character, at
            return ""
        if character.isspace() and not self._digits:
            return ""
        digits, self._digits = self._digits, ""
        return f"\n{digits}{character}"

    def may_go_on(self, answer: str, digit: int, at: float) -> bool:
        """Whether a digit that was pressed for the first time may belong to the answer: it numbers the next item, or
        something else was being typed."""
        item = _ITEM.match(answer.rpartition("\n")[2])
        goes_on = (item is not None and int(item.group(1)) + 1 == digit) or at - self._at < _SOON
        goes_on = goes_on and self._asked != digit
        self._asked = digit if goes_on else None
        self._digits, self._at = (str(int(digit)), at) if goes_on else ("", -math.inf)
        return goes_on

    def goes_on(self, character: str, at: float) -> str:
        """What a mark adds to the answer that makes an item's number of the digit before it; else nothing."""
        digits = str(int(self._asked)) if self._asked is not None else self._held(at)
        if not digits or character not in _AFTER_A_NUMBER | {" "}:
            return ""
        self._digits, self._asked = "", None
        return f"\n{digits}{character}"

    def stray(self, at: float) -> None:
        """Something was typed that is no command."""
        self._at = at

    def _held(self, at: float) -> str:
        return self._digits if at - self._at < _SOON else ""
