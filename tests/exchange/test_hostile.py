"""Files made to do harm: refused in one sentence, in bounded time and memory, and nothing is changed."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyllm.store import Store
from tests.cli.shell import run
from tests.exchange.homes import first
from tests.exchange.packages import CLOZE, Asked, package

GIGABYTE = 1 << 30
MEMORY = 700 << 20
"""Bytes of memory of a process that refuses one of these; it takes 130 MB before."""


def refused(file: Path) -> str:
    """The one sentence with which a process of little memory refuses a file, within a minute."""
    done = subprocess.run(
        [sys.executable, "-m", "studyllm", "import", str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY)),
    )
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert "should not have" not in done.stderr, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("_", "."), content)
    return path


def zeros(path: Path) -> Path:
    with path.open("wb") as file:
        file.truncate(GIGABYTE)
    return path


def bomb(path: Path) -> Path:
    """A gigabyte of zeros in a megabyte, as the old form packs it."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open("collection.anki2", "w", force_zip64=True) as file,
    ):
        for _piece in range(1024):
            file.write(bytes(1 << 20))
    return path


def zstd_bomb(path: Path) -> Path:
    """The same in the new form: a gigabyte in 30 kilobytes."""
    packer = zstandard.ZstdCompressor(level=3).compressobj()
    raw = b"".join(packer.compress(bytes(1 << 20)) for _piece in range(1024)) + packer.flush()
    return zipped(path, collection_anki21b=raw)


def many(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(66_000):
            packed.writestr(str(number), b"")
    return path


def view(path: Path) -> Path:
    """Notes that never end: a view in the place of the table."""
    file = path.with_suffix(".db")
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "CREATE TABLE col (id, crt, ver, conf, models, decks, dconf);"
            "INSERT INTO col VALUES (1, 0, 11, '{}', '{}', '{}', '');"
            "CREATE TABLE cards (id); CREATE TABLE revlog (id);"
            "CREATE VIEW notes AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT i AS id FROM n;"
        )
    return zipped(path, collection_anki2=file.read_bytes())


def torn(path: Path) -> Path:
    package(path, [Asked(("a", "b"))])
    with zipfile.ZipFile(path) as packed:
        raw = bytearray(packed.read("collection.anki2"))
    raw[4096:12_288] = os.urandom(8192)
    return zipped(path, collection_anki2=bytes(raw))


def deep(path: Path) -> Path:
    """A collection whose JSON is nested without end."""
    package(path, [Asked(("a", "b"))])
    with zipfile.ZipFile(path) as packed:
        path.with_suffix(".db").write_bytes(packed.read("collection.anki2"))
    with closing(sqlite3.connect(path.with_suffix(".db"))) as connection:
        connection.execute("UPDATE col SET models = ?", ("[" * 200_000,))
        connection.commit()
    return zipped(path, collection_anki2=path.with_suffix(".db").read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("zeros.apkg", zeros),
        ("zeros.csv", zeros),
        ("zeros.jsonl", zeros),
        ("bomb.apkg", bomb),
        ("bomb.colpkg", zstd_bomb),
        ("many.apkg", many),
        ("view.apkg", view),
        ("torn.apkg", torn),
        ("deep.apkg", deep),
        ("empty.apkg", lambda path: zipped(path)),
        ("text.apkg", lambda path: zipped(path, collection_anki2=b"hello")),
        ("no.apkg", lambda path: (path.write_bytes(b"") and path) or path),
        ("folder.apkg", lambda path: path.mkdir() or path),
        ("cut.colpkg", lambda path: zipped(path, collection_anki21b=b"\x28\xb5\x2f\xfd" + bytes(9))),
        ("random.csv", lambda path: path.write_bytes(os.urandom(100_000)) and path),
    ],
)
def test_a_file_made_to_do_harm_is_refused(
    home: Path, tmp_path: Path, name: str, make: Callable[[Path], Path]
) -> None:
    refused(make(tmp_path / name))
    if (home / "study.db").exists():
        with Store(home / "study.db") as store:
            assert store.count() == 0


def test_names_of_media_are_no_paths(store: Store, home: Path, tmp_path: Path) -> None:
    names = [
        "../../evil.png",
        "/tmp/evil.png",
        "..%2f..%2fevil.png",
        "C:\\evil.png",
        ".png",
        "x/../y.png",
        "a\0b.png",
    ]
    cards = [Asked((f"term {n}", f'<img src="{name}"> x')) for n, name in enumerate(names)]
    run("import", str(package(tmp_path / "d.apkg", cards, dict.fromkeys(names, b"evil"))))
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.read_bytes() == b"evil"]
    assert all(path.parent == home / "imported" / "d" for path in written)
    assert not Path("/tmp/evil.png").exists()


def test_what_stands_in_cards_is_text(store: Store, tmp_path: Path) -> None:
    """No markup of Textual's, no escape, no field in a field, no template of ours."""
    wild = "[red]\x1b[31m{{Back}} %s {term} &lt;script&gt; \u202e"
    fields = (wild, wild + "<img src=javascript:x onerror=y>")
    run(
        "import",
        str(package(tmp_path / "d.apkg", [Asked(fields), Asked((f"{{{{c1::{wild}}}}} x", ""), kind=CLOZE)])),
    )
    for card in store.cards():
        assert "\x1b" not in card.card.answer + card.card.prompt
        assert "\u202e" not in card.card.answer + card.card.prompt
    assert "[red]" in first(store).card.prompt


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_package_with_any_bytes_changed(store: Store, tmp_path: Path, data: st.DataObject) -> None:
    """Read or refused in a sentence; what is read can be told again."""
    new = data.draw(st.booleans())
    file = package(
        tmp_path / "d.apkg", [Asked(("a", "b"), type=2, due=5, ivl=3, factor=2500)], {"x.png": b"x"}, new=new
    )
    raw = bytearray(file.read_bytes())
    for _time in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    file.write_bytes(raw)
    run("import", "--dry-run", str(file), ok=None)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_collection_with_any_value_in_any_column(store: Store, tmp_path: Path, data: st.DataObject) -> None:
    new = data.draw(st.booleans())
    file = package(
        tmp_path / "d.apkg",
        [Asked(("a", "b"), type=2, due=5, ivl=3, factor=2500, reviews=[(10**12, 3, 3, 2500, 1)])],
        new=new,
    )
    with zipfile.ZipFile(file) as packed:
        raw = packed.read("collection.anki21b" if new else "collection.anki2")
    database = tmp_path / "c.db"
    database.write_bytes(zstandard.ZstdDecompressor().decompress(raw, 1 << 24) if new else raw)
    with closing(sqlite3.connect(database)) as connection:
        connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        tables = ["notes", "cards", "revlog", "col"] + (
            ["notetypes", "fields", "templates", "decks", "config"] if new else []
        )
        table = data.draw(st.sampled_from(tables))
        column = data.draw(
            st.sampled_from([row[1] for row in connection.execute(f"PRAGMA table_info({table})")])
        )
        numbers = st.integers(-(1 << 63), (1 << 63) - 1)
        value = data.draw(
            st.none()
            | numbers
            | st.floats()
            | st.text(max_size=30)
            | st.binary(max_size=30)
            | st.just("{}")
            | st.just("[1]")
        )
        value = value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        connection.execute(f"UPDATE {table} SET {column} = ?", (value,))
        connection.commit()
    run("import", str(zipped(file, collection_anki2=database.read_bytes())), ok=None)
    assert not store.journal.differences()
    list(store.cards(gone=True)), list(store.journal.entries())
    json.dumps([row for _table, row in store.whole.rows()])
