"""Bytes that are nearly what the program expects."""

from collections.abc import Callable, Sequence
from random import Random

ODD = (
    b"\0",
    b"\x1b[31m",
    b"\x1b]0;x\x07",
    "\x9b".encode(),
    "\u202e".encode(),
    "\u200b".encode(),
    "\ufeff".encode(),
    b"\xff\xfe",
    b"\xed\xa0\x80",
    "\U0001f468\u200d\U0001f469".encode(),
    "e\u0301".encode() * 3,
    b"\r",
    b"\r\n",
    b"\t",
    "\u3000".encode(),
    "\u2028".encode(),
    b"9" * 40,
    b"-1",
    b"1e999",
    b"nan",
    b"{}",
    b"%s%n",
    b"../../etc/passwd",
)
LONGEST = 16 * 1024
"""Bytes of an input: what is larger is for `test_growth.py`."""


def mutated(data: bytes, others: Sequence[bytes], words: Sequence[bytes], random: Random) -> bytes:
    """One to six changes, by bytes, by lines and by words."""
    for _ in range(random.randint(1, 6)):
        data = random.choice(_CHANGES)(data, others, words, random)
    return data[:LONGEST]


_Change = Callable[[bytes, Sequence[bytes], Sequence[bytes], Random], bytes]


def _flip(data: bytes, _others: Sequence[bytes], _words: Sequence[bytes], random: Random) -> bytes:
    if not data:
        return bytes([random.randrange(256)])
    at = random.randrange(len(data))
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _insert(data: bytes, _others: Sequence[bytes], words: Sequence[bytes], random: Random) -> bytes:
    at = random.randint(0, len(data))
    word = random.choice(words if random.random() < 0.7 else ODD)
    return data[:at] + word * (1 if random.random() < 0.9 else random.randint(2, 300)) + data[at:]


def _cut(data: bytes, _others: Sequence[bytes], _words: Sequence[bytes], random: Random) -> bytes:
    first, last = sorted((random.randint(0, len(data)), random.randint(0, len(data))))
    return data[:first] + data[last:]


def _double(data: bytes, _others: Sequence[bytes], _words: Sequence[bytes], random: Random) -> bytes:
    first = random.randint(0, len(data))
    piece = data[first : first + random.randint(1, 400)]
    return data[:first] + piece * random.randint(2, 6) + data[first:]


def _splice(data: bytes, others: Sequence[bytes], _words: Sequence[bytes], random: Random) -> bytes:
    other = random.choice(others)
    return data[: random.randint(0, len(data))] + other[random.randint(0, len(other)) :]


def _lines(data: bytes, others: Sequence[bytes], _words: Sequence[bytes], random: Random) -> bytes:
    lines, more = data.split(b"\n"), random.choice(others).split(b"\n")
    at = random.randint(0, len(lines))
    first = random.randrange(len(more))
    lines[at:at] = more[first : first + random.randint(1, 8)]
    if random.random() < 0.3:
        random.shuffle(lines)
    elif random.random() < 0.3:
        lines = [random.choice((b"", b"  ", b"    ", b"\t", b"> ", b"- ")) + line for line in lines]
    return b"\n".join(lines)


_CHANGES: tuple[_Change, ...] = (_flip, _insert, _insert, _cut, _double, _splice, _lines, _lines)
