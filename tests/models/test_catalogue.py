"""Names, aliases, paths; and what importing costs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from studyllm.errors import ModelError
from studyllm.models import CATALOGUE, ModelState, check, find, models_dir, path, pull, remove


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("default", "Qwen2.5-Coder-1.5B-Instruct (Q4_K_M)"),
        ("qwen2.5-coder-1.5b-instruct", "Qwen2.5-Coder-1.5B-Instruct (Q4_K_M)"),
        ("E5-Small", "multilingual-e5-small"),
        ("multilingual-e5-small", "multilingual-e5-small"),
    ],
)
def test_names_and_aliases(name: str, title: str) -> None:
    assert find(name).title == title


def test_every_entry_is_pinned_and_named_once() -> None:
    names = [name for model in CATALOGUE for name in (model.name, *model.aliases)]
    assert len(names) == len(set(names))
    for model in CATALOGUE:
        assert re.fullmatch("[0-9a-f]{64}", model.sha256)
        assert re.fullmatch("[0-9a-f]{40}", model.revision)
        if model.mirror and model.role == "language":
            assert (model.mirror.sha256, model.mirror.bytes) == (model.sha256, model.bytes)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ModelError, match=r"no model “gpt”.*e5-small.*qwen2\.5-coder-1\.5b \(default\)"):
        find("gpt")


def test_the_learners_own_paths(tmp_path: Path) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF....")
    model = find(str(own))
    assert (model.role, path(model), pull(model)) == ("language", own, own)
    assert not remove(model)
    own.write_bytes(b"<html>")
    assert check(model) is ModelState.DAMAGED
    with pytest.raises(ModelError, match="not a model that can be loaded"):
        pull(model)
    folder = tmp_path / "encoder"
    folder.mkdir()
    with pytest.raises(ModelError, match="There is no model"):
        find(str(folder))
    (folder / "modules.json").write_text("[]")
    assert find(str(folder)).role == "embedding"
    assert path(find(str(folder))) == folder


def test_the_folder_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYLLM_MODELS", str(tmp_path / "elsewhere"))
    assert models_dir() == tmp_path / "elsewhere"
    assert path(find("default")) is None
    assert not (tmp_path / "elsewhere").exists()


def test_importing_is_cheap() -> None:
    heavy = ("torch", "transformers", "sentence_transformers", "huggingface_hub", "numpy", "safetensors")
    script = f"import sys, studyllm.models; print([m for m in {heavy!r} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
