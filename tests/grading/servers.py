"""A small real HTTP server that speaks as OpenAI-compatible ones do, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from studyllm.grading import Question
from studyllm.grading.scoring import filled
from studyllm.grading.server.address import Address
from studyllm.grading.server.remote import Remote
from studyllm.grading.signals import Reading

LIKELY = {"yes": -0.1, "Part": -3.0, "no": -3.5, "hm": -4.5}
"""Tokens with their log-probabilities, of a model that says yes to everything."""
JUDGED = '{"whole": "right", "points": ["said", "said"]}'


@dataclass
class Behaviour:
    """What the server does; each test changes what it is about."""

    models: tuple[str, ...] = ("tiny",)
    tops: int = 20
    """The most likely tokens that may be asked for; 0: it refuses to tell any, -1: it takes the field and is silent."""
    likely: dict[str, float] = field(default_factory=lambda: dict(LIKELY))
    structures: tuple[str, ...] = ("json_schema", "json_object")
    text: str = JUDGED
    """What it says where no single word is asked for."""
    said: tuple[str, ...] = ("The other half of it ", "is that threads wait. ")
    cut: bool = False
    """Whether it breaks off what it says."""
    limit: str = "max_tokens"
    key: str = ""
    refusal: int = 400
    instead: Callable[[Handler], None] | None = None
    """Answers a request for words in its place."""
    heard: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    """Path, headers and body of each request."""
    hold: threading.Event = field(default_factory=threading.Event)
    """Set at the end: whatever hangs goes on."""

    def of(self, kind: str) -> int:
        """How many requests there were for a word, a judgement ("json") or speech ("stream")."""
        return sum(_kind(body) == kind for _path, _headers, body in self.heard)


def _kind(body: dict[str, Any]) -> str:
    if not body:
        return "list"
    if body.get("stream"):
        return "stream"
    if body.get("logprobs"):
        return "word"
    return "json" if max(body.get("max_tokens", 0), body.get("max_completion_tokens", 0)) > 1 else "plain"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._heard({})
        if self._let_in():
            self.json({"data": [{"id": name} for name in self.server.does.models]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._heard(body)
        does, kind = self.server.does, _kind(body)
        if not self._let_in():
            return
        if does.instead and kind in ("word", "json", "stream") and not _about_sums(body):
            does.instead(self)
            return
        wanted = body.get("response_format", {}).get("type")
        if does.limit not in body or (wanted and wanted not in does.structures):
            self.json({"error": {"message": "unknown field"}}, does.refusal)
        elif kind == "word" and 0 <= does.tops < body["top_logprobs"]:
            self.json({"error": {"message": "too many"}}, does.refusal)
        elif kind == "stream":
            self.stream([piece(text) for text in does.said], done=not does.cut)
        else:
            self.json(_reply(does, kind))

    def _heard(self, body: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.does.heard.append((self.path, headers, body))

    def _let_in(self) -> bool:
        does = self.server.does
        if does.key and self.headers["Authorization"] != f"Bearer {does.key}":
            self.json({"error": {"message": f"not {self.headers['Authorization']}"}}, 401)
            return False
        return True

    def json(self, value: Any, status: int = 200) -> None:
        self.raw(json.dumps(value).encode(), status)

    def raw(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, content in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), content)
        self.end_headers()
        self.wfile.write(data)

    def stream(self, events: list[str], *, done: bool = True) -> None:
        """Server-sent events; without `done` the connection ends in the middle."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for event in [*events, *(["[DONE]"] if done else [])]:
            self.wfile.write(f"data: {event}\n\n".encode())
            self.wfile.flush()
        self.close_connection = True


def piece(text: str) -> str:
    """An event of a stream."""
    return json.dumps({"choices": [{"delta": {"content": text}, "finish_reason": None}]})


def _reply(does: Behaviour, kind: str) -> dict[str, Any]:
    told = [{"token": token, "logprob": share} for token, share in does.likely.items()]
    logprobs = (
        {"content": [{"token": "yes", "top_logprobs": told}]} if kind == "word" and does.tops > 0 else None
    )
    return {"choices": [{"message": {"content": does.text}, "logprobs": logprobs, "finish_reason": "stop"}]}


def _about_sums(body: dict[str, Any]) -> bool:
    """Whether it is the question of a probe."""
    return "2 + 2" in json.dumps(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    does: Behaviour

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is none."""


@contextmanager
def serving(does: Behaviour, port: int = 0) -> Iterator[str]:
    """The base URL of a server on this machine."""
    server = Server(("127.0.0.1", port), Handler)
    server.does = does
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        does.hold.set()
        server.shutdown()
        server.server_close()


def hangs(handler: Handler) -> None:
    """Says nothing until the end."""
    handler.server.does.hold.wait(30)


def without_end(handler: Handler, line: bytes = b"x" * 65536) -> None:
    """A reply of 10 GB."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(10_000_000_000))
    handler.end_headers()
    try:
        for _ in range(150_000):
            handler.wfile.write(line)
    except OSError:
        return


LOCK = filled(
    Question(
        "What is a deadlock?", "Threads hold locks that others need.", ("hold locks", "others need them")
    )
)


class Told:
    """A remote model, a clock that stands still, and what was said of the server."""

    def __init__(self, address: Address) -> None:
        self.now = 1000.0
        self.said: list[tuple[str, str]] = []
        self.remote = Remote(address, lambda state, note: self.said.append((state, note)), lambda: self.now)

    def read(self, answer: str = "they wait") -> Reading | None:
        if not self.remote.usable(20):
            return None
        judging = self.remote.begin(LOCK, answer)
        return self.remote.judged(judging) if judging else None

    def explain(self) -> str:
        assert self.remote.usable(20)
        return "".join(self.remote.explain(LOCK, "they wait", 1, wrong=False))
