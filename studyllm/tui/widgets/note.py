"""A card's note, rendered: beside the verdict, and on a page of its own."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from studyllm import messages
from studyllm.i18n import N_, _
from studyllm.review.history import Answered
from studyllm.store import StudyCard
from studyllm.tui.screen import Translated
from studyllm.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from studyllm.notes.display import NotePage
    from studyllm.tui.study import Study

_MOST_PICTURES = 3


class NoteView(Vertical):
    """Where a card stands in its note, as Markdown; its stored answer where the note is gone."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.said = ""
        """What is shown, as text: the place, then the Markdown of the note or the stored answer."""
        self._page: NotePage | None = None
        self._laid_out = (0, "")
        """Width in cells and theme of what is shown; of nothing before a page is laid out."""

    def compose(self) -> ComposeResult:
        yield Static("", classes="label")
        yield Prose("", classes="said")

    async def show(self, card: StudyCard) -> None:
        """Reads in a thread, then lays out; nothing of a note becomes markup, a link or an escape."""
        self._page = page = await asyncio.to_thread(_page, card)
        self._laid_out = (0, "")
        source = card.card.source
        told = _("The card's answer; the note no longer has it ({place})")
        if page is not None:
            told = _("The note ({place})") if source.line else _("From {place}")
        told = told.format(place=source.place)
        text = page.text if page else card.card.answer
        self.said = f"{told}\n{text}"
        self.query_one(".label", Static).update(Content(told))
        await self.query(".picture").remove()
        if page is None:
            self.query_one(".said", Static).update(Content(text))
            return
        await self._lay_out(page)
        if page.pictures:
            await self.mount(*await asyncio.to_thread(self._pictures, page.pictures[:_MOST_PICTURES]))

    async def _lay_out(self, page: "NotePage") -> None:
        """As wide as there is room; again when that changes."""
        from studyllm.tui.widgets.rendered import rendered

        width = self.size.width
        fit = width, self.app.theme
        if width:
            colors, dark = self.app.theme_variables, self.app.current_theme.dark
            content = await asyncio.to_thread(rendered, page.text, width, colors, dark=dark)
            if self._page is page and fit == (self.size.width, self.app.theme):
                self._laid_out = fit  # only now: a resize in between cancels the one before it
                self.query_one(".said", Static).update(content)

    def on_resize(self) -> None:
        self._again()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._again())

    @work(exclusive=True, group="lay out", exit_on_error=False)
    async def _again(self) -> None:
        if self._page is not None and self._laid_out != (self.size.width, self.app.theme):
            await self._lay_out(self._page)

    def _pictures(self, paths: tuple[Path, ...]) -> list[Widget]:
        """The images, where the terminal shows any; their names stand in the text anyway."""
        show = cast("Study", self.app).show_picture
        return [picture for path in paths if show and (picture := show(path))]


def _page(card: StudyCard) -> "NotePage | None":
    """The page of a card; what it takes to show it is loaded here too, off the event loop."""
    import studyllm.tui.widgets.rendered  # noqa: F401
    from studyllm.notes.display import page

    return page(card.card)


class NoteScreen(Translated, ModalScreen[None]):
    """A card that went wrong in this session: what was said, what was missed, and the note."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "dismiss", N_("Back"))]

    def __init__(self, answered: Answered) -> None:
        super().__init__()
        self.answered = answered

    def compose(self) -> ComposeResult:
        answered = self.answered
        text = answered.card.card
        with VerticalScroll(id="page"):
            yield Prose(Content.styled(text.prompt or text.term, "bold $primary"))
            yield Static(Content(_("Your answer")), classes="label")
            yield Prose(Content(answered.answer or "–"))
            if answered.lacking:
                yield Static(Content(_("Missed")), classes="label")
                lines = zip(answered.lacking, answered.missed, strict=True)
                marked = (f"{messages.MARKS[point.state]} {text}" for point, text in lines)
                yield Prose(Content("\n".join(marked)))
            yield NoteView()

    def on_mount(self) -> None:
        self.query_one("#page").focus()
        self.show()

    @work(exit_on_error=False)
    async def show(self) -> None:
        """The note, once it is read."""
        await self.query_one(NoteView).show(self.answered.card)
