"""The keys of the screen below, on one page: taken from its bindings, so that it cannot go stale. What can be done now
comes first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from studyllm.i18n import N_, _
from studyllm.text import broken, padded
from studyllm.tui.keymap import keys_of, shown
from studyllm.tui.screen import StudyScreen, Translated
from studyllm.tui.widgets.prose import Prose

_SHELL = (
    ("studyllm import ~/notes", N_("make cards from your notes")),
    ("studyllm doctor", N_("say what works here")),
)
"""Commands, and what they do."""


_WIDTH, _AROUND = 76, 7
"""Columns of the page at most, and those of its frame and scroll bar."""


class HelpScreen(Translated, ModalScreen[None]):
    """What the screen below shows now and the keys that work now, then all others. Closed by Esc, F1 or q."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q", "dismiss", N_("Close"))]

    def compose(self) -> ComposeResult:
        below = self.app.screen_stack[-2]
        now, others = keys(below)
        room = min(_WIDTH, self.app.size.width) - _AROUND
        guide: Sequence[tuple[str, str]] = ()
        with VerticalScroll(id="help"):
            if isinstance(below, StudyScreen):
                guide = below.GUIDE
                yield Prose(Content(below.story()))
            if guide:
                yield Static(_listed([(typed, _(what)) for typed, what in guide], room), classes="label")
            yield Static(_listed(now, room), classes="label")
            if others:
                yield Static(Content.styled(_("At other times"), "bold"), classes="label")
                yield Static(_listed(others, room))
            yield Static(Content.styled(_("In a shell"), "bold"), classes="label")
            yield Static(_listed([(typed, _(what)) for typed, what in _SHELL], room))


def _listed(named: Sequence[tuple[str, str]], columns: int) -> Content:
    """What is pressed or typed, and beside it what it does, in so many columns together."""
    beside = max((cell_len(name) for name, _what in named), default=0) + 3
    lines = []
    for name, what in named:
        first, *more = broken(what, columns - beside)
        lines.append(Content.assemble((padded(name, beside), "bold $text-accent"), first.rstrip()))
        lines += [Content(" " * beside + line.strip()) for line in more]
    return Content("\n").join(lines)


def keys(screen: Screen[object]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The keys of what has the focus, of its screen, of all else on it and of the app, and what each does: those that
    work now, and the others."""
    working = {(one.node, one.binding.action) for one in screen.active_bindings.values() if one.enabled}
    now: dict[str, list[str]] = {}
    found: dict[str, list[str]] = {}
    chosen = keys_of(screen.app)
    focused = screen.focused
    for node in (*((focused,) if focused else ()), screen, *screen.walk_children(), screen.app):
        for binding in _bindings(node):
            said = _(binding.tooltip or binding.description)
            names = found.setdefault(said, [])
            pressed = chosen.get(binding.id or "", tuple(binding.key.split(",")))
            names += [name for name in (shown((key,)) for key in pressed) if name not in names]
            if (node, binding.action) in working:
                now[said] = names
    now[_("All commands")] = ["Ctrl+P"]
    return _named(now), _named({said: names for said, names in found.items() if said not in now})


def _named(found: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [
        ("  ".join((first, *(name for name in rest[:1] if len(name) < 4))), said)
        for said, (first, *rest) in found.items()
    ]


def _bindings(node: DOMNode) -> Iterator[Binding]:
    for cls in type(node).__mro__:
        if cls.__module__.startswith("studyllm."):
            for binding in cls.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.description:
                    yield binding
