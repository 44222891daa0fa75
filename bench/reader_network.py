"""The layers of the language model that bench/train_reader.py trains beside: read from a GGUF, adapted, written again.
Needs the package gguf."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel

LAST = 18
"""The last layer that is evaluated, counted from 0."""
RANK = 8
DROPOUT = 0.05
NAMES = {
    "attn_q": "q",
    "attn_k": "k",
    "attn_v": "v",
    "attn_output": "o",
    "ffn_gate": "gate",
    "ffn_up": "up",
    "ffn_down": "down",
}


@dataclass(frozen=True)
class Shape:
    """What the GGUF says of its model."""

    heads: int
    groups: int
    base: float
    epsilon: float


class Adapted(nn.Module):  # type: ignore[misc]
    """A frozen linear layer and a product of two thin matrices beside it."""

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        super().__init__()
        self.register_buffer("weight", weight, persistent=False)
        self.register_buffer("bias", bias, persistent=False)
        self.a = nn.Parameter(torch.randn(RANK, weight.shape[1]) / math.sqrt(weight.shape[1]))
        self.b = nn.Parameter(torch.zeros(weight.shape[0], RANK))

    def forward(self, x: Tensor) -> Tensor:
        out = nn.functional.linear(x, self.weight, self.bias)
        thin = nn.functional.linear(nn.functional.dropout(x, DROPOUT, self.training), self.a.to(x.dtype))
        return out + nn.functional.linear(thin, self.b.to(x.dtype))


class Layer(nn.Module):  # type: ignore[misc]
    """One layer of Qwen2."""

    def __init__(self, tensors: dict[str, Tensor], shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        for name, short in NAMES.items():
            setattr(self, short, Adapted(tensors[f"{name}.weight"], tensors.get(f"{name}.bias")))
        self.register_buffer("first", tensors["attn_norm.weight"], persistent=False)
        self.register_buffer("second", tensors["ffn_norm.weight"], persistent=False)

    def forward(self, x: Tensor, turn: tuple[Tensor, Tensor], mask: Tensor) -> Tensor:
        seen = normal(x, self.first, self.shape.epsilon)
        q, k, v = (self._split(part(seen)) for part in (self.q, self.k, self.v))
        # Keys and values are repeated: with a mask and enable_gqa torch takes its slowest path.
        k, v = (x.repeat_interleave(self.shape.heads // self.shape.groups, 1) for x in (turned(k, turn), v))
        with sdpa_kernel([SDPBackend.EFFICIENT_ATTENTION, SDPBackend.MATH]):
            mixed = nn.functional.scaled_dot_product_attention(turned(q, turn), k, v, attn_mask=mask)
        x = x + self.o(mixed.transpose(1, 2).flatten(2))
        seen = normal(x, self.second, self.shape.epsilon)
        return x + self.down(nn.functional.silu(self.gate(seen)) * self.up(seen))

    def _split(self, x: Tensor) -> Tensor:
        """(rows, heads, length, size of a head)."""
        width = self.q.weight.shape[0] // self.shape.heads
        return x.unflatten(-1, (-1, width)).transpose(1, 2)


def normal(x: Tensor, weight: Tensor | None, epsilon: float) -> Tensor:
    """Root-mean-square normalisation, in 32 bits."""
    wide = x.float()
    wide = wide * torch.rsqrt(wide.square().mean(-1, keepdim=True) + epsilon)
    return (wide if weight is None else wide * weight).to(x.dtype)


def turned(x: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
    """Rotary positions (halves, as Qwen2 has them)."""
    cos, sin = turn
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat([-second, first], -1) * sin


class Network(nn.Module):  # type: ignore[misc]
    """The first layers with their adapters, and the heads."""

    def __init__(self, words: Tensor, layers: list[Layer], shape: Shape) -> None:
        super().__init__()
        self.register_buffer("words", words, persistent=False)
        self.layers, self.shape = nn.ModuleList(layers), shape
        self.whole, self.point = (nn.Linear(words.shape[1], 3) for _ in range(2))

    def states(self, tokens: Tensor, places: Tensor, mask: Tensor) -> Tensor:
        """(rows, length, width), normalised."""
        x = self.words[tokens]
        half = self.layers[0].q.weight.shape[0] // self.shape.heads // 2
        speed = self.shape.base ** (-torch.arange(half, device=x.device) / half)
        angle = places[:, None, :, None].float() * speed
        angle = torch.cat([angle, angle], -1)
        turn = angle.cos().to(x.dtype), angle.sin().to(x.dtype)
        for layer in self.layers:
            x = layer(x, turn, mask)
        return normal(x.float(), None, self.shape.epsilon)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Logits of the whole, (answers, 3), and of the points, (points of all answers, 3)."""
        x = self.states(batch.tokens, batch.places, batch.mask)
        return self.whole(x[batch.whole[:, 0], batch.whole[:, 1]]), self.point(
            x[batch.point[:, 0], batch.point[:, 1]]
        )


