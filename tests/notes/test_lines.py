"""What a language model made of the lines of a note, beside the form of its candidates."""

import math

from studyllm.cards import Kind
from studyllm.choices import Choice, Choices
from studyllm.notes import Lines, Note, read_note

NOTE = """# Beekeeping

- Smoker: calms the bees
- Nuc: a small colony for sale
- Propolis: resin that seals gaps
- Saturday: meet Anna at six

Q: What is a drone?
A: a male bee

Maybe the hive tool too, a lever that parts frames.
"""
COUNT = NOTE.count("\n") + 1


def lines(doubtful: int = 0, odds: float = -9.0) -> Lines:
    """Nothing but one line, counted from 1, says anything."""
    return Lines(tuple(odds if n == doubtful - 1 else 0.0 for n in range(COUNT)), (0.0,) * COUNT, 1.0)


def fronts(note: Note) -> list[str]:
    return [card.term for card in note.cards]


def test_a_card_that_is_doubted_is_offered() -> None:
    before, after = read_note(NOTE, "a.md"), read_note(NOTE, "a.md", lines=lines(6))
    assert "Saturday" in fronts(before)
    assert fronts(after) == [front for front in fronts(before) if front != "Saturday"]
    (offer,) = [one for one in after.offers if one.card.term == "Saturday"]
    assert offer.reason == "the language model has read the note and doubts that it is a card"


def test_an_offer_that_is_sure_is_made() -> None:
    text = "Tuesday, hall 3\n\nSo she began late. Robbing is when bees of another hive steal honey.\n\nHome at nine.\n"
    (offer,) = [one.card for one in read_note(text, "a.md").offers if "Robbing" in one.card.term]
    marks = tuple(9.0 if n == offer.source.line - 1 else 0.0 for n in range(8))
    assert offer.term in fronts(read_note(text, "a.md", lines=Lines(marks, (0.0,) * 8, 1.0)))


def test_what_an_author_marked_or_a_learner_chose_stays() -> None:
    assert "drone" in fronts(read_note(NOTE, "a.md", lines=lines(8)))
    form = next(card.rule for card in read_note(NOTE, "a.md").cards if card.term == "Saturday")
    chosen = Choices((Choice(True, form=form, front="Saturday"),))
    assert "Saturday" in fronts(read_note(NOTE, "a.md", choices=chosen, lines=lines(6)))


def test_lines_of_another_text_do_no_harm() -> None:
    before = fronts(read_note(NOTE, "a.md"))
    unread = (math.nan,) * COUNT
    for known in (Lines((), (), 1.0), Lines((-9.0,), (-9.0,), 1.0), Lines(unread, unread, 1.0)):
        assert fronts(read_note(NOTE, "a.md", lines=known)) == before
    assert {card.kind for card in read_note(NOTE, "a.md", lines=lines()).cards} == {Kind.TERM}
