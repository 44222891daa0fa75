"""Cards as other programs write them, in forms that are read here: RemNote's arrows, inka's sections, and questions and
answers whose labels are in another language or name the sides of a card."""

import re

from studyllm.notes.markdown.fences import in_code

_ARROWED = re.compile(
    r"(?P<item>[ \t]*[-*+][ \t]+)(?P<front>[^>`\n]{2,160}?)[ \t]+>>(?P<list>>?)(?P<back>[ \t]+[^>\n]+|[ \t]*)"
)
_LAST_TAGS = re.compile(r"(?:[ \t]+#(?:\[\[[^\[\]]{1,40}\]\]|[\w/-]+))+[ \t]*$")
_DECK = re.compile(r"[Dd]eck:[ \t]*\S.*")
_TAGS = re.compile(r"[Tt]ags:.*")
_RULE = re.compile(r"-{3,}[ \t]*")
_PROMPT = re.compile(r"\d{1,3}\.[ \t]+(?=\S)")
_QUOTE = re.compile(r">[ \t]?")
_OPENING = r"(?P<opening>[ \t]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?(?:\*\*|__)?)"
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
    ),
    (
        re.compile(rf"{_OPENING}(?:front|正面|vorderseite|recto|anverso){_END}", re.IGNORECASE),
        re.compile(rf"{_OPENING}(?:back|背面|反面|rückseite|verso|reverso){_END}", re.IGNORECASE),
    ),
)
"""Labels of a question and of its answer, by pairs."""
_FEWEST = 2
"""Lines or pairs from which on a form is that of the file."""
_NEAR = 8
"""Lines within which the answer to a question begins."""


def as_cards(text: str) -> str:
    """The text with such cards as pairs, as `Q:` and `A:`, or as entries, line for line."""
    lines = text.split("\n")
    if ">>" in text:
        _without_arrows(lines)
    if "\nDeck:" in text or "\ndeck:" in text:
        _without_decks(lines)
    for front, back in _SIDES:
        _with_labels(lines, front, back)
    return "\n".join(lines)


def _without_arrows(lines: list[str]) -> None:
    """RemNote: `front >> back`, and `front >>>` over its items."""
    found = [(at, one) for at, line in enumerate(lines) if ">>" in line and (one := _ARROWED.fullmatch(line))]
    if len(found) < _FEWEST:
        return
    code = in_code(lines)
    for at, one in found:
        if code[at]:
            continue
        back = _LAST_TAGS.sub("", one["back"]).strip()
        lines[at] = f"{one['item']}{one['front']} :: {back}" if back else f"{one['item']}{one['front']}:"


def _without_decks(lines: list[str]) -> None:
    """inka: a section between rules that names its deck, with numbered questions and their answers as quotes."""
    at = 0
    while at + 1 < len(lines):
        if not (_RULE.fullmatch(lines[at]) and _DECK.fullmatch(lines[at + 1])):
            at += 1
            continue
        lines[at + 1] = ""
        at += 2
        if at < len(lines) and _TAGS.fullmatch(lines[at]):
            lines[at] = ""
        answered = True
        while at < len(lines) and not _RULE.fullmatch(lines[at]):
            if prompt := _PROMPT.match(lines[at]):
                lines[at], answered = f"Q: {lines[at][prompt.end() :]}", False
            elif quote := _QUOTE.match(lines[at]):
                lines[at] = f"{'' if answered else 'A: '}{lines[at][quote.end() :]}"
                answered = True
            at += 1
        if at < len(lines):
            lines[at] = ""  # the rule that ends the section
        at += 1


def _with_labels(lines: list[str], front: re.Pattern[str], back: re.Pattern[str]) -> None:
    asked = [(at, one) for at, line in enumerate(lines) if (one := front.fullmatch(line))]
    said = [(at, one) for at, line in enumerate(lines) if (one := back.fullmatch(line))] if asked else []
    pairs = sum(any(at < other <= at + _NEAR for other, _ in said) for at, _ in asked)
    if pairs < _FEWEST:
        return
    code = in_code(lines)
    for mark, some in (("Q", asked), ("A", said)):
        for at, one in some:
            if not code[at]:
                lines[at] = f"{one['opening']}{mark}{one['end']}{one['said']}"
