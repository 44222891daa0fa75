"""What the models saw in one answer: numbers alone, so that everything made of them can be tested without models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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

    opinion: float | None = None
    """Language model: logit that the answer agrees with the reference; not asked about a card's term."""

    @property
    def degree(self) -> str:
        """The name of the weights for this much help."""
        if self.says is None:
            return "text" if self.whole is None else "embedding"
        return "agreement" if self.opinion is None else "opinion"

    @property
    def by(self) -> tuple[str, ...]:
        """Who had a say, as a verdict names them."""
        if self.says is not None:
            return ("text", "cross-encoder") + (("language model",) if self.opinion is not None else ())
        return ("text",) if self.whole is None else ("text", "embedding")


def from_message(message: Mapping[str, object]) -> Signals:
    """Signals as the child sends them."""

    def floats(name: str) -> tuple[float, ...]:
        values = message.get(name)
        return tuple(float(v) for v in values) if isinstance(values, list | tuple) else ()

    def one(name: str) -> float | None:
        value = message.get(name)
        return float(value) if isinstance(value, int | float) else None

    return Signals(
        whole=one("whole"),
        asked=one("asked") or 0.0,
        points=floats("points"),
        where=tuple(int(v) for v in floats("where")),
        says=one("says"),
        denies=one("denies") or 0.0,
        said=floats("said"),
        denied=floats("denied"),
        opinion=one("opinion"),
    )
