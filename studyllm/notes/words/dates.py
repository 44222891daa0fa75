"""Texts that say when something was and no more: a year, a span of years, a day."""

import re

from studyllm.notes.words.inline import plain

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_ERA = r"BCE?|AD|CE|a[vp]?\. ?J\.-C\.|[vn]\. ?Chr\.|[ad]\. ?C\."
_DATE = re.compile(
    r"\d{3,4}(?:[./-]\d{1,2}){1,2}"
    r"|(?:(?:c\.?|ca\.?|circa|约|公元前?|前)\s?)?\d{3,4}s?(?:\s?[-–—~至/]\s?\d{2,4})?(?:年代?|s)?"
    rf"(?:\s?\d{{1,2}}月(?:\d{{1,2}}日)?)?(?:\s?(?:{_ERA}))?"
    rf"|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?|{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|{_MONTH} \d{{4}}",
    re.IGNORECASE,
)


def is_date(text: str) -> bool:
    """Whether a text is a year, a span of years or a day."""
    return _DATE.fullmatch(plain(text).strip()) is not None
