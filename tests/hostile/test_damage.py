"""A damaged database: said in a sentence, not written to, and made sound again with every answer that can be read."""

import gc
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from studyllm.errors import StoreError
from studyllm.store import Store
from tests.cli.shell import NOTES, lines, run
from tests.conftest import NOW

COMMANDS = (
    ("due",),
    ("cards", "--json"),
    ("search", "电"),
    ("card", "show", "1"),
    ("leeches",),
    ("log", "--json"),
    ("stats",),
    ("calibration",),
    ("schedule", "show"),
    ("schedule", "compare"),
    ("answer", "1", "--grade", "4"),
    ("undo",),
    ("suspend", "1"),
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three cards, six answers, one of them taken back, and what a learner does to cards; with their note."""
    folder = tmp_path_factory.mktemp("sound")
    (folder / "circuits.md").write_text(NOTES)
    env = {"STUDYLLM_HOME": str(folder), "STUDYLLM_INTERFACE": "en"}
    run("import", str(folder / "circuits.md"), "--deck", "电路", env=env)
    for day in (1, 2, 5):
        for card in ("1", "2"):
            at = f"2030-01-0{day}T10:00:00Z"
            run("answer", card, "--text", "阻碍电流", "--grade", "4", "--at", at, env=env)
    for command in (
        ("undo",),
        ("card", "tag", "1", "物理"),
        ("card", "bury", "2"),
        ("schedule", "set", "--retention", "0.8"),
    ):
        run(*command, env=env)
    return folder / "study.db"


@pytest.fixture
def database(home: Path, sound: Path) -> Path:
    home.mkdir(mode=0o700)
    shutil.copy(sound, home / "study.db")
    return home / "study.db"


def edit(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER log_no_update")
        raw.execute("DROP TRIGGER log_no_delete")
        for statement in statements:
            raw.execute(statement)
        raw.commit()


_TEXT = "CAST(x'ff80fe' AS TEXT)"
ROWS = {
    "a term that is not UTF-8": f"UPDATE card SET term = {_TEXT} WHERE id = 1",
    "an answer that is not UTF-8": f"UPDATE log SET answer = {_TEXT} WHERE id = 3",
    "a deck that is not UTF-8": f"UPDATE deck SET name = {_TEXT}",
    "a path that is not UTF-8": f"UPDATE note SET path = {_TEXT}",
    "points that are no JSON": "UPDATE card SET points = '[\"a' WHERE id = 2",
    "points that are no texts": "UPDATE card SET points = '[1, null]' WHERE id = 2",
    "a blob for a term": "UPDATE card SET term = x'00ff' WHERE id = 3",
    "a day that is none": "UPDATE card SET due = 'soon' WHERE id = 1",
    "a kind that is none": "UPDATE card SET kind = 'riddle' WHERE id = 1",
    "a deck that is not there": "UPDATE card SET deck_id = 77 WHERE id = 1",
    "no text at all": "UPDATE card SET line = 'abc', added_at = 5, suspended = 'maybe'",
    "where a card stood": "UPDATE log SET before = '{' WHERE id = 4",
    "where an answer left it": "UPDATE log SET after = '{\"due\": 1}' WHERE id = 4",
    "where the last answer left it": "UPDATE log SET after = NULL WHERE id = 6",
    "the detail of a review": 'UPDATE log SET detail = \'{"seconds": "3"}\' WHERE id = 3',
    "a verdict that is none": "UPDATE log SET verdict = 'splendid' WHERE id = 3",
    "a moment that is none": "UPDATE log SET at = 'then' WHERE id = 3",
    "an event that is none": "UPDATE log SET event = 'party' WHERE id = 3",
    "the detail of an import": "UPDATE log SET detail = '[]' WHERE id = 1",
    "the detail of a change": "UPDATE log SET detail = NULL WHERE event = 'tags'",
    "a grade that is none": "UPDATE log SET chosen = 99 WHERE id = 3",
    "limits that are none": "UPDATE deck SET new_per_day = 'many', kinds = '7', choices = '{}'",
    "scheduling that is none": 'UPDATE deck SET scheduling = \'{"algorithm": "astrology"}\'',
}


@pytest.mark.slow
@pytest.mark.parametrize("statement", ROWS.values(), ids=ROWS)
def test_a_row_that_cannot_be_read_is_named_and_mended(database: Path, statement: str) -> None:
    before = _answers(database)
    edit(database, statement)
    for command in COMMANDS:
        run(*command, ok=None)
    assert run("doctor", ok=False) == ""
    gc.collect()  # a command that failed in this process may hold its connection until then
    said = run("doctor", "--repair")
    assert "it is kept as" in said
    assert "every card stands where the log says" in run("doctor")
    run(*COMMANDS[0])
    lost = _aside(database)
    assert len([row for row in lost if row["table"] == "log"]) <= 2, "a change and what took it back"
    kept = _answers(database) + [row["answer"] for row in lost if row.get("event") == "review"]
    assert len(kept) >= len(before)
    (copy,) = database.parent.glob("study.damaged-*.db")
    assert copy.stat().st_mode & 0o777 == 0o600


def test_the_reader_names_the_row_and_the_column(database: Path) -> None:
    edit(database, "UPDATE card SET points = '7' WHERE id = 2")
    checks = json.loads(run("doctor", "--json", ok=None))["checks"]
    assert checks[0]["state"] == "damaged"
    assert "card 2 (points)" in checks[0]["note"]


def test_what_is_mended_from_the_log_is_as_it_was(database: Path) -> None:
    before = lines(run("cards", "--json"))
    edit(
        database,
        f"UPDATE card SET due = {_TEXT}, tags = {_TEXT}, ease = 'x', buried = 7",
        f"UPDATE deck SET scheduling = {_TEXT}",
    )
    run("doctor", "--repair")
    assert lines(run("cards", "--json")) == before
    assert json.loads(run("schedule", "show", "--json"))["retention"] == 0.8


def test_a_mended_card_says_what_its_note_says_after_the_next_import(database: Path) -> None:
    before = lines(run("cards", "--json"))
    edit(database, f"UPDATE card SET answer = {_TEXT}, points = '7' WHERE id = 1")
    run("doctor", "--repair")
    assert lines(run("cards", "--json")) != before
    run("import")
    assert lines(run("cards", "--json")) == before


def test_a_damaged_database_is_read_and_not_written_to(database: Path) -> None:
    with Store(database) as store:
        card = store.card(1)
        edit(database, f"UPDATE card SET term = {_TEXT} WHERE id = 3")
        with pytest.raises(StoreError, match="studyllm doctor"):
            list(store.cards())
        assert store.card(1) == card
        with pytest.raises(StoreError, match="nothing is written"):
            store.suspend(1, NOW)
    with Store(database) as store, pytest.raises(StoreError, match="nothing is written"):
        store.suspend(1, NOW)
    run("doctor", "--repair")
    with Store(database) as store:
        assert store.suspend(1, NOW)


def test_a_fault_that_is_gone_blocks_no_longer(database: Path) -> None:
    database.with_name("study.db.damaged").touch()
    with Store(database) as store, pytest.raises(StoreError, match="nothing is written"):
        store.suspend(1, NOW)
    run("doctor")
    with Store(database) as store:
        assert store.suspend(1, NOW)


VERSIONS = {
    "none": "DELETE FROM alembic_version",
    "no table": "DROP TABLE alembic_version",
    "nonsense": "UPDATE alembic_version SET version_num = 'abc'",
    "two": "INSERT INTO alembic_version VALUES ('0003')",
    "an older one": "UPDATE alembic_version SET version_num = '0003'",
}


@pytest.mark.parametrize("statement", VERSIONS.values(), ids=VERSIONS)
def test_a_version_that_is_wrong_is_found_out(database: Path, statement: str) -> None:
    before = run("cards", "--json"), run("log", "--json")
    edit(database, statement)
    run("cards", ok=False)
    assert run("doctor", ok=False) == ""
    run("doctor", "--repair")
    assert (run("cards", "--json"), run("log", "--json")) == before


def test_a_file_cut_to_nothing_is_said(database: Path) -> None:
    database.write_bytes(b"")
    for command in COMMANDS:
        run(*command, ok=False)
    assert run("doctor", ok=False) == ""
    run("doctor", "--repair", ok=False)
    assert database.read_bytes() == b""


def test_a_first_start_that_is_cut_short_leaves_no_database(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("studyllm.store.opening.migrate", stop)
    with pytest.raises(KeyboardInterrupt):
        Store(home / "study.db")
    assert list(home.iterdir()) == []


def _page(number: int, fill: bytes) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        size = int.from_bytes(path.read_bytes()[16:18], "big")
        with path.open("r+b") as file:
            file.seek((number - 1) * size)
            file.write(fill * (size // len(fill)))

    return spoil


@pytest.mark.slow
def test_pages_that_cannot_be_read_cost_what_stood_on_them(database: Path) -> None:
    """Each page in turn: what other pages hold is there afterwards, and the database is sound."""
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")
        (pages,) = raw.execute("PRAGMA page_count").fetchone()
    sound = database.read_bytes()
    before = _answers(database)
    lost = []
    for number in range(2, pages + 1):
        for file in database.parent.glob("study.d*"):
            file.unlink()
        database.write_bytes(sound)
        _page(number, b"\0" if number % 2 else b"\xff\x0a")(database)
        run("cards", ok=None)
        if "it is kept as" in run("doctor", "--repair", ok=None):
            run("doctor")
            lost.append(len(before) - len(_answers(database)))
    assert lost.count(0) > len(lost) * 0.6, "most pages hold no answers"


def test_a_log_that_lost_rows_moves_no_card(database: Path) -> None:
    before = lines(run("cards", "--json"))
    edit(
        database,
        "DELETE FROM log WHERE event = 'undo'",
        "DELETE FROM log WHERE id > 2",
        "UPDATE card SET kind = 'x'",
    )
    run("doctor", "--repair")
    assert lines(run("cards", "--json")) == before
    assert "every card stands where the log says" in run("doctor")


def test_what_is_no_database_is_not_repaired_into_an_empty_one(database: Path) -> None:
    database.write_bytes(b"\x93" * 50_000)
    assert run("doctor", "--repair", ok=False) == ""
    assert database.read_bytes() == b"\x93" * 50_000
    run("cards", ok=False)
    database.unlink()
    run("suspend", "1", ok=False)
    assert not database.with_name("study.db.damaged").exists(), "a new database is not damaged"


def test_a_constraint_that_fails_is_no_damage(database: Path) -> None:
    with Store(database) as store:
        with pytest.raises(StoreError), store._database.write() as connection:
            connection.exec_driver_sql("INSERT INTO quiz_answer (quiz_id) VALUES (99)")
        assert store.suspend(1, NOW)


def test_a_header_that_forbids_writing_is_damage(database: Path) -> None:
    with database.open("r+b") as file:
        file.seek(18)
        file.write(b"\x07")
    run("answer", "1", "--grade", "4", ok=False)
    assert run("doctor", ok=False) == ""
    run("doctor", "--repair")
    run("answer", "1", "--grade", "4")


def test_rows_that_point_to_nothing_and_a_log_without_its_guard(database: Path) -> None:
    edit(database)
    assert run("doctor", ok=False) == ""
    run("doctor", "--repair")
    with (
        closing(sqlite3.connect(database)) as raw,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        raw.execute("DELETE FROM log")
    edit(database, "DELETE FROM card WHERE id = 1")
    assert run("doctor", ok=False) == ""
    before = _answers(database)
    run("doctor", "--repair")
    assert _answers(database) == before, "the log keeps what a lost card was answered"
    run("doctor")


def test_a_database_in_use_is_not_replaced(database: Path) -> None:
    edit(database, "UPDATE card SET points = '7' WHERE id = 2")
    with Store(database) as store:
        store.count()
        run("doctor", "--repair", ok=False)
        assert store.suspend(1, NOW)
    run("doctor", "--repair")


def _answers(path: Path) -> list[object]:
    """What was answered, as far as rows can be read at all."""
    with closing(sqlite3.connect(path)) as raw:
        raw.text_factory = bytes
        return raw.execute("SELECT answer FROM log WHERE event = 'review'").fetchall()


def _aside(path: Path) -> list[dict[str, object]]:
    files = path.parent.glob("study.damaged-*.jsonl")
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
