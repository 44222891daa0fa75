"""Scores the cards of `read_note` against gold files: `python -m tests.notes.score [DATA_FOLDER]`."""

import html
import json
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studyllm.cards import Card, Kind
from studyllm.notes import read_note

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_SPAN = re.compile(r"\[([^\[\]]*)\]\{#[^{}]*\}|\{#[^{}]*\}")
_MEANING = (Kind.TERM, Kind.TABLE)


@dataclass
class Score:
    """How one file did."""

    name: str
    required: int = 0
    hits: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    negatives: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Required cards found, of those wanted (0..1)."""
        return self.hits / self.required if self.required else 1.0


def norm(text: str) -> str:
    """Text without markup, white space, width and case."""
    text = html.unescape(_TAG.sub("", _SPAN.sub(r"\1", _LINK.sub(r"\1", text))))
    text = unicodedata.normalize("NFKC", text)
    for mark in ("**", "__", "==", "`"):
        text = text.replace(mark, "")
    return "".join(text.split()).casefold()


def _fronts(card: Card) -> set[str]:
    return {norm(name) for name in (card.term, card.prompt, *card.aliases)}


def pairs(card: Card, gold: dict[str, Any]) -> bool:
    """Whether a card answers for a gold card: kind, line and front."""
    kind = Kind(gold["kind"])
    if kind != card.kind and not (kind in _MEANING and card.kind in _MEANING):
        return False
    if not gold["line"] <= card.source.line <= gold["end_line"]:
        return False
    wanted = {norm(name) for name in (gold["term"], *gold["aliases"])}
    fronts = _fronts(card)
    if wanted & fronts:
        return True
    return card.kind not in _MEANING and any(name in front for name in wanted for front in fronts)


def hit(card: Card, gold: dict[str, Any]) -> bool:
    """Whether the back of a paired card holds what it must, and nothing it must not."""
    back = norm(card.answer)
    if card.kind in _MEANING:
        back += norm(" ".join(card.aliases)) if gold.get("optional") else ""
    good = all(norm(text) in back for text in gold["must_contain"])
    return good and not any(norm(text) in back for text in gold.get("must_not_contain", []))


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def score(name: str, data: Path = DATA) -> Score:
    """The score of one gold file."""
    gold = _lines(data / "gold" / f"{name}.jsonl")
    bad = {norm(one["must_not_be_term"]) for one in _lines(data / "gold" / f"{name}.negatives.jsonl")}
    cards = read_note((data / "notes" / f"{name}.md").read_text("utf-8"), f"{name}.md").cards
    result = Score(name)
    by_term: dict[str, list[Card]] = {}
    for card in cards:
        by_term.setdefault(norm(card.term), []).append(card)
    for one in gold:
        near = [card for card in cards if pairs(card, one)]
        same = near or [card for card in by_term.get(norm(one["term"]), []) if _shared(one, gold)]
        found = any(hit(card, one) for card in same)
        if not one.get("optional"):
            result.required += 1
            result.hits += found
            if not found:
                result.missed.append(f"{one['term']} ({one['line']}): {'wrong back' if near else 'no card'}")
    for card in cards:
        if not any(pairs(card, one) for one in gold):
            result.extra.append(f"{card.source.line}:{card.term} [{card.kind}, {card.rule}]")
        if {norm(card.term), norm(card.prompt)} & bad:
            result.negatives.append(card.term)
    return result


def _shared(one: dict[str, Any], gold: list[dict[str, Any]]) -> bool:
    """Whether a term stands on two gold lines, so that one merged card may serve both."""
    return sum(1 for other in gold if norm(other["term"]) == norm(one["term"])) > 1


def few(data: Path = DATA) -> list[tuple[str, int, list[Card]]]:
    """Files that are no notes: name, cards allowed, cards made."""
    rows = (data / "gold" / "few.tsv").read_text("utf-8").splitlines()[1:]
    found = []
    for row in rows:
        name, allowed = row.split("\t")
        cards = read_note((data / "notes" / name).read_text("utf-8"), name).cards
        found.append((name, int(allowed), list(cards)))
    return found


def names(data: Path = DATA) -> list[str]:
    """The gold files there are."""
    return sorted(p.stem for p in (data / "gold").glob("*.jsonl") if ".negatives" not in p.name)


def main(data: Path = DATA) -> None:
    """Print every score."""
    for name in names(data):
        result = score(name, data)
        print(f"{name}: {result.hits}/{result.required} required ({result.recall:.1%})")
        for label, lines in (
            ("missed", result.missed),
            ("extra", result.extra),
            ("NEGATIVE", result.negatives),
        ):
            for line in lines:
                print(f"  {label}: {line}")
    for name, allowed, cards in few(data):
        print(f"{name}: {len(cards)} cards, {allowed} allowed {[card.term for card in cards]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
