"""What a definition says of another thing to tell the two apart: "…, as opposed to cast iron, which is brittle". It is
no point of the thing that is defined."""

import re

from studyllm.text import CJK, key

_OPENS = (
    r"as (?:opposed|contrasted) to|(?:in|by) contrast (?:to|with)|as distinct from|(?:to be )?distinguished from"
    r"|(?:do not|don['’]t|not to be|never|easily|often) (?:confused?|mix(?:ed)? up|mistaken?) (?:\w+ )?(?:with|for)"
    r"|false friends?\b|im (?:gegensatz|unterschied) zu[mr]?|nicht (?:zu )?verwechseln|falscher? freund"
    r"|contrairement (?:à|aux?)|à la différence d|(?:à )?ne pas confondre|faux[- ]amis?"
    r"|a diferencia de|no confundir|falsos? amigos?|a differenza d|da non confondere"
)
"""How the other thing is named in other languages than Chinese, wherever it stands in a sentence."""
_UNLIKE = r"unlike\b|contrary to\b|anders als\b|(?:而)?(?:不同|区别|有别)于"
_BEHIND_A_MARK = rf"{_UNLIKE}|≠|(?:请)?(?:勿|不要|别|切勿)(?:与|和|跟|把)|易(?:与|和)|注意(?:与|和|区[分别])"
"""The same, where a mark stands before it: else it may be what is said."""
_TELLS = r"(?!(?:\s[\w-]+){1,4}?\s(?:it|they|do|does|is|are|was|were|has|have|can|cannot|will)\b)"
"""Behind "unlike X" the sentence goes on with the thing itself."""
_MARK = r"(?:\s*[,，;；—–⚠]+\s*|\s+[—–-]\s+)"
_EXPLAINED = (
    rf"(?:这)?(?:与|和|跟|同)(?P<other>[{CJK}\w（）()]{{2,12}}?)(?:则)?(?:相反|不同|相对|有别|不一样)[，,]\s*"
    r"(?=后者|那|(?P=other))"
)
"""What becomes of it in Chinese, where the other thing is told of next: 与X相反 alone may be a direction."""
_REST = r"(?:[^;；。.\n]|\.(?=\S))*"
_CLAUSE = rf"(?:[^,，;；。.\n]|\.(?=\S))*(?:[，,]\s*(?:which|whose?|that|后者|那){_REST})?"
_CONTRAST = re.compile(
    rf"(?:{_MARK}|(?<=\w)\s+)(?:{_OPENS}){_REST}|(?:{_MARK}|\s+(?=≠))(?:(?:{_UNLIKE}){_TELLS}{_CLAUSE}|(?!{_UNLIKE})(?:{_BEHIND_A_MARK}){_REST})"
    rf"|{_MARK}{_EXPLAINED}{_REST}",
    re.I,
)
_BRACKETED = re.compile(rf"\s*[(（](?:{_OPENS}|{_BEHIND_A_MARK})[^()（）]*[)）]", re.I)
_GOES_ON = re.compile(
    r"\s*[,，]\s+(?:and|but|so|because|therefore|und|aber|et|mais|y|pero)\s|[，,](?=[它其]|并|而且|但|所以|因此)",
    re.I,
)
"""From where a sentence tells of the thing itself again."""
_STARTS = re.compile(rf"\W*(?:{_OPENS}|{_BEHIND_A_MARK})", re.I)
_ASKS_APART = re.compile(
    r"\bvs\b|\b(?:differ\w*|distinguish\w*|compare\w*|contrast\w*|oppos\w*|unterschied\w*|différen\w*|diferencia\w*)\b"
    r"|区别|不同|差[异别]|异同|[比对][较比]|相[比反]|≠",
    re.I,
)
_WORD = re.compile(rf"[^\W_{CJK}]{{4,}}|[{CJK}]{{2,}}")
_EDGES = " \t,，;；—–-(（)）⚠"
_LEAST = 2
"""Letters of what is left of a definition."""


def tells_apart(part: str) -> bool:
    """Whether a part of an answer begins by naming what the thing is not."""
    return _STARTS.match(part) is not None


def without_contrasts(asked: str, text: str) -> tuple[str, tuple[str, ...]]:
    """A definition without what it says of another thing, and that; nothing of it where the two are what is asked, or
    where nothing else is said."""
    if _ASKS_APART.search(asked):
        return text, ()
    told: list[str] = []

    def taken(found: re.Match[str]) -> str:
        whole = found[0]
        again = _GOES_ON.search(whole, 1)
        other, rest = (whole[: again.start()], whole[again.start() :]) if again else (whole, "")
        if _names(asked, other):
            return whole
        told.append(other.lstrip(_EDGES).rstrip(_EDGES if other.lstrip()[:1] in "(（" else " ,;，；"))
        return rest

    rest = _CONTRAST.sub(taken, _BRACKETED.sub(taken, text))
    return (
        (rest, tuple(told))
        if told and all(len(key(line)) >= _LEAST for line in rest.split("\n"))
        else (text, ())
    )


def _names(asked: str, told: str) -> bool:
    """Whether what is asked names the other thing as well."""
    return any(
        word.casefold() in asked.casefold() for word in _WORD.findall(_STARTS.sub("", told, count=1))[:1]
    )
