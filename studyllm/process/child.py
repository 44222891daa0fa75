"""The app's side of a process of its own: started, asked, started again when it dies, left alone at last."""

import contextlib
import itertools
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studyllm import i18n
from studyllm.private import log_file
from studyllm.process.frames import Message, receive, send

_QUICK_DEATHS, _QUICK = 3, 60.0
"""So many deaths within so many seconds of each start, and the process stays down."""
_TRIES = 2
"""How often one request is sent again after a death; it may be what kills."""


@dataclass(slots=True)
class Request:
    """A request on its way, and where its replies go; None among them when there will be no more."""

    message: Message
    replies: queue.SimpleQueue[Message | None] = field(default_factory=queue.SimpleQueue)
    sent: int = 0


def _nothing(message: Message) -> None:
    """Hears what nobody asked for."""


class Child:
    """A module of ours as a process that is asked through its pipes; any thread may ask."""

    def __init__(
        self,
        module: str,
        options: Sequence[str] = (),
        *,
        environment: Mapping[str, str] | None = None,
        log: Path | None = None,
        again: Callable[[Message], bool] = lambda message: False,
        heard: Callable[[Message], None] = _nothing,
        died: Callable[[bool], None] = lambda down: None,
        settled: Callable[[], None] = lambda: None,
    ) -> None:
        """`again(message)`: whether a request is sent again to the next process when one dies of it, perhaps.
        `heard(message)`: what the process says unasked. `died(down)`: it died, and stays down or not; must not ask.
        `settled()`: and what follows from that was done."""
        self._command = [sys.executable, "-P", "-m", module, *options]
        self._environment = {
            "LANGUAGE": i18n.spoken(),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONWARNINGS": "ignore",
        } | dict(environment or {})
        self._log = log
        self._again, self._heard, self._died, self._settled = again, heard, died, settled
        self._lock = threading.RLock()
        self._writing = threading.Lock()
        self._ids = itertools.count(1)
        self._asked: dict[int, Request] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._started, self._deaths, self._closed = 0.0, 0, False

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        process = self._process
        return process.pid if process else None

    @property
    def waited_for(self) -> int:
        """Requests that are on their way."""
        return len(self._asked)

    def ask(self, message: Message) -> Request:
        """Send a request; its replies come through its queue, None when there will be none."""
        asked = Request(message)
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

    def pieces(self, asked: Request) -> Iterator[str]:
        """Pieces of text until the end, or until the process is gone."""
        while (reply := asked.replies.get()) is not None and "piece" in reply:
            yield str(reply["piece"])

    def cancel(self, asked: Request) -> None:
        """Tell the process that nobody listens any more."""
        with self._lock:
            gone = self._asked.pop(asked.message["id"], None)
            process = self._process
        if gone and process:
            self._send(process, {"do": "cancel", "id": asked.message["id"]})

    def close(self, patience: float = 2) -> None:
        """End the process, which may take so many seconds to do it itself; whoever still waits gets None."""
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
            self._give_up()
        if process:
            _end(process, patience)

    def start(self) -> None:
        """Start the process, unless there is one, and send it what is on its way."""
        with self._lock:
            if self._process is None and not self._closed:
                self._start()

    def _start(self) -> None:
        if self._log:
            log_file(self._log)
        errors = self._log.open("ab") if self._log else None
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors or subprocess.DEVNULL,
                env=os.environ | self._environment,
            )
        finally:
            if errors:
                errors.close()
        self._started = time.monotonic()
        waiting = [asked.message for asked in self._asked.values()]
        for asked in self._asked.values():
            asked.sent += 1
        threading.Thread(target=self._listen, args=(self._process, waiting), daemon=True).start()

    def _send(self, process: subprocess.Popen[bytes], message: Message) -> None:
        """Write to the process; when it is gone its reader notices, and sends again what is on its way."""
        assert process.stdin is not None
        try:
            with self._writing:
                send(process.stdin, message)
        except (OSError, ValueError):
            return

    def _listen(self, process: subprocess.Popen[bytes], waiting: list[Message]) -> None:
        """Hand the replies to those who asked, until the process ends."""
        for message in waiting:
            self._send(process, message)
        assert process.stdout is not None
        try:
            for reply in receive(process.stdout):
                if "id" in reply:
                    self._deliver(reply)
                else:
                    self._heard(reply)
        except (OSError, ValueError):
            process.kill()
        _end(process)
        process.stdout.close()
        with self._lock:
            if self._closed or self._process is not process:
                return
            self._process = None
            self._bury()
        # Never with the lock held, because it may call back.
        self._settled()

    def _deliver(self, reply: Message) -> None:
        with self._lock:
            over = "piece" not in reply
            asked = self._asked.pop(reply["id"], None) if over else self._asked.get(reply["id"])
        if asked:
            asked.replies.put(reply)

    def _bury(self) -> None:
        """It died (the lock is held): start another, or stay down after too many quick deaths."""
        quick = time.monotonic() - self._started < _QUICK
        self._deaths = self._deaths + 1 if quick else 1
        for number, asked in list(self._asked.items()):
            if asked.sent > _TRIES or not self._again(asked.message):
                del self._asked[number]
                asked.replies.put(None)
        down = self._deaths >= _QUICK_DEATHS
        self._died(down)
        if down:
            self._give_up()
        else:
            self._start()

    def _give_up(self) -> None:
        """Nobody will answer any more (the lock is held)."""
        for asked in self._asked.values():
            asked.replies.put(None)
        self._asked.clear()


def _end(process: subprocess.Popen[bytes], patience: float = 2) -> None:
    """Let a process go: it ends when its input does."""
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        process.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
