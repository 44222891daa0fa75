"""Labelled notes: real notes, the cards a careful student wants from them, and which candidates are those.

../shared/data/notes-dev with gold-dev, and folders in which each NAME.md has its NAME.jsonl. The rules of pairing are
those of ../shared/tools/score_notes.py.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from studyllm.notes.candidates import Candidate

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"


@dataclass(frozen=True)
class Labelled:
    """One file and its wanted cards."""

    name: str
    repo: str
    """What is held out together."""
    path: str
    text: str
    gold: tuple[dict[str, Any], ...]
    unwanted: frozenset[str]
    """Normalised fronts that nobody wants."""


DOUBTFUL = ("05-immunology-innate", "q07-js-details-ja")
"""Files whose labels contradict those of the others: one card for a heading over values; code as a question."""


def labelled(folders: Sequence[Path], *, shared: bool = True) -> list[Labelled]:
    """The labelled notes of some folders and, unless they are not wanted, the shared ones of this machine."""
    found = list(_shared()) if shared else []
    for folder in folders:
        found += _folder(folder, folder, folder / "SOURCES.tsv")
    return [note for note in found if note.name.rpartition("/")[2] not in DOUBTFUL]


def _folder(notes: Path, golds: Path, sources: Path) -> Iterator[Labelled]:
    """The notes of a folder with the wanted cards of another; a note may be a folder of files."""
    for gold in sorted(golds.glob("*.jsonl")):
        if gold.name.endswith(".negatives.jsonl"):
            continue
        note = notes / gold.name.removesuffix(".jsonl")
        repo = _repo(sources, note.name)
        if note.is_dir():
            for part in sorted(note.glob("*.md")):
                yield _read(part, gold, repo, part.name)
        elif note.with_suffix(".md").exists():
            yield _read(note.with_suffix(".md"), gold, repo)


def _shared() -> Iterator[Labelled]:
    yield from _folder(SHARED / "notes-dev", SHARED / "gold-dev", SHARED / "notes-dev" / "SOURCES.tsv")
    for gold in sorted((SHARED / "gold").glob("*.jsonl")):
        note = SHARED / "notes" / gold.name.replace(".jsonl", ".md")
        if not gold.name.endswith(".negatives.jsonl") and note.exists():
            yield _read(note, gold, gold.stem)


def _read(note: Path, gold: Path, repo: str, part: str = "") -> Labelled:
    wanted = [one for one in _lines(gold) if not part or str(one.get("file", part)).endswith(part)]
    negatives = _lines(gold.with_name(gold.name.removesuffix(".jsonl") + ".negatives.jsonl"))
    unwanted = frozenset(norm(one.get("must_not_be_term") or one.get("term", "")) for one in negatives)
    name = f"{gold.stem}/{part}" if part else f"{gold.parent.name}/{gold.stem}"
    return Labelled(name, repo, str(note), note.read_text("utf-8"), tuple(wanted), unwanted)


def _repo(sources: Path, stem: str) -> str:
    if sources.exists():
        for line in sources.read_text("utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) > 1 and stem in (
                cells[0].split("/")[0].removesuffix(".md"),
                Path(cells[0].strip()).stem,
            ):
                repo = cells[1].strip()
                return stem if not repo or repo.startswith(("-", "own", "self", "(")) else repo
    return stem


def _lines(path: Path) -> list[dict[str, Any]]:
    return (
        [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        if path.exists()
        else []
    )


@cache
def norm(text: str) -> str:
    text = unicodedata.normalize("NFKC", html.unescape(text))
    text = re.sub(r"<[^>]+>|\{#[^}]*\}|\]\([^)]*\)|[*`\[\]\\|]|==|\u200b", "", text)
    return re.sub(r"\s+", "", text).casefold()


def pairs(gold: dict[str, Any], one: Candidate) -> bool:
    """Whether a candidate has the front and the place of a wanted card."""
    if not gold["line"] - 3 <= one.line <= gold.get("end_line", gold["line"]) + 1:
        return False
    names = {norm(name) for name in (gold["term"], *gold.get("aliases", []))}
    fronts = {norm(front) for front in (one.term, one.prompt or one.term, *one.aliases)}
    if names & fronts:
        return True
    front = norm(one.prompt or one.term) + "|" + norm(one.term)
    return gold["kind"] in ("list", "sequence", "cloze") and any(name and name in front for name in names)


def whole(gold: dict[str, Any], one: Candidate) -> bool:
    """Whether the answer has what it must have."""
    answer = norm(one.answer + "\n" + "\n".join(one.points))
    return all(norm(s) in answer for s in gold.get("must_contain", [])) and not any(
        norm(s) in answer for s in gold.get("must_not_contain", [])
    )


def label(note: Labelled, found: Sequence[Candidate]) -> list[float]:
    """1 for a wanted card, .5 for an optional one, 0 for others."""
    result = []
    for one in found:
        best = 0.0
        for gold in note.gold:
            if pairs(gold, one):
                if gold.get("optional"):
                    best = max(best, 0.5)
                elif whole(gold, one):
                    best = 1.0
        result.append(best)
    return result
