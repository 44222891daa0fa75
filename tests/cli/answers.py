"""Lines for `studyllm grade --jsonl`, and what becomes of them."""

import json
from io import BytesIO
from typing import Any

from click.testing import CliRunner

from studyllm.cli import cli
from studyllm.cli.grading import rows
from studyllm.errors import ModelError
from studyllm.grading import Question, TextGrader, Verdict
from tests.cli.shell import WITHOUT_MODELS, lines

OHM = {
    "question": "What is resistance?",
    "reference": "How strongly a conductor opposes current.",
    "answer": "How strongly a conductor opposes current.",
}


def line(**fields: object) -> bytes:
    """A line about the ohm, with other fields."""
    return json.dumps(OHM | fields).encode() + b"\n"


def grade(source: bytes, **env: str) -> tuple[list[dict[str, Any]], str, int]:
    """The rows, stderr and the exit code for a standard input."""
    done = CliRunner().invoke(cli, ("grade", "--jsonl", "-"), input=source, env=WITHOUT_MODELS | env)
    assert not done.exception or isinstance(done.exception, SystemExit)
    return lines(done.stdout), done.stderr, done.exit_code


class Noting(TextGrader):
    """A grader that keeps what it was asked, and fails when the answer is "fail"."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def grade(self, question: Question, answer: str) -> Verdict:
        self.asked.append(question)
        if answer == "fail":
            raise ModelError("The model is gone.")
        return super().grade(question, answer)


def asked(**fields: object) -> Question:
    """The question that reaches a grader."""
    grader = Noting()
    [row] = rows(grader, BytesIO(line(**fields)))
    assert "verdict" in row
    return grader.asked[0]
