"""Real kills, some of those of `python -m tests.hostile.kills`."""

import random
from pathlib import Path

import pytest

from tests.hostile.kills import KINDS, kill


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_kills_at_random_moments_lose_nothing(home: Path, kind: str) -> None:
    seed = random.randrange(2**32)
    moments = random.Random(seed)
    for _ in range(3):
        try:
            kill(kind, home, moments)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}") from error
