"""Vectors are kept beside the cards, and can be made again at any time."""

from pathlib import Path

from studyllm.store.vectors import Vectors


def test_they_are_kept_by_model_and_text(tmp_path: Path) -> None:
    kept = Vectors(tmp_path / "vectors.db", "a")
    kept.put({"one": b"1", "two": b"2"})
    assert kept.get(["one", "three"]) == {"one": b"1"}
    assert Vectors(tmp_path / "vectors.db", "b").get(["one"]) == {}


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "vectors.db").write_bytes(b"no database at all" * 400)
    kept = Vectors(tmp_path / "vectors.db", "a")
    assert kept.get(["one"]) == {}
    kept.put({"one": b"1"})
    assert kept.get(["one"]) == {"one": b"1"}


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "vectors.db").mkdir()
    kept = Vectors(tmp_path / "vectors.db", "a")
    kept.put({"one": b"1"})
    assert kept.get(["one"]) == {}
    assert (tmp_path / "vectors.db").is_dir()
