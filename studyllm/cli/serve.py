"""`studyllm serve`: the app in a browser."""

import os
import shlex
import sys
import webbrowser

import click

from studyllm.cli.session import Session
from studyllm.errors import InputError
from studyllm.i18n import _


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)
@click.option(
    "--allow-remote", is_flag=True, help="Let other machines in, at an address that they can reach."
)
@click.option("--open", "opened", is_flag=True, help="Open it in the browser.")
@click.pass_obj
def serve(session: Session, host: str, port: int, allow_remote: bool, opened: bool) -> None:
    """Serve the app to browsers on this machine.

    Only who opens the printed address gets in: it holds a token that is new at each start. Every tab is an app of its
    own with models of its own; their reviews do not get in each other's way.
    """
    settings = session.settings
    from studyllm.web import StudyServer, bound, is_loopback, sanitized

    if not is_loopback(host) and not allow_remote:
        raise InputError(
            _(
                "{host} can be reached from other machines. There is no encryption, and whoever has the link may read "
                "your notes and grade your cards. If that is what you want, add --allow-remote."
            ).format(host=host)
        )
    command = [sys.executable, "-P", "-m", "studyllm", "--home", str(settings.home), "--no-plain"]
    server = StudyServer(f"exec {shlex.join(command)}", host, bound(host, port))
    click.echo(_("Open {address} in a browser; Ctrl-C ends it.").format(address=server.address))
    if opened:
        webbrowser.open(server.address)
    kept = sanitized(os.environ)
    os.environ.clear()
    os.environ.update(kept)
    server.serve()
