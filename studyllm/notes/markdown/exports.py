"""What apps leave in the notes that they export, taken out with every line where it was: ids, fonts, stamps, footers,
and HTML where Markdown says the same."""

import csv
import re
from collections.abc import Callable, Iterable
from functools import partial

from studyllm.notes.markdown.fences import outside_code

_HTML = re.compile(r"<(?:font|span|a|b|strong|h[1-6]|li|[uo]l|d[dlt]|aside)\b", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{:(?:[ \t]+[\w-]+=\"[^\"\n]*\")+[ \t]*\}")
"""SiYuan's ids of blocks: `{: id="2021…" updated="2021…"}`."""
_ROLE = re.compile(r"[ \t]*\{:(?:[ \t]*[.#][\w-]+)+[ \t]*\}[ \t]*$")
"""The look of a paragraph in Jekyll: `{: .notice}`."""
_LOOK = re.compile(r"</?(?:font|span)(?:\s[^<>\n]*)?>|<a\s+(?:name|id)=[^<>\n]*>(?:</a>)?", re.IGNORECASE)
_BOLD = re.compile(r"<(b|strong)>([^<>*\n]+)</\1>", re.IGNORECASE)
_HEADING = re.compile(r"[ \t]*<h([1-6])(?:\s[^<>\n]*)?>(.+)</h\1>[ \t]*", re.IGNORECASE)
_ITEM = re.compile(r"([ \t]*)<li(?:\s[^<>\n]*)?>(.+)", re.IGNORECASE)
_NAMED = re.compile(
    r"[ \t]*<dt(?:\s[^<>\n]*)?>(.+?)(?:(?:</dt>[ \t]*)?(?:<dd(?:\s[^<>\n]*)?>(.*?))?(?:</dd>)?(?:</dt>)?)?[ \t]*",
    re.IGNORECASE,
)
_MEANT = re.compile(r"[ \t]*<dd(?:\s[^<>\n]*)?>(.+?)(?:</dd>)?[ \t]*", re.IGNORECASE)
"""A term of a list of definitions, and what it means."""
_LIST = re.compile(r"[ \t]*</?(?:[uo]l|d[dl]|aside)(?:\s[^<>\n]*)?>[ \t]*", re.IGNORECASE)
_SIGN = re.compile(r"&(nbsp|ensp|emsp|ndash|mdash|rarr);", re.IGNORECASE)
_SIGNS = {"nbsp": " ", "ensp": " ", "emsp": " ", "ndash": "–", "mdash": "—", "rarr": "→"}
_EDITED = re.compile(
    r"^[ \t]*(?:(?:最后|上次)?(?:编辑|修改|更新)|创建)(?:时间|日期|于)?[ \t]*[:：][ \t]*\d{4}\D.*$"
    r"|^[ \t]*(?:created|last (?:edited|updated|modified)|updated)(?: (?:time|at|on|date))?[ \t]*:[ \t].*\d{4}\b.*$"
    r"|^>[ \t]*(?:更新|原文)[ \t]*[:：][ \t]*(?:\d{4}-\d\d-\d\d[\d :]*|<?https?:\S+)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""When Notion, Yuque and others say that a page was made or changed, and where it stood."""
_PAGE = re.compile(
    r"\A\s*# (?P<name>[^\n]*)\n[ \t]*\n?(?P<properties>(?:[^\W\d_][^\n:：]{0,29}[:：](?:[ \t][^\n]*)?\n)+)(?=[ \t]*\n)"
)
"""The name of a page in Notion, and its properties right below it."""
_SHORT_VALUE = re.compile(r"^[^\n:：]{1,30}[:：](?:[ \t][^\n.。]{0,40})?$", re.MULTILINE)
"""A property; what says more than one does stays."""
_KNOWN_VALUE = re.compile(
    r"^(?:tags?|status|type|course|class|reviewed|priority|date|week|subject|url|author|materials?|lecture"
    r"|标签|状态|类型|课程|日期|优先级|作者|分类)[:：](?:[ \t][^\n]{0,80})?$",
    re.MULTILINE | re.IGNORECASE,
)
"""A property that pages have whose name says nothing of an id."""
_ID = re.compile(r" [0-9a-f]{32}[ \t]*$")
_PAGE_ID = re.compile(r"^(#{1,6}[ \t].*\S)[ \t]+[0-9a-f]{32}[ \t]*$", re.MULTILINE)
"""The id that Notion writes behind the name of a page."""
_FOOTER = re.compile(r"\nid: [0-9a-f]{32}\n(?:[a-z_]+:.*\n)*type_: \d+\s*\Z")
"""What Joplin keeps of a note at its end."""
_STAMPED = re.compile(r"^#{1,6}[ \t]+\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[ \t]*$", re.MULTILINE)
"""The second in which a memo was written, as its heading: what stands between two of them belongs together."""
_FIELDS = re.compile(
    r"#(?:separator|html|deck|notetype|columns|tags|guid column|deck column|notetype column|tags column):(\d+)?"
)
_OPENED = re.compile(
    r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z][a-z]+ \d{1,2}, \d{4}[ \t]*\n\s*\d{1,2}:\d\d [AP]M[ \t]*$",
    re.MULTILINE,
)
"""When a page of OneNote was begun."""
_BULLETS, _DEPTHS = re.compile(r"^([•o▪])\t(?=\S)", re.MULTILINE), {"•": "", "o": "  ", "▪": "    "}
"""Bullets as a page of OneNote or Word is pasted, by how deep they stand."""
_ESCAPED = re.compile(r"(?<=[ \t])\\(=|-{1,2})(?=[ \t])")
"""Signs that a converter wrote as signs."""
_REPRINT = re.compile(
    r"^[ \t>]*(?:转载请注明(?:出处|来源|作者)|版权声明[:：]|[本原]文(?:链接|地址)[:：]|[上下]一篇[:：][ \t]*\[).*$",
    re.MULTILINE,
)
"""What a blog writes below its posts."""
_CARD = re.compile(r"\[\[card\]\](?=[ \t]*$)", re.MULTILINE | re.IGNORECASE)
"""Logseq's mark of a card as a link."""
_RUBY = re.compile(r"<ruby>((?:[^<>]|</?(?:rb|rt|rp)>){1,120})</ruby>", re.IGNORECASE)
"""A word with its reading above it, whole or letter by letter."""
_RUBY_READING, _RUBY_SIGN = re.compile(r"<rt>([^<>]*)</rt>"), re.compile(r"<rp>[^<>]*</rp>|</?rb>")
_TIP = re.compile(r"^\?>[ \t]*([^\n<]{2,120}?)[ \t]*\n<br */?>[ \t]*(?=\S)", re.MULTILINE)
"""A box of docsify with a title, and what follows on the next line."""
_MESSAGE = re.compile(
    r"^[\u200e\u200f]?(?:\[\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]\.?M\.?)?\]"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]\.?M\.?)? -) ([^:\n]{1,30}): ",
    re.MULTILINE | re.IGNORECASE,
)
"""When and by whom a message was sent, as WhatsApp writes it before each."""
_MESSAGES, _HEARD_FEWEST, _BEGUN = 3, 2, 5
"""Messages and lines with a minute from which on those are taken out, and the minute before which the first one is."""
_NO_TEXT = re.compile(r"<[^<>\n]{4,40}>|(?:image|video|audio|sticker|document|GIF) omitted", re.IGNORECASE)
"""What stands for a picture that was sent."""
_BLOCK = re.compile(r"#{1,6} |\||>|```|---$")
"""What is no text of a message, but a heading, a table, a quote or code that was sent."""
_HEARD = re.compile(
    r"^([ \t]*(?:[-*+][ \t]+)?)\[(?P<minute>[\d?]{1,3}):[\d?]{2}(?::\d\d)?\][ \t]*(?=\S)", re.MULTILINE
)
"""The minute of a recording, before what was said in it."""
_ASKED = re.compile(
    r"^Q[.．]?[ \t]?(?=[^\s.:：A-Za-z])(.+)\nA[.．]?[ \t]?(?=[^\s.:：])(?=[^A-Za-z]|[A-Z0-9])", re.MULTILINE
)
"""A question and its answer below it after a bare letter, in letters of another script."""
_CONTENTS = re.compile(
    r"[ \t]*(?:@?\[toc(?:[ \t:,=\w-]*)\](?:\([^()\n]{0,40}\))?|\[\[_?toc_?\]\]|\{\{_?toc_?\}\}|\$\{toc\}"
    r"|\{:?[ \t]*:?toc[ \t]*\})[ \t]*",
    re.IGNORECASE,
)
"""Where Typora, GitLab, CSDN, Jekyll and others put the table of contents."""
_OVER_CONTENTS = re.compile(
    r"^[ \t]*(?:[-*+]|1\.)[ \t]+[^\s:：]{1,24}(?: [^\s:：]{1,24}){0,3}[ \t]*\n(?=[ \t]*\{:[ \t]*toc[ \t]*\})",
    re.MULTILINE | re.IGNORECASE,
)
"""The item that Jekyll wants before that."""
_DONE = re.compile(r"[ \t]*(?:✅|📅|➕|⏳|🛫)\s*\d{4}-\d\d-\d\d")


