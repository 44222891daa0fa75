"""A chemical element that an answer names in the place of another: 补钙 for 补钾, low sodium for low potassium."""

import re

from studyllm.text import key

_NAMES = (  # noqa: SIM905
    "sodium potassium calcium magnesium zinc iron copper aluminium chlorine chloride fluorine fluoride iodine iodide "
    "bromine sulfur phosphorus boron manganese selenium mercury silver lithium barium cadmium chromium cobalt nickel "
    "hydrogen oxygen nitrogen carbon silicon helium argon"
).split()
_SPELT = {"aluminum": "aluminium", "sulphur": "sulfur"}
_ELEMENT = re.compile(
    rf"[钠钾钙镁锌铁铜铝氯氟碘溴硫磷硼锰硒铅汞银锂钡镉铬钴镍氢氧氮碳硅氦氩]|\b(?:{'|'.join((*_NAMES, *_SPELT))})\b"
)
_PART = re.compile(r"[，,；;。！\n、]|\.(?=\s|$)")


def another_element(point: str, answer: str) -> str:
    """The part of an answer that is a part of the point but for its elements, which the answer says rightly nowhere;
    empty where there is none. Both texts folded."""
    parts = [(part.strip(), _without(part)) for part in _PART.split(answer) if _ELEMENT.search(part)]
    for note, named in map(_without, _PART.split(point) if parts else ()):
        found = [(part, elements) for part, (words, elements) in parts if words == note]
        if note and named and found and all(elements != named for _part, elements in found):
            return found[0][0]
    return ""


def _without(part: str) -> tuple[str, list[str]]:
    """The words of a part with its elements left open, and these."""
    named = [_SPELT.get(name, name) for name in _ELEMENT.findall(part)]
    return key(_ELEMENT.sub("x", part)), named
