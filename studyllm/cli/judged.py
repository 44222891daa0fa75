"""The row of an answer: its verdict, or why there is none."""

from typing import Any

from studyllm.cli.jsonl import ToGrade, Unusable
from studyllm.cli.show import verdict_json
from studyllm.errors import StudyError
from studyllm.grading import Grader
from studyllm.text import clean

Row = dict[str, Any]


def judged(grader: Grader, found: ToGrade | Unusable, *, explain: bool) -> Row:
    """The row of a line: a verdict or an error."""
    if isinstance(found, Unusable):
        return _error(found, found.why)
    try:
        verdicts = [(grader.grade(question, found.answer), question) for question in found.questions]
        verdict, question = max(verdicts, key=lambda judged: judged[0].score)
        why = clean("".join(grader.explain(question, found.answer, verdict))) if explain else ""
    except StudyError as error:
        return _error(found, str(error))
    return {"id": found.id, **verdict_json(verdict), "explanation": why}


def _error(found: ToGrade | Unusable, why: str) -> Row:
    return {"id": found.id, "line": found.line, "error": why}
