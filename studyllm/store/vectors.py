"""Embeddings of texts by content, in a file of their own that can be deleted at any time: it is made again."""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from studyllm.private import private_file

_AT_ONCE = 500


class Vectors:
    """Raw vectors of one embedding model. Any thread may use it; each call opens the file anew. What cannot be kept is
    computed again another time, and a damaged file is begun anew: nothing fails for it."""

    def __init__(self, path: Path, model: str) -> None:
        self.path, self.model = path, model

    def beside(self, what: str) -> "Vectors":
        """What else the model makes of texts, in the same file."""
        return Vectors(self.path, f"{self.model}\0{what}")

    def get(self, texts: Iterable[str]) -> dict[str, bytes]:
        """The vectors that are known, by text."""
        if not self.path.exists():
            return {}
        try:
            return self._get(texts)
        except sqlite3.Error as error:
            self._failed(error)
            return {}

    def _get(self, texts: Iterable[str]) -> dict[str, bytes]:
        digests = {self._digest(text): text for text in texts}
        found: dict[str, bytes] = {}
        asked = list(digests)
        with closing(self._open()) as file:
            for at in range(0, len(asked), _AT_ONCE):
                some = asked[at : at + _AT_ONCE]
                marks = ",".join("?" * len(some))
                query = f"SELECT digest, value FROM vector WHERE digest IN ({marks})"
                found |= {digests[digest]: value for digest, value in file.execute(query, some)}
        return found

    def put(self, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors, by text."""
        rows: Sequence[tuple[bytes, bytes]] = [(self._digest(text), raw) for text, raw in vectors.items()]
        try:
            with closing(self._open()) as file, file:
                file.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            self._failed(error)

    def _failed(self, error: sqlite3.Error) -> None:
        """A disk that is full or a file in use is left as it is; what is no database goes."""
        if not isinstance(error, sqlite3.OperationalError):
            for name in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + name).unlink(missing_ok=True)

    def _digest(self, text: str) -> bytes:
        return hashlib.sha256(f"{self.model}\0{text}".encode("utf-8", "replace")).digest()[:16]

    def _open(self) -> sqlite3.Connection:
        with suppress(OSError):  # SQLite says why
            private_file(self.path)
        file = sqlite3.connect(self.path, timeout=10)
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("CREATE TABLE IF NOT EXISTS vector (digest BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
        return file
