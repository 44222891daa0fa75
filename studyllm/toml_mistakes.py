"""What is wrong with a TOML file, in the learner's words and with the place: Python says it in English alone."""

import re

from studyllm.i18n import N_, _

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_BARE = re.compile(r"^\s*\[?\s*[^\s=\"'#\[\]]*[^\x00-\x7f\s=][^\s=\"'#]*\s*[=\]]")
"""A name with other than ASCII letters that stands without quotes."""
_REASONS = (
    (r"Cannot (?:overwrite|declare|mutate)", N_("it is set a second time")),
    (
        r"Illegal character '\\n'|Unclosed|Unterminated|Expected '\]|Expected \"",
        N_("a quotation mark or a bracket is not closed"),
    ),
    (r"Unescaped '\\'", N_(r"a backslash in quotation marks is written twice, or the text in single ones")),
    (r"Expected newline", N_("something stands behind the value; a text stands in quotation marks")),
    (r"Invalid value", N_("that is no value; a text stands in quotation marks")),
    (r"Invalid statement|Expected '='", N_('a line is written as NAME = "VALUE" or [TABLE]')),
)


def mistake(text: str, error: Exception) -> str:
    """Where a file's text is wrong, and why, from what Python's reader says of it."""
    said = str(error)
    reason = next((_(reason) for begins, reason in _REASONS if re.match(begins, said)), _("it is not TOML"))
    if not (place := _PLACE.search(said)):
        return _("at the end: {reason}").format(reason=reason) if "end of document" in said else reason
    line, column = map(int, place.groups())
    written = text.split("\n")[line - 1]
    if _BARE.match(written):
        reason = _("a name with other letters than a to z stands in quotation marks")
    return _("line {line}, column {column}: {reason}").format(line=line, column=column, reason=reason)
