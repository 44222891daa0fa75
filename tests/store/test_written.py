"""What SQLite has written out is what SQLAlchemy would say."""

from studyllm.store.daily_sqlite import WRITTEN
from tests.store.written import written


def test_what_is_written_out_is_what_sqlalchemy_says() -> None:
    assert written() == WRITTEN, "run python -m tests.store.written"
