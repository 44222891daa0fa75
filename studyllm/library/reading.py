"""A deck's note files: which of them changed since the last import, and the cards of those that did."""

import hashlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studyllm import __version__
from studyllm.cards import Deck, Kind, Skipped
from studyllm.choices import BY_HAND, NONE, Choices
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.library import note_paths
from studyllm.library.notes_read import WITH_LINES, WITH_WORDS, NotesRead, complain, with_words
from studyllm.library.readers import NO_READERS, WANTED, Readers, ReadLines, ReadWords, Wanted
from studyllm.notes import Known, Lines, Note, Shifts, read_note
from studyllm.notes.files import load, text_of
from studyllm.notes.reasons import GUESSED, INSIDE, LEFT_OUT, LEFT_OUT_ONE
from studyllm.store import NoteFile

RULES = 27
"""Raised when the rules change what they make of a note: every file is then read again."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file of the same size and time is believed to be the same (a clock may tick slowly)."""
_MANY = 32
"""Files from which on more than one process reads them."""
Progress = Callable[[int, int, Path], None]
"""Told (files looked at, files in all, the file); of all there are 0 while they are still looked for. What it raises
ends the reading."""
Cache = dict[str, tuple[NoteFile, Note]]
"""What files gave when they were last read, by path."""


def read(
    deck: Deck,
    known: Mapping[str, NoteFile],
    terms: Callable[[], Callable[[str], Known]],
    progress: Progress | None = None,
    *,
    choices: Choices = NONE,
    cache: Cache | None = None,
    skip: frozenset[str] = frozenset(),
    readers: Readers = NO_READERS,
    only: frozenset[str] | None = None,
    empty: Collection[str] = (),
) -> NotesRead:
    """Reads what changed since the last import; `terms` tells what cards there are by the path of a note, when it is
    wanted. What is in the cache, by the same choices, is not read again, and what is read goes into it. Paths to `skip`
    are not read: another deck has them. `readers` are asked about what is read. With `only`, no other file is looked
    at. Known notes are `empty` that no card came of so far: once they change they are as new. Raises InputError when
    there is nothing to read at all."""
    reading = NotesRead()
    paths = list(_told(note_paths.of_deck(deck, known, reading.leave), progress))
    reading.skipped = [str(path) for path in paths if str(path) in skip]
    paths = [path for path in paths if str(path) not in skip]
    if only is not None:
        reading.files = {path: file for path, file in known.items() if path not in only}
        paths = [path for path in paths if str(path) in only]
    if not paths and not known:
        complain(deck, reading)
    rules = _rules(deck)
    jobs: list[_Job] = []
    taken: dict[Path, tuple[NoteFile, Note | None]] = {}
    for path in paths:
        own = choices.about(str(path))
        reader = f"{rules}/{_digest(own)}" if own.all else rules
        was = known.get(str(path))
        as_good = (reader + WITH_LINES, *(() if readers.thorough else (reader, reader + WITH_WORDS)))
        before = was if was and was.reader in as_good else None
        formed = was and was.reader.startswith(rules) and not with_words(was) and not readers.thorough
        by_form = was.digest if was and formed else ""
        cached = cache.get(str(path)) if cache is not None else None
        if before and _is_as_before(path, before):
            taken[path] = before, None
        elif cached and cached[0].reader in as_good and _is_as_before(path, cached[0]):
            taken[path] = cached
        else:
            words = deck.skip_headings, terms()(str(path)), own
            wanted = "all" if readers.thorough else _wanted(path, was, empty)
            jobs.append(_Job(path, before, by_form, reader, deck.kinds, *words, wanted))
    looked = list(_by_lines(list(_looked(jobs, progress)), readers.lines, progress))
    for job, found in _by_words(looked, readers.words, progress):
        if not isinstance(found, InputError):
            found = _to_be_read(job, found, readers)
            taken[job.path] = found
            if cache is not None and found[1] is not None:
                cache[found[0].path] = found[0], found[1]
        elif len(paths) == 1 and not known:
            raise found
        else:
            reading.leave(job.path, str(found))
    for path in paths:
        if path in taken:
            reading.take(*taken[path])
    return reading


