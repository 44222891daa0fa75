"""Definitions and theorems as books of mathematics number and name them: Definition 1.1 (Limit), 性质1　…."""

import re

_DEFINITION = r"definition|def\.?|définition|definición|definizione|定义|定義"
_STATEMENT = (
    r"theorem|thm\.?|lemma|proposition|corollary|axiom|satz|théorème|lemme|teorema|proposición|定理|引理|命题|命題"
    r"|推论|推論|公理"
)
_NAMED = re.compile(
    rf"(?:{_DEFINITION}|(?P<statement>{_STATEMENT}))\s*(?P<number>\d+(?:[.-]\d+)*)?\s*[.:：、]?\s*"
    r"[（(](?P<name>[^()（）\n]{2,60})[)）][.:。：]?",
    re.IGNORECASE,
)
LAWS = ("性质", "定理", "推论", "引理", "公理", "命题", "定律", "法则", "规律", "结论", "准则")
NUMBERED_LAW = re.compile(
    rf"^([ \t]*(?:[-*+][ \t]+)?(?:\*\*)?(?:{'|'.join(LAWS)})[ \t]?(?:\d{{1,2}}|[一二三四五六七八九十])(?:\*\*)?)"
    r"(?:[ \t]*\u3000[ \t\u3000]*|[ \t]{2,}|(?<=\d)[ \t](?=[\u4e00-\u9fff]))(?![：:是（(的说指表告中可和与及或也都])"
    r"(?=\S)",
    re.MULTILINE,
)
"""A law by its number, and what it says: 性质1　…."""
_REMARK = re.compile(
    r"[^\W\d_]{1,3}[点點]|了解|掌握|熟悉|必考|必背|常考|高频|.*[\d,，;；]|(?=.*[a-z])(?![A-Z]).*|[A-Z]{2,6}"
)
"""What stands in brackets behind "Definition" without a number and is no name: (重点), (WHO), (informal), (p. 12)."""
_ENGLISH = ("theorem", "thm", "lemma", "proposition", "corollary", "axiom")
"""Statements whose name stands before the word in English: Bayes theorem."""
_CJK = re.compile(r"[\u4e00-\u9fff]$")


def named_in(front: str) -> str:
    """What a definition defines, or the name of a theorem; empty for any other front, and where there is no name."""
    found = _NAMED.fullmatch(front.strip("*_ ")) if "(" in front or "（" in front else None
    if found is None or (not found["number"] and _REMARK.fullmatch(found["name"])):
        return ""
    name, word = found["name"].strip(), (found["statement"] or "").rstrip(".")
    if not word or word.casefold() in name.casefold():
        return name
    if word.isascii() and word.lower() not in _ENGLISH:
        return f"{word} {name}"
    return f"{name}{word}" if _CJK.search(name) else f"{name} {word.lower()}"
