"""A note as candidates, with the numbers about each."""

import re
from pathlib import PurePosixPath

from studyllm.notes.candidates import Candidate, Page, candidates
from studyllm.notes.candidates.bodies import is_part
from studyllm.notes.choice.genre import genre
from studyllm.notes.markdown.blocks import Document, Heading
from studyllm.notes.naming.fronts import named
from studyllm.notes.outline import Node, outline
from studyllm.notes.words.terms import title

_FLASHCARDS = re.compile(
    r"#flashcards?\b|<!--SR:|^tags:.*\bflashcards?\b|^[ \t]*-[ \t]+flashcards?\b|#card\b|#anki\b",
    re.MULTILINE,
)
_STEM_ONLY = re.compile(r"(?:index|readme|notes?|en|zh|untitled|\d+)", re.IGNORECASE)

_COUNT = re.compile(r"^(?:\d{2,3}[-_. ]+|\d[._] ?)(?=[^\W\d_])")
"""The number of a file among others."""


def read(document: Document, path: str, text: str) -> tuple[Page, Node, list[Candidate]]:
    """The page, its tree and its candidates, their fronts complete."""
    page = Page(path, bool(_FLASHCARDS.search(text)), genre(path, text, document.blocks, document.title))
    stem = _COUNT.sub("", PurePosixPath(path.replace("\\", "/")).stem)
    tops = (block for block in document.blocks if isinstance(block, Heading) and block.level == 1)
    titled = any(not is_part(title(top.text)) for top in tops)
    name = "" if titled or _STEM_ONLY.fullmatch(stem) else stem
    root = outline(document, name)
    found = candidates(page, root)
    return page, root, named(root, found)
