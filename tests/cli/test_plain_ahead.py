"""`--plain` at a terminal whose learner types before there is anything to answer."""

import os
import pty
import select
from io import StringIO
from typing import TextIO

from studyllm.cli.plain import PlainReview
from studyllm.cli.prompts import Terminal
from studyllm.config import Settings, default_home
from studyllm.grading import Question, Verdict
from studyllm.store import Store
from studyllm.verdicts import State
from tests.conftest import NOW, fill
from tests.graders import Says, judged


def test_what_is_typed_while_the_verdict_is_awaited_grades_nothing(store: Store) -> None:
    fill(store, "volt")
    ours, theirs = pty.openpty()

    class TypedAhead(Says):
        def grade(self, question: Question, answer: str) -> Verdict:
            os.write(ours, b":help\n4\n")
            assert select.select([theirs], [], [], 5)[0]
            return super().grade(question, answer)

    target = StringIO()
    os.write(ours, b"what volt means\n")
    with os.fdopen(theirs) as source:
        terminal = Typist(source, target, ours)
        settings = Settings(default_home(), time_zone="UTC")
        PlainReview(
            store, TypedAhead(judged(State.HIT, score=0.9, sure=True)), settings, terminal, lambda: NOW
        ).run()
    os.close(ours)
    assert [e.review.chosen for e in store.journal.entries() if e.review] == [2]
    assert "left out" in target.getvalue()


class Typist(Terminal):
    """Types a grade once it is asked for, then ends the input."""

    def __init__(self, source: TextIO, target: TextIO, keys: int) -> None:
        super().__init__(source, target)
        self.keys = keys

    def ask(self, prompt: str) -> str:
        if prompt.startswith("Grade"):
            os.write(self.keys, b"2\n\x04")
        return super().ask(prompt)
