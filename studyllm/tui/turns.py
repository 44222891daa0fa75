"""Changes to cards, one after the other: an undo never overtakes the review before it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Turns:
    """Runs functions in threads, each after those that were asked before it, also when nobody waits for it any more:
    a screen that is left cancels its worker, but what was begun is finished before the next change."""

    def __init__(self) -> None:
        self._free = asyncio.Lock()

    async def __call__(self, what: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        turn = asyncio.ensure_future(self._run(what, *args, **kwargs))
        turn.add_done_callback(_seen)
        return await asyncio.shield(turn)

    async def _run(self, what: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        async with self._free:
            return await asyncio.to_thread(what, *args, **kwargs)


@contextmanager
def unless_done(instead: Callable[[], object]) -> Iterator[None]:
    """Does something else where a change fails, which is still told."""
    try:
        yield
    except BaseException:
        instead()
        raise


def _seen(turn: asyncio.Future[T]) -> None:
    """An error that nobody waited for is no trouble of the event loop."""
    if not turn.cancelled():
        turn.exception()
