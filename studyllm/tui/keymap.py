"""Keys that a learner chose: every binding has a name, `[keys]` of config.toml gives names other keys.

A name is that of the screen and of what the key does: `review.undo`. It follows from where the binding is written, so
that no screen has to think of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.keys import Keys, format_key

from studyllm.i18n import _

if TYPE_CHECKING:
    from textual.dom import DOMNode

_CALLED = {"take_back": "undo", "dismiss": "close", "pop_screen": "back"}
"""Actions that have another name among the keys."""
_ACTION = re.compile(r"(?:\w+\.)*(\w+)(?:\((.*)\))?")
_STEPS = re.compile(r"-?\d+")
_MODIFIERS = frozenset(("ctrl", "shift", "alt", "super", "meta", "hyper"))
_RESERVED = {"ctrl+c": "app.copy", "ctrl+p": "app.palette"}
"""Keys that stay what they are."""
_NAMES = frozenset(key.value for key in Keys)


class Keyed:
    """A part of the app whose bindings have names. Stands before what comes from Textual."""

    BINDINGS: ClassVar[list[BindingType]]

    def __init_subclass__(cls, **options: Any) -> None:
        if "BINDINGS" in cls.__dict__:
            cls.BINDINGS = [_named(cls, one) for one in cls.BINDINGS]
        super().__init_subclass__(**options)

    def action_of(self: "DOMNode", key: str) -> str | None:  # type: ignore[misc]
        """The action of a key, as the learner has them now."""
        chosen = keys_of(self.app)
        for binding in _own(type(self)):
            if key in chosen.get(binding.id or "", tuple(_split(binding.key))):
                return binding.action
        return None

    def give_way(self: "DOMNode") -> None:  # type: ignore[misc]
        """Lets go the keys of Textual's own that the learner gave to something else, as Ctrl+Z of a text field."""
        for keys in keys_of(self.app).values():
            for key in keys:
                self._bindings.key_to_bindings.pop(key, None)


def _named(cls: type, binding: BindingType) -> BindingType:
    if not isinstance(binding, Binding) or binding.id:
        return binding
    return replace(binding, id=f"{_group(cls)}.{_what(binding)}")


def _group(cls: type) -> str:
    """Where a binding works: `studyllm.tui.review.pause` is review_pause."""
    parts = cls.__module__.removeprefix("studyllm.tui.").split(".")
    return "_".join(part for part in parts if part not in ("screen", "widgets"))


def _what(binding: Binding) -> str:
    """What an action is called: `app.pop_screen` is back, `decide(3)` decide_3, `move(-1)` of an arrow move_up."""
    found, first = _ACTION.fullmatch(binding.action), binding.key.split(",")[0]
    assert found is not None, binding.action
    name, given = _CALLED.get(found[1], found[1]), found[2] or ""
    if _STEPS.fullmatch(given) and len(first) > 1:
        given = first
    rest = re.sub(r"\W+", "_", given).strip("_")
    return f"{name}_{rest}" if rest and rest != "None" else name


@dataclass(frozen=True, slots=True)
class Command:
    """What one or more keys do, in one part of the app."""

    name: str
    keys: tuple[str, ...]
    """As Textual calls them."""
    said: str
    """What it does, to be translated."""
    part: type
    typed: bool
    """Whether it works while text is typed, before the text."""

    def meets(self, other: "Command") -> bool:
        """Whether both can be had at the same time, so that no key may be of both."""
        from textual.app import App
        from textual.screen import ModalScreen

        parts = self.part, other.part
        if self.part is other.part or any(issubclass(part, App) for part in parts):
            return True
        if any(issubclass(part, ModalScreen) for part in parts):
            return False
        heads = {_group(part).partition("_")[0] for part in parts}
        return len(heads) == 1 or any(".widgets." in part.__module__ for part in parts)


def commands() -> tuple[Command, ...]:
    """Every command of every screen. Imports them all, which takes a while."""
    import studyllm.tui

    for module in walk_packages(studyllm.tui.__path__, "studyllm.tui."):
        import_module(module.name)
    found: dict[str, Command] = {}
    for part in sorted(_below(Keyed), key=lambda cls: (_group(cls), cls.__name__)):
        for one in _commands(part):
            before = found.get(one.name)
            keys = dict.fromkeys((*before.keys, *one.keys)) if before else one.keys
            found[one.name] = replace(one, keys=tuple(keys))
    return tuple(found.values())


def _below(cls: type) -> Iterator[type]:
    below: type
    for below in cls.__subclasses__():
        if below.__module__.startswith("studyllm."):
            yield below
            yield from _below(below)


