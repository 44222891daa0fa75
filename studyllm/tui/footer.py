"""The keys at the bottom of a screen."""

from textual import widgets
from textual.screen import Screen


class Footer(widgets.Footer):
    """Drawn anew when the keys are others; Textual does it at every change of focus, which costs more than the key."""

    _shown: tuple[tuple[str, str, bool], ...] | None = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        shown = tuple(
            (found.binding.key, found.binding.description, found.enabled)
            for found in screen.active_bindings.values()
            if found.binding.show
        )
        if shown != self._shown and screen.app.app_focus and self.is_attached and screen is self.screen:
            self._shown = shown
            super().bindings_changed(screen)
