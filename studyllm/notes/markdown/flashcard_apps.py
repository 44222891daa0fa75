"""Cards as other programs write them, in forms that are read here: RemNote's arrows, inka's sections, and questions and
answers whose labels are in another language or name the sides of a card."""

import re
from collections.abc import Sequence

from studyllm.notes.markdown.fences import in_code
from studyllm.notes.markdown.line_begins import DASHES

_ARROWED = re.compile(
    r"(?P<item>[ \t]*[-*+][ \t]+)(?P<front>[^>`\n]{2,160}?)[ \t]+>>(?P<list>>?)(?P<back>[ \t]+[^>\n]+|[ \t]*)"
)
_LAST_TAGS = re.compile(r"(?:[ \t]+#(?:\[\[[^\[\]]{1,40}\]\]|[\w/-]+))+[ \t]*$")
_DECK = re.compile(r"[Dd]eck:[ \t]*\S.*")
_TAGS = re.compile(r"[Tt]ags:.*")
_PROMPT = re.compile(r"\d{1,3}\.[ \t]+(?=\S)")
_QUOTE = re.compile(r">[ \t]?")
_OPENING = r"(?P<opening>[ \t]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?(?:\*\*|__)?)"
_AT_MARGIN = r"(?P<opening>(?:\*\*|__)?|[ \t]*[-*+][ \t]+(?:\*\*|__))"
_OF_REMNOTE = re.compile(r"#\[\[|\?[ \t]*>>|^[ \t]*[-*+][ \t]+\[\[[^\[\]]+\]\][ \t]*>>")
"""What only RemNote writes beside its arrows."""
_LABEL = re.compile(r"[:：=`/]|\d[ \t]*$")
"""What no front of such a card has, but commands and formulas have."""
_END = r"(?P<end>[ \t]?\d{0,3}(?:\*\*|__)?[ \t]*[:：](?:\*\*|__)?[ \t]*)(?P<said>.*)"
_SIDES = (
    (
        re.compile(
            rf"{_OPENING}(?:вопрос|питання|domanda|vraag|pytanie|soru|fråga|câu hỏi|質問|問題){_END}",
            re.IGNORECASE,
        ),
        re.compile(
            rf"{_OPENING}(?:ответ|відповідь|risposta|antwoord|odpowiedź|cevap|svar|trả lời|回答|答え){_END}",
            re.IGNORECASE,
        ),
        8,
    ),
    (
        re.compile(rf"{_AT_MARGIN}(?:front|正面|vorderseite|recto|anverso){_END}", re.IGNORECASE),
        re.compile(rf"{_AT_MARGIN}(?:back|背面|rückseite|verso|reverso){_END}", re.IGNORECASE),
        1,
    ),
)
"""Labels of a question and of its answer, and how many lines below the second may stand. The sides of a thing are
labelled so too: those of a card stand at the margin or in bold, one right below the other."""
_FEWEST = 2
"""Lines or pairs from which on a form is that of the file."""


def as_cards(text: str) -> str:
    """The text with such cards as pairs, as `Q:` and `A:`, or as entries, line for line."""
    lines = text.split("\n")
    if ">>" in text:
        _without_arrows(lines)
    if "\nDeck:" in text or "\ndeck:" in text:
        _without_decks(lines)
    for front, back, near in _SIDES:
        _with_labels(lines, front, back, near=near)
    return "\n".join(lines)


def _without_arrows(lines: list[str]) -> None:
    """RemNote: `front >> back`, and `front >>>` over its items, in a note that has another sign of RemNote."""
    found = [(at, one) for at, line in enumerate(lines) if ">>" in line and (one := _ARROWED.fullmatch(line))]
    if len(found) < _FEWEST or not any(one["list"] or _OF_REMNOTE.search(one[0]) for _, one in found):
        return
    code = in_code(lines)
    for at, one in found:
        if code[at] or _LABEL.search(one["front"]):
            continue
        back = _LAST_TAGS.sub("", one["back"]).strip()
        lines[at] = f"{one['item']}{one['front']} :: {back}" if back else f"{one['item']}{one['front']}:"


def _without_decks(lines: list[str]) -> None:
    """inka: a section between rules that names its deck, with numbered questions, each with its answer as a quote."""
    at = 0
    while at + 1 < len(lines):
        begins = DASHES.fullmatch(lines[at]) and _DECK.fullmatch(lines[at + 1])
        at += 1
        if not begins:
            continue
        end = next((n for n in range(at, len(lines)) if DASHES.fullmatch(lines[n])), None)
        if end is None:
            return
        if cards := _quoted(lines[at + 1 : end]):
            lines[at : end + 1] = ["", *cards, ""]
        at = end + 1


def _quoted(section: Sequence[str]) -> list[str]:
    """The lines of a section with `Q:` and `A:`; none where a question has no quote, or something else stands there."""
    made: list[str] = []
    asked, said = 0, 0
    for line in section:
        if prompt := _PROMPT.match(line):
            if asked > said:
                return []
            asked += 1
            made.append(f"Q: {line[prompt.end() :]}")
        elif quote := _QUOTE.match(line):
            first, said = said < asked, asked
            made.append(f"{'A: ' if first else ''}{line[quote.end() :]}")
        elif line.strip() and not _TAGS.fullmatch(line) and not line.startswith("<!--"):
            return []
        else:
            made.append(line if line.startswith("<!--") else "")
    return made if asked and asked == said else []


def _with_labels(lines: list[str], front: re.Pattern[str], back: re.Pattern[str], *, near: int) -> None:
    """Labels of another language, and those of two sides, as `Q` and `A`, where the second stands so near below."""
    asked = [(at, one) for at, line in enumerate(lines) if (one := front.fullmatch(line))]
    said = {at: one for at, line in enumerate(lines) if (one := back.fullmatch(line))} if asked else {}
    pairs = [(at, next((n for n in range(at + 1, at + 1 + near) if n in said), None)) for at, _ in asked]
    if sum(other is not None for _, other in pairs) < max(_FEWEST, len(asked)) or len(said) != len(asked):
        return
    code = in_code(lines)
    for mark, some in (("Q", dict(asked)), ("A", said)):
        for at, one in some.items():
            if not code[at]:
                lines[at] = f"{one['opening']}{mark}{one['end']}{one['said']}"
