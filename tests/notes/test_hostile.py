"""Any text is a note: nothing is raised. How time grows: `tests/hostile/test_growth.py`."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyllm.notes import Note, read_note
from tests.notes.hostile import PIECES


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
def test_any_text_is_a_note(text: str) -> None:
    check(read_note(text, "a.md"), text)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_markdown_is_a_note(text: str) -> None:
    check(read_note(text, "a.md"), text)


def check(note: Note, text: str) -> None:
    last = text.count("\n") + text.count("\r") + 1
    prompts = [card.prompt for card in note.cards]
    assert len(prompts) == len(set(prompts))
    for card in note.cards:
        assert card.term.strip()
        assert card.prompt.strip()
        assert any(char.isalnum() for char in card.answer)
        assert 1 <= card.source.line <= card.source.end_line <= last
        assert not any(char in card.prompt + card.answer for char in "\x1b\x00\r\u200b")
