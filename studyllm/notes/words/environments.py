"""Definitions and theorems as books of mathematics number them: Definition 1.1 (Limit)."""

import re

_DEFINITION = r"definition|def\.?|définition|definición|definizione|定义|定義"
_STATEMENT = (
    r"theorem|thm\.?|lemma|proposition|corollary|axiom|satz|théorème|lemme|teorema|proposición|定理|引理|命题|命題"
    r"|推论|推論|公理|性质"
)
_NUMBERED = re.compile(
    rf"(?:(?P<definition>{_DEFINITION})|(?P<statement>{_STATEMENT}))\s*(?P<number>\d+(?:[.-]\d+)*)?\s*[.:：、]?\s*"
    r"(?:[（(](?P<name>[^()（）\n]{2,60})[)）])?[.:。：]?",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u4e00-\u9fff]$")


def named_in(front: str) -> str | None:
    """What a numbered definition defines, or the name of a theorem; empty where it has none, None for other fronts."""
    found = _NUMBERED.fullmatch(front.strip("*_ "))
    if found is None or not (found["name"] or re.search(r"\d[.-]\d", found["number"] or "")):
        return None  # Proposition 14 may be a law
    name, word = (found["name"] or "").strip(), found["statement"]
    if not name or not word or word.rstrip(".").casefold() in name.casefold():
        return name
    return f"{name}{word}" if _CJK.search(name) else f"{name} {word.lower()}"
