"""What counts as known to the reader of a note: cards that are there already."""

from studyllm.notes import read_note
from studyllm.notes.choice.known import Known, by_note

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


def test_a_card_whose_title_was_renamed_is_one_card() -> None:
    text = (
        "# 电窑（EK）\n\n**EK 是用电热丝加热的陶瓷窑炉。**\n\n- **特点**：\n  - 温度均匀；\n  - 容易控制；\n"
    )
    known = Known.of([(card.term, card.answer) for card in read_note(text, "k.md").cards])
    again = read_note(text.replace("# 电窑", "# 再谈电窑"), "k.md", known=known)
    assert {card.term for card in again.cards} == {"再谈电窑", "再谈电窑的特点"}
