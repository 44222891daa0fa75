"""From cards to questions: a mix of the kinds that were asked for, each card once."""

import random
import re
from collections import Counter, deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from studyllm.cards import Kind
from studyllm.grading import bare
from studyllm.notes.candidates.asking import asks
from studyllm.notes.wording import GAPS, keys, masked, meaning, paragraph, unnamed
from studyllm.quiz.cloze import as_written, cloze
from studyllm.quiz.distractors import Distracting
from studyllm.quiz.items import (
    DEFINED,
    Contrast,
    Grid,
    GridRow,
    Item,
    Mode,
    MultipleChoice,
    Options,
    Order,
    Typed,
)
from studyllm.store.records import StudyCard
from studyllm.text import width

OPTIONS = 4
"""Texts to choose from; two are the least."""
ROWS = 4
"""Rows of a table or pairs to match; two are the least of a table, three of pairs."""
_SHORT = 60
"""Letters of a definition that is to be matched: all of them stand on one screen."""
_MOST_STEPS = 9
_LEAST_MEANING = 4
"""Columns of a meaning that can be asked for: two Chinese characters are a word."""
_HARD_TO_TYPE = re.compile(r"[`$\\{}<>=;]|\(\)|::|\w_\w|(?:^|\s)--?\w")
"""What a term has that is a formula or code: it may be written in several ways, and hardly with these keys."""
_FIGURES = re.compile(r"(?:约|公元前?|c\.? ?)?[\d./年月日~—–\- ]+s?")
"""A number, a date or a span of dates."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes questions of cards. `against` has, by card, those it was taken for: they come among its distractors."""

    distracting: Distracting
    dice: random.Random
    against: Mapping[int, Sequence[StudyCard]]

    def items(
        self,
        asked: Sequence[StudyCard],
        options: Options,
        progress: Callable[[int, int], bool] = lambda done, of: True,
    ) -> tuple[Item, ...]:
        """At most `options.length` questions, the kinds as evenly mixed as the cards allow; fewer when
        `progress(done, of)` says to stop."""
        used: Counter[Mode] = Counter()
        items: list[Item] = []
        left = deque(asked)
        shown: set[int] = set()
        while left and len(items) < options.length and progress(len(items), options.length):
            card = left.popleft()
            if card.id in shown:
                continue
            modes = sorted(options.modes, key=lambda mode: (used[mode], mode))
            fresh = [mode for mode in modes if used[mode] == used[modes[0]]]
            self.dice.shuffle(fresh)
            fresh.sort(key=lambda mode: mode is not Mode.CONTRAST)  # the other kinds have cards enough
            for mode in (*fresh, *modes[len(fresh) :]):
                item = self.item(card, mode, _asked(items))
                if item:
                    used[mode] += 1
                    items.append(item)
                    shown |= _shown_with(item)
                    break
        return tuple(items)

    def item(self, card: StudyCard, mode: Mode, before: Collection[int] = ()) -> Item | None:
        """A question of that kind about a card; None when the card does not lend itself to it. What was asked `before`
        is matched with no other: its answer was just shown."""
        if not _lends(card, mode):
            return None
        text = card.card
        if text.kind is Kind.CLOZE:
            return as_written(card)
        if mode is Mode.MEANING:
            return Typed(mode, card, text.prompt or text.term)
        if mode is Mode.CONTRAST:
            terms = [other for other in self.against.get(card.id, ()) if _can_be_told_apart(other)]
            return Contrast(card, terms[0]) if terms and _can_be_told_apart(card) else None
        if mode is Mode.ORDER:
            return self._order(card)
        if mode is Mode.TABLE:
            return self._table(card)
        if mode is Mode.TERM:
            return Typed(mode, card, masked(paragraph(text), text))
        if mode is Mode.CLOZE:
            return cloze(card, [other.card for other in self.distracting.pool], self.dice)
        if mode is Mode.MATCH:
            return self._match(card, before)
        return self._choice(card, mode)

    def _choice(self, card: StudyCard, mode: Mode) -> MultipleChoice | None:
        others = self.distracting.of(card, OPTIONS - 1, self.dice, self.against.get(card.id, ()), mode)
        if mode is Mode.CHOOSE_TERM:
            others = [one for one in others if not asks(one.card.term)]
        if not others:
            return None
        shown = [card, *others]
        self.dice.shuffle(shown)
        if mode is Mode.CHOOSE_TERM:
            prompt, options = meaning(card.card), [one.card.term for one in shown]
        else:
            prompt, options = card.card.prompt or card.card.term, [meaning(one.card) for one in shown]
        return MultipleChoice(
            mode, card, prompt, tuple(options), tuple(one.id for one in shown), shown.index(card)
        )

    def _match(self, card: StudyCard, before: Collection[int]) -> Grid | None:
        """Pairs of one section, else of one note, of one deck, or any: what has nothing to do with each other is
        matched at a glance."""
        if not _can_be_matched(card):
            return None
        for near in (_of_one_section, _of_one_note, _of_one_deck, lambda _one, _other: True):
            pool = [one for one in self.distracting.pool if one.id not in before and near(card, one)]
            pool = [one for one in pool if one.card.kind not in DEFINED or _can_be_matched(one)]
            near_by = replace(self.distracting, pool=pool)
            others = near_by.of(card, ROWS - 1, self.dice, self.against.get(card.id, ()))
            if len(others) >= 2:
                break
        else:
            return None
        pairs = [card, *others]
        self.dice.shuffle(pairs)
        rows = tuple(GridRow(one, (one.card.term, ""), 1, _to_match(one)) for one in pairs)
        return Grid(Mode.MATCH, ("", ""), rows, self._shuffled([row.wanted for row in rows]))

    def _table(self, card: StudyCard) -> Grid | None:
        """Rows of the card's own table, a gap in the column where most of them differ."""
        labels, _ = _cells(card)
        if not labels:
            return None
        mates = [
            other
            for other in self.distracting.pool
            if other.id != card.id
            and other.card.source.path == card.card.source.path
            and other.card.headings == card.card.headings
            and _cells(other)[0] == labels
        ]
        self.dice.shuffle(mates)
        column = self.dice.randrange(len(labels))
        taken: list[StudyCard] = []
        for one in (card, *mates):
            cell = masked(_cells(one)[1][column], one.card)
            if cell and all(
                cell != masked(_cells(other)[1][column], other.card) and not keys(one.card) & keys(other.card)
                for other in taken
            ):
                taken.append(one)
            if len(taken) == ROWS:
                break
        if len(taken) < 2:
            return None
        self.dice.shuffle(taken)
        rows = []
        for one in taken:
            cells = [masked(cell, one.card) for cell in _cells(one)[1]]
            wanted, cells[column] = cells[column], ""
            rows.append(GridRow(one, (one.card.term, *cells), column + 1, wanted))
        bank = self._shuffled([row.wanted for row in rows])
        return Grid(Mode.TABLE, (card.card.section, *labels), tuple(rows), bank)

    def _order(self, card: StudyCard) -> Order | None:
        steps = tuple(map(bare, card.own_points or card.card.points))
        if card.card.kind is not Kind.SEQUENCE or not 2 <= len(steps) <= _MOST_STEPS:
            return None
        if len(set(steps)) < 2:
            return None
        shown = list(range(len(steps)))
        while [steps[i] for i in shown] == list(steps):
            self.dice.shuffle(shown)
        return Order(card, card.card.prompt or card.card.term, tuple(steps), tuple(shown))

    def _shuffled(self, texts: list[str]) -> tuple[str, ...]:
        self.dice.shuffle(texts)
        return tuple(texts)


