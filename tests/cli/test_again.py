"""One answer a day, and help that is whole."""

import json
from pathlib import Path

import pytest

from studyllm.store import Changes, Store, Update, messages
from studyllm.text import width
from tests.cli.shell import NOTES, lines, run
from tests.conftest import NOW


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "circuits.md").write_text(NOTES)
    return folder


def test_a_second_answer_on_one_day_is_refused_unless_it_is_wanted(notes: Path) -> None:
    run("import", str(notes))
    first = run("answer", "1", "--grade", "4", "--at", "2030-01-01T10:00:00Z")
    assert "due 2030-01-02" in first
    refused = run("answer", "1", "--grade", "4", "--at", "2030-01-01T10:01:00Z", ok=False)
    assert "is due on 2030-01-02: nothing was recorded" in refused
    assert "--again" in refused
    assert "is due on 2030-01-02 04:00" in run(
        "answer", "1", "--grade", "4", "--at", "2030-01-02T01:00:00Z", ok=False
    )
    assert len(lines(run("log", "--json"))) == 1
    run("answer", "1", "--grade", "4", "--at", "2030-01-01T10:01:00Z", "--again")
    assert len(lines(run("log", "--json"))) == 2
    assert [json.loads(run("log", "--json", "--last", "1"))] == lines(run("log", "--json"))[1:]
    run("answer", "2", "--grade", "1", "--at", "2030-01-01T10:00:00Z")
    assert "1 card comes back later today, at 10:10" in run("due", "--at", "2030-01-01T10:05:00Z")
    waiting = run("due", "--at", "2030-01-01T10:11:00Z")
    assert "    2  repeats today" in waiting
    assert "2030-01-02" not in waiting
    later = run("due", "--at", "2030-01-09T10:00:00Z")
    assert "    2  due 2030-01-02" in later, "a repetition that was left out on its day is none any more"
    run("answer", "2", "--grade", "4", "--at", "2030-01-01T10:12:00Z")


def test_what_a_recall_brings_before_its_day_says_so(store: Store, notes: Path) -> None:
    run("import", str(notes))
    run("answer", "1", "--grade", "4", "--at", "2030-01-01T10:00:00Z")
    card = store.card(1)
    early = Update(1, card.card, messages.UNSAID.format(section="电路"))
    store.apply(store.decks()[0], Changes(updated=(early,)), NOW)
    assert "    1  today: it was missing when you recalled 电路  " in run(
        "due", "--at", "2030-01-02T03:00:00Z"
    )


def test_help_says_what_each_command_does_in_full() -> None:
    for language in ("en", "zh"):
        told = run("--help", env={"STUDYLLM_INTERFACE": language, "COLUMNS": "80"})
        commands = told.splitlines()[1:]
        assert not [one for one in commands if one.endswith("...")], language
        assert max(map(width, told.splitlines())) <= 80, language


def test_an_answer_from_before_the_last_one_is_refused(notes: Path) -> None:
    run("import", str(notes))
    run("answer", "1", "--grade", "4", "--at", "2030-01-05T10:00:00Z")
    refused = run("answer", "1", "--grade", "4", "--at", "2030-01-01T10:00:00Z", ok=False)
    assert "later than that: nothing was recorded" in refused
    assert len(lines(run("log", "--json"))) == 1
