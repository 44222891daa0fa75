"""`make man`: the manual page and the map of the commands that completion reads, both from the commands themselves."""

import json
import re
from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

import click

from studyllm import i18n
from studyllm.cli import cli
from studyllm.models import CATALOGUE
from tests.conftest import ROOT

PAGE = ROOT / "man" / "studyllm.1"
MAP = ROOT / "studyllm" / "completion.json"

_KINDS = {"deck": "deck", "card_id": "card", "tag": "tag", "tags": "tag", "place": "file"}
_OTHER_KINDS = {("restore", "name"): "backup", ("search", "words"): "term", ("import", "deck"): "deck"}
_AFTER = """\
.SH ENVIRONMENT
.TP
.B STUDYLLM_HOME
Folder of the settings, the database and the log.
.TP
.B STUDYLLM_MODELS
Folder of the models, which all homes share.
.TP
.BR STUDYLLM_ " and the name of a setting"
That setting, before
.IR config.toml .
.TP
.B NO_COLOR
No colours, where it is set to anything.
.TP
.B TERM
With "dumb", prompts and lines instead of screens.
.SH FILES
In the home:
.I config.toml
(settings),
.I study.db
(decks, cards, schedules and the log),
.I backups
(copies of it),
.I studyllm.log
(what went wrong).
.SH EXIT STATUS
0; 1 if something could not be done, which is said in a sentence; 2 for wrong usage; 130 after Ctrl-C.
"""


def walk(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """A command and all below it, each with its words."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from walk(below, (*path, name))


# The map


def command_map() -> dict[str, Any]:
    """Every command with its options, arguments and what their values are, help in each language."""
    nodes: dict[tuple[str, ...], dict[str, Any]] = {}
    for language in i18n.LANGUAGES:
        i18n.use(language)
        for path, command in walk(cli):
            node = nodes.setdefault(path, {"help": []})
            node["help"].append(command.get_short_help_str(80))
            params = command.get_params(click.Context(command))
            options = [param for param in params if isinstance(param, click.Option)]
            for option, told in zip(options, node.setdefault("options", [{} for _ in options]), strict=True):
                told |= _option(path, option)
                told.setdefault("help", []).append(option.help or "")
            arguments = [param for param in params if isinstance(param, click.Argument)]
            node["arguments"] = [_argument(path, argument) for argument in arguments]
    for path, node in nodes.items():
        if path:
            nodes[path[:-1]].setdefault("commands", {})[path[-1]] = node
    i18n.use("en")
    return nodes[()]


def _option(path: tuple[str, ...], option: click.Option) -> dict[str, Any]:
    told: dict[str, Any] = {"names": [*option.opts, *option.secondary_opts]}
    if option.is_flag or option.count:
        return told | {"flag": True}
    return told | _kind(path, option) | ({"many": True} if option.multiple else {})


def _argument(path: tuple[str, ...], argument: click.Argument) -> dict[str, Any]:
    return _kind(path, argument) | ({"many": True} if argument.nargs == -1 else {})


def _kind(path: tuple[str, ...], param: click.Parameter) -> dict[str, Any]:
    if isinstance(param.type, click.Choice):
        return {"kind": list(param.type.choices)}
    if isinstance(param.type, click.Path | click.File):
        return {"kind": "dir" if param.metavar == "FOLDER" else "file"}
    if path[:1] == ("models",):
        return {"kind": [model.name for model in CATALOGUE]}
    kind = _OTHER_KINDS.get((path[-1], param.name or "")) or _KINDS.get(param.name or "", "")
    return {"kind": kind} if kind else {}


# The page


def page() -> str:
    """The manual page, in English."""
    i18n.use("en")
    parts = [
        '.TH STUDYLLM 1 "" studyllm "User commands"\n.SH NAME\nstudyllm \\- spaced repetition in the terminal\n'
    ]
    for path, command in walk(cli):
        context = click.Context(command, info_name=" ".join(("studyllm", *path)))
        usage = " ".join((context.info_name or "", *command.collect_usage_pieces(context)))
        if not path:
            parts.append(f".SH SYNOPSIS\n{_line(usage)}\n.SH DESCRIPTION\n")
        else:
            parts.append(f".SS {_quoted(usage)}\n")
        parts.append(_prose(cleandoc(command.help or "")))
        options = [param for param in command.get_params(context) if isinstance(param, click.Option)]
        if not path:
            parts.append(".SH OPTIONS\n")
        parts += [_entry(option, context) for option in options if not path or "--help" not in option.opts]
        if not path:
            parts.append(".SH COMMANDS\n")
    return "".join(parts) + _AFTER


def _entry(option: click.Option, context: click.Context) -> str:
    record = option.get_help_record(context)
    assert record is not None
    names, said = record
    return f".TP\n.B {_line(names)}\n{_line(said)}\n"


def _prose(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n.PP\n".join(_line(" ".join(one.split())) for one in paragraphs) + "\n"


def _line(text: str) -> str:
    """A line of text that no formatter takes for a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _quoted(text: str) -> str:
    return '"' + _line(text).replace('"', '""') + '"'


def main() -> None:
    """Writes both."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), "utf-8")
    MAP.write_text(json.dumps(command_map(), ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
