"""A server's explanations as they stream: whole clauses, without thoughts, and an end whatever happens."""

import json
from collections.abc import Callable

import pytest

from studyllm.grading.server.address import parsed
from tests.grading.servers import LOCK, Behaviour, Handler, Told, hangs, piece, serving, without_end

pytestmark = pytest.mark.usefixtures("lines")


def _events(*texts: str, done: bool = True, why: str = "") -> Callable[[Handler], None]:
    end = [json.dumps({"choices": [{"delta": {}, "finish_reason": why}]})] if why else []
    return lambda handler: handler.stream([*map(piece, texts), *end], done=done)


@pytest.mark.parametrize(
    ("instead", "said", "state"),
    [
        (_events("Threads ", "wait. ", "For ", "ever."), "Threads wait. For ever.", "ready"),
        (_events("线程", "互相等待。", "永远"), "线程互相等待。永远", "ready"),
        (_events("<thi", "nk>They wait.", " Hm.</think>\n", "Threads wait. "), "Threads wait. ", "ready"),
        (_events("<think>and so on ", "and on", why="length"), "", "ready"),
        (_events("Threads wait. For ev", why="length"), "Threads wait.", "ready"),
        (_events("Threads wait. They do n", done=False), "Threads wait.", "failed"),
        (_events("Threads wait. ", "x" * 70_000), "Threads wait.", "failed"),
        (lambda handler: handler.stream(['{"error": {"message": "out of memory"}}']), "", "failed"),
        (lambda handler: handler.stream(["{garbage"]), "", "failed"),
        (
            lambda handler: handler.stream(['{"choices": [{"delta": {"content": 5}}]}', '{"choices": 3}']),
            "",
            "ready",
        ),
        (hangs, "", "failed"),
        (lambda handler: handler.json({}, 500), "", "failed"),
        (without_end, "", "failed"),
    ],
)
def test_an_explanation_ends_with_its_last_whole_clause(
    hurried: None, instead: Callable[[Handler], None], said: str, state: str
) -> None:
    does = Behaviour()
    with serving(does) as url:
        told = Told(parsed(url))
        assert told.read() is not None
        does.instead = instead
        assert told.explain().strip() == said.strip()
        assert told.said[-1][0] == state


def test_an_explanation_can_be_stopped_while_the_server_is_silent() -> None:
    does = Behaviour()
    with serving(does) as url:
        told = Told(parsed(url))
        assert told.remote.usable(20)
        does.instead = hangs
        asked = iter([False, False, True])
        pieces = told.remote.explain(LOCK, "they wait", 1, wrong=False, stop=lambda: next(asked))
        assert list(pieces) == []
        assert told.said[-1][0] == "ready"
