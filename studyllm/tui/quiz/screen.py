"""The quiz's setup: what is asked about, how, and for how long. Enter starts with what is there."""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.events import Key, Paste
from textual.widgets import Static
from textual.worker import get_current_worker

from studyllm.errors import InputError
from studyllm.i18n import N_, _, aside, ngettext
from studyllm.quiz.items import Item, Mode, Options
from studyllm.tui.quiz.form import Changed, Setting, Toggle, hear, taken
from studyllm.tui.quiz.words import LEVELS, MODES, ORIGINS
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.readiness import ReadinessLine

_LENGTHS = (5, 10, 15, 20, 30, 50, 100)
_MINUTES = (0, 2, 5, 10, 15, 20, 30, 60)


class QuizScreen(StudyScreen):
    """A form of one page; what was chosen last is kept as long as the app is open."""

    STORY = N_(
        "A test for yourself: say what it asks about, in which ways, and how long it is. Up and down choose a line, "
        "left and right change it; Enter begins. No card moves by it, unless you want typed meanings to count."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", N_("Start"), priority=True),
        Binding("up", "app.focus_previous", N_("Up"), show=False),
        Binding("down", "app.focus_next", N_("Down"), show=False),
        Binding("h", "history", N_("Past quizzes")),
        Binding("escape", "leave", N_("Decks")),
        *(
            Binding(str(number), f"switch({number})", MODES[mode], show=False)
            for number, mode in enumerate(MODES, 1)
        ),
    ]

    def __init__(self, deck: str | None = None, dice: random.Random | None = None) -> None:
        super().__init__()
        self.deck = deck
        self.dice = dice or random.Random()
        self._preparing = False

    def compose(self) -> ComposeResult:
        options = self.study.quiz_options or Options(self.deck)
        if self.deck is not None:
            options = replace(options, deck=self.deck)
        self.first = options
        yield Static(_("Quiz"), id="title", markup=False)
        with VerticalScroll(id="form", can_focus=False):
            yield Setting(
                _("Deck"), [(options.deck, options.deck or _("all decks"))], options.deck, id="deck"
            )
            yield Setting(
                _("Section"),
                [("", _("all sections")), *([(options.section, options.section)] if options.section else [])],
                options.section,
                id="section",
            )
            yield Setting(_("Cards"), [(k, _(v)) for k, v in LEVELS.items()], options.level, id="level")
            yield Setting(_("Of these"), [(k, _(v)) for k, v in ORIGINS.items()], options.origin, id="origin")
            yield Setting(_("Questions"), [(n, str(n)) for n in _LENGTHS], options.length, id="length")
            yield Setting(_("Time"), [(n, _time(n)) for n in _MINUTES], options.minutes, id="minutes")
            yield Setting(
                _("Reviews"),
                [
                    (False, _("a quiz moves no card")),
                    (True, _("typed meanings count, and move their cards")),
                ],
                options.counted,
                id="counted",
            )
            with Grid(id="modes"):
                for number, (mode, label) in enumerate(MODES.items(), 1):
                    yield Toggle(number, _(label), mode, on=mode in options.modes)
        yield Static("", id="status", markup=False)
        yield ReadinessLine()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#deck").focus()
        if self.study.opened is not None:
            self.open()

    async def before(self, event: Key | Paste) -> bool:
        """Letters that are no command go to the next section or deck that has them in its name; once one was typed,
        those that are, and digits, as well."""
        command = isinstance(event, Key) and bool(self.action_of(event.key))
        return taken(self.focused, event, command=command)

    def open(self) -> None:
        self.fill()

    def cards_changed(self) -> None:
        self.fill()

    def on_screen_resume(self) -> None:
        if self.study.opened is not None:
            self.count()

    @property
    def options(self) -> Options:
        """What the form says."""
        said = {name: self.query_one(f"#{name}", Setting).value for name in _SETTINGS}
        modes = frozenset(Mode(toggle.mode) for toggle in self.query(Toggle) if toggle.on)
        return Options(modes=modes, **said)  # type: ignore[arg-type]

    # Filling the form

    @work(exclusive=True, group="quiz-form", exit_on_error=False)
    async def fill(self) -> None:
        """The decks and sections that there are."""
        decks = await asyncio.to_thread(self.study.store.decks)
        names = [(None, _("all decks")), *((deck.name, deck.name) for deck in decks)]
        self.query_one("#deck", Setting).offer(names, self.first.deck)
        await self._fill_sections(self.first.section)
        if self.study.quiz_options is None and await asyncio.to_thread(self._confused):
            self.query_one(f"#mode-{Mode.CONTRAST}", Toggle).put(on=True)
        self.count()

    def _confused(self) -> bool:
        from studyllm.quiz.prepare import known_confusions  # takes long to import

        return bool(known_confusions(self.study.store))

    async def _fill_sections(self, chosen: str) -> None:
        deck = cast("str | None", self.query_one("#deck", Setting).value)
        sections = await asyncio.to_thread(self.study.store.quizzes.sections, deck)
        await asyncio.to_thread(hear, [name for name, _count in sections])
        values = [("", _("all sections")), *((name, aside(name, str(count))) for name, count in sections)]
        self.query_one("#section", Setting).offer(values, chosen)

    @work(exclusive=True, group="quiz-form", exit_on_error=False)
    async def refill(self) -> None:
        """The sections of another deck."""
        await self._fill_sections(self.options.section)
        self.count()

    def on_changed(self, event: Changed) -> None:
        focused = self.focused
        self.study.quiz_options = self.options
        if isinstance(focused, Setting) and focused.id == "deck":
            self.refill()
        else:
            self.count()

    @work(exclusive=True, group="quiz-count", exit_on_error=False)
    async def count(self) -> None:
        """Says how many cards that makes."""
        options = self.options
        if not options.modes:
            self._say(_("Choose at least one kind of question."))
            return
        found = await asyncio.to_thread(self._count, options)
        if found < options.length:
            said = ngettext(
                "{count} card can be asked: too few for {length} questions.",
                "{count} cards can be asked: too few for {length} questions.",
                found,
            )
        else:
            said = ngettext("{count} card can be asked.", "{count} cards can be asked.", found)
        self._say(said.format(count=found, length=options.length))

    def _count(self, options: Options) -> int:
        from studyllm.quiz.prepare import askable  # takes long to import: off the event loop, too

        return askable(self.study.store, options)

    def _say(self, what: str) -> None:
        self.query_one("#status", Static).update(Content(what))

    # Starting

    def action_switch(self, number: int) -> None:
        self.query_one(f"#mode-{list(MODES)[number - 1]}", Toggle).action_switch()

    def action_start(self) -> None:
        if self._preparing or self.study.opened is None:
            return
        options = self.options
        if not options.modes:
            self.notify(_("Choose at least one kind of question."), severity="warning")
            return
        self.study.quiz_options = options
        self._prepares(True)
        self._say(_("Choosing questions…"))
        self.prepare(options)

    @work(thread=True, exclusive=True, group="quiz-prepare", exit_on_error=False)
    def prepare(self, options: Options) -> None:
        """Chooses the questions; the nearest wrong answers need vectors, which take a while the first time."""
        from studyllm.quiz.prepare import chosen_ids, prepare, why_few
        from studyllm.store.vectors import Vectors

        worker, settings = get_current_worker(), self.study.settings

        def progress(done: int, of: int) -> bool:
            with suppress(RuntimeError):
                self.app.call_from_thread(
                    self._say,
                    _("Choosing questions… {done} of {of}").format(done=done, of=of),
                )
            return not worker.is_cancelled

        try:
            items = prepare(
                self.study.store,
                options,
                self.dice,
                kept=Vectors(settings.home / "vectors.db", settings.embedding_model),
                grader=self.study.grader,
                progress=progress,
            )
            few = why_few(items, options, len(chosen_ids(self.study.store, options)))
        except InputError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._refuse, str(error))
            return
        except BaseException:
            self.app.call_from_thread(self._prepares, False)
            raise
        if not worker.is_cancelled:
            self.app.call_from_thread(self._run, options, items, few)

    def _prepares(self, on: bool) -> None:
        """Meanwhile no key changes the form: what is typed then is meant for the questions."""
        self._preparing = on
        self.query_one("#form").disabled = on
        if not on:
            self.query_one("#deck").focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not self._preparing or action not in ("start", "switch", "history")

    def _refuse(self, why: str) -> None:
        self._prepares(False)
        self._say(why)
        self.notify(why, severity="warning", markup=False)

    def _run(self, options: Options, items: Sequence[Item], few: str) -> None:
        self._prepares(False)
        self._say("")
        self.study.run_quiz(options, items, few=few)

    def action_history(self) -> None:
        from studyllm.tui.quiz.history import QuizHistoryScreen

        self.app.push_screen(QuizHistoryScreen())

    def action_leave(self) -> None:
        self.workers.cancel_group(self, "quiz-prepare")
        self.app.pop_screen()


_SETTINGS = ("deck", "section", "level", "origin", "length", "minutes", "counted")


def _time(minutes: int) -> str:
    if not minutes:
        return _("no limit")
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
