"""Words of a language that is learnt: which of several translations is enough, and a word that is spelt otherwise."""

import re
from functools import lru_cache

from studyllm.grading.homophones import sounds_like
from studyllm.grading.spelling import seen
from studyllm.text import CJK, fold, key, unaccented

_APART = re.compile(r"(?<!\s)\s*[,;，；]\s*")
_LABEL = re.compile(r"^[^:：,;，；]{1,16}[:：]\s*")
"""The heading of a column before its cell."""
_CLASS = re.compile(r"(?:(?:n|v|vt|vi|a|ad|adj|adv|prep|conj|pron|num|int|phr)\.\s?[/&]?\s?)+(?=\S)")
"""What sort of word it is, before its meaning: v./n. 出院."""
_BESIDE = re.compile(r"[ \t]*[(（][^()（）]*[)）]$")
_FILLING = re.compile(r"^(?:就是|也就是|意思是|表示|应该是)|(?:的意思|的那个|(?<=..)的)$")
"""What may stand round a word that is the answer."""
_JOINED = re.compile(r"(?<!\s)\s*[,;/，；、]\s*|(?<!\s)\s+or\s+|或者?")
_WORDS = re.compile(r"(?:[^\W\d_]|['’\-])+(?: (?:[^\W\d_]|['’\-])+){0,3}")
"""A word with its article, or a few: no sentence, no number."""
_CHINESE = re.compile(f"[{CJK}…]{{1,8}}")
_FOREIGN = re.compile(r"(?:el|la|los|las|una?|der|die|das|eine?|les?|une|il|lo|gli|os?|uma?|sich|se)\s|l['’]")
"""How a word of another language begins: with its article."""
_NOUN = re.compile(
    r"(?:(?i:der|die|das)|(?P<a>(?i:eine?)))\s(?=[A-ZÄÖÜ])"
    r"|(?:(?i:el|la|los|las|les?|lo|gli|os)\s|(?i:l)['’]|(?P<an>(?i:une?|una|uma?))\s)(?=[a-zß-ÿœ])"
)
"""The article of a noun, German ones before a capital: no names (El Salvador) and no English words (die out)."""
_PLURAL = re.compile(r"(?<!\s)(?:,\s?|\s)(?:[\"¨⸚]?-[\"¨⸚]?[a-zß]{0,4}|[\"¨⸚]-?[a-zß]{0,3})\s*$", re.I)
_MARKED = re.compile(r"[ß-öø-ɏ]")
_VOCABULARY = re.compile(
    r"vocab|wortschatz|vokabel|lessico|\b(?:words|phrases|idioms|verbs|expressions)\b|词汇|单词|生词|短语|习语"
    r"|[英日法德俄韩西]语|\b(?:cet|gre|ielts|toefl)\b|[四六]级|雅思|托福",
    re.I,
)
"""A heading over words that are learnt."""
_USED = re.compile(
    r"(?P<meaning>[^\n*_\"“”()（）]{1,60}?)[.;,。；，]?\s*"
    r"(?P<use>(?:\*[^\n*]{8,160}\*|_[^\n_]{8,160}_|\"[^\n\"]{8,160}\"|“[^\n”]{8,160}”|\([^\n)]{8,160}[.!?]\)))[.]?"
)
"""A meaning, and a sentence set off behind it."""
_STEM = 4
"""Letters by which a word is found again in a sentence that uses it."""
_BARE = re.compile(r"^(?:(?:the|an?|to be|to|be)\s+)")
_SHORT = re.compile(f"[{CJK}]{{1,4}}")
_SHORT_WORDS = 2
_GUESSES = re.compile(rf"[,;/，；、。\n]|(?<=[{CJK}])\s+(?=[{CJK}])")
_MOST_GUESSES, _GUESS = 4, 16
"""Guesses that are too many, and letters of each."""
_MOST = 5
"""Translations of a word."""
_LEAST, _LONG = 4, 8
"""Letters of a word in which a slip is no other word; and of one in which a letter more or less makes none, though it
is as common: judgement."""
_LATIN = re.compile(r"[a-zß-öø-ɏ'’ \-]+")
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe"})


