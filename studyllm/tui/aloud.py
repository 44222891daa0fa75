"""Reading aloud, where the learner asks for it."""

from typing import TYPE_CHECKING, Any

from textual.app import App

from studyllm.i18n import _
from studyllm.tui.turns import Turns

if TYPE_CHECKING:
    from studyllm.speech import Speaker

_GROUP = "speech"


class Aloud:
    """The voice of an app: it reads one text at a time."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._speaker: Speaker | None = None
        self._in_turn = Turns()
        """Ending what was read before does not end what is read next."""

    def say(self, text: str, lang: str) -> None:
        """Reads a text aloud, in "zh" or "en"; another one ends it."""
        self._app.run_worker(self._say(text, lang), group=_GROUP, exclusive=True, exit_on_error=False)

    async def _say(self, text: str, lang: str) -> None:
        if self._speaker is None:
            from studyllm.speech import Speaker

            self._speaker = Speaker()
        if not await self._in_turn(self._speaker.say, text, lang):
            told = _("Nothing here can read aloud; `espeak-ng` can, once it is installed.")
            self._app.notify(told, severity="warning")

    def hush(self) -> None:
        """Ends what is being read aloud."""
        self._app.workers.cancel_group(self._app, _GROUP)
        if self._speaker is not None:
            self._app.run_worker(self._hush(), group=f"{_GROUP}-end", exit_on_error=False)

    async def _hush(self) -> None:
        if self._speaker is not None:
            await self._in_turn(self._speaker.stop)

    def close(self) -> None:
        """Ends it at once: the app is closing, and runs no worker any more."""
        self._app.workers.cancel_group(self._app, _GROUP)
        if self._speaker is not None:
            self._speaker.stop()
