"""Markdown notes to cards: candidates of every form of writing, a score for each, one choice over the whole note."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from studyllm.cards import USUAL, Card, Kind, Skipped, Source
from studyllm.choices import NONE, Choices
from studyllm.i18n import N_
from studyllm.notes.by_hand import by_hand, text_at, without_entries
from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.asking import REPLY, asks, bare, marked, replied, untagged
from studyllm.notes.carried import with_schedules
from studyllm.notes.choice import features
from studyllm.notes.choice.borderline import Borderline, Shifts, borderline, shifted
from studyllm.notes.choice.choose import bands, choose
from studyllm.notes.choice.known import NOTHING, Known
from studyllm.notes.choice.left import left
from studyllm.notes.choice.lines import Lines
from studyllm.notes.choice.near import NearCandidates
from studyllm.notes.choice.rivals import left_out_once
from studyllm.notes.choice.score import scores
from studyllm.notes.choice.together import levelled
from studyllm.notes.derived import derived
from studyllm.notes.listed import entries, is_listed
from studyllm.notes.markdown.blocks import Document, Heading, Table
from studyllm.notes.markdown.dialects import as_markdown
from studyllm.notes.markdown.note_tags import with_names, with_tags, without_tags
from studyllm.notes.markdown.parse import MAX_ROWS, parse
from studyllm.notes.merge import merge, told_apart
from studyllm.notes.outline import HEADING, ITEM, Node, outline
from studyllm.notes.reading import read
from studyllm.notes.reasons import LEFT, MANY_CARDS, MANY_LINES, MANY_ROWS, MORE, why
from studyllm.notes.skip import mentions, without_skipped
from studyllm.notes.spoken import without_tables
from studyllm.notes.words.inline import plain
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.lead import lead
from studyllm.notes.words.terms import may_be_term, out_of_marks
from studyllm.text import clean, has_wide, language

MAX_LINES = 20_000
"""Lines with text that are read of a note."""
MAX_CARDS = 1000
"""Cards of one file at most."""
MAX_SKIPPED = 500
"""Texts of one file at most that are told of as left."""
_UNLIKELY = 0.01
"""What share a text has at least that a learner may want to be a card."""
_QUESTION = re.compile(r"\s*(?:[-*+]\s+)?([^?？\n]{2,160}[?？]+)(?=\s*\w)")
"""A question with what answers it behind it."""
_CLASS = re.compile(r"^(?:[a-z]{1,5}\.\s?[/&]?\s?)+")
"""What sort of word it is: v./n."""
_ENGLISH, _WORD = re.compile(r"[a-z]{2,}(?:,? [a-z]{2,}){3}"), re.compile(r"[^\W\d_\u2e80-\U0010ffff]{3,}")
"""Words of English prose, and one of any language with spaces."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A card that was not made, because it is in doubt whether the learner wants it."""

    card: Card
    reason: str
    score: float
    """How likely it is wanted, 0..1."""


@dataclass(frozen=True, slots=True)
class Note:
    """What one file gave: its cards, those that are offered, and what is to be said of it."""

    path: str
    title: str
    cards: tuple[Card, ...]
    skipped: tuple[Skipped, ...]
    offers: tuple[Offer, ...] = ()
    borderline: tuple[Borderline, ...] = ()
    """The words of the candidates that a reader of words could tell more about."""
    judged: bool = False
    """Whether any card or offer was judged by its form, so that a model that reads the note could tell otherwise."""


