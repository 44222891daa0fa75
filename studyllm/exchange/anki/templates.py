"""Anki's card templates, filled with the fields of a note."""

import re
from collections.abc import Mapping
from typing import Final

_TAG = re.compile(r"\{\{\s*([#^/]?)\s*([^{}]*?)\s*\}\}")
_CLOZE = re.compile(r"\{\{c(\d{1,4})::((?:(?!\{\{c\d|\}\}).)*)\}\}", re.S)
_ANSWER = re.compile(r"<hr\s+id=[\"']?answer[\"']?\s*/?>", re.I)
GAP: Final = "[…]"
"""What stands for a hidden part, as in the cloze cards of notes."""
_DEEPEST = 8
"""Hidden parts inside each other."""


def filled(template: str, fields: Mapping[str, str]) -> str:
    """A template with the fields in their places; sections whose field is empty are left out, whatever a filter does
    to a field besides. Text of a field is not looked at for further fields."""
    out: list[str] = []
    hidden: list[bool] = []
    at = 0
    for found in _TAG.finditer(template):
        if not any(hidden):
            out.append(template[at : found.start()])
        at = found.end()
        mark, name = found.groups()
        if mark == "/":
            if hidden:
                hidden.pop()
        elif mark:
            empty = not fields.get(name, "").strip()
            hidden.append(empty if mark == "#" else not empty)
        elif not any(hidden):
            out.append(fields.get(name.rpartition(":")[2].strip(), ""))
    if not any(hidden):
        out.append(template[at:])
    return "".join(out)


def sides(question: str, answer: str, fields: Mapping[str, str]) -> tuple[str, str]:
    """What a card shows and what it answers, as HTML: the answer without the question that is repeated above it."""
    asked = filled(_without_typing(question), fields)
    back = _ANSWER.split(answer, maxsplit=1)[-1]
    told = filled(back, {**fields, "FrontSide": ""})
    return asked, told


def _without_typing(question: str) -> str:
    """A field to be typed into is the answer, and is not shown with the question."""
    return re.sub(r"\{\{\s*type:[^{}]*\}\}", "", question)


def cloze(text: str, number: int) -> tuple[str, str]:
    """A text with the parts of that number (1-based) hidden, and what is hidden there; `::` begins a hint, which is
    shown. Parts of other numbers are shown as they are."""
    answers: list[str] = []

    def shown(found: re.Match[str]) -> str:
        inside, _colons, hint = found.group(2).partition("::")
        if int(found.group(1)) != number:
            return inside
        answers.append(inside)
        return f"{GAP} ({hint})" if hint else GAP

    for _level in range(_DEEPEST):
        text, count = _CLOZE.subn(shown, text)
        if not count:
            break
    return text, "; ".join(dict.fromkeys(answers))


def is_cloze(template: str) -> str | None:
    """The field whose hidden parts a template asks for; None where it asks for none."""
    found = re.search(r"\{\{(?:[^{}:]+:)*cloze:(?:[^{}:]+:)*([^{}:]+)\}\}", template)
    return found.group(1).strip() if found else None
