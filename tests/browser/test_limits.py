"""What a tab of `studyllm serve` may do, and that no app outlives its tab or its server."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web

from studyllm.web import StudyServer, bound, tabs
from studyllm.web.tabs import LONGEST_FRAME, MOST
from tests.cli.shell import WITHOUT_MODELS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/proc/self/task").exists(), reason="/proc tells of processes on Linux alone"
    ),
]
Opening = Callable[..., Awaitable[aiohttp.ClientWebSocketResponse]]


@pytest.fixture
async def opening(address: str) -> AsyncIterator[Opening]:
    """Opens the WebSocket of another tab."""
    page = urlsplit(address)
    async with aiohttp.ClientSession(headers={"Origin": f"http://{page.netloc}"}) as session:

        async def open_tab(query: str = "") -> aiohttp.ClientWebSocketResponse:
            return await session.ws_connect(f"http://{page.netloc}/ws?{page.query}&{query}", max_msg_size=0)

        yield open_tab


def apps(server: subprocess.Popen[str]) -> set[int]:
    """The processes of the server's apps."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return {int(child) for child in children}


def runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.1)


@asynccontextmanager
async def one_app(
    server: subprocess.Popen[str], socket: aiohttp.ClientWebSocketResponse
) -> AsyncIterator[int]:
    """The process of the only app, once it shows something."""
    await asyncio.wait_for(socket.receive(), 30)
    (app,) = apps(server)
    yield app
    await until(lambda: not runs(app))


async def test_a_message_that_is_too_long_ends_the_tab_and_its_app(
    server: subprocess.Popen[str], opening: Opening
) -> None:
    socket = await opening()
    async with one_app(server, socket):
        await socket.send_json(["stdin", "x" * LONGEST_FRAME])
        while (await socket.receive()).type is not aiohttp.WSMsgType.CLOSE:
            pass
        assert socket.close_code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG


async def test_nonsense_is_passed_over_and_a_terminal_has_the_size_of_one(
    server: subprocess.Popen[str], opening: Opening
) -> None:
    socket = await opening("width=99999999&height=-5")
    async with one_app(server, socket) as app:
        environment = Path(f"/proc/{app}/environ").read_text().split("\0")
        assert {"COLUMNS=500", "ROWS=5"} <= set(environment)
        for nonsense in ("", "[", "7", "{}", "[]", "[[]]", '["resize"]', '["stdin", 7]', "[" * 10_000):
            await socket.send_str(nonsense)
        await socket.send_json(["resize", {"width": 10**400, "height": None}])
        await socket.send_json(["ping", "still there"])
        while (message := await socket.receive()).type is not aiohttp.WSMsgType.TEXT:
            assert message.type is aiohttp.WSMsgType.BINARY
        assert message.json() == ["pong", "still there"]
        await socket.close()


async def test_no_more_tabs_than_there_may_be(opening: Opening, address: str) -> None:
    tabs = [await opening() for _ in range(MOST)]
    for tab in tabs:
        await asyncio.wait_for(tab.receive(), 60)
    refused = await opening()
    assert (await refused.receive()).type is aiohttp.WSMsgType.CLOSE
    assert refused.close_code == aiohttp.WSCloseCode.TRY_AGAIN_LATER
    async with aiohttp.ClientSession() as session, session.get(address) as page:
        assert f"{MOST} tabs are open" in await page.text()
    await tabs[0].close()
    again = await opening()
    assert (await asyncio.wait_for(again.receive(), 60)).type is aiohttp.WSMsgType.BINARY


async def test_an_app_that_hangs_is_ended_with_its_tab(
    server: subprocess.Popen[str], opening: Opening
) -> None:
    socket = await opening()
    async with one_app(server, socket) as app:
        os.kill(app, signal.SIGSTOP)
        await socket.close()


async def test_an_app_ends_with_a_server_that_is_killed(
    server: subprocess.Popen[str], opening: Opening
) -> None:
    socket = await opening()
    async with one_app(server, socket):
        server.kill()


async def test_an_app_that_nobody_types_into_is_ended_though_the_page_pings(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabs, "IDLE", 3.0)
    for name, value in WITHOUT_MODELS.items():
        monkeypatch.setenv(name, value)
    listening = bound("127.0.0.1", 0)
    server = StudyServer(f"exec {sys.executable} -m studyllm --home {home}", "127.0.0.1", listening)
    runner = web.AppRunner(await server._make_app())
    await runner.setup()
    await web.SockSite(runner, listening).start()
    page = urlsplit(server.address)
    origin = f"http://{page.netloc}".replace(page.hostname or "", "127.0.0.1")
    try:
        async with aiohttp.ClientSession(headers={"Origin": origin}) as session:
            socket = await session.ws_connect(f"{origin}/ws?{page.query}")
            end = time.monotonic() + 20
            while not socket.closed:
                assert time.monotonic() < end
                await socket.send_json(["ping", "there"])
                await socket.receive(5)
    finally:
        await runner.cleanup()
