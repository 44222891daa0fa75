"""Schedules from the shell: choosing, comparing, what can be done to a card, and taking all of it back."""

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS

from tests.cli.shell import NOTES, lines, run


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "circuits.md").write_text(NOTES)
    run("import", str(folder), "--deck", "电路")
    return folder


def test_a_deck_changes_its_scheduler_and_back_and_nothing_is_lost(notes: Path) -> None:
    for day, grade in ((1, "4"), (2, "3"), (8, "5")):
        run("answer", "1", "--grade", grade, "--at", f"2030-01-0{day}T10:00:00Z")
    before = run("cards", "--json")
    assert "FSRS-6 (default weights), retention 0.9; 1 card moved" in run(
        "schedule", "set", "电路", "--algorithm", "fsrs"
    )
    moved = lines(run("cards", "--json"))[0]
    assert moved["stability"] > 1
    assert "every card stands where the log says" in run("doctor")
    run("schedule", "set", "--algorithm", "sm2")
    assert run("cards", "--json") == before
    run("undo")
    assert lines(run("cards", "--json"))[0] == moved
    run("undo")
    assert run("cards", "--json") == before


def test_the_deck_file_says_how_it_is_scheduled(notes: Path) -> None:
    deck = notes.parent / "deck.toml"
    deck.write_text(
        'name = "电路"\nnotes = ["notes"]\n[schedule]\nalgorithm = "fsrs"\nretention = 0.85\nexam = 2030-06-01\n'
    )
    run("import", str(deck))
    (shown,) = lines(run("schedule", "show", "--json"))
    assert (shown["algorithm"], shown["retention"], shown["exam"]) == ("fsrs", 0.85, "2030-06-01")
    run("import")
    assert lines(run("schedule", "show", "--json")) == [shown], "importing again changes nothing"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('algorithm = "sm17"', "`algorithm` is sm2, fsrs"),
        ("retention = 1.5", "from 0.7 to 0.99"),
        ("steps = 3", "no 'steps' in a schedule"),
        ('exam = "soon"', "a date like"),
        ("relearning_steps = [0]", "whole numbers of minutes"),
        ("leech = 0", "number of lapses"),
        ("easy_days = {sat = 2}", "a weight from 0 to 1"),
        ('days_off = ["soon"]', "are days like 2027-01-01"),
    ],
)
def test_a_deck_file_with_a_mistake_is_refused_in_a_sentence(notes: Path, line: str, said: str) -> None:
    deck = notes.parent / "deck.toml"
    deck.write_text(f'name = "电路"\nnotes = ["notes"]\n[schedule]\n{line}\n')
    assert said in run("import", str(deck), ok=False)


def test_easy_days_and_days_off_are_set_shown_and_taken_away(notes: Path) -> None:
    said = run("schedule", "set", "--easy", "sat=0.5,sun=0", "--off", "2030-12-24..2030-12-26")
    assert "easy days: Saturday 50%, Sunday 0%, days off: 2030-12-24..2030-12-26" in said
    assert "count only when days are balanced" in said
    said = run("schedule", "set", "--spread", "balance", "--off", "2030-01-01", "--off", "2031-01-01")
    assert "days off: 2030-01-01, 2031-01-01" in said
    assert "count only" not in said
    (shown,) = lines(run("schedule", "show", "--json"))
    assert (shown["easy_days"], shown["days_off"]) == ({"sat": 0.5, "sun": 0}, ["2030-01-01", "2031-01-01"])
    run("schedule", "set", "--easy", "none", "--off", "none")
    (shown,) = lines(run("schedule", "show", "--json"))
    assert (shown["easy_days"], shown["days_off"]) == ({}, [])
    assert "like sat=0.5" in run("schedule", "set", "--easy", "sat=half", ok=False)
    assert "leave a day" in run(
        "schedule", "set", "--easy", "mon=0,tue=0,wed=0,thu=0,fri=0,sat=0,sun=0", ok=False
    )


def test_the_deck_file_says_which_days_are_easy(notes: Path) -> None:
    deck = notes.parent / "deck.toml"
    deck.write_text(
        'name = "电路"\nnotes = ["notes"]\n[schedule]\neasy_days = {sat = 0.5}\n'
        'days_off = ["2030-12-24..2030-12-26", 2031-01-01]\n'
    )
    assert "count only when days are balanced" in run("import", str(deck))
    (shown,) = lines(run("schedule", "show", "--json"))
    assert shown["easy_days"] == {"sat": 0.5}
    assert shown["days_off"] == ["2030-12-24..2030-12-26", "2031-01-01"]
    assert "every card stands where the log says" in run("doctor")


