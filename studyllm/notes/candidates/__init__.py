"""Everything in a note that might be a card: each file reads one form of writing, none of them decides."""

from studyllm.notes.candidates.acronyms import of_acronyms
from studyllm.notes.candidates.candidate import Candidate, Page
from studyllm.notes.candidates.columns import of_columns
from studyllm.notes.candidates.commands import of_commands
from studyllm.notes.candidates.explicit import explicit
from studyllm.notes.candidates.formulas import of_formulas
from studyllm.notes.candidates.glosses import of_glosses
from studyllm.notes.candidates.headings import of_headings
from studyllm.notes.candidates.items import of_items
from studyllm.notes.candidates.of_a_sort import of_a_sort
from studyllm.notes.candidates.paragraphs import of_paragraphs
from studyllm.notes.candidates.roomy import of_roomy
from studyllm.notes.candidates.runs import of_runs
from studyllm.notes.candidates.tables import of_tables
from studyllm.notes.candidates.titles import of_title
from studyllm.notes.outline import Node

GENERATORS = (
    explicit,
    of_title,
    of_headings,
    of_items,
    of_paragraphs,
    of_glosses,
    of_runs,
    of_roomy,
    of_acronyms,
    of_columns,
    of_a_sort,
    of_tables,
    of_commands,
    of_formulas,
)


def candidates(page: Page, root: Node) -> list[Candidate]:
    """The candidates of a note, in the order of the file."""
    found = [one for node in root.walk() for generate in GENERATORS for one in generate(page, node)]
    return sorted((one for one in found if one.worth_a_look), key=lambda one: (one.line, -one.end))


__all__ = ["Candidate", "Page", "candidates"]
