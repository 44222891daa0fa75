"""The embedding model: how near an answer is to the reference, and whether it agrees with it and with its points."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from studyllm.cards import Kind
from studyllm.grading.cross_encoder import CrossEncoder, Prepared, fits
from studyllm.grading.features import subject
from studyllm.grading.order import assigned, stretches
from studyllm.grading.pace import ThreadPace
from studyllm.grading.verdict import QUERY, Question

_BLOCK, _ROWS = 32, 20_000
"""Weights of a block of the word table, and rows of it that are packed at a time."""
_BATCH = 32
"""Texts that are read together."""
_KEPT = 2000
"""Texts whose embedding is kept; 1.5 kB each."""


class Embedder:
    """A sentence-transformers folder. Not thread-safe: the child's one working thread owns it."""

    def __init__(self, path: Path, *, threads: int, device: str = "auto") -> None:
        self._pace = ThreadPace(threads)
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._agreement: CrossEncoder | None = None
        self._encode: Callable[[Sequence[str]], Any]
        if device in ("auto", "cpu") and not torch.cuda.is_available() and _is_plain(path):
            plain = _MeanPooled(path)
            self._encode = plain.encode
            if fits(plain.body):
                self._agreement = CrossEncoder(plain.body, plain.tokenizer)
        else:
            self._encode = self._by_library(path, device)
        self.see(Question("热身", "热身", points=("warm",)), "warm")

    def _by_library(self, path: Path, device: str) -> Callable[[Sequence[str]], Any]:
        """Any sentence-transformers folder, on any device."""
        from sentence_transformers import SentenceTransformer

        model: Any = SentenceTransformer(
            str(path), device=None if device == "auto" else device, local_files_only=True
        )
        model.eval()
        body = model[0].auto_model
        if fits(body):
            self._agreement = CrossEncoder(body, model.tokenizer)

        def encode(texts: Sequence[str]) -> Any:
            return model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)

        return encode

    def prepare(self, question: Question) -> None:
        """Read all that does not depend on the answer."""
        with self._pace.measured() as threads:
            torch.set_num_threads(threads)
            if self._agreement:
                self._agreement.prepare(_asked(question))
            self._vectors(_known(question))

    def forget(self) -> None:
        """Let go of what is kept of earlier texts."""
        self._kept.clear()
        if self._agreement:
            self._agreement.forget()

    def see(self, question: Question, answer: str) -> dict[str, object]:
        """Cosines of the answer with reference and question, and of each point with its own stretch of the answer; and
        what the cross-encoder makes of the answer, where the model is the one that it was made from."""
        with self._pace.measured() as threads:
            torch.set_num_threads(threads)
            return self._seen(question, answer)

    def _seen(self, question: Question, answer: str) -> dict[str, object]:
        parts = stretches(answer) or (answer,)
        known = _known(question)
        vectors = self._vectors([*known, answer, *parts])
        points, said = vectors[2 : len(known)], vectors[len(known) + 1 :]
        likeness = [[float(point @ part) for part in said] for point in points]
        seen: dict[str, object] = {
            "whole": round(float(vectors[0] @ vectors[len(known)]), 4),
            "asked": round(float(vectors[1] @ vectors[len(known)]), 4),
            "points": [round(max(row), 4) for row in likeness],
            "where": list(assigned(likeness, steps=question.kind is Kind.SEQUENCE)),
        }
        return seen | (asdict(self._agreement.see(_asked(question), answer)) if self._agreement else {})

    def vectors(self, texts: Sequence[str], prefix: str) -> bytes:
        """Unit vectors of texts, (texts, dimensions) as 16-bit floats, one after the other."""
        known = (
            self._vectors(texts) if prefix == QUERY else self._encode([f"{prefix}{text}" for text in texts])
        )
        raw: bytes = np.asarray(known).astype("<f2").tobytes()
        return raw

    def _vectors(self, texts: Sequence[str]) -> list[Any]:
        """Unit vectors of texts, those not known yet computed together."""
        new = list(dict.fromkeys(text for text in texts if text not in self._kept))
        if new:
            found = self._encode([f"{QUERY}{text}" for text in new])
            self._kept.update(zip(new, found, strict=True))
        vectors = [self._kept[text] for text in texts]
        for text in texts:
            self._kept.move_to_end(text)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return vectors


