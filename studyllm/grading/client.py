"""The app's side of the models' process: starts it, asks it, starts it again when it dies, does without it at last."""

from __future__ import annotations

import base64
import contextlib
import itertools
import os
import queue
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

from studyllm import i18n
from studyllm.grading import explain, gates, wire
from studyllm.grading.combine import combine, points_of
from studyllm.grading.features import language_of
from studyllm.grading.readiness import DOWN, note_of, state_of
from studyllm.grading.signals import from_message
from studyllm.grading.speech import grounded, spoken
from studyllm.grading.text_grader import LONGEST, grade_by_text, stopped
from studyllm.grading.verdict import Help, Question, Readiness, Verdict
from studyllm.i18n import _

_QUICK_DEATHS, _QUICK = 3, 60.0
"""So many deaths within so many seconds of each start, and the process stays down."""
_TRIES = 2
"""How often one request is sent again after a death; it may be what kills."""
_PATIENCE = 180.0
"""Seconds to wait for a verdict, loading included, before text has to do."""
_TOGETHER = 16
"""Texts embedded by one request: a third of a second."""
_REMEMBERED = 500
"""Verdicts kept, so that the same answer to the same question gets the same one."""


Changed = Callable[[Readiness], None]


@dataclass(slots=True)
class _Asked:
    """A request on its way, and where its replies go."""

    message: wire.Message
    replies: queue.SimpleQueue[wire.Message | None] = field(default_factory=queue.SimpleQueue)
    sent: int = 0


