"""Train the adapter with which the language model reads answers: `python -m bench.train_reader LESSONS MODEL.gguf OUT`.

LESSONS is what bench/reader_lessons.py wrote. The layers up to LAST are taken from the GGUF as they are (dequantised),
each of their linear layers gets a low-rank adapter (Hu et al. 2021, arXiv 2106.09685), and two linear heads read the
normalised state where the model would begin to write its judgement of the whole, and of each point. Written are
OUT/NAME.gguf and OUT/NAME.safetensors, which belong into studyllm/grading/readouts; with --folds also
OUT/readings.json: readings of every answer by adapters that have not learnt from its hand (bench/left_out.py). What
ships took three passes. Made for a GPU (a pass takes a minute); needs the package gguf.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from bench.reader_network import Adapted, Batch, Network, begin_again, loaded, write

RATE, HEAD_RATE = 2e-4, 1e-3
LONGEST = 1800
"""Tokens of one sequence: a prefix with as many answers as fit."""
TOGETHER = 9000
"""Tokens of one step, padding included."""
MADE, PLAIN = 0.5, 0.5
"""Shares of the answers that follow from others, and of the cards with the program's points, that a pass reads."""
WORTH = {
    "public/le_zh": 1.0,
    "public/beetle": 0.5,
    "public/scientsbank": 0.5,
    "public/mohler": 0.7,
    "public/saf_en": 0.5,
}
POINTS = 0.7
"""Weight of the points beside the whole."""


@dataclass(frozen=True)
class Piece:
    """A card with as many of its answers as fit one sequence."""

    card: dict[str, Any]
    answers: list[dict[str, Any]]
    length: int


def pieces(cards: Sequence[dict[str, Any]]) -> Iterator[Piece]:
    for card in cards:
        start = len(card["prefix"])
        tail = len(card["turn"]) + sum(map(len, card["tails"]))
        chosen: list[dict[str, Any]] = []
        length = start
        for answer in card["answers"]:
            own = len(answer["tokens"]) + tail
            if chosen and length + own > LONGEST:
                yield Piece(card, chosen, length)
                chosen, length = [], start
            chosen.append(answer)
            length += own
        if chosen:
            yield Piece(card, chosen, length)


def batches(chosen: Sequence[Piece], together: int, dice: random.Random | None) -> list[list[Piece]]:
    """Pieces of like length, together so many tokens at most, in a random order."""
    order = sorted(chosen, key=lambda p: p.length + (dice.random() * 80 if dice else 0))
    found: list[list[Piece]] = [[]]
    for piece in order:
        longest = max([piece.length, *(p.length for p in found[-1])])
        if found[-1] and longest * (len(found[-1]) + 1) > together:
            found.append([])
        found[-1].append(piece)
    if dice:
        dice.shuffle(found)
    return found


