"""Marks of questions, answers and definitions as exams and handouts have them, as they are elsewhere.

Lines that say no more than how something is examined are left out.
"""

import re
from functools import partial

from studyllm.notes.markdown.answer_steps import with_steps
from studyllm.notes.markdown.defining import defined_in
from studyllm.notes.markdown.fences import outside_code
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.lead import lead

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
_STAR = r"(?:[★☆⭐✨❗‼⚠🔥📌❤✳]\ufe0f?)"
_WEIGHT = (
    r"(?:易错点?|易混(?:淆|点)?|必考点?|必背|必会|常考点?|(?:高频|核心)?考点|高频|注意辨析|辨析|重难点|重点|难点"
    r"|(?i:exam(?: (?:point|tip|question))?|high[- ]yield|HY|must[- ]know|common mistake|tricky))"
)
_BEGIN = r"(?P<item>[ \t]*(?:(?:[-*+]|\d{1,3}[.)、])[ \t]*)?"
_BOLD_MARK = re.compile(rf"^{_BEGIN})\*\*(?P<mark>[^\w\s*]*{_WEIGHT}[^\w*]*)\*\*")
_FOR_EXAM = re.compile(
    rf"{_BEGIN}(?:\*\*)?)(?:{_STAR}+[ \t]?{_WEIGHT}(?:[ \t]?{_STAR}+)?[ \t]*[:：]?"
    rf"|{_STAR}*(?:(?P<tag>\[)|[【（(])(?:{_WEIGHT}|掌握|了解|熟悉|真题)[】）)\]][ \t]*[:：]?"
    rf"|(?P<bare>{_WEIGHT}[ \t]*[:：]))[ \t\u3000]*(?=[\w“「《*`$])"
)
"""How an exam asks for what follows, or how much it matters there: with a sign, in brackets, or with a colon alone."""
_REMARK = 8
"""Letters of what a mark with a sign stands before, and is more than a topic."""


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


def without_exam_mark(line: str) -> str:
    """A line without the mark that says how an exam asks for what it says, behind the bullet of an item; empty where it
    has none. A word by itself is a label, and so is the mark, over a remark; in square brackets it may be any tag, and
    only a term or a definition is read without it."""
    line = _BOLD_MARK.sub(r"\g<item>\g<mark>", line, count=1) if "**" in line else line
    found = _FOR_EXAM.match(line)
    if found is None:
        return ""
    said = line[found.end() :].strip()
    opened = lead(said)
    entry = opened is not None and bool(opened.rest) and not is_label(opened.front)
    remark = not found["bare"] and not found["tag"] and len(said) >= _REMARK
    own = entry or bool(defined_in(said)) or remark
    return f"{found['item']}{said}" if own else ""
