"""The lines between which code stands."""

import re

_INSIDE, _MARK = r"\s*(?:(?:[-*+]|\d+[.)])[ \t]+|>[ \t]?)*", r"`{3,}(?![^\n]*`)|~{3,}"
FENCE = re.compile(rf"{_INSIDE}({_MARK})[ \t]*(?P<language>[^\n]*)")
"""A line that opens or closes a block of code, in a list or a quote as well; one with more backticks further on is text
with code in it."""
FENCE_OR_MATHS = re.compile(rf"{_INSIDE}({_MARK}|\$\$)")
_SPAN = re.compile(r"(?<!`)(`{3,})([^`\n]+)\1(?!`)")


def with_short_spans(line: str) -> str:
    """A line of text, what stands between three backticks and more between one."""
    return _SPAN.sub(r"`\2`", line) if "```" in line else line
