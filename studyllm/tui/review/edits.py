"""The card under review, changed: in its note, or what its answer has to say."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from textual.app import App

from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.review.asking import question
from studyllm.store import StudyCard
from studyllm.tui.editor import open_at
from studyllm.tui.reading import reads_notes
from studyllm.tui.review.stopwatch import Stopwatch
from studyllm.tui.screen import StudyScreen
from studyllm.tui.study import Study


async def edit_note(app: App[Any], study: Study, card: StudyCard, stopwatch: Stopwatch) -> StudyCard:
    """The note's line in the learner's editor, then the card as the note has it."""
    from studyllm import library  # late: what reads notes takes long to import

    path = Path(card.card.source.path)
    if not card.card.source.line:
        app.notify(
            _("This card came from {place}; no note has it that could be changed.").format(place=path.name)
        )
        return card
    stopwatch.stop()
    try:
        open_at(app, path, card.card.source.line)
    finally:
        stopwatch.go_on()
    store, now = study.store, study.clock()

    def read_again() -> library.Plan:
        deck = next((deck for deck in store.decks() if deck.name == card.deck), None)
        if deck is None:
            raise InputError(_("This deck was renamed or deleted meanwhile."))
        read = reads_notes(study)
        return library.bring_in(store, library.plan(store, deck, readers=read), now, readers=read)

    made = await study.in_turn(read_again)
    if made.doubts:
        app.notify(_("The note can be read in two ways now; press i on the decks screen to decide."))
    return await asyncio.to_thread(store.card, card.id)


Change = Callable[[StudyCard, Coroutine[Any, Any, StudyCard]], object]
"""Told a card, and what it is changed by."""


def ask_points(screen: StudyScreen, card: StudyCard, change: Change) -> None:
    """What an answer to the card must say, on a form over the screen."""
    from studyllm.grading import points_of
    from studyllm.tui.review.points import PointsScreen

    def edited(wanted: list[str] | None) -> None:
        if wanted is not None:
            change(card, _edit_points(screen.study, card, wanted))

    screen.app.push_screen(PointsScreen(card.card.term, points_of(question(card))), edited)


async def _edit_points(study: Study, card: StudyCard, wanted: Sequence[str]) -> StudyCard:
    """The card with points that the learner wrote; none: those of the note again."""
    await study.in_turn(study.store.set_points, card, list(wanted), study.clock())
    return await asyncio.to_thread(study.store.card, card.id)
