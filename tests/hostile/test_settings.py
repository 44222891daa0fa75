"""Whatever stands in settings and deck files is one sentence that names the file, or is taken as it is."""

from pathlib import Path

import pytest

from studyllm.config import load, load_deck
from studyllm.errors import InputError

HOSTILE = {
    "a folder as a time zone": 'time_zone = "Europe"',
    "a path as a time zone": 'time_zone = "../../etc/passwd"',
    "lists without end": "threads = " + "[" * 5000 + "]" * 5000,
    "a number of 5,000 digits": f"threads = {'9' * 5000}",
    "a negative one": f"rollover = -{'9' * 5000}",
    "no number": "threads = nan",
    "a table": "[threads]",
    "a key with controls": '"a\\u001b]0;x\\u0007" = 1',
    "a time of day": "rollover = 04:00:00",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_setting_that_is_none_is_one_sentence(home: Path, text: str) -> None:
    home.mkdir()
    (home / "config.toml").write_text(text)
    with pytest.raises(InputError) as raised:
        load(home)
    assert len(str(raised.value)) < 6000
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("zone", ["Europe", "../..", "a" * 5000, "\x1b[31m", "Asia/Shanghai/x"])
def test_the_zone_of_the_machine_may_be_nonsense(
    home: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    assert load(home).day.zone


DECKS = {
    "an empty pattern": 'notes = ["."]\nexclude = [""]',
    "a pattern of nothing": 'notes = ["."]\nexclude = ["/*"]',
    "links in a circle": 'notes = ["circle"]',
    "lists without end": "notes = " + "[" * 5000 + "]" * 5000,
    "a number of 5,000 digits": f'notes = ["."]\nnew_per_day = {"9" * 5000}',
}


@pytest.mark.parametrize("text", DECKS.values(), ids=DECKS)
def test_a_deck_that_is_none_is_one_sentence_with_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "circle").symlink_to("circle")
    file = tmp_path / "deck.toml"
    file.write_text(text)
    with pytest.raises(InputError, match=r"deck\.toml"):
        load_deck(file)
