"""Which degree of help there is, on one line at the bottom of a screen, while nothing else is to be noticed."""

from typing import TYPE_CHECKING, cast

from textual.content import Content

from studyllm.i18n import _
from studyllm.tui.notices import NoticeLine

if TYPE_CHECKING:
    from studyllm.grading import Readiness
    from studyllm.tui.study import Study

_MARKS = {
    "failed": ("✗", "$text-error"),
    "absent": ("○", "$foreground-muted"),
    "off": ("○", "$foreground-muted"),
    "loading": ("◐", "$text-warning"),
    "ready": ("●", "$text-success"),
}
"""Of the states of a help, what needs attention first."""


class ReadinessLine(NoticeLine):
    """Follows the grader: it is asked a few times a second, which costs nothing."""

    def __init__(self) -> None:
        super().__init__(id="readiness")
        self._shown: Readiness | None = None

    def on_mount(self) -> None:
        self.set_interval(0.25, self.follow)

    def on_resize(self) -> None:
        if not self.says:
            self.nothing()

    def nothing(self) -> None:
        """Readiness again."""
        self._shown = None
        self.update(Content.styled(_("opening…"), "$foreground-muted"))
        self.follow()

    def follow(self) -> None:
        """Shows what changed."""
        study = cast("Study", self.app)
        if study.grader is None or self.says:
            return
        readiness = study.grader.readiness()
        if readiness != self._shown:
            self._shown = readiness
            self.update(_content(readiness, self.content_size.width))


def _content(readiness: "Readiness", columns: int) -> Content:
    """Each help and a sentence; where there is no room for all of it, the sentence, unless answers go elsewhere."""
    from studyllm.grading.readiness import HELP  # late: the first frame has nothing to say of models

    helps = [(_("embedding"), readiness.embedding), (_("language model"), readiness.language)]
    if readiness.server != "off":
        helps.insert(0, (_("answers also to {where}:").format(where=readiness.where), readiness.server))
    parts: list[tuple[str, str]] = []
    for name, state in helps:
        mark, style = _MARKS[state]
        parts += [(f"{mark} ", style), (f"{name} {_(HELP[state])}   ", "$foreground-muted")]
    note = (readiness.note, "$foreground-muted")
    whole = Content.assemble(*parts, note)
    if whole.cell_length <= columns or readiness.server != "off" or not readiness.note:
        return whole
    mark, style = _MARKS[min((state for _name, state in helps), key=list(_MARKS).index)]
    return Content.assemble((f"{mark} ", style), note)
