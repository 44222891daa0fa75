"""A chemical element that an answer names in the place of another: 补钙 for 补钾, low sodium for low potassium."""

import re
from collections.abc import Sequence

from studyllm.text import fold, key

_NAMES = (  # noqa: SIM905
    "sodium potassium calcium magnesium zinc iron copper aluminium chlorine chloride fluorine fluoride iodine iodide "
    "bromine sulfur phosphorus boron manganese selenium mercury silver lithium barium cadmium chromium cobalt nickel "
    "hydrogen oxygen nitrogen carbon silicon helium argon"
).split()
_SPELT = {"aluminum": "aluminium", "sulphur": "sulfur"}
_ELEMENT = re.compile(
    rf"[钠钾钙镁锌铁铜铝氯氟碘溴硫磷硼锰硒铅汞银锂钡镉铬钴镍氢氧氮碳硅氦氩]|\b(?:{'|'.join((*_NAMES, *_SPELT))})\b"
)
_PART = re.compile(rf"[，；;。！\n]|[、,]\s*(?!{_ELEMENT.pattern})|\.(?=\s|$)")
"""Between the parts of a text; elements that are counted up stay together."""


def another_element(point: str, points: Sequence[str], answer: str) -> str:
    """The part of an answer that is a part of the point but for its elements, which the answer says rightly nowhere
    and no other point says; empty where there is none. The answer folded."""
    parts = [(part.strip(), _without(part)) for part in _PART.split(answer) if _ELEMENT.search(part)]
    if not parts:
        return ""
    others = {_without(part) for one in points if one != point for part in _PART.split(fold(one))}
    for words, named in map(_without, _PART.split(fold(point))):
        found = [(part, read) for part, read in parts if read[0] == words]
        right = any(read[1] == named or read in others for _part, read in found)
        if words.strip("x") and named and found and not right:
            return found[0][0]
    return ""


def _without(part: str) -> tuple[str, tuple[str, ...]]:
    """The words of a part with its elements left open, and these in no order: of hydrogen and oxygen."""
    return key(_ELEMENT.sub("x", part)), tuple(sorted(_named(part)))


def _named(text: str) -> list[str]:
    return [_SPELT.get(name, name) for name in _ELEMENT.findall(text)]
