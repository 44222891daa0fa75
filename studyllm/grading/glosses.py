"""A word with its gloss, and what a note tells behind it: a sentence that uses the word, a word that it is taken for, a
remark. Who says the gloss has said what is asked."""

import re
from collections.abc import Iterator, Sequence

from studyllm.cards import DERIVED, Card
from studyllm.grading.asides import is_aside
from studyllm.grading.contrasts import tells_apart, without_contrasts
from studyllm.grading.points import is_extra, split_points
from studyllm.grading.vocabulary import is_foreign_noun, is_vocabulary, with_use
from studyllm.text import CJK, fold, has_wide, key, unaccented

_OF_FRONT = re.compile(r"\s*[(（][^()（）]*[)）]|\s*\+\s*[\w.]+|,\s*-\w+|\s*[\[/][^\[\]/]*[\]/]|\.{3}|…")
"""What stands beside a word on the front of its card: (m.), + inf., -x."""
_FRONT, _GLOSS, _SENTENCE, _STEM = 5, 5, 3, 4
"""Words of a front and of a gloss at most, words of a sentence at least, and letters that forms of a word share."""
_SORT = r"(?:n|v|vt|vi|a|ad|adj|adv|prep|conj|pron|num|int|phr|aux|art|det|m|f|pl)\."
_CLASS = re.compile(rf"(?:/[^/\n]{{1,40}}/\s*|\[[^\]\n]{{1,40}}\]\s*)?(?:{_SORT}\s*[/&]?\s*){{0,3}}")
"""How a word is spoken and of what sort it is, before its gloss."""
_FRONT_WORDS = re.compile(r"[^\W\d_][^\W\dA-Z_'’\-]*(?:[ '’\-]+(?:[^\W\d_][^\W\dA-Z_]*)?)*")
"""What is learnt as a word: no abbreviation in capitals, no question, no number."""
_WORDS = re.compile(r"(?:[^\W\d_]|['’\-.])+(?: (?:[^\W\d_]|['’\-.])+)*")
_CHINESE = re.compile(rf"[{CJK}…（）()~～的]{{1,14}}")
_APART = re.compile(r"\s*[,;/，；、]\s*(?:[a-z]{1,4}\.\s?)?")
_SPLIT = re.compile(
    r"(?<!\s)\s+(?P<dash>[—–-]{1,2}|→|=>|[•|/])\s+|\s*(?P<mark>(?=[≠⚠❗‼✗]))|(?P<end>(?<=[.。!！])\s*(?=[^\s.。]))"
    r"|[,;，；]?\s*(?P<set>(?=[(（\"“„«*_]))|[,;，；]\s+(?P<next>(?=['‘A-ZÀ-Þ¿¡]))|[,;，；]\s*(?P<apart>(?=not\b|nicht\b|pas\b|no\b|vs\b|≠|cf\b))"
    rf"|(?<=[{CJK}）)])[ \t]*(?P<script>(?=[A-Za-z]))"
)
"""Where what is told behind a gloss may begin."""
_ROUND = " \t()（）\"“”„«»*_'‘’"
_EDGES = _ROUND + "→ "
_QUOTED = re.compile(
    r"\W*(?:not|nicht|kein|(?:et )?(?:non |ne )?pas|no|non|não)\s+[\"“„«'‘*_][^\"”«»'’\n]{1,30}[\"”»“'’*_]\W*",
    re.I,
)
"""What a word does not mean, though it looks so."""
_WARNS = re.compile(
    r"\W*(?:⚠|❗|‼|!|nb\b|n\.b\.|caution\b|attention\b|achtung\b|cuidado\b|attenzione\b|careful\b|注意|小心)",
    re.I,
)
_OTHER_TONGUES = tuple(
    frozenset(words.split())
    for words in (
        "je tu il elle nous vous ils elles le la les un une des du est sont ai suis ne pas mon ma mes sa ses au aux et"
        " que qui ce dans sur pour avec j l c d n qu y très",
        "el la los las un una es está son soy tengo te se mi su con por para que y muy del al está hay",
        "der das ein eine einen ist sind hat habe ich du er sie wir ihr nicht und mit zu den dem im auf für sich",
        "il lo la gli un una è sono ho ha ti si non con per che di del della al nel",
        "o os um uma é são eu não com para que do da no na em muito",
    )
)
"""Small words of French, Spanish, German, Italian, Portuguese that English has not, or seldom."""
_ENGLISH = frozenset("the of and is are was to in it that for with this he she his her they you not".split())  # noqa: SIM905


def glossed(asked: str, told: str, names: Sequence[str] = (), context: str = "") -> tuple[str, ...]:
    """The points of a word's card: its gloss, and as extras the examples and remarks behind it; nothing for what is no
    gloss with something of that kind."""
    front = _OF_FRONT.sub("", asked).strip(" :：")
    if len(front.split()) > _FRONT or not _FRONT_WORDS.fullmatch(front):
        return ()
    first, *more = (line.strip() for line in told.strip().split("\n"))
    word = (front, *names)
    for gloss, behind, loose in _splits(first):
        if _is_gloss(gloss) and is_remark(word, gloss, behind, context, loose=loose):
            first, extras = gloss.rstrip(" ."), [f"+ {behind}"]
            break
    else:
        extras = []
    rest = [
        f"+ {line}" if is_remark(word, first, line.lstrip("-*+•> "), context, loose=True) else line
        for line in more
        if line
    ]
    if not extras and not (_is_gloss(first) and any(map(is_extra, rest))):
        return ()
    return (first, *extras, *rest)


