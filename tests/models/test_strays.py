"""What lies among the models and is none: seen, and cleared away where nobody is fetching it."""

from pathlib import Path

from filelock import FileLock

from studyllm.models import CATALOGUE, clear, strays

GGUF = next(model.filename for model in CATALOGUE if model.filename.endswith(".gguf"))


def test_models_and_what_belongs_to_them_are_no_strays(tmp_path: Path) -> None:
    for name in (GGUF, f".{GGUF}.lock", f".{GGUF}.studyllm.json"):
        (tmp_path / name).write_bytes(b"x")
    found = strays(tmp_path)
    assert (found.unfinished, found.unknown, found.bytes) == ((), (), 0)
    assert strays(tmp_path / "none").unknown == ()


def test_what_is_left_of_downloads_goes_and_what_is_unknown_stays(tmp_path: Path) -> None:
    (tmp_path / f"{GGUF}.part").write_bytes(b"12345")
    (tmp_path / f"{GGUF}.part.json").write_bytes(b"{}")
    (tmp_path / f".{GGUF}.hub").mkdir()
    (tmp_path / f".{GGUF}.hub" / "x").write_bytes(b"123")
    (tmp_path / "mine.gguf").write_bytes(b"1")
    found = strays(tmp_path)
    assert len(found.unfinished) == 3
    assert [path.name for path in found.unknown] == ["mine.gguf"]
    assert found.bytes >= 5 + 2 + 3 + 1
    assert clear(found) == 3
    assert strays(tmp_path).unfinished == ()
    assert (tmp_path / "mine.gguf").exists()


def test_a_download_that_is_under_way_is_left_alone(tmp_path: Path) -> None:
    part = tmp_path / f"{GGUF}.part"
    part.write_bytes(b"12345")
    with FileLock(tmp_path / f".{GGUF}.lock"):
        assert clear(strays(tmp_path)) == 0
    assert part.exists()
