"""What counts as known to the reader of a note: cards that are there already."""

from studyllm.notes.known import by_note

THERE = {"a.md", "b.md"}
CARDS = [
    ("部位", "胞液", "a.md"),
    ("糖酵解", "葡萄糖分解成乳酸的过程", "a.md"),
    ("化生", "一种分化成熟的细胞转化为另一种", "moved.md"),
]


def test_a_card_of_one_note_is_none_in_another() -> None:
    known = by_note(CARDS, THERE.__contains__)
    assert known("a.md").terms.get("部位") == 1
    assert known("b.md").terms.get("部位") is None
    assert known("b.md").whole == known("a.md").whole, "what agrees in every word is known anywhere"


def test_a_card_of_a_note_that_is_not_there_may_stand_in_any() -> None:
    known = by_note(CARDS, THERE.__contains__)
    assert known("a.md").terms.get("化生") == known("b.md").terms.get("化生") == 1


def test_cards_of_one_term_are_counted() -> None:
    known = by_note([*CARDS, ("化生", "另一种说法", "a.md")], THERE.__contains__)
    assert known("a.md").terms.get("化生") == 2
    assert known("b.md").terms.get("化生") == 1
