"""The same note written another way gives the same cards."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studyllm.notes import read_note
from studyllm.text import key

FIXTURES = sorted(Path(__file__).with_name("fixtures").glob("*.md"))
_FENCE = re.compile(r"\s*(?:[-*+] )?(?:```|~~~|\$\$)")


def _lines(pattern: str, by: str, unless: str = "`$|<{%=") -> Callable[[str], str]:
    """A change of each line of text, but of those that have one of some signs."""

    def changed(text: str) -> str:
        return "\n".join(
            line if code or any(sign in line for sign in unless) else re.sub(pattern, by, line)
            for line, code in _with_code(text)
        )

    return changed


def _with_code(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of a text, and whether each is code, a formula, or front matter."""
    code, front = False, text.startswith("---\n")
    for number, line in enumerate(text.split("\n")):
        if front:
            front = number == 0 or line != "---"
            yield line, True
        else:
            fence = _FENCE.match(line) is not None
            code ^= fence
            yield line, code or fence


WAYS: dict[str, Callable[[str], str]] = {
    "another end of lines": lambda text: text.replace("\n", "\r\n"),
    "other bullets": _lines(r"^(\s*)- (?=\S)", r"\1* ", unless=""),
    "brackets behind numbers": _lines(r"^(\s*)(\d{1,2})\. (?=\S)", r"\1\2) ", unless=""),
    "closed headings": _lines(r"^(#{1,4}) (.*[^\s#])$", r"\1 \2 \1", "`$|<{%#" if False else "`$|<{%"),
    "emoji before headings": _lines(r"^(#{1,4}) (?=[^\s*])", r"\1 📎 "),
    "bold headings": _lines(r"^(#{1,4}) ([^*#\[\]]+)$", r"\1 **\2**"),
    "bold in HTML": _lines(r"\*\*([^*\n]+)\*\*", r"<b>\1</b>"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("note", FIXTURES, ids=lambda path: path.stem)
def test_a_note_gives_the_cards_that_it_gives_written_another_way(note: Path, way: str) -> None:
    text = note.read_text("utf-8")
    assert _cards(WAYS[way](text), note.name) == _cards(text, note.name)


def _cards(text: str, name: str) -> set[tuple[str, str]]:
    return {(key(card.prompt), key(card.answer)) for card in read_note(text, name).cards}
