"""Lists of words as they are pasted or typed: a word and its meaning with a tab between them, or a word of another
script, how it is read and what it means, side by side."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from studyllm.cards import Kind
from studyllm.kana import HAN, KANA
from studyllm.notes.candidates.candidate import Candidate, Page, made
from studyllm.notes.candidates.readings import TONED
from studyllm.notes.candidates.runs import alike
from studyllm.notes.headers import LANGUAGES
from studyllm.notes.outline import Node
from studyllm.notes.words.inline import prose

_TABBED = re.compile(r"[^\t\n]{1,80}(?:\t+[^\t\n]{1,200}){1,3}")
_TABS = re.compile(r"[ ]*\t+[ ]*")
_ALIGNED = re.compile(
    r"(?P<word>(?=[^ ]*[^\W\d_])[^ \n|](?:[^ \n|]| (?! )){0,24}) {2,}(?P<is>[^ \n|](?:[^ \n]| (?! )){2,})"
)
"""Two cells that only blanks set apart."""
_COLUMNS, _LONGER = 3, 1.5
"""Cells of rows that have a head, and how much longer they are than that."""
_NAME = re.compile(r"[^\W\d_]{1,6}|[^\W\d_]+(?: [^\W\d_]+)?")
_ALIKE = 0.7
"""Share of the lines whose second cells begin in one column."""
_HEAD = re.compile(
    rf"(?:{LANGUAGES.pattern}|words?|terms?|vocab(?:ulary)?|meanings?|translations?|definitions?|wort|bedeutung|mot|sens"
    r"|palabra|significado|单词|词语?|词汇|生词|术语|意思|含义|释义|解释|翻译|読み方?|意味|単語)",
    re.IGNORECASE,
)
"""What stands over a column of words, or of their meanings."""
_CELL = re.compile(r"[^\W\d_]")
"""What a cell of a list of words has: a letter, no numbers alone."""
_TONED = TONED.pattern.strip("[]")
_PINYIN = (
    rf"(?=[^\s]*[{_TONED}])[a-zü'’{_TONED}]{{1,24}}(?:[ ](?=[^\s]*[{_TONED}])[a-zü'’{_TONED}]{{1,10}}){{0,3}}"
)
_MEANS = r"[ \t\u3000]{1,8}(?![(（][^()（）]*[)）]$)(?P<is>[(（]?[A-Za-z\u00c0-\u024f][^\n=→:：]{0,80})"
_WORDS = (
    re.compile(rf"(?P<word>[{HAN}]{{1,8}})[ \t]{{0,8}}[(（]?(?P<read>{_PINYIN})[)）]?{_MEANS}"),
    re.compile(
        rf"(?P<word>(?=[^\s]*[{HAN}])[{HAN}{KANA}ァ-ヺ]{{1,12}})[ \t\u3000]{{0,8}}"
        rf"(?:[(（](?P<read>[{KANA}]{{1,16}})[)）]|(?<=[ \t\u3000])(?P<reads>[{KANA}]{{1,16}}))?{_MEANS}"
    ),
    re.compile(rf"(?P<word>[{KANA}ァ-ヺ]{{1,12}}){_MEANS}"),
)
"""Words of Japanese and Chinese with what they mean in Latin letters."""
_READ = re.compile(rf"[ぁ-ゖ{_TONED}]")
"""Kana or tones, by which words are known to be learnt; 安装 nginx and メール Gmail only use them."""
_CODED = re.compile(
    r"(?P<word>[A-Z]{1,3}\d{3,5})[ \t]+(?P<is>(?:[A-Za-z]|[\u3400-\u9fff])[^\n=→:：。]{1,60}[^\s=→:：.。])"
)
"""A code and what it stands for: E0382 use of a moved value."""
_LONGEST = 120
"""Letters of a word with its meaning."""


def of_columns(_page: Page, node: Node) -> Iterator[Candidate]:
    """The lines of lists of words right under a node, each with its meaning."""
    lines = node.lines()
    for run in alike(lines, _TABBED.fullmatch, _is_list):
        for line, text in run:
            word, *told = _TABS.split(text.strip())
            word = word.rstrip(" :：") or word
            if line == run[0][0] and (all(map(_HEAD.fullmatch, (word, told[0]))) or _is_head(run)):
                continue
            yield _entry(node, line, word, told, ())
    for line, cells in _matching(lines, _ALIGNED.fullmatch, _are_aligned):
        yield _entry(node, line, cells["word"], [cells["is"]], ())
    for line, found in _matching(lines, _word, _are_learnt):
        known = found.groupdict()
        read = [one for one in (known.get("read"), known.get("reads")) if one]
        yield _entry(node, line, found["word"], [*read, found["is"]], read)
    for line, code in _matching(lines, _CODED.fullmatch, _are_codes):
        yield _entry(node, line, code["word"], [code["is"]], ())


def _matching(
    lines: Mapping[int, str],
    form: Callable[[str], re.Match[str] | None],
    are: Callable[[Sequence[str]], bool],
) -> Iterator[tuple[int, re.Match[str]]]:
    """What matches of the lines of a form that stand together."""
    for run in alike(lines, form, are):
        for line, text in run:
            if found := form(text.strip()):
                yield line, found


def _entry(node: Node, line: int, word: str, told: Sequence[str], read: Sequence[str]) -> Candidate:
    """A word with how it is read and what it means, a line each; its reading is as good as the word."""
    said = "\n".join(prose(part) for part in told)
    where, marks = (line, line), {"strict": 1.0}
    return made("line of a run", Kind.TERM, word, said, where, node, aliases=read, split=False, marks=marks)


def _word(text: str) -> re.Match[str] | None:
    """A word with its meaning, or nothing."""
    if len(text) > _LONGEST:
        return None
    return next((found for form in _WORDS if (found := form.fullmatch(text.strip()))), None)


def _is_list(texts: Sequence[str]) -> bool:
    """Whether lines with tabs are a list of words: as many cells in most, letters in the first two."""
    rows = [_TABS.split(text.strip()) for text in texts]
    worded = sum(all(map(_CELL.search, row[:2])) for row in rows)
    return worded >= 0.8 * len(rows) and len({row[0] for row in rows}) >= 0.8 * len(rows)


def _is_head(run: Sequence[tuple[int, str]]) -> bool:
    """Whether the first of some rows of three cells and more is the head of the others: words that are much shorter
    than what stands below them."""
    head, *rows = [_TABS.split(text.strip()) for _line, text in run]
    if len(head) < _COLUMNS or not all(map(_NAME.fullmatch, head)):
        return False
    columns = [[len(row[at]) for row in rows if at < len(row)] for at in range(1, len(head))]
    return all(
        below and sum(below) >= _LONGER * len(below) * len(name)
        for name, below in zip(head[1:], columns, strict=True)
    )


def _are_aligned(texts: Sequence[str]) -> bool:
    """Whether the second cells of most lines stand below one another, set apart by different numbers of blanks."""
    cells = [found for text in texts if (found := _ALIGNED.fullmatch(text.strip()))]
    starts, gaps = (
        Counter(values) for values in ([one.start("is") for one in cells], [one.end("word") for one in cells])
    )
    return len(gaps) > 1 and starts.most_common(1)[0][1] >= _ALIKE * len(cells)


def _are_codes(texts: Sequence[str]) -> bool:
    """Whether lines begin with a code each, another one in every line."""
    codes = [text.split()[0] for text in texts]
    return len(set(codes)) == len(codes)


def _are_learnt(texts: Sequence[str]) -> bool:
    """Whether words of another script stand with their meanings: in most lines there is more than Chinese."""
    return 3 * sum(_READ.search(text) is not None for text in texts) >= 2 * len(texts)
