"""The theme: that of the settings, until another one is chosen in the app; and themes of the learner's own."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from studyllm.config import Settings
from studyllm.i18n import _, listed

_FALLBACK = "textual-dark"
_COLOURS = (
    "primary",
    "secondary",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "boost",
    "success",
    "warning",
    "error",
)


@dataclass(frozen=True, slots=True)
class Own:
    """The themes of the settings, as far as they can be had."""

    themes: tuple[Theme, ...]
    problems: tuple[str, ...]
    """A sentence each."""


def own(settings: Settings) -> Own:
    """The learner's own themes; a colour that is none is said, and the theme does without it."""
    made: list[Theme] = []
    problems: list[str] = []
    for name, given in settings.themes.items():
        wrong = {field: said for field, value in given.items() if (said := _wrong(name, field, value))}
        problems += wrong.values()
        fits: dict[str, Any] = {field: value for field, value in given.items() if field not in wrong}
        if "primary" in fits:
            made.append(Theme(name, **fits))
        elif "primary" not in given:
            problems.append(_("[themes.{name}] needs `primary`, its first colour.").format(name=name))
    if settings.theme not in {*BUILTIN_THEMES, *settings.themes}:
        told = _("There is no theme {name!r}; Ctrl+P, Theme lists them.")
        problems.append(told.format(name=settings.theme))
    return Own(tuple(made), tuple(problems))


def _wrong(theme: str, field: str, value: Any) -> str:
    """Why a theme cannot have that; empty when it can."""
    if field == "dark":
        said = _("[themes.{theme}]: `dark` is true or false.")
        return "" if isinstance(value, bool) else said.format(theme=theme)
    if field not in _COLOURS:
        said = _("[themes.{theme}]: there is no {field!r}; known are {known}.")
        return said.format(theme=theme, field=field, known=listed((*_COLOURS, "dark")))
    try:
        if not isinstance(value, str) or value.strip().startswith(("auto", "ansi")):
            raise ColorParseError("")
        Color.parse(value)
    except ColorParseError:
        said = _('[themes.{theme}]: `{field}` is a colour like "#88c0d0" or "teal", not {value!r}.')
        return said.format(theme=theme, field=field, value=value)
    return ""


def chosen(settings: Settings, available: Collection[str]) -> str:
    """The theme to begin with; what was chosen in the app counts until the settings name another one."""
    try:
        kept = json.loads(_file(settings).read_text("utf-8"))
        theme = kept["theme"] if kept["instead_of"] == settings.theme else settings.theme
    except (OSError, ValueError, KeyError, TypeError):
        theme = settings.theme
    return next((name for name in (theme, settings.theme) if name in available), _FALLBACK)


def keep(settings: Settings, theme: str) -> None:
    """Begins with that theme from now on. A home that cannot be written to forgets it: that is no reason to stop."""
    path = _file(settings)
    new = path.with_suffix(".new")
    try:
        new.write_text(json.dumps({"theme": theme, "instead_of": settings.theme}), "utf-8")
        new.replace(path)
    except OSError:
        return


def _file(settings: Settings) -> Path:
    return settings.home / "theme.json"
