"""Messages between the app and a process of its own: JSON objects, each after its length in four bytes."""

import json
import struct
from collections.abc import Iterator
from typing import IO, Any

Message = dict[str, Any]
_LENGTH = struct.Struct(">I")
_MOST = 64 * 1024 * 1024
"""No message is longer: a longer length means that something else wrote into the pipe."""


def send(pipe: IO[bytes], message: Message) -> None:
    """Write one message; OSError when the other side is gone."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Iterator[Message]:
    """Messages until the other side closes, or breaks off in the middle of one."""
    while len(head := _exactly(pipe, _LENGTH.size)) == _LENGTH.size:
        length = _LENGTH.unpack(head)[0]
        if length > _MOST:
            return
        body = _exactly(pipe, length)
        if len(body) < length:
            return
        message = json.loads(body)
        if isinstance(message, dict):
            yield message


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    """`count` bytes, fewer only at the end."""
    found = b""
    while len(found) < count and (more := pipe.read(count - len(found))):
        found += more
    return found
