"""What a note gave, as lines that a person can check: one a card, then what is offered and passed over.

`python -m tests.notes.dump NOTE.md…` writes them beside each note, as NOTE.cards: read them before you keep them.
"""

import sys
from pathlib import Path

from studyllm.notes import Note, read_note


def dump(note: Note) -> str:
    """`line-end kind | prompt | aliases | answer`, a ⏎ for each line break; then `skipped line: reason`."""
    lines = []
    for card in note.cards:
        answer = card.answer.replace("\n", " ⏎ ")
        names = ", ".join(card.aliases) or "-"
        span = f"{card.source.line}-{card.source.end_line}"
        lines.append(f"{span} {card.kind} | {card.prompt} | {names} | {answer}")
    lines += [f"offered {one.card.source.line}: {one.card.prompt}: {one.reason}" for one in note.offers]
    lines += [f"skipped {one.line}: {one.reason}" for one in note.skipped]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        path.with_suffix(".cards").write_text(dump(read_note(path.read_text("utf-8"), path.name)), "utf-8")
