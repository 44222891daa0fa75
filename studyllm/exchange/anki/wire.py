"""Protocol-buffer messages as pairs of field number and value: as much of the format as Anki's packages need."""

import struct
from collections.abc import Iterator

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
"""Wire types."""


def fields(raw: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Every field of a message, in order: numbers as int, everything else as bytes. Raises ValueError."""
    at = 0
    while at < len(raw):
        key, at = _varint(raw, at)
        kind = key & 7
        if kind == _VARINT:
            number, at = _varint(raw, at)
            yield key >> 3, number
            continue
        if kind == _BYTES:
            size, at = _varint(raw, at)
        elif kind in (_FOUR, _EIGHT):
            size = 4 if kind == _FOUR else 8
        else:
            raise ValueError(f"wire type {kind}")
        if size > len(raw) - at:
            raise ValueError("cut off")
        yield key >> 3, raw[at : at + size]
        at += size


def texts(raw: bytes, number: int) -> list[str]:
    """The texts in a field. Raises ValueError."""
    return [value.decode("utf-8") for key, value in fields(raw) if key == number and isinstance(value, bytes)]


def floats(raw: bytes, number: int) -> tuple[float, ...]:
    """The numbers of single precision in a field, packed or one by one. Raises ValueError."""
    packed = b"".join(value for key, value in fields(raw) if key == number and isinstance(value, bytes))
    if len(packed) % 4:
        raise ValueError("cut off")
    return struct.unpack(f"<{len(packed) // 4}f", packed)


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(raw):
            raise ValueError("cut off")
        value |= (raw[at] & 127) << shift
        at += 1
        if raw[at - 1] < 128:
            return value, at
    raise ValueError("a number without end")
