"""A cross-encoder that reads a reference and an answer together: does the answer say it, does it deny it?

The body is that of the embedding model, whose weights are shared, with a low-rank adapter beside each of its layers (Hu
et al. 2021, arXiv 2106.09685). bench/train_cross_encoder.py makes the
adapter, a few megabytes of safetensors beside this file.

Question and reference are read before there is an answer: below the layer JOIN the answer sees them and they do not
see it, so what they are there is kept; above it all read each other (after Cao et al. 2020, DeFormer,
arXiv 2005.00697). What is left to do for an answer is little more than embedding it.
"""

from __future__ import annotations

import copy
import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor, nn

ADAPTER = Path(__file__).parent / "cross_encoder.safetensors"
JOIN = 9
"""Layers in which question and reference do not see the answer."""
_QUESTION, _POINT, _REFERENCE, _ANSWER = 48, 120, 200, 160
"""Tokens kept of a question, a point, all points together, and an answer."""
_KEPT = 12
"""Questions whose reading is kept, two or three megabytes each."""
HIDDEN = 128
_ROUNDING = 0.005
"""Weights of the same model in 4 and in 32 bits differ by less; other models by far more."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is known before the answer: a question and the points of its reference."""

    question: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """Tokens of a question and its points; a part is 0 for the question and marks, n for the n-th point."""

    tokens: tuple[int, ...]
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """Questions as they were read, (questions, length, …): the states at JOIN, and keys and values of each layer below
    it; `parts` is -1 where there is padding."""

    parts: Tensor
    states: Tensor
    keys: tuple[Tensor, ...]
    values: tuple[Tensor, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """Logits that an answer says, and that it denies, the whole reference and each of its points."""

    says: float
    denies: float
    said: tuple[float, ...]
    denied: tuple[float, ...]


def pack(tokenizer: Any, asked: Sequence[Prepared]) -> list[Packed]:
    """<s> question </s> point </s> point </s> …, long texts cut."""
    flat = [text for a in asked for text in (a.question, *a.points)]
    ids = iter(tokenizer(flat, add_special_tokens=False, verbose=False)["input_ids"] if flat else ())
    first, last = tokenizer.cls_token_id, tokenizer.sep_token_id
    packed = []
    for a in asked:
        question = next(ids)[:_QUESTION]
        tokens, parts = [first, *question, last], [0] * (len(question) + 2)
        for number in range(1, len(a.points) + 1):
            # Every point keeps a token, so that each has a state of its own.
            room = max(1, _REFERENCE - len(tokens) + len(question))
            point = next(ids)[: min(_POINT, room)] or [last]
            tokens += [*point, last]
            parts += [*[number] * len(point), 0]
        packed.append(Packed(tuple(tokens), tuple(parts)))
    return packed


def spell(tokenizer: Any, answers: Sequence[str]) -> list[tuple[int, ...]]:
    """The tokens of each answer and </s>, long ones cut."""
    ids = tokenizer(list(answers), add_special_tokens=False, verbose=False)["input_ids"]
    return [(*one[:_ANSWER], tokenizer.sep_token_id) for one in ids]


def padded(rows: Sequence[Sequence[int]], padding: int) -> Tensor:
    """(rows, longest) of rows of several lengths."""
    length = max(map(len, rows))
    return torch.tensor([[*row, *[padding] * (length - len(row))] for row in rows])


class Network(nn.Module):  # type: ignore[misc]
    """The body and two heads, of the whole and of a point: logits that an answer says it, and that it denies it."""

    def __init__(self, body: Any) -> None:
        super().__init__()
        self.body = body
        self.layers = list(body.encoder.layer)
        self.heads = body.config.num_attention_heads
        self.whole, self.point = (_head(body.config.hidden_size) for _ in range(2))

    def read(self, tokens: Tensor, parts: Tensor) -> Read:
        """Questions before there is an answer, from (questions, length) tokens."""
        seen = (parts >= 0)[:, None, None, :]
        x, keys, values = self.body.embeddings(input_ids=tokens), [], []
        for layer in self.layers[:JOIN]:
            k, v = self._keys(layer, x)
            keys.append(k)
            values.append(v)
            x = self._layer(layer, x, k, v, seen)
        return Read(parts, x, tuple(keys), tuple(values))

    def forward(self, read: Read, of: Tensor, answers: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """(answers, 2) logits of the whole and (answers, points, 2) of the points, from (answers, length) tokens.

        `of` is the question of each answer; a question with fewer points than another has rows that mean nothing.
        """
        parts = read.parts[of]
        known = parts.shape[1]
        mine = torch.arange(answers.shape[1], device=answers.device) < lengths[:, None]
        seen = torch.cat([parts >= 0, mine], dim=1)[:, None, None, :]
        # Positions go on where the question's own tokens end, whatever it was padded to.
        places = (parts >= 0).sum(1, keepdim=True) + torch.arange(answers.shape[1], device=answers.device)
        x = self.body.embeddings(input_ids=answers, position_ids=places)
        for layer, keys, values in zip(self.layers[:JOIN], read.keys, read.values, strict=True):
            k, v = self._keys(layer, x)
            k, v = torch.cat([keys[of], k], dim=2), torch.cat([values[of], v], dim=2)
            x = self._layer(layer, x, k, v, seen)
        x = torch.cat([read.states[of], x], dim=1)
        for layer in self.layers[JOIN:]:
            x = self._layer(layer, x, *self._keys(layer, x), seen)
        spoken = mine & (places - places[:, :1] < lengths[:, None] - 1)  # the last token is a mark
        said = _mean(x[:, known:], spoken[:, None])
        count = max(1, int(read.parts.max()))
        number = torch.arange(1, count + 1, device=x.device)[None, :, None]
        points = _mean(x[:, :known], parts[:, None] == number)
        wanted = _mean(x[:, :known], (parts > 0)[:, None])
        return self.whole(_joined(wanted, said))[:, 0], self.point(_joined(points, said))

    def _keys(self, layer: Any, x: Tensor) -> tuple[Tensor, Tensor]:
        own = layer.attention.self
        return self._split(own.key(x)), self._split(own.value(x))

    def _split(self, x: Tensor) -> Tensor:
        """(rows, heads, length, size of a head)."""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def _layer(self, layer: Any, x: Tensor, keys: Tensor, values: Tensor, seen: Tensor) -> Tensor:
        query = self._split(layer.attention.self.query(x))
        mixed = nn.functional.scaled_dot_product_attention(query, keys, values, attn_mask=seen)
        x = layer.attention.output(mixed.transpose(1, 2).flatten(2), x)
        out: Tensor = layer.output(layer.intermediate(x), x)
        return out


def _head(width: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(3 * width, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, 2))


def _joined(wanted: Tensor, said: Tensor) -> Tensor:
    """What a head looks at: (rows, points, 3 × width)."""
    said = said.expand_as(wanted)
    return torch.cat([wanted, said, (wanted - said).abs()], dim=-1)


def _mean(states: Tensor, chosen: Tensor) -> Tensor:
    """(rows, choices, width): the mean of (rows, length, width) over each of (rows, choices, length)."""
    weight = chosen.to(states.dtype)
    return (weight @ states) / weight.sum(-1, keepdim=True).clamp(min=1.0)


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


class Adapted(nn.Module):  # type: ignore[misc]
    """A linear layer of the body with the adapter's product of two thin matrices beside it."""

    def __init__(self, layer: nn.Linear, down: Tensor, up: Tensor) -> None:
        super().__init__()
        self.layer = layer
        self.down, self.up = (nn.Parameter(part.float(), requires_grad=False) for part in (down, up))

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.layer(x) + (x @ self.down.T) @ self.up.T
        return out


def adapted(body: Any, adapter: Path = ADAPTER) -> Network:
    """The network of an adapter over a body, whose weights it shares and leaves as they are."""
    own = copy.copy(body)
    own._modules = dict(body._modules)
    own.encoder = copy.deepcopy(body.encoder, {id(weight): weight for weight in body.encoder.parameters()})
    where = next(body.parameters()).device
    network, weights = Network(own), load_file(adapter, device=str(where))
    for name, layer in layers_of(own).items():
        parent, _, last = name.rpartition(".")
        part = Adapted(layer, weights[f"{name}.down"], weights[f"{name}.up"])
        setattr(own.encoder.get_submodule(parent), last, part)
    for head in ("whole", "point"):
        named = {
            n.removeprefix(f"{head}."): w.float() for n, w in weights.items() if n.startswith(f"{head}.")
        }
        getattr(network, head).load_state_dict(named)
    network.to(where)
    network.eval()
    return network


class CrossEncoder:
    """The trained cross-encoder. Not thread-safe: the child's one working thread owns it."""

    def __init__(self, body: Any, tokenizer: Any) -> None:
        self._network, self._tokenizer = adapted(body), tokenizer
        self._device = next(body.parameters()).device
        self._read: OrderedDict[Prepared, Read] = OrderedDict()

    def prepare(self, asked: Prepared) -> Read:
        """Read a question; what was read lately is kept."""
        if asked in self._read:
            self._read.move_to_end(asked)
            return self._read[asked]
        (packed,) = pack(self._tokenizer, [asked])
        with torch.inference_mode():
            read = self._network.read(
                torch.tensor([packed.tokens], device=self._device),
                torch.tensor([packed.parts], device=self._device),
            )
        self._read[asked] = read
        while len(self._read) > _KEPT:
            self._read.popitem(last=False)
        return read

    def forget(self) -> None:
        """Let go of the questions that were read."""
        self._read.clear()

    def see(self, asked: Prepared, answer: str) -> Agreed:
        """What an answer says and denies."""
        return self.see_each(asked, [answer])[0]

    def see_each(self, asked: Prepared, answers: Sequence[str]) -> list[Agreed]:
        """What each of several answers to one question says and denies."""
        read, spelled = self.prepare(asked), spell(self._tokenizer, answers)
        lengths = torch.tensor([len(one) for one in spelled], device=self._device)
        tokens = padded(spelled, self._tokenizer.pad_token_id).to(self._device)
        with torch.inference_mode():
            of = torch.zeros(len(answers), dtype=torch.long, device=self._device)
            whole, points = self._network(read, of, tokens, lengths)
        return [
            Agreed(
                round(says, 3), round(denies, 3), *(tuple(round(x, 3) for x in xs) for xs in row.T.tolist())
            )
            for (says, denies), row in zip(whole.tolist(), points, strict=True)
        ]
