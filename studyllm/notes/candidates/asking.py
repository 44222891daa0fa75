"""Questions: which text asks, and which term a "what is X?" is about."""

import re

from studyllm.notes.words.labels import REPLY_LABEL
from studyllm.notes.words.terms import may_be_term, split_term, title
from studyllm.script import simplified
from studyllm.text import CJK, key

WHAT = re.compile(
    r"(?:(?:什么是|什么叫做?|何谓|何为|啥是|解释一?下?|名词解释[:：])\s*(?P<zh1>.+?)|"
    r"(?P<zh2>.+?)(?:是什么意思|是什么|是啥|指的是什么|是指什么|的定义是什么|的概念是什么))\s*[？?]?"
    r"|what(?:'s|’s| is| are| was| were)\s+(?:an?\s+|the\s+)?(?P<en1>.+?)\s*\??"
    r"|what (?:does|do)\s+(?:an?\s+|the\s+)?(?P<en2>.+?)\s+(?:mean|stand for|refer to)\s*\??"
    r"|define\s+(?P<en3>.+?)\s*[.?]?"
    r"|(?P<ja>.+?)とは(?:何ですか|なんですか|なにですか|何か|なにか|何|どういう意味(?:ですか|か)?)?\s*[？?。]?"
    r"|(?P<ko1>.+?)이?란\s*[？?]|(?P<ko2>.+?)(?:이?란|은|는)\s*(?:무엇인가요|무엇입니까|무엇인가|뭔가요|무엇)\s*[？?]?"
    r"|(?:was ist|was sind|qu'est-ce qu(?:e|'un|'une)|que es|qué es|qué son)\s+(?:une?\s+|ein[e]?\s+|una?\s+"
    r"|l[ae]s?\s+|el\s+|los\s+|l['’]|d(?:er|ie|as)\s+)?"
    r"(?P<eu>.+?)\s*\??",
    re.IGNORECASE,
)
_MARKS = "？?؟"
_ENGLISH = re.compile(
    r"(?:what|why|how|which|who|whom|when|where|is|are|do|does|did|can|explain)\b", re.IGNORECASE
)
_TRANSLATED = re.compile(rf"(¿?[A-Za-z\u00c0-\u024f][^{CJK}?\n]{{2,60}}\?)[ \t]+([{CJK}][^？?\n]*[？?])")
_AFTER_MARK = re.compile(r"\s*(?:[(（]\d+[)）])?\W*")
_ASKS = re.compile(
    r"(?:为什么|为何|如何|怎样|怎么|什么是|什么叫|何谓|何为|简述|论述|试述|列举|谈谈|说说|请)\S{2,}"
    r"|[^。！？；]{2,200}[。！？；，,][^。！？；]{0,30}(?:谈谈|谈一谈|简述|试述|论述|阐述|试论|试析)[^。！？；]{4,}[。]?"
    r"|(?:explain|describe|list|name|state|define|compare|distinguish|differentiate)\s+\w+.*"
    r"|differences? between \w+.*"
    r"|(?:why|how)\s+(?:do|does|did|is|are|was|were|can|should|would|to)\s+\w+.*"
    r"|(?:what|when|where|which|who)\s+(?:is|are|was|were|do|does|did|happens|makes|causes)\s+\w+.*"
    r"|(?:qu['’]est-ce qu|quel(?:le)?s? (?:est|sont)|comment|pourquoi|combien de|was (?:ist|sind|bedeutet|versteht)"
    r"|warum|weshalb|wieso|worin|wodurch|wozu|welche[rsnm]?"
    r"|wie (?:wird|werden|ist|funktioniert|verhält|macht|viele?|lange|oft|kann|unterscheide[nt])"
    r"|cuál(?:es)? (?:es|son)|qué (?:es|son)|por qué)\b.{4,}"
    r"|(?:nenne(?:n sie)?|beschreibe(?:n sie)?|erkläre(?:n sie)?|erläutere(?:n sie)?|definiere(?:n sie)?|définir"
    r"|définis(?:sez)?|décrire|décri(?:s|vez)|cite[rz]?|expliquez?|expliquer|explique|defin[ae]|describ[ae]|nombr[ae]"
    r"|mencion[ae]|enumer[ae])\s+\w+.*"
    r"|.{4,}(?:し?てください|て下さい|せよ|述べよ|しなさい)[。.]?"
    r"|.{4,}(?:설명|서술|비교|나열|정의)(?:해|하)\s?(?:주세요|주십시오|보세요|시오|라)[.]?"
    r"|[^?？]{6,}[?？]\s*(?:(?:donne[rz]|cite[rz]|expliquez?|explain|give|name|list|why|how|quelle)\b|举例|请|说明|为什么|如何|怎样).{3,}"
    r"|.{2,40}(?:是什么|有哪些|有什么|哪几个|哪几种|哪些|怎么办|吗|呢|ですか|か|とは|은|나요|가요)",
    re.IGNORECASE,
)
_MAY_ASK = re.compile(
    r"为什么|为何|怎么|怎样|如何|什么|哪|多少|几[个种次时点]|谁|[吗呢]$|なぜ|どう|(?<![几任如为])何|왜|무엇|어떻게"
    r"|^(?:how|what|why|when|where|which|who|wie|was|wer|wo|wann|warum|welche[rs]?|pourquoi|quel(?:le)?s?"
    r"|cómo|qué|por qué)\b",
    re.IGNORECASE,
)
"""The words of a question."""
_NO_TERM = re.compile(
    r"\b(?:difference|purpose|best|your|our|point|role|advantage|reason|use|meaning|main|most|two|three|four|parts|steps)\b"
    r"|区别|作用|怎么|为什么|哪些|不同|关系|차이|\b(?:for|of|to|in|about|like|with|from)$",
    re.IGNORECASE,
)
_WEIGHT = r"(?:重点|难点|重要|高频|常考|必背|必考|易错|了解|掌握|熟悉|待复习|要復習|중요|important|wichtig)"
"""What authors note of how much a question matters."""
_DECORATION = re.compile(
    rf"(?<!\s)\s*(?:#(?:card|flashcards?|anki)(?:/\S*|-\w+)?\b|[⭐★☆]+\ufe0f?\s?{_WEIGHT}?"
    rf"|[（(【\[][⭐★☆]*\s?{_WEIGHT}[!！]*[)）】\]]"
    r"|(?<=[?？])\s*(?:[（(【\[][^()（）【】\[\]?？]{1,20}[)）】\]]|#\S+)|"
    r"[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?)\s*$",
    re.IGNORECASE,
)
_DECORATED = re.compile(rf"[（(【\[]{_WEIGHT}[!！]*[)）】\]]\s*(?=\S)", re.IGNORECASE)
"""The same before it."""
TAG = re.compile(
    r"(?<![ \t])[ \t]*#(?:card|flashcards?|anki)(?:/\S*|-(?:rev\w*|spaced|basic|cloze|hard|easy)|-\d+)?(?![\w-])[ \t]*",
    re.IGNORECASE,
)
"""The mark of a card."""
_DISCOURSE = re.compile(
    r"(?:首先|其次|另外|那么|所以|还是一个问题|问题|然而|but|so|and|now),?[，,：:]\s*(?=\S)", re.IGNORECASE
)
REPLY = re.compile(
    r"\s*(?:[-*+]\s+)?(?:\*\*|__)?(?:[AＡ]|答|Answer|答案|답변?|ans|Antwort|Respuesta|Resposta|Réponse|(?<=[*_])R)\s*\d*\s*(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*(.*)",
    re.IGNORECASE,
)
_REPLY_WORD = re.compile(r"\s*(?:[-*+]\s+)?(?:\*\*|__)?(?:答案?|Answer)(?:\*\*|__)?\s*[:：]", re.IGNORECASE)
"""The marks of a reply that are never part of an answer."""
_REPLY_LABEL = re.compile(rf"^(?:[-*+] )?{REPLY_LABEL.pattern}\s*[:：]\s*", re.MULTILINE)
"""What a list of questions calls the answer that it gives."""
_REMARK = re.compile(
    r"\A[（(][^()（）\n]{0,20}(?:重点|必考|必背|必须|记住|常问|常考|会问|高频|易错|important)[^()（）\n]{0,20}[)）]\s*(?=\S)",
    re.IGNORECASE,
)
"""What stands behind a question of how much it matters, before its answer."""
_ICONS = ("💡", "📌", "👉")
_ICON = re.compile(rf"(?:{'|'.join(_ICONS)})\ufe0f?[ \t]*(?=\S)")
_PREGUNTA, _RESPUESTA = (
    re.compile(r"\W*[PQ]\s?\d*\s?[:：]"),
    re.compile(r"\A(?:\*\*)?R\s?\d*\s?[:：](?:\*\*)?\s+(?=\S)"),
)
"""The mark of a question, and that of the reply to it."""
_CHOICE = re.compile(r"^\s*(?:[-*+]\s+)?B\s*[:：]", re.MULTILINE)
_AGAIN = re.compile(r"\s*([^（()）?？]+?)\s*[（(]([^（()）]+)[)）]\s*")
_LONGEST = 200
"""Letters of a front that may ask for itself again in brackets."""
_ASKED = re.compile(
    r"(?:[QＱ](?:uestion)?|问题?|問|질문|문제?|Frage|Pregunta|Pergunta|P(?=\s*\d*\s*[:：].*\?))\s*(?:\d*\s*[:：.．、]|\d+\s*[)）]|\d+\s+[-–—]\s|\d+[\s\u3000]+)\s*",
    re.IGNORECASE,
)


