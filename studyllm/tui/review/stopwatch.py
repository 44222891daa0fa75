"""How long a card was thought about."""

import time
from collections.abc import Callable


class Stopwatch:
    """Seconds since its start, without those that it was stopped."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._before = 0.0
        self._since: float | None = None

    def start(self) -> None:
        """From zero."""
        self._before, self._since = 0.0, self._clock()

    def stop(self) -> None:
        """Until it goes on; nothing where it does not run."""
        self._before, self._since = self.seconds, None

    def go_on(self) -> None:
        """From where it was stopped; nothing where it runs."""
        if self._since is None:
            self._since = self._clock()

    @property
    def seconds(self) -> float:
        """So far."""
        return self._before + (self._clock() - self._since if self._since is not None else 0.0)
