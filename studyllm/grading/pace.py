"""How many threads to compute with: one while other programs are busy, since threads that wait for one another are as
slow as the one that has to share its core."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

_SHARE = 0.85
"""Of the processor time that the threads could take, the share from which on nobody else wants the cores."""
_SHORTEST = 0.03
"""Seconds; shorter work says nothing."""
_WAIT, _LONGEST_WAIT = 2.0, 32.0
"""Seconds until all threads are tried again, doubled each time that it was too soon."""


class ThreadPace:
    """The number of threads, by how work with all of them went."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._until, self._wait = 0.0, _WAIT

    def threads(self, now: float) -> int:
        """How many threads to use now."""
        return 1 if now < self._until else self._most

    def took(self, wall: float, processor: float, now: float) -> None:
        """What work with all threads took, in seconds by the clock and of the processors."""
        if wall < _SHORTEST:
            return
        if processor < _SHARE * wall * self._most:
            self._until, self._wait = now + self._wait, min(2 * self._wait, _LONGEST_WAIT)
        else:
            self._wait = _WAIT

    @contextmanager
    def measured(self) -> Iterator[int]:
        """The number of threads for some work, which is measured."""
        since, used = time.monotonic(), time.process_time()
        threads = self.threads(since)
        yield threads
        if threads > 1:
            now = time.monotonic()
            self.took(now - since, time.process_time() - used, now)
