"""Train studyllm/grading/agreement.safetensors, in two sittings, two hours on two cores:

    python -m bench.train_agreement --embedding FOLDER --minutes 85 --epochs 4 --out first.safetensors
    python -m bench.train_agreement --embedding FOLDER --minutes 25 --resume first.safetensors

Learnt from: bench/answers/*.jsonl but for shipped.jsonl (ours), and those public sets
in ../shared/data/asag whose licence allows it: SciEntsBank and Beetle (CC BY-SA 3.0), CANNOT (CC BY-SA 4.0), Mohler
(CC BY 4.0), SAF (MIT), LE and ADS (Apache-2.0). The generated Chinese antonyms have no licence and are only measured.
A fifth of the questions of each public set, and all of shipped.jsonl, are kept out and reported on.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from bench.graded import DATA, Row, glossary, held_out, public
from bench.measures import auc
from studyllm.grading.agreement import ADAPTER, Network, Packed, Pair, batch, layers_of, pack

RANK = 24
RATE = 8e-4
TOKENS = 2560
"""Tokens of a step, padding included."""
WORTH = {
    "glossary": 1.5,
    "le_zh": 2.0,
    "contradiction": 0.7,
    "saf_en": 0.4,
    "scientsbank": 0.7,
    "beetle": 0.7,
}
MOST = {"beetle": 1700, "saf_en": 150, "contradiction": 1600, "scientsbank": 2400, "ads_zh": 450}
"""Answers of the larger sets that an epoch reads, drawn anew each time."""
GENERAL = 1
"""Epochs of the public sets alone before our own answers come in."""
LAST = {"contradiction": 9000, "scientsbank": 1800, "beetle": 800, "saf_en": 0, "ads_zh": 300, "mohler": 500}
"""What the second sitting reads instead: all sentence pairs (short, and slow to learn), less of the rest."""
OURS = 0.4
"""Share of our own cards that the second sitting reads."""
UNKNOWN = math.nan


@dataclass(frozen=True)
class Example:
    """A pair and what should be said of it; NaN where nobody knows."""

    pair: Pair
    says: float
    denies: float
    set: str
    worth: float = 1.0


class Adapted(nn.Module):
    """A frozen linear layer with a trainable product of two thin matrices added."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(RANK, layer.in_features) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.layer(x) + (x @ self.down.T) @ self.up.T
        return out


def examples(row: Row, dice: random.Random, others: list[Row]) -> Iterator[Example]:
    """What one graded answer teaches."""
    worth, q = WORTH.get(row.set, 1.0), row.question.text
    pair = Pair(q, row.question.reference, row.answer)
    yield Example(pair, row.score, row.denies, row.set, worth)
    if row.states:
        for point, state in zip(row.question.points, row.states, strict=True):
            if len(row.states) > 1 and dice.random() < 0.6:
                yield Example(
                    Pair(q, point, row.answer), float(state == "H"), float(state == "C"), row.set, 0.8 * worth
                )
    if dice.random() < (0.12 if row.set == "glossary" else 0.04):
        # The definition of something else, the note's own words, and the question alone.
        other = dice.choice(others).question.reference
        said, says = dice.choice(((other, 0.0), (q, 0.0), (row.question.reference, 1.0)))
        if said != row.question.reference or says:
            yield Example(replace(pair, answer=said), says, 0.0, row.set, worth)
    if row.states and len(row.states) > 1 and dice.random() < 0.1:
        points = row.question.points
        chosen = dice.sample(range(len(points)), dice.randint(1, len(points) - 1))
        said = "，".join(points[i] for i in sorted(chosen))
        yield Example(replace(pair, answer=said), len(chosen) / len(points), 0.0, row.set, worth)


