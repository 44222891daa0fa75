"""Completing a path that is typed."""

import asyncio
import os
from pathlib import Path

from textual.suggester import Suggester

from studyllm.notes.files import SUFFIXES


class Paths(Suggester):
    """Completes a path by the first folder or note that begins so."""

    async def get_suggestion(self, value: str) -> str | None:
        return await asyncio.to_thread(_completed, value)


def _completed(typed: str) -> str | None:
    folder, _slash, begun = typed.rpartition("/")
    if not _slash:
        return None
    try:
        names = sorted(os.scandir(Path(f"{folder}/").expanduser()), key=lambda entry: entry.name)
        for entry in names:
            fits = entry.name.startswith(begun) and begun.startswith(".") == entry.name.startswith(".")
            if fits and (entry.is_dir() or Path(entry.name).suffix in (*SUFFIXES, ".toml")):
                return f"{folder}/{entry.name}" + "/" * entry.is_dir()
    except (OSError, RuntimeError, ValueError):
        return None
    return None
