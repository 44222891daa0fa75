"""The embedding model's part: whether an answer agrees with the reference and its points, or how near it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer

from studyllm.grading.agreement import Agreement, Asked, fits
from studyllm.grading.features import subject
from studyllm.grading.overlap import segments
from studyllm.grading.verdict import Question

_KEPT = 2000
"""Texts whose embedding is kept; 1.5 kB each."""


class Embedder:
    """A sentence-transformers folder. Not thread-safe: the child's one working thread owns it."""

    def __init__(self, path: Path, *, threads: int, device: str = "auto") -> None:
        torch.set_num_threads(threads)
        self._model: Any = SentenceTransformer(
            str(path), device=None if device == "auto" else device, local_files_only=True
        )
        self._model.eval()
        self._kept: OrderedDict[str, Any] = OrderedDict()
        body = self._model[0].auto_model
        self._agreement = Agreement(body, self._model.tokenizer) if fits(body) else None
        self.see(Question("热身", "热身", points=("warm",)), "warm")

    def prepare(self, question: Question) -> None:
        """Read all that does not depend on the answer."""
        if self._agreement:
            self._agreement.prepare(_asked(question))
        else:
            self._vectors([question.reference, question.text, *question.points])

    def see(self, question: Question, answer: str) -> dict[str, object]:
        """What the cross-encoder makes of the answer, as a whole and point by point. Over a model that it was not made
        for: cosines of the answer with reference and question, and each point's best with a segment."""
        if self._agreement:
            return asdict(self._agreement.see(_asked(question), answer))
        parts = segments(answer)
        said = [answer, *(part for part in parts if len(parts) > 1)]
        vectors = self._vectors([question.reference, question.text, *question.points, *said])
        known = 2 + len(question.points)
        mine = vectors[known:]
        points: list[float] = []
        where: list[int] = []
        for vector in vectors[2:known]:
            near = [float(vector @ other) for other in mine]
            best = max(range(len(near)), key=near.__getitem__)
            points.append(round(near[best], 4))
            where.append(best - 1)
        return {
            "whole": round(float(vectors[0] @ mine[0]), 4),
            "asked": round(float(vectors[1] @ mine[0]), 4),
            "points": points,
            "where": where,
        }

    def vectors(self, texts: Sequence[str]) -> bytes:
        """Unit vectors of texts, (texts, dimensions) as 16-bit floats, one after the other."""
        found = self._model.encode(
            [f"query: {text}" for text in texts], normalize_embeddings=True, show_progress_bar=False
        )
        raw: bytes = found.astype("<f2").tobytes()
        return raw

    def _vectors(self, texts: Sequence[str]) -> list[Any]:
        """Unit vectors of texts, those not known yet computed together."""
        new = list(dict.fromkeys(text for text in texts if text not in self._kept))
        if new:
            found = self._model.encode(
                [f"query: {text}" for text in new], normalize_embeddings=True, show_progress_bar=False
            )
            self._kept.update(zip(new, found, strict=True))
        vectors = [self._kept[text] for text in texts]
        for text in texts:
            self._kept.move_to_end(text)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return vectors


def _asked(question: Question) -> Asked:
    return Asked(subject(question), question.points)
