"""One request to a server and what comes back, bounded in time and size; no redirect is followed, nothing is logged."""

from __future__ import annotations

import http.client
import json
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from studyllm.errors import ModelError
from studyllm.grading.server.address import KEY, Address
from studyllm.i18n import N_, _

CONNECT = 3.0
"""Seconds to reach the server."""
_BODY, _LINE, _STREAM = 4_000_000, 64_000, 1_000_000
"""Bytes of a whole reply, of a line of a streamed one, and of all its lines."""
_LOOK = 0.05
"""Seconds between two looks at whether anybody still listens."""
_IDLE = 20.0
"""Seconds that a connection is kept for the next request."""
_BROKEN = N_("it broke off")
_NO_SENSE = N_("its reply cannot be understood")
_TOO_LONG = N_("its reply has no end")
_TIMED_OUT = N_("it took too long")
_REFUSALS = {
    401: N_("it wants a key, or another one ({key})"),
    403: N_("it refuses the key ({key})"),
    404: N_("it has no such address or model"),
    429: N_("it has had enough requests for now"),
}
_RAISED = (OSError, http.client.HTTPException, ValueError, AttributeError)
"""What a connection raises; one that is shut from another thread raises whatever it was at."""


class ServerError(ModelError):
    """What went wrong, in words that go after "the server …:"; `status` is the HTTP one, 0 for none."""

    def __init__(self, why: str, status: int = 0) -> None:
        super().__init__(why)
        self.status = status

    @property
    def refused(self) -> bool:
        """Whether the server may have refused what was asked of it, and not the asking."""
        return self.status in (400, 404, 405, 415, 422, 500, 501)