def learnt(seed: int, again: bool) -> list[Example]:
    """All that is trained on, once through; `again` in the second sitting."""
    most = LAST if again else MOST
    dice = random.Random(seed)
    rows: list[Row] = []
    for name in ("le_zh", "ads_zh", "mohler", "saf_en", "scientsbank", "beetle", "contradiction"):
        kept = [
            r for r in public(name) if not held_out(r) and not (name == "contradiction" and r.lang == "zh")
        ]
        dice.shuffle(kept)
        rows += kept[: most.get(name, len(kept))]
    if again or seed >= GENERAL:
        ours = [r for r in glossary() if not r.held]
        chosen = {g for g in sorted({r.group for r in ours}) if not again or dice.random() < OURS}
        rows += [r for r in ours if r.group in chosen]
    by_set: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_set[row.set].append(row)
    return [e for row in rows for e in examples(row, dice, by_set[row.set])]


def batches(packed: list[Packed], dice: random.Random) -> list[list[int]]:
    """Indices of examples of like length, so many tokens together, in a random order."""
    order = sorted(range(len(packed)), key=lambda i: len(packed[i].tokens) + dice.random() * 8)
    found: list[list[int]] = [[]]
    for i in order:
        if found[-1] and (len(found[-1]) + 1) * len(packed[i].tokens) > TOKENS:
            found.append([])
        found[-1].append(i)
    dice.shuffle(found)
    return found


def train(
    network: Network, tokenizer: Any, epochs: int, minutes: float, out: Path, rate: float, again: bool
) -> None:
    """Fit adapter and head, kept after each epoch; stops at the time limit with the rate already fallen."""
    adapted = [m for m in network.modules() if isinstance(m, Adapted)]
    thin = [p for m in adapted for p in (m.down, m.up)]
    optimizer = torch.optim.AdamW(
        [{"params": [*thin, *network.head.parameters()], "lr": rate}], weight_decay=0.01
    )
    peaks = [group["lr"] for group in optimizer.param_groups]
    since, step, lately = time.monotonic(), 0, 0.0
    network.train()
    for epoch in range(epochs):
        if epoch:
            save(network, out)
        told = learnt(epoch + (100 if again else 0), again)
        packed = pack(tokenizer, [e.pair for e in told])
        print(f"epoch {epoch}: {len(told)} examples, {sum(len(p.tokens) for p in packed)} tokens", flush=True)
        todo = batches(packed, random.Random(epoch))
        for number, chosen in enumerate(todo):
            spent = (time.monotonic() - since) / 60 / minutes
            done = max((epoch + number / len(todo)) / epochs, spent)
            if done >= 1:
                return
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["lr"] = peak * min(1.0, (step + 1) / 60) * (1 - done)
            tokens, segments = batch([packed[i] for i in chosen], tokenizer.pad_token_id)
            wanted = torch.tensor([[told[i].says, told[i].denies] for i in chosen])
            worth = torch.tensor([[told[i].worth, 0.8 * told[i].worth] for i in chosen])
            worth = worth * ~wanted.isnan()
            logits = network(tokens, segments)
            loss = (
                nn.functional.binary_cross_entropy_with_logits(logits, wanted.nan_to_num(), reduction="none")
                * worth
            ).sum() / worth.sum().clamp(min=1.0)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*thin, *network.head.parameters()], 1.0)
            optimizer.step()
            lately = loss.item() if step == 0 else 0.98 * lately + 0.02 * loss.item()
            step += 1
            if step % 25 == 0:
                minute = (time.monotonic() - since) / 60
                print(
                    f"epoch {epoch} {number}/{len(todo)}  loss {lately:.3f}  {minute:.1f} min  done {done:.0%}",
                    flush=True,
                )


def made_for_size(network: Network) -> float:
    """The norm of the body's weights without the adapter."""
    frozen = [part.layer.weight for part in network.body.encoder.modules() if isinstance(part, Adapted)]
    return math.sqrt(sum(float(w.square().sum()) for w in frozen))


def save(network: Network, out: Path) -> None:
    """Adapter and head in half precision."""
    weights = {}
    for name, part in network.body.encoder.named_modules():
        if isinstance(part, Adapted):
            weights |= {f"{name}.up": part.up, f"{name}.down": part.down}
    weights |= {f"head.{name}": w for name, w in network.head.state_dict().items()}
    made_for = {"size": repr(made_for_size(network))}
    save_file({name: w.detach().half().contiguous() for name, w in weights.items()}, out, made_for)
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


