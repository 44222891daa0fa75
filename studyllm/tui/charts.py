"""Lines of figures in the colours of the theme."""

from textual.content import Content

from studyllm.statistics.page import Line

_STYLES = {
    "": "",
    "muted": "$text-muted",
    "bar": "$primary",
    "good": "$text-success",
    "bad": "$text-error",
    "level0": "$text-disabled",
    "level1": "$success 55%",
    "level2": "$success 70%",
    "level3": "$success 85%",
    "level4": "$success",
}


def painted(line: Line) -> Content:
    """One line."""
    return Content.assemble(*((text, _STYLES[style]) for text, style in line if text))
