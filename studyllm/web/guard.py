"""Who may come in: those with the token, under an address that is ours, from a page that is ours."""

import hmac
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address

from aiohttp import web

_LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The browser loads nothing from elsewhere, whatever the page asks for, and shows it in no other page."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Guard:
    """Looks at every request, WebSockets and static files included, before anything else does."""

    token: str
    host: str
    port: int

    @property
    def cookie(self) -> str:
        """Its name has the port: cookies of one host are shared by all of its ports."""
        return f"studyllm-{self.port}"

    def refusal(self, request: web.BaseRequest) -> str:
        """Why a request is refused, or nothing."""
        if not self._is_ours(request.host):
            return "This address is not one that studyllm answers to."
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{request.host}":
            return "Another page asked for this."
        if self.brings_token(request) or _same(request.cookies.get(self.cookie, ""), self.token):
            return ""
        return "Open the address that `studyllm serve` printed, with its token."

    def brings_token(self, request: web.BaseRequest) -> bool:
        """Whether the address that was opened has the token."""
        return _same(request.query.get("token", ""), self.token)

    def _is_ours(self, host: str) -> bool:
        """Whether a Host header is one of ours: a foreign name that was made to point here (DNS rebinding) is not."""
        if self.host in ("0.0.0.0", "::"):  # asked for with --allow-remote
            return _is_this_machine(host.removesuffix(f":{self.port}"))
        own = f"[{self.host}]" if ":" in self.host else self.host
        names = _LOCAL_NAMES if is_loopback(self.host) else (own,)
        return host in {f"{name}:{self.port}" for name in names} | (set(names) if self.port == 80 else set())

    def install(self, app: web.Application) -> None:
        """Puts itself before everything that an application answers."""

        @web.middleware
        async def refuse(
            request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
        ) -> web.StreamResponse:
            if why := self.refusal(request):
                return web.Response(status=403, text=why + "\n")
            response = await handler(request)
            if self.brings_token(request):
                response.set_cookie(self.cookie, self.token, httponly=True, samesite="Strict", path="/")
            return response

        async def harden(request: web.BaseRequest, response: web.StreamResponse) -> None:
            response.headers.update(
                {
                    "Content-Security-Policy": _POLICY.format(host=request.host),
                    "Cache-Control": "no-store",
                    "Referrer-Policy": "no-referrer",
                    "X-Content-Type-Options": "nosniff",
                }
            )

        app.middlewares.append(refuse)
        app.on_response_prepare.append(harden)


def _is_this_machine(name: str) -> bool:
    """Whether a name is an address, which no foreign name can be made to be, or this machine's own."""
    try:
        return bool(ip_address(name.strip("[]")))
    except ValueError:
        own = socket.gethostname().casefold()
        return name.casefold() in {"localhost", own, f"{own.partition('.')[0]}.local"}


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
