"""What a note gave, as lines that a person can check: one a card, then what is offered and passed over."""

from studyllm.notes import Note


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
