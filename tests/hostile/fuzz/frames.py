"""What a page sends to `studyllm serve`: over a real socket, to a real server with the real app behind it."""

import asyncio
import atexit
import os
import sys
from contextlib import suppress
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from studyllm.store import Store
from studyllm.web import StudyServer, bound
from studyllm.web.tabs import MOST
from tests.cli.shell import WITHOUT_MODELS
from tests.conftest import fill

_LARGEST = 1024
"""MiB that an app may take."""
_EVERY = 500
"""Inputs after which the processes are looked at."""


class Frames:
    """An input is one message of a tab, or, when it begins with a zero byte, bytes on the wire in the place of one."""

    name = "frames"
    words = (
        b'["stdin", "', b'["resize", {"width": ', b', "height": ', b"}]", b'"]', b'["ping", ', b'["focus"]',
        b'["blur"]', b"\\u001b[A", b"\\u001b[200~", b"\\u001b[201~", b"\\r", b"\\t", b"\\u001b", b"\\u0000",
        b"\\ud800",
        b"\\u007f", b"1e999", b"-5", b"99999999999", b"null", b"[", b"]", b"{", b"}", b"3", b"4", b"5", b"r", b"/",
        b"?",
        b"\\u001b[<0;5;5M", b"\\u001b[?2048;1$y", b"\\u001b[8;9999;9999t", b"\\u001b]52;c;?\\u0007",
        b"\\u001bP1$r0m\\u001b\\\\",
    )  # fmt: skip

    def __init__(self, folder: Path) -> None:
        self.seeds = [
            b'["stdin", "a"]',
            b'["stdin", "\\u001b[A"]',
            b'["stdin", "\\u001b[200~pasted\\u001b[201~"]',
            b'["resize", {"width": 80, "height": 24}]',
            b'["ping", "1"]',
            b'["focus"]',
            b'["blur"]',
        ]
        home = folder / "home"
        with Store(home / "study.db") as store:
            fill(store, "residual [/b]", "softmax", "[red]x[/]", "a" * 300)
        os.environ |= WITHOUT_MODELS
        listening = bound("127.0.0.1", 0)
        command = f"exec {sys.executable} -m studyllm --home {home}"
        self._server = StudyServer(command, "127.0.0.1", listening)
        self._loop = asyncio.new_event_loop()
        self._inputs = self._drawn = 0
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._loop.run_until_complete(self._serve(web.SockSite, listening))

    async def _serve(self, site: type[web.SockSite], listening: object) -> None:
        runner = web.AppRunner(await self._server._make_app())
        await runner.setup()
        await site(runner, listening).start()  # type: ignore[arg-type]
        page = urlsplit(self._server.address)
        origin = f"http://127.0.0.1:{self._server.port}"
        self._session = aiohttp.ClientSession(headers={"Origin": origin})
        atexit.register(lambda: self._loop.run_until_complete(self._session.close()))
        self._address = f"{origin}/ws?{page.query}"

    def run(self, data: bytes) -> None:
        self._inputs += 1
        random = Random(data)
        if random.random() < 0.98:  # most keys that quit are left out: an app takes a second to start
            data = data.replace(b"q", b"k").replace(b"\x03", b"").replace(b"\x11", b"")
        self._loop.run_until_complete(self._give(data, raw=random.random() < 0.002))
        if self._inputs % _EVERY == 0:
            self._look()

    async def _give(self, data: bytes, *, raw: bool) -> None:
        """Sends it; then the server still answers, or it has ended the tab."""
        socket = self._socket
        if socket is None or socket.closed:
            socket = self._socket = await self._opened()
        with suppress(ConnectionError):
            if raw:
                transport = socket._response.connection and socket._response.connection.transport
                if transport:
                    transport.write(data)
                await socket.close()
                return
            try:
                await socket.send_str(data.decode("utf-8"))
            except UnicodeDecodeError:
                await socket.send_bytes(data)
            await socket.send_str(f'["ping", "{self._inputs}"]')
            while not socket.closed:
                message = await socket.receive()
                self._drawn += message.type is aiohttp.WSMsgType.BINARY
                if message.type is aiohttp.WSMsgType.TEXT and message.data == f'["pong", "{self._inputs}"]':
                    return

    async def _opened(self) -> aiohttp.ClientWebSocketResponse:
        """A tab whose app has drawn something; while earlier apps are still ending there may be no room for it."""
        while True:
            socket = await self._session.ws_connect(self._address, max_msg_size=0)
            while not socket.closed:
                if (await socket.receive()).type is aiohttp.WSMsgType.BINARY:
                    return socket
            await asyncio.sleep(0.2)

    def _look(self) -> None:
        """The apps draw, there are few of them, those that are ending among them, and none is large."""
        assert self._drawn > 0
        me = os.getpid()
        children = Path(f"/proc/{me}/task/{me}/children").read_text().split()
        assert len(children) <= 2 * MOST + 1, "an app outlived its tab"
        for child in children:
            with suppress(FileNotFoundError, ProcessLookupError):
                status = Path(f"/proc/{child}/status").read_text()
                size = next(
                    (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0"
                )
                assert int(size) < _LARGEST * 1024, "an app grew"
