"""Texts about a section that were begun and not counted yet: kept in files of the home, so that none is ever lost."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from studyllm.private import appearing, private_folder
from studyllm.store import Section


class Drafts:
    """One file for each section that was begun."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, section: Section) -> str:
        """What was written about a section so far; nothing where nothing was, or it cannot be read."""
        for file in self._files(section):
            with suppress(OSError):
                return file.read_text("utf-8", errors="replace")
        return ""

    def keep(self, section: Section, text: str) -> None:
        """Keeps what was written so far; a blank text is as good as none. Raises OSError."""
        if not text.strip():
            self.drop(section)
            return
        private_folder(self._folder)
        first, *before = self._files(section)
        with appearing(first) as file:
            file.write(text.encode("utf-8", errors="replace"))
        _remove(before)

    def drop(self, section: Section) -> None:
        """Forgets what was written about a section: it was counted, and stands in the log."""
        _remove(self._files(section))

    def has(self, section: Section) -> bool:
        """Whether something was begun."""
        return any(file.exists() for file in self._files(section))

    def _files(self, section: Section) -> tuple[Path, ...]:
        """Where a text is, first where it is written: a deck is known by its number, whatever it is called, and two of
        them may share a note. Before, it was by its name, or by the file of notes alone."""
        place = (section.path, *section.headings)
        names = [(section.deck, *place)]
        if section.deck_id:
            names.insert(0, (str(section.deck_id), *place))
        if Path(section.path).is_absolute():
            names.append(place)
        hashes = (hashlib.sha256("\0".join(name).encode()).hexdigest() for name in names)
        return tuple(self._folder / f"{name[:24]}.txt" for name in hashes)


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink(missing_ok=True)
