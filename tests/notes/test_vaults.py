"""Notes of vaults: fields and links, hidden parts with a tag, a definition and what else is labelled beside it."""

from studyllm.cards import Kind
from studyllm.notes import read_note
from tests.notes.reading import cards_of

FLASHCARDS = "---\ntags: [flashcards/sea]\n---\n# Sea\n\n"


def test_a_field_that_only_leads_to_other_notes_is_no_card() -> None:
    text = FLASHCARDS + "up:: [[Cards/Waves\\|Waves]], [[Tides]]\n\nebb::the falling tide\n"
    assert cards_of(text) == [("ebb", "the falling tide")]


def test_empty_fields_and_those_of_links_are_no_text() -> None:
    text = "# Ebb\n\n**Ebb**: the falling tide\n\nParent::\nChild:: [[Neap]], [[Spring]]\nNext:: [[Flood]]\n"
    note = read_note(text, "Ebb.md")
    assert [card.answer for card in (*note.cards, *(offer.card for offer in note.offers))] == [
        "the falling tide"
    ]


def test_a_question_may_hold_links_and_code() -> None:
    text = (
        FLASHCARDS
        + "What pulls at the [[Tides\\|tide]]?;;[[Moon]]\n\nWhat does `ls -a` show? :: hidden files too\n"
    )
    assert dict(cards_of(text)) == {
        "What pulls at the tide?": "Moon",
        "What does `ls -a` show?": "hidden files too",
    }


def test_a_line_with_a_hidden_part_and_a_tag_is_one_card() -> None:
    text = "# Sea\n\nThe ==ebb== is the falling tide. #flashcards\n\nflood::the rising tide\n"
    assert cards_of(text) == [("The […] is the falling tide.", "ebb"), ("flood", "the rising tide")]


def test_what_stands_beside_a_definition_tells_of_the_same_thing() -> None:
    ballast = "- 压舱\n  - 定义：在船底放重物，让船更稳\n  - 代价：装的货更少\n"
    text = f"# 船\n\n{ballast}- 满载线\n  - 定义：船身上最深的吃水线\n"
    note = read_note(text, "n.md")
    cards = {card.term: card for card in (*note.cards, *(offer.card for offer in note.offers))}
    assert cards["压舱"].kind is Kind.TERM
    assert len(cards["压舱"].points) == 2
    assert "代价" not in cards


def test_the_definition_of_a_thing_is_asked_by_its_name() -> None:
    text = "# Sea\n\n## Ebb\n\n> [!Definition] Definition\n> The falling tide between high and low water.\n"
    assert ("Ebb", "The falling tide between high and low water.") in cards_of(text)


def test_what_is_marked_in_colour_is_a_front_as_bold_is() -> None:
    mark = '<mark style="background: #ABF7F7A6;">{}</mark>'
    jib, boom = mark.format("Jib"), mark.format("Boom")
    text = f"# Sails\n\n- {jib}: the sail before the mast\n- **{boom}** - holds the main sail\n"
    assert cards_of(text) == [("Jib", "the sail before the mast"), ("Boom", "holds the main sail")]


def test_the_answer_to_a_question_ends_where_other_entries_begin() -> None:
    first = "### Why is there a tide?\nBecause the moon pulls at the water.\n\n"
    text = f"# Sea\n\n{first}Q: What is an ebb?\nA: The falling tide.\n\n**Flood**: the rising tide\n"
    assert dict(cards_of(text))["Why is there a tide?"] == "Because the moon pulls at the water."
    text = f"# Sea\n\n{first}**Flood**: the rising tide\n\n**Neap**: the lowest tide\n"
    assert dict(cards_of(text))["Why is there a tide?"] == "Because the moon pulls at the water."
