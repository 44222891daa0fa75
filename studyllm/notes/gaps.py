"""Which words of a definition are left out, for the learner to fill in."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from studyllm.cards import Card, Kind
from studyllm.notes.wording import GAPS, gap_in, names, paragraph
from studyllm.text import LATIN, has_wide, key

IN_NOTES = "[…]"
"""How the prompt of a card shows what it hides."""
_OFTEN = 3
"""Other definitions in which a run of letters stands that is taken for a word."""
_LEAST = 12
"""Letters of a definition that can spare some."""
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.\-])\d+(?:[.,]\d+)*%?(?![A-Za-z0-9_\-])")
_QUOTED = re.compile(r"[「『“\"]([^「」『』“”\"]{2,12})[」』”\"]")
_BIG = rf"[A-Z\u00c0-\u00d6\u00d8-\u00de][{LATIN}0-9\-+]"
_NAME = re.compile(
    rf"(?<![{LATIN}0-9_\\$`{{])(?:{_BIG}{{2,}}|{_BIG}+(?= (?:(?:v|vs|of|de|del|des|la|le|von|van|di|da)\.? )?{_BIG}))"
    rf"(?: (?:(?:v|vs|of|de|del|des|la|le|von|van|di|da)\.? )?{_BIG}+){{0,3}}(?![{LATIN}0-9_$`}}])"
)
"""What is written with a capital, all of it: of "Hong Kong" no half is left out."""
_BEGINS = re.compile(r"(?:^|[.!?:;。！？：；\n][\"”’)]*\s*(?:[-*•–—]\s*)?)$")
"""What stands before the first word of a sentence, whose capital says nothing."""
_WORD = re.compile(rf"(?<![{LATIN}\\])[a-z\u00df-\u00f6\u00f8-\u00ff]{{6,}}(?![{LATIN}])")
_BENT = re.compile(r"(?:ed|ing|ly|ment[ei])$")
"""How words end that say how, or what was done, sooner than what."""
_EMPTY = re.compile(
    r"(?:"
    r"a|an|the|this|that|these|those|it|its|they|them|their|he|she|his|her|him|we|us|our|you|"
    r"your|i|me|my|who|whom|whose|which|what|when|where|why|how|there|here|then|thus|so|if|as|"
    r"at|by|for|from|in|into|of|on|onto|over|to|with|and|or|but|nor|yet|not|no|is|are|was|"
    r"were|be|been|being|has|have|had|do|does|did|can|could|may|might|must|shall|should|will|"
    r"would|something|anything|nothing|everything|someone|anyone|everyone|somebody|anybody|everybody|"
    r"nobody|another|other|others|several|either|neither|because|although|though|however|therefore|"
    r"moreover|furthermore|without|within|between|through|throughout|during|before|after|against|"
    r"towards|toward|across|along|among|amongst|around|behind|beneath|beside|besides|beyond|despite|"
    r"except|inside|outside|under|until|unless|whether|while|whereas|itself|himself|herself|"
    r"themselves|yourself|ourselves|rather|quite|almost|always|never|often|usually|sometimes|instead|"
    r"perhaps|already|again|about|above|below|further|especially|generally"
    r")"
)
"""Words of grammar: what is missing where one of them is left out, nobody asks."""
_LONGEST = 40
"""Letters that are typed into a gap."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LETTERS_BEFORE = re.compile(r"[\u4e00-\u9fff]+$")
# Particles and other small words, at which a run of Chinese letters is cut where no segmenter knows its words.
_SMALL = re.compile(
    "的|了|着|过|地|得|是|在|和|与|或|把|被|从|到|对|就|也|都|而|又|再|只|很|为|以|于|其|之|将|让|使|用|比|按|向|给|"
    "这|那|它|他|我|你|们|个|些|种|一|几|每|各|有|没|不|能|会|要|可|来|去|上|下|里|中|时|后|前|如|若|但|并|且|因|所|及|等|"
    "通常|例如|比如|此外|以及|因此"
)


_AFTER_ONE = re.compile(r"(?:(?<![统第唯单之同专万])一|[每某])$")
"""What a gap must not follow: "每多消费一＿＿" may go on with any measure."""
_AFTER_MEASURE = re.compile(r"[一每某](?:个|种|次|件|条|项|位|类|些|份|块|组|名|段|套|批)$")
"""Nor this, unless the word is a term: "选择一个＿＿" may go on with anything."""

Word = tuple[str, tuple[str, ...]]
"""What may be left out, and all that may be answered."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A definition without a word."""

    before: str
    after: str
    word: str
    accepted: tuple[str, ...]
    """The word, and what else is right."""


