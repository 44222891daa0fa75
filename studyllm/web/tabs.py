"""The app of a tab, within limits: what a tab may send, how large its terminal is, and that no app outlives its tab."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService

MOST = 4
"""Tabs at a time: each is an app with models of its own."""
LONGEST_FRAME = 256 * 1024
"""Bytes of a message; what is pasted comes in one, and an answer has 8,000 characters at most."""
IDLE = 4 * 3600.0
"""Seconds without a key after which an app is ended."""
_GRACE = 5.0
"""Seconds in which an app has to quit."""
_HUNG = 30.0
"""Seconds in which an app has to take what was typed."""
_WIDTHS, _HEIGHTS = (20, 500), (5, 300)
"""Least and most cells of a terminal."""


class Tab(AppService):
    """An app that ends with its tab, whatever it does."""

    async def stop(self) -> None:
        """Tells the app to quit, and ends it when it does not."""
        running, self._task = self._task, None
        process = self._process
        if running is None or process is None:
            return
        try:
            async with asyncio.timeout(_GRACE):
                await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
                await self.send_meta({"type": "quit"})
                await asyncio.shield(running)
                await process.wait()
        except TimeoutError:
            pass
        finally:
            if process.returncode is None:
                process.kill()
        await running

    async def serve(self, websocket: web.WebSocketResponse) -> None:
        """Gives the app what the page sends, until the page is gone, nobody types or the app hangs."""
        clock = asyncio.get_running_loop().time
        until = clock() + IDLE
        try:
            while True:
                async with asyncio.timeout_at(until):
                    message = await websocket.receive()
                if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                    return
                kind, given = _parsed(message.data)
                if kind == "stdin":
                    until = clock() + IDLE
                if kind == "ping":
                    await websocket.send_json(["pong", given])
                else:
                    async with asyncio.timeout(_HUNG):
                        await self._take(kind, given)
        except TimeoutError:
            await websocket.close()

    async def _take(self, kind: str, given: Any) -> None:
        if kind == "stdin" and isinstance(given, str):
            await self.send_bytes(given.encode("utf-8", "replace"))
        elif kind == "resize" and isinstance(given, dict):
            await self.set_terminal_size(*size(given))
        elif kind == "blur":
            await self.blur()
        elif kind == "focus":
            await self.focus()


def size(given: Mapping[str, Any]) -> tuple[int, int]:
    """Columns and rows that were asked for, within what a screen has."""
    return _within(given.get("width"), 80, _WIDTHS), _within(given.get("height"), 24, _HEIGHTS)


def _within(asked: Any, otherwise: int, limits: tuple[int, int]) -> int:
    try:
        number = int(asked)
    except (TypeError, ValueError, OverflowError):
        number = otherwise
    return min(limits[1], max(limits[0], number))


def _parsed(data: Any) -> tuple[str, Any]:
    """The kind of a message and what it brings; an empty kind for what is none."""
    try:
        kind, *rest = json.loads(data)
    except (ValueError, TypeError, RecursionError):
        return "", None
    return (kind, rest[0] if rest else None) if isinstance(kind, str) else ("", None)
