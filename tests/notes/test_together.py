"""Entries of one list are cards, or offered, together."""

import pytest

from studyllm.notes import Lines, read_note
from studyllm.notes.candidates import candidates
from studyllm.notes.candidates.candidate import Page
from studyllm.notes.choice.together import levelled
from studyllm.notes.markdown.parse import parse
from studyllm.notes.outline import outline

LIST = "# Knots\n\n- bowline: a loop that holds\n- reef: joins two ropes\n- hitch: ties to a post\n"


def test_shares_near_one_another_become_their_mean() -> None:
    page = Page("knots.md", flashcards=False, genre=0.0)
    found = [one for one in candidates(page, outline(parse(LIST), "")) if one.form == "item plain colon"]
    assert len(found) == 3
    level = levelled(found, [0.4, 0.5, 0.6])
    assert level == pytest.approx([0.5, 0.5, 0.5])
    assert levelled(found, [0.1, 0.5, 0.6]) == [0.1, 0.5, 0.6]  # something tells them apart
    assert levelled(found[:2], [0.4, 0.6]) == [0.4, 0.6]


def test_a_language_model_that_doubts_one_of_a_list_a_little_doubts_none() -> None:
    lines = (0.0,) * 5
    doubt = Lines((0.0, 0.0, 0.0, 0.0, -0.4), lines, 0.1)
    fronts = {card.prompt for card in read_note(LIST, "knots.md", lines=doubt).cards}
    assert {"bowline", "reef", "hitch"} <= fronts
