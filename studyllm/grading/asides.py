"""What a note tells beside the answer to its question: examples, remarks, who found it. No answer has to say it."""

import re

from studyllm.text import has_wide

_NO_EXAMPLE = (
    r"[果何此下上同今图表是若期故实愿意常旧初前后有无未不需要遇经因由将被已系属伴使让]|出现|发[生现热]|合并|[患见疑]|病[人情]"
    r"|能[^量源]|可以|在[^，]{1,9}[中时里]|[约规]定|[^，。；;\n]{1,40}(?:的|者|时|则)[，。；;]?\s*$"
)
"""Behind 如 that is "if", "as" or a part of a word."""
_AS = rf"如(?!{_NO_EXAMPLE})[^，。；;：:、如\n]{{1,20}}(?:、(?!如)[^，。；;\n]|等[^，。；;\n]{{0,6}}[，。；;]?\s*$)"
"""如 before things with 、 between them, or with 等 behind."""
_ZH_SAID, _EN_SAID = "比如|例如|譬如", r"(?:for (?:example|instance)|such as)\b|(?:e\.\s?g|eg)\b\.?"
"""How an example is announced. Where it stands tells how much of a text it is: a clause begins with it (EXAMPLE), a
sentence in English ends in it (_ENDS_IN_EXAMPLES), or it stands in brackets (BRACKETED)."""
EXAMPLE = re.compile(
    rf"^\s*(?:{_ZH_SAID}|举例|如[：:]|例[：:]|例えば|예를 들[어면]|{_AS}|{_EN_SAID}"
    r"|z\.\s?b\.|zum beispiel\b|p\.\s?ex\.|par exemple\b|p\.\s?ej\.|por ejemplo\b|per esempio\b)",
    re.I,
)
_ENDS_IN_EXAMPLES = re.compile(rf",\s+(?:(?:{_EN_SAID}),?|like)\s+(?=\w)")
_NEXT = re.compile(r",\s+(?:(?P<last>and|or)\s+)?|\s{1,2}(?P<end>and|or)\s{1,2}")
_WORDS, _ROOM = 4, 200
"""Words of one of several examples at most, and letters of all."""
BRACKETED = re.compile(
    rf"[（(]\s*(?:(?:{_ZH_SAID}|如|{_EN_SAID}|like\b)"
    r"|(?:记忆|助记)?口诀[：:]|(?:助记|谐音|mnemonic)\s?[：:])[^（()）]*[）)]",
    re.I,
)
"""An example in brackets, or what helps to remember."""
_BESIDE = re.compile(
    r"\s*(?:(?:音标|读音|发音|拼音|注音|词性|例句|例词|备注|注释|条文|法条|出处|页码|考频|难度|星级|掌握(?:程度|情况)"
    r"|품사|발음|예문|品詞|読み方?|発音|例文|参见|另见|参考)[：:]"
    r"|(?:ipa|pinyin|pronunciation|phonetics?|part of speech|pos|word class|notes|remarks?|comments?|examples?"
    r"|ex\.?|bsp\.?|ej\.?|difficulty"
    r"|see (?:also|related)|voir aussi|siehe auch|wortart|aussprache|beispiele?|exemples?|ejemplos?)\s?:)",
    re.IGNORECASE,
)
"""How a word is spoken, what part of speech it is, how often it is asked in exams, examples and remarks."""
_OF_A_WORD = re.compile(
    r"\s*(?:助记|谐音|记忆(?:法|技巧|方法)?|[近反同](?:义词?)?|派生词?|(?:syn|ant)(?:\.|onyms?)?\s?(?=[:：]))[：:]",
    re.I,
)
"""How a foreign word is remembered, and words that mean the same or the opposite."""
_FOUND_BY = re.compile(
    r"\s*(?:(?:最早|首先|首次|最初|概念|术语|这个词|它)*是?(?:\d{4}\s?年)?[,，]?由[^，。]{2,30}(?:提出|发现|发明|创立|首创)"
    r"(?:的|于.{2,12})?\W*$"
    r"|(?:(?:it|this|that|the (?:term|concept|effect)) )?(?:was |has been )?(?:first |originally |later )?"
    r"(?:identified|explored|described|proposed|coined|introduced|discovered|investigated|named|popularized|demonstrated"
    r"|studied) (?:[\w’'-]+ ){0,3}?by (?:(?-i:[A-Z])|the (?:psychologist|economist|philosopher)s? ))",
    re.IGNORECASE,
)
"""Who found or named it, as a sentence or a clause of its own."""
_ASKS_WHO = re.compile(
    r"谁|何|哪|什么时候|提出|发现|发明|创立|首创|由来|历史|起源"
    r"|\b(?:who|whom|whose|which|what|when|year|author|founder|origin|history|by|discover\w*|invent\w*|propos\w*)\b",
    re.I,
)
_SAID_OTHERWISE = re.compile(r"\s*i\.\s?e\.(?!\w)", re.I)
"""The same again in other words, or in an example."""
_SIDES = (
    (
        r"优点|优势|好处|长处|\b(?:advantage|pro|benefit|strength|vorteil|avantage|ventaja)e?s?\b",
        r"缺点|劣势|坏处|短处|不足|\b(?:disadvantage|con|drawback|weakness|nachteil|inconvénient|desventaja)e?s?\b",
    ),
    (r"相同点?|共同点|相似[点处]?|\bsimilarit(?:y|ies)\b", r"不同点?|区别|差异|\bdifferences?\b"),
)
"""What is told of a thing from two sides."""
_OF_SIDE = (
    r"\s*(?:[但而]是?)?(?:它的|其)?(?:(?:but )?(?:the |its )?)?(?:%s)\s*(?:[：:]|是|在于|有|\b(?:is|are)\b)"
)
_SENTENCE, _STEM, _FEW = 4, 6, 3
"""Words of a sentence at least, letters by which a form of a word is known in it, and words of what is learnt."""
_REMARK = re.compile(
    r"[（(](?=[^（()）]*(?:考|口诀|谐音|记[住忆法]|[参另详]见|见[书第上下前]|注意|老师|课[上本件]|页|重点|掌握|了解即可"
    r"|\b(?:see|cf|exam|slides?|page|lecture|remember|mnemonic)\b))[^（()）]*[）)][。.]?",
    re.I,
)
"""A line in brackets on how something is examined, kept in mind or where it stands."""
ASKS_WHY = re.compile(r"为什么|为何|为啥|怎么会|\bwhy\b", re.I)
_WHY = re.compile(rf"\s*(?:{ASKS_WHY.pattern})[^：:？?。]{{0,40}}[：:]", re.I)
"""A question inside the answer, and what answers that one."""


