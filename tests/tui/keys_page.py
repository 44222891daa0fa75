"""The list of keys in docs/keys.md: `python -m tests.tui.keys_page` writes it."""

from itertools import groupby

from studyllm.tui.keymap import Command, commands, shown
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "keys.md"
_HEAD = "## All of them\n"


def listed() -> str:
    """A table for each part of the app."""
    parts: list[str] = [_HEAD]
    for _part, some in groupby(commands(), key=lambda one: one.name.partition(".")[0]):
        parts.append("| name | keys | what it does |\n|---|---|---|\n" + "".join(map(_row, some)))
    return "\n".join(parts)


def _row(one: Command) -> str:
    return f"| `{one.name}` | {shown(one.keys)} | {one.said or '-'} |\n"


def page() -> str:
    """The whole page as it should be."""
    return PAGE.read_text("utf-8").partition(_HEAD)[0] + listed()


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
