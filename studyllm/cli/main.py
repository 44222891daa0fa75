"""The root command."""

import logging
import sys
from collections.abc import Callable
from copy import copy
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from studyllm import __version__, i18n
from studyllm.cli.help import spoken
from studyllm.cli.session import Session, Stopped, sentences
from studyllm.config import load
from studyllm.errors import InputError
from studyllm.i18n import _

_COMMANDS = {
    "import": "studyllm.cli.importing:import_notes",
    "export": "studyllm.cli.exporting:export",
    "cards": "studyllm.cli.listing:cards",
    "search": "studyllm.cli.search:search",
    "due": "studyllm.cli.listing:due",
    "log": "studyllm.cli.listing:log",
    "stats": "studyllm.cli.stats:stats",
    "answer": "studyllm.cli.answering:answer",
    "grade": "studyllm.cli.grading:grade",
    "report": "studyllm.cli.report:report",
    "undo": "studyllm.cli.undoing:undo",
    "suspend": "studyllm.cli.answering:suspend",
    "review": "studyllm.cli.app:review",
    "serve": "studyllm.cli.serve:serve",
    "mcp": "studyllm.cli.mcp:mcp",
    "quiz": "studyllm.cli.quiz:quiz",
    "deck": "studyllm.cli.deck:deck",
    "recall": "studyllm.cli.recall:recall",
    "card": "studyllm.cli.card:card",
    "leeches": "studyllm.cli.card:leeches",
    "schedule": "studyllm.cli.schedule:schedule",
    "points": "studyllm.cli.points:points",
    "calibration": "studyllm.cli.calibration:calibration",
    "models": "studyllm.cli.models:models",
    "backup": "studyllm.cli.backup:backup",
    "move": "studyllm.cli.moving:move",
    "keys": "studyllm.cli.keys:keys",
    "doctor": "studyllm.cli.doctor:doctor",
}


class Lazy(click.Group):
    """A group that imports a command when it is asked for, so that the others cost nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return spoken(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """By the map that completion reads: to import every command for its first sentence would take a second."""
        from studyllm.completion import commands

        known, language = commands()["commands"], i18n.LANGUAGES.index(i18n.spoken())
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, known[name]["help"][language]) for name in _COMMANDS])

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Chooses the language before anything is said, help and errors of usage included."""
        looked = super(Lazy, copy(self)).make_context(info_name, list(args), parent, resilient_parsing=True)
        i18n.use(_language(looked.params.get("home")))
        with sentences(Session(None)):
            return super(Lazy, spoken(self)).make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with sentences(Session(ctx.params["home"])):
            return super().invoke(ctx)


@click.group(cls=Lazy, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="studyllm")
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder of config and database [default: $STUDYLLM_HOME, else the platform's].",
)
@click.option(
    "--plain/--no-plain",
    default=None,
    help="Prompts and lines instead of screens [default: the setting plain].",
)
@click.pass_context
def cli(ctx: click.Context, home: Path | None, plain: bool | None) -> None:
    """Spaced repetition from your own Markdown notes, graded on your own machine.

    Without a command, opens the app.
    """
    ctx.obj = Session(home, plain)
    if ctx.invoked_subcommand is None:
        from studyllm.cli.app import open_app

        open_app(ctx.obj, None)


def _language(home: Path | None) -> str:
    """The setting, or that of the locale while the settings cannot be read: the command itself will say why."""
    try:
        return load(home).interface
    except InputError:
        return "auto"


def main() -> None:
    """The `studyllm` program."""
    _survive_odd_terminals()
    logging.getLogger().addHandler(logging.NullHandler())  # what libraries log is not said to the learner
    try:
        cli(prog_name="studyllm")
    except KeyboardInterrupt:
        click.echo(_("Error: {message}").format(message=Stopped().format_message()), err=True)
        sys.exit(Stopped.exit_code)


def _survive_odd_terminals() -> None:
    """A terminal that cannot show a character gets a question mark, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
