"""The commands as a person or a script runs them."""

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from studyllm.cli.session import Session
from studyllm.grading import SURE
from studyllm.verdicts import State
from tests.cli.shell import NOTES, lines, run, run_apart
from tests.graders import Says, judged


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "circuits.md").write_text(NOTES)
    return folder


@pytest.mark.slow
def test_a_week_in_the_shell(notes: Path) -> None:
    counts = json.loads(run_apart("import", str(notes), "--deck", "电路", "--json"))
    assert (counts["added"], counts["gone"]) == (3, 0)
    cards = lines(run_apart("cards", "--json"))
    assert [card["term"] for card in cards] == ["电阻", "电容", "电感"]
    assert cards[0]["aliases"] == ["Resistance"]
    assert cards[0]["line"] == 3
    assert len(lines(run_apart("due", "--json"))) == 3

    first = str(cards[0]["id"])
    answered = json.loads(
        run_apart("answer", first, "--grade", "4", "--at", "2030-01-01T10:00:00Z", "--json")
    )
    assert (answered["interval_days"], answered["due"]) == (1, "2030-01-02T04:00:00+00:00")
    judged = json.loads(
        run_apart("answer", str(cards[1]["id"]), "--text", "是储存电荷的能力，单位是法拉", "--json")
    )
    assert (judged["verdict"], judged["sure"], judged["recorded"]) == ("correct", True, True)
    assert judged["grade"] == judged["suggested"]

    again = json.loads(run_apart("import", str(notes), "--json"))
    assert (again["unchanged"], again["added"], again["changed"]) == (3, 0, 0)
    assert lines(run_apart("cards", "--json"))[0]["due"] == answered["due"]
    log = lines(run_apart("log", "--json"))
    assert [entry["grade"] for entry in log] == [4, judged["grade"]]
    assert json.loads(run_apart("stats", "--json"))["reviews"] == 1, "the other one lies in the future"

    run_apart("undo")
    assert lines(run_apart("log", "--json"))[1]["undone"]
    assert lines(run_apart("cards", "--json"))[1]["due"] is None


