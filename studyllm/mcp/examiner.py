"""What a model that talks with the learner is given, and when: calls in, plain records out; nothing here knows MCP.

A reference leaves only with the verdict of our own grader, or after it. A verdict that is sure moves the card, as
Enter does in the app; in doubt the learner's own grade does. Whatever was done here can be taken back here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studyllm import messages
from studyllm.cards import Card, Kind, Source
from studyllm.config import is_deck_name
from studyllm.errors import InputError
from studyllm.glossary import Entry, Finding, Query, Shown
from studyllm.glossary.conditions import Answered, leaves
from studyllm.grading import Grader, Verdict, bare
from studyllm.i18n import _
from studyllm.library.noteless import plan_of
from studyllm.library.plan import apply
from studyllm.library.steps import Change
from studyllm.mcp.records import DeckToday, Judged, Point, Question, Recorded, Term
from studyllm.review.asking import question, stands
from studyllm.review.session import Asking, Graded, Judging, Moved, ReviewSession
from studyllm.schedule import Day, Grade
from studyllm.text import clean, fold, key, language

if TYPE_CHECKING:
    from studyllm.store import Store

LONGEST = 8_000
"""Characters of a text that is taken."""
_TO_COME = ("due", "learning")
"""States of cards that are asked today."""
_FROM = "studyllm mcp"
"""Where a card that was added here is said to come from."""


@dataclass(frozen=True, slots=True)
class _Last:
    """The answer that was graded last."""

    given: Graded
    log_id: int


class Examiner:
    """One conversation over the cards of one home. Not thread-safe: one call at a time."""

    def __init__(
        self,
        store: "Store",
        day: Day,
        *,
        make_grader: Callable[[], Grader],
        find: Callable[[str], Shown],
        clock: Callable[[], datetime],
        deck: str | None = None,
    ) -> None:
        """`make_grader` is called when a card is asked for the first time: models are large."""
        self._store, self._day, self._clock = store, day, clock
        self._make_grader, self._find = make_grader, find
        self._grader: Grader | None = None
        self._session = ReviewSession(store, day, deck)
        self._deck = deck
        self._mine: set[int] = set()
        """Log rows that were written here."""
        self._last: _Last | None = None

    def close(self) -> None:
        """Lets go of the models."""
        if self._grader is not None:
            self._grader.close()

    # Asking

    def decks(self) -> list[DeckToday]:
        """Every deck, with what it has for today."""
        counts = self._store.counts(self._day.of(self._clock()), self._day)
        return [DeckToday(c.deck, c.due, c.learning, c.new, c.cards) for c in counts]

    def next(self, deck: str | None = None) -> Question | None:
        """The card that is asked, of a deck from now on, if one is named; the same until it was answered. None when
        all is done. Raises InputError while the last answer waits for the learner's grade."""
        if isinstance(self._session.state, Graded):
            raise InputError(
                _("The learner has not graded {term} yet.").format(term=self._session.state.card.card.term)
            )
        if deck is not None and deck != self._deck:
            self._store.require(deck)
            self._session, self._deck = ReviewSession(self._store, self._day, deck), deck
        self._session.refresh()
        state = self._session.next(self._clock())
        if not isinstance(state, Asking):
            return None
        self._models().prepare(question(state.card))
        text = state.card.card
        return Question(
            card=state.card.id,
            deck=state.card.deck,
            headings=list(stands(state.card)[0][1:]),
            question=text.prompt or text.term,
            wanted=messages.wanted(state.card),
            left=state.left.all,
        )

    def submit(self, card: int, answer: str) -> Judged:
        """Has an answer judged; a verdict that is sure moves the card. Raises InputError for another card than the one
        that is asked, and for an answer without a word."""
        asked = self._session.state
        if not isinstance(asked, Asking) or isinstance(asked, Graded) or asked.card.id != card:
            raise InputError(
                _("Card {card} is not the one that is asked; ask for the next card first.").format(card=card)
            )
        said = clean(answer)[:LONGEST].strip()
        if not said:
            raise InputError(
                _('The answer is empty. Someone who knows nothing of it says so: "I don\'t know".')
            )
        judging = self._session.submit(said, 0.0)
        assert isinstance(judging, Judging)
        grader = self._models()
        verdict = self._session.judge(grader, judging)
        self._session.judged(judging, verdict)
        given = self._session.state
        assert isinstance(given, Graded)
        suggested = self._session.suggested
        why = "".join(self._session.explain(grader, judging, verdict))
        done = None if suggested is None else self._record(given, suggested)
        return _judged(given, verdict, done, why)

    def grade(self, card: int, grade: int) -> Recorded:
        """The learner's own grade: of an answer in doubt, or instead of the grade that the last answer got. Raises
        InputError for any other card."""
        state = self._session.state
        if isinstance(state, Graded) and state.card.id == card:
            return self._record(state, Grade(grade))
        last = self._last
        latest = self._store.journal.latest(1)
        if last is None or last.given.card.id != card or not latest or latest[0].id != last.log_id:
            raise InputError(
                _(
                    "Card {card} waits for no grade: only the answer that was judged last can have another one."
                ).format(card=card)
            )
        self._session.undo(self._clock())
        self._session.state = last.given
        return self._record(last.given, Grade(grade))

    def _record(self, given: Graded, grade: Grade) -> Recorded:
        now = self._clock()
        moved: Moved = self._session.grade(grade, 0.0, now)
        self._mine.add(moved.recorded.log_id)
        self._last = _Last(given, moved.recorded.log_id)
        progress = moved.recorded.card.progress
        return Recorded(
            given.card.id,
            given.card.card.term,
            int(grade),
            messages.span(progress, now),  # type: ignore[arg-type]
        )

    # The glossary

    def search(self, text: str, limit: int) -> list[Term]:
        """What a query finds. Of a card that waits to be asked today the definition is left out, and it is found by
        its term alone, or finding it, or not, would tell whether a guess is in its definition."""
        shown = self._find(clean(text)[:LONGEST])
        waiting = self._waiting()
        found: list[Term] = []
        for row in range(len(shown.found)):
            entry = shown.entry(row)
            hidden = entry.state in _TO_COME or key(entry.term) in waiting
            if not hidden or _named(entry, shown.found.query):
                found.append(_term(entry, hidden=hidden))
            if len(found) >= limit:
                break
        return found

    def _waiting(self) -> set[str]:
        """The terms of the cards that can be asked now, and of the one that is."""
        cards = list(self._session.queue.queue(self._clock()))
        if self._session.card is not None:
            cards.append(self._session.card)
        return {key(name) for card in cards for name in (card.card.term, *card.card.aliases)}

    # Changing

    def add(self, deck: str, term: str, answer: str) -> None:
        """A card that stands in no note. Raises InputError where the deck has it already."""
        name, front, back = (clean(text).strip() for text in (deck, term, answer))
        front = " ".join(front.split())
        if not is_deck_name(name) or not front or not back or max(map(len, (name, front, back))) > LONGEST:
            raise InputError(_("A card needs a deck, a term and an answer. Nothing was added."))
        card = Card(
            Kind.TERM, front, back, Source(_FROM, 0, 0), prompt=front, lang=language(back), rule="table"
        )
        plan = plan_of(self._store, name, (card,))
        if [step.change for step in plan.steps] != [Change.ADDED]:
            raise InputError(_("{deck} has a card like that already. Nothing was added.").format(deck=name))
        apply(self._store, plan, self._clock())
        self._mine.add(self._store.journal.latest(1)[0].id)
        self._session.refresh()

    def undo(self) -> str:
        """Takes back the last thing that was done here; what it was. Raises InputError when the last thing in the log
        was done elsewhere: that is not the conversation's to take back."""
        latest = self._store.journal.latest(1)
        if not latest or latest[0].id not in self._mine:
            raise InputError(
                _("The last change was not made here. `studyllm undo`, or Undo in the app, takes it back.")
            )
        if latest[0].review:
            entry = self._session.undo(self._clock())
        else:
            entry = self._store.journal.undo(self._clock())
            self._session.refresh()
        assert entry is not None
        return entry.what

    def _models(self) -> Grader:
        if self._grader is None:
            self._grader = self._make_grader()
        return self._grader