def test_a_card_is_put_off_tagged_moved_and_made_new_and_all_of_it_taken_back(notes: Path) -> None:
    run("answer", "1", "--grade", "4", "--at", "2030-01-01T10:00:00Z")
    before = run("cards", "--json")
    run("card", "bury", "2")
    assert "2" not in [str(card["id"]) for card in lines(run("due", "--json"))]
    run("card", "tag", "2", "exam", "#hard")
    assert [card["tags"] for card in lines(run("cards", "--tag", "exam", "--json"))] == [["exam", "hard"]]
    run("card", "due", "1", "2030-03-01")
    assert lines(run("cards", "--json"))[0]["due"] == "2030-03-01T04:00:00+00:00"
    run("card", "reset", "1")
    assert lines(run("cards", "--json"))[0]["due"] is None
    listed = run("undo", "--list").splitlines()
    assert [entry.split("  ")[1] for entry in listed[:4]] == [
        "电阻 made new again",
        "电阻 given another day",
        "tags of 电容 changed",
        "电容 put off until tomorrow",
    ]
    run("undo", "--steps", "4")
    assert run("cards", "--json") == before
    assert "never reviewed" in run("card", "due", "2", "2030-03-01", ok=False)
    assert "like 2027-01-15" in run("card", "due", "1", "tomorrow", ok=False)


def test_a_day_set_by_hand_survives_a_change_of_scheduler(notes: Path) -> None:
    run("answer", "1", "--grade", "4", "--at", "2030-01-01T10:00:00Z")
    run("card", "due", "1", "2030-03-01")
    run("schedule", "set", "--algorithm", "fsrs")
    assert lines(run("cards", "--json"))[0]["due"].startswith("2030-03-01")


def test_an_exam_draws_cards_forward_and_all_new_ones_in(notes: Path) -> None:
    for day in (1, 2, 8):
        run("answer", "1", "--grade", "5", "--at", f"2030-01-0{day}T10:00:00Z")
    late = lines(run("cards", "--json"))[0]["due"]
    assert late > "2030-01-20"
    run("schedule", "set", "--exam", "2030-01-20")
    # The exam lies in the future of the reviews, but in the past or the future of the clock: only then is it heeded.
    drawn = lines(run("cards", "--json"))[0]["due"]
    assert drawn < "2030-01-20"
    run("schedule", "set", "--exam", "none")
    assert lines(run("cards", "--json"))[0]["due"] == late


def test_what_moves_no_card_leaves_every_day_as_it_is(notes: Path) -> None:
    for day in (1, 2, 8, 25):
        run("answer", "1", "--grade", "5", "--at", f"2030-01-{day:02}T10:00:00Z")
    run("schedule", "set", "--spread", "fuzz")
    run("answer", "1", "--grade", "5", "--at", "2030-03-25T10:00:00Z")
    before = run("cards", "--json")
    assert "0 cards moved" in run("schedule", "set", "--leech", "5", "--spread", "balance")
    assert run("cards", "--json") == before


def test_doctor_finds_and_mends_a_schedule_that_is_not_the_logs(notes: Path, home: Path) -> None:
    run("answer", "1", "--grade", "4", "--at", "2030-01-01T10:00:00Z")
    before = run("cards", "--json")
    with sqlite3.connect(home / "study.db") as raw:
        raw.execute("UPDATE card SET due = '2031-01-01', ease = 9.0 WHERE id = 1")
    raw.close()
    assert run("doctor", ok=False) == ""
    assert "put right" in run("doctor", "--repair")
    assert run("cards", "--json") == before


def test_comparing_and_fitting_say_when_there_is_too_little(notes: Path) -> None:
    assert "nothing to compare" in run("schedule", "compare", ok=False)
    assert "too few reviews" in run("schedule", "fit", ok=False)


