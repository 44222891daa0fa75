"""How far a long run is, on one line of a terminal; nothing anywhere else."""

import time
from typing import TextIO

from studyllm.i18n import _

_PATIENCE = 0.2
"""Seconds between two words."""


class Rate:
    """Says how many rows there are, how many a second, and how long it takes yet, by the bytes of the input."""

    def __init__(self, size: int | None, stream: TextIO) -> None:
        self._size, self._stream = size, stream
        self._shows = stream.isatty()
        self._began = self._told = time.monotonic()
        self._first: int | None = None
        self._said = False

    def at(self, rows: int, read: int, *, since: int) -> None:
        """So many rows, of which this run found `since` there, and so many bytes of the input are read."""
        if not self._shows:
            return
        if self._first is None:
            self._first = read
        now = time.monotonic()
        if now - self._told < _PATIENCE:
            return
        self._told = now
        self._stream.write(f"\r\033[K{self._line(rows - since, rows, read, now - self._began)}")
        self._stream.flush()
        self._said = True

    def _line(self, done: int, rows: int, read: int, seconds: float) -> str:
        rate = _("{rows} rows · {rate:.1f} a second").format(rows=rows, rate=done / seconds)
        first = self._first or 0
        if not self._size or read <= first:
            return rate
        left = max(0, self._size - read) * seconds / (read - first)
        share = _("{share:.0%} · {left} left").format(share=min(1.0, read / self._size), left=_duration(left))
        return f"{rate} · {share}"

    def close(self) -> None:
        """Leaves the line to what is said next."""
        if self._said:
            self._stream.write("\r\033[K")
            self._stream.flush()


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("{seconds} s").format(seconds=round(seconds))
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)
