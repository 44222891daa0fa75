"""Which degree of help there is, on one line at the bottom of a screen, while nothing else is to be noticed."""

from typing import TYPE_CHECKING, cast

from textual.content import Content

from studyllm.i18n import _
from studyllm.tui.widgets.notices import NoticeLine

if TYPE_CHECKING:
    from studyllm.grading import Readiness
    from studyllm.tui.study import Study

_MARKS = {"ready": ("●", "$text-success"), "loading": ("◐", "$text-warning"), "failed": ("✗", "$text-error")}


class ReadinessLine(NoticeLine):
    """Follows the grader: it is asked a few times a second, which costs nothing."""

    def __init__(self) -> None:
        super().__init__(id="readiness")
        self._shown: Readiness | None = None

    def on_mount(self) -> None:
        self.set_interval(0.25, self.follow)

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
            self.update(_content(readiness))


def _content(readiness: "Readiness") -> Content:
    from studyllm.grading.readiness import HELP  # late: the first frame has nothing to say of models

    parts: list[Content | tuple[str, str]] = []
    helps = [(_("embedding"), readiness.embedding), (_("language model"), readiness.language)]
    if readiness.server != "off":
        helps.insert(0, (_("answers also to {where}:").format(where=readiness.where), readiness.server))
    for name, state in helps:
        mark, style = _MARKS.get(state, ("○", "$foreground-muted"))
        parts += [(f"{mark} ", style), (f"{name} {_(HELP[state])}   ", "$foreground-muted")]
    if readiness.note:
        parts.append((readiness.note, "$foreground-muted"))
    return Content.assemble(*parts)