@dataclass(frozen=True, slots=True)
class _Job:
    """A file to be looked into."""

    path: Path
    before: NoteFile | None
    """As it was when it was last read by the same rules."""
    by_form: str
    """The digest of the text that was last read by the same rules, by form alone: choices change nothing about that."""
    reader: str
    kinds: frozenset[Kind]
    skip_headings: tuple[str, ...]
    known: Known
    choices: Choices
    wanted: Wanted
    """Whether a language model is to read it: all that it read before, and what is new where that takes little time."""
    shifts: Shifts | None = None
    lines: Lines | None = None


_Found = tuple[NoteFile, Note | None] | InputError
"""The file and what it gives; None when it says what it said before."""


def _wanted(path: Path, was: NoteFile | None, empty: Collection[str]) -> Wanted:
    """Whether a language model is to read a note that it was not asked to."""
    if was and was.reader.endswith(WITH_LINES):
        return "all"
    has_been = was and (str(path) not in empty or _is_as_before(path, was))
    return "known" if has_been else "soon"


def _to_be_read(
    job: _Job, found: tuple[NoteFile, Note | None], readers: Readers
) -> tuple[NoteFile, Note | None]:
    """A file as it was found; where the language model read it before and could not now, as one that it is still to
    read: the next import does, also when nothing changed."""
    file, note = found
    is_to_be = job.wanted == "all" and readers.lines and not readers.thorough
    if note is None or not is_to_be or file.reader.endswith(WITH_LINES):
        return found
    return replace(file, digest="", reader=file.reader.removesuffix(WITH_WORDS) + WITH_LINES), note


def _told(paths: Iterable[Path], progress: Progress | None) -> Iterator[Path]:
    """The paths as they are found, each told of."""
    for path in paths:
        if progress:
            progress(0, 0, path)
        yield path


def _looked(jobs: Sequence[_Job], progress: Progress | None) -> Iterator[tuple[_Job, _Found]]:
    """Every job with its outcome, telling how far it is, from the begin: the first outcomes may take a while."""
    if progress and jobs:
        progress(0, len(jobs), jobs[0].path)
    for number, (job, found) in enumerate(zip(jobs, _all(jobs), strict=True), 1):
        if progress:
            progress(number, len(jobs), job.path)
        yield job, found


def _looked_again(
    looked: Sequence[tuple[_Job, _Found]], again: Sequence[_Job | None], progress: Progress | None
) -> Iterator[tuple[_Job, _Found]]:
    """Every job with its outcome; those that are told more by now are looked into `again`, like the first time."""
    second = iter(list(_looked([job for job in again if job], progress)))
    for one, job in zip(looked, again, strict=True):
        yield next(second) if job else one


def _by_lines(
    looked: Sequence[tuple[_Job, _Found]], lines: ReadLines | None, progress: Progress | None
) -> Iterator[tuple[_Job, _Found]]:
    """The same; files that a language model has read, or reads now, are read again with what it made of their lines."""
    fresh = [(job, note) for job, found in looked if (note := _open(job, found))]
    told: dict[Path, Lines | None] = {}
    for wanted in WANTED:
        some = [job.path for job, note in fresh if job.wanted == wanted and (note.judged or wanted != "soon")]
        if lines and some:
            told |= zip(some, lines(list(map(text_of, some)), wanted), strict=True)
    again = [
        replace(job, reader=job.reader + WITH_LINES, lines=own) if (own := told.get(job.path)) else None
        for job, _found in looked
    ]
    return _looked_again(looked, again, progress)


def _by_words(
    looked: Sequence[tuple[_Job, _Found]], words: ReadWords | None, progress: Progress | None
) -> Iterator[tuple[_Job, _Found]]:
    """The same; files all of whose borderline candidates `words` knows, are read again with what it says of them."""
    notes = [note for job, found in looked if (note := _open(job, found))]
    shifts = words([one for note in notes for one in note.borderline]) if words and notes else None
    again: list[_Job | None] = []
    for job, found in looked:
        note = _open(job, found)
        own = {one: shifts[one] for one in note.borderline if one in shifts} if note and shifts else {}
        is_known = note is not None and shifts is not None and len(own) == len(note.borderline)
        again.append(replace(job, reader=job.reader + WITH_WORDS, shifts=own) if is_known else None)
    return _looked_again(looked, again, progress)


