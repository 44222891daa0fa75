"""The models' process as it really is: a damaged model, a kill, an end; no model is needed for any of it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from studyllm import i18n
from studyllm.grading import ModelGrader, Question, Readiness, Verdict
from studyllm.process import child
from studyllm.verdicts import Label

LOCK = Question("互斥锁是什么", "同一时刻只让一个线程进入临界区，其余的等待。", term="互斥锁")
RIGHT = "同一时刻只让一个线程进入临界区，其余的等待"


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + b"\0" * 64)
    return path


@pytest.fixture
def grader(damaged: Path, tmp_path: Path) -> Iterator[ModelGrader]:
    made = ModelGrader(None, damaged, log=tmp_path / "child.log")
    yield made
    made.close()


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def is_another(grader: ModelGrader, pid: int) -> bool:
    return grader.pid != pid


def later(grader: ModelGrader, answer: str) -> tuple[threading.Thread, list[Verdict]]:
    found: list[Verdict] = []
    thread = threading.Thread(target=lambda: found.append(grader.grade(LOCK, answer)))
    thread.start()
    return thread, found


def test_a_damaged_model_leaves_text(damaged: Path) -> None:
    told: list[Readiness] = []
    grader = ModelGrader(None, damaged, on_change=told.append)
    found = grader.grade(LOCK, RIGHT)
    assert (found.label, found.by) == (Label.CORRECT, ("text",))
    until(lambda: grader.readiness().language == "failed")
    assert told[-1].language == "failed"
    assert "broken.gguf" in told[-1].note
    assert "".join(grader.explain(LOCK, "锁", grader.grade(LOCK, "锁")))
    grader.close()


def test_a_killed_child_loses_no_answer(grader: ModelGrader) -> None:
    first = grader.pid
    assert first
    os.kill(first, signal.SIGSTOP)
    thread, found = later(grader, RIGHT)
    until(lambda: bool(grader._child.waited_for))
    os.kill(first, signal.SIGKILL)
    thread.join(20)
    assert found
    assert found[0].label is Label.CORRECT
    assert grader.pid != first
    assert grader.readiness().restarts == 1


def test_a_child_that_keeps_dying_stays_down(grader: ModelGrader) -> None:
    for _ in range(child._QUICK_DEATHS):
        until(lambda: grader.pid is not None)
        pid = grader.pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        until(partial(is_another, grader, pid))
    assert grader.pid is None
    assert grader.readiness().language == "failed"
    assert grader.grade(LOCK, RIGHT).by == ("text",)


def test_closing_ends_the_child_and_answers_who_waits(grader: ModelGrader) -> None:
    pid = grader.pid
    assert pid
    os.kill(pid, signal.SIGSTOP)
    thread, found = later(grader, RIGHT)
    until(lambda: bool(grader._child.waited_for))
    os.kill(pid, signal.SIGCONT)
    grader.close()
    thread.join(10)
    assert found
    assert found[0].label is Label.CORRECT
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_child_dies_with_its_parent(damaged: Path) -> None:
    code = (
        "import sys,time; from pathlib import Path; from studyllm.grading import ModelGrader\n"
        f"g = ModelGrader(None, Path({str(damaged)!r})); print(g.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until(
        lambda: (
            not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]
        )
    )


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, studyllm.grading as g; g.TextGrader().grade(g.Question('q', 'some reference'), 'an answer')\n"
        "print([m for m in ('torch', 'numpy', 'llama_cpp', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_absent_and_off_are_told_apart(tmp_path: Path) -> None:
    grader = ModelGrader(tmp_path / "no", None)
    assert (grader.readiness().embedding, grader.readiness().language) == ("absent", "off")
    assert grader.pid is None
    grader.prepare(LOCK)
    assert grader.grade(LOCK, RIGHT).label is Label.CORRECT
    grader.close()


def test_what_is_said_of_the_models_is_in_the_language_that_is_spoken_now(grader: ModelGrader) -> None:
    until(lambda: grader.readiness().language == "failed")
    i18n.use("zh")
    assert grader.readiness().note.startswith("无法加载语言模型：")
    i18n.use("en")
    assert grader.readiness().note.startswith("The language model cannot be loaded: ")


def test_both_models_are_ready_in_the_language_that_is_spoken_now(grader: ModelGrader) -> None:
    grader._ready, grader._note = Readiness("ready", "ready"), ""
    assert grader.readiness().note == "Both models are ready."
    i18n.use("zh")
    assert grader.readiness().note == "两个模型都已就绪。"
