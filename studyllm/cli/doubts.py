"""How a card is told of whose notes leave open what it has become."""

from studyllm.i18n import _
from studyllm.library.steps import Step


def doubt(step: Step) -> str:
    """What an old card may have become, and where that is decided."""
    others = _(" or ").join(
        _("“{card}” (line {line})").format(card=new.prompt, line=new.source.line) for new in step.candidates
    )
    said = _(
        "ambiguous “{card}” may now be {others}: it stays as it is until you decide, where the app imports "
        "or with --as-new."
    )
    return said.format(card=step.old.card.prompt if step.old else "", others=others)
