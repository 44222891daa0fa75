"""Recalling a whole section: a text from memory, what it did with each card, and what that is worth to the schedule.

Both faces draw a `RecallSession` and send it commands. It knows no screen and no clock. The credit is cautious, see
docs/scheduling.md: a card that is due and was said in full counts as recalled, what was not said is asked next, all
else moves nothing.
"""

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from studyllm.cards import Scheduling, Spread
from studyllm.errors import InputError
from studyllm.grading import Grader, Heard, foresee, hear, listen
from studyllm.i18n import _, listed
from studyllm.pinyin import is_chinese, sound
from studyllm.review.asking import question
from studyllm.schedule import Day, Grade, Learned, review
from studyllm.script import plain
from studyllm.store import (
    HeardCard,
    LogEntry,
    Recall,
    Review,
    ReviewDetail,
    Section,
    SectionCounts,
    StudyCard,
)
from studyllm.text import clean, key
from studyllm.verdicts import Recalled

if TYPE_CHECKING:
    from studyllm.store import Store

SOURCE = "recall"
"""What the log names as the source of a review that a recall made."""
Progress = Callable[[int, int], bool]
"""Told how many cards of how many were judged; whether to go on."""


class Effect(StrEnum):
    """What becomes of a card."""

    COUNTS = "counts"
    """It was due, and counts as recalled."""
    NEXT = "next"
    """It is asked next."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class CardRecall:
    """One card of the section, and what the text did with it."""

    card: StudyCard
    heard: Heard
    own: Recalled | None = None
    """The learner's say; None: as it was judged."""

    @property
    def state(self) -> Recalled:
        return self.own or self.heard.state

    @property
    def toggled(self) -> "CardRecall":
        """The learner says that it was said after all, or that it was not; said twice, it is as it was judged."""
        if self.own is not None:
            return replace(self, own=None)
        return replace(self, own=Recalled.MISSED if self.state is Recalled.HIT else Recalled.HIT)


def effect(recall: CardRecall, now: datetime, day: Day) -> Effect:
    """What becomes of a card, by its state and by whether the schedule waits for it."""
    if recall.state in (Recalled.MISSED, Recalled.CONTRADICTED):
        return Effect.NEXT
    if recall.state is Recalled.HIT and is_waited_for(recall.card, now, day):
        return Effect.COUNTS
    return Effect.NOTHING


def is_waited_for(card: StudyCard, now: datetime, day: Day) -> bool:
    """Whether the day of a learned card has come, or the moment of its repetition of today."""
    progress, today = card.progress, day.of(now)
    if not isinstance(progress, Learned) or card.buried == today:
        return False
    if progress.again is not None and day.of(progress.again) >= today:
        return progress.again <= now
    return progress.due <= today


def find(sections: Sequence[SectionCounts], name: str) -> Section:
    """The section whose heading or note a learner named; raises InputError when none is called so, or several are."""
    wanted = key(plain(name))
    everything = [one.section for one in sections]
    found = [section for section in everything if key(plain(section.name)) == wanted]
    found = found or [
        section for section in everything if not section.headings and key(plain(section.note)) == wanted
    ]
    found = found or [
        section for section in everything if any(key(plain(name)) == wanted for name in section.below)
    ]
    found = found or [section for section in everything if wanted and wanted in key(plain(section.name))]
    if not found:
        raise InputError(_("There is no note and no heading {name!r} with cards under it.").format(name=name))
    if len(found) > 1:
        several = listed(titled(section) for section in found[:5])
        raise InputError(
            _("{name!r} may be any of these: {several}. Write more of it.").format(name=name, several=several)
        )
    return found[0]


def holding(sections: Sequence[SectionCounts], text: str, heard: Sequence[str] = ()) -> list[int]:
    """The places of those sections that have all words of a text in their headings or in what their note is called,
    whatever the accents and the script, or that sound so, as `sounding` says it."""
    words = plain(text).split()
    found = []
    for at, one in enumerate(sections):
        named = plain("\n".join(_names(one.section)))
        sound = heard[at] if heard else ""
        if all(word in named or f" {word}" in sound for word in words):
            found.append(at)
    return found


def sounding(sections: Sequence[SectionCounts]) -> list[str]:
    """What is typed in pinyin for the Chinese names of each section, see `Sound.typed`. Slow the first time."""
    names = [[name for name in _names(one.section) if is_chinese(name)] for one in sections]
    return ["".join(sound(plain(name)).typed for name in some) for some in names]