def _splits(line: str) -> Iterator[tuple[str, str, bool]]:
    """The ways to part a line in a gloss and what stands behind it, the shortest gloss first; and whether only a dot or
    a comma parts them, as the sentences of a definition."""
    for found in _SPLIT.finditer(line):
        gloss, behind = line[: found.start()].rstrip(" ,;，；"), line[found.end() :].strip()
        if key(gloss) and key(behind):
            loose = (found["end"] is not None or found["next"] is not None) and behind[0] not in "'‘"
            yield gloss, f"→ {behind}" if found["dash"] in ("→", "=>") else behind, loose


def _is_gloss(text: str) -> bool:
    """Whether a text is a word or a few, or several of them for one meaning."""
    found = _CLASS.match(f"{text.rstrip(' .')}.")
    bare = text[found.end() :] if found else text
    parts = [part for part in _APART.split(bare.strip(" .。")) if part]
    latin = not has_wide(bare) and all(
        _WORDS.fullmatch(part) and len(part.split()) <= _GLOSS for part in parts
    )
    short = 0 < len(parts) <= _GLOSS and not bare.strip(" .").isupper()
    return short and (latin or all(map(_CHINESE.fullmatch, parts)))


def is_remark(
    word: Sequence[str], gloss: str, behind: str, context: str = "", *, loose: bool = False
) -> bool:
    """Whether what stands behind the gloss of a word (the first, then its other forms) only shows how it is used, what
    it is not, or is a remark. A term of one's own language is `loose`ly followed by more of its definition."""
    front, bare = word[0], behind.strip(_ROUND)
    if tells_apart(behind) or _QUOTED.fullmatch(behind):
        return True
    learnt = is_foreign_noun(front) or is_vocabulary(context) or has_wide(front) is not has_wide(gloss)
    if learnt and (_WARNS.match(behind) or _is_in_brackets(behind) or is_aside(front, bare)):
        return True
    if not has_wide(front) and has_wide(gloss) and _uses(word, bare):
        return True
    return _is_foreign_sentence(gloss, behind) or ((learnt or not loose) and _shows_use(word, gloss, behind))


def _is_in_brackets(text: str) -> bool:
    """Whether a text is a short remark in brackets: (illness), (fam.)."""
    return re.fullmatch(r"[（(][^（()）]{1,24}[)）][.。]?", text) is not None


def _is_foreign_sentence(gloss: str, behind: str) -> bool:
    """Whether a text is a sentence of another language than a gloss."""
    return _is_sentence(behind) and _other_tongue(behind) and not _other_tongue(gloss)


def _is_sentence(text: str) -> bool:
    bare = text.strip(_EDGES)
    return len(bare.split()) >= _SENTENCE and (bare[:1].isupper() or bare[:1] in "¿¡")


def _shows_use(word: Sequence[str], gloss: str, behind: str) -> bool:
    """Whether a text uses a word, as a sentence or a phrase that has all of it, and does not begin with it, as what
    tells of the thing that it names."""
    bare = behind.strip(_EDGES)
    if has_wide(bare):
        return not has_wide(gloss) and _uses(word, bare)
    begins = re.match(rf"(?:the |an? )?{re.escape(word[0])}", bare, re.I)
    if not _uses(word, bare) or (begins and not is_foreign_noun(word[0])):
        return False
    return key(word[0]) in key(bare) or (_is_sentence(bare) and bare[-1:] in ".!?")


def _uses(word: Sequence[str], text: str) -> bool:
    """Whether a text has a word of these, in whatever form: the letters that it begins with, or a Chinese one of it."""
    said = {unaccented(fold(one)) for one in re.findall(r"[^\W\d_]+", text)}
    for one in word:
        if has_wide(one):
            if key(one)[:2] in key(text):
                return True
            continue
        parts = [unaccented(fold(part)) for part in re.findall(r"[^\W\d_]+", one)]
        longest = max(parts, key=len, default="")
        if longest in said or (len(longest) >= _STEM and any(w.startswith(longest[:_STEM]) for w in said)):
            return True
    return False


def _other_tongue(text: str) -> bool:
    """Whether a text is evidently in one of the languages that are learnt most, and not in English."""
    said = set(re.findall(r"[^\W\d_]+", fold(text)))
    marked = re.search(r"[ß-öø-ÿœ¿¡]", fold(text)) is not None
    most = max(len(said & words) for words in _OTHER_TONGUES)
    return most + marked >= 2 and len(said & _ENGLISH) < most


def points_told(card: Card) -> tuple[str, ...]:
    """The points of a card as its note has them, with what it tells beside them as extras: examples behind a gloss, and
    what another thing is; none where they are to be split out of the answer."""
    if card.kind in DERIVED:
        return card.points
    asked, told = card.prompt or card.term, card.points
    if len(told) < 2:
        whole = told[0] if told else card.answer
        found = glossed(card.term, whole, card.aliases, " ".join(card.headings)) or with_use(card.term, whole)
        if found:
            return found
    parted = [without_contrasts(asked, one) for one in told or (card.answer,)]
    if not any(others for _rest, others in parted):
        return told
    rests = [(rest,) if told else split_points(rest, card.kind) for rest, _others in parted]
    return tuple(
        one
        for rest, (_, others) in zip(rests, parted, strict=True)
        for one in (*rest, *(f"+ {o}" for o in others))
    )
