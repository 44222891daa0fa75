"""`recall --plain`: a section written down in lines, then overruled card by card and applied."""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studyllm import messages
from studyllm.cli.commands import QUIT
from studyllm.cli.prompts import Terminal, command
from studyllm.cli.session import Session, back_up
from studyllm.config import Settings
from studyllm.errors import InputError
from studyllm.grading import Grader, shown
from studyllm.i18n import _, aside, headed, ngettext, phrases
from studyllm.messages import recalling
from studyllm.review.drafts import Drafts
from studyllm.review.recall import CardRecall, RecallSession, find, titled
from studyllm.store import Section, SectionCounts

if TYPE_CHECKING:
    from studyllm.store import Store


def recall_plainly(session: Session, sections: Sequence[SectionCounts], section: Section | None) -> None:
    """The whole of `recall --plain`."""
    with session.store() as store, session.grader() as grader:
        plain = PlainRecall(store, grader, session.settings, Terminal(), lambda: datetime.now(UTC))
        plain.run(sections, section)
    back_up(session.settings)


class PlainRecall:
    """A recall in lines: the text ends with a line that is a full stop alone, or with the input."""

    def __init__(
        self,
        store: "Store",
        grader: Grader,
        settings: Settings,
        terminal: Terminal,
        clock: Callable[[], datetime],
    ) -> None:
        self.store, self.grader, self.settings, self.clock = store, grader, settings, clock
        self.terminal, self.say = terminal, terminal.say
        self.drafts = Drafts(settings.drafts)
        self._kept, self._told = True, False
        """Whether all that was written is kept; whether it was said that it cannot be."""

    def run(self, sections: Sequence[SectionCounts], section: Section | None) -> None:
        """Chooses a section, takes the text, says what it did, and saves that when the learner agrees."""
        if not sections:
            self.say(_("There are no cards yet; `studyllm import FOLDER` makes some of your notes."))
            return
        try:
            chosen = section or self._chosen(sections)
        except EOFError:
            return
        session = RecallSession(self.store, self.settings.day, chosen)
        writing = threading.Event()
        ahead = threading.Thread(
            target=session.foresee, args=(self.grader, lambda: not writing.is_set()), daemon=True
        )
        ahead.start()
        text = self._text(session)
        writing.set()
        if not text:
            self.say(_("Nothing is written yet."))
            return
        self.say(_("Looking for your cards in it…"))
        session.judge(self.grader, text, lambda done, of: True)
        for number, one in enumerate(session.judged, 1):
            self._tell(number, one, session)
        self.terminal.forget_typed()  # an early Enter applies nothing
        try:
            self._decide(session)
        except EOFError:
            if self._kept:
                self.say(_("Nothing was applied. Your text is kept; `studyllm recall` goes on with it."))
            else:
                self.say(_("Nothing was applied, and your text could not be kept."))

    def _chosen(self, sections: Sequence[SectionCounts]) -> Section:
        """The section that the learner names by its number."""
        for number, one in enumerate(sections, 1):
            told = ngettext(
                "{number}: {section}, {count} card", "{number}: {section}, {count} cards", one.cards
            )
            line = told.format(number=number, section=titled(one.section), count=one.cards)
            due = ngettext("{count} due", "{count} due", one.due).format(count=one.due) if one.due else ""
            self.say(phrases((line, due, _("begun") if self.drafts.has(one.section) else "")))
        while True:
            typed = self.terminal.ask(_("Number of a section, or its heading:")).strip()
            if command(typed, (QUIT,)) == (QUIT, ""):
                raise EOFError
            if typed.isdecimal() and 1 <= int(typed) <= len(sections):
                return sections[int(typed) - 1].section
            try:
                return find(sections, typed)
            except InputError as error:
                self.say(str(error))

    def _text(self, session: RecallSession) -> str:
        """All that is written, after what was begun before. Each line is kept at once."""
        lines = [before] if (before := self.drafts.get(session.section).strip()) else []
        count = ngettext("{count} card", "{count} cards", len(session.cards)).format(count=len(session.cards))
        self.say(headed(titled(session.section), count))
        if lines:
            self.say(_("You have written so far:"))
            self.say(before)
        self.say(_("Write down everything you remember. A line with a full stop alone ends it."))
        while True:
            try:
                line = self.terminal.ask(">")
            except EOFError:
                break
            if line.strip() in (".", "。"):
                break
            lines.append(line)
            session.written = "\n".join(lines) + "\n"
            self._keep(session.section, "\n".join(lines))
        return "\n".join(lines).strip()

    def _keep(self, section: Section, text: str) -> None:
        """Keeps what was written so far. That it cannot be is said once, and it goes on."""
        try:
            self.drafts.keep(section, text)
            self._kept = True
        except OSError as error:
            told = _("What you typed cannot be kept in {path}: {reason}.")
            if not self._told:
                self.say(told.format(path=self.settings.drafts, reason=error.strerror or error))
            self._kept, self._told = False, True

    def _tell(self, number: int, one: CardRecall, session: RecallSession) -> None:
        """A card, what was heard of it, and what the note says where that is not all of it."""
        what = session.effects(self.clock())[number - 1]
        told = _("{number}: {term}: {state}").format(
            number=number, term=one.card.card.term, state=recalling.state(one)
        )
        self.say(aside(told, recalling.effect(one, what)))
        if one.heard.words:
            self.say(_("you: {words}").format(words=one.heard.words))
        for number, point in enumerate(one.heard.points, 1):
            told = _("Point {number}, {state}: {text}")
            self.say(told.format(number=number, state=messages.state(point), text=shown(point.text)))

    def _decide(self, session: RecallSession) -> None:
        """The learner overrules card by card, then all of it is saved."""
        while True:
            self.say(recalling.summary(session, self.clock()))
            asked = _("Number of a card overrules it, Enter applies all, :quit leaves:")
            given = self.terminal.ask(asked).strip()
            if not given:
                break
            if command(given, (QUIT,)) == (QUIT, ""):
                raise EOFError
            if given.isdecimal() and 1 <= int(given) <= len(session.judged):
                session.toggle(int(given) - 1)
                self._tell(int(given), session.judged[int(given) - 1], session)
            else:
                self.say(_("There is no card {given}.").format(given=given))
        session.apply(self.clock())
        self.drafts.drop(session.section)
        self.say(_("Saved; `studyllm undo` takes all of it back."))
