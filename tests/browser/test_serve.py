"""`studyllm serve` in a headless Chromium: a review by keyboard, and everybody else kept out."""

import json
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.command import Command

from studyllm.store import Store
from tests.browser.servers import served

_FLAGS = (
    *(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--window-size=1000,700",
    ),
    *(
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--enable-unsafe-swiftshader",
    ),
)
_CATCH_TERMINAL = """
Object.defineProperty(Object.prototype, 'terminal', {configurable: true, set(made) {
  window.caught = made;
  Object.defineProperty(this, 'terminal', {value: made, writable: true, configurable: true, enumerable: true});
}});
"""
"""xterm.js paints on a canvas: the page's terminal is caught when it is made, to read its rows."""
_ROWS = """
const shown = window.caught && window.caught.buffer.active;
return shown ? [...Array(window.caught.rows)].map((_, y) => shown.getLine(y).translateToString()).join('\\n') : '';
"""


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("chromium and chromedriver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    for flag in (*_FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    made = webdriver.Chrome(options, webdriver.ChromeService(executable_path=driver))
    try:
        made.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _CATCH_TERMINAL})
        yield made
    finally:
        made.quit()


def logged(browser: webdriver.Chrome, kind: str) -> list[dict[str, str]]:
    """What Chromium has logged since it was last asked, as `get_log` gives it, which has no types."""
    entries: list[dict[str, str]] = browser.execute(Command.GET_LOG, {"type": kind})["value"]
    return entries


def wait_for(browser: webdriver.Chrome, *words: str, seconds: float = 60) -> str:
    """The rows of the terminal on the page, once they hold all of the words."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        rows = str(browser.execute_script(_ROWS))
        if all(word in rows for word in words):
            return rows
        time.sleep(0.1)
    pytest.fail(f"{words} did not show:\n{browser.execute_script(_ROWS)}\n{logged(browser, 'browser')}")


def requested(browser: webdriver.Chrome) -> set[str]:
    """The host and port of every request that the page made, its WebSocket's included."""
    messages = [json.loads(entry["message"])["message"] for entry in logged(browser, "performance")]
    urls = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    urls += [m["params"]["url"] for m in messages if m["method"] == "Network.webSocketCreated"]
    return {urlsplit(url).netloc for url in urls if urlsplit(url).scheme not in ("data", "chrome", "about")}


@pytest.mark.browser
def test_a_card_is_reviewed_in_the_browser(address: str, browser: webdriver.Chrome, store: Store) -> None:
    browser.get(address)
    wait_for(browser, "words", "2 new")
    keyboard = browser.find_element(By.CSS_SELECTOR, ".xterm-helper-textarea")
    keyboard.send_keys("a")
    wait_for(browser, "residual [/b]", "Type what you remember")
    keyboard.send_keys("what residual [/b] means", Keys.ENTER)
    wait_for(browser, "correct", "Your answer", "4 good")
    time.sleep(0.5)  # a key that comes before anybody can have read the verdict is no grade
    keyboard.send_keys("4")
    wait_for(browser, "softmax", "Type what you remember")
    keyboard.send_keys("归一化的指数", Keys.ENTER)
    wait_for(browser, "归一化的指数", "Your answer", "4 good")
    time.sleep(0.5)
    keyboard.send_keys("5")
    wait_for(browser, "2 answered")
    assert [(e.review.answer, e.review.chosen) for e in store.journal.entries() if e.review] == [
        ("what residual [/b] means", 4),
        ("归一化的指数", 5),
    ]
    assert requested(browser) == {urlsplit(address).netloc}
    assert not [entry for entry in logged(browser, "browser") if entry["level"] == "SEVERE"]
    keyboard.send_keys(Keys.CONTROL, "q")
    end = time.monotonic() + 30
    while not browser.find_element(By.ID, "ended").is_displayed():
        assert time.monotonic() < end, "the page does not say that the app has ended"
        time.sleep(0.1)


def status(address: str, path: str, **headers: str) -> int:
    """What a request to the server at an address is answered with."""
    host, port = urlsplit(address).netloc.split(":")
    with closing(HTTPConnection(host, int(port), timeout=30)) as connection:
        connection.request("GET", path, headers={"Host": f"{host}:{port}", **headers})
        return connection.getresponse().status


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "c3R1ZHlsbG0gc3R1ZHlsbA==",
}


def test_who_has_no_token_is_refused(address: str) -> None:
    page, token = urlsplit(address), urlsplit(address).query
    own = f"http://{page.netloc}"
    assert status(address, f"/?{token}") == 200
    assert status(address, f"/?{token}", Origin=own) == 200
    for path in (
        "/",
        "/?token=",
        "/?token=wrong",
        "/?token=%C3%A9",
        "/ws",
        "/static/js/textual.js",
        "/download/1",
        "/no",
    ):
        assert status(address, path) == 403, path
        assert status(address, path, Cookie=f"studyllm-{page.port}=wrong") == 403, path
    assert status(address, "/", Cookie=f"studyllm-{page.port}={token.removeprefix('token=')}") == 200


def test_other_names_and_other_pages_are_refused_even_with_the_token(address: str) -> None:
    page, token = urlsplit(address), urlsplit(address).query
    own = f"http://{page.netloc}"
    assert status(address, f"/?{token}", Host=f"localhost:{page.port}") == 200
    for host in (f"evil.example:{page.port}", "127.0.0.1", "127.0.0.1:1", ""):
        assert status(address, f"/?{token}", Host=host) == 403, host
    for origin in (
        "http://evil.example",
        "null",
        f"http://localhost:{page.port}",
        own.replace("http", "https"),
    ):
        assert status(address, f"/ws?{token}", Origin=origin, **UPGRADE) == 403, origin
    assert status(address, f"/ws?{token}", Origin=own, **UPGRADE) == 101


def app_of(server: subprocess.Popen[str]) -> Path:
    """The folder in /proc of the app that a server has started."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for child in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split():
            if "--no-plain" in (Path("/proc") / child / "cmdline").read_text():
                return Path("/proc") / child
        time.sleep(0.05)
    pytest.fail("no app was started")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="/proc tells of processes on Linux alone")
@pytest.mark.slow
def test_an_app_has_a_clean_environment_and_ends_with_its_server(
    server: subprocess.Popen[str], address: str
) -> None:
    page, token = urlsplit(address), urlsplit(address).query
    with closing(HTTPConnection(page.hostname or "", page.port, timeout=30)) as connection:
        connection.request("GET", f"/ws?{token}", headers={"Origin": f"http://{page.netloc}", **UPGRADE})
        assert connection.getresponse().status == 101
        process = app_of(server)
        environment = (process / "environ").read_text()
        assert "STUDYLLM_HOME=" in environment
        assert "SECRET" not in environment
        assert token.removeprefix("token=") not in environment + (process / "cmdline").read_text()
        server.send_signal(signal.SIGINT)
        server.wait(30)
        end = time.monotonic() + 30
        while process.exists() and (process / "stat").read_text().split()[2] != "Z":
            assert time.monotonic() < end, "the app outlives its server"
            time.sleep(0.1)


def test_other_machines_are_let_in_only_when_asked_for(home: Path) -> None:
    refused = served("--host", "0.0.0.0")
    assert refused.wait(60) == 1
    assert "--allow-remote" in refused.communicate()[1]


def test_a_taken_port_is_one_sentence(address: str) -> None:
    refused = served("--port", str(urlsplit(address).port))
    assert refused.wait(60) == 1
    out, err = refused.communicate()
    assert "is taken" in err
    assert not out
    assert len(err.splitlines()) == 1