def _judged(given: Graded, verdict: Verdict, done: Recorded | None, why: str) -> Judged:
    text = given.card.card
    return Judged(
        card=given.card.id,
        verdict="unsure" if verdict.unsure else verdict.label.value,
        score=verdict.score,
        points=[Point(bare(point.text), point.state.value) for point in verdict.points],
        grade=done.grade if done else None,
        again=done.again if done else "",
        reference=text.answer,
        place=text.source.place,
        explanation=why,
    )


def _named(entry: Entry, query: Query) -> bool:
    """Whether a term has all the words of a query that asks for a text in no other way: without a word, with one of
    several, or in the learner's answers."""
    told = any(isinstance(one, Answered) for part in query.parts for one, _wanted in leaves(part))
    return not query.rest and not told and all(word in fold(entry.term) for word in query.words)


def _term(entry: Entry, *, hidden: bool) -> Term:
    return Term(
        card=entry.id,
        term=entry.term,
        aliases=[] if hidden else list(entry.aliases),
        deck=entry.deck,
        headings=list(entry.headings),
        state=entry.state,
        answer=None if hidden else entry.answer,
    )


class Glossary:
    """Finds in the words of all cards, which are read again when something was done."""

    def __init__(
        self,
        store: "Store",
        day: Day,
        make: Callable[[Finding | None], Finding],
        clock: Callable[[], datetime],
    ) -> None:
        """`make` gives what finds, from the one before."""
        self._store, self._day, self._make, self._clock = store, day, make, clock
        self._finding: Finding | None = None
        self._read: tuple[object, int] | None = None
        """Day and last log row of what was read."""

    def find(self, text: str) -> Shown:
        """What a query finds now."""
        today = self._day.of(self._clock())
        start = self._day.start(today)
        now = today, self._store.last_row()
        if self._finding is None or self._read != now:
            self._finding = finding = self._make(self._finding)
            finding.load(today, start)
            finding.read()
            finding.listen()
            self._read = now
        found = self._finding.find(text)
        assert found is not None
        return Shown(found, lambda cards: self._store.entries.some(cards, today, start))

    def close(self) -> None:
        """Ends the search's process, if there is one."""
        if self._finding is not None:
            self._finding.close()