def test_fitting_says_what_moves_and_changes_only_a_deck_that_is_named(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studyllm.schedulers.fit", lambda *_: tuple(DEFAULT_PARAMETERS))
    (tmp_path / "other.md").write_text("# other\n\n- **One**: the first of all numbers\n")
    for day in (1, 2, 8, 25):
        run("answer", "1", "--grade", "5", "--at", f"2030-01-{day:02}T10:00:00Z")
    (deck,) = {one["deck"] for one in lines(run("schedule", "show", "--json"))}
    run("import", "--quick", str(tmp_path / "other.md"))
    before = run("cards", "--json")
    said = run("schedule", "fit")
    assert "Nothing was changed" in said
    assert "1 card gets another day" in said
    assert (run("cards", "--json"), "FSRS" in run("schedule", "show")) == (before, False)
    said = run("schedule", "fit", deck)
    assert "`studyllm undo` takes it back" in said
    assert "1 card gets another day" in said
    assert run("schedule", "show").count("FSRS") == 1
    run("undo")
    assert run("cards", "--json") == before


def test_schedulers_are_compared_on_the_log(notes: Path) -> None:
    for day in (1, 2, 8, 25):
        for card in ("1", "2", "3"):
            grade = "1" if (day, card) == (25, "2") else "4"
            run("answer", card, "--grade", grade, "--at", f"2030-01-{day:02}T10:00:00Z")
    found = lines(run("schedule", "compare", "--at", "2030-02-01", "--json"))
    assert [one["scheduler"] for one in found] == ["SM-2", "FSRS-6 defaults", "a constant"]
    assert all(one["reviews"] == found[0]["reviews"] > 0 and one["log_loss"] > 0 for one in found)
    assert len(found[0]["workload"]) == 30
    said = run("schedule", "compare", "--at", "2030-02-01")
    assert "predicts you" in said
    assert "higher is better" in said
    assert "takes 512 reviews on a later day than the last of their card, and there are 6 before" in said
    assert "log loss" not in said, "plain words; the JSON has the technical ones"


@pytest.mark.slow
def test_the_simulator_says_what_a_retention_costs_as_text_json_and_picture(
    notes: Path, tmp_path: Path
) -> None:
    for day in (1, 2, 8, 25):
        for card in ("1", "2"):
            run("answer", card, "--grade", "4", "--at", f"2030-01-{day:02}T10:00:00Z")
    asked = ("schedule", "simulate", "--at", "2030-02-01")
    (found,) = lines(run(*asked, "--json"))
    assert (found["seen"], found["retention"], found["fitted"]) == (2, None, False)
    costs = [one["after"][-1]["minutes_per_day"] for one in found["retentions"]]
    known = [one["after"][-1]["known"] for one in found["retentions"]]
    assert costs[0] < costs[-1]
    assert known[0] < known[-1] <= found["seen"] + found["unseen"]
    run("schedule", "set", "--algorithm", "fsrs", "--retention", "0.91")
    said = run(*asked, "电路")
    assert "▸ 91%" in said
    assert "default weights" in said
    picture = Path(run(*asked, "--svg", str(tmp_path / "charts")).strip())
    ElementTree.parse(picture)
    assert "no deck" in run(*asked, "none", ok=False)


def test_there_is_nothing_to_simulate_without_a_card() -> None:
    assert "nothing to simulate" in run("schedule", "simulate", ok=False)


def test_what_is_forgotten_again_and_again_is_listed_with_what_was_missed(notes: Path) -> None:
    run("schedule", "set", "--leech", "2", "--relearning-steps", "none")
    for day in range(1, 9):
        answer = ("--text", "储存电荷的能力，单位是法拉") if day % 2 else ("--text", "储存电荷的能力")
        grade = "4" if day % 2 else "1"
        run("answer", "2", *answer, "--grade", grade, "--at", f"2030-01-0{day}T10:00:00Z")
    assert "电容: not recalled 4 times" in run("leeches")
    assert json.loads(run("card", "show", "2", "--json"))["mistakes"][0]["answer"] == "储存电荷的能力"


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE card SET due = 'garbage' WHERE id = 1",
        "UPDATE card SET again = 'x', memory = '{\"a\": 1}' WHERE id = 1",
        "UPDATE card SET suspended = 1 WHERE id = 2",
        "UPDATE card SET tags = 'not json' WHERE id = 3",
        "UPDATE card SET buried = '2030-01-01' WHERE id = 2",
        'UPDATE deck SET scheduling = \'{"algorithm": "fsrs"}\'',
    ],
)
def test_doctor_mends_whatever_another_program_wrote(notes: Path, home: Path, edit: str) -> None:
    run("answer", "1", "--grade", "4", "--at", "2030-01-01T10:00:00Z")
    before = run("cards", "--json") + run("schedule", "show", "--json")
    with sqlite3.connect(home / "study.db") as raw:
        raw.execute(edit)
    raw.close()
    assert run("doctor", ok=False) == ""
    assert "put right" in run("doctor", "--repair")
    assert run("cards", "--json") + run("schedule", "show", "--json") == before


def test_what_changes_nothing_says_so(notes: Path) -> None:
    run("card", "bury", "1")
    for command in (("card", "bury", "1"), ("card", "reset", "2"), ("card", "tag", "2", "no", "--off")):
        assert "nothing was changed" in run(*command)
    assert "put off" in run("undo")


def test_an_exam_in_three_days_draws_in_what_was_not_seen_lately(notes: Path) -> None:
    for day in (1, 2, 8):
        run("answer", "1", "--grade", "5", "--at", f"2025-01-0{day}T10:00:00Z")
    soon = (date.today() + timedelta(days=2)).isoformat()
    run("card", "due", "1", (date.today() + timedelta(days=90)).isoformat())
    run("undo")
    run("schedule", "set", "--exam", soon)
    assert lines(run("cards", "--json"))[0]["due"][:10] < soon


def test_the_other_direction_and_gaps_are_asked_where_the_deck_wants_them(notes: Path) -> None:
    before = lines(run("cards", "--json"))
    assert "added" in run("import", "--deck", "电路", "--directions", "term,meaning", "--cloze")
    kinds = [card["kind"] for card in lines(run("cards", "--json"))]
    assert {"meaning", "gap"} <= set(kinds)
    assert "gone" in run("import", "--no-cloze")
    assert {"meaning"} == {card["kind"] for card in lines(run("cards", "--json"))} - {
        card["kind"] for card in before
    }
    run("undo", "--steps", "2")
    assert lines(run("cards", "--json")) == before
    assert "every card stands where the log says" in run("doctor")
    assert "term, and meaning" in run("import", "--directions", "meaning", ok=False)
