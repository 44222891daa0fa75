"""Searches of the glossary that the learner saved: a name and a query each. Every change is a row of the log.

The detail of such a row is {"name": name, "before": query, "after": query}; none before the first, or after the last.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from studyllm.errors import InputError
from studyllm.i18n import _, listed
from studyllm.store.database import Database
from studyllm.store.tables import LOG, SEARCH
from studyllm.text import clean

SAVED = "search"
"""The event of the log."""
LONGEST = 60
"""Characters of a name."""


class Searches:
    """The saved searches of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> Mapping[str, str]:
        """The queries by name, in the order of the names."""
        with self._database.read() as connection:
            query = select(SEARCH.c.name, SEARCH.c.text).order_by(SEARCH.c.name)
            return {row.name: row.text for row in connection.execute(query)}

    def of(self, name: str) -> str:
        """The query of that name; raises InputError, naming those there are, without one."""
        found = self.all()
        if name in found:
            return found[name]
        if not found:
            raise InputError(_("No search is saved yet. The list of searches in the glossary saves one."))
        said = _("There is no saved search {name!r}; there are {known}.")
        raise InputError(said.format(name=name, known=listed(found)))

    def save(self, name: str, text: str, at: datetime) -> bool:
        """Keeps a query under a name, in place of what was there; False when that is the same. Raises InputError for
        what is no name or no query."""
        told = " ".join(clean(name).split())
        if not told or len(told) > LONGEST:
            said = _("The name of a search is a line of up to {count} characters.")
            raise InputError(said.format(count=LONGEST))
        if not text.strip():
            raise InputError(_("There is nothing to save: type a search first."))
        return self._put(told, clean(text).strip(), at)

    def delete(self, name: str, at: datetime) -> bool:
        """Forgets a query; False when there is none of that name."""
        return self._put(name, None, at)

    def _put(self, name: str, text: str | None, at: datetime) -> bool:
        with self._database.write() as connection:
            before = connection.scalar(select(SEARCH.c.text).where(SEARCH.c.name == name))
            if before == text:
                return False
            _write(connection, name, text)
            detail = {"name": name, "before": before, "after": text}
            connection.execute(insert(LOG).values(at=at, event=SAVED, detail=detail))
            return True


def take_back(connection: Connection, detail: Mapping[str, Any]) -> None:
    """Puts a search back as it was."""
    _write(connection, detail["name"], detail["before"])


def _write(connection: Connection, name: str, text: str | None) -> None:
    connection.execute(delete(SEARCH).where(SEARCH.c.name == name))
    if text is not None:
        connection.execute(insert(SEARCH).values(name=name, text=text))
