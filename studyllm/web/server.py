"""textual-serve with a page of our own and a guard before it."""

import errno
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path

import aiohttp_jinja2
from aiohttp import WSCloseCode, web
from textual_serve.server import Server

from studyllm.errors import InputError
from studyllm.i18n import _, ngettext
from studyllm.web.guard import Guard
from studyllm.web.tabs import LONGEST_FRAME, MOST, Tab, size

_KEPT = {
    "HOME",
    "LANG",
    "LANGUAGE",
    "LD_LIBRARY_PATH",
    "NO_COLOR",
    "PATH",
    "PYTHONPATH",
    "TMPDIR",
    "TZ",
    "USER",
    "VIRTUAL_ENV",
}
_KEPT_GROUPS = ("CUDA_", "GGML_", "HF_", "HIP_", "LC_", "NVIDIA_", "OMP_", "STUDYLLM_", "XDG_")


def sanitized(environ: Mapping[str, str]) -> dict[str, str]:
    """What the app in the browser gets of an environment: what it needs, and none of a shell's secrets."""
    return {k: v for k, v in environ.items() if k in _KEPT or k.startswith(_KEPT_GROUPS)}


def bound(host: str, port: int) -> socket.socket:
    """A socket at an address; raises InputError when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except socket.gaierror as error:
        raise InputError(_("There is no address {host} here.").format(host=host)) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            told = _("Port {port} of {host} is taken; choose another one with --port.")
        else:
            told = _("Port {port} of {host} cannot be used: {why}.")
        raise InputError(told.format(port=port, host=host, why=error.strerror)) from error


class StudyServer(Server):
    """One app for each tab, all on one home."""

    def __init__(self, command: str, host: str, listening: socket.socket) -> None:
        port = listening.getsockname()[1]
        super().__init__(command, host, port, title="studyllm", templates_path=Path(__file__).parent)
        self._listening = listening
        self.guard = Guard(secrets.token_urlsafe(24), host, port)
        self._tabs = self._apps = 0
        """Tabs that have an app, and apps, those among them that are ending."""

    @property
    def address(self) -> str:
        """What to open; whoever has it is let in."""
        name = socket.gethostname() if self.host in ("0.0.0.0", "::") else self.host
        name = f"[{name}]" if ":" in name else name
        return f"http://{name}:{self.port}/?token={self.guard.token}"

    def serve(self, debug: bool = False) -> None:
        """Serves until Ctrl-C; the apps in the tabs are then told to quit."""
        self.debug = debug
        web.run_app(self._make_app(), sock=self._listening, print=None, access_log=None, shutdown_timeout=2)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        self.guard.install(app)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """The command has said what there is to say."""

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page: nothing on it comes from another host, and it is reached by whatever name was opened."""
        full = ngettext(
            "{count} tab is open, which is as many as there may be. Close one, then load this page again.",
            "{count} tabs are open, which is as many as there may be. Close one, then load this page again.",
            self._tabs,
        )
        context = {
            "full": full.format(count=self._tabs) if self._tabs >= MOST else "",
            "socket": f"ws://{request.host}/ws",
            "starting": _("Starting…"),
            "ended": _("The session has ended. What was graded is saved."),
            "again": _("Start again"),
        }
        return aiohttp_jinja2.render_template("page.html", request, context)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A tab and its app, from beginning to end."""
        websocket = web.WebSocketResponse(heartbeat=15, max_msg_size=LONGEST_FRAME)
        await websocket.prepare(request)
        if self._tabs >= MOST or self._apps >= 2 * MOST:
            await websocket.close(code=WSCloseCode.TRY_AGAIN_LATER)
            return websocket

        async def close() -> None:
            await websocket.close()

        tab = Tab(
            self.command,
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=close,
            download_manager=self.download_manager,
        )
        self._tabs += 1
        self._apps += 1
        try:
            await tab.start(*size(request.query))
            await tab.serve(websocket)
        finally:
            self._tabs -= 1
            try:
                await tab.stop()
            finally:
                self._apps -= 1
        return websocket
