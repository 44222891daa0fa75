"""Note files on disk: which ones there are, and their text whatever its encoding."""

import codecs
import errno
import hashlib
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.notes.reasons import BRING_IN

MAX_BYTES = 20 * 1024 * 1024
"""Bytes of a note at most."""
SUFFIXES = frozenset([".md", ".markdown"])
OTHERS = frozenset([".apkg", ".colpkg", ".csv", ".tsv", ".jsonl"])
"""Endings of files that are no notes, but that `studyllm import` can bring in."""
_AMONG_NOTES = OTHERS - {".jsonl"}
"""Those of them that a learner may expect to be read with a folder of notes."""
SKIPPED_FOLDERS = frozenset(
    [".obsidian", ".github", ".git", "node_modules", ".trash", ".venv", "__pycache__"]
)
SKIPPED_NAMES = frozenset(["readme", "changelog", "contributing", "license", "licence", "code_of_conduct"])
_NO_TEXTS = re.compile(
    r"(?:readme|changelog|contributing|licen[cs]e|requirements|constraints|robots|humans|cmakelists)"
)
"""How the names of texts begin that are no notes."""
_CONFLICT = re.compile(
    r"\.sync-conflict-\d{8}-|\([^()]*conflicted copy[^()]*\)|[（(][^（）()]*冲突的?(?:副本|文件|版本)[^（）()]*[)）]",
    re.IGNORECASE,
)
"""What Syncthing, Dropbox and their like call the version that lost."""
_COPY = re.compile(
    r"(?P<stem>.+?)(?: \d{1,2}| ?[（(]\d{1,2}[)）]| copy(?: \d+)?| - Copy(?: \(\d+\))?| ?[-–]? ?的?副本(?: ?\d+)?)"
)
"""What Finder, iCloud, Windows and phones call a second file of a name."""
_COMPARED = 1024 * 1024
"""Bytes of two files that are compared; a longer one is read."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 256 * 1024
_PIECE = 1024 * 1024
_HIGH = re.compile(rb"[\x80-\xff]+")
_MARKS = "€‚„…‘’“”•–—¡£§«°·»¿×"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The text of a file, with lines ended by a bare newline, and how it was read."""

    text: str
    encoding: str
    guessed: bool
    """Whether the encoding was guessed: worth a word to the learner."""
    digest: str
    """SHA-256 of the bytes, in hex."""


def find_notes(
    paths: Iterable[Path], unread: Callable[[Path, str], None] = lambda path, why: None
) -> Iterator[Path]:
    """Every note under the paths, sorted, each once; files named outright are taken whatever their name. A folder that
    has no Markdown in it gives its texts.

    Folders inside that cannot be listed, and names that are not text, are told to `unread` with the reason.
    Raises InputError for a path that does not exist or itself cannot be listed.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found: Iterable[Path] = _walk(path, unread)
        elif path.exists():
            found = [path]
        else:
            raise InputError(_("There is no file or folder {path}.").format(path=path))
        for note in found:
            real = note.resolve()
            if real not in seen:
                seen.add(real)
                yield note


def _walk(folder: Path, unread: Callable[[Path, str], None]) -> Iterator[Path]:
    def complain(error: OSError) -> None:
        if error.filename == str(folder):
            said = _("The folder {path} cannot be read: {reason}.")
            raise InputError(said.format(path=folder, reason=error.strerror)) from error
        unread(Path(error.filename), _("cannot be read: {reason}").format(reason=error.strerror))

    only_texts = _has_only_texts(folder)
    for here, folders, files in os.walk(folder, onerror=complain):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted(files):
            path = Path(here, name)
            wanted = is_among_notes(path) or (only_texts and _is_text_of_notes(path))
            if wanted and _CONFLICT.search(name):
                unread(
                    path, _("is a copy that a conflict of versions left; its cards are those of the original")
                )
            elif wanted and not _is_text(name):
                unread(Path(repr(str(path))[1:-1]), _("its name is not UTF-8 text; rename it"))
            elif wanted and not path.is_symlink() and path.is_file():
                if original := _original(path, texts=only_texts):
                    told = _("says nothing that {name} does not say; its cards are those of that note")
                    unread(path, told.format(name=original.name))
                else:
                    yield path
            elif _is_text(name) and _is_to_be_brought_in(path):
                unread(path, BRING_IN)


def _original(path: Path, *, texts: bool) -> Path | None:
    """The note beside it that a file is a copy of by its name, and that has each of its lines; `texts` are notes."""
    found = _COPY.fullmatch(path.stem)
    original = path.with_name(found["stem"] + path.suffix) if found else path
    is_note = is_among_notes(original) or (texts and _is_plain_text(original))
    if original == path or original.is_symlink() or not (is_note and original.is_file()):
        return None
    try:
        if path.stat().st_size > _COMPARED:
            return None
        lines, others = (set(_lines_of(one)) for one in (path, original))
    except OSError:
        return None
    return original if lines and lines <= others else None


def _lines_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from (line for line in map(bytes.strip, file.read(_COMPARED).split(b"\n")) if line)


def is_among_notes(path: Path) -> bool:
    """Whether a file of this name is read with its folder; any other one only where it is named outright."""
    return path.suffix.casefold() in SUFFIXES and path.stem.casefold() not in SKIPPED_NAMES


def _is_to_be_brought_in(path: Path) -> bool:
    """Whether a file among notes has cards of another program, or plain text, and is imported by its name."""
    return path.suffix.casefold() in _AMONG_NOTES or _is_plain_text(path)


def _is_plain_text(path: Path) -> bool:
    return path.suffix.casefold() == ".txt" and not _NO_TEXTS.match(path.stem.casefold())


def _has_only_texts(folder: Path) -> bool:
    """Whether there is no Markdown in a folder, nor in those within it."""
    for _here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        if any(Path(name).suffix.casefold() in SUFFIXES for name in files):
            return False
    return True


def _is_text_of_notes(path: Path) -> bool:
    """Whether a file is plain text that may be a note, as phones write them; no table of another program's cards."""
    return _is_plain_text(path) and _is_text(path.name) and not is_foreign(path)


