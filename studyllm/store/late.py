"""Modules that are imported when something of them is first asked for: those that know SQLAlchemy, which costs as much
as all else that a command does."""

from importlib import import_module
from typing import Any


class Late:
    """One such module, by its name within this package."""

    def __init__(self, name: str) -> None:
        self._name = f"studyllm.store.{name}"

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
