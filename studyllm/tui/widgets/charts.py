"""Lines of figures in the colours of the theme."""

from textual.content import Content

from studyllm.statistics.lines import Line

MUTED = "$foreground 60%"
"""`$text-muted` is a contrast that only style sheets know."""
_STYLES = {
    "": "",
    "muted": MUTED,
    "bar": "$primary",
    "good": "$text-success",
    "bad": "$text-error",
    "level0": "$foreground 30%",
    "level1": "$success 55%",
    "level2": "$success 70%",
    "level3": "$success 85%",
    "level4": "$success",
}


def painted(line: Line) -> Content:
    """One line."""
    return Content.assemble(*((text, _STYLES[style]) for text, style in line if text))
