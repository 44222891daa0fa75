"""What is neither a card nor an offer is told of, with the reason."""

import re

from studyllm.choices import NONE, Choice, Choices
from studyllm.notes import MAX_SKIPPED, read_note
from studyllm.notes.reasons import LEFT

NOTE = """# Harbour

- **Mole**: a wall of stones that breaks the waves
- **Berth**: the place at a quay where a ship lies
- ask the harbour master on friday

It rained all morning and we waited in the café.

![plan](harbour.png)

```
depth = 12
```
"""


def told(text: str, choices: Choices = NONE) -> dict[int, str]:
    return {one.line: one.reason for one in read_note(text, "harbour.md", choices=choices).skipped}


def test_every_text_that_is_left_has_its_reason_and_a_picture_has_none() -> None:
    assert told(NOTE) == {
        5: "probably no card: hardly any other line of the note is written like it, so it may be no entry",
        7: "no term or question stands out; bold or “term: meaning” would show one",
        11: "no cards are made of code",
    }


def test_what_the_learner_made_of_a_text_is_left_no_more() -> None:
    text = "It rained all morning and we waited in the café."
    choices = Choices((Choice(True, "harbour.md", front="What was the weather like?", text=text.casefold()),))
    assert 7 not in told(NOTE, choices)


def test_a_card_that_was_left_out_is_offered_once() -> None:
    text = "# 渔港 复习\n\n[TOC]\n\n老师说过要考渔港的作用。\n"
    text += "\n## 防波堤\n\n- **石堤**：挡住海浪的石墙\n- **泊位**：船停靠的地方\n"
    for front in ("渔港 复习", "石堤"):
        choices = Choices((Choice(False, "harbour.md", front=front),))
        note = read_note(text, "harbour.md", choices=choices)
        assert [one.card.term for one in note.offers if one.reason == LEFT] == [front]


def test_a_document_says_what_it_reads_like() -> None:
    text = "# Minutes 3 March\n\nAttendees: Ann, Bo\n\n## Agenda\n\n- Budget: Ann reports\n- Roof: Bo asks\n"
    reasons = set(told(text).values())
    assert reasons == {
        "probably no card: the note reads like a project's paper, an essay or minutes, which are seldom learnt"
    }


def test_of_very_many_the_rest_is_counted() -> None:
    text = "# Log\n\n" + "\n\n".join(
        f"We went on, day {n}, and saw nothing." for n in range(MAX_SKIPPED + 40)
    )
    found = read_note(text, "log.md").skipped
    assert len(found) == MAX_SKIPPED + 1
    assert re.fullmatch(r"and \d\d more like these", found[-1].reason)
