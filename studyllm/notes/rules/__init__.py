"""The rules that make cards, in the order they are asked; the first that takes a block keeps it."""

from studyllm.notes.rules.enumeration import heading_list, lead_in_list
from studyllm.notes.rules.headings import defined_heading, question_heading
from studyllm.notes.rules.items import items
from studyllm.notes.rules.labelled import attribute_heading, label_sections
from studyllm.notes.rules.marked import callout, definition_list, details, double_colon, question_and_answer
from studyllm.notes.rules.paragraphs import bold_line, bold_paragraph, dense_lines, lone_definition
from studyllm.notes.rules.tables import tables
from studyllm.notes.scope import Take

RULES: tuple[Take, ...] = (
    definition_list,
    callout,
    question_and_answer,
    double_colon,
    details,
    question_heading,
    attribute_heading,
    defined_heading,
    heading_list,
    bold_paragraph,
    bold_line,
    dense_lines,
    lead_in_list,
    lone_definition,
    tables,
    items,
)

__all__ = ["RULES", "label_sections"]
