"""Lines that hold more than one thing, and what belongs to the name of a thing."""

from studyllm.notes import read_note


def _cards(text: str) -> dict[str, str]:
    return {card.term: card.answer for card in read_note(text, "notes.md").cards}


def test_pairs_beside_one_another_are_told_apart_at_a_comma_and_at_a_full_stop() -> None:
    text = "# Needles\n\nnm70 = 0.7 mm, nm75 = 0.75 mm, nm90 = 0.9 mm\n\n"
    found = _cards(
        f"{text}Sharp = for woven cloth, any weight. Ballpoint = for knits, stretches no thread.\n"
    )
    assert found["nm75"] == "0.75 mm"
    assert found["Sharp"] == "for woven cloth, any weight"
    assert found["Ballpoint"].startswith("for knits")


def test_brackets_within_a_name_are_part_of_it() -> None:
    found = _cards(
        "# Cells\n\n- V(D)J joining: gene segments are put together anew\n- poly(A) tail: adenines at the end\n"
    )
    assert {"V(D)J joining", "poly(A) tail"} <= found.keys()


def test_how_a_stem_changes_stays_with_the_verb() -> None:
    text = (
        "# Verbs\n\ncontar (o>ue) = to count\nservir (e>i) = to serve\nlavar = to wash\nllegar = to arrive\n"
    )
    called = {card.term: card.aliases for card in read_note(text, "notes.md").cards}
    assert called["contar (o>ue)"] == ("contar",)
    assert "lavar" in called


def test_a_rule_ends_the_answer_of_a_bold_question() -> None:
    text = "**Why is bread scored?**\n\nSo that it opens where it should.\n\n---\n\n"
    text += "1) Name two flours.\n   rye, wheat\n"
    assert _cards(text)["Why is bread scored?"] == "So that it opens where it should."
