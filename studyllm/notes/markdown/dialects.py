"""What other programs write into Markdown, as Markdown, with every line where it was.

Admonitions (MkDocs, Docusaurus, Obsidian's `ad-` fences) become callouts; properties, clock drawers, shortcodes,
comments, days of changes, options that are not the answer, lines of what is still to do and the marks of a merge
conflict become empty lines.
"""

import re
from functools import partial

from studyllm.i18n import N_
from studyllm.notes.markdown.bulleted_headings import with_headings
from studyllm.notes.markdown.bullets import with_bullets
from studyllm.notes.markdown.decoration import undecorated
from studyllm.notes.markdown.exam_marks import as_usual
from studyllm.notes.markdown.exports import without_traces
from studyllm.notes.markdown.fences import FENCE, outside_code
from studyllm.notes.markdown.flashcard_apps import as_cards
from studyllm.notes.markdown.japanese_words import with_readings
from studyllm.notes.markdown.labelled_pairs import without_labels
from studyllm.notes.markdown.note_tags import without_first_tags
from studyllm.notes.markdown.options import answered
from studyllm.notes.markdown.outlines import as_lists, by_depth
from studyllm.notes.markdown.own_signs import with_colons
from studyllm.notes.markdown.pages import without_pages
from studyllm.notes.markdown.table_lines import mend_tables
from studyllm.notes.markdown.typed_titles import with_titles
from studyllm.notes.words.environments import LAWS, NUMBERED_LAW

