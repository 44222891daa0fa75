"""`studyllm grade --out`: rows in a file, whatever stops the run, and never under other answers or another grader."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from studyllm.cli.bulk import Remembering, in_order, taken
from studyllm.cli.jsonl import ToGrade, Unusable
from studyllm.cli.judged import judged
from studyllm.cli.progress import Rate
from studyllm.cli.session import Session
from studyllm.grading import Grader, Question, Verdict
from tests.cli.answers import OHM, Noting, line
from tests.cli.shell import WITHOUT_MODELS, lines, run

WORDS = ["a", "conductor", "opposes", "strongly", "current", "how", "and", "voltage", "电阻"]


def answers(count: int, start: int = 0) -> bytes:
    """Lines with different answers, now and then blank, and one in ten no JSON."""
    made = []
    for number in range(start, start + count):
        words = " ".join(WORDS[(number * 7 + place) % len(WORDS)] for place in range(number % 9))
        made.append(b"[]\n" if number % 10 == 9 else line(id=number, answer=f"{words} {number // 20}"))
    return b"".join(made)


def grade(source: Path, out: Path, *more: str, ok: bool | None = None, **env: str) -> str:
    """stdout, or with `ok=False` stderr, of a run in this process."""
    return run("grade", "--jsonl", str(source), "--out", str(out), *more, ok=ok, env=env)


def started(source: Path | str, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "studyllm", "grade", "--jsonl", str(source), "--out", str(out)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stderr=pipe, env=os.environ | WITHOUT_MODELS)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "answers.jsonl"
    path.write_bytes(answers(200))
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "results.jsonl"


# What is written


def test_a_row_holds_what_a_report_needs_and_nothing_that_differs_from_run_to_run(
    source: Path, out: Path
) -> None:
    assert grade(source, out) == ""
    written = lines(out.read_text("utf-8"))
    assert [row.get("id") for row in written[:9]] == list(range(9))
    assert {key: written[0][key] for key in ("question", "reference")} == {
        key: OHM[key] for key in ("question", "reference")
    }
    assert written[8]["answer"].endswith(" 0")
    assert written[9] == {
        "id": None,
        "line": 10,
        "error": "The line is not a JSON object.",
        "input": written[9]["input"],
    }
    assert "ms" not in written[0]


def test_the_verdicts_are_those_of_a_run_to_standard_output(source: Path, out: Path) -> None:
    grade(source, out, "--explain")
    told = lines(run("grade", "--jsonl", str(source), "--explain", ok=None))
    for written, printed in zip(lines(out.read_text("utf-8")), told, strict=True):
        assert {name: value for name, value in printed.items() if name != "ms"}.items() <= written.items()


def test_bad_lines_are_rows_and_the_exit_code_counts_those_of_earlier_runs(source: Path, out: Path) -> None:
    said = "Error: 20 of 200 lines could not be graded.\n"
    assert grade(source, out, ok=False).endswith(said)
    assert grade(source, out, ok=False).endswith(said)


def test_an_answer_given_word_for_word_again_is_graded_once(out: Path) -> None:
    grader = Noting()
    given = [("1", "yes"), ("2", "yes"), ("3", "yes "), ("4", "fail"), ("5", "fail")]
    source = BytesIO(b"".join(line(id=name, answer=text) for name, text in given))
    judge = Remembering(explain=False)
    judge.begin(grader)
    rows = [row for _one, row in in_order(judge, taken(source))]
    assert len(grader.asked) == 4, "an error is no verdict that could be kept"
    assert [row.get("error") for row in rows][3:] == ["The model is gone."] * 2


# Going on


@pytest.mark.parametrize("kept", [0, 1, 137, 199, 200])
@pytest.mark.parametrize("torn", [b"", b'{"id": 5, "lin', b"\0" * 300])
def test_a_run_goes_on_behind_the_last_whole_row(source: Path, out: Path, kept: int, torn: bytes) -> None:
    grade(source, out)
    whole = out.read_bytes()
    out.write_bytes(b"".join(whole.splitlines(keepends=True)[:kept]) + torn)
    grade(source, out)
    assert out.read_bytes() == whole


@pytest.mark.slow
def test_killed_again_and_again_it_ends_with_the_same_bytes(tmp_path: Path, out: Path) -> None:
    source = tmp_path / "many.jsonl"
    source.write_bytes(answers(4000))
    grade(source, tmp_path / "whole")
    for part in (1, 2, 3):
        with started(source, out) as process:
            while not out.exists() or out.stat().st_size < part * 300_000:
                assert process.poll() is None
            process.kill()
    assert 900_000 <= out.stat().st_size < (tmp_path / "whole").stat().st_size
    grade(source, out)
    assert out.read_bytes() == (tmp_path / "whole").read_bytes()


def test_ctrl_c_says_how_to_go_on(out: Path) -> None:
    with started("-", out) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write(line())
        process.stdin.flush()
        while not out.exists() or not out.stat().st_size:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
        assert process.wait(60) == 130
    assert said == f"Error: Stopped. 1 row is kept in {out}; the same command goes on from there.\n"
    assert len(lines(out.read_text())) == 1
    assert sorted(path.name for path in out.parent.iterdir() if path.is_file()) == [
        out.name,
        f"{out.name}.run",
    ]


def test_answers_added_at_the_end_are_graded_by_the_next_run(source: Path, out: Path) -> None:
    grade(source, out)
    before = out.read_bytes()
    source.write_bytes(answers(230))
    grade(source, out)
    assert out.read_bytes().startswith(before)
    assert len(lines(out.read_text("utf-8"))) == 230


# What it refuses


@pytest.mark.parametrize(
    "other", [answers(200, start=1), answers(199), b"", answers(100) + b"\n" + answers(100, 100)]
)
def test_rows_are_not_put_under_other_answers(source: Path, out: Path, other: bytes) -> None:
    grade(source, out)
    before = out.read_bytes()
    source.write_bytes(other)
    assert "holds rows of other answers" in grade(source, out, ok=False)
    assert out.read_bytes() == before
    assert "holds rows" not in grade(source, out, "--afresh")


def test_rows_of_two_graders_are_not_mixed(source: Path, out: Path) -> None:
    grade(source, out)
    before = out.read_bytes()
    said = grade(source, out, "--explain", ok=False)
    assert "(explain: false, now true)" in said
    said = grade(source, out, ok=False, STUDYLLM_EMBEDDING_MODEL="e5-small", STUDYLLM_MODELS=str(out.parent))
    assert "(embedding_model: off, now e5-small (absent))" in said
    assert out.read_bytes() == before
    grade(source, out, "--explain", "--afresh")
    assert "explanation" in lines(out.read_text("utf-8"))[0]


def test_a_file_of_somebody_else_stays(source: Path, out: Path) -> None:
    out.write_text("dear diary\n")
    assert "nothing says that" in grade(source, out, ok=False)
    assert out.read_text() == "dear diary\n"
    (out.parent / "results.jsonl.run").write_text("no JSON")
    assert "graded otherwise" in grade(source, out, ok=False)
    assert "dear diary" in out.read_text()


@pytest.mark.parametrize("more", [(), ("--afresh",)])
def test_the_answers_themselves_stay(source: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    before = source.read_bytes()
    (tmp_path / "link").symlink_to(source)
    for out in (source, tmp_path / "link"):
        assert "the file of the answers itself" in grade(source, out, *more, ok=False)
    assert source.read_bytes() == before


def test_what_is_no_file_or_cannot_be_written_is_a_sentence(source: Path, tmp_path: Path) -> None:
    assert "is not a file" in grade(source, tmp_path, "--afresh", ok=False)
    assert "cannot be written: No such file" in grade(source, tmp_path / "no" / "where", ok=False)
    assert "is not a file" in grade(source, Path(os.devnull), ok=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_keeps_what_is_there(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grade(source, out)
    whole = out.read_bytes()
    out.write_bytes(whole[:5000])
    from studyllm.results import output

    class Full(output.Output):
        def add(self, line: bytes) -> None:
            os.dup2(os.open("/dev/full", os.O_WRONLY), self._file.fileno())
            super().add(line)

    with monkeypatch.context() as patch:
        patch.setattr(output, "Output", Full)
        assert "No space left" in grade(source, out, ok=False)
    grade(source, out)
    assert out.read_bytes() == whole


def test_two_runs_do_not_write_one_file(source: Path, out: Path) -> None:
    with started("-", out) as process:
        assert process.stdin
        process.stdin.write(line())
        process.stdin.flush()
        while not out.exists() or not out.stat().st_size:
            assert process.poll() is None
        assert "Another run is writing" in grade(source, out, ok=False)
        process.stdin.close()
        assert process.wait(60) == 0
    assert len(lines(out.read_text())) == 1


def test_afresh_needs_a_file(source: Path) -> None:
    assert "--out" in run("grade", "--jsonl", str(source), "--afresh", ok=False)


# How far it is


class Terminal:
    """Keeps what is written."""

    def __init__(self, shows: bool) -> None:
        self.text, self._shows = "", shows

    def isatty(self) -> bool:
        return self._shows

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Nothing to do."""


