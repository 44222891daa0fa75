"""The filters of the glossary as a list to choose from; each is a word of the query."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from studyllm.glossary import LEECH, STATES, Entry, Finding
from studyllm.i18n import N_, _
from studyllm.messages import CARD_STATES
from studyllm.text import clean
from studyllm.tui.screen import Translated

GUIDE = (
    ('"heap sort" -bird', N_("these words together; not that word")),
    ("a or b, (a or b) c", N_("one of them; parentheses group")),
    ("deck:x in:part tag:x", N_("deck; section, note or folder; tag")),
    ("is:due is:new is:leech", N_("or learning review suspended buried gone")),
    ("prop:ease<2", N_("or interval lapses reps stability due")),
    ("due:7 added:30", N_("due within 7 days; added in the last 30")),
    ("rated:7 rated:7:<3", N_("answered in 7 days; and graded below 3")),
    ('answered:"in pairs"', N_("what you once answered")),
)
"""What a query can hold, and what it means, to be translated."""
Filter = tuple[str, str]
"""A field of the query, and what it is to be."""


def offered(entry: Entry | None, finder: Finding | None) -> list[tuple[Filter, str]]:
    """Every filter there is, with what it means in words; of sections that of the entry under the cursor."""
    found: list[tuple[Filter, str]] = [(("is", state), _(CARD_STATES[state])) for state in STATES]
    found.append((("is", LEECH), _("forgotten again and again")))
    if entry is not None and entry.headings:
        found.append((("in", entry.headings[-1]), _("the section of {term}").format(term=entry.term)))
    if finder is not None:
        found += [(("deck", name), _("a deck")) for name in finder.decks]
        found += [(("tag", name), _("a tag")) for name in finder.tags]
    return found


class FilterScreen(Translated, ModalScreen[Filter | None]):
    """Gives back the filter that was chosen, to be put into the query or taken out of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f", "dismiss(None)", N_("Close"))]

    def __init__(self, offered: Sequence[tuple[Filter, str]]) -> None:
        """Each filter with what it means, in words."""
        super().__init__()
        self._offered = offered

    def compose(self) -> ComposeResult:
        with Vertical(id="filters"):
            yield Static(_("Show only …"), classes="heading", markup=False)
            yield OptionList(
                *(
                    Option(
                        Content.assemble(
                            (f"{field}:{clean(value)}  ", ""), (clean(said), "$foreground-muted")
                        )
                    )
                    for (field, value), said in self._offered
                )
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._offered[event.option_index][0])


class TagScreen(Translated, ModalScreen[str | None]):
    """Gives back the tags that were typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", N_("Close"))]

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what

    def compose(self) -> ComposeResult:
        with Vertical(id="tagging"):
            yield Static(_("Tags for {what}").format(what=self._what), classes="heading", markup=False)
            yield Input(placeholder=_("a tag, or several; -tag takes one away"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)