class ModelGrader:
    """A Grader whose models live in a child process; thread-safe."""

    def __init__(
        self,
        embedding: Path | None,
        language: Path | None,
        *,
        threads: int | None = None,
        gpu_layers: int | Literal["auto"] = "auto",
        device: str = "auto",
        on_change: Changed | None = None,
        log: Path | None = None,
    ) -> None:
        """Start loading at once; a path of None is a model switched off, one that is not there is absent."""
        self._paths = {
            "embedding": embedding if embedding and embedding.exists() else None,
            "language": language if language and language.exists() else None,
        }
        self._options = [
            "--threads",
            str(threads or os.cpu_count() or 1),
            f"--gpu-layers={gpu_layers}",
            "--device",
            device,
        ]
        self._on_change, self._log = on_change, log
        self._lock = threading.RLock()
        self._writing = threading.Lock()
        self._ids = itertools.count(1)
        self._asked: dict[int, _Asked] = {}
        self._known: OrderedDict[tuple[Question, str, str], Verdict] = OrderedDict()
        self._wanted: tuple[Question, str] | None = None
        self._preparing = False
        self._process: subprocess.Popen[bytes] | None = None
        self._started, self._deaths, self._closed = 0.0, 0, False
        self._ready = Readiness(state_of(embedding), state_of(language))
        self._ready = replace(self._ready, note=note_of(self._ready))
        if any(self._paths.values()):
            with self._lock:
                self._start()

    # What the app asks

    def readiness(self) -> Readiness:
        """Which help there is now."""
        return self._ready

    @property
    def pid(self) -> int | None:
        """The models' process, while there is one."""
        process = self._process
        return process.pid if process else None

    def prepare(self, question: Question, draft: str = "") -> None:
        """Have the child evaluate what does not depend on the answer, and the answer as far as it is typed; returns at
        once. While one request is under way, only the newest of the others is kept."""
        with self._lock:
            self._wanted = question, draft
            if self._preparing:
                return
            self._preparing = True
        threading.Thread(target=self._prepare, daemon=True).start()

    def grade(self, question: Question, answer: str) -> Verdict:
        """The verdict; waits for models that are loading, and goes by text alone when they fail."""
        since = time.perf_counter()
        shown = gates.visible(answer[:LONGEST])
        if halted := stopped(question, shown, since):
            return halted
        known = (question, shown, self._degree())
        with self._lock:
            if known in self._known:
                self._known.move_to_end(known)
                return replace(self._known[known], ms=round(1000 * (time.perf_counter() - since), 1))
        reply = self._last(self._ask({"do": "see", "question": self._told(question), "answer": shown}))
        if reply is None:
            return grade_by_text(question, answer)
        found = combine(question, shown, from_message(reply), ms=1000 * (time.perf_counter() - since))
        with self._lock:
            self._known[question, shown, self._degree()] = found
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return found

    def explain(self, question: Question, answer: str, verdict: Verdict) -> Iterator[str]:
        """What was missed or wrong, at once and always right, then what a model adds, in pieces; closing the
        iterator stops the model."""
        composed = explain.composed(question, verdict)
        yield composed
        if self._ready.language not in ("ready", "loading") or not explain.wants_model(verdict):
            return
        shown = gates.visible(answer[:LONGEST])
        point, wrong = explain.subject(verdict)
        asked = self._ask(
            {
                "do": "explain",
                "question": self._told(question),
                "answer": shown,
                "point": point,
                "wrong": wrong,
            }
        )
        try:
            yield from spoken(self._pieces(asked), question, shown, composed, self._denier(question))
        finally:
            self._cancel(asked)

    def reply(self, question: Question, passage: str, asked: str) -> Iterator[str]:
        """The answer to a follow-up question from a passage of the note, in pieces; without a language model, the
        passage's own sentences that come nearest."""
        shown = gates.visible(asked[:LONGEST])
        if self._ready.language not in ("ready", "loading"):
            yield explain.quoted(question, passage, shown)
            return
        message = {"do": "reply", "question": self._told(question), "passage": passage, "asked": shown}
        request = self._ask(message)
        said = False
        try:
            for piece in grounded(
                self._pieces(request), f"{question.text} {question.reference} {passage} {shown}"
            ):
                said = True
                yield piece
        finally:
            self._cancel(request)
        if not said:
            yield explain.quoted(question, passage, shown)

    def embed(self, texts: Sequence[str]) -> tuple[bytes, ...]:
        """Unit vectors as little-endian 16-bit floats, for each text; none without an embedding model. Takes some
        25 ms a text; verdicts go first."""
        found: list[bytes] = []
        for at in range(0, len(texts), _TOGETHER):
            some = texts[at : at + _TOGETHER]
            reply = self._reply_to(self._ask({"do": "embed", "texts": [text[:LONGEST] for text in some]}))
            raw = base64.b64decode((reply or {}).get("vectors", ""))
            if not raw:
                return ()
            size = len(raw) // len(some)
            found += [raw[i * size : (i + 1) * size] for i in range(len(some))]
        return tuple(found)

    def close(self) -> None:
        """End the child; whoever still waits is answered by text."""
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
            self._give_up()
        if process:
            _end(process)

    # How it is asked

    def _prepare(self) -> None:
        while True:
            with self._lock:
                wanted, self._wanted = self._wanted, None
                if wanted is None:
                    self._preparing = False
                    return
            question, draft = self._told(wanted[0]), gates.visible(wanted[1][:LONGEST])
            self._reply_to(self._ask({"do": "prepare", "question": question, "draft": draft}))

    def _told(self, question: Question) -> wire.Message:
        return wire.question_message(question, points_of(question), language_of(question))

    def _denier(self, question: Question) -> Callable[[str], bool]:
        """Whether the cross-encoder takes a clause for a contradiction of the note."""

        def denies(clause: str) -> bool:
            reply = self._last(self._ask({"do": "see", "question": self._told(question), "answer": clause}))
            seen = from_message(reply or {})
            return max((seen.denies, *seen.denied)) > 0.0 if seen.says is not None else False

        return denies

    def _degree(self) -> str:
        return f"{self._ready.embedding} {self._ready.language}"

    def _ask(self, message: wire.Message) -> _Asked:
        """Send a request; its replies come through its queue, None when there will be none."""
        asked = _Asked(message)
        with self._lock:
            message["id"] = number = next(self._ids)
            if self._process is None:
                asked.replies.put(None)
                return asked
            self._asked[number] = asked
            process = self._process
            asked.sent += 1
        self._send(process, message)
        return asked

    def _send(self, process: subprocess.Popen[bytes], message: wire.Message) -> None:
        """Write to the child; when it is gone its reader notices, and sends again what is on its way."""
        assert process.stdin is not None
        try:
            with self._writing:
                wire.send(process.stdin, message)
        except (OSError, ValueError):
            return

    def _last(self, asked: _Asked) -> wire.Message | None:
        """What was seen in an answer, or None."""
        reply = self._reply_to(asked)
        return reply if reply and ("says" in reply or "whole" in reply) else None

    def _reply_to(self, asked: _Asked) -> wire.Message | None:
        """The reply to a request that has one, or None."""
        try:
            return asked.replies.get(timeout=_PATIENCE)
        except queue.Empty:
            self._cancel(asked)
            return None

    def _pieces(self, asked: _Asked) -> Iterator[str]:
        """Pieces of text until the end, or until the child is gone."""
        while (reply := asked.replies.get()) is not None and "piece" in reply:
            yield str(reply["piece"])

    def _cancel(self, asked: _Asked) -> None:
        """Tell the child that nobody listens any more."""
        with self._lock:
            gone = self._asked.pop(asked.message["id"], None)
            process = self._process
        if gone and process:
            self._send(process, {"do": "cancel", "id": asked.message["id"]})

    # The child's life

    def _start(self) -> None:
        """Start the child (the lock is held) and send it what is on its way."""
        command = [sys.executable, "-P", "-m", "studyllm.grading.child", *self._options]
        for name, path in self._paths.items():
            command += [f"--{name}", str(path)] if path else []
        environment = os.environ | {
            "LANGUAGE": i18n.spoken(),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TOKENIZERS_PARALLELISM": "false",
            "HF_HUB_OFFLINE": "1",
            "TRANSFORMERS_OFFLINE": "1",
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            "PYTHONWARNINGS": "ignore",
        }
        errors = self._log.open("ab") if self._log else None
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors or subprocess.DEVNULL,
                env=environment,
            )
        finally:
            if errors:
                errors.close()
        self._started = time.monotonic()
        waiting = [asked.message for asked in self._asked.values()]
        for asked in self._asked.values():
            asked.sent += 1
        threading.Thread(target=self._listen, args=(self._process, waiting), daemon=True).start()

    def _listen(self, process: subprocess.Popen[bytes], waiting: list[wire.Message]) -> None:
        """Hand the child's replies to those who asked, until it ends."""
        for message in waiting:
            self._send(process, message)
        assert process.stdout is not None
        try:
            for reply in wire.receive(process.stdout):
                if "readiness" in reply:
                    self._changed(**reply["readiness"])
                else:
                    self._deliver(reply)
        except (OSError, ValueError):
            process.kill()
        _end(process)
        process.stdout.close()
        with self._lock:
            if self._closed or self._process is not process:
                return
            self._process = None
            self._buried()
        self._tell()

    def _deliver(self, reply: wire.Message) -> None:
        with self._lock:
            over = "piece" not in reply
            asked = self._asked.pop(reply["id"], None) if over else self._asked.get(reply["id"])
        if asked:
            asked.replies.put(reply)

    def _buried(self) -> None:
        """The child died (the lock is held): start another, or stay down after too many quick deaths."""
        quick = time.monotonic() - self._started < _QUICK
        self._deaths = self._deaths + 1 if quick else 1
        for number, asked in list(self._asked.items()):
            # What has begun to speak cannot begin again.
            if asked.sent > _TRIES or asked.message["do"] in ("explain", "reply"):
                del self._asked[number]
                asked.replies.put(None)
        down = self._deaths >= _QUICK_DEATHS
        state: Help = "failed" if down else "loading"
        ready = replace(
            self._ready,
            restarts=self._ready.restarts + (not down),
            **{name: state for name, path in self._paths.items() if path},
        )
        self._ready = replace(ready, note=_(DOWN) if down else note_of(ready))
        if down:
            self._give_up()
        else:
            self._start()

    def _give_up(self) -> None:
        """Nobody will answer any more (the lock is held)."""
        for asked in self._asked.values():
            asked.replies.put(None)
        self._asked.clear()

    def _changed(self, note: str = "", **states: str) -> None:
        """Take over what the child says about itself, and tell the app."""
        with self._lock:
            known = {name: state for name, state in states.items() if state in get_args(Help)}
            ready = replace(self._ready, **known)  # type: ignore[arg-type]
            self._ready = replace(ready, note=note or note_of(ready))
        self._tell()

    def _tell(self) -> None:
        """Tell the app; never with the lock held, because it may call back."""
        if self._on_change and not self._closed:
            self._on_change(self._ready)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let a child go: it ends when its input does."""
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
