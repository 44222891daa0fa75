"""What today asks for, on one line."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from studyllm.i18n import _, in_a_row, ngettext
from studyllm.store.messages import asked
from studyllm.text import width

if TYPE_CHECKING:
    from studyllm.store import Counts


def today_line(counts: "Sequence[Counts]", minutes: int | None, coming: date | None, room: int) -> str:
    """What the decks ask for today, in minutes where they are known; with nothing to do, the day on which the next card
    comes. The keys are named where the columns have room for them."""
    due, new, again, later = (
        sum(getattr(c, name) for c in counts) for name in ("due", "new", "learning", "later")
    )
    if due or new:
        text = _("Today: {what}").format(what=asked(due=due, again=again, new=new))
        if minutes:
            text += ngettext(", about {count} minute", ", about {count} minutes", minutes).format(
                count=minutes
            )
        whole = _("{today}. Enter: this deck, a: all.").format(today=text)
        text = whole if width(whole) <= room else _("{today}.").format(today=text)
    elif again:
        text = ngettext(
            "{count} card comes back today; nothing else is due. Enter: this deck, a: all.",
            "{count} cards come back today; nothing else is due. Enter: this deck, a: all.",
            again,
        ).format(count=again)
    else:
        text = _("Nothing is due: all done for today.")
        if coming is not None:
            text = in_a_row((text, _("The next card comes on {day}.").format(day=f"{coming:%Y-%m-%d}")))
    if later:
        more = ngettext(
            "{count} more is overdue; it comes in the next days.",
            "{count} more are overdue; they are spread over the coming days.",
            later,
        )
        text = in_a_row((text, more.format(count=later)))
    return text
