"""A passage is the section that a line stands in, and never too long."""

from hypothesis import given, settings
from hypothesis import strategies as st

from studyllm.notes.passage import LONGEST, passage

NOTE = "intro\n\n# One\n\nfirst\n\n```\n# no heading\n```\nafter the code\n\n## Two\n\nsecond\n"


def test_a_passage_goes_from_heading_to_heading() -> None:
    assert passage(NOTE, 5) == "# One\n\nfirst\n\n```\n# no heading\n```\nafter the code"
    assert passage(NOTE, 14) == "## Two\n\nsecond"
    assert passage(NOTE, 1) == "intro"


def test_a_long_section_is_cut_round_the_line() -> None:
    note = "\n".join(f"line {i} " + "x" * 40 for i in range(400))
    found = passage(note, 200)
    assert "line 199 " in found
    assert len(found) < 2 * LONGEST


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(-5, 500))
def test_any_text_and_line_give_a_passage(text: str, line: int) -> None:
    assert len(passage(text, line)) <= 2 * LONGEST
