"""Which decks an import is for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.cards import Deck
from studyllm.config import is_deck_name, load_deck
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.notes import read_note
from studyllm.notes.files import is_among_notes, is_foreign, load
from studyllm.text import clean

if TYPE_CHECKING:
    from studyllm.store import Store


def decks_for(store: "Store", paths: Sequence[Path], name: str | None = None) -> tuple[Deck, ...]:
    """Which decks those paths are for: deck files speak for themselves, other paths go to the deck named,
    the deck that has them already, or a new one named after them. No paths: every deck, from its own."""
    if name is not None and not is_deck_name(name):
        raise InputError(_("The name of a deck is a line of text. Nothing was imported."))
    known = store.decks()
    if not paths:
        chosen = tuple(deck for deck in known if deck.notes and name in (None, deck.name))
        if not chosen:
            raise InputError(
                _("There is nothing to import again: say which notes, as in `studyllm import ~/notes`.")
            )
        return chosen
    absolute = [_absolute(path) for path in paths]
    files = [path for path in absolute if path.suffix == ".toml"]
    decks = [load_deck(path) for path in files]
    notes: dict[str, list[Path]] = {}
    for path in absolute:
        if path.suffix != ".toml":
            if is_foreign(path):
                said = _(
                    "{path} is no note: bring it in with `studyllm import` in a shell. Nothing was imported."
                )
                raise InputError(said.format(path=path))
            if not path.is_dir():
                load(path)  # what is named outright and cannot be read is an error, not something passed over
            notes.setdefault(name or _home_of(path, known) or _own_name(path, known), []).append(path)
    by_name = {deck.name: deck for deck in known}
    for title, chosen_paths in notes.items():
        deck = by_name.get(title, Deck(title))
        # The whole deck is looked at: what left one of its notes may have moved to another.
        more = [path for path in chosen_paths if not _has(deck, path)]
        decks.append(replace(deck, notes=tuple(dict.fromkeys((*deck.notes, *more)))))
    if name is not None and files:
        decks = [replace(deck, name=name) for deck in decks]
    return tuple(decks)


def rename(store: "Store", deck: str, name: str, at: datetime) -> bool:
    """Gives a deck another name; False when it has that already. Raises InputError when there is no such deck, or the
    name is none or that of another."""
    if not is_deck_name(name):
        raise InputError(_("The name of a deck is a line of text. Nothing was changed."))
    return store.rename(deck, name, at)


def _has(deck: Deck, path: Path) -> bool:
    """Whether a path is read with the deck anyway; a README or a .txt is only when it is named outright."""
    if path in deck.notes:
        return True
    inside = any(root in path.parents for root in deck.notes)
    return inside and (path.is_dir() or is_among_notes(path))


def _absolute(path: Path) -> Path:
    try:
        found = path.expanduser().resolve(strict=True)
        found.stat()
    except FileNotFoundError:
        raise InputError(_("There is no {path}. Nothing was imported.").format(path=path)) from None
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        said = _("{path} cannot be read: {reason}. Nothing was imported.")
        raise InputError(said.format(path=path, reason=reason)) from error
    return found


def _home_of(path: Path, known: Iterable[Deck]) -> str | None:
    """The deck that has this path among its notes, or whose notes all lie inside it."""
    for deck in known:
        if any(path == root or root in path.parents for root in deck.notes):
            return deck.name
    inside = [deck.name for deck in known if deck.notes and all(path in root.parents for root in deck.notes)]
    return inside[0] if len(inside) == 1 else None


def _own_name(path: Path, known: Iterable[Deck]) -> str:
    """A name for the deck of a path that no deck has: with the folders it is in, as many as it takes, where the deck of
    another folder, whose notes are all still there, is called so; notes that were moved stay with their deck."""
    title = name = _new_name(path)
    notes = {deck.name: deck.notes for deck in known}
    for folder in path.parents:
        taken = notes.get(name) and all(root.exists() and root.parent != path.parent for root in notes[name])
        if not taken or not folder.name:
            break
        name = f"{title} ({clean(str(path.parent.relative_to(folder.parent)))})"
    return name


def _new_name(path: Path) -> str:
    """A folder's name, or a note's own title."""
    if path.is_dir():
        return " ".join(clean(path.name).split()) or _("notes")
    try:
        return read_note(load(path).text, str(path)).title or path.stem
    except InputError:
        return path.stem
