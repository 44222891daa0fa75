"""A card put away, or something taken back, that could not be saved: the card stays, with what was typed."""

from pathlib import Path
from unittest.mock import patch

import pytest

from studyllm.errors import InputError
from studyllm.review.session import ReviewSession
from studyllm.store import Store
from studyllm.tui.review.edits import edit_note
from studyllm.tui.review.stopwatch import Stopwatch
from studyllm.tui.widgets.answer import AnswerArea
from tests.conftest import fill
from tests.tui.app import SlowGrader, opened, press
from tests.tui.review.state import review


@pytest.mark.parametrize(("key", "what"), [("f4", "suspend"), ("f5", "bury"), ("f2", "undo")])
async def test_what_fails_leaves_the_card_and_its_answer(
    home: Path, store: Store, grader: SlowGrader, key: str, what: str
) -> None:
    fill(store, "volt", "ampere")
    async with opened(home, grader) as pilot:
        card = review(pilot).card
        await press(pilot, *"sum")
        with patch.object(ReviewSession, what, side_effect=OSError("full")):
            await press(pilot, key)
        assert review(pilot).stage == "asking"
        assert review(pilot).card == card
        assert review(pilot).query_one(AnswerArea).text == "sum"


async def test_a_note_whose_deck_was_deleted_meanwhile_is_said(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "volt", deck="units")
    async with opened(home, grader) as pilot:
        screen = review(pilot)
        card = screen.card
        assert card is not None
        with (
            patch("studyllm.tui.review.edits.open_at"),
            patch.object(screen.study.store, "decks", return_value=()),
            pytest.raises(InputError, match="renamed or deleted meanwhile"),
        ):
            await edit_note(pilot.app, screen.study, card, Stopwatch())
