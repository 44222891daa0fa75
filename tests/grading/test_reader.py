"""A read-out belongs to one file of weights, and gives probabilities."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from studyllm.grading.reader import READOUTS, ReadOut, _Slots, read_out_of


def test_states_become_probabilities_whatever_their_length() -> None:
    weights = np.array([[2, 0, 0], [0, 2, 0], [0, 0, 1]], np.float32)
    read_out = ReadOut(Path("adapter.gguf"), 5, weights, weights)
    found = read_out.read(np.array([[3, 0], [0, 3]], np.float32))
    assert sum(found.whole) == pytest.approx(1, abs=0.01)
    assert found.whole[0] > 0.8
    assert len(found.points) == 1
    assert found.points[0][1] > 0.8
    assert read_out.read(np.array([[30, 0], [0, 0.3]], np.float32)) == found


def test_a_read_out_is_known_by_the_models_digest(tmp_path: Path) -> None:
    model, other = tmp_path / "model.gguf", tmp_path / "other.gguf"
    model.write_bytes(b"GGUF one")
    other.write_bytes(b"GGUF two")
    made_for = {"size": "8", "sha256": hashlib.sha256(b"GGUF one").hexdigest(), "layer": "3"}
    weights = np.zeros((3, 5), np.float16)
    save_file({"whole": weights, "point": weights}, tmp_path / "small.safetensors", made_for)
    found = read_out_of(model, tmp_path)
    assert found is not None
    assert (found.layer, found.adapter) == (3, tmp_path / "small.gguf")
    assert read_out_of(other, tmp_path) is None


def test_the_read_outs_that_ship_can_be_read() -> None:
    from safetensors import safe_open

    files = sorted(READOUTS.glob("*.safetensors"))
    assert files
    for file in files:
        with safe_open(file, "np") as opened:
            assert {"size", "sha256", "layer"} <= set(opened.metadata())
            assert opened.get_tensor("whole").shape == opened.get_tensor("point").shape
        assert file.with_suffix(".gguf").read_bytes()[:4] == b"GGUF"


def test_the_prefix_used_longest_ago_makes_room() -> None:
    slots = _Slots(range(2))
    first, second, third = (((1, 2), (number,)) for number in range(3))
    for parts in (first, second):
        slot, _ = slots.take(parts)
        slots.put(parts, slot)
    slots.put(first, slots.find(first) or 0)
    slot, twin = slots.take(third)
    assert (slot, twin) == (1, 0)
    assert slots.find(second) is None
