"""The forms of a word by person, as a table of them has: `ich: hatte`, `du: hattest`. Another form is another
answer."""

import re
from collections.abc import Sequence

from studyllm.text import fold, unaccented

_CELL = re.compile(r"\s*([^:：\n]{1,24})[:：]\s*([^\W\d_]+(?:['’-][^\W\d_]+)*(?: [^\W\d_]+)?)\s*[.。]?\s*")
_PERSON = re.compile(
    r"ich|du|er|sie|es|wir|ihr|man|yo|t[uú]|[eé]l|ella|ello|ustede?s?|nosotr[oa]s|vosotr[oa]s|ell[oa]s|je|ils?|elles?|on|nous|vous"
    r"|io|lui|lei|noi|voi|loro|eu|você|el[ea]s?|nós|vós|i|you|s?he|it|we|they"
)
_FEWEST = 3
_ALONE = 4
"""Forms without their persons that are surely those of one word."""
_LONGEST = 3
"""Words of a form at most."""
_BRIEF = 3
"""Letters of a word of which only the first is sure to stay."""
_FORM = re.compile(r"\s*[^\W\d_A-Z\u2e80-\U0010ffff]{1,14}(?: [^\W\d_A-Z\u2e80-\U0010ffff]{1,14})?\s*")
_BETWEEN = re.compile(r"[/,;|()]|\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def forms_by_person(points: Sequence[str], answer: str) -> tuple[bool | None, ...]:
    """For each form whether an answer has it, or another one in its place; None where it has neither. Empty where the
    points are no forms by person, or the answer has none."""
    cells = [_CELL.fullmatch(point) for point in points]
    found = [(_persons(cell[1]), fold(cell[2]).split()) for cell in cells if cell]
    if len(found) < max(_FEWEST, len(points)) or not all(persons for persons, _form in found):
        return ()
    said = [fold(word) for word in _WORD.findall(fold(answer))]
    named = {word for persons, _form in found for word in persons}
    if named.intersection(said):
        told = tuple(_of(persons, form, said, named) for persons, form in found)
    else:
        told = _unnamed([form for _persons_of, form in found], said)
    return told if any(one is not None for one in told) else ()


def forms_of(word: str, points: Sequence[str], answer: str) -> tuple[bool | None, ...]:
    """The same for the forms of a word without their persons, `estar: estoy / estás / …`, in any order: forms of
    another word are none of them. Empty where most points do not begin as the word does."""
    stem, forms = unaccented(fold(word)).strip(), [unaccented(fold(point)).split() for point in points]
    if not stem.isalpha() or len(forms) < _ALONE or not all(map(_FORM.fullmatch, points)):
        return ()
    begin = stem[: 1 if len(stem) <= _BRIEF else 2]
    said = [unaccented(fold(found)) for found in _WORD.findall(fold(answer))]
    if not said or 2 * sum(form[-1].startswith(begin) for form in forms) < len(forms):
        return ()
    told = [set(form) <= set(said) for form in forms]
    others = len(said) >= len(forms)  # as many words, and not these
    return tuple(True if one else False if others else None for one in told)


def may_be_of_another_person(asked: str, reference: str, answer: str) -> bool:
    """Whether an answer may be another form than the one that is asked for by its person, `sein, past: ich`: as many
    words, and others but for accents. It may as well be another way to write it: dreamt, dreamed."""
    persons = _persons(fold(asked).rpartition(":")[2]) if ":" in fold(asked) else ()
    wanted, said = (_WORD.findall(fold(text)) for text in (reference, answer))
    said = [word for word in said if word not in persons]
    return bool(persons) and 0 < len(wanted) == len(said) <= _LONGEST and wanted != said


def _persons(label: str) -> tuple[str, ...]:
    """The persons that a label names, and no more; empty for any other label."""
    words = [word for word in _BETWEEN.split(fold(label)) if word]
    return tuple(words) if words and all(map(_PERSON.fullmatch, words)) else ()


def _of(persons: Sequence[str], form: Sequence[str], said: Sequence[str], named: set[str]) -> bool | None:
    """What stands behind one of the persons of a form; of several it is the form, where one of them has it."""
    behind = [
        said[at + 1 : at + 1 + len(form)]
        for at, word in enumerate(said)
        if word in persons and at + 1 < len(said) and said[at + 1] not in named
    ]
    return any(list(form) == list(one) for one in behind) if behind else None


def _unnamed(forms: Sequence[Sequence[str]], said: Sequence[str]) -> tuple[bool | None, ...]:
    """Forms without their persons: as many words as forms are these in their order, else each may stand anywhere."""
    words = [word for form in forms for word in form]
    if len(words) == len(said):
        starts = [sum(map(len, forms[:at])) for at in range(len(forms))]
        return tuple(
            list(form) == list(said[at : at + len(form)]) for at, form in zip(starts, forms, strict=True)
        )
    there = {unaccented(word) for word in said}
    return tuple(True if there.issuperset(map(unaccented, form)) else None for form in forms)
