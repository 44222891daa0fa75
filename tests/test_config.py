"""Settings that are neither a number nor a name."""

from pathlib import Path

import pytest

from studyllm.config import load
from studyllm.errors import InputError


@pytest.mark.parametrize(
    ("told", "plain"), [("true", True), ("1", True), ("True", True), ("false", False), ("0", False)]
)
def test_plain_is_true_or_false(home: Path, told: str, plain: bool) -> None:
    assert load(home, {"STUDYLLM_PLAIN": told}).plain is plain


def test_plain_and_motion_in_the_file(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('plain = true\nmotion = "off"\n')
    assert (load(home, {}).plain, load(home, {}).motion) == (True, "off")
    (home / "config.toml").write_text("motion = false\n")
    assert (load(home, {}).plain, load(home, {}).motion) == (False, "off")


@pytest.mark.parametrize(("name", "told"), [("PLAIN", "perhaps"), ("MOTION", "fast")])
def test_what_cannot_be_understood_is_said(home: Path, name: str, told: str) -> None:
    with pytest.raises(InputError, match=f"The setting {name.lower()} is .* not '{told}'"):
        load(home, {f"STUDYLLM_{name}": told})
