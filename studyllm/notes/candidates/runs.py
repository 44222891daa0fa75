"""Lines below one another that are a list without marks, each told by what the others are: the persons of a verb, the
degrees of a scale, kinds with what each leads to; and words with their meanings side by side in one line."""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from studyllm.cards import Kind
from studyllm.notes.candidates.candidate import Candidate, Page, made
from studyllm.notes.markdown.blocks import Paragraph
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.inline import plain, prose
from studyllm.notes.words.labels import is_list_title, is_sequence
from studyllm.notes.words.lead import lead
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.text import CJK

FEWEST = 3
"""Lines below one another that are surely a list."""
_MEMBERS = 4
"""Persons of a verb, or degrees, from which on they are told of one by one."""
_WHO = (
    r"(?:yo|tú|tu|usted(?:es)?|él|ell[ao]s?|nosotr[oa]s|vosotr[oa]s|je|j['’]|ils?|elles?|on|nous|vous|ich|du|er|sie|es|wir"
    r"|ihr|io|lui|lei|noi|voi|loro|eu|você|vocês|eles?|elas?|nós|vós)"
)
_PERSON = re.compile(
    rf"(?P<who>{_WHO}(?:[ ]?[/,][ ]?{_WHO})*)(?:(?<=['’])|[ \t]*[:：=→–-][ \t]*|[ \t]+)"
    r"(?P<is>[^\W\d_]+(?:[ '’-][^\W\d_]+){0,2})",
    re.IGNORECASE,
)
"""A person and the form of a verb: yo soy, j'ai, er/sie: geht."""
_DEGREE = re.compile(
    r"(?P<who>[ivxIVX]{1,4}°?)[ \t]+(?P<is>[A-G][#♯b♭]?(?:m|maj|min|dim|aug|sus|add)?\d{0,2}°?)"
)
"""A degree and what stands on it: ii Dm."""
_CHAIN = re.compile(r"(?P<who>[^→⇒\s。，：:]{2,14})[ \t]*(?:→|⇒|->)[ \t]*(?P<is>[^→⇒]+(?:→|⇒|->)[^→⇒]+)")
"""A kind, what it is, and an instance or what follows: 多血质→灵活→王熙凤."""
_SET_OFF = tuple(
    re.compile(form)
    for form in (
        rf"(?P<who>[{CJK}]{{2,7}})(?:—|-(?=[^\n]*(?:说|论|律|学|法|反射|主义|实验|理论|定理)))(?P<is>[{CJK}A-Z][^-—]+)",
        rf"(?P<who>[{CJK}\u3040-\u30ff]{{1,10}})(?:…|\.{{3}})(?P<is>[{CJK}\u3040-\u30ff][^…]{{3,}})",
        r"(?P<who>[^\W\d_][^<>=:：]{1,30}?) > (?P<is>[^\W_][^<>]*[ ][^<>]*)",
        r"(?P<who>[A-Z\u00c0-\u00de]{3,}(?: [A-Z\u00c0-\u00de'’]+){0,3})[ \t]+(?P<is>[^\W\d_A-Z\u00c0-\u00de].{8,})",
    )
)
"""Names that a sign sets off only where several lines have it: 桑代克-试误说, 守護…国ごとに, apnea > no
breath, SFUMATO soft edges."""
_PAIR = r"(?:[A-Za-z\u00c0-\u024f][a-z\u00c0-\u024f]{1,20})(?:[一-鿿]{1,6}|\d{1,4})"
_PAIRS = re.compile(
    rf"(?:(?P<of>[{CJK}]{{1,8}})[:：]?[ \t]*)?(?P<pairs>{_PAIR}(?:[ \t、,，]+{_PAIR}){{2,}})[ \t]*"
)
"""Words with their meanings glued to them: 星期：lunes周一 martes周二 miércoles周三."""
_EQUAL = r"[^\s=＝，,；;、/:：]{1,14}[=＝][^\s=＝，,；;、]{1,20}"
_EQUALS = re.compile(rf"{_EQUAL}(?:(?:[ \t]+|[ \t]*[/／][ \t]*){_EQUAL})+")
"""Names with what each is, in one line: p=弱 f=强, 80=HTTP / 443=HTTPS."""
_SUPPOSED = re.compile("[设若当令则如故即]")
"""How a line of a calculation goes on."""
_IS_NAMED = re.compile(
    rf"\d+[=＝][^\W\d_][^=＝]*|[^=＝]*[{CJK}\u3040-\u30ff][^=＝]*[=＝](?!\d{{5}}).*|[^=＝]+[=＝][{CJK}].*"
)
"""A number and its name, or one side in Chinese: no variable with its value, no setting."""
_ONE = re.compile(r"([A-Za-z\u00c0-\u024f]+)([一-鿿]+|\d+)")
_GLUED = re.compile(rf"\d(?:[{CJK}]|[ ][^\W\d_][^=＝→:：]*$)")
_BARE = re.compile(r"[^\W\d_][^=＝→:：,，;；。.!！?？()（）/~+-]{1,23}")
_TITLED = re.compile(r"[^\s=＝→:：,，;；。.!！?？][^=＝→:：;；。.!！?？]{1,28}")
_COUNTED = re.compile(r"\d+(?:大|个|种|类|项|点|层|層|步|条|块|段)|\d+ [a-z]+s\b")
"""How many there are of something."""
_ORDERED = re.compile(r"\bin order\b|步骤|流程|阶段|étapes|fases|phasen|steps|stages|phases", re.IGNORECASE)
_COUNTING = re.compile("[IVX]+")
_LONGEST = 300
"""Letters of a line of pairs."""
_MOST = 20
"""Lines below a title that are looked at."""
_TITLE = 24
"""Letters of a line that names such a list."""


