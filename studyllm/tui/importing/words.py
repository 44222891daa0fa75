"""What the import screen says of its plans, in the line under the path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studyllm.cards import file_name
from studyllm.i18n import _, listed, ngettext
from studyllm.store.messages import counted
from studyllm.text import shortened

if TYPE_CHECKING:
    from studyllm.library import Plan

_NAMED = 60
"""Letters of the names of files."""


def summed(plans: Sequence[Plan], *, whole: bool, in_list: bool, empty: bool) -> str:
    """How many cards change, are offered, and lines are skipped, the same whether the `whole` is shown or what
    changes; and which keys go on, which are others where the path is typed, and where the list is `empty`."""
    from studyllm.library import counts, describe, in_one_direction

    totals: dict[str, int] = {}
    for made in plans:
        for name, count in counts(made).items():
            totals[name] = totals.get(name, 0) + count
    offered = sum(made.offered for made in plans)
    passed = sum(len(made.skipped_texts) for made in plans)
    if not in_list and empty and offered:
        said = _("{what}; {offered} offered; {count} skipped. Enter lists them, Ctrl+S applies.")
    elif not in_list:
        said = _("{what}; {offered} offered; {count} skipped. Ctrl+S applies, ↓ to the list.")
    elif whole:
        said = _("{what}; {offered} offered; {count} skipped. Ctrl+S applies.")
    else:
        said = _("{what}; {offered} offered; {count} skipped. Ctrl+S applies, a shows all.")
    told = said.format(what=counted(totals) or _("no cards"), offered=offered, count=passed)
    if whole:
        told += "\n" + _("All is shown, also what was skipped; a shows only what changes.")
    for one in (one for made in plans for one in made.notable):
        told += "\n" + describe(replace(one, path=file_name(one.path)))
    if elsewhere := sum(count for made in plans for count in made.elsewhere.values()):
        told += "\n" + ngettext(
            "{count} note belongs to another deck and is left out; j takes it into this one.",
            "{count} notes belong to other decks and are left out; j takes them into this one.",
            elsewhere,
        ).format(count=elsewhere)
    if twins := sum(count for made in plans for count in made.twins.values()):
        told += "\n" + ngettext(
            "{count} card is left out: another deck has it word for word; j takes it into this one.",
            "{count} cards are left out: other decks have them word for word; j takes them into this one.",
            twins,
        ).format(count=twins)
    if texts := [name for made in plans for name in made.texts]:
        told += "\n" + ngettext(
            "{count} file beside the notes was not read: {names}. With its path above it is.",
            "{count} files beside the notes were not read: {names}. With their paths above they are.",
            len(texts),
        ).format(count=len(texts), names=shortened(listed(texts), _NAMED))
    if one_way := sum(made.one_way for made in plans):
        told += "\n" + in_one_direction(one_way)
    return told
