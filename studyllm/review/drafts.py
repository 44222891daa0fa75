"""Texts about a section that were begun and not counted yet: kept in files of the home, so that none is ever lost."""

import hashlib
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
        try:
            return self._file(section).read_text("utf-8", errors="replace")
        except OSError:
            return ""

    def keep(self, section: Section, text: str) -> None:
        """Keeps what was written so far; a blank text is as good as none. Raises OSError."""
        if not text.strip():
            self.drop(section)
            return
        private_folder(self._folder)
        with appearing(self._file(section)) as file:
            file.write(text.encode("utf-8", errors="replace"))

    def drop(self, section: Section) -> None:
        """Forgets what was written about a section: it was counted, and stands in the log."""
        with suppress(OSError):
            self._file(section).unlink(missing_ok=True)

    def has(self, section: Section) -> bool:
        """Whether something was begun."""
        return self._file(section).exists()

    def _file(self, section: Section) -> Path:
        named = "\0".join((section.deck, section.path, *section.headings))
        return self._folder / f"{hashlib.sha256(named.encode()).hexdigest()[:24]}.txt"
