"""What is said of the settings that a learner wrote."""

from collections.abc import Sequence

from studyllm.i18n import ngettext


def first_of(problems: Sequence[str]) -> str:
    """The first of some problems and how many more there are, so that what is said of others has room as well."""
    more = len(problems) - 1
    told = ngettext(
        "{count} more: `studyllm doctor` says which.", "{count} more: `studyllm doctor` says which.", more
    )
    return f"{problems[0]} {told.format(count=more)}" if more else problems[0]
