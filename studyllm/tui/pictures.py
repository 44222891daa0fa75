"""The images of notes, where the terminal can show them."""

import os
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

from textual.widget import Widget

Show = Callable[[Path], Widget | None]
"""An image file as a widget; None where it cannot be read. May take a while: for a thread."""
_NAMED_BY = ("KITTY_WINDOW_ID", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR", "KONSOLE_VERSION", "WT_SESSION")
_TERMS = ("xterm-kitty", "xterm-ghostty", "foot", "contour", "mlterm")
_MOST_BYTES = 20_000_000
_MOST_PIXELS = 40_000_000
_LARGEST = (1200, 800)
"""Pixels that are kept of a larger image."""


def can_draw(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal is of a kind that may draw; one inside tmux or screen is not asked."""
    if "TMUX" in environ or "STY" in environ:
        return False
    return any(name in environ for name in _NAMED_BY) or environ.get("TERM", "").startswith(_TERMS)


def shower(environ: Mapping[str, str] = os.environ) -> Show | None:
    """What shows images here; None where the terminal cannot. To be asked before the app begins, because the terminal
    answers on its input."""
    if not can_draw(environ):
        return None
    from textual_image.renderable import Image, SixelImage, TGPImage
    from textual_image.widget import Image as Drawn

    return shown_by(Drawn) if Image in (SixelImage, TGPImage) else None


def shown_by(drawn: Callable[..., Widget]) -> Show:
    """Reads images for a kind of widget; whatever is no image, or too large, is None."""

    def show(path: Path) -> Widget | None:
        from PIL import Image

        try:
            if path.stat().st_size > _MOST_BYTES:
                return None
            with warnings.catch_warnings(), Image.open(path) as image:
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                if image.width * image.height > _MOST_PIXELS:
                    return None
                image.thumbnail(_LARGEST)
                return drawn(image.convert("RGB"), classes="picture")
        except Exception:  # noqa: BLE001 - a file that is no image, whatever a decoder makes of it: its name is shown
            return None

    return show
