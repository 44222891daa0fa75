"""`studyllm report`: from answers to a page and a table."""

import csv
import os
from pathlib import Path

import pytest

from tests.cli.answers import line
from tests.cli.shell import run


@pytest.fixture
def results(tmp_path: Path) -> Path:
    source, out = tmp_path / "answers.jsonl", tmp_path / "results.jsonl"
    given = ["How strongly a conductor opposes current.", "", "cheese", "cheese", "Cheese!"]
    source.write_bytes(b"".join(line(id=f"s{n}", answer=text) for n, text in enumerate(given)) + b"[]\n")
    run("grade", "--jsonl", str(source), "--out", str(out), ok=False)
    return out


def test_a_page_and_a_table(results: Path, tmp_path: Path) -> None:
    html, table = tmp_path / "report.html", tmp_path / "report.csv"
    said = run("report", str(results), "--html", str(html), "--csv", str(table))
    assert said.startswith("5 answers · 1 question · ")
    assert said.endswith(" · 1 line not graded\n")
    assert "How strongly a conductor opposes current." in html.read_text("utf-8")
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(table.read_text("utf-8-sig").splitlines())
    assert (row["answers"], row["without_content"]) == ("5", "1")
    assert (row["commonest_wrong"], row["commonest_wrong_times"]) == ("cheese", "3")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_lines_where_no_file_is_named(results: Path) -> None:
    assert run("report", str(results)).splitlines()[1].endswith("What is resistance?")


def test_what_was_there_is_replaced_whole_or_not_at_all(results: Path, tmp_path: Path) -> None:
    before = results.read_bytes()
    assert "holds the results themselves" in run("report", str(results), "--csv", str(results), ok=False)
    assert results.read_bytes() == before
    missing = tmp_path / "no" / "where.html"
    assert "cannot be written: No such file" in run("report", str(results), "--html", str(missing), ok=False)
    assert "cannot be written" in run("report", str(results), "--html", str(tmp_path), ok=False)


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs /dev/stdout")
def test_a_device_is_written_to_and_stays(results: Path) -> None:
    run("report", str(results), "--html", os.devnull)
    assert not Path(os.devnull).is_file()


def test_a_file_of_something_else_is_a_sentence(tmp_path: Path) -> None:
    other = tmp_path / "notes.md"
    other.write_text("# Notes\n")
    page = tmp_path / "page.html"
    assert "holds no rows" in run("report", str(other), "--html", str(page), ok=False)
    assert not page.exists()


def test_rows_of_standard_output_have_no_question_and_are_counted(results: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.jsonl"
    bare.write_text(run("grade", "--jsonl", str(tmp_path / "answers.jsonl"), ok=None))
    assert "holds no rows" in run("report", str(bare), ok=False)
    bare.write_bytes(bare.read_bytes() + results.read_bytes())
    assert "5 lines are no rows" in run("report", str(bare))


def test_no_control_of_the_answers_or_names_reaches_the_terminal(tmp_path: Path) -> None:
    odd = "\x1b[31mred\u202e\u200b"
    source, out = tmp_path / "answers.jsonl", tmp_path / f"{odd}.jsonl"
    source.write_bytes(line(question=odd, answer=odd))
    told = [
        run("grade", "--jsonl", str(source), "--out", str(out)),
        run("report", str(out)),
        run("report", str(source), ok=False),
    ]
    out.with_name(f"{out.name}.run").write_text('{"\\u001b[31m": "\\u001b[31m"}')
    told.append(run("grade", "--jsonl", str(source), "--out", str(out), ok=False))
    assert all("".join(text.split("\n")).isprintable() for text in told)
    assert "red" in told[1]
