"""A card that is forgotten again and again asks for attention: what went wrong with it, and what to do."""

from collections import Counter
from collections.abc import Callable
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Event, Key, Paste
from textual.screen import ModalScreen
from textual.widgets import Static

from studyllm.i18n import N_, _, ngettext
from studyllm.review.history import Mistake
from studyllm.review.session import ReviewSession
from studyllm.store import StudyCard
from studyllm.tui.keymap import Keyed
from studyllm.tui.review.ahead import Gate
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.prose import Prose

Choice = Literal["keep", "suspend", "reset"]
Then = Callable[[], object]
_SHOWN = 6


class LeechScreen(Keyed, ModalScreen[Choice]):
    """The history of mistakes, and three ways on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "choose('keep')", N_("Keep asking")),
        Binding("s", "choose('suspend')", N_("Never ask")),
        Binding("r", "choose('reset')", N_("Learn it anew")),
    ]

    def __init__(
        self,
        card: StudyCard,
        mistakes: tuple[Mistake, ...],
        keep: Callable[[str], None] = lambda typed: None,
    ) -> None:
        """`keep` takes what was typed before this screen could be seen."""
        super().__init__()
        self.card, self.mistakes = card, mistakes
        self._keep, self._gate = keep, Gate()

    def on_mount(self) -> None:
        self.call_after_refresh(lambda: self._gate.painted(Event().time))

    async def before(self, event: Key | Paste) -> bool:
        """Keeps what was typed of the next answer from choosing."""
        if self._gate.lets(event.time):
            return False
        if isinstance(event, Key) and event.is_printable and event.character:
            self._keep(event.character)
        return True

    def compose(self) -> ComposeResult:
        text = self.card.card
        with VerticalScroll(id="leech"):
            count = self.card.failures
            said = ngettext("{term}: not recalled {count} time", "{term}: not recalled {count} times", count)
            yield Static(Content.styled(said.format(term=text.term, count=count), "bold $warning"))
            keys = _("Enter keeps asking   s never asks it   r learns it anew")
            yield Static(Content.styled(keys, "$foreground-muted"))
            yield Static(_("The note"), classes="label")
            yield Prose(Content(text.answer))
            yield Static(_("What you wrote"), classes="label")
            for one in self.mistakes[-_SHOWN:]:
                sure = f"  {_('you were sure')}" if one.sure else ""
                told = f"{one.at:%Y-%m-%d}  {one.answer or '–'}"
                yield Prose(Content.assemble(told, (sure, "$text-error")))
            missed = Counter(point for one in self.mistakes for point in one.missed).most_common(3)
            if missed:
                yield Static(_("Missed most often"), classes="label")
                for point, count in missed:
                    yield Prose(Content(f"{count} ×  {point}"))

    def action_choose(self, choice: Choice) -> None:
        self.dismiss(choice)


def attend(
    screen: StudyScreen,
    session: ReviewSession,
    card: StudyCard,
    wrong: tuple[Mistake, ...],
    then: Then,
    keep: Callable[[str], None],
) -> None:
    """Asks what to do about a card that is forgotten again and again, does it, and goes on."""

    async def do(choice: Choice | None) -> None:
        study = screen.study
        if choice == "suspend":
            await study.in_turn(session.suspend, study.clock(), card=card.id)
        elif choice == "reset":
            await study.in_turn(session.reset, card.id, study.clock())
        then()

    def decided(choice: Choice | None) -> None:
        screen.run_worker(do(choice), group="change", exit_on_error=False)

    screen.app.push_screen(LeechScreen(card, wrong, keep), decided)
