"""Fit the importer: `python -m bench.fit_importer [--folders DIR…] [--write]`.

Learnt from labelled notes (bench/note_gold.py): candidates that are wanted against those that are not, by a logistic
sum with weights common to all forms of writing and weights of each form, and by boosted trees that see what the sum
makes of the candidates around; they learn from sums that have not seen the repository, as none has seen a learner's.
Judged by leaving out whole repositories.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]

from bench.note_gold import Labelled, label, labelled, norm, pairs, whole
from studyllm.notes.candidates import Candidate
from studyllm.notes.choice import features, score, trees
from studyllm.notes.choice.choose import Bands, choose
from studyllm.notes.choice.features import Row
from studyllm.notes.markdown.dialects import as_markdown
from studyllm.notes.markdown.parse import parse
from studyllm.notes.reading import read

OUT = Path(score.__file__).parent / "weights.toml"
COMMON, OWN = 6.0, 20.0
"""Ridge penalties of the weights that all forms share, and of those of a form."""
TREES: dict[str, Any] = {
    "max_iter": 150, "learning_rate": 0.05, "max_leaf_nodes": 31, "max_depth": 8, "max_features": 0.1,
    "l2_regularization": 5.0, "min_samples_leaf": 10, "random_state": 0,
}  # fmt: skip
FOLDS = 4
OPTIONAL = 0.6, 0.3
"""What an optional card is taken for, and how much it counts."""
FILE = 40
"""Candidates of a file from which on they count less, so that no glossary outweighs all others."""
MADE = 0.5
"""A card is made where it is likelier to be wanted than not."""


@dataclass
class Page:
    note: Labelled
    found: list[Candidate]
    rows: list[Row]
    wanted: list[float]

    @property
    def fold(self) -> int:
        return int(hashlib.sha256(self.note.repo.encode()).hexdigest(), 16) % FOLDS


def excerpts(note: Labelled, dice: random.Random) -> list[Labelled]:
    """Pieces of a file, a line to some forty, other lines emptied: most notes are shorter than these."""
    lines = note.text.split("\n")
    starts = [
        at for at, line in enumerate(lines) if line.startswith("#") or (at and not lines[at - 1].strip())
    ]
    found = []
    for _ in range(3 if len(lines) > 24 and len(starts) > 3 else 0):
        first = dice.choice(starts)
        last = min(len(lines), first + int(2 ** dice.uniform(0.5, 5.5)))
        text = "\n".join(line if first <= at < last else "" for at, line in enumerate(lines))
        gold = tuple(g for g in note.gold if first < g["line"] and g.get("end_line", g["line"]) <= last)
        cut = [
            g
            for g in note.gold
            if g not in gold and g["line"] <= last and g.get("end_line", g["line"]) > first
        ]
        found.append(replace(note, text=text, gold=(*gold, *({**g, "optional": True} for g in cut))))
    return found


def page_of(note: Labelled) -> Page:
    text, _ = as_markdown(note.text)
    document = parse(text)
    page, root, found = read(document, note.path, text)
    rows = features.rows(page, root, found, len(document.lines))
    return Page(note, found, rows, label(note, found))


def fit(pages: Sequence[Page]) -> dict[str, dict[str, float]]:
    """The logistic sum: weights of "all" and of each form."""
    forms = sorted({one.form for page in pages for one in page.found})
    names = sorted({name for page in pages for row in page.rows for name in row})
    place = {name: i for i, name in enumerate(names)}
    count, width = sum(len(page.rows) for page in pages), len(names) + 1
    matrix, form, target, weight = (
        np.zeros((count, width)),
        np.zeros(count, int),
        np.zeros(count),
        np.zeros(count),
    )
    at = 0
    for page in pages:
        share = min(1.0, FILE / max(1, len(page.rows)))
        for one, row, wanted in zip(page.found, page.rows, page.wanted, strict=True):
            matrix[at, 0] = 1.0
            for name, value in row.items():
                matrix[at, place[name] + 1] = value
            form[at] = forms.index(one.form)
            target[at], weight[at] = (OPTIONAL[0], share * OPTIONAL[1]) if wanted == 0.5 else (wanted, share)
            if one.explicit:
                weight[at] *= 0.2
            at += 1
    members = [np.flatnonzero(form == k) for k in range(len(forms))]

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(len(forms) + 1, width)
        z = np.einsum("ij,ij->i", matrix, weights[0] + weights[1 + form])
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        q = np.clip(p, 1e-6, 1 - 1e-6)
        value = -(weight * (target * np.log(q) + (1 - target) * np.log(1 - q))).sum()
        error = (weight * (p - target))[:, None] * matrix
        slope = np.zeros_like(weights)
        slope[0] = error.sum(0)
        for k, own in enumerate(members):
            slope[1 + k] = error[own].sum(0)
        slope[0, 1:] += COMMON * weights[0, 1:]
        slope[1:] += OWN * weights[1:]
        value += 0.5 * COMMON * (weights[0, 1:] ** 2).sum() + 0.5 * OWN * (weights[1:] ** 2).sum()
        return value, slope.ravel()

    best = minimize(
        loss, np.zeros((len(forms) + 1) * width), jac=True, method="L-BFGS-B", options={"maxiter": 150}
    )
    weights = best.x.reshape(len(forms) + 1, width)
    found = {score.ALL: weights[0]} | {name: weights[1 + k] for k, name in enumerate(forms)}
    return {
        name: {
            n: round(float(w), 3)
            for n, w in zip(["bias", *names], own, strict=True)
            if abs(w) >= 0.02 or n == "bias"
        }
        for name, own in found.items()
    }


def parted(pages: Sequence[Page]) -> list[tuple[list[int], list[Page]]]:
    """The pages of each part by their place, and the pages of all other parts."""
    return [
        ([i for i, page in enumerate(pages) if page.fold == k], [page for page in pages if page.fold != k])
        for k in sorted({page.fold for page in pages})
    ]


def summed(page: Page, table: score.Weights) -> list[float]:
    """What a sum makes of each candidate of a page."""
    return [score.probability(table, one.form, row) for one, row in zip(page.found, page.rows, strict=True)]


def unseen(pages: Sequence[Page]) -> list[list[float]]:
    """What sums that have not seen its repository make of each candidate."""
    shares: list[list[float]] = [[] for _ in pages]
    for own, rest in parted(pages):
        table = fit(rest)
        for i in own:
            shares[i] = summed(pages[i], table)
    return shares


def grown(pages: Sequence[Page]) -> dict[str, Any]:
    """Boosted trees over the rows with what a sum makes of the candidates around, as they stand in trees.json."""
    rows = [
        row | more | {trees.FORM + one.form: 1.0}
        for page, shares in zip(pages, unseen(pages), strict=True)
        for one, row, more in zip(page.found, page.rows, score.neighbours(page.found, shares), strict=True)
    ]
    names = sorted({name for row in rows for name in row})
    place = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, value in row.items():
            table[at, place[name]] = value
    wanted, weight = (np.concatenate(x) for x in zip(*map(weighted, pages), strict=True))
    sides = np.r_[weight * wanted, weight * (1 - wanted)]
    kept = sides > 0
    model = HistGradientBoostingClassifier(**TREES).fit(
        np.r_[table, table][kept],
        np.r_[np.ones(len(rows)), np.zeros(len(rows))][kept],
        sample_weight=sides[kept],
    )
    found: dict[str, Any] = {name: [] for name in ("roots", "looks_at", "up_to", "left", "right", "adds")}
    for (predictor,) in model._predictors:
        first = len(found["adds"])
        found["roots"].append(first)
        for at, node in enumerate(predictor.nodes):
            leaf = bool(node["is_leaf"])
            found["looks_at"].append(0 if leaf else int(node["feature_idx"]))
            found["up_to"].append(0.0 if leaf else round(float(node["num_threshold"]), 4))
            found["left"].append(first + (at if leaf else int(node["left"])))
            found["right"].append(first + (at if leaf else int(node["right"])))
            found["adds"].append(round(float(node["value"]), 4) if leaf else 0.0)
    depth = max(int(node["depth"]) for (predictor,) in model._predictors for node in predictor.nodes)
    return {"names": names, "base": float(np.ravel(model._baseline_prediction)[0]), "depth": depth, **found}


def weighted(page: Page) -> tuple[Any, Any]:
    """For each candidate of a page how likely it is taken to be wanted, and how much it counts."""
    share = min(1.0, FILE / max(1, len(page.found)))
    wanted = np.array([OPTIONAL[0] if w == 0.5 else w for w in page.wanted])
    counts = [
        share * (OPTIONAL[1] if w == 0.5 else 1.0) * (0.2 if one.explicit else 1.0)
        for w, one in zip(page.wanted, page.found, strict=True)
    ]
    return wanted, np.array(counts)


def left_out(pages: Sequence[Page], more: Sequence[Page] = ()) -> list[list[float]]:
    """The share of each candidate by a sum and trees that have not seen its repository; `more` are learnt from too."""
    shares: list[list[float]] = [[] for _ in pages]
    for own, rest in parted([*pages, *more]):
        table, fitted = fit(rest), trees.trees(grown(rest))
        for i in (i for i in own if i < len(pages)):
            shares[i] = score.scores(pages[i].found, pages[i].rows, table, fitted)
    return shares


def judge(pages: Sequence[Page], shares: Sequence[Sequence[float]], bands: Bands) -> dict[str, Counter[str]]:
    """By group of files: wanted, made, offered and what became of them."""
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    files: defaultdict[str, list[int]] = defaultdict(list)
    for i, page in enumerate(pages):
        files[page.note.name].append(i)
    for i, page in enumerate(pages):
        made, offered = choose(page.found, shares[i], bands)
        cards, offers = [page.found[j] for j in made], [page.found[j] for j in offered]
        good = set()
        row: Counter[str] = Counter()
        for gold in page.note.gold:
            paired = [j for j, one in enumerate(cards) if pairs(gold, one)]
            if gold.get("optional"):
                good |= set(paired)
                continue
            hit = [j for j in paired if whole(gold, cards[j])]
            good |= set(hit)
            row["wanted"] += 1
            row["found"] += bool(hit)
            row["offered"] += not hit and any(pairs(gold, one) for one in offers)
        row["cards"], row["good"], row["offers"] = len(cards), len(good), len(offers)
        row["forbidden"] = sum(
            norm(one.term) in page.note.unwanted for j, one in enumerate(cards) if j not in good
        )
        name = page.note.name
        group = (
            name.split("/")[1][:2]
            if name.startswith("gold-dev/")
            else name[:2]
            if name[:2].isdigit()
            else name.split("/")[0]
        )
        groups[group] += row
        if name.startswith("gold-dev/") or name[:2].isdigit():
            groups["dev"] += row
        groups["all"] += row
    return groups


def show(groups: Mapping[str, Counter[str]]) -> None:
    for name, row in sorted(groups.items()):
        wanted, cards = max(1, row["wanted"]), max(1, row["cards"])
        print(
            f"{name:16} found {row['found'] / wanted:6.1%} of {row['wanted']:4}; with offers "
            f"{(row['found'] + row['offered']) / wanted:6.1%} ({row['offers'] / wanted:.2f} a card); good "
            f"{row['good'] / cards:6.1%} of {row['cards']:4}; forbidden {row['forbidden']}",
            flush=True,
        )


def bands_for(pages: Sequence[Page], shares: Sequence[Sequence[float]]) -> Bands:
    """Made from MADE on; offered from the lowest share that gives one offer for two wanted cards, by the notes whose
    labels are the most complete, where they are at hand."""
    for offered in np.arange(0.02, MADE, 0.01):
        groups = judge(pages, shares, Bands(MADE, float(offered)))
        row = groups.get("dev") or groups["all"]
        if row["offers"] <= 0.49 * row["wanted"]:
            return Bands(MADE, round(float(offered), 3))
    return Bands(MADE, MADE)


def toml(table: score.Weights, bands: Bands) -> str:
    text = [
        "# Written by bench/fit_importer.py: do not edit. Logistic weights of features.py, of all forms and of each;\n"
        "# and from which share on a candidate is made, and offered.",
        f"[bands]\nmade = {bands.made}\noffered = {bands.offered}\noffered_words = {bands.offered}",
    ]
    for form, own in table.items():
        text.append(f'[sum."{form}"]\n' + "\n".join(f"{name} = {value}" for name, value in own.items()))
    return "\n\n".join(text) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folders", type=Path, nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    notes, dice = labelled(options.folders), random.Random(0)
    pages = [page_of(note) for note in notes]
    more = [page_of(piece) for note in notes for piece in excerpts(note, dice)]
    print(f"{len(pages)} files, {sum(len(p.found) for p in pages)} candidates", flush=True)
    shares = left_out(pages, more)
    bands = bands_for(pages, shares)
    for made in (0.4, 0.5, 0.6):
        print(made)
        show({k: v for k, v in judge(pages, shares, Bands(made, 0.1)).items() if k in ("all", "dev")})
    print(bands)
    show(judge(pages, shares, bands))
    if options.write:
        every = [*pages, *more]
        OUT.write_text(toml(fit(every), bands), "utf-8")
        text = json.dumps(grown(every), ensure_ascii=False, separators=(",", ":"))
        OUT.with_name("trees.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
