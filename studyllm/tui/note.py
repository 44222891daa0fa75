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

from studyllm.i18n import N_, _
from studyllm.mistakes import Answered
from studyllm.store import StudyCard
from studyllm.tui.screen import Reporting

if TYPE_CHECKING:
    from studyllm.notes.display import Page, Piece
    from studyllm.tui.app import StudyApp

_MOST_PICTURES = 3


class NoteView(Vertical):
    """Where a card stands in its note, as Markdown; its stored answer where the note is gone."""

    async def show(self, card: StudyCard) -> None:
        """Reads in a thread, then lays out; nothing of a note becomes markup, a link or an escape."""
        page = await asyncio.to_thread(_page, card)
        source = card.card.source
        place = f"{source.path.rpartition('/')[2]}:{source.line}"
        told = (
            _("The note ({place})") if page else _("The card's answer; the note no longer has it ({place})")
        )
        await self.remove_children()
        await self.mount(Static(Content(told.format(place=place)), classes="label"))
        for piece in page.pieces if page else ():
            await self.mount(_rendered(piece))
            await asyncio.sleep(0)  # a key comes before the next piece
        if page is None or not page.pieces:
            await self.mount(Static(Content(page.text if page else card.card.answer), classes="said"))
        if page and page.pictures:
            await self.mount(*await asyncio.to_thread(self._pictures, page.pictures[:_MOST_PICTURES]))

    def _pictures(self, paths: tuple[Path, ...]) -> list[Widget]:
        """The images, where the terminal shows any; their names stand in the text anyway."""
        show = cast("StudyApp", self.app).show_picture
        return [picture for path in paths if show and (picture := show(path))]

    @property
    def said(self) -> str:
        """What is shown, as text: the Markdown of the note or the stored answer."""
        return "\n".join(
            str(child.content) if isinstance(child, Static) else getattr(child, "source", "")
            for child in self.children
        )


def _page(card: StudyCard) -> "Page | None":
    """The page of a card; what it takes to show it is loaded here too, off the event loop."""
    import textual.widgets.markdown  # noqa: F401

    from studyllm.notes.display import page

    return page(card.card)


def _rendered(piece: "Piece") -> Widget:
    from textual.widgets import Markdown

    from studyllm.notes.display import markdown

    classes = "goes-on" if piece.goes_on else None
    return Markdown(piece.text, parser_factory=markdown, open_links=False, classes=classes)


class NoteScreen(Reporting, ModalScreen[None]):
    """A card that went wrong in this session: what was said, what was missed, and the note."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "dismiss", N_("Back"))]

    def __init__(self, answered: Answered) -> None:
        super().__init__()
        self.answered = answered

    def compose(self) -> ComposeResult:
        answered = self.answered
        text = answered.card.card
        with VerticalScroll(id="page"):
            yield Static(Content.styled(text.prompt or text.term, "bold $primary"))
            yield Static(Content(_("Your answer")), classes="label")
            yield Static(Content(answered.answer or "–"))
            if answered.missed:
                yield Static(Content(_("Missed")), classes="label")
                yield Static(Content("\n".join(f"○ {point}" for point in answered.missed)))
            yield NoteView()

    def on_mount(self) -> None:
        self.query_one("#page").focus()
        self.show()

    @work(exit_on_error=False)
    async def show(self) -> None:
        """The note, once it is read."""
        await self.query_one(NoteView).show(self.answered.card)