def bare(front: str) -> str:
    """A front without numbering, `Q19.` before it, and stars, tags and notes on its weight after it."""
    text = _DECORATED.sub("", title(front), count=1) if _DECORATED.match(title(front)) else title(front)
    while True:
        shorter = _DECORATION.sub("", text)
        if shorter == text:
            break
        text = shorter
    text = _DISCOURSE.sub("", text, count=1) if _DISCOURSE.match(text) else text
    opened = _ASKED.match(text)
    return title(text[opened.end() :]) if opened and opened.end() < len(text) else text


def asks(front: str) -> bool:
    """Whether a front is a question, with a mark or by its words."""
    return marked(front) or bool(_ASKS.fullmatch(simplified(front)))


def may_ask(front: str) -> bool:
    """Whether a front that has no mark has the words of a question."""
    return _MAY_ASK.search(front) is not None


def marked(front: str) -> bool:
    """Whether a front ends in a question mark; one in brackets that asks again for what stands before them is none."""
    at = max(map(front.rfind, _MARKS))
    if at < 0 or not _AFTER_MARK.fullmatch(front, at + 1):
        return False
    again = _AGAIN.fullmatch(front) if len(front) <= _LONGEST else None
    return not (again and key(again[1]) in key(again[2]))


def asked_term(front: str) -> str:
    """The term that a "what is X?" is about; empty for other questions."""
    front = front.lstrip("¿")
    found = WHAT.fullmatch(simplified(front))
    spans = (found.span(n) for n in range(1, found.re.groups + 1) if found[n]) if found else iter(())
    start, end = next(spans, (0, 0))
    name = front[start:end]
    term = split_term(name)[0] if name else ""
    if not term or _NO_TERM.search(term) or re.search(r"[?？]", term) or not may_be_term(term, bold=True):
        return ""
    return name.strip()


