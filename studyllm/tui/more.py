"""More than today asks for: new cards, reviews, what comes later, what was missed, or what the learner picks."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key, Paste
from textual.widgets import Static

from studyllm.i18n import N_, _, aside, in_a_row, ngettext
from studyllm.messages import picking
from studyllm.store import Pick, Picked, Section, Want
from studyllm.tui.quiz.form import Setting, hear, taken
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.readiness import ReadinessLine

_FIRST = Want.NEW
_NAMES = {
    Want.NEW: N_("New cards"),
    Want.DUE: N_("Reviews"),
    Want.AHEAD: N_("Study ahead"),
    Want.FORGOTTEN: N_("Missed lately"),
    Want.ALL: N_("By hand"),
}
_NUMBERS = {
    Want.NEW: (10, 5, 20, 50, 100),
    Want.DUE: (50, 10, 20, 100, 200),
    Want.AHEAD: (1, 2, 3, 7, 14, 30),
    Want.FORGOTTEN: (7, 1, 2, 3, 14, 30),
    Want.ALL: (0,),
}
"""What can be chosen; the first one is there at first."""


class Choice(Setting):
    """A way to go on, with how much of it, and how many cards there are."""

    def __init__(self, want: Want) -> None:
        self._found: Picked | None = None
        self.want = want
        chosen, *_rest = _NUMBERS[want]
        values = [(number, _number(want, number)) for number in sorted(_NUMBERS[want])]
        super().__init__(_(_NAMES[want]), values, chosen, id=f"want-{want}")

    def say(self, found: Picked) -> None:
        """How many cards there are."""
        self._found = found
        self._paint()

    def _paint(self) -> None:
        super()._paint()
        if self._found is not None:
            style = "$text-success" if self._found.all else "$foreground-muted"
            told = (f"   {picking.picked(self._found, self.want)}", style)
            self.update(Content.assemble(cast("Content", self.content), told))


class MoreScreen(StudyScreen):
    """Filters, and five ways to go on; Enter begins the one that has the focus."""

    STORY = N_(
        "More than today asks for. Above: of which cards; letters go to the next name that has them. Below: what of "
        "them. What you choose here is for one session; the line at the bottom says what it does to your schedule."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose_section", N_("List"), priority=True),
        Binding("enter", "begin", N_("Begin"), priority=True),
        Binding("up", "app.focus_previous", N_("Up"), show=False),
        Binding("down", "app.focus_next", N_("Down"), show=False),
        Binding("escape", "app.pop_screen", N_("Decks")),
    ]

    def __init__(self, deck: str | None = None) -> None:
        super().__init__()
        self.deck = deck
        self._counts: dict[Want, Picked] = {}

    def compose(self) -> ComposeResult:
        yield Static(_("Study more"), id="title", markup=False)
        with VerticalScroll(id="form", can_focus=False):
            yield Setting(_("Deck"), [(self.deck, self.deck or _("all decks"))], self.deck, id="deck")
            yield Setting(_("Section"), [("", _("all sections"))], "", id="section")
            yield Setting(_("Tag"), [("", _("any"))], "", id="tag")
            yield Static("")
            for want in Want:
                yield Choice(want)
        yield Static("", id="status", markup=False)
        yield ReadinessLine()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(f"#want-{_FIRST}").focus()
        if self.study.opened is not None:
            self.open()

    async def before(self, event: Key | Paste) -> bool:
        """Letters go to the next section, deck or tag that has them in its name."""
        return taken(self.focused, event)

    def open(self) -> None:
        self.fill(self.deck)

    def cards_changed(self) -> None:
        self.fill(self._filter("deck"))

    def on_screen_resume(self) -> None:
        if self.study.opened is not None:
            self.count()

    @work(exclusive=True, group="more-form", exit_on_error=False)
    async def fill(self, deck: str | None) -> None:
        """The decks, sections and tags that there are."""
        store = self.study.store
        decks = await asyncio.to_thread(store.decks)
        names = [(None, _("all decks")), *((one.name, one.name) for one in decks)]
        sections = await asyncio.to_thread(store.quizzes.sections, deck)
        day = self.study.settings.day
        every = await asyncio.to_thread(store.sections.all, deck, day.of(self.study.clock()), day)
        files = [
            (one.section, aside(one.section.note, str(one.cards))) for one in every if one.section.is_untitled
        ]
        tags = await asyncio.to_thread(store.picks.tags, deck)
        await asyncio.to_thread(
            hear, [*(one.name for one in decks), *(name for name, _count in sections), *tags]
        )
        chosen = self.query_one("#section", Setting).value, self._filter("tag")
        self.query_one("#deck", Setting).offer(names, deck)
        headings = [(name, aside(name, str(count))) for name, count in sections]
        self.query_one("#section", Setting).offer([("", _("all sections")), *headings, *files], chosen[0])
        self.query_one("#tag", Setting).offer([("", _("any")), *((tag, tag) for tag in tags)], chosen[1])
        self.count()

    def on_changed(self) -> None:
        if self.focused is not None and self.focused.id == "deck":
            self.fill(self._filter("deck"))
        else:
            self.count()

    @work(exclusive=True, group="more-count", exit_on_error=False)
    async def count(self) -> None:
        """Says at each way how many cards there are."""
        store, day = self.study.store, self.study.settings.day
        today = day.of(self.study.clock())
        for choice in self.query(Choice):
            pick = self._pick(choice)
            self._counts[pick.want] = found = await asyncio.to_thread(store.picks.counts, pick, today, day)
            choice.say(found)
        self._say_effect()
        self.refresh_bindings()

    def _filter(self, name: str) -> str | None:
        return cast("str | None", self.query_one(f"#{name}", Setting).value)

    def _pick(self, choice: Choice) -> Pick:
        deck, tag = self._filter("deck"), self._filter("tag") or ""
        section = self.query_one("#section", Setting).value
        pick = Pick(choice.want, cast("int", choice.value), deck, tag=tag)
        if isinstance(section, Section):
            return replace(pick, note=section.path)
        return replace(pick, section=cast("str", section) or "")

    def on_descendant_focus(self) -> None:
        self._say_effect()
        self.refresh_bindings()

    def _say_effect(self) -> None:
        """What the way under the cursor does to the schedules, and what it leaves out."""
        said = _("Narrow it down here; the ways to go on are below.")
        if self._at_section:
            said = _("Enter lists all notes and headings; letters go to the next one that has them.")
        if isinstance(self.focused, Choice):
            found = self._counts.get(self.focused.want)
            effect = picking.effect(self._pick(self.focused))
            said = in_a_row((effect, picking.left_out(found) if found else ""))
        self.query_one("#status", Static).update(Content(said))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "choose_section":
            return self._at_section
        if action != "begin":
            return True
        found = self._counts.get(self.focused.want) if isinstance(self.focused, Choice) else None
        return found is not None and found.all > 0

    @property
    def _at_section(self) -> bool:
        return self.focused is not None and self.focused.id == "section"

    def action_choose_section(self) -> None:
        """From the list of all notes and headings."""
        from studyllm.tui.recall.pick import SectionChoiceScreen  # late: few sections are chosen so

        self.app.push_screen(SectionChoiceScreen(self._filter("deck"), self.take_section))

    def take_section(self, section: Section) -> None:
        """The section that was chosen there."""
        setting, chosen = (
            self.query_one("#section", Setting),
            section if section.is_untitled else section.name,
        )
        if chosen not in (value for value, _said in setting.values):
            setting.values.append((chosen, section.name))  # a heading whose cards all stand deeper
        setting.offer(setting.values, chosen)
        self.count()

    def action_begin(self) -> None:
        if isinstance(self.focused, Choice):
            pick = self._pick(self.focused)
            self.study.go_on(pick.deck, pick)


def _number(want: Want, number: int) -> str:
    """How much of a way there is to be."""
    words: dict[Want, Callable[[], str]] = {
        Want.NEW: lambda: _("{count} more"),
        Want.DUE: lambda: _("{count} more"),
        Want.AHEAD: lambda: ngettext("the next day", "the next {count} days", number),
        Want.FORGOTTEN: lambda: ngettext("on this day", "in the last {count} days", number),
        Want.ALL: lambda: _("all of these"),
    }
    return words[want]().format(count=number)