def _is_text(name: str) -> bool:
    """Whether a file name can be shown and kept: bytes that are no UTF-8 come as lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def is_foreign(path: Path) -> bool:
    """Whether a file is no note but cards of another program, or a table: also a .txt of two columns, as Quizlet and
    Anki write it."""
    suffix = path.suffix.casefold()
    return suffix in OTHERS or (suffix == ".txt" and path.is_file() and _is_table(path))


def _is_table(path: Path) -> bool:
    """Whether most lines have a tab between two texts, or the first says what is between them."""
    try:
        lines = [line.strip() for line in load(path).text.split("\n") if line.strip()]
    except InputError:
        return False
    tabbed = sum("\t" in line for line in lines)
    return bool(lines) and (lines[0].startswith("#separator:") or 2 * tabbed > len(lines))


def load(path: Path) -> Loaded:
    """The text of a note. Raises InputError with one sentence when it cannot be had."""
    try:
        if not path.is_file():
            raise InputError(_("{path} is not there (any more), or not a file.").format(path=path))
        with io.FileIO(path, opener=_at_once) as file:
            data = _all_of(file)
    except FileNotFoundError as error:
        raise InputError(_("{path} is not there (any more).").format(path=path)) from error
    except OSError as error:
        said = _("{path} cannot be read: {reason}.")
        raise InputError(said.format(path=path, reason=error.strerror or error)) from error
    if len(data) > MAX_BYTES:
        said = _("{path} is larger than {size} MB; split it into smaller notes.")
        raise InputError(said.format(path=path, size=MAX_BYTES // 2**20))
    text, encoding, guessed = _decode(data, path)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return Loaded(lines, encoding, guessed, hashlib.sha256(data).hexdigest())


def _at_once(path: str, flags: int) -> int:
    """Opens a file so that reading it does not wait: some files of /proc have nothing to read, and no end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _all_of(file: io.FileIO) -> bytes:
    """At most some bytes more than a note may have. Raises OSError."""
    pieces: list[bytes] = []
    while sum(map(len, pieces)) <= MAX_BYTES:
        piece: bytes | None = file.read(_PIECE)
        if piece is None:
            raise OSError(errno.EAGAIN, _("it has no end"))
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces)


def _decode(data: bytes, path: Path) -> tuple[str, str, bool]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), encoding, False
            except UnicodeDecodeError as error:
                said = _("{path} begins like {encoding} text but is damaged at byte {place}.")
                raise InputError(said.format(path=path, encoding=encoding, place=error.start)) from error
    if b"\x00" in data:
        raise InputError(_("{path} is not text (it holds NUL bytes).").format(path=path))
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        text, encoding = _guess(data, path)
        return text, encoding, True


def _guess(data: bytes, path: Path) -> tuple[str, str]:
    """Text that is not UTF-8: what reads as the most ordinary Chinese, or as words of Western Europe, then what the
    detector says."""
    best: tuple[float, str, str] | None = None
    for encoding in ("gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odds = _ordinary(text, encoding)
        if best is None or odds > best[0]:
            best = (odds, text, encoding)
    if best is not None and best[0] >= 0.6:
        return best[1], best[2]
    detected = _western(data) or _detect(data)
    if detected:
        return detected
    raise InputError(_("The encoding of {path} is not known; save it as UTF-8.").format(path=path))


def _ordinary(text: str, encoding: str) -> float:
    """How much of the text beyond ASCII is in the encoding's everyday range of characters (0..1)."""
    rare = total = 0
    for char in text[:20000]:
        if char < "\x80":
            continue
        total += 1
        raw = char.encode(encoding)
        everyday = len(raw) == 2 and (
            0xA1 <= raw[0] <= 0xD7 and raw[1] >= 0xA1 if encoding == "gb18030" else 0xA1 <= raw[0] <= 0xC6
        )
        rare += not everyday
    return 1 - rare / total if total else 0.0


def _western(data: bytes) -> tuple[str, str] | None:
    """The text of words of which single letters are none of ASCII's, as Western Europe writes them."""
    runs = _HIGH.findall(data[:_SAMPLE])
    if 5 * sum(len(run) == 1 for run in runs) < 4 * len(runs):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    others = [letter for letter in text[:_SAMPLE] if letter > "\x7f"]
    usual = sum(letter.isalpha() or letter in _MARKS for letter in others)
    return (text, "cp1252") if 10 * usual >= 9 * len(others) else None


def _detect(data: bytes) -> tuple[str, str] | None:
    """What charset-normalizer makes of the bytes, where it is installed."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    match = from_bytes(data[:_SAMPLE]).best()
    if match is None or match.encoding in ("ascii", "utf_8"):
        return None
    try:
        return data.decode(match.encoding), match.encoding
    except UnicodeDecodeError:
        return None


def text_of(path: Path) -> str:
    """The text of a note; empty where it cannot be read, or is gone by now."""
    try:
        return load(path).text
    except (InputError, OSError):
        return ""
