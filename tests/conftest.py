"""A temporary home for every test; the models stay where they are, because they cost a download."""

import shutil
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studyllm import i18n
from studyllm.cards import Card, Deck, Kind, Source
from studyllm.location import Place, Server
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Day, Grade, Learned, New
from studyllm.store import Changes, Review, Store, Update
from tests.postgres import Cluster, why_not

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = Day(UTC)
ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"

# Under nohup, or in the background of a script, Ctrl-C is ignored here and by everything the tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYLLM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    for name in ("LANGUAGE", "STUDYLLM_INTERFACE"):  # whatever the developer's own
        monkeypatch.setenv(name, "en")
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "STUDYLLM_SERVER", "STUDYLLM_SERVER_MODEL"):
        monkeypatch.delenv(name, raising=False)
    i18n.use("en")
    return tmp_path / "home"


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: the migrations take as long as many a test."""
    path = tmp_path_factory.mktemp("empty") / "study.db"
    Store(path).close()
    return path


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server; a test that wants one is skipped where none can be started."""
    if reason := why_not():
        pytest.skip(reason)
    made = Cluster()
    yield made
    made.close()


@pytest.fixture(scope="session")
def engine() -> str:
    """What keeps the cards; some folders run their tests over both (`both_engines`)."""
    return "sqlite"


both_engines = pytest.fixture(
    name="engine", scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]
)(lambda request: request.param)
"""What `engine` is in the conftest.py of a folder whose tests run over SQLite and PostgreSQL."""


@pytest.fixture
def place(
    engine: str,
    home: Path,
    empty_database: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Place:
    """The home's database, without cards."""
    home.mkdir(mode=0o700, exist_ok=True)
    if engine == "postgresql":
        made: Server = request.getfixturevalue("cluster").fresh()
        monkeypatch.setenv("STUDYLLM_DATABASE", made.url)
        return made
    return Path(shutil.copy(empty_database, home / "study.db"))


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with Store(place) as opened:
        yield opened


def card(
    term: str,
    answer: str = "",
    *,
    path: str = "/notes/a.md",
    line: int = 1,
    aliases: tuple[str, ...] = (),
    headings: tuple[str, ...] = (),
    lang: str = "en",
    rule: str = "",
) -> Card:
    text = answer or f"what {term} means"
    return Card(
        Kind.TERM,
        term,
        text,
        Source(path, line, line),
        aliases=aliases,
        prompt=term,
        points=(text,),
        headings=headings,
        lang=lang,
        rule=rule,
    )


def asked_early(store: Store, why: str) -> None:
    """Card 1 of the deck "words" is learnt, and is to be looked at again since its note changed."""
    at = NOW - timedelta(days=2)
    after = Learned(1, 60, 2.5, 0, at, at.date() + timedelta(days=60))
    store.record(Review(1, at, 4, New(), after))
    store.apply(Deck("words"), Changes(updated=(Update(1, store.card(1).card, early_look=why),)), NOW)


def fill(store: Store, *terms: str, deck: str = "words", new_per_day: int = 20) -> None:
    cards = tuple(card(term, line=number) for number, term in enumerate(terms, 1))
    store.apply(Deck(deck, new_per_day=new_per_day), Changes(added=cards), NOW)


def answered(store: Store, card_id: int, grade: int, days_ago: int) -> None:
    at = NOW - timedelta(days=days_ago)
    ReviewQueue(store, DAY).record(store.card(card_id), Grade(grade), at, answer="mine")
