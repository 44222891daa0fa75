"""`--plain`: the same review as prompts and lines, for screen readers and pipes. One thing a line, no colour."""

import re
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from studyllm import messages
from studyllm.cli.commands import (
    AFTER,
    ASK,
    BEFORE,
    BUILDS_ON,
    BURY,
    HELP,
    HINT,
    KNEW,
    NOTE,
    POINT,
    QUIT,
    SAY,
    SKIP,
    SUSPEND,
    UNDO,
    WEIGHING,
    WHEN,
)
from studyllm.cli.onward import Way, onward, sum_up
from studyllm.cli.prompts import Command, Terminal, command
from studyllm.cli.said import (
    answered_lines,
    asking_lines,
    attend,
    built_on,
    grade_prompt,
    grades_line,
    hint_line,
    point_line,
    unknown,
    verdict_line,
    verdict_lines,
)
from studyllm.config import Settings
from studyllm.errors import StudyError
from studyllm.grading import Grader
from studyllm.i18n import _, headed, in_a_row, phrases
from studyllm.messages import picking
from studyllm.notes.passage import section
from studyllm.review.asking import aloud, question
from studyllm.review.building import builds_on
from studyllm.review.ending import Ending
from studyllm.review.session import Asking, Done, Graded, Judging, ReviewSession, Weighing
from studyllm.schedule import Grade
from studyllm.speech import Speaker
from studyllm.store import Pick, Store, StudyCard
from studyllm.store.messages import nothing_to_undo
from studyllm.verdicts import Confidence

_POINT = re.compile(r"[pP]\s*(\d+)")  # the shorter form of POINT, where no answer is typed any more


