"""Cards to be read: a glossary in Markdown, and a page to print."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from studyllm.cards import DERIVED, Kind
from studyllm.i18n import _
from studyllm.notes import listed
from studyllm.notes.display import formula
from studyllm.notes.gaps import IN_NOTES
from studyllm.notes.html import as_html
from studyllm.store import StudyCard
from studyllm.text import key, names

_STYLE = """
:root { color-scheme: light dark; }
body { font: 11pt/1.45 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 48em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; } h2 { font-size: 1.1em; margin: 1.6em 0 .4em; border-bottom: 1px solid; }
dt { font-weight: bold; break-after: avoid; } dd { margin: 0 0 .7em 1.5em; break-inside: avoid; }
dd p, dd ul, dd ol { margin: .2em 0; } .also { font-weight: normal; opacity: .7; }
table { border-collapse: collapse; } td, th { border: 1px solid; padding: .1em .4em; }
@media print { body { margin: 0; max-width: none; columns: 2; column-gap: 2em; } h1 { column-span: all; } }
"""


def markdown(cards: Sequence[StudyCard]) -> Iterator[str]:
    """Lines of a glossary: decks and sections as headings, in the order of the notes; it can be imported as a note."""
    yield f"{listed.MARK}\n\n"
    for deck, some in groupby(entries(cards), lambda card: card.deck):
        yield f"# {deck}\n"
        for section, here in _sections(some):
            if section:
                yield f"\n## {section}\n"
            yield "\n"
            for card in here:
                yield listed.entry(card.card.term, names(card.card.aliases), _meaning(card), card.card.kind)
        yield "\n"


def entries(cards: Sequence[StudyCard]) -> list[StudyCard]:
    """The cards that are entries: of a term that is asked in several ways, the one that was read from the notes."""
    read = {_named(card) for card in cards if card.card.kind not in DERIVED}
    found = []
    for card in cards:
        if card.card.kind not in DERIVED or _named(card) not in read:
            read.add(_named(card))
            found.append(card)
    return found


def _named(card: StudyCard) -> tuple[str, str, str]:
    return card.deck, card.card.source.path, key(card.card.term)


def _meaning(card: StudyCard) -> str:
    """What a card says of its term, also where it asks for the term or for a word of it."""
    text = card.card
    if text.kind is Kind.MEANING:
        return text.prompt
    return text.prompt.replace(IN_NOTES, text.answer) if text.kind is Kind.GAP else text.answer


def page(cards: Sequence[StudyCard]) -> str:
    """One HTML file without scripts that prints well. Formulas are text that reads like them."""
    body = []
    for deck, some in groupby(entries(cards), lambda card: card.deck):
        body.append(f"<h1>{escape(deck)}</h1>")
        for section, here in _sections(some):
            body.append(f"<h2>{escape(section)}</h2>" if section else "")
            body.append("<dl>" + "".join(map(_term, here)) + "</dl>")
    title = escape(_("Glossary"))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    return f"<!doctype html><html><head>{head}<style>{_STYLE}</style></head><body>{''.join(body)}</body></html>\n"


def _term(card: StudyCard) -> str:
    text = card.card
    shown = names(text.aliases)
    also = f" <span class=also>{escape(', '.join(shown))}</span>" if shown else ""
    told = as_html(_meaning(card), _formula, plain=True)
    return f"<dt>{escape(text.term if text.kind in DERIVED else text.prompt or text.term)}{also}</dt><dd>{told}</dd>"


def _formula(tex: str, alone: bool) -> str:
    said = formula(f"${tex}$").replace("\\", "")
    return f"<p>{escape(said)}</p>" if alone else escape(said)


def _sections(cards: Iterable[StudyCard]) -> Iterator[tuple[str, list[StudyCard]]]:
    for section, some in groupby(cards, lambda card: card.card.section):
        yield section, list(some)
