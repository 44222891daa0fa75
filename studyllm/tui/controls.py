"""What a terminal would obey is not sent to it: the one place that every text of every screen passes."""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""C0 and C1 controls, marks that turn the direction of writing, and what no encoding has."""


class NoControls(LineFilter):
    """Takes control characters out of what is drawn; they have no width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line as they may be drawn."""
        if not any(_OBEYED.search(segment.text) for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(_OBEYED.sub("", segment.text), segment.style)
            for segment in segments
        ]