def is_other_article(word: str, name: str) -> bool:
    """Whether a word is a name, or a slip of it, behind another article than the name's."""
    word, name = _alone(word), _alone(name)
    mine, its = without_article(word), without_article(name)
    if _BARE.match(fold(word)) and _BARE.match(fold(name)):
        return False  # English nouns have no gender
    if mine == word or its == name or key(word[: -len(mine)]) == key(name[: -len(its)]):
        return False
    return key(mine) == key(its) or misspelt(mine, its)


def lacks_article(word: str, name: str) -> bool:
    """Whether a word of another language is a name, or a slip of it, without the article that the name has."""
    word, name = _alone(word), _alone(name)
    article = _NOUN.match(name)
    if article is None or _NOUN.match(word):
        return False
    return key(word) == key(name[article.end() :]) or misspelt(word, name[article.end() :])


def has_wrong_article(word: str, name: str) -> bool:
    """Whether a noun stands behind the article of another gender or number: el cocina for la cocina."""
    mine, its = _NOUN.match(word), _NOUN.match(name)
    if mine is None or its is None or fold(mine[0]) == fold(its[0]):
        return False
    return bool(mine["a"] or mine["an"]) == bool(its["a"] or its["an"]) and is_other_article(word, name)


def _alone(name: str) -> str:
    """A noun without how its plural ends: das Urteil, -e."""
    return _PLURAL.sub("", name)


def without_article(word: str) -> str:
    """A word without the article, or the "to", that it begins with."""
    return re.sub(rf"^(?:{_FOREIGN.pattern}|{_BARE.pattern})", "", word, flags=re.I)


@lru_cache(maxsize=256)
def meanings(asked: str, reference: str, context: str = "") -> tuple[str, ...]:
    """The translations of a word, each of which is a full answer: short words behind commas or semicolons, where what
    is asked is a word of another language, or stands under a heading for words. Nothing for a list of parts."""
    word, told = fold(asked), _LABEL.sub("", _BESIDE.sub("", reference.strip()).rstrip("。."))
    parts = [fold(_CLASS.sub("", part)) for part in _APART.split(told)]
    learnt = _CLASS.match(told) is not None or word.startswith("-") or word.endswith("-")
    if not 2 <= len(parts) <= _MOST or not _WORDS.fullmatch(word) or asked.strip().isupper():
        return ()
    if not all(map(_WORDS.fullmatch, parts)) and not all(map(_CHINESE.fullmatch, parts)):
        return ()
    if not learnt and not _is_foreign(asked.strip(), parts) and not _VOCABULARY.search(fold(context)):
        return ()
    return tuple(dict.fromkeys(parts))


def _is_foreign(word: str, parts: list[str]) -> bool:
    """Whether a word is evidently none of the language of these: by its article or its letters, or because they are
    verbs with "to" that it lacks."""
    if not all(map(str.isascii, parts)):
        return False
    verbs = all(part.startswith("to ") for part in parts) and not fold(word).startswith("to ")
    article = _FOREIGN.match(word) and _BARE.match(parts[0])
    return bool(verbs or _MARKED.search(fold(word)) or article)


def is_foreign_noun(word: str) -> bool:
    """Whether a word is evidently of another language than English: a noun behind its article, or with its accents."""
    return bool(_NOUN.match(word) or _MARKED.search(fold(word)))


def is_vocabulary(context: str) -> bool:
    """Whether the heading above a word is one over words that are learnt."""
    return bool(_VOCABULARY.search(fold(context)))


def with_use(asked: str, reference: str) -> tuple[str, ...]:
    """The points of a word whose meaning is followed by a sentence that uses it, which nobody has to say; nothing for
    any other reference."""
    found = _USED.fullmatch(reference.strip())
    stems = {unaccented(word)[:_STEM] for word in fold(asked).split() if len(word) >= _STEM}
    used = (
        {unaccented(word)[:_STEM] for word in re.findall(r"[^\W\d_]+", fold(found["use"]))}
        if found
        else set()
    )
    return (found["meaning"].strip(), f"+ {found['use']}") if found and stems & used else ()


