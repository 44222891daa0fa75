"""A home is its learner's own, whatever the umask and whoever made it."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from studyllm.private import log_file, put_right
from studyllm.store import Store
from studyllm.store.vectors import Vectors

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")


@pytest.fixture(autouse=True)
def _open_to_all() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def modes(home: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.lstat().st_mode) for path in (home, *home.iterdir())}


def test_what_is_made_is_private(home: Path) -> None:
    with Store(home / "study.db"):
        Vectors(home / "vectors.db", "model").put({"text": b"vector"})
        found = modes(home)
    assert found.pop("home") == 0o700
    assert {"study.db", "vectors.db"} <= set(found)
    assert set(found.values()) == {0o600}


def test_an_older_home_is_put_right_once(home: Path) -> None:
    home.mkdir(0o755)
    for name in ("study.db", "config.toml", "study.db-wal"):
        (home / name).touch(0o644)
    assert put_right(home)
    assert modes(home) == {"home": 0o700, "study.db": 0o600, "config.toml": 0o600, "study.db-wal": 0o600}
    assert not put_right(home)


def test_a_folder_of_other_things_and_a_link_stay_as_they_are(home: Path, tmp_path: Path) -> None:
    home.mkdir(0o755)
    (tmp_path / "elsewhere").touch(0o644)
    (home / "study.db").touch(0o644)
    (home / "vectors.db").symlink_to(tmp_path / "elsewhere")
    (home / "thesis.txt").touch(0o644)
    assert put_right(home)
    found = modes(home)
    assert (found["home"], found["thesis.txt"], found["study.db"]) == (0o755, 0o644, 0o600)
    assert stat.S_IMODE((tmp_path / "elsewhere").stat().st_mode) == 0o644


def test_a_file_in_a_private_home_is_put_right_without_a_word(home: Path) -> None:
    home.mkdir(0o700)
    (home / "config.toml").touch(0o644)
    assert not put_right(home)
    assert modes(home)["config.toml"] == 0o600


def test_a_log_does_not_grow_without_end(tmp_path: Path) -> None:
    log = tmp_path / "studyllm.log"
    for _ in range(3):
        log.write_bytes(b"x" * 1_000_001)
        log_file(log)
        assert log.stat().st_size == 0
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["studyllm.log", "studyllm.log.old"]