def _is_plain(path: Path) -> bool:
    """Whether a folder is a BERT whose vectors are normalised means of its last layer, as the default model is."""
    try:
        kinds = [
            module["type"].rpartition(".")[2] for module in json.loads((path / "modules.json").read_text())
        ]
        pooling = json.loads((path / "1_Pooling" / "config.json").read_text())
        body = json.loads((path / "config.json").read_text())
    except (OSError, ValueError, KeyError, TypeError):
        return False
    mean = {name for name, on in pooling.items() if name.startswith("pooling_mode") and on}
    return (
        kinds == ["Transformer", "Pooling", "Normalize"]
        and mean == {"pooling_mode_mean_tokens"}
        and body.get("model_type") == "bert"
    )


class _MeanPooled:
    """What sentence-transformers does with such a folder, on the CPU, without importing it: 200 MB and seconds less."""

    def __init__(self, path: Path) -> None:
        from transformers import AutoModel, AutoTokenizer

        self.tokenizer: Any = AutoTokenizer.from_pretrained(str(path), local_files_only=True)
        self.body: Any = AutoModel.from_pretrained(str(path), local_files_only=True)
        self.body.eval()
        # Four fifths of the model are the word table. The rest is copied, so that the mapped file goes: 700 MB less.
        self.body.embeddings.word_embeddings = _SmallTable(self.body.embeddings.word_embeddings)
        for parameter in self.body.parameters():
            parameter.data = parameter.data.clone()

    def encode(self, texts: Sequence[str]) -> Any:
        """(texts, dimensions) unit vectors."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: list[Any] = [None] * len(texts)
        for at in range(0, len(order), _BATCH):
            chosen = order[at : at + _BATCH]
            batch = self.tokenizer(
                [texts[i] for i in chosen], padding=True, truncation=True, max_length=512, return_tensors="pt"
            )
            with torch.inference_mode():
                states = self.body(**batch).last_hidden_state
            weight = batch["attention_mask"][..., None].to(states.dtype)
            means = torch.nn.functional.normalize((states * weight).sum(1) / weight.sum(1), dim=-1).numpy()
            for i, mean in zip(chosen, means, strict=True):
                found[i] = mean
        return np.stack(found)


class _SmallTable(torch.nn.Module):  # type: ignore[misc]
    """A table of vectors in 4 bits, 54 MB for 384: blocks of 32 weights with a 16-bit scale each, as in GGUF's Q4_0.

    Nothing is lost where the weights were in that form before, as in the file that the package index carries.
    """

    def __init__(self, table: torch.nn.Embedding) -> None:
        super().__init__()
        rows, width = table.weight.shape
        self.scales = torch.empty(rows, width // _BLOCK, 1, dtype=torch.float16)
        self.nibbles = torch.empty(rows, width // _BLOCK, _BLOCK // 2, dtype=torch.uint8)
        for at in range(0, rows, _ROWS):
            blocks = table.weight.detach()[at : at + _ROWS].reshape(-1, width // _BLOCK, _BLOCK)
            largest = blocks.gather(-1, blocks.abs().argmax(-1, keepdim=True))
            scales = (largest / -8).half()
            whole = (blocks / torch.where(scales == 0, 1, scales).float()).round().add(8).clamp(0, 15).byte()
            self.scales[at : at + _ROWS] = scales
            self.nibbles[at : at + _ROWS] = whole[..., : _BLOCK // 2] | whole[..., _BLOCK // 2 :] << 4

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        nibbles = self.nibbles[ids]
        whole = torch.cat([nibbles & 15, nibbles >> 4], dim=-1).float() - 8
        return (whole * self.scales[ids].float()).flatten(-2)


def _known(question: Question) -> list[str]:
    """The texts that do not depend on the answer: reference, question, points."""
    return [question.reference, question.text, *question.points]


def _asked(question: Question) -> Prepared:
    return Prepared(subject(question), question.points)
