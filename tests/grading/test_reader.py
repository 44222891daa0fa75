"""A read-out belongs to one file of weights, and gives probabilities."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from studyllm.grading.reader import READOUTS, ReadOut, read_out_of


def test_states_become_probabilities() -> None:
    weights = np.array([[2, 0, 0], [0, 2, 0], [0, 0, 1]], np.float32)
    found = ReadOut((5,), weights, weights).read(np.array([[[3, 0]], [[0, 3]]], np.float32))
    assert sum(found.whole) == pytest.approx(1, abs=0.01)
    assert found.whole[0] > 0.9
    assert len(found.points) == 1
    assert found.points[0][1] > 0.9


def test_a_read_out_is_known_by_the_models_digest(tmp_path: Path) -> None:
    model, other = tmp_path / "model.gguf", tmp_path / "other.gguf"
    model.write_bytes(b"GGUF one")
    other.write_bytes(b"GGUF two")
    made_for = {"size": "8", "sha256": hashlib.sha256(b"GGUF one").hexdigest(), "layers": "3,4"}
    weights = np.zeros((3, 5), np.float16)
    save_file({"whole": weights, "point": weights}, tmp_path / "model.safetensors", made_for)
    found = read_out_of(model, tmp_path)
    assert found is not None
    assert found.layers == (3, 4)
    assert read_out_of(other, tmp_path) is None


def test_the_read_outs_that_ship_can_be_read() -> None:
    from safetensors import safe_open

    files = sorted(READOUTS.glob("*.safetensors"))
    assert files
    for file in files:
        with safe_open(file, "np") as opened:
            assert {"size", "sha256", "layers"} <= set(opened.metadata())
            assert opened.get_tensor("whole").shape == opened.get_tensor("point").shape
