"""What is typed into the glossary: words that must all be found, and `deck:` `in:` `tag:` `is:` words that filter."""

import re
from dataclasses import dataclass

from studyllm.glossary.entry import STATES
from studyllm.text import fold

FIELDS = ("deck", "in", "tag", "is")
"""The deck, a heading above the entry, a tag, a state or "leech"."""
LEECH = "leech"
_TOKEN = re.compile(rf'(?:({"|".join(FIELDS)}):)?("[^"]*"?|\S+)?')
_FILTER = re.compile(rf'(?:{"|".join(FIELDS)}):(?:"[^"]*"?|\S*)')


@dataclass(frozen=True, slots=True)
class Query:
    """A query, folded."""

    words: tuple[str, ...] = ()
    decks: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    leech: bool = False
    unknown: tuple[str, ...] = ()
    """States that there are not, perhaps because they are not typed to the end."""

    @classmethod
    def of(cls, text: str) -> "Query":
        """The query that a text says. Filters of one field widen each other, all else narrows."""
        found: dict[str, list[str]] = {name: [] for name in ("", *FIELDS)}
        for field, value in _TOKEN.findall(fold(text)):
            if word := value.strip('"').strip():
                found[field].append(word)
        states = [word for word in found["is"] if word in STATES]
        return cls(
            words=tuple(found[""]),
            decks=tuple(found["deck"]),
            sections=tuple(found["in"]),
            tags=tuple(found["tag"]),
            states=tuple(states),
            leech=LEECH in found["is"],
            unknown=tuple(word for word in found["is"] if word not in (*STATES, LEECH)),
        )

    @property
    def phrase(self) -> str:
        """The words as one."""
        return " ".join(self.words)

    @property
    def filters(self) -> tuple[object, ...]:
        """All but the words."""
        return (self.decks, self.sections, self.tags, self.states, self.leech)

    @property
    def is_letter(self) -> bool:
        """Whether it is a single Latin letter, which is looked for in terms alone: every definition has it."""
        return len(self.words) == 1 and len(self.words[0]) == 1 and self.words[0].isascii()

    def narrows(self, other: "Query") -> bool:
        """Whether what it finds was found by another query already."""
        if self.filters != other.filters:
            return False
        if other.is_letter:
            return self.words == other.words
        return all(any(word.startswith(was) for word in self.words) for was in other.words)


def written(text: str, field: str, value: str) -> str:
    """The text of a query with a filter added, or taken away when it was there."""
    text = text.replace("：", ":")
    words = _FILTER.findall(text)
    wanted = f'{field}:"{value}"' if " " in value else f"{field}:{value}"
    if any(fold(word) == fold(wanted) for word in words):
        kept = [word for word in words if fold(word) != fold(wanted)]
        return " ".join([*kept, *_FILTER.sub("", text).split()])
    return f"{wanted} {text}".strip()