CONFLICT = N_("a merge conflict: one side was read; put the note in order")
_ADMONITION = re.compile(
    r"(\s*)(?:!!!|\?\?\?|===(?=[+!-]? \"))[+!-]?\s+([\w-]+|(?=\"))(?:\s+[a-z-]+)*?"
    r"\s*(?:\"([^\"]*)\"|((?<= )(?=.*[\u4e00-\u9fffA-Z])[^\"]{1,80}?))?\s*$"
)
_FENCED = re.compile(
    r"(\s*):{3,}\s*\{?\.?([\w-]+)(?:(?: +\.[\w-]+| +[\w-]+=\"[^\"]*\")*\})?"
    r"\s*(?:\[([^\]]*)\]|\{?(?:title=)?\"?([^\"{}]*?)\"?\}?)\s*$"
)
_FENCE_END = re.compile(r"\s*:{3,}\s*$")
_AD = re.compile(r"(\s*)(`{3,}|~{3,})\s*\{?ad-([\w-]+)\}?\s*$")
_DIRECTIVE = re.compile(
    r"(\s*)(`{3,}|~{3,})\s*\{(admonition|note|important|tip|hint|attention|seealso|margin|sidebar|dropdown|glossary|"
    r"definition|theorem|prf:[a-z]+|proof:[a-z]+|callout[\w-]*)\}[ \t]*(.*?)[ \t]*$"
)
"""A directive of MyST: a fence of which the text is Markdown."""
_OPTION = re.compile(r"\s*:[\w-]+:.*$")
_AD_TITLE = re.compile(r"\s*title:\s*(.*)$")
_AD_SETTING = re.compile(r"\s*(?:collapse|icon|color):\s*.*$")
_OF_CONTAINERS = ("::", "!!!", '=== "', "???", "ad-", "`{", "~{", ":LOGBOOK:")
"""One of these stands in a text that has a container or a property."""
_LINKS = r"\[\[[^\[\]]*\]\](?:[,，;、 \t]+\[\[[^\[\]]*\]\])*"
_PROPERTY = re.compile(
    r"\s*(?:>[ \t]?)*(?:[-*+]\s+)?(?:(?:id|collapsed|card-[\w-]+|heading|background-color|created-at|updated-at|public"
    r"|icon|title|alias|tags|deck|type|parents?|summary|status|up|related|source|exclude-from-graph-view|filters|template|ls-type|hl-[\w-]+"
    rf"|query-[\w-]+|logseq\.[\w.-]+)::(?:\s.*)?|[^\W\d_][\w-]{{0,20}}::(?:[ \t]+(?:{_LINKS})?)?)$",
    re.IGNORECASE,
)
"""A property of a block or a page, or a field that is empty or only leads to other notes."""
_BULLET, _COUNT = re.compile(r"(\s*[-*+]\s)(?!\s)"), re.compile(r"\A\d{1,3}[.)]\s+(?=\S)")
_SHORTCODE = re.compile(r"\{\{[<%][^{}]*[>%]\}\}")
_CLOZE = re.compile(r"\{\{(?:cloze|(c\d{1,2}))[ \t]+(?=\w)")
"""Logseq's cloze; all of a line that have no number are hidden together."""
_COMMENT = re.compile(r"%%[^%\n]*%%")
_NAMED_BOX = re.compile(r"^([ \t]*>[ \t]?)\[!([^\]\n|]*[^\W_][ ][^\]\n|]*)\][+-]?[ \t]*$", re.MULTILINE)
"""A callout whose kind is a name of its own: `[!Write-ahead log]`."""
_ITALIC_LAST = re.compile(r"(?<!\*)\*\*(?!\*)([^*\n]*)\*([^*\n]+)\*\*\*(?!\*)")
"""Bold that ends in italics: `**Name the toxins of *S. aureus***`."""
_TODO = re.compile(r"^[ \t]*(?:TODO|FIXME)(?:[:：][ \t]*|[ \t]+(?![-–—=→:]))\S.*$")
"""What the author still means to do, on a line of its own."""
_TAG = re.compile(
    r"(?<=\s)#(?!card\b|flashcards?\b|anki\b)[A-Za-z\u4e00-\u9fff][\w/\u4e00-\u9fff-]*[ \t]*$", re.MULTILINE
)
_WRAPPER = re.compile(r"</?(?:div|center|section)\b[^<>]*>", re.IGNORECASE)
_GLUED = re.compile(r"^#{2,6}[^\s#!]", re.MULTILINE)
_GLUED_LINE = re.compile(r"^(#{2,6}|#(?=[^\s#!]+ [^#]*$))(?=[^\s#!])")
_PUSHED = re.compile(r"^(?:[\u200b\ufeff]|&(?:nbsp|e[mn]sp);)+[ \t]*", re.MULTILINE)
"""What moves a line to the right and is no indentation to Markdown."""
_FIRST_LETTER = re.compile(r"(?<![\w*])\*\*([A-Z])\*\*(?=[a-z]{2})")
"""A letter of a word in bold: **S**upraspinatus, to be kept in mind by its first letter."""
_MEANT = re.compile(r"^([ \t]*[-*+][ \t]+): (?=\S)")
"""What a term means, below it, as MDN writes it."""
_SMALL_ITEM = re.compile(r"^#{4,6}[ \t]+(?:[-*+]|[=-]{1,2}>|→)[ \t]+(?=\S)", re.MULTILINE)
"""An item of a list that was made a heading for its small letters."""

_COLON_DASH = re.compile(
    r"^( {0,3}|[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+)((?![|:])[^\s`$<][^`$<:：\n]{0,80}?)(?<!\w\))"
    r"[ \t]?:[-–—]{1,2}(?=[ \t]*$|[ \t]+\S)",
    re.MULTILINE,
)
"""What many set between a term and its meaning: Osmosis :- …"""


def _numbered(cloze: re.Match[str]) -> str:
    """The beginning of Logseq's cloze as Anki writes it."""
    return f"{{{{{cloze[1] or 'c1'}::"


