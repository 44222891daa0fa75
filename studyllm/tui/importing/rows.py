"""The rows of the import screen: what an import does to a card, or a card that is only offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.binding import Binding, BindingType
from textual.content import Content

from studyllm.cards import file_name
from studyllm.choices import BY_HAND
from studyllm.i18n import N_, _, aside, headed
from studyllm.notes.reasons import said
from studyllm.store.messages import why
from studyllm.text import clean, shortened

if TYPE_CHECKING:
    from studyllm.cards import Card, Skipped
    from studyllm.library import Plan, Step
    from studyllm.notes import Offer

_STYLES = {
    "added": "$text-success",
    "returned": "$text-success",
    "changed": "$text-warning",
    "renamed": "$text-warning",
    "moved": "$foreground-muted",
    "gone": "$text-error",
    "ambiguous": "bold $text-error",
    "offered": "$text-accent",
    "unchanged": "$foreground-muted",
    "skipped": "$foreground-muted",
}
_LONGEST = 160
"""Letters of an answer among others."""
PLACE = 26
"""Cells for a file's name and the line."""
CHOOSING: tuple[BindingType, ...] = (
    Binding("space", "choose('alone')", N_("Make/drop")),
    Binding("n", "choose('note')", N_("…and alike in note")),
    Binding("d", "choose('deck')", N_("…in deck")),
)
"""Keys that choose about the marked row."""
DECIDING: tuple[BindingType, ...] = (
    Binding("t", "make('meaning')", N_("Ask for each term from its meaning, too, or no more"), show=False),
    Binding("c", "make('gap')", N_("Cards with a gap in the definition, or none"), show=False),
    Binding(
        "1",
        "decide(1)",
        N_("This card"),
        show=False,
        key_display="1-9",
        tooltip=N_("Ambiguous card: say which of the new ones it became, 1 to 9"),
    ),
    *(Binding(str(n), f"decide({n})", show=False) for n in range(2, 10)),
    Binding(
        "0",
        "decide(0)",
        N_("None"),
        show=False,
        tooltip=N_("Ambiguous card: say that it became none of them"),
    ),
)
"""Keys that have more cards made of each, and that resolve the marked doubt."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line of the table."""

    plan: int
    """Which of the plans it is of."""
    card: Card | None
    """As the notes have it, else as the store has it; None of a line that is skipped."""
    step: Step | None = None
    offer: Offer | None = None
    left: Skipped | None = None
    begin: str = ""
    """Of a line that is skipped: the line, as its note has it."""

    @classmethod
    def of_step(cls, plan: int, step: Step) -> PlanRow:
        card = step.new or (step.old.card if step.old else None)
        assert card is not None
        return cls(plan, card, step=step)

    @classmethod
    def of_offer(cls, plan: int, offer: Offer) -> PlanRow:
        return cls(plan, offer.card, offer=offer)

    @classmethod
    def of_left(cls, plan: int, left: Skipped, begin: str) -> PlanRow:
        return cls(plan, None, left=left, begin=begin)

    @property
    def place(self) -> tuple[str, int]:
        """The note and the line in it."""
        if self.card is not None:
            return self.card.source.path, self.card.source.line
        return (self.left.path, self.left.line) if self.left else ("", 0)

    def order(self) -> tuple[object, ...]:
        """What is to be decided first, then as in the notes; what stands in one line is in one order, card or offer."""
        asked = bool(self.step and self.step.candidates)
        return (
            self.plan,
            not asked,
            *self.place,
            *((self.card.rule, self.card.term) if self.card else ("", "")),
        )

    def same(self, other: PlanRow) -> bool:
        """Whether it is about the same card, or the same line, in another plan; also the card that the learner made of
        a line that was skipped."""
        if self.card is None:
            return self.left == other.left
        if other.left and self.card.rule == BY_HAND:
            own, (path, line) = self.card.source, other.place
            return own.path == path and own.line <= line <= own.end_line
        return self.card == other.card

    def text(self) -> str:
        """What stands in the note, of a line that is skipped; nothing where it cannot be read any more."""
        from studyllm.library import text_at

        return text_at(*self.place)

    @property
    def made(self) -> bool:
        """Whether there is a card of it when the plan is applied."""
        return self.step is not None and self.step.new is not None

    def cells(self) -> tuple[Content, Content, Content]:
        """What happens, to which card, where."""
        from studyllm.library import change

        word, style = _("offered"), _STYLES["offered"]
        if self.left:
            word, style = _("skipped"), _STYLES["skipped"]
        if self.step:
            mark = " !" if self.step.why and self.step.old and self.step.old.due else ""
            word, style = change(self.step) + mark, _STYLES[self.step.change.value]
        name, line = file_name(self.place[0]), f":{self.place[1]}"
        room = PLACE - len(line)
        place = (name if cell_len(name) <= room else f"{set_cell_size(name, room - 1).rstrip()}…") + line
        return (
            Content.styled(word, style),
            Content(self.card.prompt if self.card else self.begin or self._why()),
            Content(place),
        )

    def detail(self) -> Content:
        """What there is to know of it."""
        if self.offer:
            return _offered(self.offer)
        if self.left:
            text = self.text()
            hint = _("Skipped: {reason}. Space makes a card of it.") if text else _("Skipped: {reason}.")
            return Content.assemble((hint.format(reason=self._why()) + "\n", "$text-accent"), text)
        return _difference(self.step) if self.step else Content("")

    def _why(self) -> str:
        return said(self.left.reason) if self.left else ""


