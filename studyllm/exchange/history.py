"""Answers that were given elsewhere: as reviews of here, and put into the history of cards that are here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studyllm.cards import Scheduling
from studyllm.i18n import listed, ngettext
from studyllm.schedule import Day, Grade, Learned, New, Progress
from studyllm.schedule.scheduler import review
from studyllm.store.changes import Start
from studyllm.store.records import Review, ReviewDetail, StudyCard
from studyllm.text import key

if TYPE_CHECKING:
    from studyllm.store import Store

SOURCE = "history"


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer."""

    card: str
    """A term or another name of it, or the number of a card."""
    deck: str
    """Empty: of whichever deck."""
    at: datetime
    grade: Grade


@dataclass(frozen=True, slots=True)
class Histories:
    """What answers would do to the cards that are here."""

    cards: Mapping[int, Start]
    """What is new of each card's history, and where the whole of it puts the card."""
    passed: tuple[str, ...]
    as_of: int
    """The last row of the log when this was found out."""


def match(store: "Store", answers: Iterable[Answered], day: Day, deck: str | None = None) -> Histories:
    """The answers by card, and what they do to it: see `merged`."""
    as_of = store.last_row()
    names = _names(store, deck)
    found: dict[int, dict[datetime, Grade]] = defaultdict(dict)
    unknown: dict[str, int] = defaultdict(int)
    for one in answers:
        card = _card(names, one)
        if card is None:
            unknown[one.card] += 1
        else:
            found[card][one.at] = one.grade
    return Histories(merged(store, found, day), tuple(_passed(unknown)), as_of)


def merged(store: "Store", found: Mapping[int, Mapping[datetime, Grade]], day: Day) -> Mapping[int, Start]:
    """Answers from elsewhere, and where each card stands with them. Those that the log has are left out, to the
    millisecond.

    A card stands where all its answers, those given here and these, put it under its deck's scheduling. One whose
    schedule its own answers do not explain (it was brought along, or set by hand) keeps it: answers that are older than
    its last are only logged, newer ones move it on.
    """
    if not any(found.values()):  # the log may be long
        return {}
    schedulings = store.schedulings()
    here = store.journal.histories()
    known = store.journal.times(found)
    starts = {}
    for number, given in sorted(found.items()):
        new = {at: grade for at, grade in given.items() if _millisecond(at) not in known.get(number, ())}
        if not new:
            continue
        card = store.card(number)
        own, scheduling = here.get(number, ()), schedulings[card.deck]
        stands = card.progress
        if _explained(stands, own, scheduling, day, number):
            whole = replayed(sorted([*own, *new.items()]), scheduling, day, card=number)
            starts[number] = Start(whole.progress, tuple(one for one in whole.reviews if one.at in new))
            continue
        assert isinstance(stands, Learned)
        older = sorted((at, grade) for at, grade in new.items() if at <= stands.reviewed)
        later = sorted((at, grade) for at, grade in new.items() if at > stands.reviewed)
        logged = replayed(older, scheduling, day, card=number).reviews
        moved = replayed(later, scheduling, day, card=number, stands=stands)
        starts[number] = Start(moved.progress, (*logged, *moved.reviews))
    return starts


def _explained(
    stands: Progress, own: Sequence[tuple[datetime, Grade]], scheduling: Scheduling, day: Day, card: int
) -> bool:
    """Whether a card stands where its answers put it."""
    if not isinstance(stands, Learned):
        return True
    told = replayed(own, scheduling, day, card=card).progress
    return isinstance(told, Learned) and (told.due, told.interval) == (stands.due, stands.interval)


def _millisecond(at: datetime) -> datetime:
    """Other programs keep no more of a moment."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def replayed(
    history: Sequence[tuple[datetime, Grade]],
    scheduling: Scheduling,
    day: Day,
    *,
    card: int = 0,
    stands: Progress = New(),  # noqa: B008 - frozen
) -> Start:
    """What the scheduler makes of answers, oldest first, of a card that stands somewhere."""
    reviews = []
    for at, grade in history:
        after = review(stands, grade, at, day, scheduling, card=card)
        reviews.append(Review(card, at, grade, stands, after, detail=ReviewDetail(source=SOURCE)))
        stands = after
    return Start(stands, tuple(reviews))


def _names(store: "Store", deck: str | None) -> Mapping[str, list[StudyCard]]:
    """The cards by each of their names, and by number."""
    found: dict[str, list[StudyCard]] = defaultdict(list)
    for card in store.cards(deck):
        for name in dict.fromkeys(map(key, (card.card.term, card.card.prompt, *card.card.aliases))):
            found[name].append(card)
        found[f"#{card.id}"].append(card)
    return found


def _card(names: Mapping[str, list[StudyCard]], one: Answered) -> int | None:
    """The one card that is called so; a name goes before a number."""
    for name in (key(one.card), f"#{one.card.lstrip('#')}"):
        found = [card for card in names.get(name, ()) if one.deck in ("", card.deck)]
        if len(found) == 1:
            return found[0].id
    return None


def _passed(unknown: Mapping[str, int]) -> Iterable[str]:
    if unknown:
        some = listed(sorted(unknown)[:5]) + ("…" if len(unknown) > 5 else "")
        told = ngettext(
            "{count} answer is to a card that is not here, or of which there are several: {some}",
            "{count} answers are to cards that are not here, or of which there are several: {some}",
            sum(unknown.values()),
        )
        yield told.format(count=sum(unknown.values()), some=some)
