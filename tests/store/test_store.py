"""What is kept, and that it is kept together."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError

from studyllm.cards import Deck
from studyllm.errors import InputError, StoreError
from studyllm.location import Place
from studyllm.schedule import Grade, Learned, New, review
from studyllm.store import Changes, Review, Store, Update, migrate
from studyllm.store.damage import examine
from studyllm.store.tables import METADATA
from tests.conftest import DAY, NOW, card, fill
from tests.store.oldest import oldest


def graded(store: Store, card_id: int, grade: int) -> Review:
    before = store.card(card_id).progress
    return Review(card_id, NOW, grade, before, review(before, Grade(grade), NOW, DAY), answer="my answer")


def test_a_card_comes_back_as_it_went_in(store: Store) -> None:
    original = card(
        "残差连接", "输入加到输出上", aliases=("residual",), headings=("一", "二"), lang="zh", rule="bold"
    )
    store.apply(Deck("d"), Changes(added=(original,)), NOW)
    (found,) = store.cards("d")
    assert (found.card, found.progress, found.deck) == (original, New(), "d")


def test_a_review_moves_the_card_and_is_logged_with_both_states(store: Store) -> None:
    fill(store, "a")
    store.record(graded(store, 1, 4))
    _, entry = store.journal.entries()
    assert entry.review is not None
    assert entry.review.before == New()
    assert entry.review.after == store.card(1).progress
    assert entry.review.answer == "my answer"


def test_a_review_of_a_card_that_moved_meanwhile_is_refused(store: Store) -> None:
    fill(store, "a")
    stale = graded(store, 1, 4)
    store.record(graded(store, 1, 2))
    with pytest.raises(InputError, match="meanwhile"):
        store.record(stale)
    assert len(list(store.journal.entries())) == 2


def test_undo_walks_back_over_restarts_and_is_itself_in_the_log(place: Place) -> None:
    with Store(place) as store:
        fill(store, "a", "b")
        store.record(graded(store, 1, 4))
        after_first = store.card(1).progress
        store.record(graded(store, 1, 5))
    with Store(place) as store:
        store.journal.undo(NOW, imports=False)
        assert store.card(1).progress == after_first
        store.journal.undo(NOW, imports=False)
        assert store.card(1).progress == New()
        assert store.journal.undo(NOW, imports=False) is None
        assert [(e.event, e.undone) for e in store.journal.entries()] == [
            ("import", False),
            ("review", True),
            ("review", True),
            ("undo", False),
            ("undo", False),
        ]


def test_the_log_cannot_be_changed(store: Store) -> None:
    fill(store, "a")
    store.record(graded(store, 1, 4))
    for statement in ("UPDATE log SET chosen = 5", "DELETE FROM log"):
        with (
            store._database.engine.connect() as connection,
            pytest.raises(IntegrityError, match="append-only"),
        ):
            connection.exec_driver_sql(statement)


def test_limits_count_what_was_done_today(store: Store) -> None:
    fill(store, "a", "b", "c", new_per_day=2)
    assert store.counts(DAY.of(NOW), DAY)[0].new == 2
    store.record(graded(store, 1, 4))
    assert store.counts(DAY.of(NOW), DAY)[0].new == 1
    store.journal.undo(NOW, imports=False)
    assert store.counts(DAY.of(NOW), DAY)[0].new == 2


def test_a_gone_card_keeps_its_progress(store: Store) -> None:
    fill(store, "a")
    store.record(graded(store, 1, 4))
    kept = store.card(1).progress
    store.apply(Deck("words"), Changes(gone=(1,)), NOW)
    assert list(store.cards()) == []
    store.apply(Deck("words"), Changes(updated=(Update(1, card("a")),)), NOW)
    assert store.card(1).progress == kept


def test_an_import_that_fails_half_way_changes_nothing(store: Store) -> None:
    fill(store, "a")
    broken = card("b", line=None)  # type: ignore[arg-type]
    with pytest.raises((StoreError, DatabaseError)):
        store.apply(Deck("words"), Changes(added=(card("c"), broken), gone=(1,)), NOW)
    assert [c.card.term for c in store.cards()] == ["a"]


def test_migrations_and_tables_agree(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store._database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_version_is_that_of_the_newest_migration() -> None:
    folder = Path(migrate.__file__).parent / "migrations" / "versions"
    assert max(file.name[:4] for file in folder.glob("[0-9]*.py")) == migrate.VERSION


def test_a_newer_database_is_left_alone(home: Path) -> None:
    Store(home / "study.db").close()
    with sqlite3.connect(home / "study.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer studyllm"):
        Store(home / "study.db")


@pytest.mark.parametrize(
    "content", [b"this is not a database at all" * 99, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_file_is_left_as_it_is(home: Path, content: bytes) -> None:
    home.mkdir()
    (home / "study.db").write_bytes(content)
    with pytest.raises(StoreError, match="studyllm doctor"):
        Store(home / "study.db")
    assert (home / "study.db").read_bytes() == content


def test_another_programs_database_is_left_alone(home: Path) -> None:
    home.mkdir()
    with sqlite3.connect(home / "study.db") as raw:
        raw.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreError, match="another program"):
        Store(home / "study.db")


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Store(tmp_path / "file" / "home" / "study.db")


def test_the_oldest_database_is_brought_up_to_date_with_its_reviews(home: Path) -> None:
    oldest(home / "study.db")
    with Store(home / "study.db") as store:
        assert [c.card.term for c in store.cards()] == ["a", "b"]
        assert store.card(1).progress == Learned(1, 1, 2.5, 0, NOW, date(2026, 3, 3))
        assert store.card(2).progress == New()
        assert [(e.event, e.undone) for e in store.journal.entries()] == [
            ("review", False),
            ("review", True),
            ("undo", False),
        ]
        assert examine(store.path) is None
        assert store.journal.differences() == ()
        entry = store.journal.undo(NOW)
        assert entry is not None
        assert entry.what == "grade 4 for a"
        assert store.card(1).progress == New()
    assert (home / "study.before-0001.db").exists()
    with (
        sqlite3.connect(home / "study.db") as raw,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        raw.execute("DELETE FROM log")
