"""A few of the inputs of `python -m tests.hostile.fuzz`, and that a failure is said and kept."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("target", "inputs"),
    [("notes", 100), ("settings", 2000), ("lines", 300), ("databases", 50), ("frames", 300)],
)
def test_hostile_inputs_give_documented_errors_alone(tmp_path: Path, target: str, inputs: int) -> None:
    command = ["-m", "tests.hostile.fuzz", target, "--inputs", str(inputs), "--failures", str(tmp_path)]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["inputs"] == inputs
