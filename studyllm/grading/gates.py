"""Tricks that need no model to be seen: an answer that says nothing is worth nothing, whatever a model would say."""

import re
from itertools import pairwise

from studyllm.grading import overlap
from studyllm.grading.verdict import Question
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
    r"(?:\s*(?:it|this|that|what|the|answer|at|all|is|means?|one|yet|about|to))*"
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
    r"|^\s*(?:系统|助手|评分|得分|判定)\s*[:：]",
    re.I | re.M,
)
_ABOUT_ORDERS = re.compile(r"injection|jailbreak|注入|越狱", re.I)
_OPENER = re.compile(
    r"(?:是的?|对的?|正确|没错|否|不是|答案?|解答?|思考过程|步骤|如下|见上|同上|yes|no|correct|right|true|false|ok|the|is|solution|"
    r"answer|thoughtprocess|letsthinkstepbystep|reasoning|final)+"
)
_KEYBOARD = re.compile(
    r"(?:asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert|erty|rtyu|tyui|yuio|uiop|zxcv|xcvb|cvbn|vbnm)"
)
_ITEM = re.compile(r"[、，,；;。.\n:：/（）()！!？?—–]|\s{2,}|\band\b|和|与|及")
_TOKENS = re.compile(r"[^\s、，,；;。.:：/（）()!！?？—–\"'“”]+")
_TERM_FILLER = re.compile(
    r"就是|指的是|是指|的意思|意思是|定义|概念|什么是|的?含义|解释|mean(?:s|ing)?|defin\w*|called|known", re.I
)


def visible(answer: str) -> str:
    """The answer as a person sees it: hidden, bidirectional and control characters and chat-template tokens dropped."""
    return _TOKEN.sub(" ", clean(answer)).strip()


def gate(question: Question, answer: str) -> str:
    """Why this answer (already `visible`) is worth nothing, or an empty string."""
    if not any(c.isalnum() for c in answer):
        return "blank"
    if key(answer) == key(question.reference):
        return ""
    if _OPENER.fullmatch(key(answer)) and key(answer) not in key(question.reference):
        return "no content"
    if _does_not_know(answer) and not _does_not_know(question.reference):
        return "does not know"
    about = f"{question.text} {question.term} {question.reference}"
    if _ORDER.search(answer) and not (_ABOUT_ORDERS.search(about) or _ORDER.search(about)):
        return "talks to the grader"
    if _gibberish(answer, about):
        return "no words"
    if _repeats(question, answer):
        return "repeats the question"
    if _shuffled(question, answer):
        return "keywords without a sentence"
    return ""


def _does_not_know(answer: str) -> bool:
    """Whether nothing but "I do not know" is said."""
    folded = fold(answer)
    chinese = "".join(c for c in folded if c.isalnum())
    english = " ".join(re.sub(r"[^a-z]+", " ", folded).split())
    return bool(_DO_NOT_KNOW.fullmatch(chinese) or (english and _DO_NOT_KNOW_EN.fullmatch(english)))


def _gibberish(answer: str, about: str) -> bool:
    """One or two characters again and again, or keys hit at random."""
    letters = key(answer)
    if len(letters) >= 5 and len(set(letters)) <= 2 and letters not in key(about):
        return True
    latin = re.findall(r"[a-z]{5,}", fold(answer))
    known = fold(about)
    odd = [w for w in latin if w not in known and (_KEYBOARD.search(w) or not re.search(r"[aeiouy]", w))]
    return bool(latin) and len("".join(odd)) * 2 > len(letters)


def _repeats(question: Question, answer: str) -> bool:
    """Whether the answer says only what the question and the term already say."""
    named = " ".join((question.term, *question.aliases))
    asked = f"{question.text} {named}"
    said = set(overlap.units(_TERM_FILLER.sub(" ", answer)))
    own = set(overlap.units(question.reference)) - set(overlap.units(asked))
    if (
        not own
        or not said
        or said & own
        or not set(overlap.words(answer)).isdisjoint(
            set(overlap.words(question.reference)) - set(overlap.words(asked))
        )
    ):
        return False
    if not said - set(overlap.units(named)):
        return True
    known = set(overlap.units(asked))
    return not said - known and len(said) >= 0.5 * len(known)


def _shuffled(question: Question, answer: str) -> bool:
    """Whether the answer is the reference's words out of order, with nothing between them."""
    reference, said = fold(question.reference), fold(answer)
    # Too little of the reference to be worth anything in whatever order: the score sees to that.
    if overlap.recall(reference, said) < 0.35 and overlap.soft_recall(reference, said) < 0.6:
        return False
    items = {key(part) for part in _ITEM.split(reference)}
    if all(key(part) in key(reference) for part in _ITEM.split(said)):
        tokens = [t for t in said.split() if key(t) not in items]
        if len(tokens) < 4:
            return False
    if any("\u3400" <= c <= "\u9fff" for c in reference):
        tokens = [t for t in _TOKENS.findall(said) if key(t) not in items]
        return _disordered(tokens, [reference.find(t) for t in tokens], reference, 4) or (
            len(tokens) <= 3 and _jumbled("".join(tokens), reference)
        )
    wanted = _TOKENS.findall(reference)
    tokens = [t for t in _TOKENS.findall(said) if key(t) not in items]
    return _disordered(tokens, [wanted.index(t) if t in wanted else -1 for t in tokens], " ".join(wanted), 6)


def _disordered(tokens: list[str], places: list[int], reference: str, least: int) -> bool:
    """Whether nearly all tokens are the reference's, few of them beside their neighbours, many going backwards."""
    if len(tokens) < least or sum(p >= 0 for p in places) < 0.9 * len(tokens):
        return False
    pairs = list(pairwise(zip(tokens, places, strict=True)))
    kept = sum(f"{a} {b}" in reference or f"{a}{b}" in reference for (a, _), (b, _) in pairs)
    turned = sum(0 <= q < p for (_, p), (_, q) in pairs)
    return kept <= 0.25 * len(pairs) and turned >= 0.3 * len(pairs)


def _jumbled(answer: str, reference: str) -> bool:
    """Chinese without spaces: every character is the reference's, but its neighbours are not."""
    answer, reference = key(answer), key(reference)
    if len(answer) < 10 or answer in reference:
        return False
    strange = sum(c not in reference for c in answer)
    together = sum(answer[i : i + 2] in reference for i in range(len(answer) - 1))
    return strange <= 0.05 * len(answer) and together <= 0.6 * (len(answer) - 1)
