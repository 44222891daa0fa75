"""Words for one place or direction that the models take for opposites: ventral and anterior, 内旋 and 旋内."""

import re
from functools import lru_cache

_EQUAL = (
    r"anterior|ventral",
    r"posterior|dorsal",
    r"superior|cranial|cephal(?:ic|ad)",
    r"inferior|caudal",
    r"(?:medial|internal|inward)(?:ly|s)?(?= rotat)|(?<=rotation )(?:medially|internally|inwards?)"
    r"|(?<=rotate[ds] )(?:medially|internally|inwards?)",
    r"(?:lateral|external|outward)(?:ly|s)?(?= rotat)|(?<=rotation )(?:laterally|externally|outwards?)"
    r"|(?<=rotate[ds] )(?:laterally|externally|outwards?)",
    r"(?:anti|counter)-?clockwise",
    r"port(?: side)?(?=$|[,.;\s])|left(?: side)? of (?:the|a) (?:ship|boat|vessel)",
    r"starboard(?: side)?|right(?: side)? of (?:the|a) (?:ship|boat|vessel)",
    r"内旋|旋内",
    r"外旋|旋外",
    r"逆时针|反时针",
    r"颅侧|头侧",
    r"尾侧|足侧",
    r"腹侧|前侧",
    r"背侧|后侧",
)
"""Each line is one meaning, in words that mean it in the human body or on a ship."""
_PATTERNS = tuple(re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", re.IGNORECASE) for words in _EQUAL)


def as_placed(reference: str, answer: str) -> str:
    """An answer with such words as its note has them: only where the note says the place in one way, the answer in
    another, and neither in both."""
    for words, noted in _of(reference):
        said = {found.casefold() for found in words.findall(answer)}
        if said and noted.casefold() not in said:
            answer = words.sub(noted, answer)
    return answer


@lru_cache(maxsize=64)
def _of(reference: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The meanings that a reference has in one word each, and that word."""
    found = [(words, words.findall(reference)) for words in _PATTERNS]
    return tuple((words, said[0]) for words, said in found if len({one.casefold() for one in said}) == 1)