def untagged(answer: str) -> str:
    """An answer without the marks of the cards that stand in it, and without the icon of Notion's callouts."""
    answer = _ICON.sub("", answer) if answer.startswith(_ICONS) else answer
    return re.sub(r"[ \t]+$", "", TAG.sub(" ", answer), flags=re.MULTILINE) if "#" in answer else answer


def replied(answer: str, *, asked: bool) -> str:
    """An answer without the reply mark before it; a lone A is one only after a question, and before no choice B."""
    answer = _REPLY_LABEL.sub("", _REMARK.sub("", answer, count=1)) or answer
    sure = _REPLY_WORD.match(answer) or (asked and not _CHOICE.search(answer))
    said = without_reply(answer)
    return said if sure and any(map(str.isalnum, said)) else answer


def without_reply(answer: str, asked: str = "") -> str:
    """An answer without the `A:` before it, or the `R:` to what was `asked` by a `P:`."""
    if _PREGUNTA.match(asked) and (reply := _RESPUESTA.match(answer)):
        return answer[reply.end() :]
    found = REPLY.match(answer)
    return answer[found.start(1) :] if found else answer


def translated(line: str) -> re.Match[str] | None:
    """A question in another language and the same in Chinese beside it: a phrase to learn, with its meaning; what is
    asked in English of the subject is a question in two languages."""
    found = _TRANSLATED.fullmatch(line.strip())
    return found if found and not _ENGLISH.match(found[1]) else None