def test_how_far_it_is_stands_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("studyllm.cli.progress.time.monotonic", lambda: now[0])
    shown: Any = Terminal(True)
    rate = Rate(1000, shown)
    for seconds, rows, read in ((110, 50, 100), (200, 250, 500), (200.1, 251, 502)):
        now[0] = seconds
        rate.at(rows, read, since=50)
    rate.close()
    last = shown.text.split("\r\033[K")
    assert last[2:] == ["250 rows · 2.0 a second · 50% · 2 min left", ""]
    hidden: Any = Terminal(False)
    Rate(1000, hidden).at(250, 500, since=0)
    assert hidden.text == ""


# The place for what grades many at a time


def test_what_reads_ahead_keeps_the_order_of_the_input() -> None:
    grader = Noting()

    def judge(found: ToGrade | Unusable) -> dict[str, Any]:
        return judged(grader, found, explain=False)

    one_by_one = list(in_order(judge, taken(BytesIO(answers(30)))))
    ahead = list(in_order(judge, list(taken(BytesIO(answers(30))))))
    assert ahead == one_by_one
    assert json.dumps(ahead[0][1]) == json.dumps(one_by_one[0][1])


# Models whose last digits depend on what they graded before


class Moody(Noting):
    """A grader whose scores depend on how many it gave since it forgot."""

    def __init__(self) -> None:
        super().__init__()
        self.since = 0

    def forget(self) -> None:
        self.since = 0

    def grade(self, question: Question, answer: str) -> Verdict:
        self.since += 1
        return replace(super().grade(question, answer), confidence=self.since / 1000)


@pytest.mark.parametrize("kept", [0, 1, 31, 32, 33, 100, 199, 200])
def test_a_run_that_goes_on_stands_where_the_stopped_one_stood(
    source: Path, out: Path, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    graders: list[Moody] = []

    @contextmanager
    def grader(_session: Session) -> Iterator[Grader]:
        graders.append(Moody())
        yield graders[-1]

    monkeypatch.setattr(Session, "grader", grader)
    source.write_bytes(answers(150) + answers(50))
    grade(source, out)
    whole = out.read_bytes()
    out.write_bytes(b"".join(whole.splitlines(keepends=True)[:kept]))
    grade(source, out)
    assert out.read_bytes() == whole
    assert len(graders) == 2 - (kept == 200), "models are loaded when something is left"
    assert len(graders[0].asked) < 150, "what was said before is not graded again"
    again = sum(len(grader.asked) for grader in graders[1:])
    assert again <= kept % 32 + 200 - kept
