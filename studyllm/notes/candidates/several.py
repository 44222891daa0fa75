"""Items of several entries: lines below one another, or a line of entries that are written alike: RTO = …; RPO = …."""

import re
from collections.abc import Iterable
from itertools import pairwise

from studyllm.notes.markdown.defining import ASIDE, shows
from studyllm.notes.words.inline import plain
from studyllm.notes.words.labels import is_label
from studyllm.notes.words.lead import Gap, Lead, Mark, lead
from studyllm.notes.words.terms import title

_BETWEEN = re.compile(
    r"[;；](?!\s*$)|[,，](?=\s*(?:(?:\*\*|__)\w|`[^`\n]{1,40}`\s+[-–—=]))|，(?=[^，。；=＝]{2,16}(?:\s=\s|＝))"
    r"|[ ]{2,}(?=[^=＝]{1,20}?[ ]?[=＝])"
    r"|[,，](?=\s*[A-Za-z][\w/-]{1,14}(?:[（(][^（()）]{1,20}[)）])?[:：]\s*\d)"
    r"|[ \t]+/[ \t]+(?=[^/=\n]{2,28} = \S)"
    r"|,(?=\s+\w[\w./-]{1,14} = \S)|(?<=[a-z)])\.(?=\s+[A-Z][\w-]{1,20}(?: [a-z]{1,15}){0,2} = \S)"
)
_SENTENCE = re.compile(r"[.。!！?？]$|(?:\S+\s+){3}\S")
"""What is more than the meaning of a word: a full stop, four words."""
_KEPT = re.compile(
    r"`[^`\n]*`|\$[^$\n]*\$|\([^()\n]*\)|（[^（）\n]*）|\[[^\[\]\n]*\]|[“「\"][^”」\"\n]*[”」\"]"
)
"""What is not cut."""
_GOES_ON = re.compile(
    r"其中|当|若|如果|则|即|因此|所以|where|when|with|if|then|so|and|but|or|e\.?g|i\.?e", re.IGNORECASE
)
"""How a clause begins that tells more of the entry before it."""
_HAN = re.compile("[\u3400-\u9fff]")
_ARROW = re.compile(r"\s*(?:-{1,2}>|={1,2}>|→|⇒)")
"""What leads on from a front; "… → extensors; injury = wrist drop" goes on with the first."""
_OF_WHAT = re.compile(r"\w'?\([a-z]\)")
"""A formula, f(x), which is cut otherwise."""
_NUMBER = re.compile(r"\d[\d./-]*(?: ?[A-Za-z%]{1,4})?")
_NAME, _ARTICLE = re.compile(r"[A-Za-z][\w+#./-]{0,13}", re.ASCII), 3
"""A name of Latin letters, and letters of a word that begins most sentences at most."""
_DOES = re.compile(
    r"(?:thinks?|thought|believe[sd]?|says?|said|claim(?:s|ed)?|argue[sd]?|know[ns]?|knew|feels?|felt|wants?|wanted|likes?"
    r"|love[sd]?|hate[sd]?|prefers?|hope[sd]?|wish(?:es|ed)?|(?:dis)?agree[sd]?|ask(?:s|ed)?|answer(?:s|ed)|repl(?:ies|ied)"
    r"|tells?|told|doubt(?:s|ed)|denie[sd]|vote[sd]|suggest(?:s|ed)|proposes?|plans? to|will|would|must|should)\b"
    r"|[也都]?(?:认为|觉得|以为|说|想|问|答|主张|相信|反对|同意|表示|喜欢|希望|打算)",
    re.IGNORECASE,
)
"""How what somebody says, thinks or wants begins, behind the name of the person."""
_BRIEF = re.compile("[\u3400-\u9fff]{1,6}")
_SLASH = re.compile(r"[ \t]*[/／][ \t]*")
_MOST = 4
"""Words beside one another, each with its meaning."""
_LONGEST, _FRONT = 400, 28
"""Letters of such a line, and of a front in it."""
_FEWEST = 3
"""Entries of a list at least."""


def opened_lines(text: str) -> list[tuple[int, str]]:
    """The entries of an item that has several, with the line each begins on; none where it has one."""
    lines = text.split("\n")
    first, starts = lead(lines[0]), [0]
    bold = bool(first and first.rest and first.mark is not Mark.PLAIN)
    for at, line in enumerate(lines[1:], 1):
        one = lead(line)
        if (
            one
            and one.rest
            and not (first and first.rest and goes_with(first, one))
            and (
                one.mark is not Mark.PLAIN
                or (not bold and one.gap is Gap.COLON and len(plain(one.front)) <= 20)
            )
        ):
            starts.append(at)
    if len(starts) < 2:
        return []
    return [(at, "\n".join(lines[at:stop])) for at, stop in pairwise([*starts, len(lines)])]


