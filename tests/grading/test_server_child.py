"""A server beside the models' process as it really is: no verdict depends on it, each says where it had a say."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from studyllm.grading import ModelGrader, Question, TextGrader
from studyllm.grading.scoring import combine, filled
from studyllm.grading.server import Address
from studyllm.grading.server.address import keyed, parsed
from studyllm.grading.server.opinion import with_opinion
from studyllm.grading.signals import Reading, Signals
from studyllm.messages import judged_by
from studyllm.verdicts import Label
from tests.grading.servers import Behaviour, Handler, serving

LOCK = Question(
    "What is a deadlock?",
    "Threads hold locks that others need.",
    ("hold locks", "others need them"),
    term="deadlock",
)
OWN = "two of them wait in a circle and nobody ever moves on"


@contextmanager
def grading(server: Address, log: Path | None = None) -> Iterator[ModelGrader]:
    with closing(ModelGrader(None, None, server=server, log=log)) as made:
        yield made


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def test_a_server_alone_judges_in_doubt_and_is_named() -> None:
    with serving(Behaviour()) as url, grading(parsed(url)) as grader:
        assert url in grader.readiness().note  # before anything is sent
        found = grader.grade(LOCK, OWN)
        ready = grader.readiness()
    assert (found.label, found.unsure) == (Label.CORRECT, True)
    assert found.by == ("text", "server")
    assert "not measured" in judged_by(found)
    assert (ready.server, ready.language) == ("ready", "off")
    assert ready.where in url
    assert ready.where
    assert "tiny" in ready.note


def test_no_verdict_is_sure_by_what_was_not_measured() -> None:
    asked, sure = filled(LOCK), Reading((0.9999, 0.0001, 0.0), ((0.9999, 0.0001, 0.0),) * 2)
    answer = "they hold locks that the others need"
    assert not combine(asked, answer, Signals(reading=sure)).unsure
    assert combine(asked, answer, Signals(reading=sure, measured=False, server=True)).unsure


def test_what_a_server_says_changes_the_verdict() -> None:
    does = Behaviour(likely={"no": -0.1, "yes": -4.0})
    with serving(does) as url, grading(parsed(url)) as grader:
        refused = grader.grade(LOCK, OWN)
    assert refused.label is Label.INCORRECT
    assert refused.unsure


def test_gates_come_first_and_send_nothing() -> None:
    does = Behaviour()
    with serving(does) as url, grading(parsed(url)) as grader:
        until(lambda: grader.readiness().server == "ready")
        assert grader.grade(LOCK, "I don't know").reason
        assert grader.grade(LOCK, "").reason
        assert does.of("word") == 1  # the probe


def _dies(handler: Handler) -> None:
    handler.json({}, 503)


def test_a_server_that_fails_in_a_review_leaves_words_and_one_sentence() -> None:
    does = Behaviour()
    with serving(does) as url, grading(parsed(url)) as grader:
        assert "server" in grader.grade(LOCK, OWN).by
        does.instead = _dies
        found = grader.grade(LOCK, f"{OWN} at all")
        by_words = TextGrader().grade(LOCK, f"{OWN} at all")
        assert (found.label, found.score, found.by) == (by_words.label, by_words.score, ("text",))
        assert "status 503" in grader.readiness().note
        assert grader.readiness().server == "failed"
        assert grader.grade(LOCK, f"{OWN}, none of them").by == ("text",)
        assert "none of them" not in str(does.heard)
        assert "".join(grader.explain(LOCK, OWN, found))


def test_nobody_there_is_words_alone() -> None:
    with serving(Behaviour()) as url:
        pass
    with grading(parsed(url)) as grader:
        assert grader.grade(LOCK, OWN).by == ("text",)
        assert "nothing answers there" in grader.readiness().note


def test_what_cannot_be_checked_is_not_asked_for() -> None:
    does = Behaviour()
    with serving(does) as url, grading(parsed(url)) as grader:
        found = grader.grade(LOCK, "a thread that stops")
        assert "".join(grader.explain(LOCK, "a thread that stops", found))
        assert "".join(grader.reply(LOCK, "Threads hold locks.", "What do they hold?"))
    assert does.of("stream") == 0


def test_the_key_is_neither_on_the_command_line_nor_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    does, log = Behaviour(key="sk-secret"), tmp_path / "child.log"
    with serving(does) as url, grading(keyed(parsed(url), "sk-secret"), log) as grader:
        assert "server" in grader.grade(LOCK, OWN).by
        assert b"secret" not in Path(f"/proc/{grader.pid}/cmdline").read_bytes()
        does.key = "sk-other"
        assert "server" not in grader.grade(LOCK, f"{OWN} ever").by
        assert "secret" not in grader.readiness().note
    assert "secret" not in log.read_text("utf-8")


def test_without_a_server_nothing_of_http_is_loaded_by_the_app() -> None:
    code = (
        "import sys, studyllm.grading as g; g.ModelGrader(None, None).close()\n"
        "print([m for m in ('http.client', 'ssl', 'aiohttp') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


LOCKED = "So all of the threads wait for ever. "


@pytest.fixture(scope="module")
def models() -> tuple[Path, Path]:
    from studyllm.models import find, path

    found, language = path(find("e5-small")), path(find("default"))
    if found is None or language is None:
        pytest.skip("the models are not on this machine: `studyllm models pull` fetches them")
    return found, language


@pytest.mark.models
@pytest.mark.parametrize(
    ("said", "cut", "shown"),
    [
        ((LOCKED[:20], LOCKED[20:], "A cat "), True, LOCKED.strip()),
        (("Deadlocks were invented in 1871. ", LOCKED), False, ""),
        (("\x1b]0;owned\x07", LOCKED), False, LOCKED.strip()),
    ],
)
def test_an_explanation_from_a_server_is_checked_as_any(
    models: tuple[Path, Path], said: tuple[str, ...], cut: bool, shown: str
) -> None:
    asked = Question(
        "What is a deadlock?",
        "Two or more threads each hold a lock that another one needs, so all wait for ever.",
    )
    does = Behaviour(likely={"no": -0.1, "yes": -5.0}, said=said, cut=cut)
    with (
        serving(does) as url,
        closing(ModelGrader(*models, server=parsed(url))) as grader,
    ):
        found = grader.grade(asked, "it is what happens when a program stops")
        assert found.by == ("text", "cross-encoder", "language model", "server")
        composed, *more = grader.explain(asked, "it is what happens when a program stops", found)
    assert composed
    assert "".join(more).strip() == shown
    assert does.of("stream") == 1


MEASURED = Reading((0.97, 0.02, 0.01), ((0.9, 0.08, 0.02), (0.96, 0.03, 0.01)))


def test_an_opinion_counts_less_than_what_was_measured() -> None:
    opposed = with_opinion(MEASURED, Reading((0.0, 0.0, 1.0), ((0.0, 1.0, 0.0),)))
    assert opposed.whole.index(max(opposed.whole)) == 0
    assert opposed.whole[0] < MEASURED.whole[0]
    assert opposed.points[1] == pytest.approx(MEASURED.points[1], abs=1e-3)
    for whole in (opposed.whole, *opposed.points):
        assert sum(whole) == pytest.approx(1)


def test_an_opinion_alone_is_never_near_certainty() -> None:
    alone = with_opinion(None, Reading((1.0, 0.0, 0.0), ((0.0, 0.0, 1.0),)))
    assert max(alone.whole) < 0.8
    assert max(alone.points[0]) < 0.8
