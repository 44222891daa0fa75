"""Which URL answers go to, and which key goes along."""

import pytest

from studyllm.errors import InputError
from studyllm.grading.server import address_of

LAN, SAFE, HERE = "http://192.168.1.5:8000/v1", "https://api.example/v1", "http://127.0.0.1:8080/v1"
KEYED = {"OPENAI_API_KEY": "sk-secret"}


@pytest.mark.parametrize(
    ("server", "environ", "url"),
    [
        ("auto", {}, None),
        ("auto", {"OPENAI_BASE_URL": ""}, None),
        ("auto", {"OPENAI_BASE_URL": SAFE}, SAFE),
        (HERE, {"OPENAI_BASE_URL": SAFE}, HERE),
        ("off", {"OPENAI_BASE_URL": SAFE}, None),
        ("http://localhost:11434", {}, "http://localhost:11434/v1"),
        ("https://host/a/b/", {}, "https://host/a/b"),
        ("http://[::1]:8080/v1", {}, "http://[::1]:8080/v1"),
    ],
)
def test_the_setting_comes_before_the_environment(
    server: str, environ: dict[str, str], url: str | None
) -> None:
    found = address_of(server, environ=environ)
    assert (found and found.url) == url


@pytest.mark.parametrize(
    "url",
    [
        "ftp://host/v1",
        "file:///etc/passwd",
        "host:8080",
        "http://",
        "http://host:99999/v1",
        "http://name:password@host/v1",
        "http://host/v1?key=sk-secret",
        "http://host/v1#a",
        "http://host/v1\r\nX: y",
        "http://ho st/v1",
        "http://" + "a" * 3000,
        "http://[::1/v1",
        "\x1b[31m",
    ],
)
def test_what_is_no_url_is_one_sentence_that_does_not_repeat_it(url: str) -> None:
    with pytest.raises(InputError) as raised:
        address_of(url, environ=KEYED)
    assert "secret" not in str(raised.value)
    assert "password@" not in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("server", "environ", "sent"),
    [
        (SAFE, {}, True),
        (HERE, {}, True),
        (LAN, {}, False),
        ("auto", {"OPENAI_BASE_URL": LAN}, True),
        (LAN, {"OPENAI_BASE_URL": SAFE}, False),
    ],
)
def test_a_key_for_another_server_does_not_go_over_the_wire_in_the_clear(
    server: str, environ: dict[str, str], sent: bool
) -> None:
    found = address_of(server, environ=environ | KEYED)
    assert found is not None
    assert bool(found.key) is sent
    assert "secret" not in repr(found)


def test_a_key_that_no_header_holds_is_not_shown() -> None:
    with pytest.raises(InputError) as raised:
        address_of(SAFE, environ={"OPENAI_API_KEY": "sk-sec\nret: x"})
    assert "sec" not in str(raised.value)