def read_note(
    text: str,
    path: str,
    *,
    kinds: frozenset[Kind] = USUAL,
    known: Known = NOTHING,
    choices: Choices = NONE,
    shifts: Shifts | None = None,
    lines: Lines | None = None,
) -> Note:
    """The cards in the text of a note. Pure: reads no file, raises nothing for any text.

    `known` are the cards there are already: in doubt, they stay cards.
    What the learner chose comes before any score. `shifts` are what a reader of
    words made of the borderline candidates, `lines` what a language model made of
    the lines of the note; None where there is no reader.
    """
    text, cut = _first(text)
    if is_listed(text):
        return _of_glossary(text, path, kinds, choices)
    markdown, told = as_markdown(text)
    document = parse(markdown)
    skipped = [Skipped(path, line, reason) for line, reason in told]
    if cut:
        skipped.append(Skipped(path, cut, MANY_LINES.format(most=MAX_LINES)))
    if document.unclosed_fence and not cut:
        skipped.append(
            Skipped(path, document.unclosed_fence, N_("unclosed code fence hides the rest of the file"))
        )
    if mentions(markdown):
        blocks, asked = without_skipped(document.blocks)
        document = replace(document, blocks=blocks)
        skipped += [Skipped(path, line, N_("skipped, as a comment in the note asks")) for line in asked]
    root, found, rows, shares = _scored(document, path, markdown)
    unclear = borderline(found, shares)
    if shifts:
        shares = shifted(found, shares, shifts)
    shares = levelled(found, shares)
    choices = choices.about(path)
    found += by_hand(root, choices.by_hand(), document.lines)
    shares += [1.0] * (len(found) - len(shares))
    chosen = _chosen(found, choices)
    standing = known.without(choices.left_out())
    made, offered = choose(found, shares, bands(words=shifts is not None), chosen, standing, lines)
    offered = left_out_once(offered, found, chosen)
    title = "" if any(isinstance(block, Heading) for block in document.blocks) else clean(document.title)
    zh = language(text) == "zh"
    apart = without_entries((found[i] for i in made), [found[i] for i in made if chosen[i]])
    every = (card_of(one, path, title, zh=zh) for one in apart)
    cards = told_apart(
        merge(card for card in every if card.kind in kinds and any(map(str.isalnum, card.answer)))
    )
    cards = with_names(
        with_tags(with_schedules(cards, text), text), text, clean(document.title) or _name(root)
    )
    if len(cards) > MAX_CARDS:
        line = cards[MAX_CARDS].source.line
        skipped.append(Skipped(path, line, MANY_CARDS.format(count=len(cards), most=MAX_CARDS)))
        del cards[MAX_CARDS:]
    cards += derived(cards, kinds)
    stand = NearCandidates()
    for i in made:
        stand.add(i, found[i])
    doubted = lines.doubted(found, shares) if lines else set[int]()
    offers = [
        Offer(
            card, LEFT if chosen[i] is False else _reason(i, found, rows, stand, doubted), round(shares[i], 3)
        )
        for i in offered
        if (card := card_of(found[i], path, title, zh=zh)).kind in kinds
    ]
    skipped += [
        Skipped(path, line, MANY_ROWS.format(count=count, most=MAX_ROWS))
        for line, count in _long_tables(root)
    ]

    least = bands(words=shifts is not None).offered
    told_of = left(root, found, rows, shares, made, offered, least)
    if len(told_of) > MAX_SKIPPED:
        told_of[MAX_SKIPPED:] = [(told_of[MAX_SKIPPED][0], MORE.format(count=len(told_of) - MAX_SKIPPED))]
    skipped += [Skipped(path, line, reason) for line, reason in told_of]
    skipped.sort(key=lambda one: one.line)
    return Note(
        path,
        clean(document.title) or _name(root),
        tuple(cards),
        tuple(skipped),
        tuple(offers),
        unclear,
        judged=any(not found[i].explicit for i in (*made, *offered)),
    )


def _of_glossary(text: str, path: str, kinds: frozenset[Kind], choices: Choices) -> Note:
    """The cards of a glossary that studyllm wrote: all its entries, but for those that the learner does not want."""
    choices = choices.about(path)
    title, found = entries(text, path)
    wanted = [card for card in found if card.kind in kinds]
    gone = [one for one in wanted if choices.of(one.rule, one.term, one.section) is False]
    cards = told_apart([card for card in wanted if card not in gone])[:MAX_CARDS]
    skipped = []
    if len(wanted) - len(gone) > len(cards):
        line = cards[-1].source.end_line
        skipped.append(Skipped(path, line, MANY_CARDS.format(count=len(wanted) - len(gone), most=MAX_CARDS)))
    offers = tuple(Offer(card, LEFT, 1.0) for card in gone)
    return Note(path, title, (*cards, *derived(cards, kinds)), tuple(skipped), offers)


def _reason(
    i: int,
    found: Sequence[Candidate],
    rows: Sequence[features.Row],
    made: NearCandidates,
    doubted: Collection[int],
) -> str:
    """Why a candidate is only offered, beside those that are made; of those that a language model `doubted` where form
    says nothing else."""
    line, end = found[i].line, found[i].end
    part = any(found[j].line <= line and end <= found[j].end for j in made.around(found[i]))
    return why(rows[i], part=part, doubted=i in doubted)


