"""The keys that work now, on the last line of a screen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len
from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

_MORE = "…"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is shown."""

    key: str
    """What Textual calls it."""
    shown: str
    said: str
    tooltip: str
    enabled: bool


class Footer(Widget):
    """One line, drawn anew when the keys are others. Textual's own footer is a widget a key, whose making costs more
    than a verdict. Keys for which there is no room are left out, the palette's first; help, the last, has them all."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Footer { dock: bottom; height: 1; text-wrap: nowrap; color: $footer-foreground; background: $footer-background; }
    """
    keys: reactive[tuple[Key, ...]] = reactive(())
    palette: reactive[Key | None] = reactive(None)
    under: reactive[Key | None] = reactive(None)
    """Where the mouse is."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if screen is not self.screen or not self.app.app_focus:
            return
        found: dict[str, Key] = {}
        for _, binding, enabled, tooltip in _as_declared(screen.active_bindings.values()):
            key = Key(
                binding.key,
                self.app.get_key_display(binding),
                binding.description,
                tooltip or binding.description,
                enabled,
            )
            if binding.key == self.app.COMMAND_PALETTE_BINDING:
                self.palette = key
            elif binding.show:
                found.setdefault(binding.action, key)
        self.keys = tuple(found.values())

    def places(self) -> tuple[Sequence[tuple[int, Key]], str]:
        """The column of each key that there is room for, and what stands beside each."""
        width = self.size.width
        last = _length(self.palette, " ") + 1 if self.palette else 0
        for beside, ends in ((" ", last), (" ", 0), ("", 0)):
            columns = list(_columns(self.keys, beside))
            if columns and columns[-1] + _length(self.keys[-1], beside) + ends <= width:
                break
        else:
            return self._some(width), ""
        fitting = list(zip(columns, self.keys, strict=True))
        if ends and self.palette:
            fitting.append((width - last + 1, self.palette))
        return fitting, beside

    def _some(self, width: int) -> Sequence[tuple[int, Key]]:
        """The first keys and the last, which is help, when there is no room for all; between them is told that."""
        for count in reversed(range(len(self.keys))):
            first, last = self.keys[:count], self.keys[-1]
            columns = list(_columns(first, ""))
            at = columns[-1] + _length(first[-1], "") + 1 if first else 0
            at += len(_MORE) + 1
            if at + _length(last, "") <= width:
                return [*zip(columns, first, strict=True), (at, last)]
        return ()

    @property
    def cut(self) -> tuple[Key, ...]:
        """The keys that there is no room for."""
        shown = {key for _, key in self.places()[0]}
        return tuple(key for key in self.keys if key not in shown)

    def render(self) -> Content:
        places, beside = self.places()
        cut = len(places) < len(self.keys)
        parts: list[tuple[str, str]] = []
        at = 0
        for column, key in places:
            if cut and key is self.keys[-1]:
                parts.append((f"{_MORE:>{column - 1 - at}} ", "$footer-description-foreground"))
            elif key is self.palette:
                parts += [(" " * (column - 1 - at), ""), ("▏", "$foreground 20%")]
            else:
                parts.append((" " * (column - at), ""))
            over = " on $block-hover-background" if key == self.under else ""
            dim = "" if key.enabled else " dim"
            parts += [
                (f"{beside}{key.shown} ", f"bold $footer-key-foreground{over}{dim}"),
                (f"{key.said}{beside}", f"$footer-description-foreground{over}{dim}"),
            ]
            at = column + _length(key, beside)
        if self.keys and not places:
            parts.append((_MORE, "$footer-description-foreground"))
        return Content.assemble(*parts)

    def _at(self, x: int) -> Key | None:
        places, beside = self.places()
        return next((key for at, key in places if at <= x < at + _length(key, beside)), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.under = self._at(event.x)
        self.tooltip = self.under.tooltip if self.under else None

    def on_leave(self) -> None:
        self.under = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if (key := self._at(event.x)) is not None:
            self.app.simulate_key(key.key) if key.enabled else self.app.bell()


def _columns(keys: Sequence[Key], beside: str) -> Iterator[int]:
    """Where each begins; a blank stands between two."""
    at = 0
    for key in keys:
        yield at
        at += _length(key, beside) + (not beside)


def _length(key: Key, beside: str) -> int:
    """Columns that a key takes."""
    return cell_len(f"{beside}{key.shown} {key.said}{beside}")


def _as_declared(active: Iterable[ActiveBinding]) -> Iterator[ActiveBinding]:
    """The bindings of each widget in the order in which it declares them: keys of the learner's own do not move what
    they are for to the end."""
    for node, some in groupby(active, lambda one: one.node):
        declared = type(node)._merged_bindings
        order = {binding.action: at for at, (_key, binding) in enumerate(declared or ())}
        yield from sorted(some, key=lambda one: order.get(one.binding.action, len(order)))
