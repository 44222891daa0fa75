"""Lines and list items that set a front beside its gloss with nothing but room or a change of script between them:
`git stash` 暂存, Largo 广板, 1840 鸦片战争; and entries behind a label."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from studyllm.cards import Kind
from studyllm.notes.candidates.asking import translated
from studyllm.notes.candidates.candidate import Candidate, Page, made
from studyllm.notes.candidates.runs import FEWEST, runs
from studyllm.notes.markdown.apart import is_word
from studyllm.notes.markdown.blocks import Paragraph
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.inline import plain, prose
from studyllm.notes.words.lead import lead
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.text import CJK

_LATIN = r"-?[A-Za-z\u00c0-\u024f][\w .'’/+=-]{0,40}?"
_COMMAND = r"[a-z][\w.-]{0,15}(?: [\w.:/~*|=@<>\[\]\"'-]{1,40}){1,8}"
_SPOKEN = r"(?:[ \t]+(?:\[[^\[\]]{1,30}\]|/[^/]{1,30}/))?"
_SORT = rf"{_SPOKEN}(?:[ \t]+(?:n|vt?|vi|a|ad|adj|adv|prep|conj|pron|num|art|int|aux|phr)\.)?"
"""How a word is spoken, and what sort of word it is."""
_DAY = r"(?:[./-]\d{1,2}){0,2}"
_YEAR = (
    rf"(?:\d{{3,4}}{_DAY}s?年?(?:\s?[–—~-]\s?\d{{1,4}}{_DAY}s?年?)?(?: ?(?:BCE?|AD|CE))?"
    r"|\d{1,2}(?:\s?[–—~-]\s?\d{1,2})? ?(?:BCE?|AD)\b)"
)
_CODE = r"(`[^`]{1,50}`)(?:[ \t\u3000]+(?:#{1,2}[ \t]+|//[ \t]+)?|[ \t]*→[ \t]*)(\S.*)"
_COMMENTED = re.compile(_CODE)
_GLOSSES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("code", _CODE),
        ("maths", r"(\$[^$]{1,80}\$)[ \t\u3000]+(\S.*)"),
        ("mark", rf"==([^=]{{1,40}})==(?:[ \t\u3000]+|(?=[{CJK}]))(\S.*)"),
        ("formula", r"([^\s$=][^$=\n]{0,30}?)[ \t]*(\$[^$\n]{3,}\$)"),
        ("script", rf"(-?[A-Za-z][\w-]{{0,20}})[ \t]([{CJK}]{{1,8}}[ ]{{2,}}[A-Za-z].*)"),
        ("gap", r"(\S.{0,40}?)(?:[ \t]*\t[ \t]*|[ ]{2,}|\u3000+)(\S.*)"),
        ("year", rf"({_YEAR})[ \t\u3000]+([^\d\s].{{1,}})"),
        (
            "year",
            r"((?:(?:公元前?|前) ?\d{1,4} ?(?:年|世纪)|\d{3,4} ?年代?|\d{1,2} ?世纪)(?:\d{1,2}月(?:\d{1,2}日)?)?"
            r"(?:左右|前后|初|末|中叶|后期)?|1\d{3}|20\d\d)[,，][ \t]*([^\d\s].{2,}[^。.\s])",
        ),
        ("equals", r"(?!\$[^$]*=)([^\s=：:。，]{1,30})=(?=[^\s=\d])([^=]+)"),
        ("equals", r"([A-Z][A-Za-z\d]{1,6})=(\d[^=]*[^\W\d_][^=]*)"),
        ("comma", r"([^，。、；：:（(]{1,30} ?[（(][^（()）]{1,30}[)）])[，,][ \t]*([^\s，].*)"),
        ("comma", rf"((?:\*\*)?[{CJK}]{{2,14}}(?:\*\*)?)[，,][ \t]*(`[^`]{{1,40}}`)"),
        ("bracket", rf"([{CJK}\w]{{1,12}} ?[（(][^()（）]{{1,30}}[)）])[ \t\u3000]+([^\s（(].*)"),
        ("bar", r"([^|`]{1,40}?)[ \t]+\|[ \t]+(.+)"),
        (
            "script",
            rf"({_LATIN}(?: ?\([^()]{{1,30}}\))?|\[\[[^\[\]]{{1,40}}\]\]){_SORT}(?:[ \t]+|(?<=\.))([{CJK}].*)",
        ),
        ("command", rf"({_COMMAND})[ \t]+([{CJK}].*)"),
        ("room", rf"([{CJK}]{{2,8}}|《[^《》]{{2,30}}》)[ \t]+([{CJK}].*|(?<=》[ \t])\d.*)"),
    )
)
_OF_A_YEAR = re.compile(
    r"((?:\d{1,2}\.? )?(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? (?:\d{1,2},? )?)?"
    rf"(?P<year>{_YEAR})(?: ?[+&] ?\d{{4}})?)"
    r"(?:(?P<colon>[ \t\u3000]*[:：])[ \t]*|(?=[《“])|[ \t\u3000]+(?:(?:[-–—→]|->)[ \t]+)?)"
    r"(?!(?:k?g|m?l|[cm]m|km|kcal|min|h|°C|%|€|euros?|eur|usd)\b)(?P<event>[^\d\s:：–—-].+)",
    re.I,
)
_VALUE = re.compile(
    rf"(?P<name>{_LATIN}|[{CJK}]{{2,10}})[ \t]+(?P<value>\d[\d.,/:-]{{0,11}}(?: ?[A-Za-z%°/]{{1,8}})?"
    r"(?: ?[（(][^()（）]{1,30}[)）])?)"
    r"|(?P<number>\d{1,5}(?:/(?:tcp|udp))?)[ \t]+(?P<of>[A-Z][A-Z0-9]{1,9}(?:/[A-Z0-9]{1,9})?)"
)
"""A name and its number: HTTP 80, SNMP 161 (trap 162), 22 SSH."""
_COLON = re.compile(r"(?<=\w)[:：][ \t]*(?=\d)")
_BEFORE_OUR_ERA = re.compile(r"BC")
_YEARS = re.compile(r"1\d{3}|20\d\d")
_BESIDE, _BESIDE_ONE = re.compile(r"(?<![ \t])[ \t]+[/|][ \t]+"), 3
"""Between two of them in a line, and how many there may be."""
_LABELLED = re.compile(r"[^：:=]{1,16}[：:][ \t]*(?=\S)")
_OPENER = re.compile(r"(?:TIL|NB|Note|Merke|Remember|ojo|→|->|-->|[¿¡!]+)[!:：]*[ \t]*(?=\S)", re.IGNORECASE)
_ALL_BOLD = re.compile(r"(?:\*\*|__)([^*_]{2,100})(?:\*\*|__)")
_BRACKETED = re.compile(
    r"[ \t]*([^\s（()）：:。，,][^（()）：:。，,]{0,40}?)[ \t]*[（(]([^（()）]{1,40})[)）][.。]?[ \t]*"
)
_GLUED = re.compile(
    rf"[ \t]*([A-Za-z][A-Za-z '’/()-]{{1,38}}[A-Za-z)])[,，]?[ \t]*((?:[（(][{CJK}]|[{CJK}]).{{0,40}})"
)
_VERB = re.compile(
    r"([^\W\d_][^\W\d_'’ -]*(?:[ '’-][^\W\d_]+){0,3}?)(?:[ \t]+|[ \t]*[,:=-][ \t]*)"
    r"\b(to [a-z]{2,}[^.,:]{0,40}?)[ \t]*[,.;]?"
)
"""A verb of another language, and the English one: kaufen to buy."""
_WISH = re.compile(
    r"(?:.*\W)?(?:want|need|have|remember|try|hope|plan|decide|agree|learn|how|what|where|when|things?|time|ready|like|love"
    r"|start|begin|go|continue|promise|expect|ask|tell|forget|manage|offer|seem|prefer|wish|used|able|about)",
    re.IGNORECASE,
)
"""What goes on with an English infinitive: want to learn."""
_SPELT_OUT = re.compile(r"([A-Z][A-Za-z&]{1,7}) ?[（(]([A-Za-z][^()（）]{4,60})[)）]")
_WORD_FORMS = re.compile(
    r"(?:(?:der|die|das|le|la|l['’]|el|los|las|il|the)\s?)?[^\W\d_]+, ?[^\W\d_¨\"-]*-?[^\W\d_]*"
)
"""A word, and another form of it: der Bahnhof, Bahnhöfe."""
_IN_BRACKETS = re.compile(r"(?:（|(?<=\s)\()[^（()）]*[)）]")
_GAPPED = re.compile(r"(?:\.{3}|…+)[ \t]?")
_ENDING = re.compile(r"-[a-z]{2,9}[ \t]")
"""The last part of words, with the hyphen that says so: -itis, -ectomy."""
_SMALL = re.compile(r"\b(?:of|and|the|for|to|in|on)\b|\W", re.IGNORECASE)
_WIDEST = 300
_TRANSLATED = 8
"""Items with their translation that are a list of words; fewer are what a title lists, told twice."""
_BACK = 8
"""In a list of dates, one in so many may be earlier than the one above it."""


def of_glosses(_page: Page, node: Node) -> Iterator[Candidate]:
    """The glosses among the paragraphs of one line under a node, or the one that an item is; of DNA 聚合酶 and RNA
    聚合酶 the Chinese is no translation."""
    found = list(_glosses(node))
    said = Counter(one.answer for one in found if one.term.isupper())
    yield from (one for one in found if said[one.answer] < 2)


def _glosses(node: Node) -> Iterator[Candidate]:
    if node.kind == ITEM and node.text and "\n" not in node.text:
        yield from _of(node, node.text, node.line, "item")
    yield from _bracketed(node)
    yield from _valued(node)
    words, values, commands = runs(node, is_word), runs(node, is_value), runs(node, _is_command)
    years = runs(node, _is_of_a_year, _in_order)
    for block in node.blocks:
        if isinstance(block, Paragraph) and block.line in values:
            where, marks = (block.line, block.line), {"strict": 1.0}
            for name, value in _values(block.text):
                yield made("line gloss value", Kind.TERM, name, value, where, node, marks=marks)
        elif isinstance(block, Paragraph) and block.line == block.end:
            if block.line in years and (dated := _OF_A_YEAR.fullmatch(block.text)):
                where, marks = (block.line, block.line), {"strict": 1.0}
                told = prose(dated["event"])
                yield made("line gloss year", Kind.TERM, dated[1], told, where, node, marks=marks)
            else:
                one = _of(node, block.text, block.line, "line", listed=block.line in words)
                yield from _commands(one, block.line in commands)
        elif isinstance(block, Paragraph):
            lines = block.text.split("\n")
            found = [list(_of(node, line, block.line + at, "line")) for at, line in enumerate(lines)]
            if len({one[0].form if one else "" for one in found}) == 1:  # all are written alike
                yield from _commands(itertools.chain.from_iterable(found), len(lines) >= FEWEST)


def _is_command(text: str) -> bool:
    """Whether a line is nothing but code, and what it does."""
    return text.startswith("`") and _COMMENTED.fullmatch(text) is not None


def _commands(found: Iterable[Candidate], listed: bool) -> Iterator[Candidate]:
    """Glosses, those of commands sure where they are a list."""
    for one in found:
        one.marks |= {"strict": 1.0} if listed and one.form == "line gloss code" else {}
        yield one


def _bracketed(node: Node) -> Iterator[Candidate]:
    """The items of a list of words with their meanings in brackets, or right behind them: `gern (gladly)`."""
    items = [child for child in node.children if child.kind == ITEM and not child.blocks]
    alike = [
        [(child, hit) for child in items if (hit := form.fullmatch(_ALL_BOLD.sub(r"\1", child.text.strip())))]
        for form in (_BRACKETED, _GLUED, _VERB)
    ]
    found = max(alike, key=len)
    if len(found) < max(FEWEST, 0.7 * len(items)) or any(_WISH.fullmatch(hit[1]) for _, hit in found):
        return
    scripts = sum(
        bool(CJK_LETTER.search(hit[1])) != bool(CJK_LETTER.search(hit[2])) for _, hit in found
    ) / len(found)
    if scripts > 0.5 and len(found) < _TRANSLATED:
        return
    marks = {"count": min(1.0, len(found) / 10), "share": len(found) / len(items), "scripts": scripts}
    for child, hit in found:
        where = (child.line, child.end)
        yield made(
            "item gloss bracketed", Kind.TERM, hit[1], prose(hit[2]), where, child, split=False, marks=marks
        )


def _valued(node: Node) -> Iterator[Candidate]:
    """The items of a list of names with their numbers: SSH 22, DNS: 53; Magna Carta 1215 is a name with its year, and
    Week 1 one of several."""
    for items in _lists(node):
        found = [
            (child, pairs) for child in items if (pairs := _values(_COLON.sub(" ", child.text, count=1)))
        ]
        dated = sum(" " in pairs[0][0] and _YEARS.fullmatch(pairs[0][1]) is not None for _, pairs in found)
        names = {name for _, pairs in found for name, _value in pairs}
        if len(found) < max(FEWEST, 0.7 * len(items)) or 2 * dated > len(found) or len(names) < len(found):
            continue
        for child, pairs in found:
            where, marks = (child.line, child.end), {"strict": 1.0}
            for name, value in pairs:
                yield made("item gloss value", Kind.TERM, name, value, where, child, marks=marks)


def _lists(node: Node) -> Iterator[list[Node]]:
    """The items under a title or an item, list by list."""
    items = [child for child in node.children if child.kind == ITEM]
    runs = itertools.groupby(items, lambda item: (item.ordered, item.siblings))
    yield from (list(run) for _, run in runs)


def is_value(text: str) -> bool:
    """Whether a line is nothing but a name and its number, or a few of them."""
    return bool(_values(text))


def _is_of_a_year(line: str) -> bool:
    """Whether a line may say when something was, and what: a number of three or four digits, and no unit behind it."""
    return _OF_A_YEAR.fullmatch(line) is not None


def _in_order(texts: Sequence[str]) -> bool:
    """Whether lines that begin with years are a list of dates: most have four digits, hardly any is before the one
    above, and not all have a colon behind them, as times and rooms do."""
    found = [one for text in texts if (one := _OF_A_YEAR.fullmatch(text))]
    years = [_year(one["year"]) for one in found]
    four = sum(year > 999 or year < 0 for year in years)
    timed = all(one["colon"] for one in found) and all(year % 100 < 60 and year % 5 == 0 for year in years)
    back = sum(below < above for above, below in itertools.pairwise(years))
    return 2 * four >= len(years) and back * _BACK <= len(years) and not timed


def _year(text: str) -> int:
    """The first year of a date, those before our era below 0."""
    year = int(re.sub(r"\D.*", "", text))
    return -year if _BEFORE_OUR_ERA.search(text) else year


def _values(text: str) -> list[tuple[str, str]]:
    """The names of a line with their numbers: HTTP 80 / HTTPS 443; nothing for any other line."""
    found = [_VALUE.fullmatch(part) for part in _BESIDE.split(text.strip())]
    pairs = [(one["name"] or one["of"], one["value"] or one["number"]) for one in found if one]
    return pairs if len(pairs) == len(found) <= _BESIDE_ONE else []


def _of(node: Node, text: str, line: int, where: str, *, listed: bool = False) -> Iterator[Candidate]:
    """The gloss in a line, or the entry behind a label or an opening: 补充：X = …, TIL **X** = …."""
    if len(text) > _WIDEST:
        return
    found = lead(text)
    if (whole := _ALL_BOLD.fullmatch(text.strip())) and (found is None or not found.rest):
        text = whole.group(1)
    bare = text.strip()
    if not bare.startswith(("**", "__")):
        bare = bare.replace("**", "").replace("__", "")
    if not found or not found.rest:
        for name, pattern in _GLOSSES:
            split = pattern.fullmatch(bare)
            bulleted = where == "line" and text.startswith("-") and not _ENDING.match(text)
            if (
                split
                and (name == "asked" or _front(split[1], split[2]))
                and not (bulleted and name == "script")
            ):
                yield made(
                    f"{where} gloss {name}", Kind.TERM, split[1], prose(split[2]), (line, line), node,
                    bold=name in ("code", "mark"), split=name not in ("code", "maths"), explicit=listed,
                )  # fmt: skip
                return
    if phrase := translated(bare):
        yield made(
            f"{where} gloss value", Kind.TERM, phrase[1], phrase[2], (line, line), node, marks={"strict": 1.0}
        )
    if not whole and (spelt := _SPELT_OUT.fullmatch(bare)) and _is_initials(spelt[1], spelt[2]):
        yield made(
            f"{where} gloss value", Kind.TERM, spelt[1], spelt[2], (line, line), node, marks={"strict": 1.0}
        )
    opened = _OPENER.match(text) or _LABELLED.match(text)
    inner = lead(text[opened.end() :]) if opened else None
    if inner and inner.rest and _front(inner.front):
        yield made(
            f"{where} inner {inner.gap.name.lower()}",
            Kind.TERM,
            inner.front,
            prose(inner.rest),
            (line, line),
            node,
        )


def _is_initials(short: str, long: str) -> bool:
    """Whether a name in short has the first letters of the words that it stands for: FOF, Fund of Funds."""
    words = long.split()
    initials = (
        "".join(word[0] for word in words),
        "".join(word[0] for word in words if not _SMALL.fullmatch(word)),
    )
    return len(words) > 1 and short.replace("&", "").casefold() in map(str.casefold, initials)


def _front(raw: str, meaning: str = "") -> bool:
    """Whether something can be a front: short, and no sentence; a word with another form of it has a comma."""
    shown = _GAPPED.sub("", plain(raw))
    if raw.startswith("`"):
        return len(shown) <= 60
    if _WORD_FORMS.fullmatch(shown) and CJK_LETTER.match(meaning):
        return True
    return 0 < len(shown) <= 60 and not re.search(
        r"[。；;!?！？]|[.,，] |[,，]$", _IN_BRACKETS.sub("", shown)
    )
