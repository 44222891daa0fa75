"""What a learner chose about the cards of a deck's notes: forms of writing and single fronts, made or left."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from studyllm.notes.candidates import Candidate
from studyllm.text import key


@dataclass(frozen=True, slots=True)
class Choices:
    """True: make a card; False: make none. What is said of a front outweighs what is said of its form."""

    forms: Mapping[str, bool] = field(default_factory=dict)
    fronts: Mapping[str, bool] = field(default_factory=dict)
    """By the folded prompt."""

    def of(self, one: Candidate) -> bool | None:
        """What was chosen of a candidate; None where nothing was."""
        chosen = self.fronts.get(key(one.prompt or one.term))
        return self.forms.get(one.form) if chosen is None else chosen


NONE = Choices()
