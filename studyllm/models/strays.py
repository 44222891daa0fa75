"""What lies in the models' folder and is no model: downloads that were broken off, files of other programs."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from studyllm.models.catalogue import CATALOGUE
from studyllm.models.places import models_dir

_BEFORE = (".{}.hub", ".{}.unpacking", "{}.part", "{}.part.json")
"""What a model's files are called while they are fetched."""
_BESIDE = ("{}", ".{}.lock", ".{}.studyllm.json")
"""A model, and what belongs to it."""


@dataclass(frozen=True, slots=True)
class Strays:
    """What could be cleared away."""

    unfinished: tuple[Path, ...]
    """Parts of downloads, with which the next `models pull` goes on."""
    unknown: tuple[Path, ...]
    """Files that no model of the catalogue has."""

    @property
    def all(self) -> tuple[Path, ...]:
        """The largest first."""
        return tuple(sorted((*self.unfinished, *self.unknown), key=_size, reverse=True))

    @property
    def bytes(self) -> int:
        return sum(map(_size, self.all))


def strays(folder: Path | None = None) -> Strays:
    """What lies in the folder; a download that is under way counts as unfinished."""
    folder = folder or models_dir()
    names = [model.filename for model in CATALOGUE if model.filename]
    before = {shape.format(name) for name in names for shape in _BEFORE}
    ours = {shape.format(name) for name in names for shape in _BESIDE}
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    return Strays(
        tuple(path for path in there if path.name in before),
        tuple(path for path in there if path.name not in before | ours),
    )


def clear(found: Strays) -> int:
    """Removes what is left of downloads but for those that are under way; how many files. What is unknown stays."""
    from filelock import FileLock, Timeout

    removed = 0
    for path in found.unfinished:
        name = path.name.removeprefix(".")
        for end in (".hub", ".unpacking", ".part.json", ".part"):
            name = name.removesuffix(end)
        try:
            with FileLock(path.with_name(f".{name}.lock"), timeout=0):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                removed += 1
        except (Timeout, OSError):
            continue
    return removed


def _size(path: Path) -> int:
    """Bytes of a file, or of all in a folder."""
    try:
        if path.is_dir() and not path.is_symlink():
            return sum(each.lstat().st_size for each in path.rglob("*"))
        return path.lstat().st_size
    except OSError:
        return 0
