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


def test_french_marks_of_questions_have_a_blank_before_the_colon() -> None:
    found = _cards(
        "## FAQ\n\n### Q1 : Pourquoi sale-t-on le pain ?\n\nR1 : Le sel raffermit la pâte et relève le goût.\n"
    )
    assert found["Pourquoi sale-t-on le pain ?"].startswith("Le sel")


def test_a_meaning_behind_a_bullet_and_a_colon() -> None:
    found = _cards(
        "## Boats\n\n- Freeboard\n  - : The height of the hull above the water.\n- Draught\n  - : Its depth below.\n"
    )
    assert found["Freeboard"] == "The height of the hull above the water."


def test_words_under_their_class_are_asked_one_by_one() -> None:
    text = (
        "# Unidad 3\n\n**Sustantivos**\n\n- la aguja = the needle\n- el hilo = the thread\n\n**Verbos**\n\n"
    )
    found = _cards(f"{text}- coser = to sew\n- cortar = to cut\n")
    assert found.keys() == {"la aguja", "el hilo", "coser", "cortar"}


def test_a_bold_term_that_a_later_sentence_defines_is_a_card() -> None:
    text = "## 3.1 Curing\n\nHides are salted first. **Tannin** is a bitter substance of bark that keeps leather.\n"
    assert _cards(text)["Tannin"].startswith("Tannin is a bitter substance")
