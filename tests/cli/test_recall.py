"""`studyllm recall --plain`: a section in lines, overruled by number, applied by Enter."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from studyllm.cards import Deck
from studyllm.cli.main import cli
from studyllm.cli.plain_recall import PlainRecall
from studyllm.cli.prompts import Terminal
from studyllm.config import Settings
from studyllm.review.drafts import Drafts
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Changes, Section, Store
from studyllm.verdicts import State
from tests.conftest import DAY, NOW, card
from tests.graders import Says, judged

SECTION = Section("words", "/notes/a.md", ("One",), deck_id=1)


@pytest.fixture
def filled(store: Store) -> Store:
    """A box and a curve under one heading, both due, and one card under another."""
    terms = (("box", "One"), ("curve", "One"), ("other", "Two"))
    made = tuple(card(term, line=n, headings=(heading,)) for n, (term, heading) in enumerate(terms, 1))
    store.apply(Deck("words"), Changes(added=made), NOW - timedelta(days=9))
    for number in (1, 2):
        ReviewQueue(store, DAY).record(store.card(number), Grade.GOOD, NOW - timedelta(days=3))
    return store


def recall(store: Store, home: Path, *lines: str, section: Section | None = None) -> list[str]:
    """What is said when these lines are typed, by a grader that finds everything said."""
    source, target = StringIO("".join(f"{line}\n" for line in lines)), StringIO()
    grader = Says(judged(State.HIT, score=0.9, sure=True))
    plain = PlainRecall(store, grader, Settings(home), Terminal(source, target), lambda: NOW)
    plain.run(store.sections.all(None, DAY.of(NOW), DAY), section)
    assert not set(target.getvalue()) & set("\x1b\r\t│─╭▸✓✗○")
    return target.getvalue().splitlines()


def test_a_section_is_chosen_written_overruled_and_applied(filled: Store, home: Path) -> None:
    before = filled.card(2).progress
    said = recall(filled, home, "2", "the box has numbers", "a curve falls", ".", "2", "")
    assert said[:3] == ["1: a, 3 cards, 2 due", "2: a › One, 2 cards, 2 due", "3: a › Two, 1 card"]
    assert "1: box: said (counts as recalled)" in said
    assert "2: curve: missed (is asked next)" in said
    assert said[-1] == "Saved; `studyllm undo` takes all of it back."
    assert filled.card(1).progress.reviewed == NOW  # type: ignore[union-attr]
    assert filled.card(2).progress == before
    assert filled.card(2).early_look
    assert not Drafts(home / "drafts").has(SECTION)


def test_a_new_card_that_was_missed_is_not_said_to_be_asked_today(filled: Store, home: Path) -> None:
    """It comes before the other new ones, where the day's limit has room for one."""
    said = recall(filled, home, "1", "the box has numbers", ".", "2", "3", ":quit")
    assert [one for one in said if one.startswith("3: ")][-1].endswith("missed (first of the new ones)")
    assert (
        "1 of 3 said, 1 counts as recalled, 1 is asked next, 1 new card comes before other new ones" in said
    )


def test_a_text_that_is_not_applied_is_kept_and_goes_on(filled: Store, home: Path) -> None:
    recall(filled, home, "the box has numbers", ".", ":quit", section=SECTION)
    assert [e for e in filled.journal.entries() if e.event == "recall"] == []
    said = recall(filled, home, "a curve falls", ".", "", section=SECTION)
    assert "the box has numbers" in said
    (entry,) = [e for e in filled.journal.entries() if e.event == "recall"]
    assert entry.answer == "the box has numbers\na curve falls"


def test_a_text_survives_the_end_of_the_input(filled: Store, home: Path) -> None:
    recall(filled, home, "the box has numbers", section=SECTION)
    assert Drafts(home / "drafts").get(SECTION) == "the box has numbers"


def test_a_text_that_cannot_be_kept_is_said_once_and_goes_on(filled: Store, home: Path) -> None:
    (home / "drafts").write_text("in the way")
    said = recall(filled, home, "the box has numbers", "a curve falls", ".", ":quit", section=SECTION)
    assert len([line for line in said if "cannot be kept in" in line]) == 1
    assert "1: box: said (counts as recalled)" in said
    assert said[-1] == "Nothing was applied, and your text could not be kept."


@pytest.mark.parametrize("command", ["recall", "review"])
def test_a_heading_that_is_not_there_is_said_at_once(filled: Store, command: str) -> None:
    done = CliRunner().invoke(cli, [command, "--plain", "--section", "Three"])
    assert (done.exit_code, done.output.strip()) == (
        1,
        "Error: There is no note and no heading 'Three' with cards under it.",
    )


def test_one_undo_on_the_command_line_takes_it_back(filled: Store, home: Path) -> None:
    before = [one.progress for one in filled.cards()]
    recall(filled, home, "the box has numbers", ".", "", section=SECTION)
    done = CliRunner().invoke(cli, ["undo"])
    assert "recall of One: 2 of 2" in done.output
    assert [one.progress for one in filled.cards()] == before
    *others, last = CliRunner().invoke(cli, ["log", "--all"]).output.splitlines()
    assert last.endswith("  undo: recall of One: 2 of 2"), (
        "one line for one undo, that says what was taken back"
    )
    assert "undo" not in "".join(others).replace("undone", "")
