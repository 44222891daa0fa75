"""What two pieces of text have in common whatever their width, case or script: folding, language, lines."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff"
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
"""Letters of words such as "éxito" and "Ancien Régime"."""
_NOT_CJK = re.compile(f"[^{CJK}]+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_WIDE_LETTER = re.compile("[Ａ-Ｚａ-ｚ０-９]")
_NARROW = {sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NARROW_LETTERS = {sign: narrow for sign, narrow in _NARROW.items() if chr(narrow).isalnum()}
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")


_LIST_MARK = re.compile(r"^\s*[-*•·▪●]\s+(?=.*[^\W\d])")
_PLUS = re.compile(r"^[^\S\n]*\+[^\S\n]+(?=.*[^\W\d])", re.MULTILINE)
"""A mark of an item only where another item has it too: "+ dative" says what a word is used with."""
_LIST_NUMBER = re.compile(r"^\s*(?:\(?\d{1,2}[.)](?!\d)|\d{1,2}、|（\d{1,2}）|[①-⑳])")
_SHORTENED = r"(?:\w{1,5}\.[ ]?)?"
LABELLED = re.compile(rf"{_SHORTENED}[^\s:：.,;，；][^:：.,;，；]{{0,30}}(?:：|:(?=\s))")
"""What a cell of a table begins with: the head of its column, which may begin with a word cut short by a dot."""
_COPULA = re.compile(
    r"^(?:(?:is|are|was|were)\s+|(?:就是指?|即是|是指|指的是|是)(?![否非的不]))(?=\w)", re.IGNORECASE
)
_ENDS = ":：;；.。,，、!?！？"
_SEPARATOR = re.compile(r"[^\w+#]+|_+")
_WIDE = "\u2e80-\uffef"


@cache
def _atom() -> re.Pattern[str]:
    """What no line is broken inside of: a tag, a word, or a Chinese letter, with the marks that belong to it. Made when
    it is needed: patterns of so many letters take milliseconds."""
    return re.compile(
        rf"[（“《「‘【]*(?:(?<!\S)#[^\s#]{{1,24}}(?!\S)|[^\s{_WIDE}“”‘’]+(?:’[^\s{_WIDE}“”‘’]+)*|\S)?[，。；：！？、）”》」’】…]*\s*"
    )


@cache
def _wide() -> re.Pattern[str]:
    return re.compile(f"[{_WIDE}]")


def clean(text: str) -> str:
    """Text that is safe to show: no terminal escapes, control, invisible or bidirectional characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x1b" in text:
        text = _ESCAPE.sub("", text)
    return _INVISIBLE.sub("", _CONTROL.sub("", text))


def narrow(text: str) -> str:
    """A text without the wide Latin letters and digits that an input method may type; in a text without Chinese its
    signs become narrow as well."""
    if _WIDE_LETTER.search(text) is None:
        return text
    return text.translate(_NARROW_LETTERS if re.search(f"[{CJK}]", text) else _NARROW)


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """One form for text that says the same: NFKC, case, invisible characters and runs of white space folded."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return " ".join(text.casefold().split())


def unaccented(text: str) -> str:
    """Latin letters without their accents."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def names(aliases: Sequence[str]) -> list[str]:
    """The other names that are shown: a question that a note asks is one to find it by, and no name."""
    return [name for name in aliases if not name.rstrip().endswith(("?", "？"))]


def key(text: str) -> str:
    """The letters and digits of a text alone, folded: what two spellings of one term share."""
    return _short_key(text) if len(text) <= 64 else _long_key(text)


def holds(whole: str, part: str) -> bool:
    """Whether a text holds another, folded; of Latin letters a part of a word is not held, and a single letter only by
    a text that is no more."""
    if len(key(part)) < 2:
        return bool(key(part)) and key(whole) == key(part)
    if not fold(part).isascii():
        return key(part) in key(whole)
    return re.search(rf"(?<![a-z0-9]){re.escape(fold(part))}(?:e?s)?(?![a-z0-9])", fold(whole)) is not None


def pairs(text: str) -> frozenset[str]:
    """The pairs of letters that follow each other in a text, folded."""
    folded = key(text)
    return frozenset(folded[i : i + 2] for i in range(len(folded) - 1))


def dice(one: frozenset[str], two: frozenset[str]) -> float:
    """Dice's coefficient, 0-1: how alike two texts are by their pairs of letters; 1 for two without any."""
    return 2 * len(one & two) / (len(one) + len(two)) if one or two else 1.0


def without_tail(text: str, of: re.Pattern[str]) -> str:
    """A text without the letters at its end that a pattern of one letter matches. `[…]+$` would be tried at each letter
    of each run, which takes the square of its length."""
    end = len(text)
    while end and of.match(text, end - 1):
        end -= 1
    return text[:end]


