"""The deck that ships with the program, in a clone or beside an installed package."""

import sysconfig
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def sample_deck(root: Path = _ROOT, data: Path | None = None) -> Path | None:
    """Its deck file, `../notes` beside it; None when it was not installed."""
    installed = (data or Path(sysconfig.get_path("data"))) / "share" / "studyllm"
    for folder in (root, installed):
        path = folder / "decks" / "studyllm.toml"
        if path.is_file() and (folder / "notes").is_dir():
            return path
    return None