def without_examples(sentence: str) -> str:
    """A sentence in English without the examples that it ends in: ", such as stacks, queues and trees". "Like" has
    several behind it."""
    for found in _ENDS_IN_EXAMPLES.finditer(sentence):
        told = sentence[found.end() :].rstrip(" .")
        if len(told) > _ROOM:
            continue
        between = list(_NEXT.finditer(told))
        several = bool(between) and bool(between[-1]["last"] or between[-1]["end"] or told.endswith("etc"))
        alone = not between and "like" not in found[0]
        short = all(len(one.split()) <= _WORDS for one in _NEXT.sub("\n", told).split("\n"))
        if short and (several or alone) and not re.search("[.;:]", told):
            return sentence[: found.start()]
    return sentence


def uses(word: str, sentence: str) -> bool:
    """Whether a sentence of another script than Chinese uses a word: She was discharged yesterday."""
    if has_wide(word + sentence) or len(word.split()) > _FEW or len(sentence.split()) < _SENTENCE:
        return False
    named = word != word.lower() and re.match(rf"the {re.escape(word)}\b", sentence, re.I)
    if named or sentence.casefold().startswith(word.casefold()):
        return False  # it tells something of what is named
    stem = max(word.casefold().split(), key=len, default="")[:_STEM]
    return len(stem) > 2 and stem in sentence.casefold()


def without_uses(word: str, text: str) -> str:
    """The meaning of a word in Chinese without the lines below it that only use the word."""
    first, *more = text.split("\n")
    kept = [line for line in more if not uses(word, line.lstrip("-*+• "))]
    return "\n".join((first, *kept)) if has_wide(first) and len(kept) < len(more) else text


def _of_the_other_side(asked: str, part: str) -> bool:
    """Whether a part tells of the drawbacks where the advantages are asked for, or the other way round."""
    for pair in _SIDES:
        asked_for = [bool(re.search(side, asked, re.I)) for side in pair]
        if sum(asked_for) == 1 and re.match(_OF_SIDE % pair[asked_for.index(False)], part, re.I):
            return True
    return False


def is_aside(asked: str, part: str, *, first: bool = False) -> bool:
    """Whether a part of an answer tells something beside what is asked; who found it is that only behind what it is."""
    if EXAMPLE.match(part):
        return True
    if told := _BESIDE.match(part):
        return told[0].strip(" :：").casefold() not in asked.casefold()
    if _of_the_other_side(asked, part):
        return True
    if not first and (_SAID_OTHERWISE.match(part) or _REMARK.fullmatch(part.strip())):
        return True
    if _OF_A_WORD.match(part) and not has_wide(asked):
        return True
    if _WHY.match(part):
        return ASKS_WHY.search(asked) is None
    return not first and bool(_FOUND_BY.match(part)) and not _ASKS_WHO.search(asked)