@pytest.fixture
def doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is answered, the verdict is unsure."""
    monkeypatch.setattr(Session, "grader", lambda _: closing(Says(judged(State.HIT, State.UNSURE))))


@pytest.mark.usefixtures("doubt")
def test_in_doubt_nothing_is_recorded_until_the_learner_decides(notes: Path) -> None:
    run("import", str(notes))
    before = lines(run("cards", "--json"))[0]
    told = json.loads(run("answer", "1", "--text", "what opposes", "--json", ok=None))
    assert (told["recorded"], told["grade"], told["suggested"], told["sure"]) == (False, None, None, False)
    assert {name: told[name] for name in ("due", "interval_days", "repetitions")} == {
        name: before[name] for name in ("due", "interval_days", "repetitions")
    }
    said = run("answer", "1", "--text", "what opposes", ok=None).splitlines()
    run("answer", "1", "--text", "what opposes", ok=False)  # 1: it was not done
    assert said[0] == "Not sure (30%): partly right? · score 0.40"
    assert said[1:3] == ["  ✓ point 0", "  ? point 1"]
    assert "nothing was recorded" in said[-1]
    assert "--grade" in said[-1]
    assert lines(run("log", "--json")) == []
    assert lines(run("cards", "--json"))[0] == before

    decided = json.loads(run("answer", "1", "--text", "what opposes", "--grade", "4", "--json"))
    assert (decided["recorded"], decided["grade"], decided["suggested"]) == (True, 4, None)
    (entry,) = lines(run("log", "--json"))
    assert (entry["grade"], entry["suggested"]) == (4, None)
    known = json.loads(run("answer", "1", "--text", "what opposes", "--again", "--json"))
    assert known["grade"] == 4, "it is known now"


def test_points_that_may_be_left_out_are_shown_without_their_plus(notes: Path) -> None:
    run("import", str(notes))
    told = json.loads(run("points", "1", "--set", "导体阻碍电流", "--set", "+ 单位欧姆", "--json"))
    assert told["points"] == ["导体阻碍电流", "+ 单位欧姆"], "as they were written"
    assert run("points", "1").splitlines()[1:] == ["  · 导体阻碍电流", "  + 单位欧姆"]


def test_an_edited_definition_keeps_its_schedule(notes: Path) -> None:
    run("import", str(notes))
    run("answer", "1", "--grade", "5", "--at", "2030-01-01T10:00:00Z")
    before = lines(run("cards", "--json"))[0]
    (notes / "circuits.md").write_text("新的一行。\n\n" + NOTES.replace("阻碍作用", "阻碍程度"))
    counts = json.loads(run("import", str(notes), "--json"))
    assert (counts["changed"], counts["unchanged"], counts["added"], counts["gone"]) == (1, 2, 0, 0)
    after = lines(run("cards", "--json"))[0]
    assert (after["id"], after["due"], after["line"]) == (before["id"], before["due"], before["line"] + 2)


def test_a_dry_run_changes_nothing(notes: Path) -> None:
    assert json.loads(run("import", str(notes), "--dry-run", "--json"))["added"] == 3
    assert run("cards", "--json") == ""


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("import", "/nowhere/at/all.md"), "There is no /nowhere/at/all.md"),
        (("import",), "nothing to import"),
        (("cards", "--deck", "none"), "no deck 'none'"),
        (("answer", "99", "--grade", "3"), "no card 99"),
        (("due", "--at", "tomorrow-ish"), "is not a time"),
        (("undo",), "nothing to take back"),
        (("models", "path", "gpt-9"), "gpt-9"),
    ],
)
def test_bad_input_is_one_line(args: tuple[str, ...], sentence: str) -> None:
    message = run(*args, ok=False)
    assert sentence in message
    assert message.count("\n") == 1


def test_notes_that_cannot_be_read(notes: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no Markdown notes" in run("import", str(tmp_path / "empty"), ok=False)
    (notes / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
    counts = json.loads(run("import", str(notes), "--json"))
    assert counts["added"] == 3, "the rest of the folder is imported"
    assert any("picture.md" in skipped["path"] for skipped in counts["skipped"])
    assert "picture.md" in run("import", str(notes / "picture.md"), ok=False)
    (notes / "broken.md").write_text("---\ntitle: [unclosed\n---\n- **欧姆** 是电阻的单位。\n")
    assert json.loads(run("import", str(notes), "--json"))["added"] == 1


def test_gbk_notes_are_read_and_the_learner_is_told(notes: Path) -> None:
    (notes / "old.md").write_bytes("- **旧笔记** 是多年以前用另一种编码保存的文字。\n".encode("gbk"))
    counts = json.loads(run("import", str(notes), "--json"))
    assert counts["added"] == 4
    assert any("old.md" in s["path"] and "UTF-8" in s["reason"] for s in counts["skipped"])


def test_a_deck_file(notes: Path, tmp_path: Path) -> None:
    deck = tmp_path / "deck.toml"
    deck.write_text('name = "我的"\nnotes = ["notes"]\nnew_per_day = 2\n')
    assert json.loads(run("import", str(deck), "--json"))["decks"] == ["我的"]
    assert len(lines(run("due", "--json"))) == 2
    deck.write_text('notes = ["notes"]\ncolour = "red"\n')
    assert "'colour'" in run("import", str(deck), ok=False)


def test_without_a_terminal_the_app_says_what_is_due(notes: Path) -> None:
    run("import", str(notes))
    for command in ((), ("review",), ("quiz",)):
        assert "No terminal" in run(*command)
        assert "电阻" in run(*command)


def test_the_command_line_imports_nothing_heavy() -> None:
    heavy = ("textual", "torch", "llama_cpp", "sqlalchemy", "sentence_transformers")
    code = f"import sys, studyllm.cli; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_two_imports_at_once_make_each_card_once(notes: Path) -> None:
    run("cards")
    racing = [
        subprocess.Popen(
            [sys.executable, "-m", "studyllm", "import", "--quick", str(notes)], stdout=subprocess.DEVNULL
        )
        for _ in range(3)
    ]
    assert [process.wait() for process in racing] == [0, 0, 0]
    assert len(lines(run("cards", "--json"))) == 3


def test_a_renamed_note_does_not_break_importing_everything_again(notes: Path) -> None:
    run("import", str(notes / "circuits.md"))
    run("answer", "1", "--grade", "5")
    (notes / "circuits.md").rename(notes / "moved.md")
    assert json.loads(run("import", str(notes / "moved.md"), "--json"))["moved"] == 3
    assert json.loads(run("import", "--json"))["unchanged"] == 3
    assert lines(run("cards", "--json"))[0]["due"]


def test_one_bad_deck_does_not_hold_up_the_others(notes: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "z.md").write_text("- **安培（ampere）**：电流的单位，每秒一库仑。\n")
    run("import", str(notes), str(other))
    (other / "z.md").unlink()
    other.rmdir()
    (notes / "new.md").write_text("- **伏特（volt）**：电压的单位，每库仑一焦耳。\n")
    assert "other decks" in run("import", ok=False)
    assert "伏特" in {card["term"] for card in lines(run("cards", "--json"))}
    assert "安培" in {card["term"] for card in lines(run("cards", "--json"))}


def test_an_import_is_one_undo(notes: Path) -> None:
    run("import", str(notes))
    run("answer", "1", "--grade", "5")
    before = lines(run("cards", "--json"))
    (notes / "circuits.md").write_text(
        NOTES.replace("电阻（Resistance）", "电阻率（Resistivity）").replace("法拉", "伏特")
    )
    assert json.loads(run("import", "--json"))["unchanged"] == 1
    assert "import" in run("undo")
    assert lines(run("cards", "--json")) == before


def test_a_definition_that_says_something_else_is_asked_early_and_the_learner_told_why(notes: Path) -> None:
    run("import", str(notes))
    run("answer", "1", "--grade", "5", "--at", "2030-01-01T10:00")
    assert "电阻" not in run("due", "--at", "2030-01-01T12:00")
    (notes / "circuits.md").write_text(NOTES.replace("对电流的阻碍作用", "对电流没有阻碍的作用"))
    assert "negation" in run("import")
    assert "电阻" in run("due", "--at", "2030-01-01T12:00")
    run("answer", "1", "--grade", "5", "--at", "2030-01-01T13:00")
    assert "电阻" not in run("due", "--at", "2030-01-01T14:00")


@pytest.mark.slow
def test_odd_homes_and_times_are_one_line(notes: Path, tmp_path: Path) -> None:
    odd = tmp_path / "a?b%20c"
    run_apart("--home", str(odd), "import", str(notes))
    assert (odd / "study.db").exists()
    assert run_apart("--home", str(notes / "circuits.md"), "cards", ok=False).count("\n") == 1
    for args in (
        ("due", "--at", "0001-01-01"),
        ("answer", "9" * 30, "--grade", "1"),
        ("import", "~nobody-at-all/x"),
    ):
        assert run_apart(*args, ok=False).count("\n") == 1
    (notes / "pipe.md").unlink(missing_ok=True)
    os.mkfifo(notes / "pipe.md")
    assert "not a file" in run_apart("import", str(notes / "pipe.md"), ok=False)
    Path(os.fsdecode(os.fsencode(notes) + b"/bad\xff.md")).write_text(NOTES)
    assert json.loads(run_apart("import", str(notes), "--json"))["added"] == 3


@pytest.mark.slow
def test_following_the_notes_until_ctrl_c(notes: Path) -> None:
    following = subprocess.Popen(
        [sys.executable, "-m", "studyllm", "import", str(notes), "--watch", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert following.stdout is not None
    assert json.loads(following.stdout.readline())["added"] == 3
    for again in range(15):  # a watcher that is not up yet misses a save, but not the next one
        (notes / "circuits.md").write_text(NOTES + "- **导纳**：阻抗的倒数，单位是西门子。\n" + "\n" * again)
        if select.select([following.stdout], [], [], 2)[0]:
            break
    assert json.loads(following.stdout.readline())["added"] == 1
    following.send_signal(signal.SIGINT)
    _, said = following.communicate(timeout=20)
    assert (following.returncode, said) == (0, "")


def test_a_damaged_or_absent_model_is_said_and_grading_goes_on(notes: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    (models / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf").write_bytes(b"GGUF, but not really")
    env = {
        "STUDYLLM_MODELS": str(models),
        "STUDYLLM_LANGUAGE_MODEL": "default",
        "STUDYLLM_EMBEDDING_MODEL": "e5-small",
    }
    run("import", str(notes))
    assert json.loads(run("answer", "1", "--text", "阻碍电流", "--json", env=env, ok=None))["by"] == ["text"]
    found = json.loads(
        subprocess.run(
            [sys.executable, "-m", "studyllm", "doctor", "--json"],
            capture_output=True,
            text=True,
            env={**os.environ, **env},
        ).stdout
    )
    assert {check["name"]: check["state"] for check in found["checks"]}["language model"] == "damaged"
    assert not found["ok"]
    assert "studyllm models pull" in json.dumps(found)


@pytest.mark.slow
def test_a_model_of_ones_own_that_cannot_be_loaded_is_said(tmp_path: Path) -> None:
    (tmp_path / "own.gguf").write_bytes(b"GGUF" + b"\7" * 5000)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "modules.json").write_text("[]")
    env = {
        "STUDYLLM_LANGUAGE_MODEL": str(tmp_path / "own.gguf"),
        "STUDYLLM_EMBEDDING_MODEL": str(tmp_path / "folder"),
    }
    said = json.loads(run("doctor", "--json", ok=None, env=env))
    states = {check["name"]: check["state"] for check in said["checks"]}
    assert (states["embedding model"], states["language model"], said["ok"]) == ("damaged", "damaged", False)


def test_points_of_ones_own_are_graded_on_and_undone(notes: Path) -> None:
    run("import", str(notes), "--deck", "电路")
    said = json.loads(run("points", "1", "--set", "导体阻碍电流", "--set", "单位欧姆", "--json"))
    assert said["points"] == ["导体阻碍电流", "单位欧姆"]
    judged = json.loads(run("answer", "1", "--text", "导体阻碍电流", "--json", ok=None))
    assert [p["text"] for p in judged["points"]] == ["导体阻碍电流", "单位欧姆"]
    (notes / "circuits.md").write_text(NOTES.replace("阻碍作用", "阻碍"))
    run("import")
    assert "单位欧姆" not in run("points", "1"), "they were written for another definition"
    (notes / "circuits.md").write_text(NOTES)
    run("import")
    assert "单位欧姆" in run("points", "1")
    assert "电阻" in run("points", "1", "--reset")
    assert "points of 电阻 edited" in run("undo")
    assert "单位欧姆" in run("points", "1")
    assert "Nothing was changed" in run("points", "1", "--set", " ", ok=False)


@pytest.mark.slow
def test_the_grade_that_is_told_of_is_the_one_that_is_taken(notes: Path) -> None:
    run("import", str(notes), "--deck", "电路")
    run("answer", "2", "--grade", "1")
    told = run_apart("answer", "2", "--text", "是储存电荷的能力，单位是法拉", "--again")
    assert "suggested grade 4" in told and "graded 4" in told, "it was missed a moment ago"  # noqa: PT018


def test_overrides_are_learnt_from_shown_and_reset(notes: Path) -> None:
    run("import", str(notes), "--deck", "电路")
    first = json.loads(run("answer", "1", "--text", "导体对电流的阻碍", "--grade", "5", "--json"))
    assert first["suggested"] != 5
    again = json.loads(run("answer", "1", "--text", "导体对电流的 阻碍。", "--again", "--json"))
    assert again["suggested"] == 5, "the same answer, as the learner graded it before"
    run("answer", "1", "--text", "导体对电流的阻碍", "--again")
    third = json.loads(run("answer", "1", "--text", "导体对电流的阻碍", "--again", "--json"))
    assert third["suggested"] == 5, "accepting it does not undo it"
    learnt = json.loads(run("calibration", "--json"))
    assert (learnt["answers"], learnt["needed"], learnt["doubted"]) == (4, SURE, [])
    assert "Nothing learnt from you yet: 5 corrections" in run("calibration", "--reset")
    assert json.loads(run("calibration", "--json"))["answers"] == 0
    run("undo")
    assert json.loads(run("calibration", "--json"))["answers"] == 4
