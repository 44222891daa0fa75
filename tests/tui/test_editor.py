"""How editors are told to open a note at a line."""

from pathlib import Path

import pytest

from studyllm.errors import InputError
from studyllm.tui.editor import command

NOTE = Path("/notes/a b;$(c).md")


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vim", ["vim", "+7", str(NOTE)]),
        ("/usr/bin/nvim -u NONE", ["/usr/bin/nvim", "-u", "NONE", "+7", str(NOTE)]),
        ("nano", ["nano", "+7", str(NOTE)]),
        ("emacs -nw", ["emacs", "-nw", "+7", str(NOTE)]),
        ("hx", ["hx", f"{NOTE}:7"]),
        ("code", ["code", "--wait", "--goto", f"{NOTE}:7"]),
        ("code -w", ["code", "-w", "--goto", f"{NOTE}:7"]),
        ("subl", ["subl", "--wait", f"{NOTE}:7"]),
        ("'/opt/my editor/vim' -n", ["/opt/my editor/vim", "-n", "+7", str(NOTE)]),
        ("something", ["something", str(NOTE)]),
        ("vim; rm -rf x", ["vim;", "rm", "-rf", "x", str(NOTE)]),
    ],
)
def test_the_line_is_named_the_editors_way_and_no_shell_reads_it(editor: str, expected: list[str]) -> None:
    assert command(NOTE, 7, {"EDITOR": editor}, find=str) == expected


def test_visual_comes_before_editor_and_the_usual_ones_after() -> None:
    assert command(NOTE, 7, {"VISUAL": "hx", "EDITOR": "vim"}, find=str)[0] == "hx"
    there = {"nano": "/bin/nano", "vi": "/bin/vi"}.get
    assert command(NOTE, 7, {"EDITOR": " "}, find=there) == ["nano", "+7", str(NOTE)]


@pytest.mark.parametrize("editor", ["", "gone", "'unclosed"])
def test_without_an_editor_there_is_a_sentence(editor: str) -> None:
    with pytest.raises(InputError, match=r"\$EDITOR"):
        command(NOTE, 7, {"EDITOR": editor}, find=lambda name: None)
