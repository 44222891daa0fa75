"""Asking again, beside the schedule, what went wrong."""

import asyncio
import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import work

from studyllm.errors import InputError
from studyllm.quiz.items import Item, Options
from studyllm.tui.screen import StudyScreen


class Repeating(StudyScreen):
    """A screen from which a quiz of certain cards begins."""

    REPLACED: ClassVar[bool] = False
    """Whether the quiz comes in its place; else it is there again when the quiz is over."""

    @work(exclusive=True, group="quiz-prepare", exit_on_error=False)
    async def ask_again(self, cards: Collection[int], options: Options) -> None:
        """A quiz with one new question about each of these cards."""
        options = replace(options, length=len(cards))
        try:
            items = await asyncio.to_thread(self._questions, cards, options)
        except InputError as error:
            self.notify(str(error), severity="warning", markup=False)
        else:
            self.study.run_quiz(options, items, instead=self.REPLACED)

    def _questions(self, cards: Collection[int], options: Options) -> Sequence[Item]:
        from studyllm.quiz.prepare import prepare  # takes long to import
        from studyllm.store.vectors import Vectors

        settings = self.study.settings
        return prepare(
            self.study.store,
            options,
            random.Random(),
            only=cards,
            kept=Vectors(settings.home / "vectors.db", settings.embedding_model),
            grader=self.study.grader,
        )
