"""What is asked of a server alone: its tables, several learners, connections that are cut, a server that ends."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from sqlalchemy import inspect

from studyllm.cards import Deck
from studyllm.config import load
from studyllm.errors import InputError, StoreError
from studyllm.location import Server
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, review
from studyllm.store import Changes, Review, Store, migrate, opening, postgresql
from studyllm.store.database import Database
from studyllm.store.statement import Raw
from studyllm.store.tables import METADATA
from tests.conftest import DAY, NOW, card, fill
from tests.postgres import Cluster, why_not
from tests.store.contention import contend


@pytest.fixture(scope="session")
def engine() -> str:
    return "postgresql"


@pytest.fixture
def server(place: Server) -> Server:
    return place


@pytest.fixture
def own() -> Iterator[Cluster]:
    """A server that may be ended."""
    if reason := why_not():
        pytest.skip(reason)
    made = Cluster()
    yield made
    made.close()


def graded(store: Store, number: int, card_id: int = 1) -> Review:
    """The next review of a card."""
    before, at = store.card(card_id).progress, NOW + timedelta(minutes=number)
    return Review(card_id, at, 4, before, review(before, Grade.GOOD, at, DAY))


# Tables


def test_both_engines_have_the_same_tables(server: Server, empty_database: Path) -> None:
    with Store(server) as there, Store(empty_database) as here:
        assert shape(there) == shape(here)


def shape(store: Store) -> dict[str, Any]:
    """All that an engine tells of the tables, but for the names of types."""
    found = inspect(store._database.engine)
    return {
        name: {
            "columns": sorted((c["name"], c["nullable"], kind(c["type"])) for c in found.get_columns(name)),
            "key": found.get_pk_constraint(name)["constrained_columns"],
            "foreign": sorted(
                (k["constrained_columns"], k["referred_table"], k["referred_columns"])
                for k in found.get_foreign_keys(name)
            ),
            "unique": sorted(u["column_names"] for u in found.get_unique_constraints(name)),
            "indexes": sorted(
                (str(i["name"]), i["column_names"], bool(i["unique"]), bool(condition(i)))
                for i in found.get_indexes(name)
                if not i.get("duplicates_constraint")
            ),
        }
        for name in sorted(found.get_table_names())
    }


def kind(one: Any) -> str:
    named: str = one.as_generic()._type_affinity.__name__
    return {"Float": "Numeric"}.get(named, named)


def condition(index: Any) -> Any:
    options = index.get("dialect_options", {})
    return options.get("sqlite_where", options.get("postgresql_where")) is not None


def test_every_way_to_change_the_log_is_closed(server: Server, cluster: Cluster) -> None:
    with Store(server) as store:
        fill(store, "a")
    schema = server.url.rpartition("=")[2]
    for statement in ("UPDATE {}.log SET chosen = 5", "DELETE FROM {}.log", "TRUNCATE {}.log CASCADE"):
        with pytest.raises(Exception, match="append-only"):
            cluster.execute(statement.format(schema))


def test_a_later_migration_runs_on_both(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = (server, tmp_path / "study.db")
    for place in places:
        with Store(place) as store:
            fill(store, "a")
    folder = Path(shutil.copytree(migrate.FOLDER, tmp_path / "migrations"))
    (folder / "versions" / "9999_later.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        f"revision = '9999'\ndown_revision = '{migrate.VERSION}'\n\n\n"
        "def upgrade():\n    op.add_column('card', sa.Column('later', sa.String))\n"
    )
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "FOLDER", folder)
        for module in (migrate, opening, postgresql):
            patched.setattr(module, "VERSION", "9999")
        for place in places:
            with Store(place) as store:
                assert "later" in {c["name"] for c in inspect(store._database.engine).get_columns("card")}
                assert store.count() == 1
    for place in places:
        with pytest.raises(StoreError, match="newer studyllm"):
            Store(place)


# Who else is there


def test_learners_have_a_schema_each_over_the_same_notes(cluster: Cluster) -> None:
    ana, ben = (Store(cluster.fresh()) for _ in range(2))
    for store in (ana, ben):
        fill(store, "a", "b")
    ReviewQueue(ana, DAY).record(ana.card(1), Grade.GOOD, NOW)
    assert len(list(ana.journal.entries())) == 2
    assert len(list(ben.journal.entries())) == 1
    assert ben.card(1).progress != ana.card(1).progress
    ben.journal.undo(NOW)
    assert ana.count() == 2
    for store in (ana, ben):
        store.close()


def test_several_that_come_at_once_make_the_tables_once(server: Server) -> None:
    start, failed = Barrier(4), []

    def come() -> None:
        start.wait()
        try:
            Store(server).close()
        except StoreError as error:
            failed.append(error)

    threads = [Thread(target=come) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


def test_another_programs_schema_is_left_alone(server: Server, cluster: Cluster) -> None:
    schema = server.url.rpartition("=")[2]
    cluster.execute(f"CREATE SCHEMA {schema}; CREATE TABLE {schema}.theirs (x int)")
    with pytest.raises(StoreError, match="another program"):
        Store(server)
    assert cluster.execute(f"SELECT tablename FROM pg_tables WHERE schemaname = '{schema}'") == [("theirs",)]


def test_texts_are_ordered_by_their_bytes_as_in_a_file(server: Server) -> None:
    with Store(server) as store:
        for name in ("b", "Ä", "A", "a", "_"):
            fill(store, "x", deck=name)
        assert [deck.name for deck in store.decks()] == sorted(("b", "Ä", "A", "a", "_"))


@pytest.mark.slow
def test_two_devices_lose_nothing(server: Server) -> None:
    assert contend(server, 500).rows == 1000


@pytest.mark.slow
def test_two_devices_lose_nothing_in_a_file(tmp_path: Path) -> None:
    assert contend(tmp_path / "study.db", 500).rows == 1000


def test_who_holds_the_database_for_long_is_waited_for_and_said(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "_ON_CONNECT", "SET lock_timeout = '100ms'")
    with Store(server) as store:
        fill(store, "a")
        waiting = graded(store, 1)
        with store._database.write():
            with pytest.raises(StoreError, match="in use"):
                store.record(waiting)
            assert store.card(1).card.term == "a", "who reads does not wait"
        store.record(waiting)


# What is cut


def test_connections_that_are_cut_lose_no_review(server: Server, cluster: Cluster) -> None:
    with Store(server) as store:
        fill(store, "a")
        done, saved, refused = Event(), list[int](), list[str]()

        def review_often() -> None:
            while not done.is_set():
                try:
                    saved.append(store.record(graded(store, len(saved))))
                except StoreError as error:
                    refused.append(str(error))

        reviewing = Thread(target=review_often)
        reviewing.start()
        while len(refused) < 10 and reviewing.is_alive():
            cluster.cut()
        done.set()
        reviewing.join()
        assert len(refused) >= 10
        assert all("was lost" in one and "try again." in one for one in refused)
        logged = [entry.id for entry in store.journal.entries() if entry.review]
        assert set(saved) <= set(logged)
        assert len(logged) - len(saved) == 0, "what was said to be lost was lost"
        assert store.journal.differences() == ()
        store.record(graded(store, 10_000))


def test_a_review_that_was_saved_before_the_cut_counts_once(
    server: Server, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(server) as store:
        fill(store, "a")
        done, commit = graded(store, 1), Raw.commit

        def commit_and_lose_the_news(self: Raw) -> None:
            commit(self)
            cluster.cut()
            self._connection.execute("SELECT 1")

        monkeypatch.setattr(Raw, "commit", commit_and_lose_the_news)
        log_id = store.record(done)
        monkeypatch.undo()
        assert [entry.id for entry in store.journal.entries() if entry.review] == [log_id]
        assert store.card(1).progress == done.after


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["restart", "crash"])
def test_a_server_that_ends_and_comes_back(own: Cluster, how: signal.Signals) -> None:
    with Store(own.fresh()) as store:
        fill(store, "a")
        saved = [store.record(graded(store, number)) for number in range(20)]
        left = graded(store, 20)
        own.stop(how)
        with pytest.raises(StoreError, match=r"cannot be reached|was lost"):
            store.record(left)
        with pytest.raises(StoreError, match="cannot be reached"):
            store.counts(NOW.date(), DAY)
        own.start()
        saved.append(store.record(left))
        assert [entry.id for entry in store.journal.entries() if entry.review] == saved
        assert store.journal.differences() == ()


def test_an_import_that_is_cut_changes_nothing(server: Server, cluster: Cluster) -> None:
    with Store(server) as store:
        fill(store, "a")

        def change_and_be_cut() -> None:
            with store._database.write() as connection:
                connection.exec_driver_sql("UPDATE card SET term = 'changed'")
                cluster.cut()
                connection.exec_driver_sql("UPDATE card SET answer = 'changed'")

        with pytest.raises(StoreError, match="was lost"):
            change_and_be_cut()
        assert [one.card.term for one in store.cards()] == ["a"]
        store.apply(Deck("words"), Changes(added=(card("b", line=2),)), NOW)
        assert store.count() == 2


# What is said


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    with pytest.raises(StoreError, match="cannot be reached") as told:
        Store(Server("postgresql+psycopg://me:geheim@/nothing?host=/nowhere"))
    assert "geheim" not in str(told.value)


def test_without_psycopg_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match=r'pip install "studyllm\[postgresql\]"'):
        Store(Server("postgresql+psycopg://me@/nothing"))


def test_a_home_in_a_file_loads_nothing_of_a_server(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from studyllm.store import Store; "
        f"Store(Path({str(home / 'study.db')!r})).close(); "
        "print([m for m in ('psycopg', 'studyllm.store.postgresql') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "told", ["mysql://me@host/db", "postgresql://host", "postgresql://host:many/db", "http://host/x", ""]
)
def test_an_address_that_is_none_is_said(home: Path, told: str) -> None:
    with pytest.raises(InputError, match="The setting database is a path"):
        load(home, {"STUDYLLM_DATABASE": told})


def test_the_setting_is_a_path_in_the_home_or_a_server(home: Path) -> None:
    assert load(home, {}).database == home / "study.db"
    assert load(home, {"STUDYLLM_DATABASE": "other.db"}).database == home / "other.db"
    assert load(home, {"STUDYLLM_DATABASE": "/elsewhere/x.db"}).database == Path("/elsewhere/x.db")
    named = load(home, {"STUDYLLM_DATABASE": "postgresql://me@host/db"}).database
    assert named == Server("postgresql+psycopg://me@host/db")


def test_a_reader_sees_one_moment(server: Server) -> None:
    database = Database(server)
    with Store(server) as store, database.read() as connection:
        counted = f"SELECT count(*) FROM {METADATA.tables['card'].name}"
        assert connection.exec_driver_sql(counted).scalar_one() == 0
        fill(store, "a")
        assert connection.exec_driver_sql(counted).scalar_one() == 0
    database.close()
