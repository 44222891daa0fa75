"""Lines out: what stands between a head and what follows on its line."""

import io

import pytest

from studyllm.cli.prompts import Terminal


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


def test_in_a_pipe_an_answer_has_a_line_of_its_own() -> None:
    target = io.StringIO()
    Terminal(io.StringIO("4\n"), target).ask("评分：")
    assert target.getvalue() == "评分：\n"
