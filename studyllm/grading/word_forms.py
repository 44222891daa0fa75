"""A word as an answer: of a Japanese one another form is another answer, its reading in kana the same one; whether a
word in Latin letters is another form, or means the same, cannot be told."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import Enum, auto

from studyllm.grading.vocabulary import misspelt
from studyllm.kana import HAN, KANA, is_kana, reads
from studyllm.text import fold, unaccented

_WORD = re.compile(f"[{KANA}{HAN}]{{1,12}}")
_RUN = re.compile(f"[{HAN}]+")
_READ = re.compile(r"([^()（）]+?)\s*(?:[（(]([^()（）]+)[)）])?[。.]?")
"""A word, and its reading behind it in brackets."""
_LONGEST = 30
"""Letters of a word with its reading."""
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヷ"))}
_SPELT = (
    ("ゔぁ", "ば"),
    ("ゔぃ", "び"),
    ("ゔぇ", "べ"),
    ("ゔぉ", "ぼ"),
    ("ゔ", "ぶ"),
    ("ー", ""),
    ("では", "じゃ"),
)
"""Ways to write one thing: ヴァ and バ, コンピューター and コンピュータ."""
_ADJECTIVE = frozenset("なだに")
"""What a na-adjective ends in, as a dictionary has it or not."""


_LATIN = re.compile(r"[a-z]{2,20}")
"""One word."""
_ANY_LATIN = re.compile(r"[^\W\d_\u2e80-\U0010ffff]{1,20}")
_ENGLISH, _SHORT_NOT = re.compile(r"[a-z]+"), re.compile(r"n[’']?t\b")
_AUXILIARY = frozenset(
    "am is are was were be been being do does did have has had will would can could shall should may might must".split()  # noqa: SIM905
)
_BEHIND_LABEL = re.compile(r"([^：:]{0,16}(?:[形型]|form)[^：:]{0,4}?)\s*[：:]\s*(\S{1,20})")
_PARTS = re.compile(r"[\s，,、；;。/：:]+")
_SHARED = 0.5
"""Of the letters of two forms of a word at least."""
_BETWEEN_FORMS, _BETWEEN_SAID = re.compile(r"\s+[-–—/]\s*|\s*[–—/]\s+"), re.compile(r"\s*[,;/–—-]\s*|\s+")
"""What stands between the forms of a word in a note, and in an answer."""


class Form(Enum):
    """What a word is beside the one that is asked for."""

    SAME = auto()
    READING = auto()
    """It may be its reading, or what it is written with: the kana behind the kanji are the same."""
    OTHER = auto()
    """It begins like it, and ends otherwise."""


_RIGHT = (Form.SAME, Form.READING)


def form(reference: str, answer: str) -> Form | None:
    """What an answer of one word is beside a reference of one word; None where either says more, is no Japanese, or is
    a word with nothing in common: it may mean the same."""
    if max(len(reference), len(answer)) > _LONGEST:
        return None
    found = _READ.fullmatch(fold(reference).strip())
    wanted = [_hiragana(word) for word in found.groups() if word] if found else []
    said = _hiragana(fold(answer).strip(" 。.、，,!！?？「」"))
    if not said or not wanted or not all(map(_WORD.fullmatch, (*wanted, said))):
        return None
    if all(map(_RUN.fullmatch, wanted)):
        return None
    if said in wanted:
        return Form.SAME
    if any(_reads(one, said) or _reads(said, one) for one in wanted):
        return Form.READING
    return Form.OTHER if any(_is_another_form(one, said) for one in wanted) else None


def behind_label(point: str, points: Sequence[str], answer: str) -> tuple[Form | None, str]:
    """What an answer has of the form of a Japanese word that stands behind a label in a point, ない形：しない, and the
    part of it that is another form, of which no other point tells; None where it has neither."""
    label, wanted = _form_of(point)
    if not wanted:
        return None, ""
    others = [one for one in map(_form_of, points) if one[1] and one[0] != label]
    labels = [name for name in (label, *(name for name, _word in others)) if name in fold(answer)]
    told = fold(answer).partition(label)[2] if labels else fold(answer)
    for name in (name for name in labels if name != label):
        told = told.partition(name)[0]
    parts = [part for part in _PARTS.split(told) if part]
    right = next((word for part in parts if (word := form(wanted, part)) in _RIGHT), None)
    wrong = [
        part
        for part in parts
        if (form(wanted, part) is Form.OTHER or _is_but_one(wanted, part))
        and (labels or not any(form(other, part) in _RIGHT for _name, other in others))
    ]
    return (right, "") if right else (Form.OTHER, wrong[0]) if wrong else (None, "")


def _form_of(point: str) -> tuple[str, str]:
    labelled = _BEHIND_LABEL.fullmatch(fold(point).strip())
    return (labelled[1], labelled[2]) if labelled else ("", "")


def _is_but_one(one: str, two: str) -> bool:
    """Whether one kana of several is another one."""
    alike = sum(a == b for a, b in zip(one, two, strict=False))
    kana = is_kana(_hiragana(one)) and is_kana(_hiragana(two))
    return kana and len(one) == len(two) >= 3 and alike == len(one) - 1


def may_be_form(asked: str, reference: str, answer: str) -> bool:
    """Whether an answer may be a wrong form of the word that is asked for, as that is one of the word in the question:
    voyé for the vu of voir, wrote for the written of write."""
    words = [unaccented(fold(text)).strip(" .!?") for text in (asked, reference, answer)]
    if not all(map(_LATIN.fullmatch, words)):
        return False
    front, wanted, said = words
    return front[0] == wanted[0] == said[0] and wanted != said and not misspelt(said, wanted)


def may_be_tense(asked: str, reference: str, answer: str) -> bool:
    """Whether an answer may have a wrong form of a verb in a sentence that is made of the one in the question: I do not
    go for the "I did not go" of "I went"."""
    front, wanted, said = (
        _ENGLISH.findall(_SHORT_NOT.sub(" not", fold(text))) for text in (asked, reference, answer)
    )
    if len(wanted) < 3 or wanted == said or 2 * len(set(front) & set(wanted)) < min(len(front), len(wanted)):
        return False
    lost, more = Counter(wanted) - Counter(said), Counter(said) - Counter(wanted)
    known = {word[:3] for word in (*front, *wanted)}
    return max(lost.total(), more.total()) <= 2 and all(
        word in _AUXILIARY or word[:3] in known for word in (*lost, *more)
    )


def forms_said(asked: str, reference: str, answer: str) -> tuple[bool, ...]:
    """Of several forms of a word that a reference says one after the other, brachte - gebracht, which an answer
    has, but for a slip; empty where the reference says no forms, or the answer not as many."""
    wanted, said = (
        _BETWEEN_FORMS.split(fold(reference).strip(" .")),
        _BETWEEN_SAID.split(fold(answer).strip(" .")),
    )
    if len(wanted) < 2 or len(wanted) != len(said) or not all(map(_ANY_LATIN.fullmatch, (*wanted, *said))):
        return ()
    of_it = _ANY_LATIN.fullmatch(fold(asked).strip()) and any(
        _alike(fold(asked).strip(), one) for one in wanted
    )
    if not of_it or sorted(wanted) == sorted(said) or not all(map(_alike, wanted, said)):
        return ()
    return tuple(one == other or _slipped(other, one) for one, other in zip(wanted, said, strict=True))


def _slipped(typed: str, word: str) -> bool:
    """Whether a typed form is one but for a slip; another vowel makes another form."""
    vowels = ["".join(letter for letter in unaccented(one) if letter in "aeiouy") for one in (typed, word)]
    return misspelt(typed, word) and (len(typed) != len(word) or vowels[0] == vowels[1])


def _alike(one: str, other: str) -> bool:
    """Whether two words begin with one letter and share most of the others: sang, singte; no two synonyms."""
    one, other = unaccented(one), unaccented(other)
    return one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= _SHARED


def _hiragana(word: str) -> str:
    """A word in one kana, spelt in one way."""
    word = word.translate(_TO_HIRAGANA)
    for one, other in _SPELT:
        word = word.replace(one, other)
    return word


def _reads(written: str, read: str) -> bool:
    """Whether a word in kana may be how another one is read that has kana itself: of kanji alone that is not known."""
    return _RUN.fullmatch(written) is None and reads(written, read)


def _is_another_form(one: str, two: str) -> bool:
    """Whether two words begin alike and end otherwise: with the same kanji and other kana behind them, or in kana
    alone. More or fewer kana right beside a kanji are another way to write it: 引っ越し, 引越し."""
    if {one[-1], two[-1]} <= _ADJECTIVE or one.startswith(two) or two.startswith(one):
        return False
    if _RUN.findall(one) or _RUN.findall(two):
        kana, kana_too = _RUN.split(one), _RUN.split(two)
        beside = all(a.endswith(b) or b.endswith(a) for a, b in zip(kana, kana_too, strict=False))
        return "".join(_RUN.findall(one)) == "".join(_RUN.findall(two)) and not (
            len(kana) != len(kana_too) or beside
        )
    shared = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), 0)
    alike = sum(a == b for a, b in zip(one, two, strict=False))
    return shared >= 2 or (shared == 1 and len(one) == len(two) and 2 * alike >= len(one))
