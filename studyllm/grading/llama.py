"""One llama.cpp model with several sequences in its cache, so that what is known beforehand is evaluated once."""

from __future__ import annotations

import codecs
import ctypes
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from studyllm.errors import ModelError
from studyllm.i18n import _

CONTEXT = 6144
"""Tokens in the cache, all sequences together."""
_CHUNK = 64
"""Tokens evaluated between two looks at the inbox: about one second with 1.5B on two cores."""
_SMALL = 1_000_000_000
"""Models with fewer parameters are not let speak: what they add is mostly wrong."""


class Llama:
    """A GGUF model. Not thread-safe: the child's one working thread owns it."""

    def __init__(
        self, path: Path, *, threads: int, gpu_layers: int | str, device: str, sequences: int
    ) -> None:
        import llama_cpp

        self._c: Any = llama_cpp
        llama_cpp.llama_backend_init()
        offload = bool(llama_cpp.llama_supports_gpu_offload())
        asked = gpu_layers if isinstance(gpu_layers, int) else (-1 if offload and device != "cpu" else 0)
        layers = asked if offload else 0
        self.note = (
            _("GPU asked for, but this build of llama.cpp has none: running on the CPU.")
            if (
                ((isinstance(gpu_layers, int) and gpu_layers != 0) or device not in ("auto", "cpu"))
                and not offload
            )
            else (_("Language model on the GPU.") if layers else "")
        )
        options = llama_cpp.llama_model_default_params()
        options.n_gpu_layers = layers
        self._model = llama_cpp.llama_model_load_from_file(os.fsencode(path), options)
        if not self._model:
            raise ModelError(_("{path} is not a language model that llama.cpp can read.").format(path=path))
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = CONTEXT
        settings.n_batch = settings.n_ubatch = 512
        settings.n_seq_max = sequences
        settings.kv_unified = True
        settings.n_threads = settings.n_threads_batch = threads
        self._context = llama_cpp.llama_init_from_model(self._model, settings)
        if not self._context:
            raise ModelError(_("There is not enough memory for {path}.").format(path=path))
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self._size = int(llama_cpp.llama_vocab_n_tokens(self._vocab))
        self.small = int(llama_cpp.llama_model_n_params(self._model)) < _SMALL
        self._held: dict[int, list[tuple[int, ...]]] = {}

    def text(self, text: str) -> tuple[int, ...]:
        """Tokens of a text that is data: nothing in it is read as a special token."""
        return self._tokens(text, special=False)

    def template(self, text: str) -> tuple[int, ...]:
        """Tokens of the chat template's own marks."""
        return self._tokens(text, special=True)

    def _tokens(self, text: str, *, special: bool) -> tuple[int, ...]:
        raw = text.encode("utf-8", "replace")
        room = (self._c.llama_token * (len(raw) + 8))()
        count = self._c.llama_tokenize(self._vocab, raw, len(raw), room, len(room), False, special)
        return tuple(room[:count])

    def follow(
        self, sequence: int, parts: Sequence[tuple[int, ...]], stop: Callable[[], bool] = lambda: False
    ) -> bool:
        """Make a sequence hold these parts; what it has of them already stays. False when `stop` broke it off.

        Parts are kept or evaluated whole, in the same chunks each time: the same text gives the same numbers.
        """
        held, same = self._held.get(sequence, []), 0
        while same < min(len(held), len(parts) - 1) and held[same] == parts[same]:
            same += 1
        return self._evaluate(sequence, parts, sum(map(len, parts[:same])), stop)

    def go_on(
        self, sequence: int, parts: Sequence[tuple[int, ...]], stop: Callable[[], bool] = lambda: False
    ) -> bool:
        """As `follow`, but of a part that differs, the tokens before the difference stay as well."""
        held, wanted = chain(*self._held.get(sequence, [])), list(chain(*parts))
        same = next(
            (i for i, (old, new) in enumerate(zip(held, wanted, strict=False)) if old != new),
            min(self.length(sequence), len(wanted)),
        )
        return self._evaluate(sequence, parts, min(same, len(wanted) - 1), stop)

    def _evaluate(
        self, sequence: int, parts: Sequence[tuple[int, ...]], at: int, stop: Callable[[], bool]
    ) -> bool:
        """Evaluate what comes after the first `at` tokens, at least one of them for its logits."""
        self._cut(sequence, at)
        kept: list[tuple[int, ...]] = []
        self._held[sequence] = kept
        start = 0
        for part in parts:
            for first in range(max(at, start), start + len(part), _CHUNK):
                if stop():
                    self._cut(sequence, start)
                    return False
                chunk = part[first - start : first - start + _CHUNK]
                self._decode(
                    [(token, first + i, sequence) for i, token in enumerate(chunk)], [len(chunk) - 1]
                )
            kept.append(part)
            start += len(part)
        return True

    def begins(self, sequence: int, parts: Sequence[tuple[int, ...]]) -> bool:
        """Whether a sequence begins with these parts."""
        return self._held.get(sequence, [])[: len(parts)] == list(parts)

    def copy(self, source: int, target: int) -> None:
        """Make one sequence hold what another holds; costs no evaluation."""
        self._cut(target, 0)
        self._c.llama_memory_seq_cp(self._memory, source, target, 0, -1)
        self._held[target] = list(self._held.get(source, []))

    def length(self, sequence: int) -> int:
        """Tokens that a sequence holds."""
        return sum(map(len, self._held.get(sequence, [])))

    def margin(self, yes: int, no: int, at: int = -1) -> float:
        """Logit of one token against another after the last evaluation."""
        logits = self._c.llama_get_logits_ith(self._context, at)
        return float(logits[yes]) - float(logits[no])

    def speak(self, sequence: int, limit: int, ends: frozenset[int]) -> Iterator[str]:
        """Greedy continuation in pieces of text, until one of `ends` or the limit."""
        import numpy

        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        at, index = self.length(sequence), -1
        for _step in range(limit):
            logits = self._c.llama_get_logits_ith(self._context, index)
            token = int(numpy.argmax(numpy.ctypeslib.as_array(logits, shape=(self._size,))))
            if token in ends:
                return
            # Before the piece goes out: whoever takes it may use the context, and these logits would be gone.
            piece = decoder.decode(self._piece(token))
            if piece:
                yield piece
            self._decode([(token, at, sequence)], [0])
            self._held[sequence].append((token,))
            at += 1

    def _piece(self, token: int) -> bytes:
        """Bytes of one token; special ones have none."""
        room = ctypes.create_string_buffer(256)
        count = self._c.llama_token_to_piece(self._vocab, token, room, len(room), 0, False)
        return room.raw[: max(0, count)]

    def _cut(self, sequence: int, keep: int) -> None:
        """Forget what a sequence holds beyond its first `keep` tokens."""
        self._c.llama_memory_seq_rm(self._memory, sequence, keep, -1)
        if keep == 0:
            self._held.pop(sequence, None)

    def clear(self) -> None:
        """Forget everything."""
        self._c.llama_memory_clear(self._memory, True)
        self._held.clear()

    def _decode(self, rows: Sequence[tuple[int, int, int]], wanted: Sequence[int]) -> None:
        """Evaluate (token, position, sequence) rows; logits are kept for the wanted ones."""
        batch = self._c.llama_batch_init(len(rows), 0, 1)
        try:
            batch.n_tokens = len(rows)
            for i, (token, position, sequence) in enumerate(rows):
                batch.token[i], batch.pos[i] = token, position
                batch.n_seq_id[i], batch.seq_id[i][0] = 1, sequence
                batch.logits[i] = i in wanted
            code = self._c.llama_decode(self._context, batch)
        finally:
            self._c.llama_batch_free(batch)
        if code == 1:
            raise Full
        if code:
            raise ModelError(_("The language model stopped with code {code}.").format(code=code))


class Full(Exception):
    """The cache has no room left: forget and evaluate again."""
