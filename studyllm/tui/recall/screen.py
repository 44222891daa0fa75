"""A section written down from memory: the text, then what it did with each card, card by card."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea
from textual.worker import get_current_worker

from studyllm.errors import StudyError
from studyllm.i18n import N_, _, ngettext
from studyllm.messages import recalling
from studyllm.review.drafts import Drafts
from studyllm.review.recall import Effect, RecallSession, titled
from studyllm.store import Section
from studyllm.text import clean
from studyllm.tui.recall.paper import Paper
from studyllm.tui.recall.words import detail, row, widths
from studyllm.tui.screen import StudyScreen
from studyllm.tui.turns import unless_done
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.readiness import ReadinessLine
from studyllm.tui.widgets.rows import Cell, RowList

_WRITING, _JUDGING, _JUDGED, _SAVING, _DONE = "writing", "judging", "judged", "saving", "done"
_PAUSE = 1.0
"""Seconds without a key after which what was typed is kept."""


class HeardCards(RowList):
    """The cards; what stands below them is longer than its room more often than they are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "screen.page(-1)", N_("Scroll the note up"), show=False),
        Binding("pagedown", "screen.page(1)", N_("Scroll the note"), key_display="PgDn"),
    ]


class RecallScreen(StudyScreen):
    """What is typed is kept in the home at once: leaving, or a crash, loses none of it."""

    STORY = N_(
        "Write down all you remember, in any order and in your own words. It is kept as you type. Then each card of "
        "the section is looked for in it."
    )
    HEARD = N_(
        "What was found of each card in your text: overrule what was read wrongly, then apply it. A card that was due "
        "and was said in full counts as recalled, what was not said is asked next, all else moves nothing."
    )
    """The help's story once the text was read."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "go_on", N_("Check")),
        Binding("space", "overrule", N_("Said / not said")),
        Binding("enter", "apply", N_("Apply all")),
        Binding("e", "edit", N_("Write on")),
        Binding("f2,u", "take_back", N_("Take back"), key_display="u"),
        Binding("escape", "leave", N_("Back")),
    ]

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section
        self.session: RecallSession | None = None
        """None until the cards were read."""
        self._phase = _WRITING
        self._wanted = False
        """Whether the text is to be checked as soon as the cards are there."""
        self._kept = ""
        """What of the text is on the disk."""

    def compose(self) -> ComposeResult:
        yield Static(Content(titled(self.section)), id="title")
        yield Static("", id="status", markup=False)
        yield Paper()
        with Vertical(id="heard"):
            yield HeardCards(self._cells, widths, id="cards")
            with VerticalScroll(id="page"):
                yield Static("", id="said", markup=False)
        yield ReadinessLine()
        yield Footer()

    def story(self) -> str:
        return _(self.STORY if self._phase in (_WRITING, _JUDGING) else self.HEARD)

    def on_mount(self) -> None:
        # Before the first key: what was begun is never behind what is typed.
        self._kept = self._drafts.get(self.section)
        paper = self.query_one(Paper)
        paper.text = self._kept
        paper.move_cursor(paper.document.end)
        self._enter(_WRITING)
        self.set_interval(_PAUSE, self._keep)
        if self.study.opened is not None:
            self.open()

    def on_unmount(self) -> None:
        self._keep()

    def open(self) -> None:
        self.begin()

    @work(exclusive=True, group="recall", exit_on_error=False)
    async def begin(self) -> None:
        """The cards of the section."""
        store, day = self.study.store, self.study.settings.day
        self.session = await asyncio.to_thread(RecallSession, store, day, self.section)
        self._tell()
        self.foresee(self.session)
        if self._wanted:
            self.action_go_on()

    @work(exclusive=True, group="recall-ahead", exit_on_error=False)
    async def foresee(self, session: RecallSession) -> None:
        """Reads the cards while the text is written."""
        grader = await self.study.when_ready()
        worker = get_current_worker()
        await asyncio.to_thread(session.foresee, grader, lambda: not worker.is_cancelled)

    # Writing

    @property
    def _drafts(self) -> Drafts:
        return Drafts(self.study.settings.drafts)

    def _keep(self) -> None:
        """Puts what was typed on the disk, unless it is there or was counted."""
        papers = self.query(Paper)
        if self._phase == _DONE or not papers or (text := papers.first().text) == self._kept:
            return
        try:
            self._drafts.keep(self.section, text)
            self._kept = text
        except OSError as error:
            self._kept = text
            told = _("What you typed cannot be kept in {path}: {reason}.")
            self.notify(
                told.format(path=self.study.settings.drafts, reason=error.strerror),
                severity="error",
                markup=False,
            )

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self._tell()

    def _tell(self) -> None:
        """The line under the title."""
        session = self.session
        if session is None:
            return
        if self._phase == _WRITING:
            session.written = self.query_one(Paper).text
            count, letters = len(session.cards), len(self.query_one(Paper).text.strip())
            said = ngettext("{count} card", "{count} cards", count).format(count=count)
            told = ngettext(
                "{cards}. What you write is kept; Ctrl+S checks it. {letters} letter so far.",
                "{cards}. What you write is kept; Ctrl+S checks it. {letters} letters so far.",
                letters,
            )
            self._say(told.format(cards=said, letters=letters))
        elif self._phase == _JUDGED:
            summary = recalling.summary(session, self.study.clock())
            self._say(_("{summary}. Space overrules, Enter applies all of it.").format(summary=summary))

    def _say(self, what: str) -> None:
        self.query_one("#status", Static).update(Content(what))

    # Judging

    def action_go_on(self) -> None:
        self._wanted = self.session is None
        if self.session is None:
            self._say(_("Reading the cards of the section…"))
        if self.session is None or not self.session.cards:
            return
        text = clean(self.query_one(Paper).text).strip()
        if not text:
            self.notify(_("Nothing is written yet."), severity="warning")
            return
        self._keep()
        self._enter(_JUDGING)
        self.workers.cancel_group(self, "recall-ahead")
        self._say(_("Reading your text…"))
        self.judge(self.session, text)

    @work(exclusive=True, group="recall-judge", exit_on_error=False)
    async def judge(self, session: RecallSession, text: str) -> None:
        """Looks for each card in the text, once the grader is there; Esc ends it."""
        grader = await self.study.when_ready()
        worker = get_current_worker()

        def progress(done: int, of: int) -> bool:
            if not worker.is_cancelled:
                with suppress(RuntimeError):  # the app is closing
                    self.app.call_from_thread(self._progress, done, of)
            return not worker.is_cancelled

        if await asyncio.to_thread(session.judge, grader, text, progress):
            self._judged()

    def _progress(self, done: int, of: int) -> None:
        if self._phase == _JUDGING:
            told = _("Looking for your cards in it… {done} of {of}. Esc stops.")
            self._say(told.format(done=done, of=of))

    def _judged(self) -> None:
        if self.session is None or self._phase != _JUDGING:
            return
        self._enter(_JUDGED)
        self.query_one(RowList).show(len(self.session.judged))
        self._detail()

    # What was heard

    def _cells(self, number: int) -> Sequence[Cell]:
        assert self.session is not None
        stands = self._phase in (_JUDGED, _SAVING)
        what = self.session.effects(self.study.clock())[number] if stands else Effect.NOTHING
        return row(self.session.judged[number], what)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self._detail()

    def on_row_list_marked(self, event: RowList.Marked) -> None:
        if self._phase == _JUDGED:
            self.action_overrule()

    def _detail(self) -> None:
        if self.session is None or not self.session.judged:
            return
        number = self.query_one(RowList).cursor
        what = self.session.effects(self.study.clock())[number]
        self.query_one("#said", Static).update(detail(self.session.judged[number], what))
        self.query_one("#page").scroll_home(animate=False)
        self._tell()

    def action_page(self, step: int) -> None:
        """What was written and what the note says, where it has no room."""
        page = self.query_one("#page")
        page.scroll_relative(y=step * max(1, page.size.height - 1), animate=False)

    def action_overrule(self) -> None:
        assert self.session is not None
        rows = self.query_one(RowList)
        self.session.toggle(rows.cursor)
        rows.refresh()
        self._detail()

    def action_edit(self) -> None:
        assert self.session is not None
        self._enter(_WRITING)
        self.foresee(self.session)

    def action_apply(self) -> None:
        """Saves all of it, once: Enter does nothing until it is saved."""
        assert self.session is not None
        self._enter(_SAVING)
        self.save(self.session)

    @work(exclusive=True, group="recall", exit_on_error=False)
    async def save(self, session: RecallSession) -> None:
        """Saves all of it; the text is in the log then."""
        summary = recalling.summary(session, self.study.clock())
        try:
            await self.study.in_turn(session.apply, self.study.clock())
        except StudyError as error:
            self.notify(str(error), severity="warning", markup=False)
            self._enter(_JUDGED)
            self._detail()
            return
        except Exception:
            self._enter(_JUDGED)
            raise
        self._drafts.drop(self.section)
        self._enter(_DONE)
        self._say(_("{summary}. It is saved; u takes all of it back.").format(summary=summary))

    def action_take_back(self) -> None:
        """Takes the recall back, once: another key does nothing until it is done."""
        assert self.session is not None
        self._enter(_SAVING)
        self.take_back(self.session)

    @work(exclusive=True, group="recall", exit_on_error=False)
    async def take_back(self, session: RecallSession) -> None:
        """Has the text again."""
        with unless_done(lambda: self._enter(_DONE)):
            entry = await self.study.in_turn(session.undo, self.study.clock())
        if entry is not None:
            self.notify(_("Taken back: {what}.").format(what=entry.what), markup=False)
        self._kept = ""
        self._enter(_JUDGED)
        self._keep()
        self._detail()

    # Coming and going

    def _enter(self, phase: str) -> None:
        """Shows what belongs to a phase."""
        self._phase = phase
        paper, heard = self.query_one(Paper), self.query_one("#heard")
        paper.display, heard.display = phase in (_WRITING, _JUDGING), phase in (_JUDGED, _SAVING, _DONE)
        paper.read_only = phase != _WRITING
        (self.query_one(RowList) if heard.display else paper).focus()
        self._tell()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each key where it does something; letters are typed while a text is written."""
        wanted = {
            "go_on": (_WRITING,),
            "overrule": (_JUDGED,),
            "apply": (_JUDGED,),
            "edit": (_JUDGED,),
            "take_back": (_DONE,),
        }
        return self._phase in wanted[action] if action in wanted else True

    def action_leave(self) -> None:
        if self._phase == _SAVING:
            return
        if self._phase == _JUDGING:
            self.workers.cancel_group(self, "recall-judge")
            self._enter(_WRITING)
            return
        self._keep()
        if self._phase == _JUDGED:
            self._enter(_WRITING)
            return
        self.app.pop_screen()
