"""`studyllm serve` in a headless Chromium: a review by keyboard, and everybody else kept out."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from studyllm.store import Store
from tests.conftest import fill

pytestmark = pytest.mark.browser

_FLAGS = (
    *(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--window-size=1000,700",
    ),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
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
def address(home: Path, store: Store) -> Iterator[str]:
    """The address that a server printed; at the end Ctrl-C has ended it and its apps."""
    fill(store, "residual [/b]", "softmax")
    server = subprocess.Popen(
        [sys.executable, "-m", "studyllm", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "STUDYLLM_LANGUAGE_MODEL": "off",
            "STUDYLLM_EMBEDDING_MODEL": "off",
            "STUDYLLM_INTERFACE": "en",
            "SECRET": "of the shell",
        },
    )
    assert server.stdout is not None
    found = re.search(r"http://\S+", server.stdout.readline())
    assert found, server.communicate()
    yield found.group()
    server.send_signal(signal.SIGINT)
    try:
        _out, err = server.communicate(timeout=15)
    finally:
        server.kill()
    assert "Traceback" not in err, err


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


def wait_for(browser: webdriver.Chrome, *words: str, seconds: float = 30) -> str:
    """The rows of the terminal on the page, once they hold all of the words."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        rows = str(browser.execute_script(_ROWS))
        if all(word in rows for word in words):
            return rows
        time.sleep(0.1)
    pytest.fail(f"{words} did not show:\n{browser.execute_script(_ROWS)}\n{browser.get_log('browser')}")


def requested(browser: webdriver.Chrome) -> set[str]:
    """The host and port of every request that the page made, its WebSocket's included."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    urls += [m["params"]["url"] for m in messages if m["method"] == "Network.webSocketCreated"]
    return {urlsplit(url).netloc for url in urls if urlsplit(url).scheme not in ("data", "chrome", "about")}


def test_a_card_is_reviewed_in_the_browser(address: str, browser: webdriver.Chrome, store: Store) -> None:
    browser.get(address)
    wait_for(browser, "words", "2 new")
    keyboard = browser.find_element(By.CSS_SELECTOR, ".xterm-helper-textarea")
    keyboard.send_keys("a")
    wait_for(browser, "residual [/b]", "Type what you remember")
    keyboard.send_keys("what residual [/b] means", Keys.ENTER)
    wait_for(browser, "correct", "Your answer", "4 good")
    keyboard.send_keys("4")
    wait_for(browser, "softmax", "Type what you remember")
    review = list(store.log())[-1].review
    assert review is not None
    assert (review.answer, review.chosen) == ("what residual [/b] means", 4)
    assert requested(browser) == {urlsplit(address).netloc}
    assert not [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    keyboard.send_keys(Keys.CONTROL, "q")
    end = time.monotonic() + 15
    while not browser.find_element(By.ID, "ended").is_displayed():
        assert time.monotonic() < end, "the page does not say that the app has ended"
        time.sleep(0.1)