def goes_with(entry: Lead, below: Lead) -> bool:
    """Whether a line labelled as an example or a note goes on with an entry above it: it shows that word, or is a
    sentence. Among words, `ex` and `note` may be words as well."""
    label, said = plain(below.front), plain(below.rest).strip()
    if not ASIDE.fullmatch(label):
        return False
    return _HAN.search(label) is not None or shows(entry, below) or _SENTENCE.search(said) is not None


def fronts_of_list(texts: Iterable[str]) -> list[str]:
    """The fronts of a list of three and more entries, most of its items; none where it is another list, or labels."""
    opened = [lead(text) for text in texts]
    fronts = [plain(one.front) for one in opened if one and one.rest]
    listed = len(fronts) >= _FEWEST and 2 * len(fronts) > len(opened)
    return fronts if listed and sum(map(is_label, fronts)) + 1 < len(fronts) else []


def word_by_word(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a line that has several and, in the same order, what each means: perro / gato：狗／猫."""
    one = lead(text) if "/" in text and len(text) <= _LONGEST and "\n" not in text else None
    words, meanings = (
        _SLASH.split(plain(side).strip()) for side in ((one.front, one.rest) if one else ("", ""))
    )
    alike = 1 < len(words) == len(meanings) <= _MOST and all(map(str.islower, words))
    brief = all(map(_BRIEF.fullmatch, meanings))
    return tuple(zip(words, meanings, strict=True)) if alike and brief else ()


def side_by_side(text: str) -> tuple[tuple[str, Lead], ...]:
    """The entries of a line that is nothing but several of them, each with its lead; none for any other line."""
    if len(text) > _LONGEST or "\n" in text:
        return ()
    kept = [found.span() for found in _KEPT.finditer(text)]
    cuts = [
        found.span()
        for found in _BETWEEN.finditer(text)
        if not any(start < found.start() < end for start, end in kept)
    ]
    spans = pairwise([(0, 0), *cuts, (len(text), len(text))])
    parts = [text[before[1] : after[0]].strip() for before, after in spans]
    found = [(part, one) for part in parts if (one := lead(part)) and _is_entry(one)]
    led_on = {bool(_ARROW.match(part.partition(one.front)[2])) for part, one in found}
    whole = 1 < len(found) == len(parts) and len(led_on) == 1
    return tuple(found) if whole and _alike([one for _, one in found]) else ()


def _alike(found: list[Lead]) -> bool:
    """Whether all are of one form; where a colon is all that tells them, they have to be values (HTTP：80，HTTPS：443),
    or their fronts to end alike as well: 高血压：…；低血压：…, or to be names of Latin letters, which no part of
    another entry is called by. What a colon sets off behind one entry is as often more of it (首选药：…)."""
    first = found[0]
    if any((one.mark, one.gap) != (first.mark, first.gap) for one in found):
        return False
    if first.mark is not Mark.PLAIN or first.gap is not Gap.COLON:
        return True
    if all(_NUMBER.fullmatch(plain(one.rest).strip()) for one in found):
        return True
    if all(_NAME.fullmatch(plain(one.front).strip()) for one in found):
        return _are_named(found)
    ends = {plain(one.front).strip()[-1:] for one in found}
    return len(ends) == 1 and all(_HAN.search(one.front) for one in found)


def _are_named(found: list[Lead]) -> bool:
    """Whether fronts of Latin letters are names of things: in Chinese, as abbreviations of three letters and more, or
    where what is said of each begins alike; of people it is told what they think."""
    if all(plain(one.front).strip().istitle() and _DOES.match(plain(one.rest).strip()) for one in found):
        return False
    begins = {plain(one.rest).strip().split(" ", 1)[0].casefold() for one in found}
    return (
        all(_HAN.search(one.rest) for one in found)
        or all(len(name) > 2 and name.isupper() for one in found if (name := plain(one.front).strip()))
        or (len(begins) == 1 and len(min(begins)) > _ARTICLE)
    )


def _is_entry(one: Lead) -> bool:
    name = title(one.front)
    inner = lead(one.rest) if one.gap is Gap.COLON else None
    return bool(
        one.rest
        and not _OF_WHAT.search(one.front)
        and (1 if one.mark is Mark.PLAIN else 0) < len(plain(one.front)) <= _FRONT
        and not is_label(name)
        and not _GOES_ON.match(name)
        and not (inner and inner.rest and inner.gap is Gap.COLON)
    )
