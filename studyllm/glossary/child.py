"""The process that many cards are searched in: one thread, which looks for requests while something takes long."""

import argparse
import base64
import gc
import os
import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO

from studyllm import i18n
from studyllm.errors import StudyError
from studyllm.glossary.finder import Finder
from studyllm.glossary.found import Found
from studyllm.glossary.index import SortOrder
from studyllm.glossary.remote import DATABASE, packed
from studyllm.i18n import _
from studyllm.location import place_of
from studyllm.process import Message, receive, send
from studyllm.store.database import Database
from studyllm.store.entries import Entries
from studyllm.store.vectors import Vectors

_LONG = ("load", "read", "listen", "recall")
"""What takes so long that all else is answered meanwhile."""


class SearchServer:
    """Answers requests until the app is gone."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        """`source` must not be buffered: what is waiting there is asked of the pipe itself."""
        self._source, self._target = source, target
        self._messages = receive(source)
        self._later: deque[Message] = deque()
        self._last: tuple[str, str, Found | None] | None = None
        """What was found last, to be asked next what is near to it."""
        self.finder: Finder
        self._handlers: Mapping[str, Callable[[Message], Message]] = {
            "load": self._load,
            "read": self._read,
            "listen": self._listen,
            "recall": self._recall,
            "find": self._find,
            "nearest": self._nearest,
            "senses": self._senses,
            "unlearnt": self._unlearnt,
            "learn": self._learn,
        }

    def go_on(self) -> bool:
        """Answers what is quickly answered; whether what takes long is still wanted."""
        while select.select([self._source], [], [], 0)[0]:
            message = self._next()
            if message["do"] in _LONG:
                self._later.append(message)
            else:
                self._answer(message)
        return all(message["do"] != "load" for message in self._later)

    def work(self) -> None:
        """Answers requests, for ever."""
        while True:
            self._answer(self._later.popleft() if self._later else self._next())

    def _next(self) -> Message:
        message = next(self._messages, None)
        if message is None:
            os._exit(0)
        return message

    def _answer(self, message: Message) -> None:
        try:
            reply = self._handlers[message["do"]](message)
            if message["do"] in _LONG:
                self._last = None
        except StudyError as error:
            reply = {"failed": str(error)}
        except Exception as error:  # noqa: BLE001 - one bad request must not end the search
            print(f"{message['do']}: {error!r}", file=sys.stderr, flush=True)
            reply = {"failed": _("The glossary's search failed; what it said is in the log.")}
        try:
            send(self._target, reply | {"id": message["id"]})
        except OSError:
            os._exit(0)

    def _load(self, message: Message) -> Message:
        today, start = date.fromisoformat(message["today"]), datetime.fromisoformat(message["start"])
        self.finder.load(today, start)
        return {"decks": self.finder.decks, "tags": self.finder.tags}

    def _read(self, message: Message) -> Message:
        self.finder.read()
        return {}

    def _listen(self, message: Message) -> Message:
        self.finder.listen()
        return {}

    def _recall(self, message: Message) -> Message:
        self.finder.recall()
        return {"missing": self.finder.missing}

    def _find(self, message: Message) -> Message:
        found = self._found(message)
        if found is None:
            return {}
        return {"of": found.of, "cards": packed(found.cards), "alike": found.alike}

    def _nearest(self, message: Message) -> Message:
        found = self._found(message)
        vector = base64.b64decode(message["vector"])
        return {"near": [] if found is None else self.finder.nearest(found, vector).near}

    def _found(self, message: Message) -> Found | None:
        text, order = message["text"], message["order"]
        if self._last is None or self._last[:2] != (text, order):
            self._last = text, order, self.finder.find(text, SortOrder(order))
        return self._last[2]

    def _senses(self, message: Message) -> Message:
        return {"cards": self.finder.senses(message["card"])}

    def _unlearnt(self, message: Message) -> Message:
        return {"texts": self.finder.unlearnt(message["count"])}

    def _learn(self, message: Message) -> Message:
        self.finder.learn([base64.b64decode(raw) for raw in message["vectors"]])
        return {"missing": self.finder.missing}


def main() -> None:
    """Start: keep the two pipes for messages, send whatever else is printed to the log."""
    i18n.use()
    parser = argparse.ArgumentParser()
    parser.add_argument("vectors", type=Path)
    parser.add_argument("model")
    options = parser.parse_args()
    source, target = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    # Ctrl-C in the terminal reaches the whole group; the parent decides when this process ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing here is freed by it, and going through all entries it would stop for a fifth of a second each time.
    gc.disable()
    desk = SearchServer(source, target)
    entries = Entries(Database(place_of(os.environ[DATABASE])))
    desk.finder = Finder(entries, Vectors(options.vectors, options.model), desk.go_on)
    desk.work()


if __name__ == "__main__":
    main()