@dataclass(frozen=True)
class Batch:
    """Some sequences: tokens, positions, who sees whom, and where judgements begin."""

    tokens: Tensor
    places: Tensor
    mask: Tensor
    whole: Tensor
    """(answers, 2): row and column."""
    point: Tensor
    answers: list[dict[str, Any]]
    worth: Tensor


def loaded(file: Path, vocabulary: Sequence[int] | None, device: str, kind: torch.dtype) -> Network:
    """The network of a GGUF; `vocabulary` names the rows of a cut word table."""
    from gguf import GGUFReader
    from gguf.quants import dequantize

    opened = GGUFReader(file)

    def number(name: str) -> float:
        return float(opened.fields[f"qwen2.{name}"].parts[-1][0])

    shape = Shape(
        int(number("attention.head_count")),
        int(number("attention.head_count_kv")),
        number("rope.freq_base"),
        number("attention.layer_norm_rms_epsilon"),
    )
    words, parts = None, [dict[str, Tensor]() for _ in range(LAST + 1)]
    for tensor in opened.tensors:
        _, *place = tensor.name.split(".", 2)
        if tensor.name == "token_embd.weight":
            rows = (
                tensor.data
                if vocabulary is None or len(tensor.data) == len(vocabulary)
                else tensor.data[list(vocabulary)]
            )
            words = torch.from_numpy(dequantize(rows, tensor.tensor_type)).to(device, kind)
        elif tensor.name.startswith("blk.") and int(place[0]) <= LAST:
            value = torch.from_numpy(np.array(dequantize(tensor.data, tensor.tensor_type)))
            parts[int(place[0])][place[1]] = value.to(device, torch.float32 if "norm" in place[1] else kind)
    assert words is not None
    network = Network(words, [Layer(tensors, shape) for tensors in parts], shape)
    network.to(device)
    return network


def begin_again(network: Network) -> None:
    """Adapters and heads as before any training."""
    torch.manual_seed(0)
    for module in network.modules():
        if isinstance(module, Adapted):
            nn.init.normal_(module.a, std=1 / math.sqrt(module.a.shape[1]))
            nn.init.zeros_(module.b)
    for head in (network.whole, network.point):
        nn.init.normal_(head.weight, std=0.01)
        nn.init.zeros_(head.bias)


def write(network: Network, out: Path, model: dict[str, str]) -> None:
    """The adapter in the form that llama.cpp loads, and the heads with the model that they are for."""
    from gguf import GGUFWriter

    writer = GGUFWriter(out / f"{model['name']}.gguf", "qwen2")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(RANK))
    for number, layer in enumerate(network.layers):
        for name, short in NAMES.items():
            part = getattr(layer, short)
            for which in ("a", "b"):
                value = getattr(part, which).detach().half().cpu().numpy()
                writer.add_tensor(f"blk.{number}.{name}.weight.lora_{which}", value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    heads = {
        name: np.hstack([h.weight.detach().cpu().numpy(), h.bias.detach().cpu().numpy()[:, None]])
        for name, h in (("whole", network.whole), ("point", network.point))
    }
    made_for = {"size": model["size"], "sha256": model["sha256"], "layer": str(LAST)}
    save_file(heads, out / f"{model['name']}.safetensors", made_for)
