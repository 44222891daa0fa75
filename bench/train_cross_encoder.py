"""Train studyllm/grading/cross_encoder.safetensors:

    python -m bench.train_cross_encoder --embedding FOLDER --epochs 3 [--folds HAND,HAND HAND,HAND …]

The one that ships took three epochs of two minutes on a GPU; on two cores an epoch takes some forty minutes. With
--folds, OUT.signals.json gets what networks that have not learnt from a hand see in it (bench/left_out.py).

Learnt from: bench/answers/*.jsonl but for shipped.jsonl and the unseen hands (ours), and those public sets
in ../shared/data/asag whose licence allows it: SciEntsBank and Beetle (CC BY-SA 3.0), CANNOT (CC BY-SA 4.0), Mohler
(CC BY 4.0), SAF (MIT), LE and ADS (Apache-2.0). The generated Chinese antonyms have no licence and are only measured.
A fifth of the questions of each public set, all of shipped.jsonl and the unseen hands are kept out.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from bench.encoder_lessons import UNKNOWN, Lesson, lessons
from bench.graded import DATA, UNSEEN, Row, glossary
from bench.measures import auc
from bench.signals import LONGEST
from studyllm.grading.cross_encoder import ADAPTER, Network, Packed, Prepared, layers_of, pack, padded, spell
from studyllm.grading.features import subject
from studyllm.grading.gates import visible
from studyllm.grading.scoring import filled

RANK = 24
RATE = 6e-4
TOGETHER = 8
"""Answers of one question that are read together."""
TOKENS = 2048
"""Tokens of the answers of a step, padding included."""


def learnt_hands(without: Sequence[str]) -> list[str]:
    """The hands that are learnt from."""
    return sorted({row.hand for row in glossary() if not row.held} - {*without})


@dataclass(frozen=True)
class Piece:
    """Some answers of one question as tokens."""

    asked: Packed
    answers: list[tuple[int, ...]]
    whole: list[tuple[float, float]]
    points: list[tuple[tuple[float, float], ...]]
    worth: float


def pieces(tokenizer: Any, learnt: list[Lesson]) -> list[Piece]:
    found = []
    for lesson, packed in zip(learnt, pack(tokenizer, [one.asked for one in learnt]), strict=True):
        answers = spell(tokenizer, [t.answer for t in lesson.told])
        order = sorted(range(len(answers)), key=lambda i: len(answers[i]))
        for at in range(0, len(order), TOGETHER):
            chosen = order[at : at + TOGETHER]
            found.append(
                Piece(
                    packed,
                    [answers[i] for i in chosen],
                    [lesson.told[i].whole for i in chosen],
                    [lesson.told[i].points for i in chosen],
                    lesson.worth,
                )
            )
    return found


def steps(all_pieces: list[Piece], dice: random.Random) -> list[list[Piece]]:
    """Pieces of like length, so many tokens together, in a random order."""

    def length(piece: Piece) -> int:
        return len(piece.answers[-1])

    order = sorted(all_pieces, key=lambda p: (int(len(p.asked.tokens) + dice.random() * 12) // 24, length(p)))
    found: list[list[Piece]] = [[]]
    longest = rows = 0
    for piece in order:
        longest, rows = max(longest, length(piece)), rows + len(piece.answers)
        if found[-1] and longest * rows > TOKENS:
            found.append([])
            longest, rows = length(piece), len(piece.answers)
        found[-1].append(piece)
    dice.shuffle(found)
    return found


def forward(network: Network, chosen: list[Piece], padding: int) -> tuple[Tensor, Tensor]:
    device = network.whole[0].weight.device
    tokens, parts = (
        padded([p.asked.tokens for p in chosen], padding).to(device),
        padded([p.asked.parts for p in chosen], -1).to(device),
    )
    answers = [a for p in chosen for a in p.answers]
    of = torch.tensor([i for i, p in enumerate(chosen) for _ in p.answers]).to(device)
    lengths = torch.tensor([len(a) for a in answers]).to(device)
    whole, points = network(network.read(tokens, parts), of, padded(answers, padding).to(device), lengths)
    return whole, points


def loss_of(logits: Tensor, wanted: Tensor, worth: Tensor) -> Tensor:
    """Cross-entropy with soft targets; what nobody knows does not count."""
    weight = worth * torch.tensor([1.0, 0.8], device=logits.device) * ~wanted.isnan()
    each = nn.functional.binary_cross_entropy_with_logits(logits, wanted.nan_to_num(), reduction="none")
    return (each * weight).sum() / weight.sum().clamp(min=1.0)


def train(network: Network, tokenizer: Any, options: argparse.Namespace, without: tuple[str, ...]) -> None:
    """Fit adapter and heads; stops at the time limit with the rate already fallen."""
    epochs, minutes, rate = options.epochs, options.minutes, options.rate
    device = network.whole[0].weight.device
    adapted = [m for m in network.modules() if isinstance(m, Adapted)]
    learning = [p for m in adapted for p in (m.down, m.up)]
    learning += [*network.whole.parameters(), *network.point.parameters()]
    optimizer = torch.optim.AdamW(learning, lr=rate, weight_decay=0.01)
    since, step, lately = time.monotonic(), 0, 0.0
    for epoch in range(epochs):
        network.train()
        todo = steps(pieces(tokenizer, lessons(epoch, without)), random.Random(epoch))
        for number, chosen in enumerate(todo):
            done = max((epoch + number / len(todo)) / epochs, (time.monotonic() - since) / 60 / minutes)
            if done >= 1:
                return
            optimizer.param_groups[0]["lr"] = rate * min(1.0, (step + 1) / 60) * (1 - done)
            whole, points = forward(network, chosen, tokenizer.pad_token_id)
            worth = torch.tensor([p.worth for p in chosen for _ in p.answers], device=device)
            wanted = torch.tensor([w for p in chosen for w in p.whole], device=device)
            most = points.shape[1]
            known = [
                [*states, *[(UNKNOWN, UNKNOWN)] * (most - len(states))] for p in chosen for states in p.points
            ]
            loss = loss_of(whole, wanted, worth[:, None])
            loss = loss + 0.7 * loss_of(points, torch.tensor(known, device=device), worth[:, None, None])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            lately = loss.item() if step == 0 else 0.98 * lately + 0.02 * loss.item()
            step += 1
            if step % 25 == 0:
                minute = (time.monotonic() - since) / 60
                print(
                    f"epoch {epoch} {number}/{len(todo)}  loss {lately:.3f}  {minute:.1f} min  done {done:.0%}",
                    flush=True,
                )


class Adapted(nn.Module):  # type: ignore[misc]
    """A frozen linear layer with a trainable product of two thin matrices added."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(RANK, layer.in_features) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.layer(x) + (x @ self.down.T) @ self.up.T
        return out


