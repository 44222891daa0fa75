"""What an import of notes did not do, and what brings it about."""

from studyllm.cli.show import line
from studyllm.i18n import _, listed, ngettext
from studyllm.library import Plan, in_one_direction
from studyllm.text import shortened

_NAMED = 80
"""Letters of the names of files."""


def beside(made: Plan) -> None:
    """Says what was left out with it, a line each."""
    for name, count in made.elsewhere.items():
        told = ngettext(
            "{count} note was left out: the deck {deck} has it. --join takes it into this one.",
            "{count} notes were left out: the deck {deck} has them. --join takes them into this one.",
            count,
        )
        line("  " + told.format(count=count, deck=name))
    for name, count in made.twins.items():
        told = ngettext(
            "{count} card was left out: the deck {deck} has it word for word. --join takes it into this one.",
            "{count} cards were left out: the deck {deck} has them word for word. --join takes them into this one.",
            count,
        )
        line("  " + told.format(count=count, deck=name))
    if made.one_way:
        line(f"  {in_one_direction(made.one_way)}")
    if made.is_empty and made.offered:
        told = ngettext(
            "No deck was made: what was found is only offered. `studyllm card make NOTE:LINE` makes a card of it.",
            "No deck was made: what was found is only offered. `studyllm card make NOTE:LINE` makes a card of one, "
            "with --like of all written so; in the app the import screen (i) does.",
            made.offered,
        )
        line(f"  {told}")
    elif made.is_empty:
        told = _(
            "No deck was made. A card is a term with its meaning, as in “**Term**: what it means”; a table has a tab "
            "or a comma between the two, and is a .tsv or .csv."
        )
        line(f"  {told}")
    if others := made.texts:
        told = ngettext(
            "{count} file beside the notes was not read: {names}. `studyllm import` with its name brings it in.",
            "{count} files beside the notes were not read: {names}. `studyllm import` with their names brings them in.",
            len(others),
        )
        line("  " + told.format(count=len(others), names=shortened(listed(others), _NAMED)))
