"""Japanese words and how they are read."""

import re

KANA, HAN = "ぁ-ゖー", "\u3400-\u9fff々"
"""Hiragana, and kanji, as what stands in the brackets of a regular expression."""
_ALL_KANA = re.compile(f"[{KANA}]+")
_RUN = re.compile(f"[{HAN}]+")
_MOST = 5
"""Kana to a kanji at most: 志 is こころざし."""


def is_kana(text: str) -> bool:
    """Whether a text is hiragana and nothing else."""
    return _ALL_KANA.fullmatch(text) is not None


def reads(written: str, read: str) -> bool:
    """Whether hiragana may be how a word with kanji is read, with the same kana beside what stands in kanji there."""
    if not is_kana(read) or not _RUN.search(written):
        return False
    pattern = _RUN.sub(lambda run: f"[{KANA}]{{1,{_MOST * len(run[0])}}}", re.escape(written))
    return re.fullmatch(pattern, read) is not None
