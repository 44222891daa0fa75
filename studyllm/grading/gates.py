"""Tricks that need no model to be seen: an answer that says nothing is worth nothing, whatever a model would say."""

import re
from collections.abc import Sequence

from studyllm.grading.counted import LABEL
from studyllm.grading.echo import echo
from studyllm.grading.gibberish import gibberish
from studyllm.grading.lacking import names_things
from studyllm.grading.shuffle import shuffled
from studyllm.grading.verdict import Question
from studyllm.grading.vocabulary import is_one_word
from studyllm.grading.word_forms import Form, form
from studyllm.kana import is_kana
from studyllm.text import clean, fold, key

GATED = 0.0
"""Score of an answer that a gate stops."""

_TOKEN = re.compile(
    r"<\|[^<>|]{1,40}\|>(?:\s*(?:system|user|assistant)\b)?|</?s>|\[/?INST\]|<<?/?SYS>>?", re.I
)
_DO_NOT_KNOW = re.compile(
    r"(?:我|真的?|完全|也|都|实在|暂时|抱歉|对不起|嗯|额|呃|这个|这题|答案|啊|呀|吧|了|的)*"
    r"(?:不知道|不清楚|不会|不懂|不记得|记不得|记不清|记不起来|想不起来?|忘记|忘|没学过?|没印象|不了解|不明白|跳过|略|无|没有答案|随便)"
    r"(?:我|真的?|完全|怎么|回答|答|写|说|这个|这题|啊|呀|吧|了|的|呢|是什么|什么|意思|概念)*"
)
_DO_NOT_KNOW_EN = re.compile(
    r"(?:(?:sorry|well|honestly|i|really|just|have|ve|am|m)\s*)*"
    r"(?:(?:do\s*not|don\s*t|dont|did\s*not|didn\s*t|can\s*not|cannot|can\s*t|cant)\s*(?:really\s*)?"
    r"(?:know|remember|recall|understand)|no\s*idea|no\s*clue|idk|dunno|not\s*sure|forgot|forgotten|unknown|pass|skip|"
    r"no\s*submission|no\s*answer|n\s*a|none|nothing|unsure)"
    r"(?:\s*(?:it|this|that|what|the|answer|at|all|is|means?|one|yet|about|to|sorry))*"
)
_ORDER = re.compile(
    r"(?:ignore|disregard|override|bypass|forget)\b.{0,40}"
    r"\b(?:instructions?|rubric|prompt|criteria|grading|reference answer|rules)\b"
    r"|(?:give|award|assign|grant)\b.{0,20}\b(?:full|max\w*|perfect|highest|top|5/5|100)\b.{0,12}\b(?:points?|marks?|score|credit|grade)?"
    r"|(?:mark|grade|rate|score|judge|treat|consider|accept)\s+(?:this|it|my|the)\b.{0,25}\b(?:correct|right|5|100|full|perfect|true)\b"
    r"|(?:this|my|the)\s+answer\s+(?:is|was|should be)\s+(?:\w+\s+)?(?:correct|right|perfect|true)\b"
    r"|\b(?:this|it) is (?:the|a) (?:correct|right|perfect) answer\b"
    r"|^\s*(?:system|assistant|developer)\s*[:：]"
    r"|\byou are (?:now )?(?:a|an|the)\b.{0,30}\b(?:grader|assistant|teacher|judge|examiner)\b"
    r"|\b(?:score|verdict|grade|label)\s*[:=]\s*\"?(?:1(?:\.0)?|5|100|correct|hit|yes)\b"
    r"|(?:忽略|无视|忘记|忘掉|不要管|跳过|绕过).{0,12}(?:指令|评分|参考答案|标准|提示词|规则|上述要求|以上要求)"
    r"|(?:请|务必|必须|直接|麻烦|一律|应当?).{0,8}(?:判|评|算|视|标)(?:定|断|记)?(?:为|成|作|我)?(?:是)?(?:满分|正确|通过|对)"
    r"|(?:给|打)(?:我|本题|这题|这个|个|出|予){0,2}(?:满分|5\s*分|五分|100\s*分|一百分)|给我.{0,3}高分"
    r"|(?:这个|我的|该|本|此|上述|以上)(?:回答|答案)(?:是|完全|都|绝对)*(?:正确|对的|没有?问题)"
    r"|^\s*(?:回答|答案)(?:是|完全|都|绝对)+(?:正确|对的|没有?问题)"
    r"|(?:你|您)(?:现在)?(?:是|扮演)(?:一[个名位])?.{0,8}(?:评分|阅卷|老师|助手|系统)"
    r"|^\s*(?:系统|助手|评分|得分|判定)\s*[:：]"
    r"|与参考答案.{0,4}(?:一致|相同|吻合)|请(?:只|直接)?(?:输出|回复)[“\"「']?(?:是|正确|对|通过|满分)"
    r"|\boutput\s+[\"']?(?:yes|correct|true|1|5)\b",
    re.I | re.M,
)
_ABOUT_ORDERS = re.compile(r"injection|jailbreak|注入|越狱", re.I)
_OPENER = re.compile(
    r"(?:是的?|对的?|正确|没错|否|不是|答案?|解答?|思考过程|步骤|如下|见上|同上|yes|no|correct|right|true|false|ok|the|is|solution|"
    r"answer|thoughtprocess|letsthinkstepbystep|reasoning|final)+"
)
_YES_OR_NO = re.compile(r"(?:不?是|不?对|否|不|正确|错|yes|no|true|false)(?!\w)")
_SIGNS = re.compile(r"[↑↓→←⇒⇔↔∞∅±<>=≤≥≈≠∝∧∨¬+]{1,3}")
"""An answer in signs alone: it rises, it is infinite, if and only if."""

