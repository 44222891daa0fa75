"""Whether there is still a terminal: without one, Textual would read its end again and again, on a whole core."""

import os
import select
import stat
import sys

EVERY = 2.0
"""Seconds between two looks."""


def is_gone() -> bool:
    """Whether the terminal was closed without a signal, as under nohup, or when it was not ours to begin with."""
    if not hasattr(select, "poll") or sys.__stdin__ is None:
        return False
    try:
        file = sys.__stdin__.fileno()
        if not stat.S_ISCHR(os.fstat(file).st_mode):
            return False
    except (OSError, ValueError):
        return False
    looking = select.poll()
    looking.register(file, 0)
    return any(seen & (select.POLLHUP | select.POLLERR) for _file, seen in looking.poll(0))