def _first(text: str) -> tuple[str, int]:
    """As much of a text as is read, its lines ended as they are here, and the line at which it is cut; 0 where it is
    not."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines, full = text.split("\n"), 0
    if len(lines) > MAX_LINES:
        for number, line in enumerate(lines):
            full += bool(line.strip())
            if full > MAX_LINES:
                return "\n".join(lines[:number]), number + 1
    return text, 0


def _scored(
    document: Document, path: str, markdown: str
) -> tuple[Node, list[Candidate], list[features.Row], list[float]]:
    """The tree of a note, its candidates, and the numbers and the share of each."""
    page, root, found = read(document, path, markdown)
    rows = features.rows(page, root, found, len(document.lines))
    return root, found, rows, scores(found, rows)


def _chosen(found: Sequence[Candidate], choices: Choices) -> list[bool | None]:
    """What the learner chose of each candidate."""
    if not choices.all:
        return [None] * len(found)
    return [choices.of(one.form, one.term, (_headings(one.node) or ("",))[-1]) for one in found]


def at_line(text: str, path: str, line: int) -> tuple[tuple[Card, ...], str]:
    """What could be a card at a line of a note, the likeliest first, and the text there as a card would have it; what
    is too unlikely to be offered is one only where nothing else begins at that line."""
    if is_listed(text):
        cards = [card for card in entries(text, path)[1] if card.source.line <= line <= card.source.end_line]
        return tuple(cards), "".join(card.answer for card in cards)
    markdown, _ = as_markdown(_first(text)[0])
    root, found, _rows, shares = _scored(parse(markdown), path, markdown)
    back, first = text_at(root, line)
    least = bands().offered
    here = [
        i
        for i, one in enumerate(found)
        if first <= one.line <= line <= one.end and (shares[i] >= least or one.explicit)
    ]
    if not any(found[i].line == line for i in here):
        here += [
            i for i, one in enumerate(found) if one.line == line and i not in here and shares[i] >= _UNLIKELY
        ]
    here.sort(key=lambda i: (found[i].line != line, -shares[i]))
    zh = language(text) == "zh"
    return tuple(card_of(found[i], path, zh=zh) for i in here), back


def opened_by(line: str) -> str:
    """The front that a line of a note opens with, before what it says of it: its question, or a name; empty where it
    opens with none."""
    if (asked := _QUESTION.match(line)) and not REPLY.match(line) and "://" not in asked[1]:
        return bare(plain(asked[1]))
    found = lead(line)
    front = plain(found.front) if found and found.rest else ""
    is_mark = len(front) < 2 or is_label(front) or "://" in front or REPLY.match(line) or marked(line)
    return "" if is_mark or not may_be_term(front, bold=False) else front


def text_of(text: str, line: int) -> str:
    """What stands at a line of a note, as a card would have it; empty where nothing does."""
    return text_at(_tree(text), line)[0]


@lru_cache(maxsize=2)
def _tree(text: str) -> Node:
    """The tree of a note, kept for the next line that is asked for."""
    return outline(parse(as_markdown(_first(text)[0])[0]), "")


def card_of(one: Candidate, path: str, title: str = "", *, zh: bool = False) -> Card:
    """The card of a candidate; the title stands in where the file has no heading. In a Chinese file signs and names are
    no English."""
    told, rows = without_tables(untagged(one.answer))
    term, prompt = out_of_marks(one.term), out_of_marks(one.prompt or one.term)
    # An item that is shown with what it is a part of (哮喘：病因) is called so.
    part = one.node.kind == ITEM and prompt.endswith((f"：{term}", f": {term}")) and not marked(term)
    return Card(
        kind=one.kind,
        term=prompt if part else term,
        answer=replied(told, asked=any(map(asks, (one.term, *one.aliases)))),
        source=Source(path, one.line, one.end),
        aliases=(term, *one.aliases) if part else one.aliases,
        prompt=prompt,
        points=tuple(replied(untagged(point), asked=False) for point in one.points or rows),
        headings=_headings(one.node) or ((title,) if title else ()),
        lang="zh" if zh and _is_of_chinese(one) else language(one.term + one.answer[:120]),
        rule=one.form,
    )


def _is_of_chinese(one: Candidate) -> bool:
    """Whether a candidate of a Chinese file is in no other language: its front is Chinese and its answer no English
    prose, or it is hardly a word, or the meaning of a word, in Chinese, stands first."""
    meaning = _CLASS.sub("", one.answer)
    return (
        (has_wide(one.term) and not _ENGLISH.search(one.answer))
        or len(_WORD.findall(one.answer)) < 2
        or has_wide(meaning[:1])
    )


def _headings(node: Node) -> tuple[str, ...]:
    own = [node, *node.above()]
    return tuple(without_tags(name) for up in reversed(own) if up.kind == HEADING and (name := up.title))


def _long_tables(root: Node) -> list[tuple[int, int]]:
    """Line and rows of the tables that are not read whole."""
    tables = [block for node in root.walk() for block in node.blocks if isinstance(block, Table)]
    return [(table.line, len(table.rows)) for table in tables if len(table.rows) > MAX_ROWS]


def _name(root: Node) -> str:
    return next((without_tags(node.title) for node in root.walk() if node.title), "")


__all__ = [
    "MAX_CARDS",
    "MAX_LINES",
    "Borderline",
    "Known",
    "Lines",
    "Note",
    "Offer",
    "Shifts",
    "at_line",
    "opened_by",
    "read_note",
    "text_of",
]
