"""Homes beside the one of the test, and what stands first in one."""

from pathlib import Path

from studyllm.store import Store, StudyCard
from tests.cli.shell import run


def elsewhere(home: Path, *args: str, ok: bool | None = True) -> str:
    """A command in another home, whose cards are in a file of its own."""
    return run("--home", str(home), *args, ok=ok, env={"STUDYLLM_DATABASE": str(home / "study.db")})


def first(store: Store, deck: str | None = None) -> StudyCard:
    """The first card, of a deck or of all."""
    found, *_others = store.cards(deck)
    return found
