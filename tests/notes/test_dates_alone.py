"""Texts that are a date and no more."""

import pytest

from studyllm.notes.words.dates import is_date


@pytest.mark.parametrize(
    "text",
    [
        "**1066**",
        "circa 1200",
        "c. 800 BCE",
        "1920s",
        "1803-15",
        "1911年10月10日",
        "约1600年",
        "9 May 1950",
        "2001-04-30",
    ],
)
def test_a_date_is_one(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize("text", ["12", "1066 battle", "route 1200", "1911年的革命", "May", "3.14"])
def test_another_number_or_more_words_are_none(text: str) -> None:
    assert not is_date(text)
