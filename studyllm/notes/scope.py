"""What a rule sees: the page, the section it stands in, and how cards are made there."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from studyllm.cards import Card, Kind, Skipped, Source
from studyllm.notes.blocks import Block, Document, Heading, Section
from studyllm.notes.genre import is_project_paper
from studyllm.notes.inline import plain
from studyllm.notes.labels import is_glossary, is_label
from studyllm.notes.terms import body_aliases, split_term, title, unique
from studyllm.text import fold, key, language

_LABEL = re.compile(
    r"^(?:#{1,6}[ \t]|[ >]?([ \t>]*)(?:(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?\*\*([^*\n]{1,40})\*\*"
    r"|(?:[-*+]|\d{1,3}[.)])[ \t]+([^*\s：:|`\[][^：:\n*|`\[]{0,24})(?:：|:[ \t])))",
    re.MULTILINE,
)
_FLASHCARDS = re.compile(r"#flashcards?\b|<!--SR:|^tags:.*\bflashcards?\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """What holds for a whole file."""

    path: str
    title: str
    project: bool
    """A README, changelog or guide: only explicit forms are read."""
    repeated: frozenset[str]
    """Labels set off so often in the file that they name parts of answers."""
    flashcards: bool
    """The author marked the file as flashcards: `::` separates front and back."""
    known: frozenset[str] = frozenset()
    """Folded terms, and openings of definitions, that are cards already: such an item is one even when it stands
    alone."""


@dataclass(slots=True)
class Scope:
    """One section while its rules run."""

    page: Page
    section: Section
    blocks: tuple[Block, ...]
    subject: str = ""
    """The name of what the section is about."""
    named: bool = False
    """The heading already has its card."""
    glossary: bool = False
    below: tuple[Section, ...] = ()
    """The sections under this one's heading."""
    cards: list[Card] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    dense: int = 0
    """One more than the un-bolded lines of the section that may each define something; 0 before they are counted."""

    def label(self, term: str) -> bool:
        """Whether a front names only a part of an answer, here."""
        return is_label(term) or (bool(self.page.repeated) and key(term) in self.page.repeated)

    def pass_over(self, line: int, reason: str) -> None:
        """Remember a near miss."""
        self.skipped.append(Skipped(self.page.path, line, reason))

    def add(
        self,
        rule: str,
        kind: Kind,
        front: str,
        answer: str,
        lines: tuple[int, int],
        *,
        points: tuple[str, ...] = (),
        aliases: Iterable[str] = (),
        split: bool = True,
    ) -> None:
        """A card from a raw front; without something to remember on the back there is none."""
        term, names = split_term(front) if split else (front, ())
        answer = answer.strip()
        if not term or not any(c.isalnum() for c in answer):
            return
        if len(answer) < 2 * len(term) + 8 and key(answer) == key(term):
            return
        others = [*names, *aliases]
        if kind in (Kind.TERM, Kind.TABLE):
            others += body_aliases(term, answer)
        source = Source(self.page.path, lines[0], max(lines))
        self.cards.append(
            Card(
                kind=kind,
                term=term,
                answer=answer,
                source=source,
                aliases=unique(term, [name for name in others if not is_label(name)]),
                prompt=term,
                points=points,
                headings=self.section.path,
                lang=language(term + answer[:120]),
                rule=rule,
            )
        )


Take = Callable[[Scope, int], int]
"""A rule: looks at the block at an index and says how many blocks it took; 0 when it is not for it."""


def page(path: str, text: str, document: Document, known: frozenset[str] = frozenset()) -> Page:
    """What holds for the whole file."""
    repeated = _repeated(text) | _often(
        title(block.text) for block in document.blocks if isinstance(block, Heading)
    )
    project = is_project_paper(path, text, document.blocks, document.title)
    return Page(path, document.title, project, repeated, bool(_FLASHCARDS.search(text)), known)


def _often(names: Iterable[str]) -> frozenset[str]:
    return frozenset(key(name) for name, count in Counter(names).items() if count >= 3)


def _repeated(text: str) -> frozenset[str]:
    """Labels that open a line in three sections, or three times under other items."""
    found: list[tuple[int, str]] = []
    nested: list[str] = []
    section = 0
    for match in _LABEL.finditer(text):
        name = (match.group(2) or match.group(3) or "").strip(" :：")
        if not name:
            section += 1
            continue
        found.append((section, name))
        if match.group(1):
            nested.append(name)
    return _often(name for _, name in set(found)) | _often(nested)


def sections(document: Document) -> list[Section]:
    """The sections of a document, in order; the front-matter title stands in where there is no heading."""
    found: list[Section] = []
    path: list[tuple[int, str]] = [(0, plain(document.title))] if document.title else []
    if any(isinstance(block, Heading) for block in document.blocks):
        path = []
    heading: Heading | None = None
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(Section(heading, tuple(name for _, name in path), tuple(blocks)))
            heading, blocks = block, []
            while path and path[-1][0] >= block.level:
                path.pop()
            name = plain(block.text.replace("\n", " ")).rstrip(":： ")
            path.append((block.level, name))
        else:
            blocks.append(block)
    found.append(Section(heading, tuple(name for _, name in path if name), tuple(blocks)))
    return [section for section in found if section.heading or section.blocks]


def scope(page: Page, section: Section, below: tuple[Section, ...]) -> Scope:
    """A fresh scope for a section."""
    names = section.path or ((page.title,) if page.title else ())
    subject = ""
    for name in reversed(section.path):
        if not is_label(title(name)):
            subject = title(name)
            break
    glossary = any(is_glossary(fold(name)) for name in names[-2:]) or is_glossary(fold(page.title))
    return Scope(page, section, section.blocks, subject=subject, glossary=glossary, below=below)
