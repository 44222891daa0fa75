"""A terminal for each test that asks for one."""

from collections.abc import Iterator

import pytest

from tests.terminal.pane import Tmux


@pytest.fixture
def tmux() -> Iterator[Tmux]:
    made = Tmux()
    yield made
    made.close()
