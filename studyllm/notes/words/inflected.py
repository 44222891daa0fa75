"""Words by their forms: `fahren - fuhr - gefahren (ist) = to drive`, `el alumno, la alumna: student`."""

import re

from studyllm.text import unaccented

_FORM = r"[^\W\d_]{2,}"
_ARTICLE = r"(?:(?:d(?:er|ie|as)|e[ln]|l[aeoi]s?|i?l|gli|une?|the|an?|to)[ \t]+)?"
_AUXILIARY = r"(?:[ \t]*[（(][^（()）]{1,12}[)）])?"
_VERB = re.compile(rf"{_FORM}(?:(?:[ \t]+[-–][ \t]+|,[ \t]*){_FORM}){{2,3}}{_AUXILIARY}")
_PAIR = re.compile(rf"{_ARTICLE}({_FORM}),[ \t]*{_ARTICLE}({_FORM})", re.IGNORECASE)
_BETWEEN = re.compile("[-,–]")
_ALIKE = 3
"""Letters that two forms of a word begin with alike."""
_SIGN = re.compile(r"[ \t]*(?:[=:：→]|[-=]>)[ \t]+(?=\S)")
_ROW = re.compile(
    r"([a-zäöüß]+(?: [a-zäöüß]{2,}){2}(?:en|t)(?: \((?:ist|hat|sein|haben)\))?)[ \t]+(to [a-z].*)"
)
"""Three forms with blanks between them, and what they mean in English."""


def word_and_meaning(line: str) -> tuple[str, str] | None:
    """A word by its forms and what a line says it means; None for any other line."""
    if row := _ROW.fullmatch(line):
        return (row[1], row[2]) if _begin_alike(row[1]) else None
    sign = _SIGN.search(line)
    return (line[: sign.start()], line[sign.end() :]) if sign and is_inflected(line[: sign.start()]) else None


def is_inflected(front: str) -> bool:
    """Whether a front is a word by its forms, and no list of names."""
    if not _BETWEEN.search(front):
        return False  # most fronts are one word
    if pair := _PAIR.fullmatch(front):
        first, second = (unaccented(form.casefold())[:_ALIKE] for form in pair.groups())
        return first == second
    return _VERB.fullmatch(front) is not None and _begin_alike(front)


def _begin_alike(front: str) -> bool:
    """Whether the forms of a front begin as its first one does, behind a ge- if they have one."""
    first, *others = re.findall(_FORM, front.partition("(")[0])
    return others[0][0] == first[0] or any(one.startswith(f"ge{first[0]}") for one in others[1:])
