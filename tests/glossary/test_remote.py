"""The process that many cards are searched in, as it really is: killed, kept waiting, left behind."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from studyllm.errors import StudyError
from studyllm.glossary.remote import FinderApart, SearchEnded
from studyllm.store import Store
from studyllm.store.vectors import Vectors
from tests.conftest import fill
from tests.glossary.finders import load, prepare


@pytest.fixture
def finder(home: Path, store: Store) -> Iterator[FinderApart]:
    fill(store, "quicksort", "heap sort")
    made = FinderApart(store.place, Vectors(home / "vectors.db", "test"))
    yield made
    made.close()


def test_a_kill_is_said_and_loading_starts_another(finder: FinderApart) -> None:
    prepare(finder)
    first = finder.pid
    assert first
    os.kill(first, signal.SIGSTOP)
    os.kill(first, signal.SIGKILL)
    with pytest.raises(SearchEnded, match="open the glossary again"):
        finder.find("sort")
    prepare(finder)
    assert finder.pid != first
    assert len(finder.find("sort") or ()) == 2


def test_a_kill_that_nobody_noticed_is_said_too(finder: FinderApart) -> None:
    prepare(finder)
    first = finder.pid
    assert first
    os.kill(first, signal.SIGKILL)
    while finder.pid in (first, None):
        pass
    with pytest.raises(SearchEnded):
        finder.find("")
    prepare(finder)
    assert len(finder.find("") or ()) == 2


def test_closing_lets_go_who_waits(finder: FinderApart) -> None:
    load(finder)
    assert finder.pid
    os.kill(finder.pid, signal.SIGSTOP)
    failed = threading.Event()

    def wait() -> None:
        with pytest.raises(SearchEnded):
            finder.read()
        failed.set()

    thread = threading.Thread(target=wait)
    thread.start()
    while not finder._child.waited_for:
        pass
    finder.close()
    thread.join(10)
    assert failed.is_set()


def test_a_bad_request_is_said_and_the_next_is_answered(finder: FinderApart) -> None:
    prepare(finder)
    with pytest.raises(StudyError, match="search failed"):
        finder._ask({"do": "find"})
    assert len(finder.find("quick") or ()) == 1


def test_what_is_quick_is_answered_while_something_takes_long(home: Path, store: Store) -> None:
    fill(store, *(f"术语 {number}" for number in range(2000)))
    finder = FinderApart(store.place, Vectors(home / "vectors.db", "test"))
    load(finder)
    finder.read()
    assert finder.pid
    os.kill(finder.pid, signal.SIGSTOP)
    long, quick = (
        finder._child.ask(message)
        for message in ({"do": "listen"}, {"do": "find", "text": "", "order": "match"})
    )
    os.kill(finder.pid, signal.SIGCONT)
    assert quick.replies.get() is not None
    assert long.replies.empty()
    assert long.replies.get() is not None
    assert len(finder.find("sy") or ()) == 2000
    finder.close()
