"""A model's file that was mapped into memory and need not stay there."""

import ctypes
from contextlib import suppress
from pathlib import Path

_DONTNEED = 4
"""MADV_DONTNEED."""


def unmap(path: Path) -> None:
    """Give back the pages of a model's file, all of which llama.cpp reads in: those of layers that are evaluated come
    back from the system's cache as they are used, the others (350 MB of the default model) stay away."""
    with suppress(OSError, ValueError, AttributeError):  # where there is no /proc nothing is given back
        libc = ctypes.CDLL(None, use_errno=True)
        for line in Path("/proc/self/maps").read_text("utf-8", "replace").splitlines():
            if line.endswith(str(path.resolve())):
                first, last = (int(part, 16) for part in line.split()[0].split("-"))
                libc.madvise(ctypes.c_void_p(first), ctypes.c_size_t(last - first), _DONTNEED)