def of_runs(_page: Page, node: Node) -> Iterator[Candidate]:
    """The lines of lists without marks right under a node, and the items of one."""
    lines = node.lines()
    for line, text in lines.items():
        yield from _pairs(node, line, text)
    for form in (_PERSON, _DEGREE):
        for run in alike(lines, form.fullmatch):
            yield from _members(node, run, form, plain(lines.get(run[0][0] - 1, "")) or node.title)
    for run in alike(lines, _CHAIN.fullmatch, _of_one_length):
        yield from _told(node, run, _CHAIN)
    for form in _SET_OFF:
        told = [(line, text) for line, text in lines.items() if _sets_off(form, text.strip())]
        if len(told) >= FEWEST:
            yield from _told(node, told, form)
    yield from _under_titles(node, lines)
    items = {child.line: child.text for child in node.children if child.kind == ITEM and not child.blocks}
    if len(items) >= _MEMBERS and all(map(_PERSON.fullmatch, items.values())):
        yield from _members(node, list(items.items()), _PERSON, node.title)


def runs(
    node: Node, fits: Callable[[str], bool], together: Callable[[Sequence[str]], bool] = bool
) -> set[int]:
    """The lines of lists without marks: three or more below one another that are alike, and such a list together."""
    texts = {
        b.line: b.text for b in node.blocks if isinstance(b, Paragraph) and b.line == b.end and fits(b.text)
    }
    below = itertools.groupby(enumerate(texts), lambda one: one[1] - one[0])
    found = [[line for _, line in run] for _, run in below]
    return {
        line
        for run in found
        if len(run) >= FEWEST and together([texts[line] for line in run])
        for line in run
    }


def alike(
    lines: Mapping[int, str], fits: Callable[[str], object], together: Callable[[Sequence[str]], bool] = bool
) -> Iterator[list[tuple[int, str]]]:
    """Stretches of three lines or more below one another that all fit a form."""
    fitting = [(line, text) for line, text in lines.items() if fits(text.strip())]
    for _, run in itertools.groupby(enumerate(fitting), lambda one: one[1][0] - one[0]):
        found = [one for _, one in run]
        if len(found) >= FEWEST and together([text for _, text in found]):
            yield found


def _sets_off(form: re.Pattern[str], text: str) -> bool:
    """Whether a line sets a name off by a sign, and not by one that needs no others."""
    found = form.fullmatch(text)
    return bool(
        found and not _COUNTING.fullmatch(found["who"]) and not ((other := lead(text)) and other.rest)
    )


def _of_one_length(texts: Sequence[str]) -> bool:
    """Whether all chains have as many links."""
    return len({len(re.findall("→|⇒|->", text)) for text in texts}) == 1


