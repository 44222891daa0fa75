"""A whole home as JSON Lines: out, into an empty home, and out again."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyllm.config import load
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Store
from tests.cli.shell import NOTES, run
from tests.conftest import DAY, NOW, SHARED, fill
from tests.exchange.homes import elsewhere, first
from tests.postgres import Cluster


def lived_in(store: Store, home: Path, tmp_path: Path) -> None:
    """A home in which everything happened that leaves rows of its own."""
    note = tmp_path / "notes" / "电路.md"
    note.parent.mkdir()
    note.write_text(NOTES, encoding="utf-8")
    run("import", "--quick", str(note))
    fill(store, *(f"term {n}" for n in range(30)))
    queue = ReviewQueue(store, DAY)
    for number in range(60):
        now = NOW + timedelta(hours=5 * number)
        for card in queue.queue(now)[:3]:
            grade, sure = Grade((number + card.id) % 6), 1 + number % 3
            queue.record(card, grade, now, answer=f"回答 {number}\n二", confidence=sure, confused=2)
    first, second, *_rest = store.cards()
    run("suspend", str(first.id))
    run("card", "tag", str(second.id), "hard")
    run("card", "due", str(second.id), "2027-01-01")
    run("schedule", "set", "words", "--algorithm", "fsrs")
    run("undo")
    note.write_text(NOTES.replace("欧姆", "Ohm"), encoding="utf-8")
    run("import", "--quick", str(note))
    (home / "config.toml").write_bytes(
        'rollover = 5 # 四点\r\nlanguage_model = "off"\nconfidence = true\n'.encode()
    )


def test_a_home_comes_back_bit_by_bit(store: Store, home: Path, tmp_path: Path) -> None:
    lived_in(store, home, tmp_path)
    run("export", str(tmp_path / "1.jsonl"))
    other = tmp_path / "other"
    elsewhere(other, "import", str(tmp_path / "1.jsonl"))
    elsewhere(other, "export", str(tmp_path / "2.jsonl"))
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert (other / "config.toml").read_text() == "rollover = 5\nconfidence = true\n", (
        "what is about the machine stays there"
    )
    with Store(other / "study.db") as moved:
        assert list(moved.cards()) == list(store.cards())
        assert list(moved.journal.entries()) == list(store.journal.entries())
        kept = [entry.review.detail for entry in moved.journal.entries() if entry.review]
        assert {detail.own_confidence for detail in kept} == {1, 2, 3}
        assert {detail.confused for detail in kept} == {2}
        assert not moved.journal.differences()
    assert "import" in elsewhere(other, "undo"), "what was done can be taken back there"


def test_keys_and_themes_of_the_learners_own_come_along(store: Store, home: Path, tmp_path: Path) -> None:
    fill(store, "term")
    own = """
