"""The two kinds of line in a form: one of several values, and a kind of question that is on or off."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key, Paste
from textual.message import Message
from textual.widgets import Static

from studyllm.i18n import N_
from studyllm.pinyin import is_chinese, sound
from studyllm.script import plain
from studyllm.tui.keymap import Keyed

_LABEL = 14
"""Columns of a label."""
_HERE, _ELSEWHERE = "› ", "  "
"""Before the line that has the focus, and before the others: a colour alone is not seen everywhere."""


class Line(Keyed, Static, can_focus=True):
    """A line of a form."""

    _here = False
    """Whether it has the focus; Textual says so of itself only after it was told."""

    def on_focus(self) -> None:
        self._here = True
        self._paint()

    def on_blur(self) -> None:
        self._here = False
        self._paint()

    def _paint(self) -> None:
        """Shows what it says now."""

    def _mark(self) -> tuple[str, str]:
        """What stands before it."""
        return (_HERE if self._here else _ELSEWHERE), "$primary"


class Changed(Message):
    """Some line of the form has another value."""


class Setting(Line):
    """Arrows or clicks walk through the values, page keys by ten, letters to the next one that has them in its name, or
    sounds so: there may be many sections."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "step(1)", N_("Choose"), key_display="←→", tooltip=N_("Next item")),
        Binding("left", "step(-1)", N_("Previous item"), show=False),
        Binding("pagedown", "step(10)", N_("Ten on"), show=False),
        Binding("pageup", "step(-10)", N_("Ten back"), show=False),
    ]

    def __init__(self, label: str, values: Sequence[tuple[object, str]], chosen: object, *, id: str) -> None:
        super().__init__(id=id, classes="setting", markup=False)
        self.label, self._typed = label, ""
        self.offer(values, chosen)

    def offer(self, values: Sequence[tuple[object, str]], chosen: object) -> None:
        """Other values; the first one when the chosen one is not among them."""
        self.values = list(values)
        known = [value for value, _ in self.values]
        self.index = known.index(chosen) if chosen in known else 0
        self._paint()

    @property
    def value(self) -> object:
        return self.values[self.index][0]

    def action_step(self, step: int) -> None:
        self._typed = ""
        self._go(self.index + step)

    def _go(self, index: int) -> None:
        self.index = index % len(self.values)
        self._paint()
        self.post_message(Changed())

    def on_blur(self) -> None:
        self._typed = ""
        super().on_blur()

    @property
    def begun(self) -> bool:
        """Whether a name was begun to be typed."""
        return bool(self._typed)

    def find(self, letter: str) -> None:
        """Goes to the next value that has what was typed in its name; a letter that leads to none is not taken."""
        typed = plain(self._typed + letter)
        places = (at % len(self.values) for at in range(self.index, self.index + len(self.values)))
        found = next((at for at in places if _is_called(self.values[at][1], typed)), None)
        if found is not None:
            self._typed += letter
            self._go(found)

    def on_click(self, event: Click) -> None:
        back = event.x < self.content_region.x - self.region.x + len(_HERE) + _LABEL + 2
        self.action_step(-1 if back else 1)

    def _paint(self) -> None:
        pad = " " * max(1, _LABEL - cell_len(self.label))
        text = self.values[self.index][1]
        self.update(
            Content.assemble(
                self._mark(),
                (f"{self.label}{pad}", "$foreground-muted"),
                ("◂ ", "$primary"),
                text,
                (" ▸", "$primary"),
                (f"   /{self._typed}" if self._typed else "", "$foreground-muted"),
            )
        )


def _is_called(name: str, typed: str) -> bool:
    """Whether a name has what was typed in it, or sounds so."""
    name = plain(name)
    return typed in name or (is_chinese(name) and f" {typed}" in sound(name).typed)


def hear(names: Iterable[str]) -> None:
    """Works out how the Chinese ones of some names sound, so that no key waits for it; slow the first time."""
    for name in filter(is_chinese, names):
        sound(plain(name))


def taken(line: object, event: Key | Paste, *, command: bool = False) -> bool:
    """Whether a key is a letter that the line with the focus looks for, and was given to it; once a name was begun,
    digits and letters that are a command belong to it as well."""
    letter = "" if isinstance(event, Paste) else event.character or ""
    if not isinstance(line, Setting) or not (letter.isalpha() or (line.begun and letter.isdigit())):
        return False
    if command and not line.begun:
        return False
    line.find(letter)
    return True


class Toggle(Line):
    """Space, a click or its number switches it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "switch", N_("On or off"))]

    def __init__(self, number: int, label: str, value: str, *, on: bool) -> None:
        super().__init__(id=f"mode-{value}", classes="toggle", markup=False)
        self.number, self.label, self.mode, self.on = number, label, value, on
        self._paint()

    def put(self, *, on: bool) -> None:
        """Switches it without saying so."""
        self.on = on
        self._paint()

    def action_switch(self) -> None:
        self.put(on=not self.on)
        self.post_message(Changed())

    def on_click(self) -> None:
        self.action_switch()

    def _paint(self) -> None:
        mark = ("✓", "bold $text-success") if self.on else ("·", "$foreground-muted")
        self.update(
            Content.assemble(
                self._mark(),
                (f"{self.number} ", "$foreground-muted"),
                mark,
                " ",
                (self.label, "" if self.on else "$foreground-muted"),
            )
        )
