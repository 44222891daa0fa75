"""What an answer and a reference share on the surface: words, Chinese bigrams, numbers, negations."""

import re
from collections.abc import Iterable
from functools import lru_cache

from studyllm.text import CJK, fold

_RUN = re.compile(rf"[{CJK}]+|[a-z][a-z'’\-]*[+#]*|\d+(?:\.\d+)?%?")
_STOP_EN = frozenset(
    """
    a an the of to in on at by for with and or is are was were be been being it its this that these
    those as from into than then so such they them their there which what when where who why how do
    does did can could will would should may might must has have had you your we our i he she his
    her if but also s t
    """.split()  # noqa: SIM905
)
_STOP_ZH = frozenset(
    "的了是在和与及或也都就而其它他她们这那个些之以于把被将对为由让使有能会可着过等吗呢吧啊什么怎么哪"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_NOT_EN = re.compile(r"\b(?:no|not|never|without|cannot|nor|neither|none)\b|n['’]t\b", re.I)
_NOT_ZH = re.compile(
    r"不(?!同|断|仅|只|过|但)|没有?|无(?!论|数|限|线)|非(?!常|线)|未(?!来)|勿|别(?!的|人)|并非|禁止"
)
"""Words that negate a statement, wherever they stand; 不仅, 无论 and the like, which do not, are left out. Three other
lists of such words are wider for purposes of their own: what denies one word, as a prefix of it (opposites.py); what a
note says before things that it only compares with (listing.py); what may turn round or limit a part (crossed.py)."""


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Latin words (lightly stemmed, no stop words), numbers, and runs of Chinese characters without particles."""
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        if run[0] >= "\u2e80":
            found.extend(c for c in run if c not in _STOP_ZH)
        elif run not in _STOP_EN:
            found.append(stem(run))
    return tuple(found)


@lru_cache(maxsize=4096)
def units(text: str) -> tuple[str, ...]:
    """What is counted: Latin words and numbers, and the bigrams of each run of Chinese characters."""
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        if run[0] >= "\u2e80":
            kept = "".join(c for c in run if c not in _STOP_ZH)
            found.extend(kept[i : i + 2] for i in range(len(kept) - 1)) if len(kept) > 1 else found.extend(
                kept
            )
        elif run not in _STOP_EN:
            found.append(stem(run))
    return tuple(found)


def stem(word: str) -> str:
    """A word without its commonest English endings."""
    word = word.replace("’", "'").removesuffix("'s").strip("'-")
    for ending in ("ations", "ation", "ingly", "ings", "ing", "edly", "ied", "ies", "ed", "ly", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)] + ("y" if ending in ("ied", "ies") else "")
    return word


def recall(reference: str, answer: str, demoted: Iterable[str] = ()) -> float:
    """Share of the reference's units (those in `demoted` set aside) that the answer has; 0 when none is left."""
    wanted = set(units(reference)) - set(demoted)
    return len(wanted & set(units(answer))) / len(wanted) if wanted else 0.0


def soft_recall(reference: str, answer: str) -> float:
    """Recall where similar spellings count in part (Dice of letter pairs): inflection and compounds are half seen."""
    wanted, have = set(words(reference)), set(words(answer))
    if not wanted:
        return 0.0
    return sum(1.0 if w in have else max((_dice(w, h) for h in have), default=0.0) for w in wanted) / len(
        wanted
    )


@lru_cache(maxsize=65536)
def _dice(left: str, right: str) -> float:
    """Dice coefficient of the letter pairs of two words, 0 under one half."""
    if len(left) < 3 or len(right) < 3:
        return 0.0
    a, b = ({w[i : i + 2] for i in range(len(w) - 1)} for w in (left, right))
    dice = 2 * len(a & b) / (len(a) + len(b))
    return dice if dice >= 0.5 else 0.0


def numbers(text: str) -> frozenset[str]:
    """The numbers written in a text."""
    return frozenset(
        n.rstrip("%").rstrip("0").rstrip(".") if "." in n else n.rstrip("%")
        for n in _NUMBER.findall(fold(text))
    )


def negations(text: str) -> int:
    """How many negations a text has: two texts on one thing that differ in this may say the opposite."""
    return len(_NOT_EN.findall(text)) + len(_NOT_ZH.findall(text))
