"""Tags as they are typed for many cards."""

from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.text import clean

_LONGEST = 60


def tags_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tags to give and, with a minus before them, those to take away; raises InputError for one too long."""
    words = clean(text).replace(",", " ").replace("，", " ").replace("、", " ").split()
    give = [word.lstrip("#") for word in words if not word.startswith("-")]
    take = [word.lstrip("-#") for word in words if word.startswith("-")]
    if any(len(word) > _LONGEST for word in (*give, *take)):
        raise InputError(_("A tag is one word of up to {count} characters.").format(count=_LONGEST))
    return tuple(filter(None, give)), tuple(filter(None, take))
