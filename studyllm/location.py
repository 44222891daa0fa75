"""Where a home's database is: a file of its own, or a PostgreSQL server."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from studyllm.errors import InputError
from studyllm.i18n import _

_SCHEMES = ("postgresql+psycopg", "postgresql", "postgres")
_SECRET = ("password", "sslpassword")


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a PostgreSQL server. As text it has no password."""

    url: str = field(repr=False)
    """As SQLAlchemy takes it."""

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        user, at, host = parts.netloc.rpartition("@")
        query = [(name, value) for name, value in parse_qsl(parts.query) if name not in _SECRET]
        shown = (
            parts.scheme,
            user.partition(":")[0] + at + host,
            parts.path,
            urlencode(query, safe="/-="),
            "",
        )
        return urlunsplit(shown)


Place = Path | Server
"""Of a database."""


def file_of(place: Place) -> Path:
    """The file of a database that is one; raises InputError, which says what to do, for one on a server."""
    if isinstance(place, Server):
        said = _(
            "{place} is on a server: copies of it are made, checked and put back there (pg_dump, pg_restore)."
        )
        raise InputError(said.format(place=place))
    return place


def place_of(text: str) -> Place:
    """What the setting `database` names; raises InputError for what is neither a path nor such a server."""
    scheme, found, rest = text.partition("://")
    if not found:
        if not text or "\0" in text:
            raise InputError(_("The setting database is a path or a URL, not {value!r}.").format(value=text))
        return Path(text).expanduser()
    server = Server(f"{_SCHEMES[0]}://{rest}")
    try:
        parts = urlsplit(server.url)
        known = scheme in _SCHEMES and len(parts.path) > 1 and (parts.port or 1)
    except ValueError:
        known = False
    if not known:
        raise InputError(
            _(
                "The setting database is a path, or the address of a database on a PostgreSQL server such as "
                "postgresql+psycopg://me@host/studyllm."
            )
        )
    return server
