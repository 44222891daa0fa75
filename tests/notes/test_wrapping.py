"""What is joined as wrapped prose, and what is not though its lines are as long."""

from studyllm.notes import read_note

WIDE = (
    "The first of these lines of prose is as long as the others are, and it goes\n"
    "on to the next one in the middle of what it says, as lines that somebody has\n"
    "wrapped by hand do; the third one is no different from the two that come up\n"
    "before it.\n\n"
)


def _cards(text: str) -> dict[str, str]:
    return {card.term: card.answer for card in read_note(f"# Notes\n\n{WIDE}{text}", "notes.md").cards}


def test_pairs_as_long_as_a_line_stay_apart() -> None:
    found = _cards(
        "quarrying :: taking blocks of stone out of the ground for a house or a bridge\n"
        "dressing :: cutting the faces of a block so that it lies close to the others\n"
        "coursing :: laying blocks\n"
    )
    assert found.keys() >= {"quarrying", "dressing", "coursing"}


def test_a_marked_card_and_a_question_end_where_their_lines_do() -> None:
    found = _cards("Why is a block of stone laid as it lay in the ground that it comes of #card\nIt lasts.\n")
    assert "It lasts." in found.values()
    asked = "Pourquoi pose-t-on une pierre dans le sens où elle était dans la carrière ?"
    assert _cards(f"{asked}\nElle s'use moins.\n")[asked] == "Elle s'use moins."


def test_entries_as_long_as_a_line_stay_apart() -> None:
    found = _cards(
        "early quarries: open pits from which blocks were levered by wedges of wood\n"
        "later quarries: galleries under ground, cut by wires and by machines of iron\n"
    )
    assert "wires" not in found.get("early quarries", "")


def test_headings_that_are_bullets_take_no_text_from_the_margin() -> None:
    text = "- # Slate\n  - **bed**: a layer of it\n\nText of its own stands after it.\n"
    found = {card.term: card.answer for card in read_note(text, "notes.md").cards}
    assert not any("Text of its own" in answer for answer in found.values())


def test_a_box_that_defines_an_answer_keeps_its_term() -> None:
    text = "# Chemie\n\n> [!definition] Lösung\n> Ein Gemisch aus mindestens zwei Stoffen.\n"
    assert read_note(text, "notes.md").cards[0].term == "Lösung"


def test_an_answer_says_the_lines_that_it_stands_in() -> None:
    text = "## Why is slate split and not sawn?\n\n> [!note]- Answer\n> It parts along its layers.\n"
    (card,) = read_note(text, "notes.md").cards
    assert (card.source.line, card.source.end_line) == (1, 4)


def test_a_folded_answer_is_whole_though_it_is_made_of_entries() -> None:
    text = '## Why is slate used for roofs?\n\n??? note "Answer"\n    **Weight**: thin slabs are light.\n\n'
    text += "    **Frost**: it takes up no water.\n"
    answer = next(
        card.answer for card in read_note(text, "notes.md").cards if card.term.startswith("Why is slate")
    )
    assert "thin slabs are light" in answer
    assert "takes up no water" in answer
