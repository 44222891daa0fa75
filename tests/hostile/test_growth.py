"""The time to read a note, or to grade by one, grows no faster than its length, whatever it is made of: four times the
text may take some four times as long, and what takes the square of it takes sixteen times."""

import time
from collections.abc import Callable

import pytest

from studyllm.grading import Question, TextGrader
from studyllm.notes import read_note


def times(piece: str) -> Callable[[int], str]:
    """So many letters of a piece, over and over."""
    return lambda length: piece * (length // len(piece))


def run(before: str, of: str, after: str) -> Callable[[int], str]:
    """A line with so many letters of a kind in it."""
    return lambda length: before + of * (length // len(of)) + after + "\n"


def numbered(line: str) -> Callable[[int], str]:
    """Lines that differ by their number."""
    return lambda length: "".join(line.format(n) for n in range(length // len(line)))


RUNS = {
    f"{name} of {of!r}": run(before, of, after)
    for name, before, after in (
        ("heading", "# a", "b"),
        ("heading only", "# ", "x"),
        ("item", "- a", "b"),
        ("bold item", "- **a", "b**：c"),
        ("answer", "- **a**：", "b"),
        ("paragraph", "a", "b"),
        ("line", "", "x"),
    )
    for of in (
        " ",
        "\t",
        "\u3000",
        ".",
        "：",
        ":",
        "？",
        "?!",
        "。",
        "-",
        "- ",
        "*",
        "_",
        "=",
        "#",
        "（",
        "）",
        "1.",
        "a, ",
        "[",
        "`",
    )
}
LINES = {
    "one term": numbered("- **A**: b{}\n"),
    "definitions": times("a\n: b\n"),
    "definitions apart": times("a\n: b\n\n"),
    "questions": times("Q: a?\nA: b\n"),
    "hidden parts": times("a {{c1::b}} "),
    "rows": lambda length: "|a|b|\n|-|-|\n" + numbered("|x{}|y|\n")(length),
    "headings": numbered("## h{}\n\ntext.\n\n"),
    "headings of one name": numbered("## h\n\ntext {}.\n\n"),
    "nested": lambda length: "".join("  " * (n % 40) + f"- a{n}: b\n" for n in range(length // 50)),
    "numbers": numbered("{}. a\n"),
    "callouts": times("> [!note] a\n> b\n\n"),
    "tabs": times("a\tb\n"),
    "bold": times("**a** "),
    "formulas": times("$a"),
    "tags": times("<a"),
    "links": times("[a]("),
    "brackets": times("（["),
    "stars": times("**"),
    "underscores": times("__a"),
    "letters and values": lambda length: "- **a** " + times("x：y - ")(length),
    "quotes": run("", ">", " a"),
    "backticks": times("`a``b"),
    "dollars": times("$a $$ "),
    "comments": times("<!--"),
    "blank lines": times("\n"),
    "numbers in a line": times("1、"),
    "escapes": times("\\("),
    "aliases": lambda length: "- **a（" + times("b,")(length) + "）**：c",
    "a wide table": lambda length: times("|")(length // 3) + "\n" + times("|-")(length * 2 // 3),
    "short definitions": times("a：b\n"),
    "counted paragraphs": numbered("({}) w\n\n"),
    "paragraphs that begin to count": times("(1) w\n\n"),
    "terms over their meaning": times("front:\nmeaning of it\n"),
    "rows without a first cell": lambda length: (
        "| a | b |\n|---|---|\n| x | y |\n" + times("| | z |\n")(length)
    ),
    "aspects of one item": lambda length: "- Name\n" + times("  - As\n    - x\n    - y\n")(length),
    "cards of another program": times("START\nBasic\nq\nBack: a\nEND\n\n"),
    "tagged lines": times("what is it #card\nan answer\n"),
    "numbered titles": lambda length: "## x\n\n" + times("### 1. a\n\nt\n\n")(length),
    "glosses": times("abandon v. 放弃\n"),
}
REFERENCES = {
    "sentences": numbered("Sentence {0} says that thing {0} is so. "),
    "one word": times("a"),
    "Chinese": times("模型把输入变成向量，然后相加。"),
    "numbers": numbered("{} "),
    "commas": times("a, "),
    "values": numbered("{} kg, "),
    "units": times("5 m/s "),
    "brackets": times("("),
    "spaces": run("a", " ", "b"),
}
SHORT, LONG = 8_000, 32_000


def seconds(what: Callable[[], object]) -> float:
    began = time.process_time()
    what()
    return time.process_time() - began


def grows_as(work: Callable[[str], object], shape: Callable[[int], str]) -> None:
    work(shape(SHORT // 4))  # what is read once, and kept
    short, long = shape(SHORT), shape(LONG)
    took = min(
        seconds(lambda: work(long)) for _time in range(3)
    )  # beside other programs one look may be slow
    assert took < 8 * seconds(lambda: work(short)) + 0.4


@pytest.mark.slow
@pytest.mark.parametrize("shape", (RUNS | LINES).values(), ids=RUNS | LINES)
def test_the_time_to_read_a_note(shape: Callable[[int], str]) -> None:
    grows_as(lambda text: read_note(text, "a.md"), shape)


@pytest.mark.slow
@pytest.mark.parametrize("shape", REFERENCES.values(), ids=REFERENCES)
def test_the_time_to_grade_by_a_note(shape: Callable[[int], str]) -> None:
    grader = TextGrader()
    answer = "an answer that says thing 3 is so, 5 kg"
    grows_as(lambda text: grader.grade(Question("What is X?", text, term="X"), answer), shape)
