"""What tests of servers share."""

from collections.abc import Iterator

import pytest

from studyllm.grading.server.address import Address
from studyllm.grading.server.exchange import Line


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lets go of all connections at the end."""
    made: list[Line] = []
    init = Line.__init__

    def noted(line: Line, address: Address) -> None:
        init(line, address)
        made.append(line)

    monkeypatch.setattr(Line, "__init__", noted)
    yield
    for line in made:
        line.close()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    from studyllm.grading.server import judging, remote

    monkeypatch.setattr(judging, "READ", 1.0)
    monkeypatch.setattr(remote, "FIRST", 1.0)