class Line:
    """Connections to one server, kept for a while between requests."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._idle: queue.LifoQueue[tuple[float, http.client.HTTPConnection]] = queue.LifoQueue()
        self._closed = False

    def ask(self, method: str, path: str, body: object = None, *, streamed: bool = False) -> Exchange:
        """Send a request to `path` below the base URL, in a thread of its own."""
        return Exchange(self, method, path, body, streamed)

    def take(self) -> tuple[http.client.HTTPConnection, bool]:
        """A connection, and whether it was used before."""
        with suppress(queue.Empty):
            while True:
                since, kept = self._idle.get_nowait()
                if time.monotonic() - since < _IDLE:
                    return kept, True
                kept.close()
        host, port = self.address.host, self.address.port
        if self.address.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(host, port, timeout=CONNECT, context=context), False
        return http.client.HTTPConnection(host, port, timeout=CONNECT), False

    def keep(self, connection: http.client.HTTPConnection) -> None:
        """A connection whose reply was read to its end."""
        self._idle.put((time.monotonic(), connection))
        if self._closed:
            self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._closed = True
        with suppress(queue.Empty):
            while True:
                self._idle.get_nowait()[1].close()


class Exchange:
    """One request on its way. Whoever waits for it may stop at any time, whatever the server does."""

    def __init__(self, line: Line, method: str, path: str, body: object, streamed: bool) -> None:
        self._line, self._method, self._path, self._streamed = line, method, path, streamed
        self._body = None if body is None else json.dumps(body).encode()
        self._heard: queue.SimpleQueue[Any] = queue.SimpleQueue()
        """Events of a stream and then None, or the one reply, or what went wrong."""
        self._connection: http.client.HTTPConnection | None = None
        self._over = False
        threading.Thread(target=self._run, daemon=True).start()

    def reply(self, until: float) -> Any:
        """The JSON value that came back; raises ServerError, at `until` (monotonic seconds) at the latest."""
        try:
            return self._next(max(0.0, until - time.monotonic()))
        except queue.Empty:
            raise ServerError(_(_TIMED_OUT)) from None
        finally:
            self.cancel()

    def events(self, first: float, until: float, stop: Callable[[], bool]) -> Iterator[Any]:
        """The JSON values of a stream; ends early when `stop` says so. Raises ServerError where the first has not come
        by `first`, or the last by `until`."""
        end = min(first, until)
        try:
            while not stop():
                try:
                    heard = self._next(_LOOK)
                except queue.Empty:
                    if time.monotonic() > end:
                        raise ServerError(_(_TIMED_OUT)) from None
                    continue
                if heard is None:
                    return
                end = until
                yield heard
        finally:
            self.cancel()

    def cancel(self) -> None:
        """Listen no more."""
        self._over = True
        _hang_up(self._connection)

    def _next(self, patience: float) -> Any:
        heard = self._heard.get(timeout=patience)
        if isinstance(heard, ServerError):
            raise heard
        return heard

    def _run(self) -> None:
        try:
            self._heard.put(self._exchanged())
        except ServerError as error:
            self._heard.put(error)
        except TimeoutError:
            self._heard.put(ServerError(_(_TIMED_OUT)))
        except (ConnectionRefusedError, socket.gaierror):
            self._heard.put(ServerError(_("nothing answers there")))
        except _RAISED:
            self._heard.put(ServerError(_(_BROKEN)))

    def _exchanged(self) -> Any:
        """Send, and read what comes back; what stands for the end is returned."""
        response = self._answered()
        connection = self._connection
        assert connection is not None
        whole = False
        try:
            if not 200 <= response.status < 300:
                raise ServerError(_refusal(response.status), response.status)
            if self._streamed:
                self._listen(response)
                return None
            raw = response.read(_BODY + 1)
            if len(raw) > _BODY:
                raise ServerError(_(_TOO_LONG))
            whole = response.isclosed() or not response.read(1)
            return _value(raw)
        finally:
            # Hung up by `cancel` or not: only a connection that nobody else knows of any more is kept.
            self._connection = None
            response.close()
            if whole and not response.will_close and not self._over:
                self._line.keep(connection)
            else:
                connection.close()

    def _answered(self) -> http.client.HTTPResponse:
        """The head of the reply; a kept connection that the server has closed meanwhile is made anew."""
        headers = {"Accept": "text/event-stream" if self._streamed else "application/json"}
        if self._body is not None:
            headers["Content-Type"] = "application/json"
        if self._line.address.key:
            headers["Authorization"] = f"Bearer {self._line.address.key}"
        while True:
            connection, used = self._line.take()
            self._connection = connection
            try:
                if connection.sock is None:
                    _connect(connection)
                if self._over:
                    connection.close()
                    raise ServerError(_(_BROKEN))
                if connection.sock is not None:
                    connection.sock.settimeout(None)  # from here on, who waits decides how long
                connection.request(self._method, self._line.address.path + self._path, self._body, headers)
                return connection.getresponse()
            except (*_RAISED, ServerError) as error:
                connection.close()
                if not (used and isinstance(error, ConnectionError)) or self._over:
                    raise

    def _listen(self, response: http.client.HTTPResponse) -> None:
        """Hand on the events of a stream (server-sent events) until its end."""
        left, finished = _STREAM, False
        while line := response.readline(_LINE + 1):
            left -= len(line)
            if len(line) > _LINE or left < 0:
                raise ServerError(_(_TOO_LONG))
            field, _colon, data = line.partition(b":")
            if field != b"data":
                continue
            if data.strip() == b"[DONE]":
                return
            event = _value(data)
            finished = finished or found(event, "choices", 0, "finish_reason") is not None
            self._heard.put(event)
        if not finished:
            raise ServerError(_(_BROKEN))


def found(value: Any, *path: str | int) -> Any:
    """What stands at a path of keys and places inside a JSON value; None where there is nothing like that."""
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and len(value) > step else None
    return value


def _connect(connection: http.client.HTTPConnection) -> None:
    try:
        connection.connect()
    except ssl.SSLError:
        raise ServerError(_("no safe connection can be made to it")) from None


def _value(raw: bytes) -> Any:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        raise ServerError(_(_NO_SENSE)) from None
    if not isinstance(found, dict):
        raise ServerError(_(_NO_SENSE))
    return found


def _refusal(status: int) -> str:
    if 300 <= status < 400:
        return _("it points to another address: set that one, if you trust it")
    if status in _REFUSALS:
        return _(_REFUSALS[status]).format(key=KEY)
    return _("it answers with status {status}").format(status=status)


def _hang_up(connection: http.client.HTTPConnection | None) -> None:
    """Wake the thread that reads from a connection."""
    held = connection.sock if connection is not None else None
    if isinstance(held, socket.socket):
        with suppress(OSError):
            socket.socket.shutdown(held, socket.SHUT_RDWR)
