"""How far a long run is, on one line of a terminal; nothing anywhere else."""

import sys
import time
from typing import TextIO

import click

from studyllm.cli.session import writes_over
from studyllm.i18n import _

_PATIENCE = 0.2
"""Seconds between two words."""


class Line:
    """A line of a terminal that is written over, at most every so often."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self.shows = stream, writes_over(stream)
        self._told = time.monotonic()
        self._said = False

    def due(self) -> bool:
        """Whether something may be said again."""
        return self.shows and time.monotonic() - self._told >= _PATIENCE

    def say(self, text: str) -> None:
        """Writes over what stood there."""
        self._stream.write(f"\r\033[K{text}")
        self._stream.flush()
        self._told, self._said = time.monotonic(), True

    def close(self) -> None:
        """Leaves the line to what is said next."""
        if self._said:
            self._stream.write("\r\033[K")
            self._stream.flush()


class Rate:
    """Says how many rows there are, how many a second, and how long it takes yet, by the bytes of the input."""

    def __init__(self, size: int | None, stream: TextIO) -> None:
        self._size, self._on = size, Line(stream)
        self._began = time.monotonic()
        self._first: int | None = None

    def at(self, rows: int, read: int, *, since: int) -> None:
        """So many rows, of which this run found `since` there, and so many bytes of the input are read."""
        if self._first is None:
            self._first = read
        if self._on.due():
            self._on.say(self._line(rows - since, rows, read, time.monotonic() - self._began))

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
        self._on.close()


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("{seconds} s").format(seconds=round(seconds))
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def bar(done: int, total: int, told: str, *, least: int) -> None:
    """A bar for what has at least so many parts, over what was drawn before; at the end it is gone."""
    if total < least or not writes_over(sys.stderr):
        return
    blocks = done * 24 // total
    text = f"\r\033[K[{'━' * blocks}{' ' * (24 - blocks)}] {told.format(done=done, total=total)}"
    click.echo(text if done < total else "\r\033[K", nl=False, err=True)
