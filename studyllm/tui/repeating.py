"""Asking again, beside the schedule, what went wrong."""

import asyncio
import random
from collections.abc import Collection, Sequence
from dataclasses import replace

from studyllm.errors import InputError
from studyllm.quiz.items import Item, Options
from studyllm.tui.screen import StudyScreen
from studyllm.tui.study import Study


async def ask_again(
    screen: StudyScreen, cards: Collection[int], options: Options, *, instead: bool = False
) -> None:
    """A quiz with one new question about each of these cards, on top of a screen or instead of it."""
    options = replace(options, length=len(cards))
    try:
        items = await asyncio.to_thread(_questions, screen.study, cards, options)
    except InputError as error:
        screen.notify(str(error), severity="warning", markup=False)
    else:
        screen.study.run_quiz(options, items, instead=instead)


def _questions(study: Study, cards: Collection[int], options: Options) -> Sequence[Item]:
    from studyllm.quiz.prepare import prepare  # takes long to import
    from studyllm.store.vectors import Vectors

    settings = study.settings
    return prepare(
        study.store,
        options,
        random.Random(),
        only=cards,
        kept=Vectors(settings.home / "vectors.db", settings.embedding_model),
        grader=study.grader,
    )
