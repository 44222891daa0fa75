"""The process that the models live in: it reads requests, answers with numbers and words, and ends with its parent."""

from __future__ import annotations

import argparse
import base64
import itertools
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from msgspec import convert

from studyllm import i18n
from studyllm.errors import ModelError
from studyllm.grading.told import NO_EMBEDDING, NO_LANGUAGE, UNMEASURED
from studyllm.grading.verdict import Question
from studyllm.process import Message, receive, send

if TYPE_CHECKING:
    from studyllm.grading.embedder import Embedder
    from studyllm.grading.reader import Reader
    from studyllm.grading.server.judging import Judging
    from studyllm.grading.server.remote import Remote
    from studyllm.grading.tutor import Tutor

_FIRST, _SPEECH, _AHEAD, _IN_NO_HURRY = range(4)
"""In what order waiting requests are answered."""
_IDLE = 3
"""Niceness: the app's keys come first while the models load; at 10, one busy neighbour made a verdict take minutes."""


_FIRST_PROBE = 5.0
"""Seconds that a first answer waits for the server to be found out about."""
Speaker: TypeAlias = "Tutor | Remote"


class ModelServer:
    """One working thread over an inbox in order of urgency; a verdict is not kept waiting by what the tutor does."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        self._source, self._target = source, target
        self._inbox: queue.PriorityQueue[tuple[int, int, Message]] = queue.PriorityQueue()
        self._count = itertools.count()
        self._cancelled: set[int] = set()
        self._embedder: Embedder | None = None
        self._reader: Reader | None = None
        self._tutor: Tutor | None = None
        self._tutored = threading.Event()
        """Set when the language model is there, or will not be."""
        self._remote: Remote | None = None
        self._sending = threading.Lock()
        self._requests: Mapping[str, tuple[int, Callable[[Message], None]]] = {
            "see": (_FIRST, self._see),
            "check": (_FIRST, self._check),
            "explain": (_SPEECH, self._explain),
            "reply": (_SPEECH, self._reply),
            "prepare": (_AHEAD, self._prepare),
            "foresee": (_AHEAD, self._foresee),
            "embed": (_IN_NO_HURRY, self._embed),
            "lines": (_IN_NO_HURRY, self._lines),
            "forget": (_FIRST, self._forget),
        }

    def read(self) -> None:
        """Take in messages until the parent is gone; then this process has no purpose."""
        try:
            for message in receive(self._source):
                if message["do"] == "cancel":
                    self._cancelled.add(message["id"])
                else:
                    urgency, _handler = self._requests[message["do"]]
                    self._inbox.put((urgency, next(self._count), message))
        finally:
            os._exit(0)

    def load(self, options: argparse.Namespace) -> None:
        """Load both models, the quick one first, saying how it goes."""
        if options.server:
            self._call(options)
        if options.embedding:
            self._say(embedding="loading")
            try:
                from studyllm.grading.embedder import Embedder

                self._embedder = Embedder(options.embedding, threads=options.threads, device=options.device)
                self._say(embedding="ready")
            except Exception as error:  # noqa: BLE001 - whatever a damaged model raises, grading goes on without it
                self._say(
                    embedding="failed",
                    note=_sentence(NO_EMBEDDING, error),
                )
        if options.language:
            self._say(language="loading")
            threading.Thread(target=self._load_tutor, args=(options,), daemon=True).start()
        else:
            self._tutored.set()

    def _load_tutor(self, options: argparse.Namespace) -> None:
        """Load the language model beside the work."""
        try:
            from studyllm.grading.reader import Reader
            from studyllm.grading.tutor import Tutor

            layers = options.gpu_layers if options.gpu_layers == "auto" else int(options.gpu_layers)
            reader = Reader(
                options.language, threads=options.threads, gpu_layers=layers, device=options.device
            )
            self._tutor = None if reader.llama.small else Tutor(reader)
            self._reader = reader
            self._say(language="ready", note=reader.llama.note or ("" if reader.read_out else UNMEASURED))
        except Exception as error:  # noqa: BLE001 - as above
            self._say(language="failed", note=_sentence(NO_LANGUAGE, error))
        self._tutored.set()

    def _call(self, options: argparse.Namespace) -> None:
        """Find out beside the work what the server gives that the learner named."""
        from studyllm.grading.server.address import KEY, keyed, parsed
        from studyllm.grading.server.remote import Remote

        address = parsed(options.server, options.server_model)
        if options.server_key:
            address = keyed(address, os.environ.get(KEY, "").strip())
        self._say(server="loading")
        self._remote = Remote(address, lambda state, note: self._say(server=state, server_note=note))
        self._remote.wake()

    def work(self) -> None:
        """Answer requests, for ever."""
        while True:
            self._answer(self._inbox.get()[2])

    def _answer(self, message: Message) -> None:
        """Answer one request; what goes wrong is said to whoever asked."""
        number = message["id"]
        try:
            if number not in self._cancelled:
                _urgency, handler = self._requests[message["do"]]
                handler(message)
        except Exception as error:  # noqa: BLE001 - one bad request must not take the models down
            print(f"{message['do']}: {error!r}", file=sys.stderr, flush=True)
            self._send({"id": number, "failed": _sentence("A model failed: {error}", error)})
        self._cancelled.discard(number)

    def _urgent(self) -> bool:
        """Whether an answer waits for its verdict."""
        waiting = self._inbox.queue
        return bool(waiting) and waiting[0][0] == _FIRST

    def _prepare(self, message: Message) -> None:
        question = convert(message["question"], Question)
        if self._embedder:
            self._embedder.prepare(question)
        if self._remote:
            self._remote.wake()
        if self._reader:
            stop = partial(self._over, message["id"])
            if self._reader.prepare(question, stop):
                self._reader.draft(question, str(message["draft"]), stop)
                if self._tutor:
                    self._reader.prepare_speech(question, stop)
        self._send({"id": message["id"], "end": True})

    def _foresee(self, message: Message) -> None:
        """What a question's prefix comes to, kept until it is read."""
        question = convert(message["question"], Question)
        if self._embedder:
            self._embedder.prepare(question)
        if self._reader:
            self._reader.foresee(question, partial(self._over, message["id"]))
        self._send({"id": message["id"], "end": True})

    def _forget(self, message: Message) -> None:
        """What was evaluated before changes the last digits of what comes after; now nothing was."""
        self._tutored.wait()
        if self._embedder:
            self._embedder.forget()
        if self._reader:
            self._reader.forget()
        self._send({"id": message["id"], "end": True})

    def _see(self, message: Message) -> None:
        question, answer = convert(message["question"], Question), str(message["answer"])
        seen: Message = {"id": message["id"], "end": True}
        judging = self._judging(question, answer)
        if self._embedder:
            seen |= self._embedder.see(question, answer)
        self._tutored.wait()  # the same answer gets the same marks, however early it comes
        self._send(seen | self._reading(question, answer, judging))

    def _judging(self, question: Question, answer: str) -> Judging | None:
        """An answer on its way to the server, if it can be asked."""
        if self._remote is None or not self._remote.usable(_FIRST_PROBE):
            return None
        return self._remote.begin(question, answer)

    def _reading(self, question: Question, answer: str, judging: Judging | None = None) -> Message:
        """What the language model makes of an answer, and the one on the server; nothing without a read-out for it, or
        when it fails."""
        try:
            reading = self._reader.read(question, answer) if self._reader else None
        except ModelError as error:
            print(f"reading: {error!r}", file=sys.stderr, flush=True)
            reading = None
        seen: Message = {}
        if self._remote and judging and (opinion := self._remote.judged(judging)):
            from studyllm.grading.server.opinion import with_opinion

            seen = {"server": True, "measured": reading is not None}
            reading = with_opinion(reading, opinion)
        return seen | {"reading": [reading.whole, *reading.points]} if reading else {}

    def _check(self, message: Message) -> None:
        """What the embedding model and its cross-encoder make of words that a model wants to say; where it is on a
        server, what our own language model makes of them as well."""
        question, clause = convert(message["question"], Question), str(message["answer"])
        seen: Message = self._embedder.see(question, clause) if self._embedder else {}
        if message.get("read"):
            seen |= self._reading(question, clause)
        self._send({"id": message["id"], "end": True} | seen)

    def _embed(self, message: Message) -> None:
        texts = [str(text) for text in message["texts"]]
        vectors = self._embedder.vectors(texts, str(message["prefix"])) if self._embedder else b""
        self._send({"id": message["id"], "vectors": base64.b64encode(vectors).decode(), "end": True})

    def _lines(self, message: Message) -> None:
        """What the language model makes of some lines of a note, telling how many it has read; nothing without a
        read-out for it."""
        self._tutored.wait()
        before, lines = ([str(line) for line in message[name]] for name in ("before", "lines"))

        def stop(read: int) -> bool:
            self._send({"id": message["id"], "piece": read})
            return self._over(message["id"])

        marks = self._reader.lines(before, lines, stop) if self._reader else None
        told: Message = {} if marks is None else {"marks": marks}
        self._send({"id": message["id"], "end": True} | told)

    def _explain(self, message: Message) -> None:
        question, answer = convert(message["question"], Question), str(message["answer"])
        point, wrong = int(message["point"]), bool(message["wrong"])
        self._stream(
            message, lambda speaker, stop: speaker.explain(question, answer, point, wrong=wrong, stop=stop)
        )

    def _reply(self, message: Message) -> None:
        question = convert(message["question"], Question)
        passage, asked, answer = (str(message[name]) for name in ("passage", "asked", "answer"))
        self._stream(message, lambda speaker, stop: speaker.reply(question, passage, asked, answer, stop))

    def _stream(
        self, message: Message, speak: Callable[[Speaker, Callable[[], bool]], Iterator[str]]
    ) -> None:
        """Send what is said as it comes, until nobody listens: by the server, and by our own model where it says
        nothing."""
        number = message["id"]
        spoke = False
        checked = self._embedder or (self._reader and self._reader.read_out)
        if self._remote and checked and self._remote.usable():  # what nobody can check is not shown
            spoke = self._spoken(number, self._remote, speak)
        while not spoke and not self._tutored.wait(0.05) and not self._over(number):
            pass
        if self._tutor and not spoke:
            self._spoken(number, self._tutor, speak)
        self._send({"id": number, "end": True})

    def _spoken(
        self, number: int, speaker: Speaker, speak: Callable[[Speaker, Callable[[], bool]], Iterator[str]]
    ) -> bool:
        """Whether somebody who still listens heard a word."""
        spoke = False
        for piece in speak(speaker, lambda: self._over(number)):
            self._send({"id": number, "piece": piece})
            spoke = True
            if self._over(number):
                break
        return spoke or number in self._cancelled

    def _over(self, number: int) -> bool:
        """Whether a request is cancelled; answers that wait for their verdict are served first."""
        while self._urgent():
            self._answer(self._inbox.get()[2])
        return number in self._cancelled

    def _say(self, **state: str) -> None:
        self._send({"readiness": state})

    def _send(self, message: Message) -> None:
        try:
            with self._sending:
                send(self._target, message)
        except OSError:
            os._exit(0)


def _sentence(what: str, error: Exception) -> str:
    """One line about an error."""
    return what.format(error=" ".join(str(error).split())[:200] or type(error).__name__)


def main() -> None:
    """Start: keep the two pipes for messages, send whatever else is printed to the log."""
    i18n.use()
    parser = argparse.ArgumentParser()
    parser.add_argument("--embedding", type=Path)
    parser.add_argument("--language", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--gpu-layers", default="auto")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--server", default="")
    parser.add_argument("--server-model", default="auto")
    parser.add_argument("--server-key", action="store_true")
    options = parser.parse_args()
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    # Ctrl-C in the terminal reaches the whole group; the parent decides when this process ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_IDLE)
    desk = ModelServer(source, target)
    threading.Thread(target=desk.read, daemon=True).start()
    since = time.monotonic()
    desk.load(options)
    print(f"loaded in {time.monotonic() - since:.1f} s", file=sys.stderr, flush=True)
    desk.work()


if __name__ == "__main__":
    main()
