"""What is typed into the glossary, read into a tree of conditions: words, phrases, filters, `-`, `or`, parentheses.

    query   either
    either  every or every …
    every   part part …                 all of them; decks and states, of which a card has one, widen each other
    part    -part  (either)  leaf
    leaf    word  "phrase"  deck:…  in:…  tag:…  is:…  prop:ease<2  due:7  added:30  rated:7:<3  answered:"…"

What cannot be read is passed over, and `problem` says so in a sentence; with a filter that cannot be read, nothing is
found: all the cards are not what was asked for. What may not be typed to the end yet is none: a
quotation mark without its other one, a field, a `-` or an `or` with nothing after it.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from studyllm.glossary.conditions import (
    GONE,
    LEECH,
    PROPERTIES,
    SIGNS,
    Answered,
    Either,
    Every,
    Measured,
    Named,
    Not,
    Part,
    Rated,
    Told,
    Within,
    Word,
    leaves,
)
from studyllm.glossary.entry import STATES
from studyllm.glossary.fields import FIELDS, nearest
from studyllm.i18n import _, listed
from studyllm.script import plain
from studyllm.text import clean, fold

_ALIKE = str.maketrans("：（）－＜＞＝！“”„　", ':()-<>=!""" ')
"""Signs as Chinese keyboards write them."""
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<sign> [()] | -(?=[^\s-]) | or(?=[\s()]|$) )
    | (?:(?P<field>{"|".join(FIELDS)}):)? (?P<value> "[^"]*"? | [^\s()]+ (?:\([^\s()]*\)?[^\s()]*)* )?
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_FIELD = re.compile(r"([^\W\d_]+):(?![:/])")
"""How a word begins that is written like a filter, in whatever script."""
_COMPARED = re.compile(rf"(\w+)({'|'.join(map(re.escape, SIGNS))})(-?\d{{1,6}}(?:[.,]\d{{1,6}})?)")
_DAYS = re.compile(r"[1-9]\d{0,4}")
_RATED = re.compile(rf"([1-9]\d{{0,4}})(?::({'|'.join(map(re.escape, SIGNS))})?([0-5]))?")
_SHORT = {"ivl": "interval", "s": "stability", "d": "difficulty"}
"""Properties as users of Anki may type them."""
_DEEPEST, _MOST = 20, 100
"""Parentheses in parentheses, and conditions, of a query that a person writes."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query, folded: all of its parts are to hold."""

    parts: tuple[Part, ...] = ()
    problem: str = ""
    """What could not be read, in a sentence."""
    unfinished: str = field(default="", compare=False)
    """What has nothing after it, in a sentence: no problem while it is being typed."""
    unknown: str = field(default="", compare=False)
    """That a word looks like a filter and is none, in a sentence: said where nothing is found, because it is looked for
    as it stands."""

    @classmethod
    def of(cls, text: str) -> "Query":
        """The query that a text says."""
        reader = _Reader(text)
        part = reader.either(0)
        parts = () if part is None else part.parts if isinstance(part, Every) else (part,)
        parts = (Either(()),) if reader.misread else parts
        return cls(parts, reader.problem, reader.unfinished, reader.unknown)

    @property
    def words(self) -> tuple[str, ...]:
        """Those that must be found, whatever else."""
        return tuple(part.text for part in self.parts if isinstance(part, Word))

    @property
    def filters(self) -> tuple[Part, ...]:
        """The parts that ask for no words."""
        return tuple(part for part in self.parts if not _has_words(part))

    @property
    def rest(self) -> tuple[Part, ...]:
        """The parts that ask for words in another way than that they must be found."""
        return tuple(part for part in self.parts if not isinstance(part, Word) and _has_words(part))

    @property
    def denied(self) -> tuple[Part, ...]:
        """The parts that say which words must not be found, whatever else."""
        return tuple(part for part in _denials(self.parts) if _has_words(part))

    @property
    def has_words(self) -> bool:
        """Whether it asks for words in any way."""
        return any(map(_has_words, self.parts))

    @property
    def readings(self) -> tuple[tuple[str, ...], ...]:
        """The words that an entry may be found by: one tuple, or one for each alternative."""
        branches: list[tuple[str, ...]] = [()]
        for part in self.parts:
            told = [_wanted(one) for one in part.parts] if isinstance(part, Either) else [_wanted(part)]
            branches = [(*had, *more) for had in branches for more in told][:_MOST]
        return tuple(branch for branch in dict.fromkeys(branches) if branch)

    @property
    def phrase(self) -> str:
        """What is meant, in the words alone."""
        return " ".join(dict.fromkeys(word for reading in self.readings for word in reading))

    @property
    def told(self) -> tuple[Told, ...]:
        """What only the log knows."""
        return tuple(one for one, _ in self._leaves() if isinstance(one, Rated | Answered))

    @property
    def takes_gone(self) -> bool:
        """Whether cards that are not in the notes any more are asked for."""
        return (Named("is", GONE), True) in self._leaves()

    @property
    def is_letter(self) -> bool:
        """Whether it is a single Latin letter, which is looked for in terms alone: every definition has it."""
        return len(self.words) == 1 and len(self.words[0]) == 1 and self.words[0].isascii()

    def narrows(self, other: "Query") -> bool:
        """Whether what it finds by filters and words was found by another query already."""
        if self.filters != other.filters:
            return False
        if other.is_letter:
            return self.words == other.words
        return all(any(word.startswith(was) for word in self.words) for was in other.words)

    def _leaves(self) -> Iterator[tuple[Part, bool]]:
        for part in self.parts:
            yield from leaves(part)


