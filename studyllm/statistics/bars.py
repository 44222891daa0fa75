"""Charts of letters: bars from block characters, and text cut to columns."""

import unicodedata
from collections.abc import Sequence

_ACROSS = " ▏▎▍▌▋▊▉█"
_UP = " ▁▂▃▄▅▆▇█"


def columns_of(text: str) -> int:
    """Columns of a terminal that a text takes: Chinese letters take two."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def fit(text: str, columns: int) -> str:
    """A text in exactly so many columns: cut with an ellipsis, or filled up."""
    text = " ".join(text.split())
    if columns_of(text) > columns:
        kept, taken = "", 0
        for letter in text:
            if taken + _columns(letter) > columns - 1:
                break
            kept, taken = kept + letter, taken + _columns(letter)
        text = kept + "…"
    return text + " " * (columns - columns_of(text))


def across(share: float, width: int) -> str:
    """A bar from the left, as long as a share (0-1) of the width; never nothing for something."""
    eighths = max(round(share * width * 8), share > 0)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_ACROSS[rest] if rest else "")


def upright(values: Sequence[float], height: int) -> tuple[str, ...]:
    """A column for each value, the greatest of them as high as all lines; the uppermost line first."""
    top = max(values, default=0)
    heights = [max(round(value / top * height * 8), 1) if value > 0 else 0 for value in values]
    return tuple(
        "".join(_UP[min(8, max(0, eighths - 8 * line))] for eighths in heights)
        for line in range(height - 1, -1, -1)
    )
