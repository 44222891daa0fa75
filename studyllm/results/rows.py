"""Lines of a results file in, verdicts with their answers out; what is no row of `studyllm grade --out` is a `Lost`."""

import json
from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from studyllm.verdicts import Label, PointResult, State

_MOST_POINTS = 100
"""Points of a verdict that are heeded; a card has 12 at most."""

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class _Point(msgspec.Struct, frozen=True):
    text: str
    state: State
    evidence: str = ""
    extra: bool = False


class Row(msgspec.Struct, frozen=True):
    """A graded answer."""

    line: int
    question: str
    reference: str
    answer: str
    verdict: Label
    score: Share
    confidence: Share
    unsure: bool
    points: Annotated[tuple[_Point, ...], msgspec.Meta(max_length=_MOST_POINTS)]
    id: str | int | None = None
    term: str = ""
    reason: str = ""

    @property
    def results(self) -> tuple[PointResult, ...]:
        """What became of its points."""
        return tuple(PointResult(p.text, p.state, p.evidence, p.extra) for p in self.points)


class Lost(msgspec.Struct, frozen=True):
    """A line of answers that could not be graded, or a line that is no row."""

    graded: bool
    """Whether a grader wrote it: an error row."""


def read(lines: Iterable[bytes]) -> Iterator[Row | Lost]:
    """What each line holds."""
    for raw in lines:
        try:
            found = json.loads(raw)
            yield (
                Lost(graded=True)
                if isinstance(found, dict) and "error" in found
                else msgspec.convert(found, Row)
            )
        except (ValueError, RecursionError, msgspec.ValidationError):
            yield Lost(graded=False)