def made_for_size(network: Network) -> float:
    """The norm of the body's weights without the adapter."""
    frozen = [part.layer.weight for part in network.body.encoder.modules() if isinstance(part, Adapted)]
    return math.sqrt(sum(float(w.square().sum()) for w in frozen))


def save(network: Network, out: Path, hands: Sequence[str]) -> None:
    """Adapter and heads in half precision, with the hands that they learnt from."""
    weights: dict[str, Tensor] = {}
    for name, part in network.body.encoder.named_modules():
        if isinstance(part, Adapted):
            weights |= {f"{name}.up": part.up, f"{name}.down": part.down}
    for head in ("whole", "point"):
        weights |= {f"{head}.{name}": w for name, w in getattr(network, head).state_dict().items()}
    made_for = {"size": repr(made_for_size(network)), "hands": " ".join(hands)}
    save_file({name: w.detach().half().contiguous() for name, w in weights.items()}, out, made_for)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB", flush=True)


def load(network: Network, adapter: Path) -> None:
    """Go on from an adapter."""
    weights = load_file(adapter)
    with torch.no_grad():
        for name, part in network.body.encoder.named_modules():
            if isinstance(part, Adapted):
                part.up.copy_(weights[f"{name}.up"])
                part.down.copy_(weights[f"{name}.down"])
    for head in ("whole", "point"):
        prefix = f"{head}." if f"{head}.0.weight" in weights else "head."
        getattr(network, head).load_state_dict(
            {n.removeprefix(prefix): w.float() for n, w in weights.items() if n.startswith(prefix)}
        )


