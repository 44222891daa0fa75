"""Entries with no sign between name and meaning: qd 每日一次, 心动过缓 <60 次/分, 病院(びょういん)医院."""

import re
from itertools import islice

from studyllm.notes.outline import HEADING, ITEM, Node
from studyllm.notes.words.labels import is_sequence
from studyllm.notes.words.lead import Gap, Lead, Mark

_HAN = "\u3400-\u9fff"
_SHORT = re.compile(
    rf"(?P<front>[a-z][a-z0-9.]{{0,3}}|[A-Z][A-Z0-9]{{0,4}})[ \t]+(?P<rest>[{_HAN}][^,，;；/]{{0,40}})"
)
"""An abbreviation, and what it stands for in Chinese."""
_VALUE = re.compile(
    rf"(?P<front>[{_HAN}]{{2,10}}|[A-Za-z][A-Za-z -]{{1,24}}[a-z])[ \t]*"
    r"(?P<rest>[<>≤≥≈＜＞]=?[ \t]?\d[\d.,]*[ \t]?(?:[%°℃‰][^\W\d]{0,3}|[A-Za-z]{1,5}(?:/[A-Za-z]{1,5})?"
    r"|[\u3400-\u9fff]{1,2}(?:/[\u3400-\u9fff]{1,2})?)?)"
)
"""A name, and its bound."""
_READING = re.compile(
    rf"(?P<word>[{_HAN}々][{_HAN}々ぁ-ゖァ-ヺー]{{0,8}})[（(](?P<kana>[ぁ-ゖァ-ヺー]{{1,16}})[)）]"
    rf"(?P<end>[ぁ-ゖ]{{0,6}})[ \t]*(?P<rest>[{_HAN}][^。\n]{{0,30}})"
)
"""A Japanese word with its reading, and its meaning right behind."""
_FORMULA = re.compile(
    r"(?P<front>(?=[^\s]*[₀-₉⁺⁻])[A-Z(][A-Za-z₀-₉⁰¹²³⁴-⁹⁺⁻()]{1,20})[ \t]+"
    r"(?P<rest>(?!(?:is|are|has|and|or|in|was)\b)[a-z]+(?:\([ivIV]+\))?(?: (?:acid|ion|oxide|hydroxide|gas))?"
    r"|[\u3400-\u9fff]{1,8})"
)
"""A formula with small figures, and the name of what it is."""
_STOPPED = re.compile(
    rf"(?P<front>[{_HAN}]{{2,8}}(?:[（(][^（()）]{{1,30}}[)）])?)。[ \t]*(?P<rest>[^\s].{{5,}})"
    r"|(?P<name>(?!(?:[Tt]h(?:is|at|ese|ose|ere|ey)|It|He|She|We|You|I|If|No|Yes|Do|Don['’]t|Hello|Hi|Good|Great|Fixed"
    r"|Mr|Mrs|Ms|Prof|Fig|Part|Room|Chapter|Section|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)[A-Z][\w'’-]*"
    r"(?: (?!(?:is|are|was|were|has|have|had|can|will|the|your?|my|it|them)\b)[^\W\d][\w'’-]*){0,3}(?<=[\w'’-]{3})"
    r"(?: \([^()]{1,40}\))?)\.[ \t]+(?P<said>(?!(?:It|This|They|Then|He|She)\b)[A-Z\d].{11,})"
)
"""A name that a full stop sets off, and what is said of it: Spacing effect. Distributed practice beats cramming."""
_BESIDE = re.compile(r"[ \t]*[,，;；/、][ \t]*")
_FEWEST, _LONGEST = 3, 200
"""Words of a list, and letters of an item."""


def unsigned(node: Node, text: str) -> tuple[tuple[str, Lead], ...]:
    """The entries of an item that is nothing but one or several of them, each with its lead."""
    if "\n" in text or len(text) > _LONGEST:
        return ()
    parts = _BESIDE.split(text.strip())
    short = [found for part in parts if (found := _SHORT.fullmatch(part))]
    if 1 < len(short) == len(parts) and _tell_apart(short):
        return tuple((found[0], _lead(found["front"], found["rest"])) for found in short)
    if found := _VALUE.fullmatch(text.strip()):
        return ((text, _lead(found["front"], found["rest"])),)
    if (formula := _FORMULA.fullmatch(text.strip())) and _of_list(node, _FORMULA):
        return ((text, _lead(formula["front"], formula["rest"])),)
    if (read := _READING.fullmatch(text.strip())) and _of_list(node, _READING):
        return ((text, _lead(f"{read['word']}{read['end']}（{read['kana']}）", read["rest"])),)
    above = node.parent
    titled = above is not None and above.kind == HEADING and not is_sequence(above.title)
    if titled and (stopped := _STOPPED.fullmatch(text.strip())) and _of_list(node, _STOPPED, every=True):
        front, rest = stopped["front"] or stopped["name"], stopped["rest"] or stopped["said"]
        return ((text, _lead(front, rest)),)
    return ()


def _tell_apart(found: list[re.Match[str]]) -> bool:
    """Whether they are abbreviations with a meaning each: CT 检查, MRI 检查 is a list."""
    meanings = {one["rest"].strip() for one in found}
    return len(meanings) == len(found) and 2 * sum(len(one["front"]) > 1 for one in found) >= len(found)


def _lead(front: str, rest: str) -> Lead:
    return Lead(front.strip(), rest.strip(), Mark.PLAIN, Gap.COLON)


def _of_list(node: Node, form: re.Pattern[str], *, every: bool = False) -> bool:
    """Whether an item is one of a list of entries of one form; the first few of them tell, which where `every` are the
    first of the list."""
    items = (one for one in (node.parent.children if node.parent else []) if one.kind == ITEM)
    looked_at = islice(items, _FEWEST) if every else items
    entries = (one for one in looked_at if form.fullmatch(one.text.strip()))
    return len(list(islice(entries, _FEWEST))) == _FEWEST
