"""What is shown where there are no cards yet."""

from textual.content import Content

from studyllm.i18n import _


def welcome() -> Content:
    """What to do when there are no cards."""
    from studyllm.library.sample import sample_deck

    doors = [("i", _("choose a folder of your own Markdown notes"))]
    if sample_deck() is not None:
        doors.append(("s", _("try the sample deck, about language models; its notes are in Chinese")))
    return Content("\n").join(
        [
            Content(_("Your notes become cards as they are.")),
            Content(_("Nothing is ever written into them, and nothing leaves this machine.")),
            Content(""),
            *(Content.assemble((f"  {key}  ", "bold $primary"), what) for key, what in doors),
        ]
    )
