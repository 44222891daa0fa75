"""`studyllm answer`: an answer that is another card's definition."""

from contextlib import closing
from pathlib import Path

import pytest

from studyllm.cli.session import Session
from studyllm.store import Store
from studyllm.verdicts import State
from tests.cli.shell import NOTES, lines, run
from tests.graders import Says, judged


def test_another_cards_definition_is_named_and_kept_with_a_wrong_answer(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "grader", lambda _: closing(Says(judged(State.HIT, State.UNSURE))))
    (tmp_path / "circuits.md").write_text(NOTES)
    run("import", str(tmp_path / "circuits.md"))
    one, other = lines(run("cards", "--json"))[:2]
    given = ("--text", str(other["answer"]), "--explain")
    assert str(other["term"]) in run("answer", str(one["id"]), *given, "--grade", "1")
    with Store(home / "study.db") as store:
        review = store.journal.latest(1)[0].review
        assert review is not None
        assert review.detail.confused == other["id"]
        run("answer", str(one["id"]), *given, "--grade", "4", "--again")
        review = store.journal.latest(1)[0].review
        assert review is not None
        assert review.detail.confused is None, "the learner knew it"
