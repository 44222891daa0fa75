"""A PostgreSQL server of the tests' own: from Debian's packages, in a temporary folder, on a socket alone."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from studyllm.location import Server

DATABASE = "study"
_LIMIT = 60.0
"""Seconds that the server has to start or stop."""
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # a server that is killed keeps what was written; only the machine must not fail
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "log_min_messages": "fatal",
}


def programs() -> Path | None:
    """The folder of the server's programs, the newest; None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).parent if named else None


def why_not() -> str:
    """Why no server can be started; empty where one can be."""
    if programs() is None:
        return "no PostgreSQL server is installed (Debian: apt-get install postgresql)"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed"
    if os.geteuid() == 0 and (_user() is None or shutil.which("setpriv") is None):
        return "PostgreSQL does not run as root, and there is no other user to run it as"
    return ""


class Cluster:
    """A server with databases; `close` ends it and deletes them."""

    def __init__(self, *, durable: bool = False) -> None:
        """`durable`: it waits for the disk, as servers do."""
        self._settings = _SETTINGS | ({"fsync": "on", "full_page_writes": "on"} if durable else {})
        folder = programs()
        assert folder is not None
        self._programs = folder
        self._folder = Path(tempfile.mkdtemp(prefix="studyllm-pg-", dir="/tmp"))
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        if user := _user():
            os.chown(self._folder, user.pw_uid, user.pw_gid)
        try:
            # A locale that orders otherwise than bytes do: the store must not notice.
            self._run("initdb", "-D", str(self._data), "-U", "learner", "-A", "trust", "-E", "UTF8", "--no-sync",
                      "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en")  # fmt: skip
            self.start()
            self.execute(f"CREATE DATABASE {DATABASE}", "postgres")
        except BaseException:
            self.close()
            raise

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def server(self, schema: str) -> Server:
        """The address of a schema in the database."""
        return Server(
            f"postgresql+psycopg://learner@/{DATABASE}?host={self._folder}&options=-csearch_path={schema}"
        )

    def fresh(self) -> Server:
        """The address of a schema that is not there yet: ten times as fast as a database of its own."""
        return self.server(f"test{next(self._numbers)}")

    def execute(self, query: str, name: str = DATABASE) -> list[tuple[Any, ...]]:
        """Rows of what is asked as somebody else, outside of any transaction."""
        import psycopg

        with psycopg.connect(
            host=str(self._folder), user="learner", dbname=name, autocommit=True
        ) as connection:
            cursor = connection.execute(query)
            return list(cursor.fetchall()) if cursor.description else []

    def cut(self) -> int:
        """Ends every connection to the database but this one; how many."""
        return len(
            self.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = '{DATABASE}' AND pid <> pg_backend_pid()"
            )
        )

    def start(self) -> None:
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        command = [
            str(self._programs / "postgres"),
            "-D",
            str(self._data),
            "-k",
            str(self._folder),
            *settings,
        ]
        self._process = subprocess.Popen(_as_other(command), cwd=self._folder, stderr=subprocess.DEVNULL)
        ready = [str(self._programs / "pg_isready"), "-q", "-h", str(self._folder)]
        until = time.monotonic() + _LIMIT
        while subprocess.run(ready).returncode:
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError("the PostgreSQL server of the tests does not start")
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Ends the server, cutting its connections; by SIGQUIT as if it crashed."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_LIMIT)
            self._process = None

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *options: str) -> None:
        command = _as_other([str(self._programs / program), *options])
        subprocess.run(command, cwd=self._folder, stdout=subprocess.DEVNULL, check=True)


def _user() -> pwd.struct_passwd | None:
    """Whom the server runs as; None: this user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _as_other(command: Sequence[str]) -> list[str]:
    user = _user()
    if user is None:
        return list(command)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *command]
