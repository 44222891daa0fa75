"""`studyllm grade --jsonl`: rows come as lines go in, and what is printed harms no terminal."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import IO

import pytest
from click.testing import CliRunner

from studyllm.cli import cli
from studyllm.cli.grading import rows
from studyllm.grading import TextGrader
from tests.cli.answers import grade, line
from tests.cli.shell import WITHOUT_MODELS

# As a stream


def test_a_row_comes_before_the_next_line_is_asked_for() -> None:
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb") as source, os.fdopen(theirs, "wb", buffering=0) as producer:
        found = rows(TextGrader(), source)
        for number in range(3):
            producer.write(line(id=number))
            assert next(found)["id"] == number
        producer.write(b"no JSON\n")
        assert next(found)["line"] == 4
        producer.write(line(id="the last, without an end")[:-1])
        producer.close()
        assert [row["id"] for row in found] == ["the last, without an end"]


@pytest.fixture
def grading() -> Iterator[subprocess.Popen[bytes]]:
    """`studyllm grade --jsonl -` in a process of its own, both ends of it held open."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "studyllm", "grade", "--jsonl", "-"]
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env=os.environ | WITHOUT_MODELS
    ) as process:
        yield process
        process.kill()


def ends(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    assert process.stdin
    assert process.stdout
    assert process.stderr
    return process.stdin, process.stdout, process.stderr


def test_a_producer_that_waits_gets_its_row(grading: subprocess.Popen[bytes]) -> None:
    producer, consumer, errors = ends(grading)
    for sent, key in ((line(id=1), "verdict"), (b"[]\n", "error"), (line(id=2), "verdict")):
        producer.write(sent)
        producer.flush()
        assert key in json.loads(consumer.readline())
    producer.close()
    assert (grading.wait(60), consumer.read()) == (1, b"")
    assert errors.read() == b"Error: 1 of 3 lines could not be graded.\n"


def test_a_consumer_that_leaves_ends_it_quietly(grading: subprocess.Popen[bytes]) -> None:
    producer, consumer, errors = ends(grading)
    producer.write(line())
    producer.flush()
    consumer.readline()
    consumer.close()
    producer.write(line())
    producer.flush()
    assert grading.wait(60) == 1
    assert errors.read() == b""


def test_rows_come_in_the_order_of_the_input() -> None:
    questions = ("a", "b", "a", "c", "b")
    found, said, code = grade(b"".join(line(id=n, question=q) for n, q in enumerate(questions)))
    assert ([row["id"] for row in found], said, code) == ([0, 1, 2, 3, 4], "", 0)


# What is printed


ODD = "\x1b[31m \x7f \x9b31m \u202e \u2066 \u200b \u2028 \U000e0041 字"


def test_no_letter_that_a_terminal_obeys_or_hides_is_printed() -> None:
    item = line(id=ODD, question=ODD, reference=ODD, points=[ODD], answer=f"{ODD} words", term=ODD)
    done = CliRunner().invoke(cli, ("grade", "--jsonl", "-", "--explain"), input=item, env=WITHOUT_MODELS)
    [text] = done.stdout.rstrip("\n").split("\n")
    assert text.isprintable()
    assert "字" in text
    row = json.loads(text)
    assert (row["id"], row["points"][0]["text"]) == (ODD, ODD)


def test_half_a_letter_is_printed_as_json_writes_it() -> None:
    half = "\ud83d"
    item = line(id=half, question=half, reference=f"a {half}", answer=half, points=[half], aliases=[half])
    done = CliRunner().invoke(cli, ("grade", "--jsonl", "-", "--explain"), input=item, env=WITHOUT_MODELS)
    assert done.exit_code == 0
    assert b"\\ud83d" in done.stdout_bytes
    row = json.loads(done.stdout_bytes.decode())
    assert (row["id"], row["points"][0]["text"]) == (half, "\ufffd")


def test_a_stream_that_lacks_letters_gets_ascii() -> None:
    done = CliRunner(charset="gbk").invoke(
        cli, ("grade", "--jsonl", "-"), input=line(id="ḕ 字"), env=WITHOUT_MODELS
    )
    assert done.stdout_bytes.isascii()
    assert json.loads(done.stdout_bytes)["id"] == "ḕ 字"


def test_the_sentences_that_programs_read_stay_english() -> None:
    [row], said, _code = grade(b"{}\n", STUDYLLM_INTERFACE="zh")
    assert row["error"] == "question is missing."
    assert said == "错误：1 行中有 1 行无法评分。\n"