class PlainReview:
    """A review in which every question is a prompt. The session, the grader and the words are those of the app."""

    def __init__(
        self,
        store: Store,
        grader: Grader,
        settings: Settings,
        terminal: Terminal,
        clock: Callable[[], datetime],
        deck: str | None = None,
        pick: Pick | None = None,
    ) -> None:
        self.store, self.grader, self.settings = store, grader, settings
        self.terminal, self.clock, self.say = terminal, clock, terminal.say
        self.session = self._begun(deck, pick)
        self.speaker = Speaker()
        self._own: Grade | None = None
        """The grade that a command gave."""
        self._built_on: tuple[StudyCard, ...] = ()
        self._told_when = False  # when a card comes back after each grade is said once
        self._doing: Mapping[Command, Callable[[str], bool]] = {
            HINT: self._hint,
            SKIP: self._skip,
            BURY: self._bury,
            SUSPEND: self._suspend,
            UNDO: self._undo,
            NOTE: self._note,
            BUILDS_ON: self._show_what_it_builds_on,
            ASK: self._follow_up,
            KNEW: self._knew,
            POINT: self._toggle,
            WHEN: self._when,
            SAY: self._aloud,
            HELP: self._help,
            QUIT: self._quit,
        }
        """Each tells whether the card is left."""

    def _begun(self, deck: str | None, pick: Pick | None) -> ReviewSession:
        settings = self.settings
        return ReviewSession(self.store, settings.day, deck, pick=pick, confidence=settings.confidence)

    def run(self) -> None:
        """Asks until nothing is due or the learner leaves; then says what was done and what is kept."""
        self.say(_("Type what you remember and press Enter; a line that ends in a backslash goes on."))
        self.say(_("Enter alone shows the answer. :help lists the commands."))
        self._say_pick()
        try:
            while True:
                if isinstance(state := self.session.next(self.clock()), Asking):
                    self._one(state)
                elif isinstance(state, Done):
                    if (way := self._end(state.ending)) is None:
                        return
                    self.session = self._begun(way.deck, way.pick)
                    self._say_pick()
        except EOFError:
            self._stop()
        except KeyboardInterrupt:
            self.terminal.end_line()
            self._stop()
            raise
        finally:
            self.speaker.stop()

    def _say_pick(self) -> None:
        if pick := self.session.queue.pick:
            found = self.store.picks.counts(pick, self.settings.day.of(self.clock()), self.settings.day)
            self.say(headed(picking.pick(pick), picking.picked(found, pick.want)))
            self.say(in_a_row((picking.effect(pick), picking.left_out(found))))

    # A card

    def _one(self, state: Asking) -> None:
        """Asks a card."""
        self._own = None
        self.grader.prepare(question(state.card))
        for line in asking_lines(state, self.session.hints):
            self.say(line)
        self.speaker.stop()
        if self.settings.speech:
            self._aloud()
        since = time.monotonic()
        if (answer := self._prompt(_("Answer:"), BEFORE)) is None:
            return
        given = self.session.submit(answer.strip(), time.monotonic() - since)
        if isinstance(given, Weighing):
            if (confidence := self._confidence()) is None:
                return
            given = self.session.weigh(confidence)
        if isinstance(given, Judging) and not isinstance(given, Graded):
            self._judge(given)
        grade = self._graded()
        if grade is not None:
            try:
                self._grade(grade, time.monotonic() - since)
            except StudyError as error:  # it was reviewed elsewhere: the next card is asked all the same
                self.say(str(error))

    def _confidence(self) -> Confidence | None:
        """How sure the answer is, before its verdict; None when the card was left."""
        levels = phrases(f"{level:d} {messages.confidence(level)}" for level in Confidence)
        prompt = _("How sure are you of it? {levels}:").format(levels=levels)
        while (typed := self._prompt(prompt, WEIGHING)) is not None:
            if typed.strip() in ("1", "2", "3"):
                return Confidence(int(typed))
            self.say(_("One of 1, 2 and 3; :quit stops."))
        return None

    def _judge(self, judging: Judging) -> None:
        """Says the verdict, and what led to it."""
        ready = self.grader.readiness()
        if "loading" in (ready.embedding, ready.language):
            self.say(_("The models are still loading; your answer is kept."))
        verdict = self.session.judge(self.grader, judging)
        self.session.judged(judging, verdict)
        if self.settings.sounds:
            self.terminal.bell()
        for line in verdict_lines(verdict):
            self.say(line)
        self.terminal.stream(_("Explanation:"), self.session.explain(self.grader, judging, verdict))

    def _graded(self) -> Grade | None:
        """The learner's grade; None when the card was left without one."""
        state = self.session.state
        assert isinstance(state, Graded)
        for line in answered_lines(state.card):
            self.say(line)
        if self.settings.speech:
            self._aloud()
        self._built_on = builds_on(self.store, state.card)
        if self._built_on:
            self.say(picking.builds_on(self._built_on) + " " + _("(:b shows it)"))
        most = self.session.best
        if not self._told_when:
            self._when()
            self.say(_("From now on :{command} says it.").format(command=_(WHEN.name)))
            self._told_when = True
        if state.verdict is None:
            self.say(_("Not answered. How well did you know it?"))
        self.terminal.forget_typed()  # what was typed before all that was said is no grade
        while (typed := self._prompt(grade_prompt(self.session), AFTER)) is not None:
            given = typed.strip()
            if (grade := self._read_grade(given)) is not None:
                return grade
            if point := _POINT.fullmatch(given):
                self._toggle(point[1])
            elif given:
                wrong = _("A grade is a number from 0 to {most}; {given} is none.")
                self.say(wrong.format(most=int(most), given=given))
        return self._own

    def _read_grade(self, given: str) -> Grade | None:
        if not given:
            return self.session.suggested
        return Grade(int(given)) if given.isdecimal() and int(given) <= self.session.best else None

    def _grade(self, grade: Grade, seconds: float) -> None:
        now = self.clock()
        moved = self.session.grade(grade, seconds, now)
        card = moved.recorded.card
        told = messages.graded(card, grade, now, practised=moved.recorded.practised)
        self.say(_("Saved: {what}").format(what=told))
        if moved.wrong is not None:
            attend(self.terminal, self.session, card, moved.wrong, self.clock)

    # Commands

    def _prompt(self, prompt: str, known: tuple[Command, ...]) -> str | None:
        """What is typed and is no command; None when a command left the card."""
        while True:
            typed = self.terminal.ask(prompt)
            if (found := command(typed, known)) is None:
                return typed
            what, rest = found
            if what is None:
                self.say(unknown(rest))
            elif self._doing[what](rest):
                return None

    @property
    def _asked(self) -> StudyCard:
        assert self.session.card is not None
        return self.session.card

    def _hint(self, _rest: str) -> bool:
        if not self.session.hint():
            self.say(_("No hint is left. Enter with nothing typed shows the note."))
            return False
        self.say(hint_line(self._asked, self.session.hints))
        return False

    def _skip(self, _rest: str) -> bool:
        if not self.session.skip():
            self.say(_("This is the last card for now."))
        return True

    def _bury(self, _rest: str) -> bool:
        term = self._asked.card.term
        self.session.bury(self.clock())
        self.say(_("{term} is not asked before tomorrow; :undo takes that back.").format(term=term))
        return True

    def _suspend(self, _rest: str) -> bool:
        term = self._asked.card.term
        self.session.suspend(self.clock())
        self.say(_("{term} is not asked any more; :undo takes that back.").format(term=term))
        return True

    def _undo(self, _rest: str) -> bool:
        if (given := self.session.answer) is not None:  # it is not graded: nothing was done to a card yet
            said = _("Your answer is taken back; the card is asked again.")
            self.say(said if given else _("The card is asked again."))
            return True
        if (entry := self.session.undo(self.clock())) is None:
            self.say(nothing_to_undo(self.store.journal.holds_back()))
            return False
        self.say(_("Taken back: {what}.").format(what=entry.what))
        if entry.review and entry.card is not None:
            self.say(_("Your answer was: {text}").format(text=entry.review.answer or "-"))
        return True

    def _note(self, _rest: str) -> bool:
        self.say(section(self._asked.card))
        return False

    def _show_what_it_builds_on(self, rest: str) -> bool:
        self.say(built_on(self._built_on, int(rest) if rest.isdecimal() else 1))
        return False

    def _follow_up(self, asked: str) -> bool:
        if not asked:
            self.say(ASK.line)
            return False
        card = self._asked
        pieces = self.grader.reply(question(card), section(card.card), asked)
        self.terminal.stream(_("Reply:"), pieces)
        return False

    def _aloud(self, _rest: str = "") -> bool:
        answered = isinstance(self.session.state, Graded)
        if not self.speaker.say(*aloud(self._asked, answered=answered)):
            self.say(_("Nothing here can read aloud; `espeak-ng` can, once it is installed."))
        return False

    def _knew(self, _rest: str) -> bool:
        self._own = self.session.knew
        return True

    def _toggle(self, rest: str) -> bool:
        if not rest.isdecimal() or not self.session.point(int(rest) - 1):
            self.say(POINT.line)
        elif verdict := self.session.verdict:
            self.say(point_line(int(rest), verdict.points[int(rest) - 1]))
            self.say(verdict_line(verdict))
        return False

    def _when(self, _rest: str = "") -> bool:
        if isinstance(state := self.session.state, Graded):
            self.say(grades_line(state, self.session.best))
        return False

    def _help(self, _rest: str) -> bool:
        weighed = WEIGHING if isinstance(self.session.state, Weighing) else AFTER
        for one in BEFORE if self.session.answer is None else weighed:
            self.say(one.line)
        return False

    def _quit(self, _rest: str) -> bool:
        raise EOFError

    def _stop(self) -> None:
        if card := self.session.card:
            self.say(_("{term} was not graded; it is asked again.").format(term=card.card.term))
        sum_up(self.terminal, self.session.answers)

    def _end(self, ending: Ending) -> Way | None:
        """What was done, and what tells those apart that were confused; then what the learner goes on with."""
        self.say(picking.ended(ending, self.settings.day.zone))
        sum_up(self.terminal, self.session.answers)
        try:
            if pairs := self.session.answers.confused:
                from studyllm.cli.contrasting import contrast

                contrast(self.store, self.grader, self.settings, self.terminal, self.clock, pairs)
        except EOFError:
            return None
        return onward(self.terminal, ending)
