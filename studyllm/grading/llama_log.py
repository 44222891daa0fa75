"""What llama.cpp has to say."""

import functools
import sys
from typing import Any

_LOGGED = (3, 4)
"""GGML_LOG_LEVEL_WARN and _ERROR; the binding's own numbers are those of an older llama.cpp."""


@functools.cache
def warnings_logged() -> Any:
    """llama.cpp's warnings and errors on stderr, without the some 400 lines that each change of the adapter logs."""
    import llama_cpp

    def write(level: int, text: bytes, _data: int) -> None:
        if level in _LOGGED:
            print(text.decode("utf-8", "replace"), end="", file=sys.stderr, flush=True)

    return llama_cpp.llama_log_callback(write)