def files_of(paths: Sequence[Path]) -> frozenset[str]:
    """The notes among the paths that were named; decks and folders are none."""
    named = (path.expanduser().resolve() for path in paths if path.suffix != ".toml")
    return frozenset(str(path) for path in named if path.is_file())


def rows_of(plans: Sequence[Plan], paths: Sequence[Path], *, whole: bool) -> list[PlanRow]:
    """What is to be decided first, then as in the notes: the cards that change, and what is offered of the notes that
    were named, or else of all; with `whole` everything. Of notes that were imported before the offers come last."""
    named = frozenset() if whole else files_of(paths)
    shown: list[PlanRow] = []
    for number, plan in enumerate(plans):
        steps = (step for step in plan.steps if whole or step.change.value != "unchanged")
        offers = (offer for offer in plan.open_offers if not named or offer.card.source.path in named)
        shown += [PlanRow.of_step(number, step) for step in steps]
        shown += [PlanRow.of_offer(number, offer) for offer in offers]
    if whole or not any(plan.offered or sum(plan.counts().values()) for plan in plans):
        begins = cache(_lines)
        shown += [
            PlanRow.of_left(number, one, begins(one.path).get(one.line, ""))
            for number, plan in enumerate(plans)
            for one in plan.skipped_texts
        ]
    again = not whole and any(plan.untouched or _unchanged(plan) for plan in plans)
    return sorted(shown, key=lambda row: (again and row.offer is not None, *row.order()))


def _lines(path: str) -> dict[int, str]:
    """The lines of a note by their numbers; none where it cannot be read any more."""
    from studyllm.notes.files import text_of  # late: it reads Markdown

    text = text_of(Path(path)).replace("\r\n", "\n").replace("\r", "\n")
    return {number: clean(line.strip()) for number, line in enumerate(text.split("\n"), 1)}


def beside(rows: Sequence[PlanRow], at: int, step: int) -> int:
    """The first row of the next note, or of the one before (`step` -1); where there is none, the row itself."""

    def notes(row: int) -> tuple[int, str]:
        return rows[row].plan, rows[row].place[0]

    there = at
    while 0 <= there < len(rows) and notes(there) == notes(at):
        there += step
    if not 0 <= there < len(rows):
        return at if step > 0 else 0
    while step < 0 < there and notes(there - 1) == notes(there):
        there -= 1
    return there


def _unchanged(plan: Plan) -> bool:
    """Whether some cards were there before."""
    return any(step.change.value == "unchanged" for step in plan.steps)


def _offered(offer: Offer) -> Content:
    """Why it is only offered, and what the card would be."""
    card = offer.card
    return Content.assemble(
        (
            _("Offered: {reason}. Space makes it a card.").format(reason=said(offer.reason)) + "\n",
            "$text-accent",
        ),
        (f"{card.prompt}\n", "bold"),
        card.answer,
    )


def _difference(step: Step) -> Content:
    """Old against new, and what it does to the schedule."""
    parts: list[Content | str | tuple[str, str]] = []
    if step.candidates:
        asked = _("Which card has it become? Its schedule goes along; the others become new cards.")
        parts.append((f"{asked}\n", "bold"))
        none = _("none of them: it is gone from the notes, and kept with its history")
        parts.append(f"0  {none}\n")
        for number, card in enumerate(step.candidates, 1):
            parts.append(f"{number}  {headed(card.prompt, shortened(card.answer, _LONGEST))}\n")
    if step.why and step.old and step.old.due:
        soon = _("Asked again soon: {why}.").format(why=why(step.why))
        parts.append((f"{soon}\n", "$text-warning"))
    old, new = (step.old.card if step.old else None), step.new
    if old and new and (old.term != new.term or old.source.path != new.source.path):
        parts.append((f"{aside(old.term, file_name(old.source.path))} → {new.term}\n", "$foreground-muted"))
    if old and (new is None or old.answer != new.answer):
        parts.append(("− ", "$text-error"))
        parts.append(f"{old.answer}\n")
    if new:
        if old is None:
            parts.append((f"{new.prompt}\n", "bold"))
        parts.append(("+ ", "$text-success") if old and old.answer != new.answer else "")
        parts.append(new.answer)
    return Content.assemble(*(part for part in parts if part))


def decided(made: Plan, before: Sequence[tuple[int, Card | None]]) -> Plan:
    """A plan with the doubts resolved that were before."""
    for old, chosen in before:
        for step in made.doubts:
            if step.old and step.old.id == old and (chosen is None or chosen in step.candidates):
                made = made.decide(step.old, chosen)
    return made
