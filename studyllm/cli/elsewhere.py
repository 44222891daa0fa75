"""The server that answers go to, if there is one: said before anything is sent for the first time, and by `doctor`."""

import os
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

import click

from studyllm.config import AUTO, OFF, Settings
from studyllm.errors import InputError
from studyllm.i18n import N_, _
from studyllm.private import private_file
from studyllm.text import clean

if TYPE_CHECKING:
    from studyllm.grading.server import Address

_TOLD = "server.txt"
"""The file of a home that holds the URL that was said last."""


def server_of(settings: Settings) -> "Address | None":
    """The server of the settings. A variable that other programs read, too, counts where it names this machine."""
    if settings.server == OFF or (settings.server == AUTO and not os.environ.get("OPENAI_BASE_URL")):
        return None
    from studyllm.grading.server import address_of

    try:
        found = address_of(settings.server, settings.server_model)
    except InputError:
        if settings.server != AUTO:
            raise
        return None
    return found if found is not None and found.is_chosen else None


def tell(settings: Settings) -> None:
    """Says on stderr where answers go, the first time that they go there from this home."""
    server = server_of(settings)
    file = settings.home / _TOLD
    with suppress(OSError):
        if server is None or (file.exists() and file.read_text("utf-8", "replace") == server.url):
            return
    if server is None:
        return
    from studyllm.grading.readiness import told_of

    switch = _('`{given}` names it; `server = "off"` in {path} sends nothing anywhere.')
    said = switch.format(given=server.given, path=settings.home / "config.toml")
    click.echo(clean(f"{told_of(server)} {said}"), err=True)
    with suppress(OSError):
        if settings.home.is_dir():
            private_file(file)
            file.write_text(server.url, "utf-8")


def checked(settings: Settings) -> dict[str, Any]:
    """What `doctor` says of it: it is asked what it can do, and sees no card."""
    from studyllm.grading.readiness import told_of
    from studyllm.grading.server import address_of
    from studyllm.grading.server.dialect import probed
    from studyllm.grading.server.exchange import Line, ServerError

    name = N_("server")
    try:
        server = address_of(settings.server, settings.server_model)
    except InputError as error:
        return {"name": name, "state": "off" if settings.server == AUTO else "error", "note": str(error)}
    if server is None:
        return {"name": name, "state": "off", "note": _("none: answers stay on this machine")}
    if not server.is_chosen:
        said = _(
            "{given} names {where}, another machine: nothing is sent there unless the setting server names it"
        )
        return {"name": name, "state": "off", "note": said.format(given=server.given, where=server.where)}
    where = f"{told_of(server)} {_key(server)}"
    try:
        with closing(Line(server)) as connected:
            dialect = probed(connected)
    except ServerError as error:
        said = _("{where} It cannot be used now: {why}; answers are judged without it")
        return {"name": name, "state": "error", "note": said.format(where=where, why=error)}
    said = _("{where} Model {model}: {gives}; not measured as a judge, it counts less")
    note = said.format(where=where, model=clean(dialect.model), gives=dialect.gives)
    return {"name": name, "state": "ok", "note": note}


def _key(server: "Address") -> str:
    from studyllm.grading.server.address import KEY

    if server.key:
        return _("The key of {name} goes along.").format(name=KEY)
    return _("No key goes along.")
