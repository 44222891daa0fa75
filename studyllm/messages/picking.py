"""Cards that the learner picked, and the end of a session, in words."""

from collections.abc import Sequence
from datetime import tzinfo

from studyllm.i18n import N_, _, in_a_row, listed, ngettext, phrases
from studyllm.review.ending import Ending
from studyllm.review.history import Answers
from studyllm.store import Pick, Picked, StudyCard, Want

PICKS = {
    Want.NEW: N_("more new cards"),
    Want.DUE: N_("more reviews"),
    Want.AHEAD: N_("studied ahead"),
    Want.FORGOTTEN: N_("missed lately"),
    Want.ALL: N_("picked by hand"),
}
_EFFECTS = {
    Want.NEW: N_("They count as new cards, on top of today's limit; their reviews fall on the next days."),
    Want.DUE: N_("They are due already: each answer counts as it always does."),
    Want.AHEAD: N_(
        "What is not due yet counts as an early review: recalled, it moves on by less than on its day; missed, it "
        "starts again."
    ),
    Want.FORGOTTEN: N_(
        "What is not due yet is only practised: recalled, it stays on its day; missed, it counts as forgotten."
    ),
}


def pick(pick: Pick) -> str:
    """What is picked, in a few words."""
    return _(PICKS[pick.want])


def effect(pick: Pick) -> str:
    """What asking the cards of a pick does to their schedules, in a sentence."""
    if pick.want is Want.ALL:
        return in_a_row((_(_EFFECTS[Want.FORGOTTEN]), _("New cards are learned, whatever the limit.")))
    return _(_EFFECTS[pick.want])


def picked(found: Picked, want: Want | None = None) -> str:
    """How many cards a pick has; where they are studied ahead, which of them are due today."""
    if want is Want.AHEAD:
        return _ahead(found)
    said = (
        ngettext("{count} due", "{count} due", found.due).format(count=found.due) if found.due else "",
        ngettext("{count} not due yet", "{count} not due yet", found.early).format(count=found.early)
        if found.early
        else "",
        ngettext("{count} new", "{count} new", found.new).format(count=found.new) if found.new else "",
    )
    return phrases(said) or _("none")


def _ahead(found: Picked) -> str:
    said = (
        ngettext("{count} due today", "{count} due today", found.due).format(count=found.due)
        if found.due
        else "",
        ngettext("{count} due later", "{count} due later", found.early).format(count=found.early)
        if found.early
        else "",
    )
    return phrases(said) or _("none")


def left_out(found: Picked) -> str:
    """That cards of the coming days were asked today, in a sentence; nothing where none were."""
    if not found.asked:
        return ""
    told = ngettext(
        "{count} more card falls due in that time; it is left out, as it was asked today.",
        "{count} more cards fall due in that time; they are left out, as they were asked today.",
        found.asked,
    )
    return told.format(count=found.asked)


def builds_on(cards: Sequence[StudyCard]) -> str:
    """What a card builds on."""
    return _("Builds on: {terms}").format(terms=listed(card.card.term for card in cards))


def ended(ending: Ending, zone: tzinfo) -> str:
    """Whether the day is done, in a sentence: it is not while another deck waits, or a card comes back."""
    if ending.again is not None and ending.following is None:
        return _("Nothing to ask before {time}.").format(time=f"{ending.again.astimezone(zone):%H:%M}")
    if ending.following is None and ending.deck is not None:
        return _("Nothing is due in {deck}: it is done for today.").format(deck=ending.deck)
    if ending.following is None:
        return _("Nothing is due: all done for today.")
    if ending.deck in (None, ending.following.deck):
        return _("These are done.")
    return _("{deck} is done for today.").format(deck=ending.deck)


def following(ending: Ending) -> str:
    """The deck that comes next, and what it has; nothing where none waits."""
    if (deck := ending.following) is None:
        return ""
    found = picked(Picked(deck.due + deck.learning, 0, deck.new))
    said = (
        _("today's cards of {deck}: {cards}")
        if deck.deck == ending.deck
        else _("the next deck, {deck}: {cards}")
    )
    return said.format(deck=deck.deck, cards=found)


def more(ending: Ending) -> str:
    """That more new cards can be learned today; nothing where there are none."""
    if (pick := ending.more) is None:
        return ""
    said = ngettext("learn {count} more new card", "learn {count} more new cards", pick.number)
    return said.format(count=pick.number)


def relearned(answers: Answers) -> str:
    """The time that went into cards that had been missed before; nothing where it was less than half a minute."""
    if not (minutes := round(answers.relearning / 60)):
        return ""
    said = ngettext(
        "A minute of it repeated what was missed.", "{count} minutes of it repeated what was missed.", minutes
    )
    return said.format(count=minutes)