def opening(text: str) -> str:
    """How a definition begins, folded: enough to know it again under a re-spelt term; empty for a short one."""
    start = key(text[:60])[:20]
    return start if len(start) >= 12 else ""


def _key(text: str) -> str:
    folded = fold(text)
    return _SEPARATOR.sub("", folded) or folded


_short_key = lru_cache(maxsize=4096)(_key)
_long_key = lru_cache(maxsize=512)(_key)
"""Terms are compared over and over, definitions of one note a few times."""


def language(text: str) -> str:
    """The language of a text: "zh" when at least a tenth of the letters are Chinese characters, else "en"."""
    letters = sum(map(str.isalpha, text))
    return "zh" if letters and len(_NOT_CJK.sub("", text)) * 10 >= letters else "en"


_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    _WORD.findall(
        "the and to of with for from by that which this these are were when where what how has have not can than into "
        "between it its or each is who whose their they after before some any all more most without through during "
        "about over under against because if then such only other very many much same first while up out but does you "
        "your we our he she his her them will would should may must could there here those been being had did both"
    )
)
"""Small words of English; what is one in another language as well is in neither list."""
_OTHERS = frozenset(
    _WORD.findall(
        "der die das den dem des ein eine einen einem einer und oder ist sind nicht mit von zu zum zur auf im beim aus "
        "nach bei wird werden sich als wenn weil dass le la les un une et ou est du de au aux dans pour par sur que "
        "qui avec el los las una es con para por del al il gli di che della nel um uma os em het een van niet"
    )
)


def known_language(text: str) -> str:
    """The language of a text where it is evidently Chinese or English; nothing for another, or for a few words that may
    be of any."""
    if language(text) == "zh":
        return "" if len(_KANA.findall(text)) * 4 >= len(_NOT_CJK.sub("", text)) else "zh"
    words = _WORD.findall(text.lower())
    others = sum(word in _OTHERS or (len(word) > 1 and not word.isascii()) for word in words)
    return "en" if sum(word in _ENGLISH for word in words) > others else ""


def width(text: str) -> int:
    """Columns that a clean text takes on a terminal: a Chinese letter takes two."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def one_line(text: str) -> str:
    """A text on one line: the items of a list, without their marks, and labelled lines set apart by semicolons; numbers
    stay."""
    if len(_PLUS.findall(text)) > 1:
        text = _PLUS.sub("- ", text)
    if not _LIST_MARK.match(text) and "\n" not in text:
        return " ".join(text.split())
    line, wide = "", has_wide(text)
    for raw in text.splitlines():
        if not (piece := " ".join(raw.split())):
            continue
        item = _LIST_MARK.match(piece) or _LIST_NUMBER.match(piece) or LABELLED.match(piece)
        piece = _LIST_MARK.sub("", piece)
        if line and item and line[-1] not in _ENDS:
            line += "；" if wide else ";"
        line += f" {piece}" if line and not has_wide(line[-1]) else piece
    return line


def definition(text: str) -> str:
    """A definition without the verb that tied it to its term, as in "Osmosis is the movement of water"."""
    return _COPULA.sub("", text)


def shortened(text: str, letters: int) -> str:
    """A text on one line, of so many letters at most; one that is cut ends in "…"."""
    line = one_line(text)
    return line if len(line) <= letters else line[: letters - 1].rstrip() + "…"


def trail(names: Sequence[str], columns: int) -> str:
    """Names on one line, the outermost first, which give way where there is no room: "… › Irregular verbs"."""
    line = " › ".join(names)
    for first in range(1, len(names)):
        if width(line) <= columns:
            break
        line = " › ".join(("…", *names[first:]))
    return line


def padded(text: str, columns: int) -> str:
    """A text with spaces up to so many columns; a longer one as it is."""
    return text + " " * (columns - width(text))


def has_wide(text: str) -> bool:
    """Whether there is Chinese in it, or anything else that is written without spaces."""
    return not text.isascii() and _wide().search(text) is not None


def broken(text: str, columns: int, used: int = 0, measure: Callable[[str], int] = width) -> list[str]:
    """One line in pieces that each fit into so many columns, white space at their ends aside. Chinese is broken between
    any two letters, but no mark is parted from its letter. In the first line some columns are used already."""
    pieces, left = [""], columns - used
    for atom in filter(None, _atom().findall(text)):
        if measure(atom.rstrip()) > left and (pieces[-1] or used):
            pieces.append("")
            left, used = columns, 0
        if measure(atom.rstrip()) <= left:
            pieces[-1] += atom
            left -= measure(atom)
            continue
        for letter in atom:  # it fits into no line
            if not letter.isspace() and measure(letter) > left and pieces[-1]:
                pieces.append("")
                left = columns
            pieces[-1] += letter
            left -= measure(letter)
    return pieces
