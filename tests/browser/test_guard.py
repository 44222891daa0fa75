"""By which names the server may be asked."""

import socket

import pytest

from studyllm.web import Guard


@pytest.mark.parametrize(
    ("host", "asked", "ours"),
    [
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "evil.example:8000", False),
        ("192.168.1.5", "192.168.1.5:8000", True),
        ("192.168.1.5", "192.168.1.6:8000", False),
        ("0.0.0.0", "192.168.1.6:8000", True),
        ("0.0.0.0", "[fe80::1]:8000", True),
        ("0.0.0.0", f"{socket.gethostname()}:8000", True),
        ("0.0.0.0", f"{socket.gethostname().partition('.')[0].upper()}.local:8000", True),
        ("0.0.0.0", "evil.example:8000", False),
        ("::", "evil.example:8000", False),
        ("::", "localhost:8000", True),
    ],
)
def test_only_names_of_this_machine_are_answered_to(host: str, asked: str, ours: bool) -> None:
    assert Guard("token", host, 8000)._is_ours(asked) is ours