def written(text: str, field: str, value: str) -> str:
    """The text of a query with a filter added, or taken away when it was there."""
    wanted = f'{field}:"{value}"' if re.search(r"[\s()]", value) else f"{field}:{value}"
    tokens = list(_tokens(text))
    depth, loose = 0, False
    for number, token in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(token.kind, 0)
        loose = loose or (token.kind == "or" and depth == 0)
        denied = number > 0 and tokens[number - 1].kind == "-"
        same = token.kind == field and fold(token.value) == fold(value)
        if same and depth == 0 and not denied and not loose:
            return f"{text[: token.start]} {text[token.end :]}".strip()
    return f"{wanted} ({text.strip()})" if loose else f"{wanted} {text}".strip()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """One of ( ) - or, a field, or nothing for a word."""
    value: str
    """Without the quotation marks; empty of a field that has nothing after it."""
    start: int
    end: int
    quoted: bool = False


def _tokens(text: str) -> Iterator[_Token]:
    """The tokens of a text."""
    for found in _TOKEN.finditer(text.translate(_ALIKE)):
        sign, field, value = found["sign"], found["field"] or "", found["value"] or ""
        if sign:
            yield _Token(sign.lower(), "", found.start(), found.end())
        elif (word := value.strip('"').strip()) or field:
            start = found.start("field") if field else found.start("value")
            if field or word != "-":
                yield _Token(field.lower(), word, start, found.end(), value.startswith('"'))