def _open(job: _Job, found: _Found) -> Note | None:
    """What a file says that was read by its form alone, and is to be read by a model."""
    if isinstance(found, InputError) or job.lines is not None or found[0].digest == job.by_form:
        return None
    return found[1]


def _all(jobs: Sequence[_Job]) -> Iterator[_Found]:
    """Every job's outcome, in order; many at once on every core, where that can be forked."""
    if (
        len(jobs) < _MANY
        or threading.active_count() > 1
        or "fork" not in multiprocessing.get_all_start_methods()
    ):
        yield from map(_look, jobs)
        return
    context = multiprocessing.get_context("fork")
    with context.Pool(min(os.cpu_count() or 1, 8), signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        yield from pool.imap(_look, jobs, chunksize=8)


def is_as_asked(was: NoteFile | None, now: NoteFile) -> bool:
    """Whether the learner wanted the same of a note when it was read before."""
    return was is not None and _asked_for(was) == _asked_for(now)


def _rules(deck: Deck) -> str:
    """By what rules a deck's notes are read, then what the learner wants of them; choices about a file follow."""
    return f"{__version__}/{RULES}/{','.join(sorted(deck.kinds))}/{'|'.join(deck.skip_headings)}"


def _asked_for(file: NoteFile) -> list[str]:
    """What of that the learner wanted of a file: kinds, headings to skip and choices."""
    return file.reader.removesuffix(WITH_WORDS).removesuffix(WITH_LINES).split("/")[2:]


def _digest(choices: Choices) -> str:
    return hashlib.sha256(repr(choices).encode()).hexdigest()[:16]


def _is_as_before(path: Path, before: NoteFile) -> bool:
    try:
        found = path.stat()
    except OSError:
        return False
    return before.is_as(found.st_size, found.st_mtime_ns)


def _look(job: _Job) -> _Found:
    """One file: read, and where it says something new, its cards."""
    name = str(job.path)
    try:
        found = job.path.stat()  # before the bytes: a change after it is seen next time
        loaded = load(job.path)
    except InputError as error:
        return error
    except OSError as error:
        return InputError(_("{path} cannot be read: {reason}.").format(path=job.path, reason=error.strerror))
    settled = found.st_mtime_ns if time.time_ns() - found.st_mtime_ns > _SETTLED else 0
    if job.before and job.before.digest == loaded.digest:
        return replace(job.before, size=found.st_size, mtime_ns=settled), None
    note = read_note(
        loaded.text,
        name,
        kinds=job.kinds,
        known=job.known,
        choices=job.choices,
        shifts=job.shifts,
        lines=job.lines,
    )
    left_out = set(job.skip_headings)
    cards = tuple(card for card in note.cards if not left_out.intersection(card.headings))
    offers = tuple(one for one in note.offers if not left_out.intersection(one.card.headings))
    skipped = [*_untaken(note), *(Skipped(name, one.card.source.line, one.reason) for one in offers)]
    skipped.sort(key=lambda one: one.line)
    if loaded.guessed:
        skipped.insert(0, Skipped(name, 0, GUESSED.format(encoding=loaded.encoding)))
    if len(cards) < len(note.cards):
        count = len(note.cards) - len(cards)
        said = LEFT_OUT_ONE if count == 1 else LEFT_OUT
        skipped.append(Skipped(name, 0, said.format(count=count)))
    file = NoteFile(name, found.st_size, settled, loaded.digest, job.reader, tuple(skipped))
    return file, replace(note, cards=cards, offers=offers)


def _untaken(note: Note) -> list[Skipped]:
    """What was skipped, without the texts that the learner made cards of."""
    taken = {card.source.line for card in note.cards if card.rule == BY_HAND}
    return [one for one in note.skipped if one.reason != INSIDE or one.line not in taken]
