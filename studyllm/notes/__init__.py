"""Markdown notes to cards. Each form of note is one rule in `rules`; what no rule takes is no card."""

from dataclasses import dataclass, replace

from studyllm.cards import Card, Kind, Skipped
from studyllm.i18n import N_
from studyllm.notes.attach import attach
from studyllm.notes.blocks import Block, Heading, Quote, Section
from studyllm.notes.merge import merge, told_apart
from studyllm.notes.parse import parse
from studyllm.notes.reasons import MANY_CARDS, MORE
from studyllm.notes.rules import RULES, label_sections
from studyllm.notes.scope import Page, Scope, page, scope, sections
from studyllm.notes.skip import mentions, without_skipped
from studyllm.text import clean

MAX_CARDS = 1000
"""Cards of one file at most."""
MAX_SKIPPED = 500
"""Near misses of one file that are told at most."""
ALL_KINDS = frozenset(Kind)
_PROJECT = N_(
    "reads like a project's paper, an essay or minutes: only explicit forms were taken "
    "(<!-- study: notes --> in the file says otherwise)"
)


@dataclass(frozen=True, slots=True)
class Note:
    """What one file gave: its cards, and the near misses with the reason each is none."""

    path: str
    title: str
    cards: tuple[Card, ...]
    skipped: tuple[Skipped, ...]


def read_note(
    text: str, path: str, *, kinds: frozenset[Kind] = ALL_KINDS, known: frozenset[str] = frozenset()
) -> Note:
    """The cards in the text of a note. Pure: reads no file, raises nothing for any text.

    `known` are the folded terms, and openings of definitions, of cards there are already: in doubt, an item about
    one of them stays a card.
    """
    document = parse(text)
    skipped: list[Skipped] = []
    if document.unclosed_fence:
        skipped.append(
            Skipped(path, document.unclosed_fence, N_("unclosed code fence hides the rest of the file"))
        )
    if mentions(text):
        blocks, lines = without_skipped(document.blocks)
        document = replace(document, blocks=blocks)
        skipped += [Skipped(path, line, N_("skipped, as a comment in the note asks")) for line in lines]
    about = page(path, text, document, known)
    if about.project:
        skipped.append(Skipped(path, 1, _PROJECT))
    cards: list[Card] = []
    parts = sections(document)
    for at, section in enumerate(parts):
        found = _read(about, section, _below(parts, at))
        cards += found.cards
        skipped += found.skipped
    whole = told_apart(merge(card for card in cards if card.kind in kinds))
    if len(whole) > MAX_CARDS:
        line = whole[MAX_CARDS].source.line
        skipped.append(Skipped(path, line, MANY_CARDS.format(count=len(whole), most=MAX_CARDS)))
        del whole[MAX_CARDS:]
    skipped.sort(key=lambda one: one.line)
    if len(skipped) > MAX_SKIPPED:
        more = MORE.format(count=len(skipped) - MAX_SKIPPED)
        skipped[MAX_SKIPPED:] = [Skipped(path, skipped[MAX_SKIPPED].line, more)]
    name = clean(document.title) or next((s.path[-1] for s in parts if s.path), "")
    return Note(path, name, tuple(whole), tuple(skipped))


def _below(parts: list[Section], at: int) -> tuple[Section, ...]:
    """The sections under the heading of one section."""
    heading = parts[at].heading
    if heading is None:
        return ()
    end = at + 1
    while (
        end < len(parts) and end - at < 40 and (other := parts[end].heading) and other.level > heading.level
    ):
        end += 1
    return tuple(parts[at + 1 : end])


def _read(about: Page, section: Section, below: tuple[Section, ...]) -> Scope:
    """All the rules over one section, its quotes included."""
    here = scope(about, section, below)
    label_sections(here)
    waiting = [attach(section.blocks)]
    while waiting:
        here.blocks = waiting.pop()
        here.dense = 0
        quoted = _run(here)
        waiting += [attach(_without_headings(quote.blocks)) for quote in reversed(quoted)]
    return here


def _run(here: Scope) -> list[Quote]:
    """The rules over one run of blocks; gives back the quotes no rule took."""
    quotes: list[Quote] = []
    at = 0
    while at < len(here.blocks):
        taken = next((used for rule in RULES if (used := rule(here, at))), 0)
        block = here.blocks[at]
        if not taken and isinstance(block, Quote):
            quotes.append(block)
        at += max(1, taken)
    return quotes


def _without_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in blocks if not isinstance(block, Heading))


__all__ = ["ALL_KINDS", "MAX_CARDS", "Note", "read_note"]