def _can_be_told_apart(card: StudyCard) -> bool:
    """Whether one can say what tells a card from another: no question does, and no date from another date."""
    return not asks(card.card.term) and not is_in_figures(card.card.term)


def is_in_figures(term: str) -> bool:
    """Whether a term is nothing but figures: a number, a date or a span of dates that is written in them."""
    return _FIGURES.fullmatch(term) is not None


def lends(card: StudyCard, modes: Collection[Mode]) -> bool:
    """Whether a card can be asked in one of these ways, as far as it tells that by itself."""
    return any(_lends(card, mode) for mode in modes)


def _lends(card: StudyCard, mode: Mode) -> bool:
    text = card.card
    if text.kind is Kind.CLOZE:
        return mode is Mode.CLOZE
    if mode in (Mode.MEANING, Mode.CONTRAST):
        return True
    if mode is Mode.ORDER:
        return text.kind is Kind.SEQUENCE
    if mode is Mode.TABLE:
        return bool(_cells(card)[0])
    if text.kind not in DEFINED or width(meaning(text)) < _LEAST_MEANING:
        return False
    if mode is Mode.TERM and _HARD_TO_TYPE.search(text.term):
        return False
    return mode not in (Mode.TERM, Mode.CHOOSE_TERM) or not asks(text.term)


def _to_match(card: StudyCard) -> str:
    """The meaning that is matched with a term, which does not give it away."""
    return unnamed(meaning(card.card, _SHORT), card.card)


def _can_be_matched(card: StudyCard) -> bool:
    """Whether enough of the meaning is left when nothing of the term stands in it."""
    return width(GAPS.sub("", _to_match(card))) >= _LEAST_MEANING


def shown_in(items: Sequence[Item]) -> set[int]:
    """The cards that some questions ask or show."""
    return _asked(items).union(*map(_shown_with, items))


def _shown_with(item: Item) -> set[int]:
    """The cards whose meaning a question shows with its answer, beside its own."""
    if isinstance(item, Contrast):
        return {item.other.id}
    return {row.card.id for row in item.rows} if isinstance(item, Grid) else set()


def _asked(items: Sequence[Item]) -> set[int]:
    """The cards of some questions."""
    return {
        one.id
        for item in items
        for one in ([row.card for row in item.rows] if isinstance(item, Grid) else [item.card])
    }


def _of_one_section(one: StudyCard, other: StudyCard) -> bool:
    return _of_one_note(one, other) and one.card.headings == other.card.headings


def _of_one_note(one: StudyCard, other: StudyCard) -> bool:
    return _of_one_deck(one, other) and one.card.source.path == other.card.source.path


def _of_one_deck(one: StudyCard, other: StudyCard) -> bool:
    return one.deck == other.deck


def _cells(card: StudyCard) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels and texts of a table row; none for another card."""
    if card.card.kind is not Kind.TABLE:
        return (), ()
    pairs = [point.replace("：", ":", 1).partition(":") for point in card.card.points]
    if not all(mark and text.strip() for _, mark, text in pairs):
        return (), ()
    return tuple(label.strip() for label, _, _ in pairs), tuple(text.strip() for _, _, text in pairs)