def _read_beside(word: re.Match[str]) -> str:
    """A word with its reading in brackets behind it."""
    bare = _RUBY_SIGN.sub("", word[1])
    return f"{_RUBY_READING.sub('', bare)}（{''.join(_RUBY_READING.findall(bare))}）"


_SIGNED = (
    (("\\",), _ESCAPED, r"\1"),
    (("[[",), _CARD, "#card"),
    (("<ruby",), _RUBY, _read_beside),
    (("#",), _PAGE_ID, r"\1"),
    (("#",), _STAMPED, "***"),
    (("转载请注明", "版权声明", "文链接", "文地址", "一篇"), _REPRINT, ""),
)
"""What is taken out of lines outside code, with signs of which each has one."""


def without_traces(text: str) -> str:
    """The text without what apps wrote for themselves."""
    page = _PAGE.match(text)
    if page and (_ID.search(page["name"]) or _EDITED.search(page["properties"])):
        known = _SHORT_VALUE if _ID.search(page["name"]) else _KNOWN_VALUE
        told = known.sub("", page["properties"])
        text = text[: page.start("properties")] + told + text[page.end("properties") :]
    text = _EDITED.sub("", text)
    if "\nid: " in text:
        text = _FOOTER.sub(lambda found: _blank(found[0]), text)
    if text.startswith("#separator:"):
        text = _without_head(text)
    if _OPENED.search(text):
        text = _OPENED.sub(lambda found: _blank(found[0]), text)
    if "•\t" in text and "\no\t" in text:
        text = _BULLETS.sub(lambda found: f"{_DEPTHS[found[1]]}- ", text)
    text = _without_senders(_without_contents(text))
    if "?>" in text and "```" not in text:
        text = _TIP.sub(r"> [!question] \1\n> ", text)
    for signs, pattern, by in _SIGNED:
        if _any(text, signs) and pattern.search(text):
            text = outside_code(text, partial(_in_words, pattern, by))
    if _any(text, "✅📅➕⏳🛫"):
        text = _DONE.sub("", text)
    if "&" in text:
        text = outside_code(text, partial(_in_words, _SIGN, lambda found: _SIGNS[found[1].lower()]))
    if "{:" in text or _HTML.search(text):
        text = outside_code(text, _as_markdown)
    return text