def batch_of(chosen: Sequence[Piece], device: str) -> Batch:
    length = -(-max(p.length for p in chosen) // 16) * 16
    tokens, places = (np.zeros((len(chosen), length), np.int64) for _ in range(2))
    answer, tail = (np.full((len(chosen), length), -2, np.int64) for _ in range(2))
    whole: list[tuple[int, int]] = []
    point: list[tuple[int, int]] = []
    answers, worth = [], []
    for row, piece in enumerate(chosen):
        prefix, turn = piece.card["prefix"], piece.card["turn"]
        at = len(prefix)
        tokens[row, :at], places[row, :at], answer[row, :at], tail[row, :at] = prefix, range(at), -1, 0
        for number, one in enumerate(piece.answers):
            rest = [*one["tokens"], *turn]
            for branch, part in enumerate([rest, *piece.card["tails"]]):
                first = len(prefix) + (len(rest) if branch else 0)
                end = at + len(part)
                tokens[row, at:end], places[row, at:end] = part, range(first, first + len(part))
                answer[row, at:end], tail[row, at:end] = number, branch
                (point if branch else whole).append((row, end - 1))
                at = end
            answers.append(one)
            worth.append(WORTH.get(piece.card["hand"], 1.0))
    a, t = (torch.from_numpy(x).to(device) for x in (answer, tail))
    mask = (a[:, None, :] == -1) | (
        (a[:, :, None] == a[:, None, :]) & ((t[:, None, :] == 0) | (t[:, None, :] == t[:, :, None]))
    )
    mask &= torch.ones(length, length, dtype=torch.bool, device=device).tril()
    mask |= torch.eye(length, dtype=torch.bool, device=device)  # padding sees itself: no row may see nothing

    def put(x: Any, kind: Any) -> Tensor:
        return torch.tensor(x, dtype=kind).to(device)

    return Batch(
        torch.from_numpy(tokens).to(device),
        torch.from_numpy(places).to(device),
        mask[:, None],
        put(whole, torch.int64),
        put(point, torch.int64).reshape(-1, 2),
        answers,
        put(worth, torch.float32),
    )


def loss_of(network: Network, batch: Batch) -> Tensor:
    """Cross-entropy of the whole and of the points, each answer alike whatever the number of its points."""
    whole, point = network(batch)
    shares = whole.float().log_softmax(-1)
    device = shares.device
    wanted = torch.tensor([a["whole"] or [0.0] * 3 for a in batch.answers], device=device)
    right = torch.tensor([a["right"] for a in batch.answers], device=device)
    correct = shares[:, 0].exp().clamp(1e-6, 1 - 1e-6)
    two_ways = -(right * correct.log() + (1 - right) * (1 - correct).log())
    each = torch.where(right < 0, -(wanted * shares).sum(-1), two_ways)
    loss = (each * batch.worth).sum() / batch.worth.sum()
    states = torch.tensor([s for a in batch.answers for s in a["states"]], device=device)
    share = [
        batch_worth / len(a["states"])
        for a, batch_worth in zip(batch.answers, batch.worth.tolist(), strict=True)
        for _ in a["states"]
    ]
    weight = torch.tensor(share, device=device) * (states >= 0)
    if weight.sum() > 0:
        each = nn.functional.cross_entropy(point.float(), states.clamp(min=0), reduction="none")
        loss = loss + POINTS * (each * weight).sum() / batch.worth.sum()
    return loss


def train(
    network: Network, cards: Sequence[dict[str, Any]], passes: int, together: int, device: str, seed: int = 0
) -> None:
    thin = [p for m in network.modules() if isinstance(m, Adapted) for p in (m.a, m.b)]
    heads = [*network.whole.parameters(), *network.point.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": thin, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01
    )
    rates = (RATE, HEAD_RATE)
    network.train()
    since, lately = time.monotonic(), 0.0
    for number in range(passes):
        dice = random.Random(seed * 100 + number)
        todo = batches([*pieces(list(some(cards, dice)))], together, dice)
        for step, chosen in enumerate(todo):
            done = (number + step / len(todo)) / passes
            warm = min(1.0, (number * len(todo) + step + 1) / 40)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * warm * (0.5 + 0.5 * math.cos(math.pi * done))
            loss = loss_of(network, batch_of(chosen, device))
            optimizer.zero_grad()
            loss.backward()
            norm = nn.utils.clip_grad_norm_(thin + heads, 1.0)
            if not norm.isfinite():
                print(
                    f"  step {step}: the gradient is not finite, left out; loss {loss.item():.3f}", flush=True
                )
                continue
            optimizer.step()
            if step % 20 == 0:
                value = loss.item()
                lately = value if not lately else 0.8 * lately + 0.2 * value
            if step % 100 == 0:
                print(
                    f"  pass {number} {step}/{len(todo)} loss {lately:.3f} {time.monotonic() - since:.0f} s",
                    flush=True,
                )


def some(cards: Sequence[dict[str, Any]], dice: random.Random) -> Iterator[dict[str, Any]]:
    """What one pass reads."""
    for card in cards:
        if card["plain"] and dice.random() > PLAIN:
            continue
        share = MADE if not card["plain"] else 0.4
        answers = [a for a in card["answers"] if not a["made"] or dice.random() < share]
        dice.shuffle(answers)
        if answers:
            yield card | {"answers": answers}


def read(network: Network, cards: Sequence[dict[str, Any]], together: int, device: str) -> dict[str, Any]:
    """Readings of the answers as they were written, by id: shares of the whole, then of each point."""
    network.eval()
    written = [c | {"answers": [a for a in c["answers"] if a["id"]]} for c in cards if not c["plain"]]
    found: dict[str, Any] = {}
    for chosen in batches([*pieces(written)], together, None):
        batch = batch_of(chosen, device)
        with torch.no_grad():
            whole, point = (x.float().softmax(-1).tolist() for x in network(batch))
        at = 0
        for answer, shares in zip(batch.answers, whole, strict=True):
            count = len(answer["states"])
            rows = [shares, *point[at : at + count]]
            found[answer["id"]] = [[round(x, 4) for x in row] for row in rows]
            at += count
    return found


def report(cards: Sequence[dict[str, Any]], found: dict[str, Any], hands: Sequence[str]) -> None:
    """Three ways right, and right against not right, for each hand."""
    for hand in hands:
        rows = [
            (a, found[a["id"]])
            for c in cards
            if c["hand"] == hand and not c["plain"]
            for a in c["answers"]
            if a["id"] in found
        ]
        if not rows:
            continue
        truth = np.array([np.argmax(a["whole"]) if a["whole"] else (0 if a["right"] else 2) for a, _ in rows])
        shares = np.array([r[0] for _, r in rows])
        score = shares[:, 0] + shares[:, 1] / 2
        rank = score.argsort().argsort()
        good, bad = truth == 0, truth == 2
        area = (rank[good][:, None] > rank[bad]).mean() if good.any() and bad.any() else math.nan
        states = [(s, p) for a, r in rows for s, p in zip(a["states"], r[1:], strict=True) if s >= 0]
        points = np.mean([int(np.argmax(p)) == s for s, p in states]) if states else math.nan
        sure = shares.max(1) >= np.sort(shares.max(1))[int(0.4 * len(rows))]
        hit = shares.argmax(1) == truth
        print(
            f"{hand:20} n {len(rows):5} AUC {area:.3f} three ways {hit.mean():.3f} "
            f"surest 60 % {hit[sure].mean():.3f} points {points:.3f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lessons", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--folds", nargs="*", default=[], help="hands left out together, joined by commas")
    parser.add_argument(
        "--unseen", nargs="*", default=["student", "traveller"], help="hands never learnt from"
    )
    parser.add_argument("--no-final", action="store_true")
    parser.add_argument("--together", type=int, default=TOGETHER, help="tokens of a step")
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    opened = gzip.open if options.lessons.suffix == ".gz" else open
    with opened(options.lessons, "rt", encoding="utf-8") as data:
        kept = json.load(data)
    cards, vocabulary = kept["cards"], kept["vocabulary"]
    network = loaded(options.model, vocabulary, device, torch.bfloat16 if device == "cuda" else torch.float32)
    print("loaded", flush=True)
    learnt = [
        c for c in cards if c["hand"] not in options.unseen and not c["hand"].startswith(("hand_", "held/"))
    ]
    readings: dict[str, Any] = {}
    for fold in options.folds:
        left = set(fold.split(","))
        begin_again(network)
        train(network, [c for c in learnt if c["hand"] not in left], options.passes, options.together, device)
        readings |= read(network, [c for c in cards if c["hand"] in left], options.together, device)
        report(cards, readings, sorted(left))
        (options.out / "readings.json").write_text(json.dumps(readings))
    if not options.no_final:
        begin_again(network)
        train(network, learnt, options.passes, options.together, device)
        write(network, options.out, kept["model"])
        others = read(network, [c for c in cards if c not in learnt], options.together, device)
        report(
            cards, others, sorted({c["hand"] for c in cards if c not in learnt and c["hand"] != "traveller"})
        )
        (options.out / "others.json").write_text(json.dumps(others))


if __name__ == "__main__":
    main()
