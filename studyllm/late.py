"""Modules that are imported when something of them is first asked for, so that a command waits for what it uses."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


class Late:
    """One such module, by its whole name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


def names_of(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package: its names by the modules that they are in, with spaces between them."""
    found = {name: f"{package}.{home}" for home, names in homes.items() for name in names.split()}

    def late(name: str) -> Any:
        if name not in found:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(found[name]), name)

    return late
