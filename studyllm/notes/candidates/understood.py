"""Sentences of other languages that say what is meant by a name: Unter Homöostase versteht man …, Se llama … al …; and
the articles before names in them."""

import re

_NAME = r"\S[^,.;:]{1,44}?"
_UNDERSTOOD = re.compile(
    rf"Unter (?:(?:der|dem|den|einer|einem) )?(?P<de>{_NAME}) versteht man\b"
    rf"|(?:By|Par|Por) (?:l['’]|(?:the|la|le|el|an?) )?(?P<by>{_NAME})"
    r" (?:we (?:mean|understand)|on entend|se entiende|entende-se)\b"
    r"|(?:On (?:appelle|nomme)|Se (?:llama|denomina|conoce como)|Si (?:chiama|definisce)|(?:Chama|Denomina)-se) "
    rf"(?:l['’]|(?:la|le|les|el|il|lo|o|a|une?|una|uma) )?(?P<call>{_NAME})"
    r" (?:l['’]|(?:la|le|les|al?|il|lo|ao|à|tout|une?|una|uma|o)\b)"
    rf"|Под (?P<ru>{_NAME}) понимают\b"
)
_ARTICLE = re.compile(
    r"[Dd](?:ie|er|as) (?=\w)|(?:[Ll](?:[aeo]s?) |[Ll]['’]|(?:El|Il|Gli|Os?|As?|I) )(?=[^\W\d_])(?![A-ZÀ-Þ])"
)
"""An article; before a capital it is part of a name, but for German: El Salvador."""
_IS = re.compile(r"\s*(?:\([^()\n]{0,60}\))?\s*(?:ist|sind|est|sont|es|son|é|são|è|sono)\b")
"""The verb by which an article is one of these languages."""


def understood(sentence: str) -> str:
    """The name that a sentence says the meaning of; empty where it begins with that name, or says none."""
    found = _UNDERSTOOD.match(sentence)
    return found[found.lastgroup or 0].strip("*_ ") if found else ""


def without_article(name: str, rest: str) -> str:
    """The subject of a sentence that goes on with the rest, without its article in another language than English."""
    article = _ARTICLE.match(name) if _IS.match(rest) else None
    return name[article.end() :] if article else name
