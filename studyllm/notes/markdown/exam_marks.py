"""Marks of questions, answers and definitions as exams and handouts have them, as they are elsewhere.

Lines that say no more than how something is examined are left out.
"""

import re
from functools import partial

from studyllm.notes.markdown.answer_steps import with_steps
from studyllm.notes.markdown.fences import outside_code

_DEFINED = re.compile(
    r"^([ \t]*(?:[-*+][ \t]+)?)(?:Def\.?:?|Definition:?|定义[:：])[ \t]+"
    r"(?!(?:[Aa]n?|[Tt]he)\b)(?=[^\n:：=,，。]{2,60}(?:[:：=→]|->)[ \t]*\S)",
    re.MULTILINE,
)
"""What says no more than that a term and its meaning follow: Def. Angebot: …."""
_TASK = (
    "(?:单选|多选|不定项选择|选择|辨析|判断|简答|论述|填空|名词解释|材料分析|案例分析|材料|案例|计算|大)题?"
)
_EXAMINED = re.compile(
    r"(?<![答案ＡA][:：]\n)^[ \t]*(?:>[ \t]*)?(?=[^\n]{0,40}(?:题|[+＋/／])|(?:注[:：])?只?[考会]|题型)(?:注[:：])?"
    rf"(?:只?[考会]|题型[:：]?)?{_TASK}(?:[ \t]*[+＋、/／和,，][ \t]*{_TASK})*[ \t]*$(?!\n\s{{0,8}}[:：])",
    re.MULTILINE,
)
_QUESTION = re.compile(r"^([ \t]*)Ｑ[ \t]*([\d０-９]{0,3})[ \t]*[、．.：:][ \t\u3000]*", re.MULTILINE)
_ANSWER = re.compile(
    r"(?:^|(?<=[^ \t\u3000])[ \t\u3000]{0,8})Ａ[ \t]*[\d０-９]{0,3}[ \t]*[、．.：:][ \t\u3000]*", re.MULTILINE
)
"""Marks of questions and answers in wide letters, however they go on: Ｑ１、 Ａ：."""


def as_usual(text: str) -> str:
    """The text with its marks as they are elsewhere."""
    if "【答】" in text:
        text = text.replace("【问】", "问：").replace("【答】", "答：")
    if "Def" in text or "定义" in text:
        text = outside_code(text, partial(_DEFINED.sub, r"\1"))
    if "题" in text:
        text = _EXAMINED.sub("", text)
    if "Ｑ" in text and "Ａ" in text and _QUESTION.search(text):
        text = _ANSWER.sub(" A: ", _QUESTION.sub(r"\1Q\2: ", text))
    return with_steps(text)