class _Reader:
    """Reads tokens, one after the other."""

    def __init__(self, text: str) -> None:
        self._tokens = deque(_tokens(text))
        self._read = 0
        self.problem = self.unfinished = self.unknown = ""
        self.misread = False
        """Whether there is a filter that cannot be read."""

    def either(self, depth: int) -> Part | None:
        """Alternatives, up to the end or to a closing parenthesis."""
        found = [self._every(depth)]
        while self._tokens and self._tokens[0].kind == "or":
            self._tokens.popleft()
            found.append(self._every(depth))
        parts = tuple(part for part in found if part is not None)
        return Either(parts) if len(parts) > 1 else parts[0] if parts else None

    def _every(self, depth: int) -> Part | None:
        parts: list[Part] = []
        while self._tokens:
            kind = self._tokens[0].kind
            if (kind == "or" and parts) or (kind == ")" and depth):
                break
            if (part := self._part(depth)) is not None:
                parts.append(part)
        widened = _widened(parts)
        return widened[0] if len(widened) == 1 else Every(widened) if widened else None

    def _part(self, depth: int) -> Part | None:
        token = self._tokens.popleft()
        if token.kind == "-":
            part = self._part(depth) if self._tokens and self._tokens[0].kind != ")" else None
            return Not(part) if part is not None else None
        if token.kind == "(":
            return self._group(depth)
        if token.kind == ")":
            self._complain(_('There is a ")" without its "("; put a text with parentheses into quotes.'))
            return None
        self._read += 1
        if self._read > _MOST:
            self._complain(_("That is more than a query can hold."))
            return None
        if token.kind in FIELDS and not token.value:
            self._empty(token)
            return None
        if not (token.kind or token.quoted) and (found := _FIELD.match(token.value)):
            self.unknown = self.unknown or _no_filter(found[1])
        return self._leaf("" if token.kind == "or" else token.kind, token.value or token.kind)

    def _empty(self, token: _Token) -> None:
        """A field without a value: wrong, unless it is the last thing, which may still be typed."""
        said = _("{field}: has nothing after it.").format(field=token.kind)
        if any(left.value for left in self._tokens):
            self._misread(said)
        else:
            self.unfinished = said

    def _group(self, depth: int) -> Part | None:
        if depth >= _DEEPEST:
            self._complain(_("That is more than a query can hold."))
            return None
        part = self.either(depth + 1)
        if self._tokens:
            self._tokens.popleft()
        else:
            self._complain(_('A "(" is not closed yet.'))
        return part

    def _leaf(self, field: str, value: str) -> Part | None:
        if not field:
            return Word(folded) if (folded := plain(value)) else None
        if field in ("deck", "in", "tag"):
            return Named(field, plain(value))
        if field == "is":
            return self._state(fold(value))
        if field == "prop":
            return self._measured(fold(value))
        if field == "rated":
            return self._rated(fold(value))
        if field == "answered":
            return Answered(fold(value))
        if _DAYS.fullmatch(fold(value)):
            return Within(field, int(fold(value)))
        self._misread(_("{field}: is followed by a number of days, as in {field}:7.").format(field=field))
        return None

    def _state(self, value: str) -> Part | None:
        if value in (*STATES, LEECH):
            return Named("is", value)
        known = listed((*STATES, LEECH))
        self._misread(_("is: takes {known}; there is no {state}").format(state=clean(value), known=known))
        return None

    def _measured(self, value: str) -> Part | None:
        found = _COMPARED.fullmatch(value)
        name = _SHORT.get(found[1], found[1]) if found else ""
        if found is None or name not in PROPERTIES:
            known = listed(PROPERTIES)
            self._misread(_("prop: is written as in prop:ease<2; there are {known}.").format(known=known))
            return None
        return Measured(name, found[2], float(found[3].replace(",", ".")))

    def _rated(self, value: str) -> Part | None:
        found = _RATED.fullmatch(value.removesuffix(":"))
        if found is None:
            self._misread(
                _("rated: is followed by days, and by a grade if you like, as in rated:7 or rated:7:<3.")
            )
            return None
        return Rated(int(found[1]), found[2] or "=" if found[3] else "", int(found[3] or 0))

    def _misread(self, said: str) -> None:
        self.misread = True
        self._complain(said)

    def _complain(self, said: str) -> None:
        """The first thing that is wrong is said."""
        self.problem = self.problem or said


def _no_filter(name: str) -> str:
    """That nothing was found by a word that looks like a filter, and which one may be meant."""
    if near := nearest(name):
        said = _("Nothing found; “{name}:” is not a filter, but “{near}:” is.")
        return said.format(name=name, near=near)
    return _("Nothing found; “{name}:” is not a filter.").format(name=name)


def _widened(parts: list[Part]) -> tuple[Part, ...]:
    """Parts of which all are to hold, decks and states as alternatives: a card has but one of each."""
    found: list[Part] = []
    for name in ("deck", "is"):
        some = tuple(
            part
            for part in parts
            if isinstance(part, Named) and part.field == name and (part.is_state or name == "deck")
        )
        if len(some) > 1:
            found.append(Either(some))
            parts = [part for part in parts if part not in some]
    return (*found, *parts)


def _denials(parts: Iterable[Part]) -> Iterator[Not]:
    for part in parts:
        if isinstance(part, Not):
            yield part
        elif isinstance(part, Every):
            yield from _denials(part.parts)


def _has_words(part: Part) -> bool:
    return any(isinstance(one, Word) for one, _ in leaves(part))


def _wanted(part: Part) -> tuple[str, ...]:
    """The words of a part that are to be found."""
    return tuple(one.text for one, wanted in leaves(part) if wanted and isinstance(one, Word))
