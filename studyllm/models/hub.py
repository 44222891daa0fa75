"""The model hub: is it there, what does it hold, fetch it, check it."""

import errno
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studyllm.errors import ModelError
from studyllm.i18n import _
from studyllm.models.catalogue import Model
from studyllm.models.places import hash_file

PATIENCE = 4.0
"""Seconds an unreachable hub may cost, names that never resolve included."""
FOLDER_FILES = (
    "config.json",
    "modules.json",
    "sentence_bert_config.json",
    "1_Pooling/config.json",
    "tokenizer.json",
    "tokenizer_config.json",
)
"""What a sentence-transformers folder needs beside its weights; nothing else is fetched."""
OWN_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)
"""Errors that no other source would cure."""
LOOK_EVERY = 0.3
"""Seconds between two looks at how much has arrived."""


class Unreachable(Exception):
    """The hub cannot be used now; the text says why."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """One file of the repository: its size, and its SHA-256 where the hub publishes one."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class HubListing:
    """The files to fetch, as the hub lists them at the pinned revision."""

    host: str
    entries: tuple[HubFile, ...]

    @property
    def bytes(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.entries)


def names(model: Model) -> tuple[str, ...]:
    """The files of the repository that the model needs."""
    return (model.weights, *FOLDER_FILES) if model.role == "embedding" else (model.weights,)


def look_up(model: Model, patience: float = PATIENCE) -> HubListing:
    """What the hub, or its cache on this machine, holds; Unreachable after `patience` seconds at most."""
    from huggingface_hub import HfApi, constants

    cached = {name: file for name in names(model) if (file := _cached(model, name))}
    if len(cached) == len(names(model)):
        kept = (HubFile(name, file.stat().st_size, _known(model, name)) for name, file in cached.items())
        return HubListing(_("its cache on this machine"), tuple(kept))
    if constants.HF_HUB_OFFLINE:
        raise Unreachable(_("HF_HUB_OFFLINE is set"))
    answer: list[Any] = []
    trouble: list[BaseException] = []

    def ask() -> None:
        try:
            found = HfApi().model_info(
                model.repo, revision=model.revision, timeout=patience, files_metadata=True
            )
            answer.extend(found.siblings or ())
        except Exception as error:  # noqa: BLE001 - a thread's trouble is told by the one who waits for it
            trouble.append(error)

    # A daemon thread, because no timeout of a socket covers a name that never resolves.
    asking = threading.Thread(target=ask, name="hub probe", daemon=True)
    asking.start()
    asking.join(patience)
    if asking.is_alive() or trouble:
        late = _("no answer in {seconds:.0f} s").format(seconds=patience)
        why = _short(trouble[0]) if trouble else late
        raise Unreachable(_("{hub} is out of reach ({why})").format(hub=constants.ENDPOINT, why=why))
    wanted = [sibling for sibling in answer if sibling.rfilename in names(model)]
    entries = tuple(HubFile(s.rfilename, s.size or 0, s.lfs.sha256 if s.lfs else "") for s in wanted)
    published = {entry.name: entry.sha256 for entry in entries}
    if published.get(model.weights) != model.sha256 or len(published) < len(names(model)):
        said = _("{hub} does not list the published {file}")
        raise Unreachable(said.format(hub=constants.ENDPOINT, file=model.weights))
    return HubListing(constants.ENDPOINT, entries)


def fetch(model: Model, listing: HubListing, folder: Path, count: Callable[[int], None]) -> None:
    """Fetch the listed files into `folder` (resumable); Unreachable if the hub gives up on the way."""
    from huggingface_hub import hf_hub_download
    from huggingface_hub.utils import disable_progress_bars, logging

    # The library would draw and warn on the terminal that an app may be painting.
    disable_progress_bars()
    logging.set_verbosity_error()
    folder.mkdir(parents=True, exist_ok=True)
    with _watched(folder, count):
        for entry in listing.entries:
            target = folder / entry.name
            if target.is_file() and target.stat().st_size == entry.size:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if cached := _cached(model, entry.name):
                shutil.copyfile(cached, target)
                continue
            try:
                hf_hub_download(model.repo, entry.name, revision=model.revision, local_dir=folder)
            except Exception as error:
                # Whatever its many layers raise means the same here, unless it is this machine's own disk.
                if isinstance(error, OSError) and error.errno in OWN_DISK:
                    raise
                said = _("the download of {file} broke off ({why})")
                raise Unreachable(said.format(file=entry.name, why=_short(error))) from error


def verify(model: Model, listing: HubListing, folder: Path) -> dict[str, str]:
    """The digests by name; ModelError if a file is not the published one."""
    digests = {}
    for entry in listing.entries:
        file = folder / entry.name
        digests[entry.name] = hash_file(file)
        expected = _known(model, entry.name) or entry.sha256
        if file.stat().st_size != entry.size or (expected and digests[entry.name] != expected):
            raise ModelError(
                _(
                    "What {hub} gave for {model} ({file}) is not the published file. "
                    "Nothing was kept; try again, or take it from the mirror."
                ).format(hub=listing.host, model=model.title, file=entry.name)
            )
    return digests


def _known(model: Model, name: str) -> str:
    """The digest in the catalogue, if it has one for that file."""
    return model.sha256 if name == model.weights else ""


def _cached(model: Model, name: str) -> Path | None:
    """The file in the hub's own cache (HF_HOME), if other programs left it there."""
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(model.repo, name, revision=model.revision)
    return Path(found) if isinstance(found, str) else None


@contextmanager
def _watched(folder: Path, count: Callable[[int], None]) -> Iterator[None]:
    """Count what lies in the folder while the body runs: whichever way the library downloads."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(LOOK_EVERY):
            count(arrived(folder))

    watching = threading.Thread(target=watch, name="hub progress", daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()


def arrived(folder: Path) -> int:
    """Bytes of all files under the folder, 0 if there is none; files that vanish meanwhile count nothing."""
    total = 0
    for here, _folders, files in os.walk(folder):
        for name in files:
            try:
                total += (Path(here) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total


def _short(error: BaseException) -> str:
    """The first line of an error, for a sentence."""
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:120].rstrip(". ")
