"""Answers to statements that are true or false: √, yes and 对 say the same."""

import re

from studyllm.grading.verdict import Question

_TRUE = (
    "√ ✓ ✔ ✅ 是的 是 对的 对 正确的 正确 没错 真 true t yes y correct right richtig wahr ja vrai oui verdadero cierto "
    "sí vero"
)
_FALSE = (
    "× ✗ ✘ ❌ x 不是 否 不对 不正确 错误的 错误 错的 错了 错 假 false f no n incorrect wrong untrue falsch nein faux "
    "falso not~true not~correct not~right"
)
_WORDS = {word.replace("~", " "): said is _TRUE for said in (_TRUE, _FALSE) for word in said.split()}
_PLAIN = "true|false|correct|incorrect|wrong|not true|not correct|not right"
"""Words after which a sentence may go on; the others are all of it."""
_FIRST = re.compile(
    r"\W*?({})\b|\W*?({})(?=\s*(?:[.,;:!?，。；！、(（]|$))|\W*?({})(?=[\W的了]|$)".format(
        _PLAIN,
        "|".join(sorted(filter(str.isascii, map(re.escape, _WORDS)), key=len, reverse=True)),
        "|".join(sorted((re.escape(word) for word in _WORDS if not word.isascii()), key=len, reverse=True)),
    ),
    re.IGNORECASE,
)
_AGAIN = re.compile(r"[对错]的|正确|错误|\b(?:true|false|correct|wrong)\b", re.IGNORECASE)
"""What judges once more, behind a word that did."""
_ASKED = re.compile(r"对还是错|对吗|对不对|是否正确|判断|true or false", re.IGNORECASE)
_SURE = {"对": True, "正确": True, "true": True, "错": False, "错误": False, "false": False}
"""What a note says of a statement."""
_OTHER = {"对": "错", "正确": "错误", "true": "false"} | {"错": "对", "错误": "正确", "false": "true"}


def as_judged(question: Question, answer: str) -> str:
    """An answer to a statement that the note calls true or false, opened with the word of the note for what it says."""
    opened = re.match(r"[^\W\d_]+", question.reference)
    word = opened[0].casefold() if opened else ""
    if word not in _SURE or not _ASKED.search(question.text):
        return answer
    said = _FIRST.match(answer)
    if said is None or _AGAIN.search(answer, said.end()):
        return answer
    true = _WORDS[(said[1] or said[2] or said[3]).casefold()]
    return f"{word if true is _SURE[word] else _OTHER[word]}{answer[said.end() :]}"
