"""The pictures of a package: put into a folder, under names that say what is in them."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from studyllm.notes.display import PICTURES
from studyllm.private import private_folder

_IMAGE = re.compile(r"!\[([^\[\]]*)\]\(([^\n]+?)\)")
_UNSAFE = re.compile(r"[^\w.-]+")
"""Of the name of a picture, where it stands in Markdown and in a folder."""


class Pictures:
    """Pictures on their way from a package, where `content` finds them by name, into a folder, if they are kept."""

    def __init__(self, content: Callable[[str], bytes | None], folder: Path, *, keep: bool) -> None:
        self._content, self._folder, self._keep = content, folder, keep
        self._names: dict[str, str | None] = {}

    @property
    def lacking(self) -> int:
        """How many the package does not have."""
        return sum(name is None for name in self._names.values())

    def placed(self, text: str) -> str:
        """Markdown whose pictures are those of the folder; of one that is not there the name."""
        return _IMAGE.sub(self._place, text) if "![" in text else text

    def _place(self, found: re.Match[str]) -> str:
        said, name = found.group(1), unquote(found.group(2))
        if Path(name).name != name or Path(name).suffix.lower() not in PICTURES:
            return f"🖼 {said or name}"
        if name not in self._names:
            self._names[name] = self._put(name)
        kept = self._names[name]
        return f"![{said}]({kept})" if kept else f"🖼 {said or name}"

    def _put(self, name: str) -> str | None:
        raw = self._content(name)
        if raw is None:
            return None
        path = Path(name)
        stem = _UNSAFE.sub("_", path.stem).strip(".")[:60]
        kept = f"{stem}-{zlib.crc32(raw):08x}{path.suffix.lower()}"
        if self._keep:
            private_folder(self._folder)
            (self._folder / kept).write_bytes(raw)
        return kept
