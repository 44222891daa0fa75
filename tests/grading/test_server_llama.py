"""A real llama.cpp server, with the model that is here: it reads as the same file does in our own process."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from bench.servers import ZeroShot
from studyllm.grading import Question
from studyllm.grading.scoring import filled
from studyllm.grading.server import judging, remote, wording
from studyllm.grading.server.address import parsed
from studyllm.grading.server.dialect import probed, shares_of
from studyllm.grading.server.exchange import Line
from studyllm.grading.server.remote import Remote

pytestmark = pytest.mark.models

NEEDED = ("uvicorn", "fastapi", "starlette_context", "sse_starlette", "pydantic_settings")
INDEX = filled(
    Question(
        "What is a database index?",
        "An ordered structure beside a table, so that a search need not read all rows; writing gets slower.",
        ("an ordered structure beside a table", "a search need not read all rows", "writing gets slower"),
    )
)
RIGHT = "a sorted structure kept next to the table: finding needs no full scan, but every write costs more"
WRONG = "a copy of the table on another disk, in case the first one breaks"


@pytest.fixture(scope="module")
def model() -> Path:
    from studyllm.models import find, path

    found = path(find("default"))
    if found is None:
        pytest.skip("the language model is not on this machine: `studyllm models pull` fetches it")
    if absent := [name for name in NEEDED if find_spec(name) is None]:
        pytest.skip(
            f"llama.cpp's server needs {', '.join(absent)}, which are in the dev group of pyproject.toml"
        )
    return found


@contextmanager
def serving(model: Path, *, logits: bool) -> Iterator[str]:
    """The base URL of llama.cpp's server; `logits`: whether it gives log-probabilities."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(model), "--n_ctx", "2048"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--logits_all", str(logits), "--verbose", "false"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    url = f"http://127.0.0.1:{port}/v1"
    try:
        end = time.monotonic() + 120
        while not _answers(url):
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.2)
        if not _completes(url):
            ended = process.wait(30)
            assert ended < 0, "it gives no word, and no signal ended it"
            pytest.skip(f"llama.cpp's server dies of its first completion on this machine (signal {-ended})")
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/models", timeout=2):
            return True
    except OSError:
        return False


def _completes(url: str) -> bool:
    """Whether it gives a word; false where it ends instead, which is a fault of its build."""
    body = json.dumps({"messages": [{"role": "user", "content": "hi"}], "max_tokens": 1}).encode()
    try:
        with urlopen(
            Request(f"{url}/chat/completions", body, {"Content-Type": "application/json"}), timeout=120
        ):
            return True
    except OSError:
        return False


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is."""
    monkeypatch.setattr(judging, "READ", 240.0)
    monkeypatch.setattr(remote, "FIRST", 120.0)
    monkeypatch.setattr(remote, "WHOLE", 240.0)


@pytest.mark.timeout(600)
def test_it_gives_probabilities_near_those_of_the_same_file_here(model: Path) -> None:
    turns, words = wording.one_word(INDEX, RIGHT)[0]
    here = shares_of(
        {"choices": [{"logprobs": {"top_logprobs": [ZeroShot(model, 2).likeliest(turns)]}}]}, words
    )
    with serving(model, logits=True) as url, closing(Line(parsed(url))) as line:
        dialect = probed(line)
        assert dialect.top == 20
        there = shares_of(
            line.ask("POST", "/chat/completions", dialect.one_word(turns)).reply(time.monotonic() + 240),
            words,
        )
        right, wrong = (judging.Judging(line, dialect, INDEX, text).reading() for text in (RIGHT, WRONG))
    assert here
    assert there
    assert there == pytest.approx(here, abs=0.1)
    assert right
    assert wrong
    assert len(right.points) == 3
    assert right.whole[0] > wrong.whole[0]


@pytest.mark.timeout(600)
def test_without_log_probabilities_it_judges_in_json_and_explains(model: Path) -> None:
    said: list[tuple[str, str]] = []
    with serving(model, logits=False) as url, closing(Line(parsed(url))) as line:
        dialect = probed(line)
        assert (dialect.top, dialect.structure) == (0, "object")
        asked = Remote(parsed(url), lambda state, note: said.append((state, note)))
        with closing(asked):
            assert asked.usable(240)
            begun = asked.begin(INDEX, RIGHT)
            assert begun
            asked.judged(
                begun
            )  # a small model does not always find the form; that it is no failure is what counts
            words = "".join(asked.explain(INDEX, WRONG, 3, wrong=False))
    assert said[-1][0] == "ready"
    assert words.strip()
    assert "<|" not in words
