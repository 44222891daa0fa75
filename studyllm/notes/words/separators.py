"""The signs between a front and what is said of it: colons, dashes, arrows, equals signs."""

import re

_WIDE = "\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af"
"""Chinese, Japanese and Korean letters."""
_ELLIPSIS = r"(?:\.{3}|…)(?![^:：\n]{1,16}[:：]|[ \t][a-z' ]{1,24}[ \t][\u4e00-\u9fff])"
"""Dots between two things; those of a phrase with a gap (take … for granted 认为……) are none."""
DASH = re.compile(
    r"[ \t\u3000]+[-–—]{1,3}(?:[ \t\u3000]+|(?=[\u4e00-\u9fff]))|"
    r"[ \t\u3000]*(?:——|—|-{3,})(?![>-])[ \t\u3000]*|[ \t\u3000]*＝[ \t\u3000]*(?=[^=＝]*$)"
    rf"|[ \t\u3000]+(?:-{{1,2}}>|={{1,2}}>|=|→|⇒|⟶|・{{3}}|{_ELLIPSIS})[ \t\u3000]+"
)
"""The sign behind a front that is set off by itself."""
_SIGN = re.compile(
    r"[（(]|[)）]|：|:(?=[\s\u4e00-\u9fff]|\*\*|==|$)|(?<=[\u4e00-\u9fff]):(?=\S)"
    r"|(?:[ \t]|(?<=[*_)）]))[-–—]{1,2}[ \t]|(?:[ \t]|(?<=）))=[ \t]|——(?!>)|(?<=[^\W\d_])[ \t]~[ \t](?![A-Z]\()"
    rf"|(?:(?<=[{_WIDE}）])|(?<=[^\W\d_]{{3}}\)))=[ \t]|[ \t]=(?=[{_WIDE}])|[ \t]*＝[ \t]*"
    rf"|(?:(?<=[{_WIDE}）])|(?<=[^\W\d])(?=[=][{_WIDE}]))=(?=[^\s=][^=；;，]*(?:[；;，]|$))"
    rf"|(?<=[{_WIDE}])—(?=《)|(?<=[{_WIDE}])とは、(?=\S{{4}})|(?<=[\uac00-\ud7af])이?란[ \t](?=\S)"
    r"|(?<=\w)-{3,}(?=\w)|(?<=[\u4e00-\u9fff>])--(?=[\u4e00-\u9fff<])(?![^\n]*[：:])|`|\$"
    r"|(?<=[a-z]{2})-[ \t](?!(?:and|or|to|und|u\.|oder|o\.|bzw|et|y|e)(?!\w))(?=[A-Za-z])"
    r"|(?:(?<=^[A-Z]{2})|(?<=^[A-Z]{3})|(?<=^[A-Z]{4}))-[ \t](?=[A-Z])(?![^\n]{0,40}(?:[:：]|[ \t]=))"
    rf"|[。；\n\]\[]|\s(?:→|⇒|-{{1,2}}>|={{1,2}}>|・{{3}}|{_ELLIPSIS})\s"
    rf"|(?:(?<=[{_WIDE}）])|(?<=[\u4e00-\u9fff\d]\))|(?<=[{_WIDE}][A-Z\d]{{2}})|(?<=[{_WIDE}][A-Z\d]{{3}})"
    r")(?:→|⇒|-{1,2}>|={1,2}>)(?=\S)|(?<=[a-z])(?:→|⇒|-{1,2}>)(?=\s)"
)
_BRACKETED = re.compile(r"[^\[\]\n]{0,60}\](?![(\[])")
"""What stands in brackets that are no link: the options of a command."""
_RANGED = re.compile(r"[*_]{0,2}[\d:.,]+ ?[^\W\d]{0,5}[%°]?\s*[-–—]{1,2}\s*")
_RANGE_ENDS = re.compile(r"\d[^\n：]{0,15}?[：:](?!\d)")
"""A range before what it means: 5:00 Uhr – 11:00 Uhr: Guten Morgen."""


def separator(text: str) -> re.Match[str] | None:
    """The first colon, dash or arrow outside brackets, code, formulas and wiki links, within a line and a sentence."""
    depth = at = 0
    while found := _SIGN.search(text, at, 110):
        sign, at = found.group(), found.end()
        if sign in "（(":
            depth += 1
        elif sign in "）)":
            depth = max(0, depth - 1)
        elif sign in "`$" or (sign == "[" and text.startswith("[[", found.start())):
            closing = "]]" if sign == "[" else sign
            end = text.find(closing, at)
            if end < 0:
                return None
            at = end + len(closing)
        elif sign == "[" and (inside := _BRACKETED.match(text, at)):
            at = inside.end()
        elif sign in "。；\n[]":
            return None
        elif sign.strip() == "-" and text[: found.start()].endswith(","):
            at -= 1  # the ending of a word's other form; the blank may belong to the sign
        elif not depth and not (
            _RANGED.fullmatch(text, 0, found.end()) and _RANGE_ENDS.match(text, found.end())
        ):
            return found
    return None