def _without_contents(text: str) -> str:
    """The text without the place of a table of contents."""
    if "toc" not in text.casefold():
        return text
    text = _OVER_CONTENTS.sub("\n", text)
    return outside_code(text, lambda line: "" if _CONTENTS.fullmatch(line) else line)


def _without_senders(text: str) -> str:
    """The messages of a chat that one person wrote; and with colons behind Q and A that lack them."""
    sent = _MESSAGE.findall(text)
    if len(sent) >= _MESSAGES and len(set(sent)) == 1:
        text = outside_code(text, _as_item)
    heard = [int(one["minute"]) for one in _HEARD.finditer(text) if one["minute"].isdecimal()]
    if len(heard) >= _HEARD_FEWEST and heard[0] < _BEGUN and heard == sorted(heard):
        text = outside_code(text, lambda line: _HEARD.sub(r"\1", line))
    return _ASKED.sub(r"Q: \1\nA: ", text) if "\nA" in text and len(_ASKED.findall(text)) > 1 else text


def _as_item(line: str) -> str:
    """A message as an item of a list; what stands in lines of its own below it is part of it."""
    message = _MESSAGE.match(line)
    said = line[message.end() :] if message else line
    if not said.strip() or _NO_TEXT.fullmatch(said.strip()):
        return ""
    return said if _BLOCK.match(said) else f"{'- ' if message else '  '}{said}"


def _any(text: str, signs: Iterable[str]) -> bool:
    return any(sign in text for sign in signs)


def _in_words(pattern: re.Pattern[str], by: str | Callable[[re.Match[str]], str], line: str) -> str:
    """A line with something replaced, unless it has code or a formula in it."""
    return line if "`" in line or "$" in line else pattern.sub(by, line)


def _blank(text: str) -> str:
    """As many lines, with nothing in them."""
    return "\n" * text.count("\n")


def _without_head(text: str) -> str:
    """Notes of Anki, a line of fields each, as fronts and backs, without their tags, ids and decks and without the
    lines that say so."""
    lines, beside = text.split("\n"), {0}
    for at, line in enumerate(lines):
        if found := _FIELDS.match(line):
            beside.add(int(found[1] or 0))
            lines[at] = ""
        elif "\t" in line and "::" not in line:
            parts = next(csv.reader([line], delimiter="\t"))
            front, *backs = [part for number, part in enumerate(parts, 1) if number not in beside] or [""]
            lines[at] = f"{front} :: {'<br>'.join(filter(None, backs))}" if front and any(backs) else line
    return "\n".join(lines)


def _as_markdown(line: str) -> str:
    """A line without ids and fonts, its HTML as Markdown."""
    if "{:" in line:
        line = _ROLE.sub("", _ATTRIBUTES.sub("", line))
    if "<" not in line or "`" in line or "$" in line:
        return line
    line = _BOLD.sub(lambda found: f"**{found[2].strip()}**" if found[2].strip() else "", _LOOK.sub("", line))
    if heading := _HEADING.fullmatch(line):
        return f"{'#' * int(heading[1])} {heading[2].strip()}"
    if item := _ITEM.fullmatch(line):
        return f"{item[1]}- {item[2].strip().removesuffix('</li>').strip()}"
    if named := _NAMED.fullmatch(line):
        return f"- **{named[1].strip('* ')}**: {named[2] or ''}"
    if meant := _MEANT.fullmatch(line):
        return f"  {meant[1].strip()}"
    return "" if _LIST.fullmatch(line) else line