def _commands(part: type) -> Iterator[Command]:
    from textual.widgets import Input, TextArea

    own = [one for one in part.__dict__.get("BINDINGS", ()) if isinstance(one, Binding)]
    described = {
        _plain(one.action): one.tooltip or one.description for one in reversed(own) if one.description
    }
    for one in own:
        said = one.tooltip or one.description or described.get(_plain(one.action), "")
        typed = one.priority or issubclass(part, Input | TextArea)
        yield Command(one.id or "", tuple(_split(one.key)), said, part, typed)


def _plain(action: str) -> str:
    return action.partition("(")[0]


def _own(part: type) -> Iterator[Binding]:
    for cls in part.__mro__:
        if cls.__module__.startswith("studyllm."):
            yield from (one for one in cls.__dict__.get("BINDINGS", ()) if isinstance(one, Binding))


def _split(keys: str) -> Iterator[str]:
    """Keys that are written one after the other, as Textual calls them; nothing of none."""
    written = ",".join(filter(None, (key.strip() for key in keys.split(","))))
    if written:
        yield from (_spelled(one.key) for one in Binding.make_bindings([Binding(written, "any")]))


def _spelled(key: str) -> str:
    """A key as Textual spells it, however it is written: F10, Ctrl+S, PageDown. A letter alone is that letter."""
    *modifiers, last = key.split("+")
    lower = last.lower()
    named = (
        lower if lower in _NAMES or (modifiers and _MODIFIERS.issuperset(map(str.lower, modifiers))) else last
    )
    return "+".join((*map(str.lower, modifiers), named))


@dataclass(frozen=True, slots=True)
class Checked:
    """The keys that a learner chose, as far as they can be had."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...]
    """A sentence each."""


def read(wanted: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The keys as they are written; names without one are left out."""
    return {name: keys for name, given in wanted.items() if (keys := tuple(_split(given)))}


def written(keys: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The keys as Textual takes them."""
    return {name: ",".join(some) for name, some in keys.items()}


def check(known: Sequence[Command], wanted: Mapping[str, str]) -> Checked:
    """What of the wanted keys can be had; what cannot stays as it was, and is said."""
    named = {one.name: one for one in known}
    problems: list[str] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for name, keys in wanted.items():
        if name not in named:
            problems.append(
                _("[keys]: there is no command {name!r}; `studyllm keys` lists them.").format(name=name)
            )
        elif wrong := _wrong(named[name], tuple(_split(keys))):
            problems.append(wrong)
        else:
            chosen[name] = tuple(_split(keys))
    while clash := _clash(known, chosen):
        name, key, other = clash
        del chosen[name]
        said = _("[keys]: {key} is already used by {other}, so {name} keeps {kept}.")
        kept = shown(named[name].keys)
        problems.append(said.format(key=shown((key,)), other=other, name=name, kept=kept))
    return Checked(chosen, tuple(problems))


def _wrong(command: Command, keys: tuple[str, ...]) -> str:
    """Why keys cannot be those of a command; empty when they can."""
    if not keys:
        return _("[keys]: {name} needs a key.").format(name=command.name)
    for key in keys:
        *modifiers, last = key.split("+")
        there = last in _NAMES or _is_sign(last)
        if not there or not _MODIFIERS.issuperset(modifiers):
            return _("[keys]: {name} cannot have {key!r}: there is no such key.").format(
                name=command.name, key=key
            )
        if command.typed and _is_sign(key) and key not in command.keys:
            said = _("[keys]: {name} cannot have {key}: that is typed in an answer.")
            return said.format(name=command.name, key=shown((key,)))
    return ""


def _is_sign(key: str) -> bool:
    """Whether a key writes something."""
    return key == "space" or (key not in _NAMES and len(format_key(key)) == 1)


def _clash(known: Sequence[Command], chosen: Mapping[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
    """The first chosen key that something else has: its command, the key, and what has it."""
    now = {one.name: chosen.get(one.name, one.keys) for one in known}
    for one in known:
        for key in chosen.get(one.name, ()):
            if key in _RESERVED:
                return one.name, key, _RESERVED[key]
            if key in one.keys:
                continue
            for other in known:
                if other.name != one.name and key in now[other.name] and one.meets(other):
                    return one.name, key, other.name
    return None


def keys_of(app: object) -> Mapping[str, tuple[str, ...]]:
    """What the learner of an app chose."""
    return getattr(app, "chosen_keys", {})


def key_name(app: object, name: str, default: str) -> str:
    """The first key of a command as it is labelled, for a sentence."""
    return shown(keys_of(app).get(name, (default,))[:1])


def shown(keys: Sequence[str]) -> str:
    """Keys as they stand on the keyboard."""
    return "  ".join(map(_label, keys))


def _label(key: str) -> str:
    name = "Enter" if key == "enter" else format_key(key)
    if len(name) == 1:
        return name
    return "+".join(part.capitalize() for part in name.replace("^", "ctrl+").split("+"))
