"""What is to be noticed for a moment, on a line of the screen: a box over it would cover what is being read."""

import time
from dataclasses import dataclass
from typing import Any, Protocol, cast

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

_STYLES = {"warning": "bold $text-warning", "error": "bold $text-error"}


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, and until when it stands."""

    text: str
    severity: str
    until: float
    """Seconds on the monotonic clock."""
    on: object | None = None
    """The screen whose keys it names: on another it says nothing."""
    passing: bool = False
    """Whether it is of what stands there now, and goes with that."""


class Notices:
    """What is to be noticed, whichever screen is on: the last sentence, and each error for its time."""

    def __init__(self) -> None:
        self._said: tuple[Notice, ...] = ()

    def say(
        self,
        text: str,
        severity: str,
        seconds: float,
        now: float,
        on: object | None = None,
        *,
        passing: bool = False,
    ) -> None:
        """A new one; it takes the place of all but errors."""
        kept = (one for one in self._said if one.severity == "error" and one.text != text)
        self._said = (Notice(text, severity, now + seconds, on, passing), *kept)

    def standing(self, now: float, on: object | None = None) -> tuple[Notice, ...]:
        """Those of a screen, and of any, whose time is not over, the newest first."""
        self._said = tuple(one for one in self._said if one.until > now)
        return tuple(one for one in self._said if one.on in (None, on))

    def no_longer(self, text: str) -> None:
        """What was said is not so any more."""
        self._said = tuple(one for one in self._said if one.text != text)

    def passed(self) -> None:
        """What stood there gave way to something else."""
        self._said = tuple(one for one in self._said if not one.passing)

    def undone(self) -> None:
        """Something was taken back: what was to be had by a key may not be so any more."""
        self._said = tuple(one for one in self._said if one.on is None)


class Noticing(Protocol):
    """An app that has something to be noticed."""

    notices: Notices


class NoticeLine(Static):
    """Where a screen says them; it takes no room while there are none."""

    def __init__(self, id: str = "notice") -> None:
        super().__init__("", id=id)
        self._timer: Timer | None = None
        """Runs until the next notice goes."""

    def on_mount(self) -> None:
        self.show()

    def show(self) -> None:
        """Those that stand now."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        now = time.monotonic()
        app: Noticing = cast("Any", self.app)
        standing = app.notices.standing(now, self.screen)
        if standing:
            self._timer = self.set_timer(min(one.until for one in standing) - now, self.show)
            lines = (
                Content.styled(one.text, _STYLES.get(one.severity, "bold $text-accent")) for one in standing
            )
            self.update(Content("\n").join(lines))
            self.display = True
        else:
            self.nothing()

    @property
    def says(self) -> bool:
        """Whether something is to be noticed."""
        return self._timer is not None

    def nothing(self) -> None:
        """There is nothing to be noticed."""
        self.update("")
        self.display = False
