"""What was chosen on the import screen: the plan is made with it, and nothing of it is kept before that is applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.cards import Deck, Kind
from studyllm.errors import InputError
from studyllm.i18n import _

if TYPE_CHECKING:
    from studyllm.cards import Card
    from studyllm.choices import Choices
    from studyllm.library import Plan


class Chosen:
    """Choices about cards, one set after each key, and about all of a plan."""

    def __init__(self) -> None:
        self._choices: list[dict[str, Choices]] = [{}]
        """What was chosen of each deck, after each key."""
        self.decided: list[tuple[int, Card | None]] = []
        """Doubts that were decided: id of the old card, and what it became."""
        self.kinds: dict[Kind, bool] = {}
        """What is made of other cards from now on in every deck, or no more."""
        self.joining = False
        """Whether notes of other decks are taken into this one."""

    @property
    def waits(self) -> bool:
        """Whether there is something that is not applied yet."""
        return bool(len(self._choices) > 1 or self.decided or self.kinds)

    def of(self, deck: Deck) -> Choices | None:
        """The choices about the cards of a deck; None for those that it has already."""
        return self._choices[-1].get(deck.name)

    def with_kinds(self, deck: Deck) -> Deck:
        """The deck with the kinds of cards that are to be made."""
        more, less = ({kind for kind, on in self.kinds.items() if on is wish} for wish in (True, False))
        return replace(deck, kinds=(deck.kinds | more) - less)

    def choose(self, made: Plan, card: Card, make: bool, like: str, beside: Iterable[Card]) -> None:
        """A card is made or none, and what is written like it. Raises InputError where nothing can be like it."""
        from studyllm.library import Like, choose, has_alike

        if like != Like.ALONE and not has_alike(card):
            raise InputError(
                _("You wrote this card yourself, and none is written like it. Space alone leaves it out.")
            )
        among = [file.path for file in made.reading]
        self._put(made, choose(made.choices, card, make, Like(like), list(beside), among))

    def write(self, made: Plan, path: str, line: int, front: str) -> None:
        """A card is made of the text at a line, with a front of the learner's own. Raises InputError."""
        from studyllm.library import at

        _card, choice = at(Path(path), line, front, [file.path for file in made.reading])
        if choice is not None:
            self._put(made, made.choices.chosen(choice))

    def take_back(self) -> bool:
        """Takes back the last choice about a card; whether there was one."""
        if waits := len(self._choices) > 1:
            self._choices.pop()
        return waits

    def switch(self, kind: Kind, plans: Sequence[Plan]) -> None:
        """Cards of a kind are made of the terms' cards, or made no more."""
        self.kinds[kind] = not all(kind in made.deck.kinds for made in plans)

    def _put(self, made: Plan, choices: Choices) -> None:
        self._choices.append(self._choices[-1] | {made.deck.name: choices})
