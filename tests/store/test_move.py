"""A database at another place is the same database: table by table, there and back."""

from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from studyllm.cards import Deck
from studyllm.errors import InputError
from studyllm.location import Place, Server
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Changes, Store
from studyllm.store.damage import examine
from studyllm.store.database import Database
from studyllm.store.move import TABLES, move, refuse_taken, rows
from tests.cli.shell import NOTES, run
from tests.conftest import DAY, NOW, card, fill
from tests.postgres import Cluster
from tests.store.test_actions import Life, actions
from tests.store.test_quizzes import outcome


@pytest.fixture(scope="session")
def engine() -> str:
    """Each test has both."""
    return "sqlite"


@pytest.fixture
def lived(store: Store) -> Store:
    """A store in which all sorts of things happened."""
    awkward = card(
        "零\u200b宽 \\u0000 \"'%s%(x)s", "emoji 🦜\ttab\nline", aliases=("é", "e\u0301"), lang="zh"
    )
    for deck in ("birds", "trees"):
        cards = [card(f"{deck} {n}", path=f"/notes/{deck}.md", line=n) for n in range(1, 5)]
        store.apply(Deck(deck), Changes(added=(*cards, awkward)), NOW)
    life = Life(store)
    for action in actions(7, 300):
        life.do(action)
    quiz = store.quizzes.begin(NOW, None, {"length": 2, "share": 0.1})
    store.quizzes.add(quiz, [outcome(1, right=True), outcome(2, right=False, confused=1)], NOW)
    return store


def dump(place: Place) -> dict[str, Sequence[Any]]:
    with closing(Database(place)) as database, database.read() as connection:
        return {each.name: list(rows(connection, each)) for each in TABLES}


def test_there_and_back_everything_is_identical(lived: Store, cluster: Cluster, tmp_path: Path) -> None:
    server, back, settled = cluster.fresh(), tmp_path / "deep" / "back.db", []
    before = dump(lived.place)
    assert sum(map(len, before.values())) > 300
    counts = move(lived.place, server, lambda: settled.append(1))
    assert counts == {name: len(some) for name, some in before.items()}
    assert dump(server) == before
    move(server, back, lambda: settled.append(2))
    assert settled == [1, 2]
    assert dump(back) == before
    assert raw_text(back) == raw_text(lived.path), "JSON too is the text that it was"
    assert examine(back) is None
    assert back.stat().st_mode & 0o077 == 0


def raw_text(path: Path) -> list[Any]:
    with closing(Database(path)) as database, database.read() as connection:
        return [connection.execute(text(f"SELECT * FROM {each.name} ORDER BY 1, 2")).all() for each in TABLES]


def test_life_goes_on_after_a_move(lived: Store, cluster: Cluster) -> None:
    server = cluster.fresh()
    move(lived.place, server, lambda: None)
    with Store(server) as store:
        newest = max(entry.id for entry in store.journal.entries())
        recorded = ReviewQueue(store, DAY).record(store.card(1), Grade.GOOD, NOW + timedelta(days=900))
        assert recorded.log_id == newest + 1
        store.apply(Deck("birds"), Changes(added=(card("new"),)), NOW)
        assert store.quizzes.begin(NOW, None, {}) == 2
        assert store.journal.differences() == ()
        life = Life(store)
        for action in actions(8, 50):
            life.do(action)
        while life.before:
            life.undo()
        assert store.journal.differences() == ()


def test_a_place_that_holds_something_is_refused(store: Store, cluster: Cluster, tmp_path: Path) -> None:
    fill(store, "a")
    taken = cluster.fresh()
    with Store(taken) as there:
        fill(there, "theirs")
    (tmp_path / "taken.db").write_text("mine")
    for place in (taken, tmp_path / "taken.db", store.path):
        with pytest.raises(InputError, match=r"Nothing was moved"):
            move(store.place, place, lambda: pytest.fail("it was used"))
    with Store(taken) as there:
        assert [one.card.term for one in there.cards()] == ["theirs"]


def test_looking_makes_nothing(cluster: Cluster) -> None:
    server = cluster.fresh()
    refuse_taken(server)
    assert not cluster.execute("SELECT 1 FROM information_schema.schemata WHERE schema_name = 'test_none'")
    with Store(server):
        refuse_taken(server)


def test_what_fails_half_way_leaves_the_old_one_in_use(
    store: Store, cluster: Cluster, tmp_path: Path
) -> None:
    fill(store, "a")
    with store._database.write() as connection:  # SQLite takes it, the server does not
        connection.execute(text("UPDATE card SET answer = 'nul' || char(0)"))
    server = cluster.fresh()
    with pytest.raises(Exception, match="NUL"):
        move(store.place, server, lambda: pytest.fail("it was used"))
    with Store(server) as there:
        assert there.count() == 0

    def no_room() -> None:
        raise InputError("config.toml cannot be written")

    with pytest.raises(InputError, match=r"config\.toml"):
        move(store.place, tmp_path / "new.db", no_room)
    assert store.count() == 1


def test_the_command_moves_and_the_settings_follow(home: Path, tmp_path: Path, cluster: Cluster) -> None:
    (tmp_path / "a.md").write_text(NOTES)
    run("import", str(tmp_path / "a.md"))
    (home / "config.toml").write_text('# mine\r\nmotion = "off" # still\r\n', newline="")
    before, server = dump(home / "study.db"), cluster.fresh()
    said = run("move", server.url, "--dry-run")
    assert "Nothing was changed" in said
    assert not (home / "config.toml").read_text().startswith("database")
    said = run("move", server.url, "--yes")
    assert "copied and compared" in said
    assert (home / "config.toml").read_bytes() == (
        f'database = "{server.url}"\r\n# mine\r\nmotion = "off" # still\r\n'.encode()
    )
    assert dump(server) == before
    assert (home / "study.db").exists()
    cards = run("cards", "--json")
    assert "on a server" in run("backup", "make", ok=False)
    assert "pg_dump" in run("doctor", "--repair")
    run("move", str(home / "back.db"), "--yes")
    assert 'database = "back.db"\r\n' in (home / "config.toml").read_bytes().decode()
    assert run("cards", "--json") == cards
    assert dump(home / "back.db") == before


def test_a_password_is_shown_nowhere() -> None:
    server = Server("postgresql+psycopg://me:geheim@host:5433/db?password=geheim&options=-csearch_path=ana")
    assert str(server) == "postgresql+psycopg://me@host:5433/db?options=-csearch_path=ana"
    assert "geheim" not in repr(server)
