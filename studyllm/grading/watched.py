"""A look into llama.cpp while it evaluates."""

import ctypes
from typing import Any


class Watched:
    """The states of a layer as they are computed, copied out of the graph by llama.cpp's evaluation callback.

    While it is entered it catches them, a (tokens, width) array an evaluation, and ends an evaluation after its layer.
    """

    def __init__(self, llama_cpp: Any, layer: int | None) -> None:
        from llama_cpp._ggml import libggml

        self.width = 0
        self._caught: list[Any] | None = None
        self._around: list[list[Any] | None] = []
        """What was being caught where it was entered once more: an answer that could not wait."""
        name, size, get = libggml.ggml_get_name, libggml.ggml_nbytes, libggml.ggml_backend_tensor_get
        name.restype, name.argtypes = ctypes.c_char_p, [ctypes.c_void_p]
        size.restype, size.argtypes = ctypes.c_size_t, [ctypes.c_void_p]
        get.restype, get.argtypes = None, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t]
        wanted = f"l_out-{layer}".encode()

        def see(tensor: int, ask: bool, _data: int) -> bool:
            if self._caught is None or name(tensor) != wanted:
                return not ask
            if not ask:
                self._caught.append(self._copied(tensor, size, get))
            return ask

        self.callback = llama_cpp.ggml_backend_sched_eval_callback(see)

    @property
    def entered(self) -> bool:
        """Whether the evaluation now made is watched."""
        return self._caught is not None

    def __enter__(self) -> list[Any]:
        self._around.append(self._caught)
        self._caught = []
        return self._caught

    def __exit__(self, *_: object) -> None:
        self._caught = self._around.pop()

    def _copied(self, tensor: int, size: Any, get: Any) -> Any:
        """A (tokens, width) tensor of 32-bit floats."""
        import numpy

        room = numpy.empty(size(tensor) // 4, numpy.float32)
        get(tensor, room.ctypes.data, 0, room.nbytes)
        return room.reshape(-1, self.width)