def as_markdown(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The text as Markdown, line for line; and what is to be said of which line."""
    for marks, pattern, by in (
        ("\u200b\ufeff&", _PUSHED, ""),
        ("#", _SMALL_ITEM, "- "),
        (("**",), _FIRST_LETTER, r"\1"),
        ((":-", ":–"), _COLON_DASH, r"\1\2:"),
        (LAWS, NUMBERED_LAW, r"\1："),
    ):
        if any(mark in text for mark in marks) and pattern.search(text):
            text = outside_code(text, partial(pattern.sub, by))
    text = _without_signs(without_first_tags(with_readings(as_cards(text))))
    text = as_lists(by_depth(without_traces(without_pages(answered(text)))))
    text = with_colons(with_bullets(without_labels(text)))
    if " : " in text:
        text = outside_code(text, partial(_MEANT.sub, r"\1"))
    if "\n\\- " in text:
        text = text.replace("\n\\- ", "\n- ")
    if "\n##" in text or text.startswith("#"):
        text = _spaced(text)
    if "<div" in text or "<center" in text or "<section" in text:
        text = _unwrapped(text)
    lines = with_headings(with_titles(text.split("\n")))
    mend_tables(lines)
    told = _without_conflicts(lines) if "\n=======" in text else []
    if any(mark in text for mark in _OF_CONTAINERS):
        _containers(lines)
    text = "\n".join(lines)
    if "#" in text:
        text = _TAG.sub("", text)
    return text, told


def _without_signs(text: str) -> str:
    """The text without signs for other programs and for its author, those of questions and clozes as Markdown's."""
    if "%%" in text:
        text = _COMMENT.sub("", text)
    if "{{" in text:
        text = _SHORTCODE.sub("", text)
        text = outside_code(text, partial(_CLOZE.sub, _numbered)) if "{{c" in text else text
    text = undecorated(as_usual(text))
    if "> [!" in text:
        text = _NAMED_BOX.sub(r"\1[!definition] \2", text)
    if "***" in text:
        text = outside_code(
            text, lambda line: line if "`" in line or "$" in line else _ITALIC_LAST.sub(r"**\1\2**", line)
        )
    if "TODO" in text or "FIXME" in text:
        text = outside_code(text, partial(_TODO.sub, ""))
    return text


def _unwrapped(text: str) -> str:
    """The text without wrappers that only place it, outside code."""
    return outside_code(text, lambda line: _WRAPPER.sub("", line) if "<" in line else line)


def _spaced(text: str) -> str:
    """The text, headings without a room after their signs with one; a single sign only among others like it."""
    if not _GLUED.search(text):
        return text
    return outside_code(text, lambda line: _GLUED_LINE.sub(r"\1 ", line))


def _without_conflicts(lines: list[str]) -> list[tuple[int, str]]:
    """Empty the marks of merge conflicts, and the other side."""
    told, theirs, inside = [], False, False
    for at, line in enumerate(lines):
        if line.startswith("<<<<<<< "):
            inside = True
            told.append((at + 1, CONFLICT))
            lines[at] = ""
        elif inside and line.startswith("======="):
            theirs, lines[at] = True, ""
        elif inside and line.startswith(">>>>>>> "):
            inside = theirs = False
            lines[at] = ""
        elif theirs:
            lines[at] = ""
    return told


def _containers(lines: list[str]) -> None:
    """Turn containers into callouts, and empty what is meant for another program."""
    at, code = 0, ""
    while at < len(lines):
        line = lines[at]
        fence = FENCE.match(line)
        ad = _AD.match(line) if not code else None
        if ad:
            at = _quoted(lines, at, ad.group(1), ad.group(3), "", end=ad.group(2))
            continue
        if not code and (found := _DIRECTIVE.match(line)):
            at = _directive(lines, at, found)
            continue
        if fence and (not code or fence.group(1).startswith(code)):
            code = "" if code else fence.group(1)
        elif code:
            pass
        elif found := _ADMONITION.match(line):
            at = _indented(
                lines, at, found.group(1), found.group(2) or "tab", found.group(3) or found.group(4) or ""
            )
            continue
        elif (found := _FENCED.match(line)) and _closed(lines, at):
            at = _quoted(
                lines, at, found.group(1), found.group(2), found.group(3) or found.group(4) or "", end=":::"
            )
            continue
        elif line.strip() == ":LOGBOOK:":
            while at < len(lines) and lines[at].strip() != ":END:":
                lines[at] = ""
                at += 1
            if at < len(lines):
                lines[at] = ""
        elif "::" in line and _PROPERTY.match(line):
            _no_property(lines, at)
        at += 1


def _no_property(lines: list[str], at: int) -> None:
    """Empties a property; where a block begins with it, its bullet stands before the text: `- id:: 1`, `  6. text`."""
    bullet = _BULLET.match(lines[at])
    inner = f"{bullet[1][:-2]}  " if bullet else ""
    lines[at] = ""
    if bullet is None:
        return
    at += 1
    while at < len(lines) and lines[at].startswith(inner) and _PROPERTY.match(lines[at]):
        lines[at] = ""
        at += 1
    text, below = (
        line.removeprefix(inner) if line.startswith(inner) else ""
        for line in (*lines[at : at + 2], "", "")[:2]
    )
    if not _COUNT.match(below):  # a number alone begins no list
        text = _COUNT.sub("", text, count=1)
    if text[:1].strip():
        lines[at] = bullet[1] + text


def _directive(lines: list[str], at: int, found: re.Match[str]) -> int:
    """A directive with a title as a callout; without one its text stands as it is. The line after it."""
    indent, fence, kind, title = found.groups()
    if title:
        return _quoted(lines, at, indent, kind.rpartition(":")[2], title, end=fence)
    lines[at] = ""
    at += 1
    while at < len(lines) and lines[at].strip() != fence:
        if _OPTION.match(lines[at]):
            lines[at] = ""
        at += 1
    if at < len(lines):
        lines[at] = ""
    return at + 1


def _closed(lines: list[str], at: int) -> bool:
    return any(_FENCE_END.match(line) for line in lines[at + 1 : at + 200])


def _quoted(lines: list[str], at: int, indent: str, kind: str, title: str, *, end: str) -> int:
    """A fenced container as a callout; the line after it."""
    first = at
    at += 1
    depth = 1
    while at < len(lines):
        line = lines[at].strip()
        if end == ":::":
            depth += bool(_FENCED.match(lines[at]) and not _FENCE_END.match(lines[at])) - bool(
                _FENCE_END.match(lines[at])
            )
        if (end == ":::" and depth == 0) or (end != ":::" and line == end):
            break
        named = _AD_TITLE.match(lines[at]) if end != ":::" and not title else None
        if named:
            title = named.group(1)
            lines[at] = f"{indent}>"
        elif (end != ":::" and _AD_SETTING.match(lines[at])) or (
            end == ":::" and (_FENCED.match(lines[at]) or _FENCE_END.match(lines[at]))
        ):
            lines[at] = f"{indent}>"
        else:
            lines[at] = (
                f"{indent}> {lines[at].strip() if lines[at].startswith(indent) is False else lines[at][len(indent) :]}"
            )
        at += 1
    lines[first] = f"{indent}> [!{kind}] {title}"
    if at < len(lines):
        lines[at] = ""
    return at + 1


def _indented(lines: list[str], at: int, indent: str, kind: str, title: str) -> int:
    """An admonition with an indented body as a callout; the line after it."""
    first = at
    lines[at] = f"{indent}> [!{kind}] {title}"
    at += 1
    inner = indent + "    "
    if at < len(lines) and lines[at].startswith(inner) and not lines[at].strip(" -"):
        lines[at] = inner  # a rule, which would make a heading of the title
    while at < len(lines):
        line = lines[at]
        if line.startswith(inner):
            lines[at] = f"{indent}> {line[len(inner) :]}"
        elif line.startswith(indent + "\t"):
            lines[at] = f"{indent}> {line[len(indent) + 1 :]}"
        elif not line.strip() and any(
            lines[later].startswith((inner, indent + "\t"))
            for later in range(at + 1, min(at + 2, len(lines)))
        ):
            lines[at] = f"{indent}>"
        else:
            break
        at += 1
    if at == first + 1:
        lines[first] = ""  # it has no body
    return at
