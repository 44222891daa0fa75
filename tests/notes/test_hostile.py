"""Any text is a note: nothing is raised, and time stays in proportion to the text."""

import time

import pytest
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


HOSTILE = {
    "stars": "**" * 5000,
    "one long line": "- **a** " + "x：y - " * 5000,
    "deep quotes": ">" * 10000 + " a",
    "deep list": "".join("  " * n + "- a\n" for n in range(400)),
    "many lines": "a：b\n" * 20000,
    "brackets": "（" * 15000 + "[" * 15000,
    "backticks": "`a``b" * 6000,
    "dollars": "$a $$ " * 5000,
    "comments": "<!--" * 8000,
    "blank lines": "\n" * 60000,
    "links": "[a](" * 8000,
    "numbers": "1、" * 10000 + "x",
    "escapes": "\\(" * 15000,
    "aliases": "- **a（" + "b," * 9000 + "）**：c",
    "underscores": "__a" * 10000,
    "headings": "# a\n\nb\n\n" * 5000,
    "definitions": "a\n: b\n\n" * 5000,
    "wide table": "|" * 20000 + "\n" + "|-" * 20000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_seconds(name: str) -> None:
    start = time.perf_counter()
    read_note(HOSTILE[name], "a.md")
    assert time.perf_counter() - start < 8
