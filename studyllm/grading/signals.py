"""What the models saw in one answer: numbers alone, so that everything made of them can be tested without models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Shares = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of an answer."""

    whole: Shares
    """Probability that it is correct, partly correct, incorrect."""
    points: tuple[Shares, ...] = ()
    """For each point, the probability that it was said, missed, contradicted."""


@dataclass(frozen=True, slots=True)
class Signals:
    """Raw signals of one answer; None and empty where a model was not asked."""

    whole: float | None = None
    """Cosine of answer and reference."""
    asked: float = 0.0
    """Cosine of answer and question."""
    points: tuple[float, ...] = ()
    """For each point, the best cosine with the answer or one of its segments."""
    where: tuple[int, ...] = ()
    """For each point, the segment it was best found in; -1: the whole answer."""
    says: float | None = None
    """Cross-encoder: logit that the answer says what the reference says."""
    denies: float = 0.0
    """Cross-encoder: logit that the answer contradicts the reference."""
    said: tuple[float, ...] = ()
    """For each point, the logit that the answer makes it."""
    denied: tuple[float, ...] = ()
    """For each point, the logit that the answer contradicts it."""

    reading: Reading | None = None
    """Language model: what its read-out makes of the answer; None where it has none."""
    measured: bool = True
    """Whether the reading is that of a measured model."""
    server: bool = False
    """Whether a model on a server, which was not measured, had a say in the reading."""

    @property
    def reads(self) -> bool:
        """Whether a model read answer and reference together: others see words, or nearness."""
        return self.says is not None or self.reading is not None

    @property
    def degree(self) -> str:
        """The name of the weights for this much help."""
        if self.reading is not None:
            return "reader" if self.says is None else "both"
        if self.says is not None:
            return "encoder"
        return "text" if self.whole is None else "embedding"

    @property
    def by(self) -> tuple[str, ...]:
        """Who had a say, as a verdict names them."""
        if self.reads:
            encoder = ("cross-encoder",) if self.says is not None else ()
            local = ("language model",) if self.reading and self.measured else ()
            return ("text", *encoder, *local, *(("server",) if self.server else ()))
        return ("text",) if self.whole is None else ("text", "embedding")


DEGREES = ("text", "embedding", "encoder", "reader", "both")
"""Degrees of help, each with weights of its own."""


def from_message(message: Mapping[str, object]) -> Signals:
    """Signals as the child sends them."""

    def floats(values: object) -> tuple[float, ...]:
        return tuple(float(v) for v in values) if isinstance(values, list | tuple) else ()

    def one(name: str) -> float | None:
        value = message.get(name)
        return float(value) if isinstance(value, int | float) else None

    return Signals(
        whole=one("whole"),
        asked=one("asked") or 0.0,
        points=floats(message.get("points")),
        where=tuple(int(v) for v in floats(message.get("where"))),
        says=one("says"),
        denies=one("denies") or 0.0,
        said=floats(message.get("said")),
        denied=floats(message.get("denied")),
        reading=_reading(message.get("reading")),
        measured=message.get("measured", True) is True,
        server=message.get("server") is True,
    )


def _reading(rows: object) -> Reading | None:
    if not isinstance(rows, list | tuple) or not rows:
        return None
    whole, *points = ((float(a), float(b), float(c)) for a, b, c in rows)
    return Reading(whole, tuple(points))
