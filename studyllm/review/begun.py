"""What a learner began and did not finish."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Begun:
    """What is kept of cards that were begun and not graded, by card id, also when the session ends."""

    drafts: dict[int, str] = field(default_factory=dict)
    hints: dict[int, int] = field(default_factory=dict)
    """How many points were shown."""
