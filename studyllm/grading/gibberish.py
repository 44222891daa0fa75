"""Whether an answer is made of no words: keys hit at random, characters that never stand together, invented words."""

import re
from collections.abc import Sequence

from studyllm.grading import lexical
from studyllm.grading.spelling import groups, pairs, seen
from studyllm.grading.vocabulary import is_slip
from studyllm.script import simplified
from studyllm.text import fold, key

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb6yhn7ujm")
_WALKED = " ".join(row for r in _ROWS for row in (r, r[::-1]))
_WALKS = frozenset(w for w in (_WALKED[i : i + 4] for i in range(len(_WALKED) - 3)) if " " not in w)
_HAN = re.compile("[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_SHOUTED = re.compile(r"(?<![A-Za-z])[A-Z][A-Z0-9]{0,6}(?![A-Za-z])")
"""An abbreviation, or steps and notes named by letters."""
_NOTATION = re.compile(r"[^\w\s.,;:!?'\"，。；：！？、…~～\-]|\w[._]\w|[a-z][A-Z]")
"""Arrows, operators, brackets, names of programs: whoever writes them means something by them."""
_AGAIN = re.compile(r"([^\W\d_]{1,4}?)\1{2,}")
_NUMERALS = re.compile(r"[\d零〇一二三四五六七八九十百千万亿]+")
_COUNTED = re.compile(
    r"\d|[零〇二两三四五六七八九十百千万亿几双半]|多少|多大|多长|多久|哪年|何时|率|数|值|量"
    r"|\b(?:how|when|year|date|number|value|rate|zero|one|two|three|four|five|six|seven|eight|nine|ten|hundred"
    r"|thousand|million|half|twice|double|percent)\b"
)
_PARTICLES = frozenset(
    "的了是在和与不没有就把被会能对为也都个这那它他我你人大小上下像好比只种两很最每又再才到从向用要去来得着过"
)
_SIGNED_NUMBERS = re.compile("(?:[正负][一二三四五六七八九十]价?)+")
_LOREM = re.compile(
    r"\b(?:lorem|ipsum|amet|consectetur|adipiscing|eiusmod|tempor|incididunt|aliqua|veniam|nostrud|ullamco|aliquip)\b"
)
_PINYIN = re.compile(
    r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?>iang|iong|uang|ang|eng|ing|ong|ian|iao|uan|uai|an|en|in|un|ai|ei|ui|ao|ou"
    r"|iu|ie|ue|er|ia|ua|uo|[aeiouv]))+"
)
_LEARNED = re.compile(
    r".{3,}(?:(?<!o)us|um|ae|ii|is|ens|rix|itis|osis|oma|emia|uria|ine|ide|ase|ole|ung|heit|keit|schaft|ismus"
    r"|coxib|[mn]ab|tinib|pril|olol|sartan|statin|azole|cillin|mycin|cycline|floxacin|[cn]avir|gliptin|gliflozin|zepam|zolam"
    r"|barbital|semide|profen|parin|platin|rubicin|taxel|zosin|triptan|dronate|setron|lukast)"
)
"""Endings of Latin, of medicine, its drugs and chemistry, of German: names that no list of common words has."""
_LEARNED_HAN = frozenset("酸糖肽酶菌素醇酯胺苷醛酮烷烯炔脂磷碱酚醚炎症癌瘤胞膜腺氯氮氧氢钠钾钙镁铵")
"""Characters of names of chemistry and medicine: 肽聚糖, 磷壁酸."""


def gibberish(answer: str, about: str) -> bool:
    """Whether the answer says no words; `about` is the text of question, term and reference."""
    letters, known = key(answer), fold(about)
    if letters in key(about):
        return False
    return (
        _again(answer, letters)
        or _only_numbers(answer, letters, known)
        or len(set(_LOREM.findall(fold(answer)))) >= 2
        or _keys(answer, letters, known)
        or _invented(answer, known)
        or _characters(letters, fold(answer), known)
    )


def _again(answer: str, letters: str) -> bool:
    """One to four letters again and again."""
    return (
        len(letters) >= 5
        and _AGAIN.fullmatch(letters) is not None
        and not _NOTATION.search(answer)
        and not _SHOUTED.search(answer)
    )


def _only_numbers(answer: str, letters: str, known: str) -> bool:
    """Digits or numerals alone, where nothing is counted, or long numbers of which none is the reference's."""
    if len(letters) < 3 or not _NUMERALS.fullmatch(letters) or _NOTATION.search(answer):
        return False
    numbers = re.findall(r"\d+", answer)
    long = len(numbers) > 2 and len(letters) >= 2.5 * len(numbers) and not any(n in known for n in numbers)
    return long or not _COUNTED.search(known)


def _keys(answer: str, letters: str, known: str) -> bool:
    """Mostly Latin letters in an order that no language has."""
    if _NOTATION.search(answer):
        return False
    words = [
        w
        for w in _strange(_SHOUTED.sub(" ", answer), known)
        if not seen(f"={w}") or (len(w) > 3 and w in _WALKED)
    ]
    if sum(map(len, words)) < 0.7 * len(letters) or not any(len(w) > 3 for w in words):
        return False
    if all(any(w[i : i + 4] in _WALKS for i in range(len(w) - 3)) for w in words):
        return True
    found = [seen(group) for word in words for group in groups(word)]
    return len(found) >= 4 and sum(found) <= (0.5 if len(words) > 1 or len(found) > 6 else 0.25) * len(found)


def _invented(answer: str, known: str) -> bool:
    """Two and more long Latin words, none of them known or like one of the question or the reference."""
    if not answer.isascii() or _NOTATION.search(answer) or any(c.isdigit() for c in answer):
        return False
    said = _LATIN.findall(fold(answer))
    words = _strange(answer, known)
    if len(said) != len(words) or sum(len(w) >= 4 for w in words) < 2:
        return False
    odd = [w for w in words if not (seen(f"={w}") or seen(f"={lexical.stem(w)}") or _LEARNED.fullmatch(w))]
    if len(odd) < len(words) and (len(odd) < 3 or len(odd) < 0.75 * len(words)):
        return False
    found = [seen(group) for word in words for group in groups(word)]
    return len(words) > 2 or sum(found) < 0.8 * len(found)


def _characters(letters: str, folded: str, known: str) -> bool:
    """Mostly Chinese characters that hardly ever stand together, none of which the question or the reference has."""
    runs: Sequence[str] = _HAN.findall(folded)
    together = "".join(runs)
    if len(together) * 2 <= len(letters) or len(together) < 3:
        return False
    if _SIGNED_NUMBERS.fullmatch(together):
        return False
    meant = sum(c in known or c in _PARTICLES for c in together)
    if meant * 8 > len(together) or sum(c in _LEARNED_HAN for c in simplified(together)) * 5 >= len(together):
        return False
    beside = [pair for run in (runs if len(runs) * 2 < len(together) else [together]) for pair in pairs(run)]
    found = sum(map(seen, beside))
    if sum(map(_rare, together)) * 3 >= 2 * len(together):
        return len(beside) >= 2 and found * 3 <= len(beside)
    return len(beside) >= 4 and found <= (0.1 if meant else 0.2) * len(beside)


def _rare(character: str) -> bool:
    """Whether a character is not in the common half of the mainland's character set, or of Taiwan's if only there."""
    simplified, traditional = character.encode("gb2312", "ignore"), character.encode("big5", "ignore")
    return simplified >= b"\xd8" if simplified else not b"\xa4" <= traditional[:1] < b"\xc7"


def _strange(answer: str, known: str) -> list[str]:
    """The Latin words of an answer that neither question nor reference has, be it misspelt, and that are no pinyin."""
    noted = _LATIN.findall(known)
    own = {group for word in noted for group in groups(word)}
    chinese = _HAN.search(known) is not None
    return [
        word
        for word in _LATIN.findall(fold(answer))
        if not (len(word) >= 3 and word in known)
        and not _like(word, own)
        and not any(is_slip(word, one) for one in noted)
        and not (chinese and len(word) <= 24 and _PINYIN.fullmatch(word))
    ]


def _like(word: str, own: set[str]) -> bool:
    """Whether a word shares half of its groups of letters with others: misspelt or inflected."""
    parts = list(groups(word))
    return sum(part in own for part in parts) * 2 >= len(parts)