def is_meaning(answer: str, known: tuple[str, ...]) -> bool:
    """Whether an answer is one of the translations, or several, and nothing else."""
    names = {key(without_filling(_BARE.sub("", one))) for one in known}
    said = [
        key(without_filling(_BARE.sub("", part)))
        for part in _JOINED.split(fold(answer).strip(" .。"))
        if key(part)
    ]
    return bool(said) and names.issuperset(said)


def without_filling(word: str) -> str:
    """A Chinese word without what may stand round it in an answer: 慢的意思."""
    return _FILLING.sub("", word.strip()) or word


def is_word(reference: str) -> bool:
    """Whether a reference is a word or two, which a paraphrase is none of."""
    return bool(_WORDS.fullmatch(fold(_alone(reference))) or _CHINESE.fullmatch(fold(reference)))


def is_one_word(reference: str) -> bool:
    """Whether a reference is one word, or two of Latin letters, of which there is no half."""
    bare = _BARE.sub("", fold(reference).strip(" .。"))
    return bool(_SHORT.fullmatch(bare)) or (
        bool(_LATIN.fullmatch(bare)) and len(bare.split()) <= _SHORT_WORDS
    )


def is_guessing(answer: str) -> bool:
    """Whether an answer is one short thing after another, four and more: of many guesses one is right by chance."""
    parts = [part.strip() for part in _GUESSES.split(fold(answer)) if key(part)]
    return len(parts) >= _MOST_GUESSES and all(len(part) <= _GUESS for part in parts)


def without_marks(answer: str, name: str) -> bool:
    """Whether an answer is a name but for accents, or with two letters for one: exito, ueber."""
    one, other = " ".join(fold(answer).split()), " ".join(fold(name).split())
    if one == other or not _LATIN.fullmatch(other):
        return False
    return key(unaccented(one)) == key(unaccented(other)) or key(one) == key(other.translate(_SPELT))


def in_two_letters(answer: str, text: str) -> bool:
    """Whether an answer is a text with two letters for one of its: ueber for über."""
    return not text.isascii() and key(answer) == key(fold(text).translate(_SPELT)) != key(text)


def misspelt(answer: str, name: str) -> bool:
    """Whether an answer is a name that is spelt otherwise: without its accents, with one slip in a word that makes no
    other common word of it, or as it sounds."""
    if without_marks(answer, name):
        return key(answer) != key(name) or fold(answer) != fold(name)
    if sounds_like(fold(answer).strip(" 。"), fold(name)):
        return True
    mine, its = fold(answer).strip(" .").split(), fold(name).split()
    if mine == its or len(mine) != len(its) or not all(map(_LATIN.fullmatch, (*mine, *its))):
        return False
    return all(one == other or is_slip(one, other) for one, other in zip(mine, its, strict=True))


def is_slip_of(answer: str, meaning: str) -> bool:
    """Whether an answer is a meaning of one word but for a slip of spelling that makes no other word; a "to" or an
    article may stand before either."""
    word = without_article(_BESIDE.sub("", _CLASS.sub("", meaning)).strip(" .。"))
    typed = without_article(answer.strip(" .。"))
    return is_one_word(word) and key(typed) != key(word) and misspelt(typed, word)


def is_slip(typed: str, word: str) -> bool:
    """Whether a typed word is a word but for one letter: wrong, missing, too many, or in its neighbour's place."""
    if unaccented(typed) == unaccented(word):
        return True
    short, long = sorted((typed, word), key=len)
    if len(short) < _LEAST or len(long) - len(short) > 1:
        return False
    if seen(f"={typed}") and (len(short) == len(long) or len(short) < _LONG):
        return False
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    return short[at + 1 :] == long[at + 1 :] or (
        short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    )
