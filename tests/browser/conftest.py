"""A server for every test that wants one."""

import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from studyllm.store import Store
from tests.browser.servers import served
from tests.conftest import fill


@pytest.fixture
def server(home: Path, store: Store) -> Iterator[subprocess.Popen[str]]:
    """A server; at the end Ctrl-C has ended it."""
    fill(store, "residual [/b]", "softmax")
    made = served()
    yield made
    made.send_signal(signal.SIGINT)
    try:
        _out, err = made.communicate(timeout=30)
    finally:
        made.kill()
    assert "Traceback" not in err, err


@pytest.fixture
def address(server: subprocess.Popen[str]) -> str:
    """The address that the server printed."""
    assert server.stdout is not None
    found = re.search(r"http://\S+", server.stdout.readline())
    assert found, server.communicate()
    return found.group()
