"""What a fetch tells while it goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stage = Literal["waiting", "probing", "downloading", "checking", "unpacking", "done"]
Source = Literal["hub", "mirror", "disk", ""]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a fetch stands: bytes done of total (0 if unknown), the source, one note for a person."""

    model: str
    stage: Stage
    done: int = 0
    total: int = 0
    source: Source = ""
    note: str = ""


Tell = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Tell nobody."""
