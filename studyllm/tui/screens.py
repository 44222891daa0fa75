"""The screens that keys and the palette open, each imported when it is first wanted: few are in a session."""

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from studyllm.store import Pick, Section


def review(deck: str | None = None, pick: "Pick | None" = None) -> Screen[None]:
    """The review of a deck, or of all; or of what was picked beside the day's cards."""
    from studyllm.tui.review.screen import ReviewScreen

    return ReviewScreen(deck, pick)


def more(deck: str | None = None) -> Screen[None]:
    """More than today asks for, of a deck or of all."""
    from studyllm.tui.more import MoreScreen

    return MoreScreen(deck)


def quiz(deck: str | None = None) -> Screen[None]:
    """A quiz to be chosen, of a deck or of all."""
    from studyllm.tui.quiz.screen import QuizScreen

    return QuizScreen(deck)


def glossary() -> Screen[None]:
    """All cards, to be searched and changed."""
    from studyllm.tui.glossary.screen import GlossaryScreen

    return GlossaryScreen()


def progress() -> Screen[None]:
    """What is remembered, coming, and hard."""
    from studyllm.tui.progress import ProgressScreen

    return ProgressScreen()


def importing() -> Screen[None]:
    """Notes to be made into cards."""
    from studyllm.tui.importing.screen import ImportScreen

    return ImportScreen()


def history() -> Screen[None]:
    """What happened, and taking it back."""
    from studyllm.tui.history import HistoryScreen

    return HistoryScreen()


def compare(deck: str | None = None) -> Screen[None]:
    """Schedulers on a deck's own reviews, or on all."""
    from studyllm.tui.compare import CompareScreen

    return CompareScreen(deck)


def simulate() -> Screen[None]:
    """What another desired retention would cost a day, over all decks."""
    from studyllm.tui.simulate import SimulateScreen

    return SimulateScreen(None)


def rename(deck: str) -> Screen[None]:
    """Another name for a deck."""
    from studyllm.tui.decks import RenameScreen

    return RenameScreen(deck)


def exam(deck: str) -> Screen[None]:
    """When the exam on a deck is."""
    from studyllm.tui.decks import ExamScreen

    return ExamScreen(deck)


def delete(deck: str, cards: int) -> Screen[None]:
    """Whether a deck with so many cards is to go."""
    from studyllm.tui.decks import DeleteScreen

    return DeleteScreen(deck, cards)


def recall_choice(deck: str | None = None) -> Screen[None]:
    """The notes and headings that can be recalled as a whole, of a deck or of all."""
    from studyllm.tui.recall.choice import RecallChoiceScreen

    return RecallChoiceScreen(deck)


def recall(section: "Section") -> Screen[None]:
    """A section, to be written down from memory."""
    from studyllm.tui.recall.screen import RecallScreen

    return RecallScreen(section)
