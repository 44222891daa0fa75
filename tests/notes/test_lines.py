"""Lines that stand below one another without a blank line: which are apart, and that no line is lost or moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyllm.notes.markdown.lines import separated

PIECES = [
    "a",
    "Term: meaning",
    "- item",
    "  more",
    "1、一",
    "2、二",
    "(a) x",
    "(b) y",
    "| a | b |",
    "|--|--|",
    "```",
    "# H",
    "",
    "> q",
    "·x",
    "字",
]


def _apart(text: str) -> list[list[str]]:
    return [part.split("\n") for part in separated(text)[0].split("\n\n")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Keel: below\nStern: behind", 2),
        ("- one\n- two\nStern: behind", 2),
        ("a line that ends with a comma,\nand goes on", 1),
        ("**Keel:** runs along the bottom.\nIt keeps the boat upright.", 1),
        ("Keel\n: runs along the bottom\nand keeps it upright", 1),
        ("| a | b |\n|---|---|\n| c | d |\nBelow the table", 2),
        ("```\nKeel: below\nStern: behind\n```", 1),
        ("Q: What is a keel?\nA: The lowest part.\nIt is heavy.", 1),
        (
            "The keel of a ship is the lowest part of it and it runs from the bow to the\n"
            "stern. Without one a ship would drift sideways, since nothing else holds it\n"
            "Against the wind there is no other help.",
            1,
        ),
    ],
)
def test_what_is_apart(text: str, parts: int) -> None:
    assert len(_apart(text)) == parts


@pytest.mark.parametrize(
    "marks", ["1、 2、 3、", "① ② ③", "(i) (ii) (iii)", "a) b) c)", "Step 1. Step 2. Step 3."]
)
def test_other_numbers_become_those_of_a_list(marks: str) -> None:
    marks = marks.replace("Step ", "Step_")
    text = "\n".join(f"{mark.replace('_', ' ')} thing" for mark in marks.split(" "))
    assert separated(text)[0] == "1. thing\n2. thing\n3. thing"


def test_a_number_alone_is_left_as_it_is() -> None:
    assert separated("1、一\nsomething")[0].startswith("1、一")


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_every_line_stays_in_its_order_and_knows_where_it_was(lines: list[str]) -> None:
    text = "\n".join(lines)
    new, where = separated(text)
    spaced = new.split("\n")
    assert len(spaced) == len(where)
    assert list(where) == sorted(where)
    kept = {number: line for line, number in zip(spaced, where, strict=True) if line}
    for number, line in enumerate(text.split("\n"), 1):
        if line:
            assert line.split()[-1][-1] == kept[number].split()[-1][-1]