def predict(network: Network, tokenizer: Any, rows: Sequence[Row]) -> tuple[Any, list[list[list[float]]]]:
    """Logits (says, denies) of the whole, (answers, 2), and of the points of each answer."""
    network.eval()
    found, points = np.zeros((len(rows), 2)), [list[list[float]]() for _ in rows]
    asked = [filled(row.question) for row in rows]
    packed = pack(tokenizer, [Prepared(subject(one), one.points) for one in asked])
    answers = spell(tokenizer, [visible(row.answer[:LONGEST]) for row in rows])
    order = sorted(range(len(rows)), key=lambda i: len(packed[i].tokens) + len(answers[i]))
    for at in range(0, len(order), 24):
        use = order[at : at + 24]
        chosen = [Piece(packed[i], [answers[i]], [], [], 1.0) for i in use]
        with torch.inference_mode():
            whole, parts = forward(network, chosen, tokenizer.pad_token_id)
        found[use] = whole.cpu().numpy()
        for i, part in zip(use, parts.tolist(), strict=True):
            points[i] = [[round(x, 3) for x in pair] for pair in part[: len(asked[i].points)]]
    return found.round(3), points


def report(network: Network, tokenizer: Any, hands: Sequence[str]) -> None:
    """Correct against incorrect, for hands that it has not learnt from."""
    for hand in hands:
        rows = [row for row in glossary() if row.hand == hand and row.label != "partial"]
        if rows:
            says = predict(network, tokenizer, rows)[0][:, 0]
            right = np.array([row.label == "correct" for row in rows])
            print(f"{hand:16} n={len(rows):4} AUC={auc(says, right):.3f}", flush=True)


def fresh(embedding: Path, device: str) -> Network:
    """The embedding model with adapters that change nothing yet."""
    from transformers import AutoModel

    torch.manual_seed(0)
    network = Network(AutoModel.from_pretrained(embedding))
    network.body.requires_grad_(False)
    for name, layer in layers_of(network.body).items():
        parent, _, last = name.rpartition(".")
        setattr(network.body.encoder.get_submodule(parent), last, Adapted(layer))
    network.to(device)
    return network


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--embedding", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--resume", type=Path, help="an adapter to go on from")
    parser.add_argument("--out", type=Path, default=ADAPTER)
    parser.add_argument("--folds", nargs="*", default=[], help="hands left out together, joined by commas")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if not DATA.is_dir():
        raise SystemExit(f"{DATA} is not here: the public sets are needed.")
    from transformers import AutoTokenizer

    torch.set_num_threads(options.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(options.embedding)
    signals: dict[str, Any] = {}
    for fold in options.folds:
        hands = fold.split(",")
        network = fresh(options.embedding, device)
        train(network, tokenizer, options, (*UNSEEN, *hands))
        rows = [row for row in glossary() if row.hand in hands]
        whole, points = predict(network, tokenizer, rows)
        signals |= {row.id: [w.tolist(), p] for row, w, p in zip(rows, whole, points, strict=True)}
        options.out.with_suffix(".signals.json").write_text(json.dumps(signals), "utf-8")
        report(network, tokenizer, hands)
    network = fresh(options.embedding, device)
    if options.resume:
        load(network, options.resume)
    train(network, tokenizer, options, UNSEEN)
    save(network, options.out, learnt_hands(UNSEEN))
    report(network, tokenizer, UNSEEN)


if __name__ == "__main__":
    main()
