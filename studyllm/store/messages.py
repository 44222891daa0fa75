"""What is kept in the log and with the cards, in the learner's language: kept as events, counts and English."""

from collections.abc import Mapping
from typing import Any, Protocol

from studyllm.cards import file_name
from studyllm.i18n import N_, _, aside, kept, ngettext, phrases

_EVENTS = {
    "points": N_("points of {term} edited"),
    "bury": N_("{term} put off until tomorrow"),
    "tags": N_("tags of {term} changed"),
    "reset": N_("{term} made new again"),
    "due": N_("{term} given another day"),
    "scheduling": N_("scheduling of {deck} changed"),
    "reset of the calibration": N_("reset of the calibration"),
    "rename": N_("deck {deck} renamed to {to}"),
    "undo": N_("undo"),
}
_COUNTED = {
    "added": N_("{count} added"),
    "renamed": N_("{count} renamed"),
    "changed": N_("{count} changed"),
    "moved": N_("{count} moved"),
    "returned": N_("{count} returned"),
    "unchanged": N_("{count} unchanged"),
    "gone": N_("{count} gone"),
    "left_out": N_("{count} left out"),
    "ambiguous": N_("{count} ambiguous"),
}
_RECALLED = {
    "hit": N_("said"),
    "partly": N_("partly said"),
    "missed": N_("missed"),
    "contradicted": N_("said otherwise"),
}
_MADE = {"meaning": N_("{term} (from its meaning)"), "gap": N_("{term} (with a gap)")}
"""By kind."""
NUMBER = N_("a number changed: {before} is now {after}")
NUMBER_ALONE = N_("a number changed")
NEGATION = N_("a negation came or went")
ASKED = N_("you wanted it today")
REWRITTEN = N_("most of the definition is new")
UNSAID = N_("it was missing when you recalled {section}")
MISSAID = N_("it was said otherwise when you recalled {section}")


class _Review(Protocol):
    @property
    def chosen(self) -> int: ...


class _Entry(Protocol):
    """A row of the log."""

    @property
    def event(self) -> str: ...
    @property
    def term(self) -> str | None: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def review(self) -> _Review | None: ...
    @property
    def detail(self) -> Mapping[str, Any] | None: ...


def what(entry: _Entry) -> str:
    """What happened, in a few words."""
    detail = entry.detail or {}
    if entry.review:
        if entry.event == "practice":
            return _("{term} practised").format(term=_named(entry))
        return _("grade {grade} for {term}").format(term=_named(entry), grade=entry.review.chosen)
    if entry.event == "import":
        return _import(detail)
    if entry.event == "bulk":
        return _bulk("today" if "early" in detail else detail["does"], detail["cards"])
    if entry.event == "history":
        first, last = detail["reviews"]
        count = last - first + 1
        told = ngettext("{count} answer from elsewhere", "{count} answers from elsewhere", count)
        return told.format(count=count)
    if entry.event == "delete":
        count = len(detail["cards"])
        told = ngettext(
            "deck {deck} deleted with {count} card", "deck {deck} deleted with {count} cards", count
        )
        return told.format(deck=detail["deck"], count=count)
    if entry.event == "search":
        said = _("search {name} saved") if detail["after"] is not None else _("search {name} deleted")
        return said.format(name=detail["name"])
    if entry.event == "recall":
        states = detail["states"]
        name = (detail["headings"] or [file_name(detail["path"]).removesuffix(".md")])[-1]
        told = _("recall of {section}: {hit} of {cards}")
        return told.format(section=name, hit=states.get("hit", 0), cards=sum(states.values()))
    if entry.event == "heard":
        return _("{term} in a recall: {state}").format(term=_named(entry), state=recalled(detail["state"]))
    if entry.event == "suspend":
        said = _("{term} asked again") if detail["before"]["suspended"] else _("{term} suspended")
        return said.format(term=_named(entry))
    if entry.event not in _EVENTS:
        return entry.event
    return _(_EVENTS[entry.event]).format(term=_named(entry), deck=detail.get("deck"), to=detail.get("to"))


def _named(entry: _Entry) -> str | None:
    """A card by its term; one that was made of another card says so, as both have the same."""
    form = _MADE.get(entry.kind or "")
    return _(form).format(term=entry.term) if form else entry.term


