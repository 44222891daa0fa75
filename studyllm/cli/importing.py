"""`studyllm import`: notes become cards."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from studyllm import library
from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.library import Plan


@click.command("import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH…")
@click.option(
    "--deck",
    metavar="NAME",
    help="Deck the cards go to [default: the one that has these notes, or a new one].",
)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--verbose", "-v", is_flag=True, help="List every change and every line passed over.")
@click.pass_obj
def import_notes(
    session: Session, paths: tuple[Path, ...], deck: str | None, dry_run: bool, as_json: bool, verbose: bool
) -> None:
    """Turn Markdown notes (files, folders or a deck file) into cards.

    Importing again keeps every schedule: cards are recognised through edits. Without a PATH, imports again
    whatever was imported before. Nothing is ever written into the notes.
    """
    with session.store() as store:
        plans = []
        for chosen in library.decks_for(store, paths, deck):
            made = library.plan(store, chosen, None if as_json else _progress)
            plans.append(made)
            if not dry_run:
                library.apply(store, made, datetime.now(UTC))
    if as_json:
        emit(_json(plans, dry_run))
    else:
        for made in plans:
            _print(made, dry_run, verbose)


def _progress(done: int, total: int, file: Path) -> None:
    """A counter on a terminal, for imports long enough to be waited for."""
    if total > 20 and sys.stderr.isatty():
        click.echo(f"\r\033[Kreading {done}/{total}" if done < total else "\r\033[K", nl=False, err=True)


def _json(plans: list[Plan], dry_run: bool) -> dict[str, object]:
    counts: dict[str, int] = {}
    for made in plans:
        for name, count in made.counts().items():
            counts[name] = counts.get(name, 0) + count
    skipped = [{"path": s.path, "line": s.line, "reason": s.reason} for made in plans for s in made.skipped]
    return {"decks": [made.deck.name for made in plans], "dry_run": dry_run, **counts, "skipped": skipped}


def _print(made: Plan, dry_run: bool, verbose: bool) -> None:
    parts = ", ".join(f"{count} {name}" for name, count in made.counts().items() if count) or "no cards"
    files = f"{made.files} file{'s' * (made.files != 1)}"
    line(f"{made.deck.name}: {'would be ' if dry_run else ''}{parts}, from {files}.")
    if verbose:
        for step in made.steps:
            card = step.new or (step.old and step.old.card)
            if card and step.change != library.Change.UNCHANGED:
                line(f"  {step.change:<9} {card.prompt}  {card.source.path}:{card.source.line}")
        for skipped in made.skipped:
            line(f"  passed over {library.describe(skipped)}")
    elif made.skipped:
        line(f"  {len(made.skipped)} passed over; --verbose says where and why.")
