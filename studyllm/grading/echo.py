"""Whether an answer says only what the question says already: the term again, or the question as a statement."""

import re
from itertools import pairwise

from studyllm.grading import lexical
from studyllm.grading.verdict import Question
from studyllm.text import fold, key

_FILLER = re.compile(
    r"我(?:觉得|认为|想|猜|记得)|应该|大概|可能|好像|似乎|也许|其实|基本上?|简单来?说|说白了|总之|当然|本身|自己|所谓|就是|指的?是"
    r"|是指|指的|也就是|即|叫[做作]?|称[为作]|意思|定义|概念|术语|名[词字]|词语|什么|含义|解释|关于|具有|属于|过程|现象|东西|一[种个类项些]"
    r"|[这那][种个类项些样]?|其中|答案|问题|怎么?样|怎么|如何|为什么|为何|多少|哪[里儿一个些种几]*|因为|所以|因此|可以"
    r"|[指嗯呃额哦嘛吧呢啊呀啦吗性的了是有会要能才就在和与及或也都而其它他之以对为由让使着过等把被将种个做用]"
    r"|(?<![a-z])(?:mean(?:s|ing)?|defin[a-z]*|called|known|names?|terms?|concepts?|ideas?|words?|things?|something"
    r"|basically|well|um+|uh+|you know|i (?:think|guess|believe|mean)|kinds?|sorts?|types?|forms?|process(?:es)?"
    r"|just|simply|really"
    r"|very|about|because|refers?|like|etc|answer|question|typically|usually|actually|itself|again|maybe"
    r"|probably)(?![a-z])"
)
_CHOICE = re.compile(
    r"还是|或者?|吗|是否|能否|是不是|会不会|能不能|有没有|对不对|\bor\b|\bwhether\b"
    r"|(?:[和与、，,]|\band\b|\bvs\b).*(?:哪|谁|which|who)|(?:哪|谁|which|who).*(?:[和与、，,：:]|\band\b|\bvs\b)"
    r"|^(?:is|are|was|were|does|do|did|can|could|will|would|should|must|may|has|have)\b"
)
_RELATION = re.compile(r"[→←↑↓⇒⇐⇔↔≠≈≡<>≤≥∝±×÷+*/∈⊂∞]|(?<!\d)[-−]\d")
_HAN = re.compile("[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+|\d+(?:\.\d+)?")
_LONG, _LEAST, _MOST = 80, 0.15, 0.5
"""How much of a question is said again by one who says nothing; one of so many letters may hold its own answer."""
_LONGEST = 12
"""Characters of one piece of an answer that are looked for in the question, at most."""


def echo(question: Question, answer: str) -> bool:
    """Whether nothing is left of an answer when filler and the words of question, term and aliases are taken away."""
    named = fold(" ".join((question.term, *question.aliases)))
    asked = f"{fold(question.text)} {named}"
    said, reference = fold(answer), fold(question.reference)
    if set(_RELATION.findall(said)) - set(_RELATION.findall(asked)):
        return False
    if lexical.negations(said) > lexical.negations(asked):
        return False
    left, own = _left(said, asked), _tokens(_FILLER.sub(" ", reference)) - _tokens(asked)
    if left is None or not own or not own.isdisjoint(_tokens(left)):
        return False
    if key(said) in key(named) or key(question.text) in key(said):
        return True
    if left and len(_tokens(left)) < (_MOST if len(key(asked)) > _LONG else _LEAST) * len(_tokens(asked)):
        return False
    choice = _CHOICE.search(fold(question.text))
    if not left:
        return len(key(said)) > 1 and key(said) in key(asked) and not choice
    return not choice or _tokens(reference).isdisjoint(_tokens(left))


def _tokens(text: str) -> set[str]:
    """The words of a text without their endings, its Chinese characters, and each two of them that stand together."""
    words = {lexical.stem(word) for word in _WORD.findall(text) if lexical.words(word) or not word.isascii()}
    return words.union(*({*run, *map("".join, pairwise(run))} for run in _HAN.findall(text)))


def _left(said: str, asked: str) -> str | None:
    """What an answer has of the question's words, filler aside; None when it has words that are not the question's."""
    words = {lexical.stem(word) for word in _WORD.findall(asked)} | _initials(asked)
    starts = {word[:5]: len(word) for word in words if len(word) >= 5}
    left: list[str] = []
    at = alone = 0
    while at < len(said):
        piece = _piece(said, at, asked)
        if len(piece) < 2 and (filler := _FILLER.match(said, at)):
            at = filler.end()
            continue
        if not piece and (word := _WORD.match(said, at)):
            piece = word[0]
            stem = lexical.stem(piece)
            if (
                (lexical.words(piece) or not piece.isascii())
                and stem not in words
                and abs(len(stem) - starts.get(stem[:5], 99)) > 3
            ):
                return None
            left.append(f" {piece} ")
        elif not piece and said[at].isalnum():
            return None
        else:
            alone += len(piece) == 1
            left.append(piece or " ")
        at += len(piece) or 1
    text = " ".join("".join(left).split())
    return None if alone > max(1, 0.3 * len(key(text))) else text


def _piece(said: str, at: int, asked: str) -> str:
    """The longest run of Chinese from here that the question has."""
    run = _HAN.match(said, at)
    end = min(run.end(), at + _LONGEST) if run else at
    return next((said[at:to] for to in range(end, at, -1) if said[at:to] in asked), "")


def _initials(asked: str) -> set[str]:
    """The abbreviation that each run of Latin words can have."""
    runs = re.findall(r"[a-z]+(?:[ -][a-z]+)+", asked)
    return {"".join(word[0] for word in re.split("[ -]", run)) for run in runs}
