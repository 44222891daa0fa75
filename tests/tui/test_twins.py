"""The import screen where another deck has a card of a note word for word, and where there is nothing to import."""

from pathlib import Path

from studyllm.cards import Card, Deck, Kind, Source
from studyllm.store import Changes, Store
from tests.conftest import NOW
from tests.tui.app import SlowGrader, opened, press, settle, shown
from tests.tui.test_importing import NOTE, made, named


async def test_a_card_that_another_deck_has_is_taken_on_request(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    term, answer = "电阻", "导体对电流的阻碍作用。"
    twin = Card(Kind.TERM, term, answer, Source(str(tmp_path / "a.csv"), 0, 0), prompt=term)
    store.apply(Deck("别的"), Changes(added=(twin,)), NOW)
    folder = made(tmp_path / "notes", NOTE)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await settle(pilot)
        assert "1 added;" in shown(pilot, "#summary")
        assert "1 card is left out: another deck has it word for word" in shown(pilot, "#summary")
        await press(pilot, "j")
        assert "1 added, 1 moved" in shown(pilot, "#summary")
        await press(pilot, "ctrl+s")
    assert [(card.deck, card.card.term) for card in store.cards()] == [("notes", "电阻"), ("notes", "电容")]


async def test_no_deck_is_made_of_nothing(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", "# 空\n")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await settle(pilot)
        await press(pilot, "ctrl+s")
    assert not store.decks()
