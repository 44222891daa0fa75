"""A read-out belongs to one file of weights, and gives probabilities."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from studyllm.grading import Question, note_lines
from studyllm.grading import reader as module
from studyllm.grading.note_lines import LineReadOut
from studyllm.grading.reader import READOUTS, ReadOut, _Slots, read_out_of
from studyllm.models import find


def test_states_become_probabilities_whatever_their_length() -> None:
    weights = np.array([[2, 0, 0], [0, 2, 0], [0, 0, 1]], np.float32)
    read_out = ReadOut(Path("adapter.gguf"), "", 5, weights, weights)
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


class Counting:
    """A language model that keeps sequences, and counts the tokens it evaluates."""

    chat_template = None

    def __init__(self, path: Path, **_options: object) -> None:
        self.held: dict[int, list[tuple[int, ...]]] = {}
        self.evaluated = 0

    def mark(self, which: str) -> str:
        return ""

    def text(self, text: str) -> tuple[int, ...]:
        return tuple(map(ord, text))

    template = text

    def draft(self, sequence: int, parts: list[tuple[int, ...]], stop: object = None) -> bool:
        known = sum(map(len, self.held.get(sequence, [])[:1]))
        self.evaluated += sum(map(len, parts)) - known
        self.held[sequence] = list(parts)
        return True

    def copy(self, source: int, target: int, tokens: int = -1) -> None:
        self.held[target] = list(self.held.get(source, []))

    def begins(self, sequence: int, parts: tuple[tuple[int, ...], ...]) -> bool:
        return self.held.get(sequence, [])[: len(parts)] == list(parts)

    def branch(self, sequence: int, parts: object, tails: dict[int, object]) -> np.ndarray:
        return np.zeros((1 + len(tails), 2), np.float32)

    def states(self, _sequence: int, tokens: list[int], stop: Callable[[int], bool]) -> np.ndarray | None:
        return None if stop(len(tokens)) else np.array([[token, 1.0] for token in tokens], np.float32)

    def saved(self, sequence: int) -> bytes:
        return repr(self.held[sequence]).encode()

    def restore(self, sequence: int, parts: tuple[tuple[int, ...], ...], state: bytes) -> None:
        assert state == repr(list(parts)).encode()
        self.held[sequence] = list(parts)

    def clear(self) -> None:
        self.held.clear()


def test_what_is_read_beforehand_is_not_evaluated_again_however_much_is_read_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    weights = np.zeros((3, 3), np.float32)
    monkeypatch.setattr(module, "Llama", Counting)
    monkeypatch.setattr(module, "read_out_of", lambda _path: ReadOut(Path("a"), "", 1, weights, weights))
    reader = module.Reader(Path("model"), threads=1)
    asked = [Question(f"question {n}", f"reference {n}", points=("point",), lang="en") for n in range(8)]
    for question in asked:
        reader.foresee(question)
    llama = reader.llama
    assert isinstance(llama, Counting)
    before = llama.evaluated
    for question in asked:
        assert reader.read(question, "answer") is not None
    assert llama.evaluated == before
    reader.read(asked[0], "another answer")
    assert llama.evaluated == before
    reader.prepare(Question("something else", "reference", points=("point",), lang="en"))
    assert not reader._foreseen  # the others are over


def line_reader(monkeypatch: pytest.MonkeyPatch, sha256: str) -> module.Reader:
    weights = np.zeros((3, 3), np.float32)
    monkeypatch.setattr(module, "Llama", Counting)
    monkeypatch.setattr(module, "read_out_of", lambda _path: ReadOut(Path("a"), sha256, 1, weights, weights))
    monkeypatch.setattr(
        module, "line_read_out", lambda: LineReadOut(8, "made for", 1, 1.0, 0.5, (1.0, 0.0), (0.0, 1.0), "")
    )
    return module.Reader(Path("model"), threads=1)


def test_lines_are_read_at_their_ends_those_before_them_along(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = line_reader(monkeypatch, "made for")
    marks = reader.lines(["before"], ["one", "", "three"])
    assert marks is not None
    assert len(marks) == 3
    assert len(set(marks)) == 1, "each ends in a line break"
    first, last = marks[0]
    assert (first - 0.5) / last == pytest.approx(ord("\n"), rel=0.01)
    assert reader.lines([], ["one"], lambda _done: True) is None
    much = reader.lines([], ["x" * 9000, "y"])
    assert much == ()
    much = reader.lines([], ["y", "x" * 9000])
    assert much is not None
    assert len(much) == 1


def test_a_read_out_of_lines_is_for_one_model(monkeypatch: pytest.MonkeyPatch) -> None:
    assert line_reader(monkeypatch, "another one").lines([], ["one"]) is None


def test_the_read_out_of_lines_that_ships_is_for_the_default_model() -> None:
    known = note_lines.line_read_out()
    assert len(known.first) == len(known.last)
    assert (known.size, known.sha256) == (find("default").bytes, find("default").sha256)
