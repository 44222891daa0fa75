"""A glossary that studyllm wrote: each entry is one card, word for word, and nothing else is read from it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from studyllm.cards import DERIVED, USUAL, Card, Kind, Source
from studyllm.notes.candidates.listing import kind_of, points
from studyllm.notes.markdown.parse import parse
from studyllm.notes.words.inline import VERBATIM, plain
from studyllm.text import clean, language

MARK = "<!-- study: glossary -->"
"""The first line of such a file."""
RULE = "glossary"
"""The form of its cards."""
_MARKED = re.compile(r"\ufeff?\s*<!--\s*study\s*:\s*glossary\s*-->", re.IGNORECASE)
_KINDS = "|".join(kind.value for kind in USUAL)
_ENTRY = re.compile(
    r"- \*\*((?:\\.|[^*\\]|\*(?!\*))+)\*\*(?:[ \t]*[(（]((?:\\.|[^)）\\])*)[)）])?[ \t]*[:：]"
    rf"(?:[ \t]*<!--\s*({_KINDS})\s*-->)?[ \t]*(.*)"
)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_BETWEEN = re.compile(r"(?<!\\)[,，、]\s*")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_LISTED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_SIGNS = re.compile(r"([*_~=^{&<`$\\!]|(?<=\])[(\[]|(?<=\[)\[)")
_IN_NAME = re.compile(r"([)）,，、\\])")
_LABELLED = re.compile(r"[^:：]{1,60}[:：]\s*\S.*")
_HIDDEN = "[…]"


def is_listed(text: str) -> bool:
    """Whether a file says that it is such a glossary."""
    return bool(_MARKED.match(text))


def entry(term: str, aliases: Sequence[str], answer: str, kind: Kind) -> str:
    """The lines of one entry, which `entries` reads as it was; its kind is told where its look says another."""
    named = ", ".join(_IN_NAME.sub(r"\\\1", " ".join(name.split())) for name in aliases)
    others = f" ({named})" if named else ""
    head = f"- **{_escaped(' '.join(term.split()), '*')}**{others}:"
    lines = list(_told(answer.split("\n")))
    if kind not in DERIVED and _look(term, answer)[0] is not kind:
        head += f" <!-- {kind.value} -->"
    if len(lines) == 1 and not _LISTED.match(lines[0]):
        return f"{head} {lines[0]}\n"
    return "\n".join((head, *(f"  {line}".rstrip() for line in lines))) + "\n"


def entries(text: str, path: str) -> tuple[str, list[Card]]:
    """The title of a glossary, which is empty where it is of several decks, and the cards of its entries."""
    headings: list[str] = []
    found: list[Card] = []
    titles: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if heading := _HEADING.fullmatch(line):
            depth, name = len(heading[1]), clean(plain(heading[2]))
            headings[depth - 1 :] = [name]
            titles += [name] if depth == 1 else []
        elif opening := _ENTRY.fullmatch(line.rstrip()):
            below = list(_below(lines[number:]))
            told = _answer([opening[4], *below] if opening[4] else below)
            if told:
                source = Source(path, number, number + len(below))
                found.append(_card(opening, told, source, tuple(filter(None, headings))))
    return titles[0] if len(titles) == 1 else "", found


def _below(lines: Iterable[str]) -> Iterator[str]:
    """The lines that belong to an entry: indented ones, and empty ones between them."""
    empty = 0
    for line in lines:
        if not line.strip():
            empty += 1
        elif line.startswith(("  ", "\t")):
            yield from [""] * empty
            empty = 0
            yield line.removeprefix("\t") if line.startswith("\t") else line[2:]
        else:
            return


def _card(opening: re.Match[str], answer: str, source: Source, headings: tuple[str, ...]) -> Card:
    term = clean(plain(opening[1]))
    kind, listed = _look(term, answer)
    if opening[3]:
        kind = Kind(opening[3])
        listed = tuple(answer.split("\n")) if kind is Kind.TABLE and not listed else listed
    names = [clean(plain(name)).strip() for name in _BETWEEN.split(opening[2] or "")]
    return Card(
        kind=kind,
        term=term,
        answer=answer,
        source=source,
        aliases=tuple(filter(None, names)),
        prompt=term,
        points=listed,
        headings=headings,
        lang=language(answer),
        rule=RULE,
    )


def _look(term: str, answer: str) -> tuple[Kind, tuple[str, ...]]:
    """What an entry asks for by its look, and the points that it lists."""
    blocks, rows = parse(answer).blocks, tuple(answer.split("\n"))
    listed = points(blocks)
    if not listed and len(rows) > 1 and all(map(_LABELLED.fullmatch, rows)):
        return Kind.TABLE, rows
    return Kind.CLOZE if _HIDDEN in term else kind_of(term, blocks), listed


def _told(lines: Iterable[str]) -> Iterator[str]:
    """The lines of an answer, so that a reader of Markdown shows each as it is and where it is."""
    listed = list(lines)
    fence = ""
    for at, line in enumerate(listed):
        found = _FENCE.match(line)
        if found and (not fence or line.strip() == fence):
            fence = "" if fence else found[1]
            yield line
        elif fence or line.lstrip().startswith("|"):
            yield line
        else:
            after = listed[at + 1] if at + 1 < len(listed) else ""
            goes_on = after.strip() and not (_LISTED.match(after) or _FENCE.match(after))
            yield _escaped(line) + ("\\" if goes_on and line.strip() and not _LISTED.match(line) else "")


def _answer(lines: Iterable[str]) -> str:
    """The answer that `_told` wrote, or that was written by hand in its way."""
    out, fence = [], ""
    for line in lines:
        found = _FENCE.match(line)
        if found and (not fence or line.strip() == fence):
            fence = "" if fence else found[1]
            out.append(line.rstrip())
        elif fence or line.lstrip().startswith("|"):
            out.append(line.rstrip())
        else:
            text = line.rstrip()
            text = text[:-1] if text.endswith("\\") and not text.endswith("\\\\") else text
            out.append(text[: len(text) - len(text.lstrip())] + plain(text))
    return clean("\n".join(out)).strip()


def _escaped(text: str, always: str = "") -> str:
    """The text so that what is read of it is the same: signs that would be marks are escaped where they stand."""
    if plain(text) == text.strip() and not any(sign in text for sign in always) and not text.endswith("\\"):
        return text
    mark = _LISTED.match(text)
    start = mark.end() if mark else len(text) - len(text.lstrip())
    held = [found.span() for found in VERBATIM.finditer(text, start)]
    out, at = [text[:start]], start
    for first, last in (*held, (len(text), len(text))):
        out.append(_SIGNS.sub(r"\\\1", text[at:first]))
        out.append(text[first:last])
        at = last
    return "".join(out)
