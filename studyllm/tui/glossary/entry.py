"""How an entry of the glossary looks: a row of the list, and the page beside it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from textual.content import Content

from studyllm import messages
from studyllm.glossary import Entry, Found, SortOrder
from studyllm.i18n import N_, _, aside, listed, ngettext, phrases
from studyllm.messages import CARD_STATES
from studyllm.schedule import Grade
from studyllm.store import Review
from studyllm.text import clean, definition, names, shortened
from studyllm.tui.widgets.rows import MUTED, NOTABLE, STRONG, Cell

_ORDERS = {
    SortOrder.MATCH: N_("best match first"),
    SortOrder.NOTES: N_("as in the notes"),
    SortOrder.TERM: N_("by term"),
    SortOrder.DUE: N_("by due day"),
    SortOrder.EASE: N_("hardest first"),
    SortOrder.LAPSES: N_("most forgotten first"),
}
_LONGEST = 160
"""Letters of an answer that are shown."""
NEAR, ALIKE = "≈", "~"
"""Before an entry that is shown for its meaning alone, and before one that is spelt almost so."""


def cells(entry: Entry, *, marked: bool, like: str, apart: str = "") -> tuple[Cell, ...]:
    """Mark, term with its aliases, and definition; `like` is what is shown of an entry that is not as was typed,
    `apart` what tells it from others of its term."""
    term = clean(aside(entry.term, phrases((apart, listed(names(entry.aliases))))))
    said = Cell(clean(definition(entry.answer[:300])), MUTED)
    return Cell("●" if marked else like or " ", NOTABLE), Cell(term, STRONG), said


def summary(found: Found, marked: int, unread: int) -> str:
    """How many were found, in which order, how many are marked, and of how many the meaning is not known yet."""
    count, of = len(found.exact), found.of
    if problem := found.query.problem:
        return problem
    if not of:
        return _("There are no cards yet: i on the decks screen makes some from your notes.")
    if not found and found.query.unknown:
        return found.query.unknown
    if not found and unread and found.means_something:
        told = ngettext(
            "No term matches so far; the meaning of {count} card is still being read.",
            "No term matches so far; the meaning of {count} cards is still being read.",
            unread,
        )
        return told.format(count=unread)
    if not found and found.query.filters:
        return _("No card is like that. Esc starts anew.")
    if not found:
        return _("No term matches. Fewer letters find more; Esc starts anew.")
    said = [ngettext("{count} of {of} card", "{count} of {of} cards", of).format(count=count, of=of)]
    if found.alike:
        said.append(_("{count} spelt almost so").format(count=found.alike))
    if found.near:
        said.append(_("{count} near in meaning").format(count=len(found.near)))
    said.append(_(_ORDERS[found.order]))
    if marked:
        said.append(_("{count} marked").format(count=marked))
    if unread:
        said.append(_("meaning of {count} not indexed yet").format(count=unread))
    return " · ".join(said)


def page(entry: Entry, senses: Sequence[Entry], reviews: Sequence[Review], today: date) -> Content:
    """All there is to say of an entry, on a study day."""
    place = "/".join(Path(entry.path).parts[-2:]) + (f":{entry.line}" if entry.line else "")
    where = " › ".join((entry.deck, *entry.headings))
    parts: list[Content | str | tuple[str, str]] = [(clean(entry.term), "bold $primary")]
    if also := names(entry.aliases):
        parts.append((f"  {clean(listed(also))}", "$foreground-muted"))
    parts += [(f"\n{clean(where)}  {clean(place)}\n", "$foreground-muted")]
    parts.append((f"{_schedule(entry, today)}", "$text-warning" if entry.leech else "$foreground-muted"))
    if entry.tags:
        parts.append((clean("".join(f"  #{tag}" for tag in entry.tags)), "$text-accent"))
    parts.append(f"\n\n{clean(entry.answer)}\n")
    if senses:
        parts.append((f"\n{_('The same term elsewhere')}\n", "bold"))
        for sense in senses:
            place = clean(" › ".join((sense.deck, *sense.headings[-1:])))
            parts += [f"• {clean(shortened(sense.answer, _LONGEST))}", (f" · {place}\n", "$foreground-muted")]
    if reviews:
        parts.append((f"\n{_('Last answers')}\n", "bold"))
        for review in reviews:
            answer = clean(shortened(review.answer or "–", _LONGEST))
            grade = messages.grade(Grade(review.chosen))
            parts += [(f"{review.at:%Y-%m-%d}  {grade}  ", "$foreground-muted"), f"{answer}\n"]
    return Content.assemble(*parts)


def _when(entry: Entry, today: date) -> list[str]:
    """The state of a card, and its day; one that is asked before its day has two."""
    day = entry.due.isoformat() if entry.due else ""
    if entry.state == "due":
        if day and entry.due != today:
            later = entry.due and entry.due > today
            told = _("asked today, before its day, {day}") if later else _("due since {day}")
            return [told.format(day=day)]
        return [_("due today")]
    state = _(CARD_STATES[entry.state])
    return [state, _("due {day}").format(day=day)] if day and entry.state != "gone" else [state]


def _schedule(entry: Entry, today: date) -> str:
    """When it is asked, and how it went so far."""
    said = _when(entry, today)
    if entry.ease is not None:
        said.append(ngettext("interval {days} day", "interval {days} days", entry.interval))
        said[-1] = said[-1].format(days=entry.interval)
        said.append(_("ease {ease:.2f}").format(ease=entry.ease))
    if entry.lapses:
        said.append(ngettext("forgotten {count} time", "forgotten {count} times", entry.lapses))
        said[-1] = said[-1].format(count=entry.lapses)
    if entry.leech:
        said.append(_("a leech"))
    return " · ".join(said)
