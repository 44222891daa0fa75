"""The theme: that of the settings, until another one is chosen in the app."""

import json
from collections.abc import Collection
from pathlib import Path

from studyllm.config import Settings

_FALLBACK = "textual-dark"


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
