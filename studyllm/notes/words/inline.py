"""Inline Markdown to plain text, tolerant where CommonMark is not; code spans and formulas stay as they are."""

import html
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from studyllm.text import CJK, clean

_SPECIAL = re.compile(r"[*_`\[\]<>&\\{}$=!~^#]")
VERBATIM = re.compile(
    r"(?<!`)`[^`\n]+`(?!`)|(?<!`)``[^`\n]+(?:`[^`\n]+)*``(?!`)"
    r"|(?<![\\$])\$\$[^$]+\$\$|(?<![\\$])\$(?!\s)[^$\n]*[^$\s\\]\$(?!\d)"
    r"|\\\([^\\]*(?:\\[^()][^\\]*)*\\\)|\\\[[^\\]*(?:\\[^\[\]][^\\]*)*\\\]"
)
_TAGS = (
    "a|abbr|address|article|aside|b|big|blockquote|body|button|center|cite|code|col|colgroup|dd|del|"
    "details|dfn|div|dl|dt|em"
    "|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|"
    "link|main|mark|meta|nav"
    "|ol|p|picture|pre|q|rp|rt|ruby|s|samp|script|section|small|source|span|strike|strong|style|sub|"
    "summary|sup|svg|table"
    "|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video|wbr"
)
_SHORT = 48
"""Letters of a line that is short, half as many of Chinese."""
_ENDED = re.compile(r"[。！？；!?;]$|[^\s.]{3}\.$")
_OPENS = re.compile(r"[①-⑳•·→]|[-–—*]{1,2} |(?![a-z])[^\s：:，。,.]{2,12}(?:：|:\s)")
_LEANS = re.compile(
    r"(?:[，、,（(=＝+/—–→-]|\b(?:and|or|of|in|the|an?|to|for|with|und|oder|de[rsmn]|die|das|von|et|de|la|y|el))$"
)
"""The end of a line that ends a sentence, how one begins that is of its own, and what a line does not end with that is
whole."""
TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
BOLD_IN = re.compile(r"(?:\*\*|__)([^*_\n]{2,40})(?:\*\*|__)")
"""A name set off in bold."""
BREAK = re.compile(r"<br\s*/?>\n?", re.IGNORECASE)
_BOLD_TAG = re.compile(r"</?(?:b|strong)>|<mark(?:\s[^<>\n]{0,200})?>|</mark>", re.IGNORECASE)
_SUPER = re.compile(r"<sup>([0-9+\-n]{1,8})</sup>", re.IGNORECASE)
_SUB = re.compile(r"<sub>([0-9+\-]{1,8})</sub>", re.IGNORECASE)
_TO_SUPER = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_TO_SUB = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_AUTOLINK = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]+)>")
IMAGE = re.compile(
    r"!\[[^\[\]]*\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+[\"'][^\"'\n]*[\"'])?\)|\[[^\[\]]*\])"
)
EMBED = re.compile(r"!\[\[[^\[\]]*\]\]")
WIKI = re.compile(r"\[\[(?:[^\[\]|]*\\?\|)?([^\[\]|]*)\]\]")
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*[^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+[\"'][^\"'\n]*[\"'])?\s*\)")
_REFERENCE = re.compile(r"(?<![\]A-Za-z0-9])\[([^\[\]\n]+)\]\[[^\[\]\n]*\]")
_SPAN = re.compile(r"\[([^\[\]\n]+)\]\{[^{}\n]*\}")
_HIDDEN = re.compile(r"\{\{c\d+::([^{}\n]*?)(?:::[^{}\n]*)?\}\}")
"""A part that a cloze hides, and its hint; on other cards it is shown."""
CLOZE = re.compile(
    r"\{\{(?! [^{}]*[(.])(?!(?:date(?:[:|][^{}]*)?|time:[^{}]*|(?<=[:#] \{\{)title)\}\})"
    r"(?:c\d+::|cloze[ \t]+)?((?:[^{}:]|:(?!:)|\{(?:[^{}]|\{[^{}]*\})*\})++)(?:::[^{}]*)?\}\}"
)
"""A hidden part: `{{c1::heart::organ}}`, `{{heart}}`, `{{cloze heart}}`; not what a template fills in: `{{date}}`."""
ATTRIBUTE = re.compile(r"\{(?:[:#.]|(?:width|height|style)=)[^{}\n]*\}|\{%[^%{}\n]*%\}|\{\{[<%]?[^{}\n]*\}\}")
FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_CITED = re.compile(r"(?<=[.。,，)）”\"])(?:\[\d{1,3}\])+(?![(\[:])")
"""Where a text that was pasted from the web has its sources."""
_STARS = re.compile(r"\*{2,}")
_ITALIC = re.compile(r"(?<![A-Za-z0-9*\\])\*([^*\s\\](?:[^*\n]*[^*\s\\])?)\*(?![A-Za-z0-9*])")
_UNDERBOLD = re.compile(r"(?<![\w\\])__([^_\s](?:[^_\n]*[^_\s])?)__(?!\w)")
_UNDERLINE = re.compile(r"(?<![\w\\])_([^_\s](?:[^_\n]*[^_\s])?)_(?!\w)")
_STRIKE = re.compile(r"(?<![0-9A-Za-z~])~~(?![\s~])([^~\n]+)(?<!\s)~~(?![0-9A-Za-z~])")
_LIT = re.compile(r"(?<![A-Za-z0-9^])\^\^([^\^\s](?:[^\^\n]*[^\^\s])?)\^\^(?![A-Za-z0-9^])")
"""What Logseq marks."""
HIGHLIGHT = re.compile(r"==([^=\s](?:[^=\n]*[^=\s])?)==")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
BLOCK_ID = re.compile(r"[ \t]\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)
_SPACES = re.compile(r"[ \t]{2,}")
_LONE_LINK = re.compile(
    r"\s*\[[^\[\]]*\](?:\([^)]*\)|\[[^\[\]]*\])\s*|\s*<https?:[^<>\s]+>\s*|\s*https?://\S+\s*"
)
_WIDE = re.compile(f"[{CJK}\u3000-\u303f\uff00-\uffef“”‘’…]")


@lru_cache(maxsize=4096)
def plain(raw: str) -> str:
    """What a reader sees of inline source: no marks, links as their text, code spans and formulas intact."""
    if not _SPECIAL.search(raw):
        return raw.strip()
    raw = drop_comments(raw)
    if "`" not in raw and "$" not in raw and "\\" not in raw:
        return _unmark(raw).strip()
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found.group())
        return f"\ue000{len(held) - 1}\ue001"

    text = _unmark(VERBATIM.sub(hold, raw.replace("\ue000", "").replace("\ue001", "")))
    if held:
        text = re.sub("\ue000(\\d+)\ue001", lambda m: held[int(m.group(1))], text)
    return text.strip()


def drop_comments(raw: str) -> str:
    """The text without HTML comments."""
    start = raw.find("<!--")
    if start < 0:
        return raw
    kept, at = [], 0
    while start >= 0:
        end = raw.find("-->", start)
        if end < 0:
            break
        kept.append(raw[at:start])
        at = end + 3
        start = raw.find("<!--", at)
    kept.append(raw[at:])
    return "".join(kept)


def _unmark(text: str) -> str:
    if "\\*\\*" in text:
        text = text.replace("\\*\\*", "**")
    for sign, steps in _MARKS:
        if sign in text:
            for step in steps:
                text = step(text)
    return _SPACES.sub(" ", text)


def _dropped(pattern: re.Pattern[str], by: str = r"\1") -> Callable[[str], str]:
    return lambda text: pattern.sub(by, text)


def _without_struck(text: str) -> str:
    """A text without what was struck out of it; one that was struck out whole stays."""
    kept = _STRIKE.sub("", text)
    return kept if any(map(str.isalnum, kept)) else _STRIKE.sub(r"\1", text)


def _translated(pattern: re.Pattern[str], table: dict[int, int]) -> Callable[[str], str]:
    return lambda text: pattern.sub(lambda found: found.group(1).translate(table), text)


def _entities(text: str) -> str:
    return clean(html.unescape(text)).translate(_BLANKS)


_BLANKS = dict.fromkeys((0xA0, 0x2002, 0x2003), " ")


def _drop_stars(text: str) -> str:
    runs = len(_STARS.findall(text))

    def keep(found: re.Match[str]) -> str:
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        power = runs == 1 and before.isalnum() and after.isalnum()
        loose = (not before or before.isspace()) and (not after or after.isspace()) and runs % 2 == 1
        return found.group() if power or loose else ""

    return _STARS.sub(keep, text) if runs else text


_MARKS: tuple[tuple[str, tuple[Callable[[str], str], ...]], ...] = (
    (
        "[",
        (
            _dropped(IMAGE, ""),
            _dropped(EMBED, ""),
            _dropped(WIKI),
            _dropped(FOOTNOTE, ""),
            _dropped(_CITED, ""),
            _dropped(_LINK),
            _dropped(_REFERENCE),
            _dropped(_SPAN),
        ),
    ),
    ("{", (_dropped(_HIDDEN), _dropped(ATTRIBUTE, ""))),
    (
        "<",
        (
            _dropped(BREAK, "\n"),
            _dropped(_AUTOLINK),
            _translated(_SUPER, _TO_SUPER),
            _translated(_SUB, _TO_SUB),
            _dropped(TAG, ""),
        ),
    ),
    ("*", (_drop_stars, _dropped(_ITALIC))),
    ("_", (_dropped(_UNDERBOLD), _dropped(_UNDERLINE))),
    ("~~", (_without_struck,)),
    ("==", (_dropped(HIGHLIGHT),)),
    ("^", (_dropped(_LIT), _dropped(BLOCK_ID, ""))),
    ("\\", (_dropped(_ESCAPED),)),
    ("&", (_entities,)),
)
"""What is done to a text that has a sign, in this order."""


def bold_tags(raw: str) -> str:
    """HTML bold, and what is marked in colour, as Markdown bold, so that one rule reads them all."""
    return _BOLD_TAG.sub("**", raw).replace("****", "**") if "<" in raw else raw


def only_link(raw: str) -> bool:
    """Whether nothing but one link or address stands there."""
    return bool(_LONE_LINK.fullmatch(raw))


def wide(char: str) -> bool:
    """Whether a character is Chinese, Japanese or full-width punctuation."""
    return bool(char) and bool(_WIDE.match(char))


def prose(raw: str) -> str:
    """Inline source as text: soft-wrapped lines joined (Chinese without a space), hard breaks kept."""
    if "\n" not in raw:
        return plain(raw)
    together = _multiline(raw)
    whole = plain(raw) if together else raw
    step: Callable[[str], str] = str.strip if together else plain
    lines = []
    for line in whole.split("\n"):
        hard = line.endswith(("  ", "\\"))
        text = step(line.rstrip("\\") if hard else line)
        if text:
            lines.append((text, hard))
    if not lines:
        return ""
    formulas = together and ("$$" in raw or "\\(" in raw)
    anew = [False] * len(lines[1:]) if formulas else broken_by_hand([text for text, _ in lines])
    out, hard = lines[0]
    parts = [out]
    for (text, next_hard), begins in zip(lines[1:], anew, strict=True):
        last = parts[-1][-1]
        if hard or begins:
            parts.append("\n")
        elif not (
            (wide(last) and wide(text[0])) or last in "，。；：、！？" or text[0] in "，。；：、！？）"
        ):
            parts.append(" ")
        parts.append(text)
        hard = next_hard
    return "".join(parts)


def broken_by_hand(lines: Sequence[str]) -> tuple[bool, ...]:
    """For each line of a paragraph but the first whether its author began it on purpose, and not at the edge of a
    window: the one before ends a sentence or much before that edge, this one opens with a label or the mark of an item,
    or all lines are short, and not of one width."""
    widths = [len(one) for one in lines[:-1]]
    widest = max(map(len, lines))
    short = widest <= (_SHORT // 2 if wide(lines[0][-1:]) else _SHORT)
    uneven = len(widths) > 1 and 2 * max(widths) >= 3 * min(widths)
    return tuple(
        bool(_ENDED.search(before) or _OPENS.match(one))
        or (
            ((short and uneven) or (2 * len(before) < widest and wide(before[-1:]) and wide(one[:1])))
            and not _LEANS.search(before)
            and not one[:1].islower()
            and one[:1].isalnum()
        )
        for before, one in pairwise(lines)
    )


def _multiline(raw: str) -> bool:
    """Whether a mark may span lines, so that the paragraph must be read as a whole."""
    return "$$" in raw or "<!--" in raw or "](" in raw or "\\(" in raw or "[" in raw
