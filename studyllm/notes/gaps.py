"""Which words of a definition are left out, for the learner to fill in."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from studyllm.cards import Card
from studyllm.notes.wording import GAP, names, paragraph
from studyllm.text import key

IN_NOTES = "[…]"
"""How the prompt of a card shows what it hides."""
_OFTEN = 3
"""Other definitions in which a run of letters stands that is taken for a word."""
_LEAST = 12
"""Letters of a definition that can spare some."""
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.\-])\d+(?:[.,]\d+)*%?(?![A-Za-z0-9_\-])")
_QUOTED = re.compile(r"[「『“\"]([^「」『』“”\"]{2,12})[」』”\"]")
_LATIN = re.compile(r"(?<![A-Za-z0-9_\\$`{])[A-Z][A-Za-z0-9\-+]{2,}(?![A-Za-z0-9_$`}])")
_WORD = re.compile(r"(?<![A-Za-z\\])[a-z]{6,}(?![A-Za-z])")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
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
            }
        )
        if fitting:
            return _gapped(text, *choose(fitting))
    return None


def _tiers(text: str, others: Iterable[Card], texts: Sequence[str]) -> Iterator[list[Word]]:
    """Words worth asking for with all that may be answered, the best kind first."""
    yield list(_terms(text, others))
    yield [(found[0], (found[0],)) for found in _NUMBER.finditer(text)]
    yield [(found[1], (found[1],)) for found in _QUOTED.finditer(text)]
    yield [(found[0], (found[0],)) for found in _LATIN.finditer(text)]
    yield [(word, (word,)) for word in _recurring(text, texts) if _is_bound(text, word)]
    yield [(word, (word,)) for word in _content(text) if _is_bound(text, word)]


def _is_bound(text: str, word: str) -> bool:
    """Whether what stands before a word's first place says more than that one of something comes."""
    return not _AFTER_MEASURE.search(text[: text.find(word)])


def _terms(text: str, others: Iterable[Card]) -> Iterator[Word]:
    folded = text.casefold()
    for other in others:
        for name in names(other):
            if len(name) > 1 and name.casefold() in folded:
                found = re.search(_whole(name), text, re.IGNORECASE)
                if found:
                    yield found[0], names(other)


def _whole(name: str) -> str:
    """A name that is not part of another Latin word."""
    start = r"(?<![A-Za-z0-9_\-])" if name[0].isascii() else ""
    end = r"(?![A-Za-z0-9_\-])" if name[-1].isascii() else ""
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
    words += _WORD.findall(text)
    longest = sorted(dict.fromkeys(words), key=len, reverse=True)
    return longest[:4]


def _gapped(text: str, word: str, accepted: tuple[str, ...]) -> Gap:
    """The gap at the word's first place; wherever else it stands it is hidden as well."""
    at = re.search(_whole(word) if word[0].isascii() else re.escape(word), text)
    assert at is not None
    hide = re.compile(_whole(word), re.IGNORECASE)
    return Gap(
        hide.sub(GAP, text[: at.start()]),
        hide.sub(GAP, text[at.end() :]),
        at[0],
        tuple(dict.fromkeys((at[0], *accepted))),
    )
