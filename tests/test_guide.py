"""The guide says the same in both languages: what one names, the other names as well."""

import re
from collections import Counter
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
ENGLISH, CHINESE = ((DOCS / name).read_text("utf-8") for name in ("guide.md", "guide.zh.md"))
PARTS = {
    "headings": r"(?m)^(#+) ",
    "rows of tables": r"(?m)^(\|)",
    "links": r"\]\(([^)]+)\)",
    "commands": r"`(studyllm [a-z]+)",
    "options": r"`[^`]*?(--[a-z][a-z-]+)",
    "settings": r"(?m)^\| `([a-z_]+)` \|",
    "lines of code": r"(?m)^([a-z_]+) = ",
}


@pytest.mark.parametrize("part", PARTS)
def test_both_guides_have_the_same(part: str) -> None:
    english, chinese = (Counter(re.findall(PARTS[part], text)) for text in (ENGLISH, CHINESE))
    assert english
    assert english == chinese