_BETWEEN_CELLS = re.compile(r"[,，;；、.\n]|\sand\s")
_LATIN = re.compile(r"[^\W\d_\u3400-\u9fff]+")
"""A word of letters."""


def visible(answer: str) -> str:
    """The answer as a person sees it: hidden, bidirectional and control characters and chat-template tokens dropped."""
    return _TOKEN.sub(" ", clean(answer)).strip()


def gate(question: Question, answer: str) -> str:
    """Why this answer (already `visible`) is worth nothing, or an empty string."""
    if not any(c.isalnum() for c in answer) and not _SIGNS.fullmatch(answer):
        return "blank"
    if key(answer) in map(key, (question.reference, *question.names)) or is_reading(question, answer):
        return ""
    if key(answer) not in key(question.text) and form(question.reference, answer) in (
        Form.SAME,
        Form.READING,
    ):
        return ""
    if _OPENER.fullmatch(key(answer)) and not _begins_or_has(question.reference, answer):
        return "no content"
    if _does_not_know(answer) and not _does_not_know(question.reference):
        return "does not know"
    about = f"{question.text} {question.term} {question.reference}"
    if _ORDER.search(answer) and not (_ABOUT_ORDERS.search(about) or _ORDER.search(about)):
        return "talks to the grader"
    if gibberish(answer, about):
        return "no words"
    if echo(question, answer) and not _is_another_form(question, answer):
        return "repeats the question"
    parts = question.points or (question.reference,)
    if shuffled(question.reference, answer) and not (names_things(parts, answer) or _in_cells(parts, answer)):
        return "keywords without a sentence"
    return ""


def is_reading(question: Question, answer: str) -> bool:
    """Whether an answer is how a Japanese word is read, which stands in a line of the note beside its meaning."""
    return is_kana(answer.strip()) and answer.strip() in question.reference.split("\n")


def _in_cells(points: Sequence[str], answer: str) -> bool:
    """Whether points are the cells of a row, each behind the head of its column, and the pieces of an answer are words
    of one each: "many firms" for "firms: many"."""
    if len(points) < 2 or not all(map(LABEL.match, points)):
        return False
    cells = [set(_LATIN.findall(fold(point))) for point in points]
    pieces = [set(_LATIN.findall(piece)) for piece in _BETWEEN_CELLS.split(fold(answer)) if piece.strip()]
    return all(piece and any(piece <= cell for cell in cells) for piece in pieces)


def _is_another_form(question: Question, answer: str) -> bool:
    """Whether one word was given for one, made of the question's: escribido for escribir. It may be wrong, but is no
    repetition."""
    asked = key(f"{question.text} {question.term}")
    word = _LATIN.fullmatch(answer) is not None
    return word and is_one_word(question.reference) and key(answer) not in asked


def _begins_or_has(reference: str, answer: str) -> bool:
    """Whether "yes" or "right" is how the reference begins, or one of its words, or both say yes or no."""
    if _YES_OR_NO.match(fold(reference)) and _YES_OR_NO.fullmatch(key(answer)):
        return True
    return key(reference).startswith(key(answer)) or fold(answer) in re.split(r"\W+", fold(reference))


def _does_not_know(answer: str) -> bool:
    """Whether nothing but "I do not know" is said."""
    folded = fold(answer)
    chinese = "".join(c for c in folded if c.isalnum())
    english = " ".join(re.sub(r"[^a-z]+", " ", folded).split())
    return bool(_DO_NOT_KNOW.fullmatch(chinese) or (english and _DO_NOT_KNOW_EN.fullmatch(english)))
