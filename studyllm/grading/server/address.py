"""Where answers go: from the settings and the environment to a URL that was looked at, and the key for it."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from studyllm.config import AUTO, OFF
from studyllm.errors import InputError
from studyllm.i18n import _

URL, KEY = "OPENAI_BASE_URL", "OPENAI_API_KEY"
"""The variables of the environment that other programs for such servers read, too."""
_PORTS = {"http": 80, "https": 443}
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Address:
    """A server, the model wanted there, and the key."""

    scheme: str
    host: str
    port: int
    path: str
    """What stands before "/models", without a slash at its end."""
    model: str = AUTO
    key: str = field(default="", repr=False)
    given: str = "server"
    """The setting or variable that names it."""

    @property
    def here(self) -> bool:
        """Whether it is a process of this machine."""
        return _is_loopback(self.host)

    @property
    def is_chosen(self) -> bool:
        """Whether it was named for this program, or answers stay on this machine: other programs read the variable,
        too, and who set it for them did not ask that answers leave."""
        return self.here or self.given != URL

    @property
    def secret(self) -> bool:
        """Whether nobody between can read what is sent."""
        return self.here or self.scheme == "https"

    @property
    def where(self) -> str:
        """Host and port, as a URL has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The base URL; it holds no key."""
        return f"{self.scheme}://{self.where}{self.path}"


def address_of(server: str, model: str = AUTO, environ: Mapping[str, str] = os.environ) -> Address | None:
    """The server that the settings choose, None for none; raises InputError for a URL or a key that is none.

    The key goes along over https, to this machine, and to the very URL that OPENAI_BASE_URL names beside it: one that
    was made for another server is not sent in the clear because a setting names a new one.
    """
    if server == OFF:
        return None
    given = "server" if server != AUTO else URL
    url = server if server != AUTO else environ.get(URL, "").strip()
    if not url:
        return None
    found = parsed(url, model, given)
    key = environ.get(KEY, "").strip()
    if not (found.secret or url == environ.get(URL, "").strip()):
        return found
    return keyed(found, key)


def keyed(address: Address, key: str) -> Address:
    """An address with its key; raises InputError for a key that no header can hold, and does not show it."""
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise InputError(_("{name} holds characters that no key has; nothing was sent.").format(name=KEY))
    return Address(
        address.scheme, address.host, address.port, address.path, address.model, key, address.given
    )


def parsed(url: str, model: str = AUTO, given: str = "server") -> Address:
    """The parts of a base URL; raises InputError, naming what gave it, for what is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
        host.encode("idna")
    except (ValueError, UnicodeError):
        parts, host, port = urlsplit(""), "", 0
    if parts.scheme not in _PORTS or not host or not port or len(url) > _LONGEST:
        said = _("{given} must be a URL like http://127.0.0.1:8080/v1 or https://host/v1; nothing was sent.")
        raise InputError(said.format(given=given))
    plain = parts.path.isascii() and parts.path.isprintable() and " " not in parts.path + host
    if "@" in parts.netloc or parts.query or parts.fragment or not plain:
        said = _(
            "{given} must be a URL without a name, a password or a query: a key goes into {key}; nothing was sent."
        )
        raise InputError(said.format(given=given, key=KEY))
    path = parts.path.rstrip("/") or "/v1"
    return Address(parts.scheme, host, port, path, model or AUTO, given=given)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
