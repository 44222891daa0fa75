"""What a learner makes a card of by hand."""

import pytest

from studyllm.notes import opened_by


@pytest.mark.parametrize(
    ("line", "front"),
    [
        ("How many frames has a hive? ten", "How many frames has a hive?"),
        ("蜂王住哪里？巢脾上", "蜂王住哪里？"),
        ("propolis: resin that seals gaps", "propolis"),
        ("the bees came back late", ""),
        ("Who came?", ""),
        ("- Q: Where is wax made? in glands", "Where is wax made?"),
        ("see https://bees.example/x?y=1 for more", ""),
    ],
)
def test_a_front_is_suggested_by_what_a_line_opens_with(line: str, front: str) -> None:
    assert opened_by(line) == front
