"""Lines out: what stands between a head and what follows on its line."""

import io
import os
import pty
import select

import pytest

from studyllm.cli.prompts import Command, Terminal, command


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("head", "gap"), [("Explanation:", " "), ("解释：", ""), ("Grade", " ")])
def test_a_full_width_mark_is_followed_by_no_space(head: str, gap: str) -> None:
    target = io.StringIO()
    terminal = Terminal(Tty("4\n"), target)
    terminal.stream(head, ["so ", "it is"])
    assert terminal.ask(head) == "4"
    assert target.getvalue() == f"{head}{gap}so it is\n{head}{gap}"


def test_at_a_terminal_no_word_is_parted_by_its_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    target, pipe = Tty(), io.StringIO()
    for out in (target, pipe):
        Terminal(io.StringIO(), out).say("the next days get their reviews\n    x = 1")
    assert target.getvalue() == "the next days get\ntheir reviews\n    x = 1\n"
    assert pipe.getvalue() == "the next days get their reviews\n    x = 1\n"


def test_what_is_said_as_it_comes_is_broken_between_words_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    target, pipe = Tty(), io.StringIO()
    for out in (target, pipe):
        Terminal(io.StringIO(), out).stream("Note:", ["the next days ", "get their reviews"])
    assert [line.rstrip() for line in target.getvalue().split("\n")] == [
        "Note: the next days",
        "get their reviews",
        "",
    ]
    assert pipe.getvalue() == "Note: the next days get their reviews\n"


def test_in_a_pipe_an_answer_has_a_line_of_its_own() -> None:
    target = io.StringIO()
    Terminal(io.StringIO("4\n"), target).ask("评分：")
    assert target.getvalue() == "评分：\n"


def test_what_was_typed_too_early_is_left_out_and_said() -> None:
    ours, theirs = pty.openpty()
    target = io.StringIO()
    with os.fdopen(theirs) as source:
        terminal = Terminal(source, target)
        os.write(ours, b":help\n4\n")
        assert select.select([source], [], [], 5)[0]
        terminal.forget_typed()
        os.write(ours, b"2\n")
        assert terminal.ask("Grade:") == "2"
        said = target.getvalue()
        terminal.forget_typed()
        assert target.getvalue() == said, "nothing was typed, and nothing is said"
    os.close(ours)
    assert "left out" in said


def test_a_command_may_be_begun_where_it_can_be_no_other() -> None:
    known = [Command("hint", ""), Command("help", ""), Command("quit", "")]
    assert command(":q", known) == (known[2], "")
    assert command(":hi now", known) == (known[0], "now")
    assert command(":h", known) == (None, "h")
    assert command(":", known) == (None, "")
