"""What a server understands: asked once with a question that has nothing to do with any card."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from studyllm.config import AUTO
from studyllm.grading.server.exchange import Line, ServerError, found
from studyllm.i18n import _, listed
from studyllm.text import clean

PROBING = 60.0
"""Seconds for all of the questions: some servers load a model when they are first asked."""
_TOPS = (20, 5)
"""Likeliest tokens that are asked for; some servers give five at most."""
_MASS = 0.5
"""Probability that the words asked for must have together: a model that thinks aloud begins with something else."""
_LISTED = 5
_LONGEST_NAME = 200
_WORDS = {
    "yes": ("yes", "是", "对"),
    "partly": ("partly", "部分"),
    "no": ("no", "否", "不是", "不对", "没有", "错误"),
}
"""Ways to write each word that is asked for; a token may be its beginning alone."""
SCHEMA = {
    "type": "object",
    "properties": {
        "whole": {"type": "string", "enum": ["right", "partly", "wrong"]},
        "points": {"type": "array", "items": {"type": "string", "enum": ["said", "missed", "wrong"]}},
    },
    "required": ["whole", "points"],
    "additionalProperties": False,
}
Structure = Literal["schema", "object", "text"]
Shares = Mapping[str, float]
Turns = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a model on a server is asked, and what it gives."""

    model: str
    limit: str = "max_tokens"
    """What the field for the longest reply is called."""
    cold: bool = True
    """Whether a temperature may be given."""
    top: int = 0
    """Likeliest tokens that it tells the probabilities of; 0: it does not."""
    structure: Structure = "text"
    """How a reply in JSON is asked for."""

    @property
    def gives(self) -> str:
        """What it gives, in a few words."""
        if self.top:
            return _("gives probabilities")
        return _("gives no probabilities: its judgements are read as text")

    def body(self, turns: Turns, tokens: int, **more: Any) -> dict[str, Any]:
        """A request for the next turn."""
        cold = {"temperature": 0} if self.cold else {}
        return {"model": self.model, "messages": list(turns), self.limit: tokens} | cold | more

    def one_word(self, turns: Turns) -> dict[str, Any]:
        """A request for one token and the likeliest ones in its place."""
        return self.body(turns, 1, logprobs=True, top_logprobs=self.top)

    def judgement(self, turns: Turns) -> dict[str, Any]:
        """A request for a judgement in JSON."""
        formats = {
            "schema": {
                "type": "json_schema",
                "json_schema": {"name": "judgement", "strict": True, "schema": SCHEMA},
            },
            "object": {"type": "json_object"},
        }
        wanted = formats.get(self.structure)
        return self.body(turns, 600, **({"response_format": wanted} if wanted else {}))


def shares_of(reply: Any, words: Sequence[str]) -> dict[str, float] | None:
    """The probabilities of these words as the next one, made to add up to 1; None where a reply tells nothing of
    them."""
    mass = dict.fromkeys(words, 0.0)
    for token, share in _likeliest(reply):
        if word := _word(token, words):
            mass[word] += share
    total = sum(mass.values())
    return {word: share / total for word, share in mass.items()} if total >= _MASS else None


def _likeliest(reply: Any) -> list[tuple[str, float]]:
    """Tokens and their probabilities, in the form of chats or in that of completions."""
    first = found(reply, "choices", 0, "logprobs", "content", 0, "top_logprobs")
    rows = [(found(row, "token"), found(row, "logprob")) for row in first] if isinstance(first, list) else []
    older = found(reply, "choices", 0, "logprobs", "top_logprobs", 0)
    rows += list(older.items()) if isinstance(older, dict) else []
    return [
        (token, math.exp(min(0.0, value)))
        for token, value in rows
        if isinstance(token, str) and isinstance(value, int | float) and not math.isnan(value)
    ]


def _word(token: str, words: Sequence[str]) -> str:
    """The word that a token is, or begins."""
    letters = token.strip(" \t\r\n▁Ġ\"'`*.。").casefold()
    for word in words:
        if letters and any(written.startswith(letters) for written in _WORDS[word]):
            return word
    return ""


def probed(line: Line) -> Dialect:
    """What the server understands; raises ServerError where there is no model to be asked."""
    until = time.monotonic() + PROBING
    plain, first = _spoken_to(line, Dialect(_model(line, until)), until)
    for top in _TOPS:
        asked = replace(plain, top=top)
        reply = first if top == 0 else _tried(line, asked.one_word(_PROBE), until)
        if reply is not None and shares_of(reply, ("yes", "no")):
            return asked
    structures: tuple[Structure, ...] = ("schema", "object")
    for structure in structures:
        asked = replace(plain, structure=structure)
        if _tried(line, asked.judgement(_PROBE_JSON), until) is not None:
            return asked
    return plain


def _spoken_to(line: Line, dialect: Dialect, until: float) -> tuple[Dialect, Any]:
    """The names of the fields that the server takes, and its reply; raises ServerError where it takes none."""
    ways = [dialect, replace(dialect, limit="max_completion_tokens")]
    ways += [replace(way, cold=False) for way in ways[1:]]
    for way in ways:
        try:
            return way, line.ask("POST", "/chat/completions", way.body(_PROBE, 1)).reply(until)
        except ServerError as error:
            if way is ways[-1] or error.status not in (400, 422):
                raise
    raise AssertionError("the last way returns or raises")


def _tried(line: Line, body: Mapping[str, Any], until: float) -> Any:
    """The reply, or None where this is refused."""
    try:
        return line.ask("POST", "/chat/completions", body).reply(until)
    except ServerError as error:
        if error.refused:
            return None
        raise


def _model(line: Line, until: float) -> str:
    """The model that was chosen, or the only one there is."""
    chosen = line.address.model
    try:
        names = models(line, until)
    except ServerError as error:
        if chosen == AUTO or not error.refused:
            raise
        return chosen  # a server without a list
    if chosen in names or (chosen != AUTO and not names):
        return chosen
    if chosen == AUTO and len(names) == 1:
        return names[0]
    offered = listed(clean(name) for name in names[:_LISTED]) + (" …" if len(names) > _LISTED else "")
    if not names:
        raise ServerError(_("it lists no model: name one with the setting server_model"))
    if chosen == AUTO:
        raise ServerError(
            _("it has {count} models: choose one with the setting server_model ({offered})").format(
                count=len(names), offered=offered
            )
        )
    raise ServerError(_("it has no model {model}, but {offered}").format(model=chosen, offered=offered))


def models(line: Line, until: float) -> list[str]:
    """The names of the models that a server lists."""
    listed = found(line.ask("GET", "/models").reply(until), "data")
    names = [found(row, "id") for row in listed] if isinstance(listed, list) else []
    return [name for name in names if isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME]


_PROBE = ({"role": "user", "content": "Is 2 + 2 the same as 4? Reply with one word: yes or no."},)
_PROBE_JSON = (
    {
        "role": "user",
        "content": 'Question: 2 + 2? Reference: 4. Points: 1. 4. Answer: four. Reply with JSON: {"whole": "right", '
        '"partly" or "wrong", "points": for each point "said", "missed" or "wrong"}.',
    },
)
