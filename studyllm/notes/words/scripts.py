"""The scripts that a text is written in."""

import re

from studyllm.text import CJK

CJK_LETTER = re.compile(f"[{CJK}]")
"""A letter of Chinese or Japanese."""