theme = "夜 \\"mine\\""
device = "cpu"
rollover = 5
[keys]
review.skip = ["f7", "f8"]
"review.undo" = "ctrl+z"
[themes."夜 \\"mine\\""]
primary = "teal"
dark = true
made = 2026-01-01
"""
    (home / "config.toml").write_text(own, encoding="utf-8")
    run("export", str(tmp_path / "1.jsonl"))
    other = tmp_path / "other"
    elsewhere(other, "import", str(tmp_path / "1.jsonl"))
    elsewhere(other, "export", str(tmp_path / "2.jsonl"))
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    here, there = (load(folder, environ={}) for folder in (home, other))
    assert there.keys == here.keys == {"review.skip": "f7,f8", "review.undo": "ctrl+z"}
    assert there.themes == {'夜 "mine"': {"primary": "teal", "dark": True}}
    assert (there.theme, there.rollover, there.device) == ('夜 "mine"', 5, "auto")


def through_a_server(file: Path, cluster: Cluster, tmp_path: Path) -> bytes:
    """What comes out of a server into which a home went."""
    on_server = {"STUDYLLM_DATABASE": cluster.fresh().url}
    run("--home", str(tmp_path / "there"), "import", str(file), env=on_server)
    run("--home", str(tmp_path / "there"), "export", str(tmp_path / "there.jsonl"), env=on_server)
    return (tmp_path / "there.jsonl").read_bytes()


def test_a_home_goes_through_a_server_bit_by_bit(
    store: Store, home: Path, tmp_path: Path, cluster: Cluster
) -> None:
    lived_in(store, home, tmp_path)
    run("export", str(tmp_path / "1.jsonl"))
    assert through_a_server(tmp_path / "1.jsonl", cluster, tmp_path) == (tmp_path / "1.jsonl").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("server", [False, True])
@pytest.mark.skipif(not SHARED.exists(), reason="shared/data is not there: no real notes")
def test_real_notes_with_five_thousand_reviews(
    store: Store, tmp_path: Path, server: bool, request: pytest.FixtureRequest
) -> None:
    run("import", "--quick", str(SHARED / "notes" / "llm-notes.md"))
    queue = ReviewQueue(store, DAY)
    count, now = 0, NOW
    while count < 5000:
        now += timedelta(days=1)
        for card in queue.queue(now):
            queue.record(card, Grade((count * 7) % 6), now, answer=card.card.answer[:40])
            count += 1
    run("export", str(tmp_path / "1.jsonl"))
    written = (tmp_path / "1.jsonl").read_bytes()
    if server:
        assert through_a_server(tmp_path / "1.jsonl", request.getfixturevalue("cluster"), tmp_path) == written
        return
    elsewhere(tmp_path / "o", "import", str(tmp_path / "1.jsonl"))
    elsewhere(tmp_path / "o", "export", str(tmp_path / "2.jsonl"))
    assert (tmp_path / "2.jsonl").read_bytes() == written


def test_a_home_with_cards_takes_no_other_one(store: Store, tmp_path: Path) -> None:
    fill(store, "a")
    run("export", str(tmp_path / "1.jsonl"))
    said = run("import", str(tmp_path / "1.jsonl"), ok=False)
    assert "This home is not empty" in said
    assert store.count() == 1


@pytest.fixture
def exported(store: Store, tmp_path: Path) -> list[str]:
    fill(store, "a", "b")
    ReviewQueue(store, DAY).record(first(store), Grade.GOOD, NOW)
    run("export", str(tmp_path / "1.jsonl"))
    return (tmp_path / "1.jsonl").read_text().splitlines()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda lines: lines[:-1], "cut off"),
        (lambda lines: lines[:1] + lines[2:], "points to nothing"),
        (lambda lines: [*lines, lines[-1]], "Line 8"),
        (lambda lines: ["{}", *lines[1:]], "no home"),
        (lambda lines: [lines[0].replace('"tables": "', '"tables": "9'), *lines[1:]], "another version"),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], "same number"),
        (
            lambda lines: [*lines[:2], lines[2].replace('"kind": "term"', '"kind": "spell"'), *lines[3:]],
            "kind",
        ),
        (lambda lines: [*lines[:2], lines[2].replace('"term": "a"', '"term": 7'), *lines[3:]], "term"),
        (lambda lines: [*lines[:2], lines[2].replace('"added_at"', '"more"'), *lines[3:]], "more"),
        (lambda lines: [*lines[:5], lines[5].replace('"chosen": 4', '"chosen": 44'), *lines[6:]], "chosen"),
        (lambda lines: ["[" * 100_000, *lines], "Line 1"),
        (lambda lines: ["\x00" * 100, *lines], "Line 1"),
        (lambda lines: [], "Line 1"),
    ],
)
def test_what_is_not_as_it_was_written_changes_nothing(
    exported: list[str], tmp_path: Path, wrong: Callable[[list[str]], list[str]], said: str
) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_text("\n".join(wrong(exported)) + "\n")
    other = tmp_path / "other"
    assert said in elsewhere(other, "import", str(file), ok=False)
    with Store(other / "study.db") as empty:
        assert empty.whole.is_empty()
    assert not (other / "config.toml").exists()


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_line_may_be_anything(
    exported: list[str], tmp_path: Path, empty_database: Path, data: st.DataObject
) -> None:
    """Refused in a sentence, or read and then readable: never a traceback, never half a home."""
    number = data.draw(st.integers(1, len(exported) - 2))
    line = json.loads(exported[number])
    column = data.draw(st.sampled_from(sorted(line["row"])))
    values: st.SearchStrategy[object] = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False)
        | st.text()
        | st.just([])
        | st.just({"a": 1})
    )
    line["row"][column] = data.draw(values)
    file = tmp_path / "wrong.jsonl"
    file.write_text("\n".join([*exported[:number], json.dumps(line), *exported[number + 1 :]]) + "\n")
    database = tmp_path / "any" / "study.db"
    database.parent.mkdir(exist_ok=True)
    database.write_bytes(empty_database.read_bytes())
    for end in ("-wal", "-shm"):
        database.with_name(f"study.db{end}").unlink(missing_ok=True)
    elsewhere(database.parent, "import", str(file), ok=None)
    with Store(database) as store:
        if not store.whole.is_empty():
            (
                list(store.cards(gone=True)),
                list(store.journal.entries()),
                store.decks(),
                store.journal.differences(),
            )


def test_a_file_that_is_there_is_not_written_over(store: Store, tmp_path: Path) -> None:
    fill(store, "a")
    file = tmp_path / "out.csv"
    file.write_text("mine")
    assert "--force" in run("export", str(file), ok=False)
    assert file.read_text() == "mine"
    run("export", "--force", str(file))
    assert file.read_text() == "term,answer,tags,deck,section\na,what a means,,words,\n"
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


@pytest.mark.parametrize("name", ["deck", "deck.docx", "-"])
def test_a_name_that_tells_no_format_is_refused(store: Store, tmp_path: Path, name: str) -> None:
    assert "jsonl, apkg" in run("export", name if name == "-" else str(tmp_path / name), ok=False)


@pytest.mark.parametrize(
    "wrong", [{"keys": 7}, {"keys": None}, {"themes": {"mine": "teal"}}, {"rollover": {}}]
)
def test_settings_that_no_file_could_have_are_refused(
    exported: list[str], tmp_path: Path, wrong: dict[str, object]
) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_text("\n".join([exported[0], json.dumps({"settings": wrong}), *exported[1:]]) + "\n")
    assert "Line 2" in elsewhere(tmp_path / "other", "import", str(file), ok=False)
    assert not (tmp_path / "other" / "config.toml").exists()
