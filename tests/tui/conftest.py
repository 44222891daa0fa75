"""A grader that is ready, and a home with weeks of reviews in it."""

from pathlib import Path

import pytest

from studyllm.tui.importing import unread
from studyllm.tui.review import ahead
from tests.tui.app import SlowGrader
from tests.tui.scenes import furnish


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stands beside this file drives the app, which takes seconds."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("pilot")


@pytest.fixture(autouse=True)
def quick_eyes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys count as soon as what they are about is painted: tests see at once."""
    monkeypatch.setattr(ahead, "GUARD", 0.0)


@pytest.fixture(autouse=True)
def no_line_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """No language model reads notes, whether one is on this machine or not."""
    monkeypatch.setattr(unread, "line_reader_of", lambda _study: None)


@pytest.fixture
def grader() -> SlowGrader:
    made = SlowGrader()
    made.loaded.set()
    return made


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("furnished") / "home"
    furnish(home)
    return home
