"""Why something in a note is no card: kept in English with the note, said in the learner's language."""

from studyllm.i18n import N_, kept

MANY_ROWS = N_("a table of {count} rows; only the first {most} were read")
MANY_CARDS = N_("{count} cards in one file; only the first {most} were taken")
MORE = N_("and {count} more like these")
GUESSED = N_("not UTF-8: read as {encoding}, a guess")
LEFT_OUT = N_("{count} cards under headings the deck leaves out")
LABEL = N_("a label, not a term")


def said(reason: str) -> str:
    """A reason in the learner's language."""
    return kept(reason, (MANY_ROWS, MANY_CARDS, MORE, GUESSED, LEFT_OUT))
