"""What a recall of a section did with its cards, in words."""

from datetime import datetime

from studyllm.i18n import N_, _, ngettext, phrases
from studyllm.review.recall import CardRecall, Effect, RecallSession
from studyllm.schedule import New
from studyllm.store.messages import recalled
from studyllm.verdicts import Recalled

_RECALLED = {Recalled.HIT: "✓", Recalled.PARTLY: "◐", Recalled.MISSED: "○", Recalled.CONTRADICTED: "✗"}
_EFFECTS = {
    Effect.COUNTS: N_("counts as recalled"),
    Effect.NEXT: N_("is asked next"),
    Effect.NOTHING: "",
}


def state(recall: CardRecall) -> str:
    """What a text did with a card, in a word."""
    return recalled(recall.state.value)


def mark(recall: CardRecall) -> str:
    """The same as a sign."""
    return _RECALLED[recall.state]


def effect(recall: CardRecall, what: Effect) -> str:
    """What becomes of a card after a recall, in few words; nothing where nothing does."""
    if what is Effect.NEXT and isinstance(recall.card.progress, New):
        return _("first of the new ones")
    return _(_EFFECTS[what])


def effect_at_length(recall: CardRecall, what: Effect) -> str:
    """The same, also why nothing becomes of it."""
    if what is not Effect.NOTHING:
        return effect(recall, what)
    if recall.state is Recalled.PARTLY:
        return _("schedule unchanged: some of it may be missing")
    if isinstance(recall.card.progress, New):
        return _("stays new: its first answer is given to its question")
    return _("schedule unchanged: it is not due")


def summary(session: RecallSession, now: datetime) -> str:
    """What a recall comes to before it is applied, in one line."""
    told = [_("{hit} of {cards} said").format(hit=session.states[Recalled.HIT], cards=len(session.judged))]
    effects = session.effects(now)
    if count := effects.count(Effect.COUNTS):
        told.append(
            ngettext("{count} counts as recalled", "{count} count as recalled", count).format(count=count)
        )
    following = [one for one, what in zip(session.judged, effects, strict=True) if what is Effect.NEXT]
    new = sum(isinstance(one.card.progress, New) for one in following)
    if count := len(following) - new:
        told.append(ngettext("{count} is asked next", "{count} are asked next", count).format(count=count))
    if new:
        first = ngettext(
            "{count} new card comes before other new ones",
            "{count} new cards come before other new ones",
            new,
        )
        told.append(first.format(count=new))
    return phrases(told)
