"""The screens that keys and the palette open, each imported when it is first wanted: few are in a session."""

from textual.screen import Screen


def review(deck: str | None = None) -> Screen[None]:
    from studyllm.tui.review.screen import ReviewScreen

    return ReviewScreen(deck)


def quiz(deck: str | None = None) -> Screen[None]:
    from studyllm.tui.quiz.screen import QuizScreen

    return QuizScreen(deck)


def glossary() -> Screen[None]:
    from studyllm.tui.glossary.screen import GlossaryScreen

    return GlossaryScreen()


def progress() -> Screen[None]:
    from studyllm.tui.progress import ProgressScreen

    return ProgressScreen()


def importing() -> Screen[None]:
    from studyllm.tui.importing.screen import ImportScreen

    return ImportScreen()


def history() -> Screen[None]:
    from studyllm.tui.history import HistoryScreen

    return HistoryScreen()


def compare(deck: str | None = None) -> Screen[None]:
    from studyllm.tui.compare import CompareScreen

    return CompareScreen(deck)