def gap(card: Card, others: Sequence[Card], choose: Callable[[Sequence[Word]], Word]) -> Gap | None:
    """The definition with a gap at a term of the notes, else a number, a quoted or Latin word, else a word that
    carries meaning; None when there is nothing to leave out. `choose` picks one of several that are as good."""
    text = paragraph(card)
    if len(text) < _LEAST:
        return None
    texts = [other.answer for other in others if other.answer != card.answer]
    own = {key(name) for name in names(card)}
    for found in _tiers(text, others, texts):
        fitting = sorted(
            {
                (word, accepted)
                for word, accepted in found
                if key(word)
                and not any(key(word) in name or name in key(word) for name in own)
                and not (_CHINESE.match(word) and _AFTER_ONE.search(text[: text.find(word)]))
                and len(word) <= _LONGEST
                and len(text) - len(word) >= min(_LEAST, len(text) // 2)
            }
        )
        if fitting:
            return _gapped(text, *choose(fitting))
    return None


def kept(before: Card, now: Card) -> Card:
    """The card as it is now, with the gap that it had where the text is still the same: what is a term of the notes
    changes with every card that comes or goes."""
    if {before.kind, now.kind} != {Kind.GAP} or key(_whole_text(before)) != key(_whole_text(now)):
        return now
    return replace(
        now, prompt=before.prompt, answer=before.answer, aliases=before.aliases, points=before.points
    )


def _whole_text(card: Card) -> str:
    return GAPS.sub(lambda _: card.answer, card.prompt.replace(IN_NOTES, card.answer))


def _tiers(text: str, others: Iterable[Card], texts: Sequence[str]) -> Iterator[list[Word]]:
    """Words worth asking for with all that may be answered, the best kind first."""
    yield list(_terms(text, others))
    yield [(found[0], (found[0],)) for found in _NUMBER.finditer(text)]
    yield [(found[1], (found[1],)) for found in _QUOTED.finditer(text)]
    yield [(name, (name,)) for name in _capitals(text, texts)]
    yield [(word, (word,)) for word in _recurring(text, texts) if _is_bound(text, word)]
    yield [(word, (word,)) for word in _content(text) if _is_bound(text, word)]


def _capitals(text: str, texts: Sequence[str]) -> Iterator[str]:
    """Names, for which the capital at the beginning of a sentence is no sign."""
    for found in _NAME.finditer(text):
        words, begins = found[0].split(" "), _BEGINS.search(text[: found.start()])
        while words and _EMPTY.fullmatch(words[0].casefold()):
            words = words[1:]
        if len(words) == 1 and words[0].istitle() and begins and not _is_name(words[0], (text, *texts)):
            continue
        if words and words[0][:1].isupper():
            yield " ".join(words)


def _is_name(word: str, texts: Iterable[str]) -> bool:
    """Whether a word has its capital within a sentence, too."""
    within = re.compile(rf"(?<=[{LATIN},] ){re.escape(word)}(?![{LATIN}])")
    return any(word in text and within.search(text) for text in texts)


def _is_bound(text: str, word: str) -> bool:
    """Whether what stands before a word's first place says more than that one of something comes."""
    return not _AFTER_MEASURE.search(text[: text.find(word)])


def _terms(text: str, others: Iterable[Card]) -> Iterator[Word]:
    folded = text.casefold()
    for other in others:
        for name in names(other):
            if len(name) > 1 and name.casefold() in folded:
                found = re.search(_whole(name), text, re.IGNORECASE)
                if found and (longer := _longer(text, *found.span())):
                    yield longer, (longer,)
                elif found:
                    yield found[0], names(other)


def _longer(text: str, start: int, end: int) -> str:
    """The Chinese word that has one letter more than what stands there, if there is one: 慢启动 for 启动."""
    left, right = _LETTERS_BEFORE.search(text[:start]), _CHINESE.match(text[end:])
    before = _SMALL.split(left[0])[-1] if left else ""
    after = _SMALL.split(right[0])[0] if right else ""
    found = before + text[start:end] + after
    return found if len(before + after) == 1 and _CHINESE.fullmatch(found) else ""


def _whole(name: str) -> str:
    """A name that is not part of another Latin word."""
    start = rf"(?<![{LATIN}0-9_\-])" if not has_wide(name[0]) else ""
    end = rf"(?![{LATIN}0-9_\-])" if not has_wide(name[-1]) else ""
    return start + re.escape(name) + end


def _recurring(text: str, texts: Sequence[str]) -> list[str]:
    """Runs of Chinese letters that stand in other definitions too: those are words, where no segmenter knows them."""
    found: dict[str, int] = {}
    for piece in _pieces(text):
        for size in (4, 3, 2):
            for at in range(len(piece) - size + 1):
                word = piece[at : at + size]
                if not any(word in longer for longer in found):
                    count = sum(word in other for other in texts)
                    if count >= _OFTEN:
                        found[word] = count
    return sorted(found, key=lambda word: (-len(word), -found[word]))[:4]


def _pieces(text: str) -> list[str]:
    """Runs of Chinese letters between small words."""
    return [piece for run in _CHINESE.findall(text) for piece in _SMALL.split(run) if len(piece) >= 2]


def _content(text: str) -> list[str]:
    """The longest words that carry meaning, in Chinese two to five letters between small words."""
    words = [piece for piece in _pieces(text) if len(piece) <= 5]
    words += [word for word in _WORD.findall(text) if not _EMPTY.fullmatch(word)]
    longest = sorted(dict.fromkeys(words), key=lambda word: (bool(_BENT.search(word)), -len(word)))
    return longest[:4]


def _gapped(text: str, word: str, accepted: tuple[str, ...]) -> Gap:
    """The gap at the word's first place; wherever else it stands it is hidden as well."""
    at = re.search(_whole(word), text)
    assert at is not None
    hide, gap = re.compile(_whole(word), re.IGNORECASE), gap_in(text)
    return Gap(
        hide.sub(gap, text[: at.start()]),
        hide.sub(gap, text[at.end() :]),
        at[0],
        tuple(dict.fromkeys((at[0], *accepted))),
    )
