"""Asking again, beside the schedule, what went wrong."""

import asyncio
import random
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.tui.screen import StudyScreen
from studyllm.tui.study import Study

if TYPE_CHECKING:
    from studyllm.quiz.items import Item, Options


async def ask_again(
    screen: StudyScreen,
    cards: Collection[int],
    options: "Options",
    say: Callable[[str], None],
    *,
    instead: bool = False,
) -> None:
    """A quiz with one new question about each of these cards, on top of a screen or instead of it. `say` is told how
    far that is; cancelled, it chooses no more."""
    options = replace(options, length=len(cards))
    loop, stopped = asyncio.get_running_loop(), threading.Event()

    def progress(done: int, of: int) -> bool:
        told = _("Choosing questions… {done} of {of}").format(done=done, of=of)
        if not stopped.is_set():
            loop.call_soon_threadsafe(say, told)
        return not stopped.is_set()

    say(_("Choosing questions…"))
    try:
        items, few = await asyncio.to_thread(_questions, screen.study, cards, options, progress)
    except InputError as error:
        screen.notify(str(error), severity="warning", markup=False)
    else:
        screen.study.run_quiz(options, items, instead=instead, few=few)
    finally:
        stopped.set()
        say("")


def _questions(
    study: Study, cards: Collection[int], options: "Options", progress: Callable[[int, int], bool]
) -> "tuple[Sequence[Item], str]":
    """The questions, and why they are few, if they are."""
    from studyllm.quiz.prepare import prepare, why_few  # takes long to import
    from studyllm.store.vectors import Vectors

    settings = study.settings
    items = prepare(
        study.store,
        options,
        random.Random(),
        only=cards,
        kept=Vectors(settings.home / "vectors.db", settings.embedding_model),
        grader=study.grader,
        progress=progress,
    )
    return items, why_few(items, options, len(cards))
