"""Where models lie on this machine, and whether what lies there is what was installed."""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from studyllm.models.catalogue import Model

STAMP = "studyllm.json"


class ModelState(StrEnum):
    """What lies at a model's place."""

    ABSENT = "absent"
    OK = "ok"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Part:
    """One installed file as it was when it was checked."""

    name: str
    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What was installed: from which source, and its files."""

    source: str
    parts: tuple[Part, ...]


def models_dir() -> Path:
    """The folder of the models, shared by all homes; not created here."""
    given = os.environ.get("STUDYLLM_MODELS")
    if given:
        return Path(given).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("studyllm") / "models"


def place(model: Model, folder: Path | None = None) -> Path:
    """Where the model lies once it is installed."""
    return model.local or (folder or models_dir()) / model.filename


def path(model: Model, folder: Path | None = None) -> Path | None:
    """Where the model lies, if it is there and as it was installed."""
    return place(model, folder) if check(model, folder=folder) is ModelState.OK else None


def check(model: Model, *, deep: bool = False, folder: Path | None = None) -> ModelState:
    """Whether the model is there: sizes and times against the stamp, or every byte again if `deep`."""
    where = place(model, folder)
    try:
        if not where.exists():
            return ModelState.ABSENT
        if model.local is not None:
            return _look(where)
        stamp = read_stamp(where)
        return _adopt(model, where) if stamp is None else _compare(model, where, stamp, deep)
    except PermissionError:
        return ModelState.DAMAGED


def _compare(model: Model, where: Path, stamp: Stamp, deep: bool) -> ModelState:
    """Judge an installed model by its stamp."""
    if where.is_file() and stamp.parts[0].sha256 != model.sha256:
        return ModelState.DAMAGED
    fresh = []
    for part in stamp.parts:
        file = where / part.name if where.is_dir() else where
        try:
            found = file.stat()
        except FileNotFoundError:
            return ModelState.DAMAGED
        if found.st_size != part.size:
            return ModelState.DAMAGED
        # A copy of the cache has new times and the same bytes: look once, and remember.
        if deep or found.st_mtime_ns != part.mtime_ns:
            if hash_file(file) != part.sha256:
                return ModelState.DAMAGED
            fresh.append(Part(part.name, part.size, found.st_mtime_ns, part.sha256))
        else:
            fresh.append(part)
    renewed = Stamp(stamp.source, tuple(fresh))
    if renewed != stamp:
        _try_stamp(where, renewed)
    return ModelState.OK


def hash_file(file: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def stamp_of(where: Path, source: str, known: dict[str, str]) -> Stamp:
    """A stamp of what lies there now; digests not in `known` (by file name) are computed."""
    inside = sorted(file for file in where.rglob("*") if file.is_file() and file.name != STAMP)
    files = [where] if where.is_file() else inside
    parts = []
    for file in files:
        found = file.stat()
        name = file.relative_to(where).as_posix() if where.is_dir() else file.name
        parts.append(Part(name, found.st_size, found.st_mtime_ns, known.get(name) or hash_file(file)))
    return Stamp(source, tuple(parts))


def read_stamp(where: Path) -> Stamp | None:
    """The stamp of an installed model; None if there is none that can be read."""
    try:
        raw = json.loads(stamp_file(where).read_text(encoding="utf-8"))
        parts = tuple(
            Part(str(p["name"]), int(p["size"]), int(p["mtime_ns"]), str(p["sha256"])) for p in raw["parts"]
        )
        return Stamp(str(raw["source"]), parts) if parts else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_stamp(where: Path, stamp: Stamp) -> None:
    """Write the stamp, in one step."""
    parts = [
        {"name": p.name, "size": p.size, "mtime_ns": p.mtime_ns, "sha256": p.sha256} for p in stamp.parts
    ]
    file = stamp_file(where)
    fresh = file.with_name(file.name + ".new")
    fresh.write_text(json.dumps({"source": stamp.source, "parts": parts}, indent=1), encoding="utf-8")
    fresh.replace(file)


def stamp_file(where: Path) -> Path:
    """Where the stamp of a model lies: inside a folder, beside a file."""
    return where / STAMP if where.is_dir() else where.with_name(f".{where.name}.{STAMP}")


def _adopt(model: Model, where: Path) -> ModelState:
    """Judge a model that somebody else put there: only a file with the published digest counts."""
    if where.is_dir() or where.stat().st_size != model.bytes or hash_file(where) != model.sha256:
        return ModelState.DAMAGED
    _try_stamp(where, stamp_of(where, "disk", {where.name: model.sha256}))
    return ModelState.OK


def _look(where: Path) -> ModelState:
    """Judge the learner's own model by its outside: a GGUF file, or a folder that lists its modules."""
    if where.is_dir():
        return ModelState.OK if (where / "modules.json").is_file() else ModelState.DAMAGED
    with where.open("rb") as data:
        return ModelState.OK if data.read(4) == b"GGUF" else ModelState.DAMAGED


def _try_stamp(where: Path, stamp: Stamp) -> None:
    """Write the stamp if the folder can be written: without it the next check only takes longer."""
    try:
        write_stamp(where, stamp)
    except OSError:
        return


def remove(model: Model, folder: Path | None = None) -> bool:
    """Delete an installed model (never one at the learner's own path); whether there was one."""
    where = place(model, folder)
    if model.local is not None or not where.exists():
        return False
    if where.is_dir():
        shutil.rmtree(where)
    else:
        where.unlink()
        stamp_file(where).unlink(missing_ok=True)
    return True
