"""Help and errors of the command line in the learner's language: click's own words, docstrings and `help=` alike.

Commands are made before a language is chosen. They stay English; what is shown is a copy that speaks.
"""

import re
from copy import copy
from inspect import cleandoc
from typing import TypeVar

import click

from studyllm.i18n import N_, _, ngettext
from studyllm.text import broken, has_wide, width

AnyCommand = TypeVar("AnyCommand", bound=click.Command)

_CLICK = (
    N_("Usage:"),
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
    N_("[COMMAND] [ARGS]..."),
    N_("Options"),
    N_("Commands"),
    N_("Positional arguments"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("default: {default}"),
    N_("required"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Missing command."),
    N_("integer"),
    N_("integer range"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Could not open file {filename!r}: {message}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("Option {name!r} does not take a value."),
    N_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    N_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    N_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    N_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
)
"""What a learner can meet of click's words."""
_CARD = N_("ID")
"""What the number of a card is called among the arguments."""


def spoken(command: AnyCommand) -> AnyCommand:
    """A copy of a command, with all below it, whose help is in the learner's language."""
    told = copy(command)
    told.help = _(cleandoc(command.help or ""))
    told.short_help = _first_sentence(told.help)  # click's own would be cut at the end of the line
    told.options_metavar = _(command.options_metavar or "")
    told.params = [_parameter(param) for param in command.params]
    if isinstance(told, click.Group):
        told.subcommand_metavar = _(told.subcommand_metavar)
        told.commands = {name: spoken(below) for name, below in told.commands.items()}
    return told


def _first_sentence(text: str) -> str:
    """The first sentence of a help text, without its full stop."""
    return re.split(r"。|\.(?:\s|$)|\n\n", text, maxsplit=1)[0].replace("\n", " ")


def _parameter(param: click.Parameter) -> click.Parameter:
    told = copy(param)
    told.metavar = _(_CARD) if param.metavar == _CARD else param.metavar
    if isinstance(param.type, click.types.IntParamType):
        told.type = copy(param.type)
        told.type.name = _(param.type.name)
    if isinstance(told, click.Option):
        told.help = _(cleandoc(told.help or ""))
    return told


_wrapped = click.formatting.wrap_text


def wrap(
    text: str,
    columns: int = 78,
    initial_indent: str = "",
    subsequent_indent: str = "",
    preserve_paragraphs: bool = False,
) -> str:
    """Click's own, with a Chinese letter counted as the two columns it takes."""
    if not has_wide(text):
        return _wrapped(text, columns, initial_indent, subsequent_indent, preserve_paragraphs)
    paragraphs = text.split("\n\n") if preserve_paragraphs else [text]
    return "\n\n".join(_filled(one, columns, initial_indent, subsequent_indent) for one in paragraphs)


def _filled(text: str, columns: int, first: str, others: str) -> str:
    beside = width(others)
    pieces = broken(" ".join(text.split()), columns - beside, used=width(first) - beside)
    return f"\n{others}".join(piece.rstrip() for piece in (first + pieces[0], *pieces[1:]))


def _heading(self: click.HelpFormatter, heading: str) -> None:
    """Click's own, with the colon of the language."""
    self.write(f"{'':>{self.current_indent}}{_('{heading}:').format(heading=heading)}\n")


# Click asks gettext's default domain, by the environment alone; the language may be a setting, and the words ours.
for _module in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
    vars(_module).update(_=_, ngettext=ngettext)
vars(click.formatting).update(wrap_text=wrap)
setattr(click.formatting.HelpFormatter, "write_heading", _heading)  # noqa: B010