def nothing_to_undo(before: _Entry | None) -> str:
    """That nothing can be taken back; where a later change stands before what could be, which, and what to do."""
    if before is None:
        return _("There is nothing to take back.")
    said = _("After it came: {later}. Take that back first, by u on the decks screen or `studyllm undo`.")
    return said.format(later=what(before))


def _import(detail: Mapping[str, Any]) -> str:
    """What an import did, in a few words."""
    counts = detail["counts"]
    if "choices" in detail and not any(count for name, count in counts.items() if name != "unchanged"):
        return _("choice of what becomes a card in {deck}").format(deck=detail["deck"])
    if "dropped" in detail and (about := detail.get("about")):
        return _("“{term}” dropped").format(term=about)
    if (about := detail.get("about")) and not counts.get("renamed"):
        return _("“{term}” made a card").format(term=about)
    came = counts.get("added", 0) + counts.get("returned", 0)
    if came and (like := detail.get("like")):
        told = ngettext(
            "{count} card made, written like “{term}”", "{count} cards made, written like “{term}”", came
        )
        return told.format(count=came, term=like)
    if "dropped" in detail:
        count = counts.get("gone", 0)
        told = ngettext("{count} card dropped", "{count} cards dropped", count)
        return told.format(count=count)
    said = _("import of {deck} ({counts})") if counts else _("import of {deck}")
    return said.format(deck=detail["deck"], counts=counted(counts))


def _bulk(event: str, cards: Mapping[str, Any]) -> str:
    """What happened to many cards at once, in a few words."""
    count = len(cards)
    told = {
        "suspend": ngettext("{count} card suspended", "{count} cards suspended", count),
        "bury": ngettext(
            "{count} card put off until tomorrow", "{count} cards put off until tomorrow", count
        ),
        "tags": ngettext("tags of {count} card changed", "tags of {count} cards changed", count),
        "reset": ngettext("{count} card made new again", "{count} cards made new again", count),
        "due": ngettext("{count} card given another day", "{count} cards given another day", count),
        "today": ngettext("{count} card put on for today", "{count} cards put on for today", count),
    }[event]
    if event == "suspend" and not all(after for _before, after in cards.values()):
        told = ngettext("{count} card asked again", "{count} cards asked again", count)
    return told.format(count=count)


def counted(counts: Mapping[str, int]) -> str:
    """How many cards each change of an import befell; nothing where none did."""
    along, notes = counts.get("moved_along", 0), counts.get("renamed_notes", 0)
    said = {name: _(form).format(count=counts[name]) for name, form in _COUNTED.items() if counts.get(name)}
    if notes:
        said["moved"] = phrases((_notes(notes, along), _others(counts.get("moved", 0) - along)))
    return phrases(said[name] for name in counts if name in said)


def _notes(count: int, cards: int) -> str:
    """How many notes have another name or place, and how many cards went with them."""
    told = ngettext("{count} note renamed or moved", "{count} notes renamed or moved", count)
    along = ngettext("{count} card", "{count} cards", cards)
    return aside(told.format(count=count), along.format(count=cards))


def _others(count: int) -> str:
    """How many cards moved without their note; nothing where none did."""
    told = ngettext("{count} other card moved", "{count} other cards moved", count)
    return told.format(count=count) if count else ""


def why(early_look: str, *, answered: bool = True) -> str:
    """Why a card is asked before it is due; before the answer, without the numbers that may be it."""
    if not answered and early_look.startswith(NUMBER.partition("{")[0]):
        return _(NUMBER_ALONE)
    return kept(early_look, (NUMBER, UNSAID, MISSAID))


def asked(*, due: int, again: int, new: int) -> str:
    """What there is to answer, nothing of what there is none of: "12 due, 3 to repeat, 5 new"."""
    told = (
        ngettext("{count} due", "{count} due", due).format(count=due) if due else "",
        ngettext("{count} to repeat", "{count} to repeat", again).format(count=again) if again else "",
        ngettext("{count} new", "{count} new", new).format(count=new) if new else "",
    )
    return phrases(told)


def recalled(state: str) -> str:
    """What a recall did with a card, in a word."""
    return _(_RECALLED[state])
