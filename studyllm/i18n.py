"""The interface's words: English in the code, other languages in `locale/` (gettext; `make messages` keeps them)."""

import locale
import os
import re
from collections.abc import Iterable, Mapping
from functools import reduce
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path

LANGUAGES = ("en", "zh")
_WIDE_ENDS = frozenset("。！？；：，、”）》")
FOLDER = Path(__file__).parent / "locale"
_spoken: NullTranslations = NullTranslations()
_language = "en"


def use(language: str = "auto", environ: Mapping[str, str] = os.environ) -> str:
    """Speak a language from now on, or that of the locale for "auto"; the one chosen."""
    global _spoken, _language
    chosen = _of_locale(environ) if language == "auto" else language
    _spoken = translation("studyllm", FOLDER, [chosen], fallback=True)
    _language = chosen if isinstance(_spoken, GNUTranslations) else "en"
    return _language


def spoken() -> str:
    """The language that is spoken now."""
    return _language


def _of_locale(environ: Mapping[str, str]) -> str:
    """The first of LANGUAGES that the environment asks for, English when it asks for none of them."""
    names = [environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    asked = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    for name in asked.split(":"):
        if name[:2].lower() in LANGUAGES:
            return name[:2].lower()
    return "en"


def _(text: str) -> str:
    """A text of the interface in the learner's language."""
    return _spoken.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a text for so many, in the learner's language."""
    return _spoken.ngettext(one, many, count)


def N_(text: str, _many: str = "") -> str:
    """Marks a text, or its two forms, translated where it is shown: class attributes are made before a language is
    chosen."""
    return text


# What is written side by side: each language has its own marks, and more of them


def listed(several: Iterable[str]) -> str:
    """Words in a row: "a, b, c"; nothing of none."""
    words = list(several)
    return (
        reduce(lambda before, name: _("{before}, {name}").format(before=before, name=name), words)
        if words
        else ""
    )


def phrases(several: Iterable[str]) -> str:
    """What is said of one thing, in a row; empty ones are left out."""
    return _(", ").join(filter(None, several))


def clauses(several: Iterable[str]) -> str:
    """What is said of several things, in a row; empty ones are left out."""
    return _("; ").join(filter(None, several))


def in_a_row(several: Iterable[str]) -> str:
    """Sentences one after the other; empty ones are left out. After a full-width mark there is no blank."""
    text = ""
    for one in filter(None, several):
        text += f" {one}" if text and text[-1] not in _WIDE_ENDS else one
    return text


def headed(name: str, text: str) -> str:
    """What is said of a name: "name: text"."""
    return _("{name}: {text}").format(name=name, text=text)


def aside(text: str, more: str = "") -> str:
    """A text with more in parentheses, if there is more."""
    return _("{text} ({more})").format(text=text, more=more) if more else text


def kept(text: str, forms: Iterable[str] = ()) -> str:
    """A text that was kept in English, in the learner's language; `forms` are the texts with places, as in
    "{count} more", that it may have been made from."""
    for form in forms:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(form))
        if found := re.fullmatch(pattern, text, re.S):
            return _(form).format(**found.groupdict())
    return _(text)
