"""`studyllm keys`: what every key is called in `[keys]` of config.toml, and what it does."""

import click

from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.i18n import _
from studyllm.text import padded


@click.command()
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
@click.pass_obj
def keys(session: Session, as_json: bool) -> None:
    """List what every key does, and its name, by which [keys] in config.toml gives it another one."""
    from studyllm.tui.keymap import check, commands, shown

    known = commands()
    found = check(known, session.settings.keys)
    for one in known:
        now = found.keys.get(one.name, one.keys)
        if as_json:
            emit({"name": one.name, "keys": now, "usual": one.keys, "what": one.said})
        else:
            mark = "*" if one.name in found.keys else " "
            line(f"{mark} {one.name:<28}{padded(shown(now), 24)}  {_(one.said)}")
    for problem in found.problems:
        click.echo(problem, err=True)
