"""Settings that are tables of `config.toml`: keys and themes of the learner's own."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from studyllm.errors import InputError
from studyllm.i18n import _


def _keys(value: Any) -> Mapping[str, str]:
    """Keys by name, written as `review.undo = "ctrl+z"` (a table in a table), or with the name in quotes."""
    found: dict[str, str] = {}
    for name, given in _flat(value, "") if isinstance(value, dict) else [("", value)]:
        keys = given if isinstance(given, list) else [given]
        texts = [key for key in keys if isinstance(key, str)]
        if len(texts) < len(keys):
            raise InputError(_('[keys] takes a key for each name, as in: review.undo = "ctrl+z".'))
        found[name] = ",".join(texts)
    return found


def _flat(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _themes(value: Any) -> Mapping[str, Mapping[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(theme, dict) for theme in value.values()):
        raise InputError(_("A theme of your own is a table of colours, as in [themes.NAME]."))
    return value


TABLES: Mapping[str, Callable[[Any], Any]] = {"keys": _keys, "themes": _themes}
"""What each is read by; raises InputError."""
