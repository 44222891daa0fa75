"""One llama.cpp model with several sequences in its cache, so that what is known beforehand is evaluated once."""

from __future__ import annotations

import codecs
import ctypes
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from studyllm.errors import ModelError
from studyllm.grading.llama_log import warnings_logged
from studyllm.grading.mapped import unmap
from studyllm.grading.pace import ThreadPace
from studyllm.grading.told import NO_GPU, ON_GPU
from studyllm.grading.watched import Watched
from studyllm.i18n import _

CONTEXT = 3072
"""Tokens in the cache, all sequences together; 28 kB each with the default model."""
_CHUNK = 64
"""Tokens evaluated between two looks at the inbox: about one second with 1.5B on two cores."""
_BATCH = 128  # tokens of one evaluation, at most: room for their logits is taken once, 600 kB a token
_SMALL = 2_500_000_000
"""Models with fewer parameters judge and are not let speak: of 23 replies of a 1.5B model in words of its own, read by
another hand, 13 were untrue."""


class Llama:
    """A GGUF model. Not thread-safe: the child's one working thread owns it."""

    def __init__(
        self,
        path: Path,
        *,
        threads: int,
        gpu_layers: int | str,
        device: str,
        sequences: int,
        layer: int | None = None,
        adapter: Path | None = None,
    ) -> None:
        """`layer` is the one whose states `branch` gives, counted from 0; it and `draft` evaluate with the adapter."""
        import llama_cpp

        llama_cpp.llama_log_set(warnings_logged(), None)
        self._c: Any = llama_cpp
        llama_cpp.llama_backend_init()
        offload = bool(llama_cpp.llama_supports_gpu_offload())
        asked = gpu_layers if isinstance(gpu_layers, int) else (-1 if offload and device != "cpu" else 0)
        offloaded = asked if offload else 0
        self.note = (
            NO_GPU
            if (
                ((isinstance(gpu_layers, int) and gpu_layers != 0) or device not in ("auto", "cpu"))
                and not offload
            )
            else (ON_GPU if offloaded else "")
        )
        options = llama_cpp.llama_model_default_params()
        options.n_gpu_layers = offloaded
        # Without a second copy of the weights for AVX: 600 MB less, and faster here (64 tokens on one core in 1.6 s
        # instead of 1.9 s, 500 in 16 s instead of 26 s).
        options.use_extra_bufts = False
        self._model = llama_cpp.llama_model_load_from_file(os.fsencode(path), options)
        if not self._model:
            raise ModelError(_("{path} is not a language model that llama.cpp can read.").format(path=path))
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = CONTEXT
        settings.n_batch = settings.n_ubatch = _BATCH
        settings.n_seq_max = sequences
        settings.kv_unified = True
        settings.n_threads = settings.n_threads_batch = threads
        self._pace, self._threads = ThreadPace(1 if offloaded else threads), threads
        self._watched = Watched(llama_cpp, layer)
        if layer is not None:
            settings.cb_eval = self._watched.callback
        self._context = llama_cpp.llama_init_from_model(self._model, settings)
        if not self._context:
            raise ModelError(_("There is not enough memory for {path}.").format(path=path))
        self._adapter = (
            llama_cpp.llama_adapter_lora_init(self._model, os.fsencode(adapter)) if adapter else None
        )
        if adapter and not self._adapter:
            raise ModelError(_("{path} is not an adapter for this language model.").format(path=adapter))
        self._memory = llama_cpp.llama_get_memory(self._context)
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self._size = int(llama_cpp.llama_vocab_n_tokens(self._vocab))
        self.small = int(llama_cpp.llama_model_n_params(self._model)) < _SMALL
        self._watched.width = int(llama_cpp.llama_model_n_embd(self._model))
        self._held: dict[int, list[tuple[int, ...]]] = {}
        if self.small:
            unmap(path)

    @property
    def chat_template(self) -> str | None:
        """The chat template that the file brings along, in Jinja."""
        raw = self._c.llama_model_chat_template(self._model, None)
        return raw.decode("utf-8", "replace") if raw else None

    def mark(self, which: str) -> str:
        """The text of the token that begins ("bos") or ends ("eos") a text."""
        token = int(getattr(self._c, f"llama_vocab_{which}")(self._vocab))
        raw = self._c.llama_vocab_get_text(self._vocab, token) if token >= 0 else None
        return raw.decode("utf-8", "replace") if raw else ""

    @property
    def ends(self) -> frozenset[int]:
        """The tokens that end a turn."""
        size, over = self._size, self._c.llama_vocab_is_eog
        return frozenset(token for token in range(size) if over(self._vocab, token))

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

    def draft(
        self, sequence: int, parts: Sequence[tuple[int, ...]], stop: Callable[[], bool] = lambda: False
    ) -> bool:
        """Make a sequence hold these parts for `branch` to go on from: with the adapter, and no further than the layer
        that is watched. False when `stop` broke it off; nothing can be spoken on it.

        Of a part that differs, the tokens before the difference stay as well.
        """
        with self._watched:
            return self._evaluate(sequence, parts, self._same(sequence, [*chain(*parts)]), stop)

    def _same(self, sequence: int, wanted: Sequence[int]) -> int:
        """How many of these tokens a sequence begins with; never all, because the last one is evaluated."""
        held = chain(*self._held.get(sequence, []))
        same = next(
            (i for i, (old, new) in enumerate(zip(held, wanted, strict=False)) if old != new),
            min(self.length(sequence), len(wanted)),
        )
        return min(same, len(wanted) - 1)

    def _evaluate(
        self,
        sequence: int,
        parts: Sequence[tuple[int, ...]],
        at: int,
        stop: Callable[[], bool] = lambda: False,
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
                self._evaluated(
                    [(token, first + i, [sequence]) for i, token in enumerate(chunk)], [len(chunk) - 1]
                )
            kept.append(part)
            start += len(part)
        return True

    def branch(
        self, sequence: int, parts: Sequence[tuple[int, ...]], tails: Mapping[int, tuple[int, ...]]
    ) -> Any:
        """States after these parts and after each of several ways to go on, (1 + tails, width) in 32 bits.

        `tails` maps sequences, which are free afterwards, to their tokens. What is left of the parts and all tails are
        one evaluation, which ends with the layer that is watched: nothing can be spoken on the sequence.
        """
        import numpy

        wanted = list(chain(*parts))
        with self._watched as caught:
            same = self._same(sequence, wanted)
            if same < len(wanted) - _CHUNK:
                same = len(wanted) - _CHUNK
                self._evaluate(sequence, _first(parts, same), self._same(sequence, wanted[:same]))
                caught.clear()
            self._cut(sequence, same)
            self._held[sequence] = _first(parts, same)
            for branch in tails:
                self.copy(sequence, branch, same)
            rows = [(token, same + i, [sequence, *tails]) for i, token in enumerate(wanted[same:])]
            ends = [len(rows) - 1]
            for branch, tail in tails.items():
                rows += [(token, len(wanted) + i, [branch]) for i, token in enumerate(tail)]
                ends.append(len(rows) - 1)
            self._evaluated(rows, ends)
            states = numpy.concatenate(caught)[ends]
        self._cut(sequence, same)
        for branch in tails:
            self._cut(branch, 0)
        return states

    def states(
        self, sequence: int, tokens: Sequence[int], stop: Callable[[int], bool] = lambda done: False
    ) -> Any | None:
        """State after each token, (tokens, width), without the adapter; None if `stop`, told how many, broke it off."""
        import numpy

        self._cut(sequence, 0)
        found: list[Any] = []
        while (at := self.length(sequence)) < len(tokens):
            found = found if at else []  # what was read in between may have emptied the cache
            chunk = tuple(tokens[at : at + _CHUNK])
            with self._watched as caught:
                rows = [(token, at + i, [sequence]) for i, token in enumerate(chunk)]
                self._evaluated(rows, [len(chunk) - 1], adapted=False)
            found += caught
            self._held.setdefault(sequence, []).append(chunk)
            if stop(at + len(chunk)):
                found = []
                break
        self._cut(sequence, 0)
        return numpy.concatenate(found) if found else None

    def _adapt(self, wanted: bool) -> None:
        """Evaluate with the adapter from now on, or without; costs nothing where it is so already."""
        if self._adapter is not None:
            adapters = (type(self._adapter) * 1)(self._adapter)
            scales = (ctypes.c_float * 1)(1.0)
            self._c.llama_set_adapters_lora(self._context, adapters, int(wanted), scales)

    def begins(self, sequence: int, parts: Sequence[tuple[int, ...]]) -> bool:
        """Whether a sequence begins with these parts."""
        return self._held.get(sequence, [])[: len(parts)] == list(parts)

    def copy(self, source: int, target: int, tokens: int = -1) -> None:
        """Make one sequence hold what another holds, or its first tokens; costs no evaluation."""
        self._cut(target, 0)
        self._c.llama_memory_seq_cp(self._memory, source, target, 0, tokens)
        self._held[target] = list(self._held.get(source, []))

    def saved(self, sequence: int) -> bytes:
        """What a sequence holds, for `restore`; as many bytes as its tokens take in the cache."""
        size = self._c.llama_state_seq_get_size(self._context, sequence)
        room = (ctypes.c_uint8 * size)()
        return ctypes.string_at(room, self._c.llama_state_seq_get_data(self._context, room, size, sequence))

    def restore(self, sequence: int, parts: Sequence[tuple[int, ...]], state: bytes) -> None:
        """Make a sequence hold these parts as they were saved, without evaluating them. Raises Full."""
        self._cut(sequence, 0)
        room = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        if not self._c.llama_state_seq_set_data(self._context, room, len(state), sequence):
            raise Full
        self._held[sequence] = list(parts)

    def length(self, sequence: int) -> int:
        """Tokens that a sequence holds."""
        return sum(map(len, self._held.get(sequence, [])))

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
            self._evaluated([(token, at, [sequence])], [0])
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

    def _evaluated(
        self, rows: Sequence[tuple[int, int, list[int]]], wanted: Sequence[int], *, adapted: bool = True
    ) -> None:
        """Evaluate (token, position, sequences) rows, those watched `adapted`; logits are kept for the wanted ones."""
        batch = self._c.llama_batch_init(len(rows), 0, max(len(sequences) for _, _, sequences in rows))
        try:
            batch.n_tokens = len(rows)
            for i, (token, position, sequences) in enumerate(rows):
                batch.token[i], batch.pos[i], batch.n_seq_id[i] = token, position, len(sequences)
                for j, sequence in enumerate(sequences):
                    batch.seq_id[i][j] = sequence
                batch.logits[i] = i in wanted
            self._adapt(adapted and self._watched.entered)
            with self._pace.measured() as threads:
                if threads != self._threads:
                    self._threads = threads
                    self._c.llama_set_n_threads(self._context, threads, threads)
                code = self._c.llama_decode(self._context, batch)
        finally:
            self._c.llama_batch_free(batch)
        if code == 1:
            raise Full
        if code:
            raise ModelError(_("The language model stopped with code {code}.").format(code=code))


def _first(parts: Sequence[tuple[int, ...]], count: int) -> list[tuple[int, ...]]:
    """The first tokens of these parts, cut where they were cut."""
    kept: list[tuple[int, ...]] = []
    for part in parts:
        if count <= 0:
            break
        kept.append(part[:count])
        count -= len(part)
    return kept


class Full(Exception):
    """The cache has no room left: forget and evaluate again."""
