"""A cross-encoder that reads a reference and an answer together: does the answer say it, does it deny it?

The body is that of the embedding model with a low-rank adapter (Hu et al. 2021, arXiv 2106.09685) merged into a copy
of its layers; the table of word embeddings, four fifths of the model, is shared. bench/train_agreement.py makes the
adapter, a few megabytes of safetensors beside this file.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor, nn

ADAPTER = Path(__file__).parent / "agreement.safetensors"
_QUESTION, _TEXT = 48, 160
"""Tokens kept of a question, and of a reference or an answer."""
_TOGETHER = 16
"""Pairs evaluated at once."""
HIDDEN = 128
_ROUNDING = 0.005
"""Weights of the same model in 4 and in 32 bits differ by less; other models by far more."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What is read together; `reference` may be one point of it."""

    question: str
    reference: str
    answer: str


@dataclass(frozen=True, slots=True)
class Packed:
    """Tokens of a pair; segment 1 is the reference, 2 the answer, 0 the rest."""

    tokens: tuple[int, ...]
    segments: tuple[int, ...]


def pack(tokenizer: Any, pairs: Sequence[Pair]) -> list[Packed]:
    """<s> question </s> reference </s> answer </s>, long texts cut."""
    flat = [text for pair in pairs for text in (pair.question, pair.reference, pair.answer)]
    ids = tokenizer(flat, add_special_tokens=False, verbose=False)["input_ids"]
    first, last = tokenizer.cls_token_id, tokenizer.sep_token_id
    packed = []
    for at in range(0, len(flat), 3):
        asked, wanted, said = ids[at][:_QUESTION], ids[at + 1][:_TEXT], ids[at + 2][:_TEXT]
        tokens = (first, *asked, last, *wanted, last, *said, last)
        segments = (*[0] * (len(asked) + 2), *[1] * len(wanted), 0, *[2] * len(said), 0)
        packed.append(Packed(tokens, segments))
    return packed


class Network(nn.Module):  # type: ignore[misc]
    """The body and two outputs: the logit that the answer says the reference, and that it denies it."""

    def __init__(self, body: Any) -> None:
        super().__init__()
        width = body.config.hidden_size
        self.body = body
        self.head = nn.Sequential(nn.Linear(3 * width, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, 2))

    def forward(self, tokens: Tensor, segments: Tensor) -> Tensor:
        """(pairs, 2) logits of (pairs, length) tokens; segment -1 is padding."""
        states = self.body(input_ids=tokens, attention_mask=(segments >= 0).long()).last_hidden_state
        wanted, said = (_mean(states, segments == part) for part in (1, 2))
        logits: Tensor = self.head(torch.cat([wanted, said, (wanted - said).abs()], dim=1))
        return logits


def _mean(states: Tensor, chosen: Tensor) -> Tensor:
    weight = chosen.unsqueeze(-1).to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1.0)


def batch(packed: Sequence[Packed], padding: int) -> tuple[Tensor, Tensor]:
    """Tokens and segments of several pairs, padded to the longest."""
    length = max(len(p.tokens) for p in packed)
    tokens = torch.full((len(packed), length), padding, dtype=torch.long)
    segments = torch.full((len(packed), length), -1, dtype=torch.long)
    for row, pair in enumerate(packed):
        tokens[row, : len(pair.tokens)] = torch.tensor(pair.tokens)
        segments[row, : len(pair.segments)] = torch.tensor(pair.segments)
    return tokens, segments


def layers_of(body: nn.Module) -> dict[str, nn.Linear]:
    """The body's linear layers that the adapter changes, by name."""
    return {name: part for name, part in body.encoder.named_modules() if isinstance(part, nn.Linear)}


def size(body: Any) -> float:
    """Norm of the weights that an adapter changes: two bodies are the same when it agrees within rounding."""
    return math.sqrt(sum(float(layer.weight.detach().square().sum()) for layer in layers_of(body).values()))


def fits(body: Any, adapter: Path = ADAPTER) -> bool:
    """Whether the adapter was made for this body."""
    if not adapter.exists():
        return False
    with safe_open(adapter, "pt") as opened:
        meant = float((opened.metadata() or {}).get("size", "nan"))
    return hasattr(body, "encoder") and math.isclose(size(body), meant, rel_tol=_ROUNDING)


def merged(body: Any, adapter: Path = ADAPTER) -> Network:
    """The network of an adapter over a body, which stays as it is."""
    own = copy.copy(body)
    own._modules = dict(body._modules)
    own.encoder = copy.deepcopy(body.encoder)
    where = next(body.parameters()).device
    network, weights = Network(own), load_file(adapter, device=str(where))
    network.to(where)
    with torch.no_grad():
        for name, layer in layers_of(own).items():
            layer.weight += weights[f"{name}.up"].float() @ weights[f"{name}.down"].float()
        network.head.load_state_dict(
            {name.removeprefix("head."): w.float() for name, w in weights.items() if name.startswith("head.")}
        )
    network.eval()
    return network


class Agreement:
    """The trained cross-encoder. Not thread-safe: the child's one working thread owns it."""

    def __init__(self, body: Any, tokenizer: Any) -> None:
        self._network, self._tokenizer = merged(body), tokenizer

    def see(self, pairs: Sequence[Pair]) -> list[tuple[float, float]]:
        """For each pair the logits that the answer says, and that it denies, the reference."""
        packed = pack(self._tokenizer, pairs)
        order = sorted(range(len(packed)), key=lambda i: len(packed[i].tokens))
        found = [(0.0, 0.0)] * len(packed)
        device = next(self._network.parameters()).device
        for at in range(0, len(order), _TOGETHER):
            chosen = order[at : at + _TOGETHER]
            tokens, segments = batch([packed[i] for i in chosen], self._tokenizer.pad_token_id)
            with torch.inference_mode():
                logits = self._network(tokens.to(device), segments.to(device)).tolist()
            for i, (says, denies) in zip(chosen, logits, strict=True):
                found[i] = (round(says, 3), round(denies, 3))
        return found