def _members(
    node: Node, run: Sequence[tuple[int, str]], form: re.Pattern[str], title: str
) -> Iterator[Candidate]:
    """The members of a set of which each is told by a word, below the title that says of what."""
    found = [(line, one) for line, text in run if (one := form.fullmatch(text.strip()))]
    names = {one["who"].casefold() for _, one in found}
    opened = lead(title)
    begins = Counter(one["is"].casefold()[0] for _, one in found)
    of_one = form is _DEGREE or (
        2 * begins.most_common(1)[0][1] >= len(found) and all(one["is"][0].islower() for _, one in found)
    )
    if (
        not of_one
        or len(names) < max(_MEMBERS, len(found))
        or not title
        or len(title) > _TITLE
        or (opened and opened.rest)
    ):
        return
    colon = "：" if CJK_LETTER.search(title) else ": "
    for line, one in found:
        front = f"{title.rstrip(':： ')}{colon}{one['who']}"
        yield made(
            "line of a run",
            Kind.TERM,
            front,
            one["is"],
            (line, line),
            node,
            split=False,
            marks={"strict": 1.0},
        )


def _told(node: Node, run: Sequence[tuple[int, str]], form: re.Pattern[str]) -> Iterator[Candidate]:
    """Lines that tell of a name each."""
    for line, text in run:
        if one := form.fullmatch(text.strip()):
            yield made(
                "line of a run",
                Kind.TERM,
                one["who"],
                prose(one["is"]),
                (line, line),
                node,
                marks={"strict": 1.0},
            )


def _pairs(node: Node, line: int, text: str) -> Iterator[Candidate]:
    """The words of a line with the meanings that are glued to them, or that an equals sign gives them."""
    if len(text) > _LONGEST:
        return
    found, equal = _PAIRS.fullmatch(text.strip()), _EQUALS.fullmatch(text.strip())
    pairs = _ONE.findall(found["pairs"]) if found else []
    told = re.findall(_EQUAL, text) if equal else []
    if told and all(map(_IS_NAMED.fullmatch, told)) and not any(map(_SUPPOSED.match, told)):
        pairs = [re.split("[=＝]", one) for one in told]
    if not equal and any(meaning.isdecimal() for _word, meaning in pairs):
        numbers = [int(meaning) for _word, meaning in pairs if meaning.isdecimal()]
        pairs = pairs if numbers == list(range(numbers[0], numbers[0] + len(pairs))) else []
    for word, meaning in pairs:
        yield made(
            "line of pairs",
            Kind.TERM,
            word,
            meaning,
            (line, line),
            node,
            split=False,
            marks={"strict": 1.0, "term_head": 1.0},
        )


def _under_titles(node: Node, lines: dict[int, str]) -> Iterator[Candidate]:
    """Short lines without a sign below a line that says that they are listed, as many as it counts; or lines that count
    by a number that is glued to them."""
    end = 0
    for line, text in lines.items():
        title = text.strip().removesuffix(" -").removesuffix(":").removesuffix("：")
        counted = re.match(r"\d+", found[0]) if (found := _COUNTED.search(title)) else None
        promised = is_list_title(title) or is_sequence(title) or _ORDERED.search(title)
        glued = _GLUED.match(lines.get(line + 1, ""))
        long = len(title) > (12 if CJK_LETTER.search(title) else 32)
        if line <= end or long or not (promised or counted or glued):
            continue
        if not _TITLED.fullmatch(title) or lead(title):
            continue
        after = itertools.takewhile(lines.__contains__, range(line + 1, line + _MOST))
        below = [lines[n].strip() for n in after]
        steps = list(itertools.takewhile(_GLUED.match, below)) if glued else []
        names = list(itertools.takewhile(_is_name, below))
        names = names[: int(counted[0])] if counted else names
        if len(steps) >= FEWEST and [step[0] for step in steps] == [str(n + 1) for n in range(len(steps))]:
            listed, kind = [step[1:].strip() for step in steps], Kind.SEQUENCE
        elif len(names) >= FEWEST and (
            (promised and not counted) or (counted and len(names) == int(counted[0]))
        ):
            in_order = is_sequence(title) or _ORDERED.search(title)
            listed, kind = names, Kind.SEQUENCE if in_order else Kind.LIST
        else:
            continue
        said, end = "\n".join(f"- {one}" for one in listed), line + len(listed)
        where = (line, line + len(listed))
        yield made("line of a run", kind, title, said, where, node, points=listed, marks={"strict": 1.0})


def _is_name(line: str) -> bool:
    """Whether a line is a name of a few words, without a sign in it."""
    return bool(_BARE.fullmatch(line)) and len(line.split()) <= 2
