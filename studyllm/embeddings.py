"""How near texts are in meaning: vectors of the embedding model, each computed once and kept by content."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from studyllm.grading import Grader

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from studyllm.store.vectors import Vectors

_STEP = 16
"""Texts computed between two words about how far it is."""


def raw_vectors(
    texts: Sequence[str],
    kept: "Vectors",
    grader: Grader,
    progress: Callable[[int, int], bool] = lambda done, of: True,
) -> list[bytes] | None:
    """Unit vectors as little-endian 16-bit floats, those not kept yet computed, which takes some 25 ms a text; None
    without an embedding model, or when `progress(done, of)` says to stop."""
    wanted = list(dict.fromkeys(texts))
    known = kept.get(wanted)
    missing = [text for text in wanted if text not in known]
    for at in range(0, len(missing), _STEP):
        if not progress(at, len(missing)):
            return None
        some = missing[at : at + _STEP]
        found = dict(zip(some, grader.embed(some), strict=False))
        if len(found) < len(some):
            return None
        kept.put(found)
        known |= found
    return [known[text] for text in texts]


def vectors(
    texts: Sequence[str],
    kept: "Vectors",
    grader: Grader,
    progress: Callable[[int, int], bool] = lambda done, of: True,
) -> "NDArray[numpy.float32] | None":
    """The same as a matrix, (texts, dimensions)."""
    import numpy

    raw = raw_vectors(texts, kept, grader, progress)
    if raw is None:
        return None
    if not raw:
        return numpy.zeros((0, 0), numpy.float32)
    return numpy.frombuffer(b"".join(raw), "<f2").reshape(len(raw), -1).astype(numpy.float32)