def load(network: Network, adapter: Path) -> None:
    """Go on from an adapter."""
    weights = load_file(adapter)
    with torch.no_grad():
        for name, part in network.body.encoder.named_modules():
            if isinstance(part, Adapted):
                part.up.copy_(weights[f"{name}.up"])
                part.down.copy_(weights[f"{name}.down"])
    network.head.load_state_dict({n[5:]: w.float() for n, w in weights.items() if n.startswith("head.")})


def report(network: Network, tokenizer: Any, most: int = 500) -> None:
    """How well it does on what it has not seen."""
    network.eval()
    for name in ("shipped", "le_zh", "ads_zh", "mohler", "scientsbank", "beetle", "contradiction"):
        rows = (
            [r for r in glossary() if r.held]
            if name == "shipped"
            else [r for r in public(name) if held_out(r)]
        )
        random.Random(3).shuffle(rows)
        rows = rows[:most]
        if not rows:
            continue
        packed = pack(tokenizer, [Pair(r.question.text, r.question.reference, r.answer) for r in rows])
        found = np.zeros((len(rows), 2))
        order = sorted(range(len(rows)), key=lambda i: len(packed[i].tokens))
        for at in range(0, len(order), 16):
            with torch.inference_mode():
                found[order[at : at + 16]] = network(
                    *batch([packed[i] for i in order[at : at + 16]], tokenizer.pad_token_id)
                ).numpy()
        score, denied = found[:, 0], found[:, 1]
        gold, wrong = np.array([r.score for r in rows]), np.array([r.denies for r in rows])
        r = float(np.corrcoef(1 / (1 + np.exp(-score)), gold)[0, 1])
        line = f"{name:14} n={len(rows):4} r={r:.3f} AUC={auc(score, gold > 0.5):.3f}"
        known = ~np.isnan(wrong)
        if known.any():
            line += f"  denies: AUC={auc(denied[known], wrong[known] > 0.5):.3f}"
        if name == "shipped":
            kinds = np.array([r.kind for r in rows])
            plain = np.isin(kinds, ["right", "telegraphic"])
            use = plain | np.isin(kinds, ["reversed", "other", "vague"])
            line += f"  right/wrong AUC={auc(score[use], plain[use]):.3f}"
            bar = np.quantile(score[plain], 0.1)
            line += "  accepted where 90 % of the right are: " + " ".join(
                f"{k} {np.mean(score[kinds == k] >= bar):.0%}" for k in dict.fromkeys(kinds)
            )
        if name == "contradiction":
            for lang in ("en", "zh"):
                at = np.array([r.lang == lang for r in rows])
                line += (
                    f"  {lang}: contradictions said {np.mean(score[at & (gold == 0)] > 0):.0%}, "
                    f"paraphrases said {np.mean(score[at & (gold == 1)] > 0):.0%}"
                )
        print(line, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--embedding", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--resume", type=Path, help="an adapter to go on with: the second sitting")
    parser.add_argument("--out", type=Path, default=ADAPTER)
    options = parser.parse_args()
    if not DATA.is_dir():
        raise SystemExit(f"{DATA} is not here: the public sets are needed.")
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(options.embedding)
    network = Network(AutoModel.from_pretrained(options.embedding))
    network.body.requires_grad_(False)
    for name, layer in layers_of(network.body).items():
        parent, _, last = name.rpartition(".")
        setattr(network.body.encoder.get_submodule(parent), last, Adapted(layer))
    if options.resume:
        load(network, options.resume)
    rate = RATE / 2 if options.resume else RATE
    train(network, tokenizer, options.epochs, options.minutes, options.out, rate, bool(options.resume))
    save(network, options.out)
    report(network, tokenizer)


if __name__ == "__main__":
    main()
