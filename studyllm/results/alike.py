"""Which wrong answers are alike: by their letters, and by meaning where there is an embedding model.

The most frequent answers to a question are compared each with each; the others join the group whose middle they are
near to by letters. Thresholds were chosen by eye, on a few dozen answers of our own with known mistakes.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from scipy.spatial.distance import squareform  # type: ignore[import-untyped]

from studyllm.text import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

Embed = Callable[[Sequence[str]], Sequence[bytes]]
"""Unit vectors as little-endian 16-bit floats, for each text; none without an embedding model."""

COMPARED = 800
"""Answers to a question that are compared each with each."""
MEANT = 150
"""Of these, the ones that are read by the embedding model, some 25 ms each."""
_FEW = 6
"""Fewer texts than these have no mean that would say what distinguishes them."""
_READ = 400
"""Letters of an answer that are compared."""
_LETTERS = 0.25
_BOTH = 0.1
"""From these likenesses on, answers are alike."""


def groups(texts: Sequence[str], embed: Embed | None = None) -> list[int]:
    """A number for each text, the same for those that are alike; the first texts are the most frequent."""
    if len(texts) < 2:
        return [0] * len(texts)
    letters = _letters(texts)
    vectors = _vectors(texts[:MEANT], embed) if embed and len(texts) >= _FEW else None
    compared = MEANT if vectors is not None else COMPARED
    first = letters[:compared]
    likeness = np.asarray((first @ first.T).todense())
    edge = _LETTERS
    if vectors is not None:
        likeness, edge = (likeness + vectors @ vectors.T) / 2, _BOTH
    found = [int(number) for number in _cut(likeness, edge)]
    return found + _joined(letters, found)


def _letters(texts: Sequence[str]) -> Any:
    """A sparse matrix, (texts, sequences of one to three letters): unit rows, in which what few have counts more."""
    counts = [_sequences(fold(text[:_READ])) for text in texts]
    among = Counter(sequence for one in counts for sequence in one)
    number = {sequence: place for place, sequence in enumerate(among)}
    starts, columns, values = [0], [], []
    for one in counts:
        weights = [
            math.log1p(count) * (math.log((1 + len(texts)) / (1 + among[sequence])) + 0.1)
            for sequence, count in one.items()
        ]
        length = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
        columns += [number[sequence] for sequence in one]
        values += [weight / length for weight in weights]
        starts.append(len(columns))
    shape = (len(texts), max(1, len(number)))
    return csr_matrix((np.asarray(values, np.float32), np.asarray(columns, np.int32), starts), shape)


def _sequences(text: str) -> Counter[str]:
    """Pairs and triples of letters, words held together; Chinese letters alone too."""
    spaced = f" {text} "
    found = Counter(spaced[at : at + size] for size in (2, 3) for at in range(len(spaced) - size + 1))
    found.update(letter for letter in text if letter > "\u2e80")
    return found


def _vectors(texts: Sequence[str], embed: Embed) -> "NDArray[np.float32] | None":
    """Unit vectors of what distinguishes the texts: all answers to a question are near to one another."""
    raw = embed(texts)
    if len(raw) < len(texts):
        return None
    vectors = np.frombuffer(b"".join(raw), "<f2").reshape(len(texts), -1).astype(np.float32)
    vectors -= vectors.mean(0)
    unit: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit


def _cut(likeness: "NDArray[np.float32]", edge: float) -> "NDArray[np.int32]":
    """Groups by average linkage."""
    distances = np.clip(1 - (likeness + likeness.T) / 2, 0, None)
    np.fill_diagonal(distances, 0)
    tree = linkage(squareform(distances, checks=False), "average")
    cut: NDArray[np.int32] = fcluster(tree, 1 - edge, "distance")
    return cut


def _joined(letters: Any, found: list[int]) -> list[int]:
    """A group for each text that was not compared: the one whose middle is near, or one of its own."""
    count, rest = max(found), letters[len(found) :]
    if not rest.shape[0]:
        return []
    members = csr_matrix(
        (np.ones(len(found), np.float32), (np.asarray(found) - 1, np.arange(len(found)))), (count, len(found))
    )
    middles = members @ letters[: len(found)]
    lengths = np.sqrt(np.asarray(middles.multiply(middles).sum(1))).ravel()
    joined = []
    for at in range(0, rest.shape[0], 1000):
        near = np.asarray((rest[at : at + 1000] @ middles.T).todense()) / np.maximum(lengths, 1e-6)
        best = near.argmax(1)
        for place, group in enumerate(best):
            alone = count + 1 + at + place
            joined.append(int(group) + 1 if near[place, group] >= _LETTERS else alone)
    return joined
