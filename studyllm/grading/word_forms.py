"""A Japanese word as an answer: another form of it is another answer, its reading in kana is the same one."""

import re
from enum import Enum, auto

from studyllm.text import fold

_KANA, _HAN = "ぁ-ゖー", "\u3400-\u9fff々"
_WORD = re.compile(f"[{_KANA}{_HAN}]{{1,12}}")
_RUN = re.compile(f"[{_HAN}]+")
_ONE_KANA = re.compile(f"[{_KANA}]")
_ALL_KANA = re.compile(f"[{_KANA}]+")
_READ = re.compile(r"([^()（）]+?)\s*(?:[（(]([^()（）]+)[)）])?[。.]?")
"""A word, and its reading behind it in brackets."""
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


class Form(Enum):
    """What a word is beside the one that is asked for."""

    SAME = auto()
    READING = auto()
    """It may be its reading, or what it is written with."""
    OTHER = auto()


def form(reference: str, answer: str) -> Form | None:
    """What an answer of one word is beside a reference of one word; None where either says more, or is no Japanese."""
    found = _READ.fullmatch(fold(reference).strip())
    wanted = [_hiragana(word) for word in found.groups() if word] if found else []
    said = _hiragana(fold(answer).strip(" 。.、，,!！?？「」"))
    if not said or not wanted or not all(map(_WORD.fullmatch, (*wanted, said))):
        return None
    if not any(map(_ONE_KANA.search, wanted)):
        return None
    if said in wanted:
        return Form.SAME
    return Form.READING if any(_reads(one, said) or _reads(said, one) for one in wanted) else Form.OTHER


def _hiragana(word: str) -> str:
    """In one kana, and without the one contraction that changes no form: では, じゃ."""
    return word.translate(_TO_HIRAGANA).replace("では", "じゃ")


def _reads(written: str, read: str) -> bool:
    """Whether a word in kana may be how another one is read: the same but for what stands in kanji there."""
    if not _RUN.search(written) or not _ALL_KANA.fullmatch(read):
        return False
    pattern = _RUN.sub(lambda run: f"[{_KANA}]{{1,{4 * len(run[0])}}}", written)
    return re.fullmatch(pattern, read) is not None