def _names(section: Section) -> tuple[str, ...]:
    """All that it may be looked for by."""
    return (section.note, section.title, *section.headings, *section.below)


def titled(section: Section) -> str:
    """Note and heading of a section, the note by its title where it has one, as the review names it."""
    return " › ".join((section.title or section.note, *section.headings[-1:]))


class RecallSession:
    """One learner's recall of one section."""

    def __init__(self, store: "Store", day: Day, section: Section) -> None:
        self.store, self.day, self.section = store, day, section
        self.cards = store.sections.cards(section)
        self.text = ""
        self.written = ""
        """What is written so far, kept up by the face while `foresee` reads along."""
        self._reading = threading.Lock()
        """Held while the grader reads: a text is not judged before the reading of a card is over."""
        self.judged: tuple[CardRecall, ...] = ()
        """What was judged; empty before."""

    def foresee(self, grader: Grader, going: Callable[[], bool]) -> None:
        """Evaluates what does not depend on the text, and then what is written so far, as long as `going()`: done while
        it is written, judging is much quicker."""
        asked = [question(card) for card in self.cards]
        with self._reading:
            foresee(grader, asked, going)
            listen(grader, asked, lambda: clean(self.written), going)

    def judge(self, grader: Grader, text: str, progress: Progress) -> bool:
        """Judges every card by the text; False when `progress` said to stop. Slow, and waits for models."""
        with self._reading:
            heard = hear(grader, [question(card) for card in self.cards], text, progress)
        if heard is None:
            return False
        self.text = text
        self.judged = tuple(CardRecall(card, one) for card, one in zip(self.cards, heard, strict=True))
        return True

    def toggle(self, number: int) -> None:
        """The learner's word on a card, counted from 0: it was said after all, or was not."""
        judged = list(self.judged)
        judged[number] = judged[number].toggled
        self.judged = tuple(judged)

    @property
    def states(self) -> Mapping[Recalled, int]:
        """How many cards are in each state."""
        return Counter(one.state for one in self.judged)

    def effects(self, now: datetime) -> tuple[Effect, ...]:
        """What becomes of each card."""
        return tuple(effect(one, now, self.day) for one in self.judged)

    def apply(self, now: datetime) -> int:
        """Saves all of it at once; the id of its row of the log. Raises InputError when a card was moved meanwhile:
        the cards are as they are now then, and it may be done again."""
        try:
            return self.store.sections.save(self._recall(now))
        except InputError:
            fresh = {card.id: card for card in self.store.sections.cards(self.section)}
            self.judged = tuple(
                replace(one, card=fresh[one.card.id]) for one in self.judged if one.card.id in fresh
            )
            raise

    def undo(self, now: datetime) -> LogEntry | None:
        """Takes back the last thing in the log that is about cards: this recall, right after it."""
        return self.store.journal.undo(now, imports=False)

    def _recall(self, now: datetime) -> Recall:
        schedulings, placed = self.store.schedulings(), Counter[date]()
        cards = []
        for one in self.judged:
            what = effect(one, now, self.day)
            moved = self._review(one, now, schedulings, placed) if what is Effect.COUNTS else None
            cards.append(HeardCard(one.card.id, one.state, one.heard.words, moved, next=what is Effect.NEXT))
        return Recall(self.section, self.text, now, tuple(cards))

    def _review(
        self, one: CardRecall, now: datetime, schedulings: Mapping[str, Scheduling], placed: Counter[date]
    ) -> Review:
        """The review that a card counts as: good, never better; `placed` are the days of those before it."""

        def load(first: date, last: date) -> Mapping[date, int]:
            return Counter(self.store.load(first, last)) + placed

        scheduling = schedulings[one.card.deck]
        balanced = load if scheduling.spread is Spread.BALANCE else None
        after = review(
            one.card.progress, Grade.GOOD, now, self.day, scheduling, card=one.card.id, load=balanced
        )
        placed[after.due] += 1
        detail = ReviewDetail(early_look=one.card.early_look, source=SOURCE)
        return Review(
            one.card.id,
            now,
            int(Grade.GOOD),
            one.card.progress,
            after,
            one.heard.words or None,
            detail=detail,
        )
